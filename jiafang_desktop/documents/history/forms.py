"""Filled record forms (附件2), our own and hand-made ones: labels found by their words, values beside or below them.

Several forms may stand in one table, and a 续页 goes on with the form before. Works on any grid, Word's or Excel's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date

from jiafang_desktop.common.chinese import halfwidth, squeeze
from jiafang_desktop.documents.history import days, people, titles, years
from jiafang_desktop.documents.history.rowtext import number_of
from jiafang_desktop.documents.history.shapes import Doubt, Findings, FoundVisit, with_text
from jiafang_desktop.documents.history.table import Table
from jiafang_desktop.domain import roster_text
from jiafang_desktop.domain.visits import Leader, VisitContent, Visitee

_TURNS = re.compile(r"\s*[（(]\s*(?:下?转续页|转下页|接下页|转附页|见续页)\s*[）)]\s*$")
_CONTINUED_TITLE = re.compile(r"续\s*页|（\s*续\s*）")
_PLACEHOLDER = re.compile(r"^【[^】]*】$")
_NUMBER = re.compile(r"(?:序\s*号|编\s*号)\s*[:：]?\s*(?:第)?\s*(\d{1,5})")
_DAY = re.compile(r"20\d\d\s*[年./\-]\s*\d{1,2}\s*[月./\-]\s*\d{1,2}")
_SHORT = ("visitee_name", "visitee_post", "address", "spouse_name", "spouse_work", "leader_name", "leader_post")


@dataclass(slots=True)
class Form:
    """One form as it stands there: its first row, the words over it, texts by field as written."""

    row: int
    head: str = ""
    texts: dict[str, str] = field(default_factory=dict)
    continued: bool = False


def looks_like_form(table: Table) -> bool:
    """Whether the grid holds a record form: 家访对象 and 家访情况记录 as labels of different rows."""
    found: dict[str, int] = {}
    for row in table.numbers[:400]:
        for _, text in table.filled(row):
            label = titles.label_of(text) or titles.inline_label(text)
            if label:
                found.setdefault(label[0], row)
    who = found.get("visitee_name") or found.get("leader_name")
    account = found.get("account") or found.get("resolution")
    return who is not None and account is not None and who != account


def read(table: Table, findings: Findings, *, head: str, today: date, unit: str | None, year: int | None) -> None:
    """Every form of a grid into ``findings``. ``head`` are the words before it, ``year`` what its file is called by."""
    for form in texts(table, head):
        if form.continued and findings.visits and findings.visits[-1].kind == "form":
            merged = _gone_on(findings.visits[-1], form)
            if merged is not None:
                findings.visits[-1] = merged
                continue
        if not any(_value(form, name) for name in (*_SHORT, "account")):
            findings.skip(table.grid.name, form.row, "空白的记录单")
            continue
        findings.visits.append(_visit(table.grid.name, form, today=today, unit=unit, year=year))


def texts(table: Table, head: str) -> list[Form]:
    """Every form of a grid, nothing judged or cleaned. ``head`` are the words before it."""
    starts = _starts(table)
    found: list[Form] = []
    numbers = table.numbers
    for at, start in enumerate(starts):
        end = starts[at + 1] if at + 1 < len(starts) else numbers[-1] + 1
        form = Form(start)
        _fill(form, table, [row for row in numbers if start <= row < end])
        form.continued = form.continued or bool(_CONTINUED_TITLE.search(head if at == 0 else ""))
        over = [row for row in numbers if row < start] if at == 0 else _rows_over(table, starts[at - 1], start)
        form.head = "\n".join([head if at == 0 else "", *("\t".join(t for _, t in table.filled(row)) for row in over)])
        form.continued = form.continued or bool(_CONTINUED_TITLE.search(form.head))
        found.append(form)
    return found


def _starts(table: Table) -> list[int]:
    """Rows in which a form begins: those that name the visitee."""
    found = []
    for row in table.numbers:
        for _, text in table.filled(row):
            label = titles.label_of(text) or titles.inline_label(text)
            if label and label[0] == "visitee_name":
                found.append(row)
                break
    return found or table.numbers[:1]


def _rows_over(table: Table, before: int, start: int) -> list[int]:
    """Title and 单位 rows between two forms of one table: those behind the last labelled row of the first."""
    between = [row for row in table.numbers if before <= row < start]
    labelled = [
        row for row in between
        if any((titles.label_of(text) or ("", 0))[0] in titles.FORM_BODY for _, text in table.filled(row))
    ]  # fmt: skip
    return [row for row in between if not labelled or row > labelled[-1]]


def _fill(form: Form, table: Table, rows: list[int]) -> None:
    whose = ""
    for row in rows:
        for column, text in table.filled(row):
            label = titles.label_of(text)
            if label is None:
                inline = titles.inline_label(text)
                if inline is not None:
                    _keep(form, _owner(inline[0], whose), inline[1])
                    whose = inline[0]
                continue
            form.continued = form.continued or label[1]
            name = _owner(label[0], whose)
            whose = label[0] if label[0] != "post" else whose
            _keep(form, name, _beside(table, row, column))


def _owner(name: str, whose: str) -> str:
    """职务 and 工作单位 belong to whoever was named last."""
    person = whose.partition("_")[0]
    if name == "post":
        return "leader_post" if person == "leader" else "spouse_work" if person == "spouse" else "visitee_post"
    if name == "work":
        return "spouse_work" if person == "spouse" else "visitee_post" if person == "visitee" else "visitee_unit"
    return name


def _keep(form: Form, name: str, value: str) -> None:
    if value and not _PLACEHOLDER.match(value.strip()):
        present = form.texts.get(name)
        form.texts[name] = f"{present}\n{value}" if present and value not in present else present or value


def _beside(table: Table, row: int, column: int) -> str:
    """The value right of a label; below it where nothing stands beside."""
    at = table.right_edge(row, column) + 1
    width = max(table.width(row), at)
    if at < width:
        text = str(table.text(row, at))
        merge = table.merge_at(row, at)
        if merge is not None and merge.top < row:
            text = ""
        if not text.strip():
            later = [c for c, t in table.filled(row) if c > at]
            if later and not (titles.label_of(table.text(row, later[0])) or titles.inline_label(
                table.text(row, later[0])
            )) and merge is None:  # fmt: skip
                text = table.text(row, later[0])
        if text.strip() and not titles.label_of(text) and not titles.inline_label(text):
            return text
        if text.strip() == "":
            return ""
    below = table.bottom_edge(row, column) + 1
    text = table.text(below, column)
    wrong = titles.label_of(text) or titles.inline_label(text)
    return "" if wrong or len(table.filled(below)) > len(table.filled(row)) else text


# ---------------------------------------------------------------------------------------------- values


def _value(form: Form, name: str) -> str:
    text = form.texts.get(name, "").strip()
    return "" if _PLACEHOLDER.match(text) else text


def _visit(sheet: str, form: Form, *, today: date, unit: str | None, year: int | None) -> FoundVisit:
    doubts: list[Doubt] = []
    visitee = people.of_text(_value(form, "visitee_name"))
    if not visitee:
        doubts.append(Doubt("visitee.name", None, "没有家访对象姓名", True))
    elif len(visitee) > 1:
        doubts.append(Doubt("visitee.name", _value(form, "visitee_name"), "一张记录单里写了几位家访对象", True))
    elif visitee[0].doubt:
        doubts.append(Doubt("visitee.name", _value(form, "visitee_name"), visitee[0].doubt))
    number = _number(form, doubts)
    on, month_day = _day(form, doubts, today=today, year=year)
    account, resolution = (_TURNS.sub("", form.texts.get(name, "").strip()) for name in ("account", "resolution"))
    content = VisitContent(
        number=number, date=on, leaders=_leaders(form, doubts), matter=_value(form, "matter") or None,
        visitee=Visitee(
            name="、".join(person.name for person in visitee),
            post=_line(form, "visitee_post") or next((p.post for p in visitee if p.post), None),
            unit=_line(form, "visitee_unit"), address=_line(form, "address"),
            spouse_name=_spouse(form), spouse_work=_line(form, "spouse_work"),
        ),
        recorder=_signed(form), account=_paragraphs(account), resolution=_paragraphs(resolution),
        remark=_value(form, "remark") or None,
        met=tuple(person for person in re.split(r"[、,，\s]+", _value(form, "met")) if person),
    )  # fmt: skip
    return FoundVisit(
        sheet, form.row, content, kind="form", unit=years.unit_in(form.head) or _unit(form) or unit,
        month_day=month_day, doubts=tuple(doubts), continued=form.continued,
    )  # fmt: skip


def _unit(form: Form) -> str | None:
    text = _value(form, "unit")
    return years.unit_in(f"单位：{text}") if text else None


def _number(form: Form, doubts: list[Doubt]) -> int | None:
    raw = _value(form, "number")
    if not raw:
        found = _NUMBER.search(halfwidth(form.head))
        raw = found.group(1) if found else ""
    number, wrong = number_of(raw)
    if wrong:
        doubts.append(Doubt("number", raw, wrong))
    return number


def _day(
    form: Form, doubts: list[Doubt], *, today: date, year: int | None
) -> tuple[date | None, tuple[int, int] | None]:
    """The form's own date, else one that its account begins with, said so."""
    own = _value(form, "date")
    head = halfwidth(form.head)
    over = _DAY.search(head) or re.search(r"[二〇零○一三四五六七八九]{4}\s*年.{1,8}[日号]", head)
    found = days.of_cell(own, today=today) if own else days.of_cell(over.group(), today=today) if over else days.Day()
    if not found.whole and not over:
        spoken = re.search(r"(?<!\d)\d{1,2}\s*月\s*\d{1,2}\s*[日号]", head)
        found = days.of_cell(spoken.group(), today=today) if spoken else found
    if not found.whole:
        told = days.of_cell(form.texts.get("account", "")[:60], today=today, mixed=True)
        if told.whole:
            found = told
            doubts.append(Doubt("date", None, "表头没有写日期，按家访情况记录开头的日期登记，请核对"))
    if not found.whole or found.month is None or found.day is None:
        doubts.append(Doubt("date", own or None, found.problem or "没有日期", True))
        return None, None
    named = found.year or year
    if named is None:
        return None, (found.month, found.day)
    on, wrong = days.dated(named, found.month, found.day, today=today)
    if wrong:
        doubts.append(Doubt("date", own or None, wrong, True))
    return on, None


def _leaders(form: Form, doubts: list[Doubt]) -> tuple[Leader, ...]:
    found = people.of_text(_value(form, "leader_name")) or people.of_text(_value(form, "leader_signature"))
    for person in found:
        if person.doubt:
            doubts.append(Doubt("leaders", person.name, person.doubt))
    raw = _value(form, "leader_post")
    posts, clear = people.posts(raw, len(found)) if raw and found else ([None] * len(found), True)
    if not clear:
        doubts.append(Doubt("leaders", raw, "家访领导的职务与人数对不上，请核对"))
    return tuple(Leader(person.name, post or person.post) for person, post in zip(found, posts, strict=True))


def _line(form: Form, name: str) -> str | None:
    """A short cell's text; wrapped or vertical lines made one."""
    text = _value(form, name)
    if name in ("visitee_post", "spouse_work") and "\n" in text:
        return people.posts(text, 1)[0][0]
    return re.sub(r"\s*\n\s*", "", text) or None


def _spouse(form: Form) -> str | None:
    text = _value(form, "spouse_name")
    if not text or squeeze(text) in ("无", "未婚", "离异", "丧偶"):
        return squeeze(text) or None
    return roster_text.clean_name(text.replace("\n", "")).name or None


def _signed(form: Form) -> str | None:
    found = people.of_text(_value(form, "recorder"))
    return found[0].name if len(found) == 1 else None


def _paragraphs(text: str) -> str | None:
    lines = [line.strip(" \t\u3000") for line in text.replace("\r", "\n").split("\n")]
    if len(lines) > 3 and all(len(line) <= 1 for line in lines if line):
        return "".join(lines) or None  # written from top to bottom, one character a line
    return "\n".join(line for line in lines if line) or None


def _gone_on(first: FoundVisit, form: Form) -> FoundVisit | None:
    """The form before with what its 续页 adds; None when the page is another visit's."""
    name = people.of_text(_value(form, "visitee_name"))
    if name and name[0].name != first.content.visitee.name:
        return None
    content = first.content
    for part in ("account", "resolution"):
        more = _paragraphs(_TURNS.sub("", form.texts.get(part, "").strip()))
        if more:
            present = getattr(content, part)
            content = with_text(content, part, f"{present}{more}" if present else more)
    if not content.leaders:
        content = replace(content, leaders=_leaders(form, []))
    return replace(first, content=content)
