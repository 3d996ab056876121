"""What a refusal is: one sentence, the next step, and a name the command line can print.

Anything that escapes as another exception is a defect. No texts live here; each room words its own refusals.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

# INTERFACE: 4 = locked, wrong password or in use; 5 = stored data is damaged; every other refusal is 3.
_EXIT_STATUS = {"wrong_password": 4, "in_use": 4, "locked": 4, "damaged": 5}


class UserError(Exception):
    """A refusal a clerk can act on; nothing was changed when it is raised.

    Args:
        code: snake_case name from INTERFACE.md, stable for scripts.
        message: one Chinese sentence saying what happened.
        hint: the next step, in Chinese; empty where there is none.
        details: figures or ids for ``--json`` (never personal data beyond what the user just typed).
    """

    def __init__(self, code: str, message: str, *, hint: str = "", details: Mapping[str, Any] | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint
        self.details: dict[str, Any] = dict(details or {})

    @property
    def exit_status(self) -> int:
        """The process exit status the contract gives this refusal."""
        return _EXIT_STATUS.get(self.code, 3)

    def as_json(self) -> dict[str, Any]:
        """The object the command line prints under ``error``."""
        return {"code": self.code, "message": self.message, "hint": self.hint, "details": self.details}


class CancelledError(Exception):
    """The person pressed 停止; whatever was under way has left nothing behind."""
