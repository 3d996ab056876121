"""What stands in a ledger: one row per visit, and the words of each cell. How they are fitted stands in plan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

QUARTERS = {1: "第一季度", 2: "第二季度", 3: "第三季度", 4: "第四季度"}
VOID = "作废"


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One visit in 附件1. ``leaders`` are (name, post); ``void`` rows keep their number and say 作废 in 备注."""

    visit_id: str
    number: int | None = None
    date: date | None = None
    leaders: tuple[tuple[str, str | None], ...] = ()
    visitee_name: str = ""
    visitee_post: str | None = None
    matter: str | None = None
    remark: str | None = None
    void: bool = False

    def text(self, field: str) -> str:
        """The words of a column; leaders one line each, dates as 2026.11.12 (the cell holds no 年月日)."""
        if field == "number":
            return "" if self.number is None else str(self.number)
        if field == "date":
            day = self.date
            return f"{day.year}.{day.month}.{day.day}" if day else ""
        if field == "leader_name":
            return "\n".join(name for name, _ in self.leaders)
        if field == "leader_post":
            return "\n".join(post or "" for _, post in self.leaders).rstrip("\n")
        value = {
            "visitee_name": self.visitee_name, "visitee_post": self.visitee_post, "matter": self.matter,
            "remark": self.remark,
        }[field] or ""  # fmt: skip
        if field == "remark" and self.void:
            return f"{VOID}。{value}" if value else VOID
        return value


def year_text(year: int, quarter: int | None) -> str:
    """2026年度, or 2026年度第三季度 where only a quarter is listed."""
    return f"{year}年度{QUARTERS[quarter] if quarter else ''}"
