"""Looking 序号 up and giving them, one at a time or to many visits of one transaction.

The rules stand in domain.numbering; nothing is written here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

from jiafang_desktop.domain import numbering
from jiafang_desktop.domain.visits import VisitContent

if TYPE_CHECKING:
    from jiafang_desktop.store import Store

Book = tuple[str | None, int]  # the unit whose ledger it is (None: our own), and the year


class NumberGiver:
    """Gives numbers to the visits of one transaction: typed ones are kept free for those who typed them."""

    def __init__(self, store: Store, contents: Sequence[VisitContent]) -> None:
        self._store = store
        self._typed: dict[Book, set[int]] = defaultdict(set)
        self._given: dict[Book, set[int]] = defaultdict(set)
        for content in contents:
            book = self.book_of(content)
            if book is not None and content.number is not None:
                self._typed[book].add(content.number)

    def book_of(self, content: VisitContent) -> Book | None:
        """Whose numbers count: the unit's of the date's year; None while there is no date."""
        return (content.unit, content.date.year) if content.date is not None else None

    def give(self, content: VisitContent, *, other_than: str | None = None) -> int:
        """The typed number if nobody has it, else the next free one.

        Raises:
            UserError: ``number_taken``.
        """
        book = self.book_of(content)
        if book is None:
            raise ValueError("a visit without a date has no number yet")
        if content.number is not None:
            self.require_free(content, other_than=other_than)
            return content.number
        unit, year = book
        given = self._given[book]
        start = max(self._store.visits.next_number(unit, year), max(given, default=0) + 1)
        number = numbering.next_free(
            start, lambda number: self._holder(book, number, other_than) is not None, reserved=self._typed[book]
        )
        given.add(number)
        return number

    def require_free(self, content: VisitContent, *, other_than: str | None = None) -> None:
        """Refuse a typed number that another record has, one of this transaction too.

        Raises:
            UserError: ``number_taken``.
        """
        book, number = self.book_of(content), content.number
        if book is None or number is None:
            return
        holder = self._holder(book, number, other_than)
        if holder is not None:
            here = self._store.installation
            raise numbering.taken(number, unit=book[0] or here.ledger_unit, year=book[1], by=holder)
        self._given[book].add(number)

    def _holder(self, book: Book, number: int, other_than: str | None) -> str | None:
        unit, year = book
        if number in self._given[book]:
            return ""  # of this transaction: it has no place of its own yet
        return self._store.visits.number_taken(unit, year, number, other_than=other_than)
