"""Where a ledger's header stands and which column means what, in either variant and in both orders of leader and
visitee; headers of two rows, and columns that are merely called 职务.

What a title's words mean stands in titles.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from jiafang_desktop.common.chinese import squeeze
from jiafang_desktop.documents.history import titles
from jiafang_desktop.documents.history.table import Table

_LEADING = {"leader_name": "leader", "leader_both": "leader", "visitee_name": "visitee", "visitee_both": "visitee"}
_SAYS_WHAT = ("date", "date_matter", "matter", "leader_name", "leader_both", "account", "month")


@dataclass(frozen=True, slots=True)
class Header:
    """Rows ``top`` to ``bottom``; field → columns, left to right; ``titles`` as written; ``unread`` titles."""

    top: int
    bottom: int
    columns: Mapping[str, tuple[int, ...]]
    titles: Mapping[int, str]
    unread: tuple[str, ...] = ()

    def at(self, field: str) -> int | None:
        """The first column of a field."""
        found = self.columns.get(field)
        return found[0] if found else None

    @property
    def rows(self) -> range:
        """The sheet's rows it stands in."""
        return range(self.top, self.bottom + 1)

    @property
    def signature(self) -> tuple[tuple[str, tuple[int, ...]], ...]:
        """Two headers with the same signature read rows alike."""
        return tuple(sorted(self.columns.items()))


def find(table: Table) -> list[Header]:
    """Every header of a sheet, repeated ones too, from the top."""
    found: list[Header] = []
    for row in table.numbers:
        if found and row <= found[-1].bottom:
            continue
        header = _header_at(table, row)
        if header is not None:
            found.append(header)
    return found


def _header_at(table: Table, row: int) -> Header | None:
    upper = _row_titles(table, row)
    if len(upper) < 2 or sum(1 for text in upper.values() if titles.field_of(text)) < 2:
        return None
    below = row + 1
    two = _goes_on(table, row, upper)
    words = dict(upper)
    if two:
        for column, text in _row_titles(table, below).items():
            words[column] = _parent(table, row, column, upper) + text
        for column in list(upper):
            covered = _row_titles(table, below).get(column)
            if covered is not None and squeeze(covered) == squeeze(upper[column]):
                words[column] = upper[column]
    columns, unread = _columns(words)
    known = set(columns) - {"ignored"}
    names = known & {"visitee_name", "visitee_both"}
    if not names or len(known) < 3 or not known & set(_SAYS_WHAT):
        return None
    return Header(row, below if two else row, {f: tuple(at) for f, at in columns.items()}, words, tuple(unread))


def _row_titles(table: Table, row: int) -> dict[int, str]:
    return {column: text for column, text in table.filled(row) if len(squeeze(text)) <= 40}


def _goes_on(table: Table, row: int, upper: Mapping[int, str]) -> bool:
    """Whether the next row holds the lower half of the titles (姓名 职务 under 家访领导; 时间 under 内容)."""
    lower = table.filled(row + 1)
    if not lower or len(lower) > len(table.filled(row)) + 6:
        return False
    fields = [titles.field_of(text) for _, text in lower]
    if any(field is None for field in fields):
        return False
    whole = sum(1 for field in fields if field in _LEADING) >= 1 and len(fields) >= 5
    if whole:  # a header of its own, repeated by a careless copy
        return False
    alone = all(column not in upper for column, _ in lower)
    under = any(
        (merge := table.merge_at(row, column)) is not None and merge.right > merge.left and merge.bottom == row
        for column in upper
    )
    split = len(lower) == 1 and titles.field_of(upper.get(lower[0][0], "") + lower[0][1]) == "date_matter"
    return split or under or (alone and len(lower) >= 2) or all(f in ("name", "post", "visitee_unit") for f in fields)


def _parent(table: Table, row: int, column: int, upper: Mapping[int, str]) -> str:
    merge = table.merge_at(row, column)
    if merge is not None:
        return upper.get(merge.left, "")
    if column in upper:
        return upper[column]
    # Not merged, merely written over the first of its columns.
    before = [at for at in upper if at < column]
    return upper[max(before)] if before and titles.field_of(upper[max(before)]) in _LEADING else ""


def _columns(words: Mapping[int, str]) -> tuple[dict[str, list[int]], list[str]]:
    fields = {column: titles.field_of(text) for column, text in sorted(words.items())}
    bare_names = [column for column, field in fields.items() if field == "name"]
    visitees = [column for column, field in fields.items() if field == "visitee_name"]
    if len(visitees) > 1 and not any(_LEADING.get(field or "") == "leader" for field in fields.values()):
        # 家访干部 beside 家访对象 is the one who goes.
        fields[next((at for at in visitees if "对象" not in words[at]), visitees[0])] = "leader_name"
    has_leader = any(_LEADING.get(field or "") == "leader" for field in fields.values())
    has_visitee = any(_LEADING.get(field or "") == "visitee" for field in fields.values())
    for column in bare_names:
        # 附件1 names the leader first.
        if not has_leader and (has_visitee or len(bare_names) > 1):
            fields[column], has_leader = "leader_name", True
        elif not has_visitee:
            fields[column], has_visitee = "visitee_name", True
        else:
            fields[column] = None
    columns: dict[str, list[int]] = {}
    unread: list[str] = []
    whose = ""
    waiting: list[int] = []
    for column, field in fields.items():
        if field in _LEADING:
            whose = _LEADING[field]
            for early in waiting:
                columns.setdefault(f"{whose}_post", []).append(early)
            waiting = []
        if field == "post":
            if whose:
                columns.setdefault(f"{whose}_post", []).append(column)
            else:
                waiting.append(column)
        elif field is None:
            unread.append(squeeze(words[column]))
        elif field == "visitee_unit" and whose == "leader":
            columns.setdefault("ignored", []).append(column)
        else:
            columns.setdefault(field, []).append(column)
    return columns, unread
