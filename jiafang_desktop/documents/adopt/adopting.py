"""Takes a county's own form over: looked at first, then written again with visible placeholders.

Finding places is find's, writing them placing's; keeping templates is the services'.
"""

from __future__ import annotations

from collections.abc import Mapping

from jiafang_desktop.common.errors import UserError
from jiafang_desktop.documents.adopt import find, outline, placing
from jiafang_desktop.documents.adopt.checking import FIELD_TITLES, slots_of
from jiafang_desktop.documents.adopt.names import FIELDS, KINDS, NEEDED
from jiafang_desktop.documents.adopt.outline import Outline, words_of
from jiafang_desktop.documents.adopt.package import Package, open_package
from jiafang_desktop.documents.adopt.shapes import Binding, CellPicture, Finding, Reading


def read(data: bytes, kind: str, *, corrections: Mapping[str, str | None] | None = None) -> Reading:
    """What would be bound in a form.

    Args:
        kind: "record" or "ledger".
        corrections: field → place (t1r2c3, p2), by which a person overrules what was found; None leaves it unbound.

    Raises:
        UserError: ``unsupported_format encrypted_file too_large bad_input``; ``not_a_form`` where nothing is known.
    """
    package = open_package(data)
    return _read(package, outline.read(package.root), kind, corrections or {})


def adopt(data: bytes, kind: str, *, corrections: Mapping[str, str | None] | None = None) -> bytes:
    """The form with placeholders at its places; every other part of the file as it was.

    Raises:
        UserError: as ``read``.
    """
    package = open_package(data)
    found = outline.read(package.root)
    reading = _read(package, found, kind, corrections or {})
    placing.put(found, [one for one in reading.bindings if not one.placed])
    return package.with_body()


def _read(package: Package, found: Outline, kind: str, corrections: Mapping[str, str | None]) -> Reading:
    if kind not in KINDS:
        raise UserError("bad_input", f"没有“{kind}”这种表单。", hint="可以是：record（记录单）、ledger（台账）。")
    for name in corrections:
        if name not in KINDS[kind]:
            raise UserError(
                "unknown_field", f"没有叫“{name}”的填写项。", hint="可以是：" + " ".join(KINDS[kind]),
                details={"field": name},
            )  # fmt: skip
    candidates = [*_placed(found), *find.bindings(found, kind)]
    chosen: dict[str, Binding] = {}
    doubled: list[Binding] = []
    taken: set[str] = set()
    for one in candidates:
        is_cell = "p" not in one.at and not one.at.endswith("+")
        if one.field not in KINDS[kind] and one.field != "year":
            continue
        if one.field in chosen or (is_cell and one.at in taken):
            doubled += [one] if one.field in chosen and one.at != chosen[one.field].at else []
            continue
        chosen[one.field] = one
        taken.add(one.at)
    for name, at in corrections.items():
        chosen.pop(name, None)
        if at is not None:
            chosen[name] = _corrected(found, name, at)
    if not any(name in chosen for name in NEEDED[kind]) and not corrections:
        what = "记录单" if kind == "record" else "台账"
        raise UserError(
            "not_a_form",
            f"这个文档里没有认出{what}的填写项。",
            hint="请确认选对了文件；表格里要有“家访对象姓名”等栏目。",
        )
    ordered = tuple(chosen[name] for name in (*KINDS[kind], "year") if name in chosen)
    pictures = tuple(_picture(table) for table in found.tables)
    lines = tuple(
        (f"p{at}", words_of(one)) for at, one in enumerate(found.paragraphs, start=1) if words_of(one).strip()
    )
    return Reading(kind, ordered, tuple(_problems(package, found, kind, doubled, ordered)), pictures, lines)


def _placed(found: Outline) -> list[Binding]:
    """Placeholders that stand there already: the form was adopted before, or is one of the program's."""
    return [
        Binding(FIELDS[slot], at, where, f"【{slot}】", placed=True)
        for slot, at, where in slots_of(found)
        if slot in FIELDS
    ]


def _corrected(found: Outline, name: str, at: str) -> Binding:
    cell = found.cell(at.rstrip("+"))
    if cell is None and not (at.startswith("p") and at[1:].isdigit() and 1 <= int(at[1:]) <= len(found.paragraphs)):
        raise UserError(
            "bad_input", f"这个文档里没有“{at}”这个位置。",
            hint="位置写成 t1r2c3（第1个表第2行第3格）或 p2（表外第2段）。",
            details={"field": name},
        )  # fmt: skip
    where = cell.where if cell is not None else f"表外第{at[1:]}段"
    return Binding(name, at, where, "由人指定", cell.text.strip() if cell is not None else "")


def _problems(
    package: Package, found: Outline, kind: str, doubled: list[Binding], chosen: tuple[Binding, ...]
) -> list[Finding]:
    problems: list[Finding] = []
    have = {one.field for one in chosen}
    missing = [FIELD_TITLES[name] for name in NEEDED[kind] if name not in have]
    if missing:
        problems.append(
            Finding("needed_unbound", f"没有找到填写“{'、'.join(missing)}”的地方。", "请在图上点一下应填的格。")
        )
    for one in doubled:
        problems.append(Finding(
            "doubled", f"“{FIELD_TITLES[one.field]}”在{one.where}还有一处（{one.label}），没有用它。", "不对时请改绑。"
        ))  # fmt: skip
    if found.is_tracked:
        problems.append(
            Finding("tracked_changes", "文档里有修订痕迹。", "请先在Word中接受或拒绝全部修订，再选这个文件。")
        )
    boxes = [words for words in found.boxes if find.says_label(words)]
    if boxes:
        problems.append(
            Finding("text_box", "有的栏目写在文本框里，不能自动填写。", "请把文本框里的字移到表格或正文里。")
        )
    if package.links:
        problems.append(Finding("external_links", f"文档引用了{package.links}处外部文件或网址，已经去掉。"))
    if package.protected:
        problems.append(
            Finding("protected", "文档设了编辑限制，填好的文件也会带着它。", "需要时请在Word中停止保护后另存。")
        )
    return problems


def _picture(table: outline.Table) -> tuple[CellPicture, ...]:
    return tuple(
        CellPicture(cell.at, cell.row, cell.column, cell.span, find.last_row(table, cell) - cell.row + 1, cell.text)
        for row in table.rows
        for cell in row
        if not cell.covered
    )
