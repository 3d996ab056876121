"""What ``check`` found. The checking is the store's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class CheckReport:
    """``problems`` are objects with ``code, kind, record, message`` (Chinese); none means that all holds.

    ``revisions`` hashed again, ``rows_compared`` with the fold of the log, ``pages_authenticated`` by their MACs.
    """

    problems: tuple[Mapping[str, Any], ...]
    revisions: int
    rows_compared: int
    pages_authenticated: int

    @property
    def ok(self) -> bool:
        """Whether nothing was found."""
        return not self.problems

    def as_json(self) -> dict[str, Any]:
        """The keys INTERFACE fixes."""
        return {
            "ok": self.ok, "problems": [dict(problem) for problem in self.problems], "revisions": self.revisions,
            "rows_compared": self.rows_compared, "pages_authenticated": self.pages_authenticated,
        }  # fmt: skip
