"""A table over very many rows: ids first, the rows around what is shown fetched on need and kept a while.

Knows nothing of visits or people: columns say how a row reads, a ``fetch`` function brings rows by id. Sorting and
filtering are done by whoever makes the ids; painting is the table widget's.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any, Protocol

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer, Signal

from jiafang_desktop.domain.record_ids import RecordIds

ROW_ROLE = int(Qt.ItemDataRole.UserRole)  # the row object; None while it is on its way
ID_ROLE = ROW_ROLE + 1
_BLOCK = 64  # rows fetched together: about three screens
_MOST_BLOCKS_WAITING = 4  # a dragged scroll bar passes hundreds; only the last ones are still looked at
_MOST_ROWS_KEPT = 4096
_FEW_TOLD = 8

Index = QModelIndex | QPersistentModelIndex
Fetch = Callable[[tuple[str, ...], Callable[[Sequence[Any]], None]], None]


class ColumnLike(Protocol):
    """What the model needs of a column; the table widget's Column has more."""

    @property
    def key(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def value(self) -> Callable[[Any], str]: ...


class WindowedModel(QAbstractTableModel):
    """Rows by id. ``fetch(ids, answer)`` brings row objects that have an ``id``; ids it leaves out are gone.

    ``ticked`` is the set of ticked ids; it survives sorting and scrolling, and loses ids that leave the list.
    """

    ticks_changed = Signal()

    def __init__(self, columns: Sequence[ColumnLike], fetch: Fetch, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.ids = RecordIds()
        self.ticked: set[str] = set()
        self._fetch = fetch
        self._rows: OrderedDict[str, Any] = OrderedDict()
        self._stale: set[str] = set()
        self._gone: set[str] = set()  # asked for and not brought: an erased row is not asked for over and over
        self._waiting: OrderedDict[int, None] = OrderedDict()
        self._asked: tuple[str, ...] | None = None
        self._asked_at: range | None = None  # their places, None once other ids are shown
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._ask)

    # -- what the pages do with it -----------------------------------------------------------------------------

    def set_ids(self, ids: Sequence[str], *, rows: Iterable[Any] = ()) -> None:
        """Show these ids in this order; ``rows`` already at hand need not be fetched."""
        fresh = RecordIds.of(ids)
        self._gone.clear()
        for row in rows:
            self._keep(row)
        if fresh == self.ids:
            self._tell_all()
            return
        self.beginResetModel()
        self.ids = fresh
        self._asked_at = None
        self._waiting.clear()
        self.endResetModel()
        still = fresh.places(self.ticked).keys() if self.ticked else set()
        if len(still) != len(self.ticked):
            self.ticked = set(still)
            self.ticks_changed.emit()

    def forget(self, ids: Iterable[str] | None = None) -> None:
        """These rows (all when None) changed in the store: fetch them anew, showing the old ones until then."""
        self._gone.clear()
        self._stale |= set(self._rows if ids is None else ids)
        self._tell_all()

    def row(self, place: int) -> Any | None:
        """The row object at ``place``; None while it is on its way (it is asked for)."""
        name = self.ids[place]
        kept = self._rows.get(name)
        if (kept is None or name in self._stale) and name not in self._gone:
            self._want(place)
        elif kept is not None:
            self._rows.move_to_end(name)
        return kept

    def peek(self, place: int) -> Any | None:
        """The row object at ``place`` if it is at hand; it is not asked for."""
        return self._rows.get(self.ids[place])

    def bring(self, ids: Sequence[str], answer: Callable[[Sequence[Any]], None]) -> None:
        """All rows of ``ids`` in their order, fetched where they are not at hand; erased ones are left out."""
        kept = {name: self._rows[name] for name in ids if name in self._rows and name not in self._stale}
        missing = tuple(name for name in ids if name not in kept)

        def brought(rows: Sequence[Any]) -> None:
            known = kept | {row.id: row for row in rows}
            answer([known[name] for name in ids if name in known])

        if missing:
            self._fetch(missing, brought)
        else:
            brought(())

    def place_of(self, name: str) -> int | None:
        """Where an id stands, None when it is not listed."""
        return self.ids.place_of(name)

    def tick(self, ids: Iterable[str], *, on: bool) -> None:
        """Tick or untick."""
        wanted = set(ids)
        places = self.ids.places(wanted - self.ticked if on else wanted & self.ticked)
        if not places:
            return
        self.ticked = self.ticked | places.keys() if on else self.ticked - places.keys()
        self._tell(places.values())
        self.ticks_changed.emit()

    def ticked_in_order(self) -> tuple[str, ...]:
        """The ticked ids as the list shows them."""
        places = self.ids.places(self.ticked)
        return tuple(sorted(places, key=places.__getitem__))

    # -- Qt's side ---------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  (Qt's own default)
        return 0 if parent.isValid() else len(self.ids)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role == ID_ROLE:
            return self.ids[index.row()]
        if role not in (ROW_ROLE, Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        row = self.row(index.row())
        if role == ROW_ROLE:
            return row
        return "" if row is None else self.columns[index.column()].value(row)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation == Qt.Orientation.Horizontal:
            return self.columns[section].title if 0 <= section < len(self.columns) else None
        return str(section + 1)

    # -- fetching ----------------------------------------------------------------------------------------------

    def _want(self, place: int) -> None:
        block = place // _BLOCK
        self._waiting[block] = None
        self._waiting.move_to_end(block)
        while len(self._waiting) > _MOST_BLOCKS_WAITING:
            self._waiting.popitem(last=False)
        if self._asked is None and not self._soon.isActive():
            self._soon.start()

    def _ask(self) -> None:
        while self._asked is None and self._waiting:
            block, _ = self._waiting.popitem()  # the one looked at last comes first
            at = range(block * _BLOCK, min((block + 1) * _BLOCK, len(self.ids)))
            names = self.ids[at.start : at.stop]
            wanted = (name for name in names if name not in self._rows or name in self._stale)
            missing = tuple(name for name in wanted if name not in self._gone)
            if missing:
                self._asked, self._asked_at = missing, at
                self._stale -= set(missing)  # a change that comes while they are under way makes them stale again
                self._fetch(missing, lambda rows, asked=missing: self._answer(asked, rows))

    def _answer(self, asked: tuple[str, ...], rows: Sequence[Any]) -> None:
        self._asked = None
        self._gone |= set(asked) - {row.id for row in rows}
        for row in rows:
            self._keep(row, still_stale=row.id in self._stale)
        if self._asked_at is None:
            self._tell_all()
        else:
            self._tell(self._asked_at)
        if self._waiting:
            self._soon.start()

    def _keep(self, row: Any, *, still_stale: bool = False) -> None:
        self._rows[row.id] = row
        self._rows.move_to_end(row.id)
        if not still_stale:
            self._stale.discard(row.id)
        while len(self._rows) > _MOST_ROWS_KEPT:
            gone, _ = self._rows.popitem(last=False)
            self._stale.discard(gone)

    def _tell(self, places: Collection[int]) -> None:
        """Cells in these rows read otherwise; more than a few rows are told as the range they lie in."""
        few = len(places) <= _FEW_TOLD
        for first, last in [(place, place) for place in places] if few else [(min(places), max(places))]:
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(self.columns) - 1))

    def _tell_all(self) -> None:
        if self.ids:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.ids) - 1, len(self.columns) - 1))
