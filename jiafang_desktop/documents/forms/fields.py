"""What is printed on one record form: the visit's words, already chosen, nothing computed.

How a visit becomes these fields stands in services.forms.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

# Field → the placeholder a clerk sees in the template.
PLACEHOLDERS = {
    "county": "县名", "unit": "单位", "date": "日期", "number": "序号", "visitee_name": "家访对象姓名",
    "visitee_post": "职务", "address": "家庭住址", "spouse_name": "配偶姓名", "spouse_work": "工作单位及职务",
    "account": "家访情况记录", "resolution": "家访问题解决情况", "leader_name": "家访领导姓名",
    "leader_post": "家访领导职务",
}  # fmt: skip


# Every sign that ends a line somewhere, one for one, so that places in the text stay what they are.
_LINE_ENDS = {ord(char): "\n" for char in "\r\x0b\x0c\x85\u2028\u2029"}


@dataclass(frozen=True, slots=True)
class RecordFields:
    """One record form's values. Empty cells stay blank for the pen.

    ``unit`` is the unit's name as on its seal; ``leaders`` are (name, post) in the order they sign; ``number`` and
    ``date`` None are left for the pen; ``no_spouse`` prints 无 in empty spouse cells; ``county`` begins the title.
    """

    unit: str = ""
    date: date | None = None
    number: int | None = None
    visitee_name: str = ""
    visitee_post: str | None = None
    address: str | None = None
    spouse_name: str | None = None
    spouse_work: str | None = None
    account: str | None = None
    resolution: str | None = None
    leaders: tuple[tuple[str, str | None], ...] = ()
    no_spouse: bool = False
    county: str = "魏县"

    @property
    def title(self) -> str:
        """The form's name over the table."""
        return f"{self.county}领导干部家访记录单"

    def text(self, cell: str) -> str:
        """The words of a cell holding one text ("" when blank)."""
        value: str | None = getattr(self, cell)
        if not value and cell in ("spouse_name", "spouse_work") and self.no_spouse and not self.spouse_name:
            return "无"
        return value or ""

    def long_text(self, cell: str) -> str:
        """A long cell's words as planned and filled: line feeds only, nothing blank at the end."""
        value: str | None = getattr(self, cell)
        return (value or "").replace("\r\n", "\n").translate(_LINE_ENDS).rstrip()


def date_text(day: date | None) -> str:
    """2026年9月16日, as the office writes it; "" for none."""
    return f"{day.year}年{day.month}月{day.day}日" if day else ""
