"""Forms of the county's own: taken over from any Word document, kept with the data, one of them the usual one.

Finding places and filling are documents.adopt's. The program's own two forms are always there under ``BUILT_IN``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jiafang_desktop.common import clock
from jiafang_desktop.common.errors import UserError
from jiafang_desktop.domain.changes import Changes, Edit, Operator
from jiafang_desktop.domain.visits import Visit
from jiafang_desktop.services import files, forms, prints

if TYPE_CHECKING:
    from jiafang_desktop.documents.adopt.shapes import Reading
    from jiafang_desktop.store import Store

BUILT_IN = "内置"
IN_WORD = "这是采用的表单，页数请在Word中核对。"
_LARGEST = 40 * 1024 * 1024
_LONGEST_NAME = 40


@dataclass(frozen=True, slots=True)
class Kept:
    """A template kept with the data; ``fields`` are those it has a place for."""

    name: str
    kind: str
    sha256: str
    fields: tuple[str, ...]
    is_default: bool


@dataclass(frozen=True, slots=True)
class Adoption:
    """A form looked at; nothing is kept yet."""

    name: str
    reading: Reading
    data: bytes
    corrections: Mapping[str, str | None]

    @property
    def unbound(self) -> tuple[str, ...]:
        """Fields of the kind that found no place."""
        from jiafang_desktop.documents.adopt.names import KINDS

        have = {binding.field for binding in self.reading.bindings}
        return tuple(name for name in KINDS[self.reading.kind] if name not in have)

    def as_json(self) -> dict[str, Any]:
        """INTERFACE's object of ``forms adopt``."""
        reading = self.reading
        return {
            "name": self.name, "kind": reading.kind, "unbound": list(self.unbound),
            "bindings": [
                {"field": one.field, "where": one.where, "label": one.label, "at": one.at} for one in reading.bindings
            ],
            "problems": [
                {"code": one.code, "message": one.message, "hint": one.hint or None} for one in reading.problems
            ],
        }  # fmt: skip


def preview(
    path: Path, *, kind: str, name: str | None = None, corrections: Mapping[str, str | None] | None = None
) -> Adoption:
    """What would be bound in a Word document; nothing is written.

    Raises:
        UserError: ``not_found unsupported_format encrypted_file too_large not_a_form bad_input``.
    """
    from jiafang_desktop.documents.adopt import adopting

    data = read_file(path)
    return Adoption(
        _name(name or path.stem), adopting.read(data, kind, corrections=corrections), data, dict(corrections or {})
    )


def keep(store: Store, adoption: Adoption, *, by: Operator, replace: bool = False, default: bool = False) -> Changes:
    """Write the placeholders into the form and keep it under its name.

    Raises:
        UserError: ``file_exists`` where a template of this name is kept and ``replace`` is not said; ``read_only …``.
    """
    from jiafang_desktop.documents.adopt import adopting

    kind = adoption.reading.kind
    if _value(store, adoption.name) is not None and not replace:
        raise UserError(
            "file_exists", f"已经有一个叫“{adoption.name}”的模板。", hint="请换一个名称，或者确认替换它。",
            details={"name": adoption.name},
        )  # fmt: skip
    made = adopting.adopt(adoption.data, kind, corrections=adoption.corrections)
    value = {
        "kind": kind, "sha256": store.blobs.put(made), "at": clock.stamp(),
        "fields": [binding.field for binding in adoption.reading.bindings],
    }  # fmt: skip
    edits = [Edit("template", f"template:{adoption.name}", {"value": value})]
    if default:
        edits.append(_default_edit(kind, adoption.name))
    return store.append(edits, by=by)


def listing(store: Store, kind: str | None = None) -> list[Kept]:
    """The templates kept here, by name; the built-in ones are not among them."""
    usual = store.values.all("usual_template")
    return [
        Kept(name, value["kind"], value["sha256"], tuple(value["fields"]), usual.get(value["kind"]) == name)
        for name, value in sorted(store.values.all("template").items())
        if isinstance(value, Mapping) and kind in (None, value["kind"])
    ]


def set_default(store: Store, kind: str, name: str | None, *, by: Operator) -> Changes:
    """Make a template the usual one for Word files of its kind; None goes back to the built-in form.

    Raises:
        UserError: ``not_found``.
    """
    if name is not None:
        find(store, name, kind)
    return store.append([_default_edit(kind, name)], by=by)


def remove(store: Store, name: str, *, by: Operator) -> Changes:
    """Take a template out of the list; a usual one gives way to the built-in form.

    Raises:
        UserError: ``not_found``.
    """
    kept = next((one for one in listing(store) if one.name == name), None)
    if kept is None:
        raise _unknown(store, name)
    edits = [Edit("template", f"template:{name}", {"value": None})]
    if kept.is_default:
        edits.append(_default_edit(kept.kind, None))
    return store.append(edits, by=by)


def find(store: Store, name: str, kind: str) -> Kept:
    """A kept template by its name.

    Raises:
        UserError: ``not_found``, naming those there are.
    """
    for one in listing(store, kind):
        if one.name == name:
            return one
    raise _unknown(store, name)


def chosen(store: Store, kind: str, name: str | None) -> Kept | None:
    """The template a Word file is made from: the named one, else the usual one; None is the built-in form.

    Raises:
        UserError: ``not_found``.
    """
    if name == BUILT_IN:
        return None
    if name is not None:
        return find(store, name, kind)
    return next((one for one in listing(store, kind) if one.is_default), None)


def for_record(store: Store, name: str | None, target: Path, *, overprint: str | None) -> Kept | None:
    """The template a record's file is to be made from; None is the program's own form.

    Raises:
        UserError: ``not_found``; ``bad_input`` for overprinting with a template.
    """
    if overprint is not None:
        if name not in (None, BUILT_IN):
            raise UserError(
                "bad_input", "采用的表单不能套打，程序不知道它印在纸上的位置。",
                hint=f"请用整张重印，或用“{BUILT_IN}”模板。", details={"field": "template"},
            )  # fmt: skip
        return None
    if name is None and target.suffix.lower() != ".docx":
        return None  # only Word files are made from somebody else's form
    return chosen(store, "record", name)


def data_of(store: Store, kept: Kept) -> bytes:
    """The template as a Word document, to be filled or saved out."""
    return store.blobs.get(kept.sha256)


def check(path: Path) -> dict[str, Any]:
    """INTERFACE's ``forms check``: ``placeholders problems`` of a template.

    Raises:
        UserError: ``not_found unsupported_format encrypted_file too_large``.
    """
    from jiafang_desktop.documents.adopt import checking

    found = checking.check(read_file(path))
    return {
        "placeholders": list(found.placeholders),
        "problems": [
            {"code": one.code, "message": one.message, "hint": one.hint or None} for one in found.problems
        ],
    }  # fmt: skip


def write_record(
    store: Store, visit_id: str, target: Path, kept: Kept, *, by: Operator, replace: bool = False
) -> dict[str, Any]:
    """A visit in a template as a Word document; logs the print version as the built-in form does.

    ``pages font_pt continuation`` are null: how Word breaks somebody else's form is not ours to know.

    Raises:
        UserError: ``not_found unsupported_format file_exists file_busy disk_full not_writable``.
    """
    if target.suffix.lower() != ".docx":
        raise UserError(
            "unsupported_format", f"模板“{kept.name}”只能写成Word文档（.docx）。",
            hint=f"请把文件名改成 .docx，在Word中打印；要PDF请用“{BUILT_IN}”模板。", details={"file": str(target)},
        )  # fmt: skip
    files.check_target(target, replace=replace)
    visit = store.visits.get(visit_id)
    here = store.installation
    words = forms.printed_words(forms.fields_of(visit, here.unit, county=here.county))
    code, _ = prints.log(store, visit, words, overprint=None, by=by)
    made = files.write_bytes(target, _filled(store, kept, visit, words), replace=replace)
    return {
        "file": str(made), "files": [str(made)], "pages": None, "font_pt": None, "continuation": None,
        "match_code": code, "template": kept.name,
    }  # fmt: skip


def _filled(store: Store, kept: Kept, visit: Visit, words: Mapping[str, Any]) -> bytes:
    from jiafang_desktop.documents.adopt import filling
    from jiafang_desktop.documents.forms.fields import date_text

    content = visit.content
    names = [name for name, _ in words["leaders"]]
    posts = [post for _, post in words["leaders"]]
    values = {name: str(value) for name, value in words.items() if isinstance(value, str)}
    values |= {
        "date": date_text(content.date), "number": "" if content.number is None else str(content.number),
        "leader_name": "\n".join(names), "leader_post": "\n".join(posts).rstrip("\n"),
        "matter": content.matter or "", "remark": content.remark or "",
        "county": store.installation.county, "year": f"{content.date.year}年度" if content.date else "",
    }  # fmt: skip
    return filling.fill_record(data_of(store, kept), values)


def read_file(path: Path) -> bytes:
    """A template's bytes.

    Raises:
        UserError: ``not_found unsupported_format too_large``.
    """
    try:
        if path.stat().st_size > _LARGEST:
            raise UserError("too_large", "这个文档超过40兆，不像是表单。", hint="请去掉里面的图片，另存后再选。")
        return path.read_bytes()
    except FileNotFoundError:
        raise UserError("not_found", f"找不到文件“{path.name}”。", hint="请确认文件还在原处，或重新选择。") from None
    except OSError:
        raise UserError(
            "unsupported_format",
            f"打不开“{path.name}”，可能正被Word或WPS占用。",
            hint="请先关闭打开它的程序，再试一次。",
        ) from None


def _value(store: Store, name: str) -> Any:
    return store.values.get("template", name)


def _default_edit(kind: str, name: str | None) -> Edit:
    return Edit("usual_template", f"usual_template:{kind}", {"value": name})


def _name(typed: str) -> str:
    name = " ".join(typed.split())
    if not name or len(name) > _LONGEST_NAME or name == BUILT_IN:
        raise UserError(
            "bad_input", "模板名称要有1到40个字，不能叫“内置”。", hint="请另起一个名称。", details={"field": "name"}
        )
    return name


def _unknown(store: Store, name: str) -> UserError:
    known = "、".join([BUILT_IN, *(one.name for one in listing(store))])
    return UserError("not_found", f"没有叫“{name}”的模板。", hint=f"现有：{known}。", details={"name": name})
