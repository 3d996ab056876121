"""One window per data folder: a second start finds the first and asks it to come forward.

Only this small word travels between the two; whether the data may be opened is the store's lock to decide.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_WAIT_MS = 1500
_FORWARD = b"forward\n"


def server_name(folder: Path) -> str:
    """A name for this user and data folder; the folder's own name does not show in it."""
    who = os.environ.get("USERNAME") or os.environ.get("USER") or ""
    digest = hashlib.sha256(f"{who}\n{folder.absolute()}".encode("utf-8", "surrogateescape")).hexdigest()
    return f"jiafang-{digest[:20]}"


class FirstWindow(QObject):
    """``forward_wanted`` tells the first start that there was another."""

    forward_wanted = Signal()

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = server_name(folder)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._asked)

    def is_taken(self) -> bool:
        """Whether another start listens; it is asked forward by this."""
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if not socket.waitForConnected(_WAIT_MS):
            return False
        socket.write(_FORWARD)
        socket.waitForBytesWritten(_WAIT_MS)
        socket.disconnectFromServer()
        if socket.state() != QLocalSocket.LocalSocketState.UnconnectedState:
            socket.waitForDisconnected(_WAIT_MS)
        return True

    def listen(self) -> None:
        """Be the first; a name left by a killed process is taken over."""
        if not self._server.listen(self._name):
            QLocalServer.removeServer(self._name)
            self._server.listen(self._name)

    def close(self) -> None:
        """No longer the first."""
        self._server.close()

    def _asked(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.disconnected.connect(socket.deleteLater)
            self.forward_wanted.emit()
