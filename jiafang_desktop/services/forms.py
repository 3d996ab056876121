"""附件2, the record form, of a stored or typed visit: what is printed, how it fits, and the files made of it.

Fitting and filling are documents.forms', drawing the renderer's, 核对码 and the log of prints prints'. Ticking that a
paper was printed is filing's: a file written here is no print yet. Codes and signatures stand on paper only where the
office's rules say so.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jiafang_desktop.common.errors import UserError
from jiafang_desktop.documents.forms.fields import RecordFields
from jiafang_desktop.domain.changes import Changes, Operator
from jiafang_desktop.domain.drafting import resolution_words, spouse_words
from jiafang_desktop.domain.visits import Visit
from jiafang_desktop.services import files, prints, rules, settings, signatures
from jiafang_desktop.services.settings import Settings

if TYPE_CHECKING:
    from jiafang_desktop.documents.forms.plan import RecordPlan
    from jiafang_desktop.documents.forms.word_marks import StrokesPng
    from jiafang_desktop.domain.pages import Sheet
    from jiafang_desktop.domain.signatures import Signature, Slot
    from jiafang_desktop.services.renderer import Renderer
    from jiafang_desktop.store import Store

SUFFIXES = (".docx", ".pdf", ".png")
OVERPRINTS = ("resolution",)
_SHORT_CELLS = ("visitee_name", "visitee_post", "address", "spouse_name", "spouse_work")
_STATE_VERSION = "1"
_USUAL = Settings()


@dataclass(frozen=True, slots=True)
class Written:
    """A record form as files. ``font_pt`` is that of the long cells; ``match_code`` is None where a read-only folder
    keeps no key for the record; ``changes`` is the print version logged, empty when it was logged before; ``missing``
    are the characters that came out as 〓."""

    files: tuple[Path, ...]
    pages: int
    font_pt: float
    continuation: bool
    match_code: str | None
    changes: Changes = field(default_factory=Changes)
    missing: str = ""

    def as_json(self) -> dict[str, Any]:
        """INTERFACE's object of ``forms record``."""
        return {
            "file": str(self.files[0]), "files": [str(path) for path in self.files], "pages": self.pages,
            "font_pt": whole(self.font_pt), "continuation": self.continuation, "match_code": self.match_code,
        }  # fmt: skip


def fields_of(visit: Visit, unit: str, *, county: str = "魏县") -> RecordFields:
    """What the form of ``visit`` prints; ``unit`` is the seal's name of the unit that keeps the record."""
    content = visit.content
    visitee = content.visitee
    spouse_name, spouse_work = spouse_words(visit)
    return RecordFields(
        unit=content.unit or unit, date=content.date, number=content.number, visitee_name=visitee.name,
        visitee_post=visitee.post, address=visitee.address, spouse_name=spouse_name, spouse_work=spouse_work,
        account=content.account, resolution=resolution_words(visit),
        leaders=tuple((leader.name, leader.post) for leader in content.leaders), county=county,
    )  # fmt: skip


def plan(
    fields: RecordFields, *, frozen: Mapping[str, Any] | None = None, settings: Settings | None = None
) -> RecordPlan:
    """The form fitted to its pages and drawn; quick enough for every keystroke, needs no store.

    Args:
        frozen: the visit's ``paper.layout``, to keep what is on paper already.
        settings: the unit's choices of sizes and label; None takes the usual ones.
    """
    from jiafang_desktop.documents.forms import fit as fitting  # loaded late: what waits is known without fitting

    chosen = settings or _USUAL
    return fitting.plan_record(
        fields, label=chosen.label_on_record, smallest_pt=chosen.smallest_pt, date_blank=chosen.date_blank,
        frozen=frozen,
    )  # fmt: skip


def plan_of(store: Store, visit: Visit, *, frozen: Mapping[str, Any] | None = None) -> RecordPlan:
    """A stored visit's form by the unit's settings."""
    here = store.installation
    planned = plan(fields_of(visit, here.unit, county=here.county), frozen=frozen, settings=settings.read(store))
    chosen = rules.read(store)
    if not chosen.code_on_paper and not chosen.signature_pad:
        return planned
    words = printed_words(planned.fields)
    code = prints.code_of(store, visit, words) if chosen.code_on_paper else None
    signed = signatures.holding(store, visit, words) if chosen.signature_pad and visit.registered else ()
    return marked(planned, code=code, signed=signed)


def marked(
    planned: RecordPlan, *, code: str | None = None, signed: Sequence[tuple[Slot, Signature]] = ()
) -> RecordPlan:
    """The form with its code and the signatures that hold, at their places; sizes and pages stay as they are."""
    from jiafang_desktop.documents.forms import fit as fitting
    from jiafang_desktop.documents.forms.marks import Ink, Marks

    leaders = max(len(planned.fields.leaders), 1)
    inks = tuple(
        Ink(f"{slot.role}_signature", slot.place, leaders if slot.role == "leader" else 1, one.strokes)
        for slot, one in signed
    )
    return fitting.marked(planned, Marks(code=code, inks=inks))


def sheet(store: Store, visit_id: str, *, overprint: str | None = None) -> Sheet:
    """The form as drawn pages; ``overprint="resolution"`` gives that cell alone, where the frozen layout has it.

    Raises:
        UserError: ``not_found``; when overprinting, ``not_printed nothing_to_print bad_input``.
    """
    return _sheet_of(store, store.visits.get(visit_id), overprint)[1]


def _sheet_of(store: Store, visit: Visit, overprint: str | None) -> tuple[RecordPlan, Sheet]:
    if overprint is None:
        planned = plan_of(store, visit)
        return planned, planned.sheet
    if overprint not in OVERPRINTS:
        raise UserError(
            "bad_input", f"不能单独套打“{overprint}”。", hint="可以套打：" + " ".join(OVERPRINTS) + "。",
            details={"field": "overprint"},
        )  # fmt: skip
    if visit.paper.layout is None:
        raise UserError(
            "not_printed", "这份记录单还没有整张打印过，不能只打解决情况。", hint="请先打印整张，签名后再套打。",
            details={"visit": visit.id},
        )  # fmt: skip
    if not resolution_words(visit):
        raise UserError(
            "nothing_to_print", "家访问题解决情况还空着，没有可套打的内容。", hint="请先填写解决情况，或办结问题。",
            details={"visit": visit.id},
        )  # fmt: skip
    from jiafang_desktop.documents.forms import fit as fitting

    planned = plan_of(store, visit, frozen=visit.paper.layout)
    return planned, fitting.overprint_sheet(planned)


def sheet_to_print(store: Store, visit_id: str, *, overprint: str | None = None, by: Operator) -> Sheet:
    """As ``sheet``, with the code a first print already carries; that it was printed is logged when it is ticked.

    Raises:
        UserError: as ``sheet``.
    """
    give_codes(store, [store.visits.get(visit_id)], by=by)
    return sheet(store, visit_id, overprint=overprint)


def give_codes(store: Store, visits: Iterable[Visit], *, by: Operator) -> Changes:
    """Make sure that sheets about to be printed have their 核对码, where the rules put it on paper."""
    changes = Changes()
    if rules.read(store).code_on_paper:
        for visit in visits:
            changes = changes.with_more(prints.give_key(store, visit, by=by))
    return changes


def fit(store: Store, visit_id: str) -> dict[str, Any]:
    """How the form fits (INTERFACE ``forms fit``); ``overflow_characters`` counts what goes to 续页."""
    planned = plan_of(store, store.visits.get(visit_id))
    return {
        "pages": len(planned.pages), "font_pt": whole(planned.font_pt), "continuation": planned.continuation,
        "overflow_characters": planned.carried_characters + planned.overflow_characters,
    }  # fmt: skip


def write_record(
    store: Store, visit_id: str, target: Path, *, renderer: Renderer, by: Operator, replace: bool = False,
    overprint: str | None = None,
) -> Written:  # fmt: skip
    """The form as a Word document, PDF or pictures, by the target's suffix; logs the print version, ticks nothing.

    Raises:
        UserError: ``not_found unsupported_format file_exists file_busy disk_full not_writable``, and sheet's.
    """
    suffix = check_suffix(target, SUFFIXES)
    files.check_target(target, replace=replace)
    visit = store.visits.get(visit_id)
    given = give_codes(store, [visit], by=by)
    planned, drawn = _sheet_of(store, visit, overprint)
    words = printed_words(planned.fields)
    code, logged = prints.log(store, visit, words, overprint=overprint, by=by)
    changes = given.with_more(logged)
    if suffix == ".docx":
        from jiafang_desktop.documents.forms import fill  # imported late: Office parts only when used

        filled = fill.fill_record if overprint is None else fill.fill_overprint
        data = filled(planned, png=strokes_png(renderer))
        made = [files.write_bytes(target, data, replace=replace)]
    else:
        made = write_sheet(drawn, target, renderer=renderer, replace=replace)
    pages = len(drawn.pages)
    missing = "" if suffix == ".docx" else renderer.missing(drawn)  # a word processor has fonts of its own
    return Written(tuple(made), pages, planned.font_pt, planned.continuation, code, changes, missing)


def strokes_png(renderer: Renderer) -> StrokesPng:
    """Who draws signatures into Word documents."""
    return lambda strokes, width, height: renderer.strokes_png(strokes, width_mm=width, height_mm=height)


def missing_words(characters: str) -> str:
    """What to say of characters no font has."""
    return f"本机没有这些字的字形：{'、'.join(characters)}，印出来是〓。请装上有这些字的字体后再写一次，或用笔补写。"


def write_sheet(drawn: Sheet, target: Path, *, renderer: Renderer, replace: bool) -> list[Path]:
    """Drawn pages as one PDF or as pictures, whole or not at all."""
    if target.suffix.lower() == ".png":
        return files.write_several(target, lambda place: renderer.png(drawn, place), replace=replace)
    return [files.write_with(target, lambda place: renderer.pdf(drawn, place, title=drawn.title), replace=replace)]


def check_suffix(target: Path, allowed: tuple[str, ...]) -> str:
    """The target's suffix in small letters.

    Raises:
        UserError: ``unsupported_format``.
    """
    suffix = target.suffix.lower()
    if suffix not in allowed:
        raise UserError(
            "unsupported_format", f"不能存成“{target.suffix or target.name}”这种文件。",
            hint="可以存成：" + " ".join(allowed) + "。", details={"file": str(target)},
        )  # fmt: skip
    return suffix


# ------------------------------------------------------------------------------------------- what stands on paper


def printed_words(fields: RecordFields) -> dict[str, Any]:
    """Every word a clerk's record puts on the form, by cell."""
    return {
        "unit": fields.unit, "date": fields.date.isoformat() if fields.date else None, "number": fields.number,
        **{cell: fields.text(cell) for cell in _SHORT_CELLS},
        **{cell: fields.long_text(cell) for cell in ("account", "resolution")},
        "leaders": [[name, post or ""] for name, post in fields.leaders],
    }  # fmt: skip


def words_of(store: Store, visit: Visit) -> dict[str, Any]:
    """The same of a stored record."""
    here = store.installation
    return printed_words(fields_of(visit, here.unit, county=here.county))


def printed_state(visit: Visit, unit: str) -> str:
    """Digests of what a whole print of ``visit`` says, opaque to others: of everything but the resolution, and of it.

    They stand apart because a resolution that was empty at first print is overprinted later, which is no change of
    what the paper says.
    """
    words = printed_words(fields_of(visit, unit))
    resolution = words.pop("resolution")
    return ":".join((_STATE_VERSION, _digest(words), _digest(resolution) if resolution else "-"))


def needs_reprint(visit: Visit, unit: str) -> bool:
    """需重印: whether the paper printed last says something else than the record does now."""
    kept = (visit.paper.printed_state or "").split(":")
    if len(kept) != 3 or kept[0] != _STATE_VERSION:
        return False
    now = printed_state(visit, unit).split(":")
    return kept[1] != now[1] or (kept[2] not in ("-", now[2]))


def _digest(words: Any) -> str:
    text = json.dumps(words, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:32]


def whole(points: float) -> int | float:
    """12.0 as 12, 10.5 as it is (INTERFACE: ``font_pt`` may be 10.5)."""
    return int(points) if points == int(points) else points
