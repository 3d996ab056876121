"""What happens to a record's paper: printed, signed, sealed, scanned, filed (PRODUCT, Lives of things).

Callers reach these verbs through visits. The gate's rules are domain.archiving's, what a print says forms'.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jiafang_desktop.common import clock
from jiafang_desktop.common.errors import UserError
from jiafang_desktop.documents.forms.fit import freeze
from jiafang_desktop.domain import archiving, visit_rules
from jiafang_desktop.domain.changes import Changes, Edit, Operator
from jiafang_desktop.domain.typed_text import cleaned
from jiafang_desktop.domain.visits import Visit
from jiafang_desktop.services import forms, prints, settings
from jiafang_desktop.services.signature_pad import PadReader

if TYPE_CHECKING:
    from jiafang_desktop.store import Store

PAPER_STATES = {"printed": "已打印", "signed": "已签名", "sealed": "已盖章"}
_LARGEST_SCAN = 32 * 1024 * 1024  # a sheet in colour at 300 dpi takes two or three
# Known by how they begin, never by their names (STORAGE, Opening strangers' files).
_SCAN_TYPES = ((b"\xff\xd8\xff", "jpg"), (b"\x89PNG\r\n\x1a\n", "png"), (b"%PDF-", "pdf"))


class Attached(str):
    """A stored scan's SHA-256, with the changes that recorded it on the visit."""

    changes: Changes

    def __new__(cls, sha256: str, changes: Changes) -> Attached:
        """``sha256`` as it is."""
        made = super().__new__(cls, sha256)
        made.changes = changes
        return made


def mark_paper(
    store: Store, visit_id: str, state: str, *, on: date | None, by: Operator, new_sheet: bool | None = None
) -> Changes:
    """Tick that the paper was printed, signed or sealed on a day; None takes the tick off.

    A print freezes the layout, so that the resolution can be overprinted on the signed sheet (FORMS, 附件2).

    Args:
        new_sheet: whether what was printed takes the place of a sheet that was signed (printed_edits).

    Raises:
        UserError: ``not_found archived void not_registered``, ``bad_input`` for another state, ``paper_signed`` when
            the print of a signed sheet would be unticked.
    """
    if state not in PAPER_STATES:
        raise UserError(
            "bad_input",
            f"没有“{state}”这种状态。",
            hint="可以是：" + " ".join(PAPER_STATES),
            details={"field": "state"},
        )
    visit = store.visits.get(visit_id)
    _require_paper(visit)
    if state == "printed" and on is not None:
        return store.append(printed_edits(store, visit, on=on, new_sheet=new_sheet), by=by)
    if state == "printed":
        return store.append([Edit("visit", visit_id, _unprinted_fields(visit))], by=by)
    return store.append([Edit("visit", visit_id, {f"{state}_on": on.isoformat() if on is not None else None})], by=by)


def printed_edits(store: Store, visit: Visit, *, on: date, new_sheet: bool | None = None) -> list[Edit]:
    """What a whole print on that day writes: the day, what the paper says, its layout, and the version printed.

    A sheet that takes the place of a signed one is signed and sealed by nobody yet: those ticks go. Where nobody said
    so (``new_sheet`` None) it does if it says something else than the signed one. A sheet that went out with every
    leader's signature from the pad is signed. A day in the past ticks what was printed somehow then: no version is
    made up for it.
    """
    state = forms.printed_state(visit, store.installation.unit)
    fields: dict[str, Any] = {
        "printed_on": on.isoformat(), "printed_state": state, "layout": freeze(forms.plan_of(store, visit))
    }  # fmt: skip
    if new_sheet is None:
        new_sheet = visit.paper.printed_state not in (None, state)
    if new_sheet:
        fields |= {name: None for name in ("signed_on", "sealed_on") if getattr(visit.paper, name) is not None}
    pad = PadReader(store).of(visit)
    if pad.complete and pad.leaders_day is not None and (new_sheet or visit.paper.signed_on is None):
        fields["signed_on"] = pad.leaders_day.isoformat()
    edits = [Edit("visit", visit.id, fields)]
    if on == clock.today():
        edits += prints.version_edits(store, visit, forms.words_of(store, visit), overprint=None)[1]
    return edits


def _unprinted_fields(visit: Visit) -> dict[str, Any]:
    if visit.paper.signed_on is not None or visit.paper.sealed_on is not None:
        raise UserError(
            "paper_signed", "这张纸已经签名或盖章，不能取消“已打印”。", hint="标错了的，请先取消“已签名”“已盖章”。",
            details={"visit": visit.id},
        )  # fmt: skip
    return {"printed_on": None, "printed_state": None, "layout": None}


def mark_overprinted(store: Store, visit_id: str, *, by: Operator) -> Changes:
    """The resolution was printed onto the signed sheet: from now on a change of it wants a reprint.

    Raises:
        UserError: ``not_found archived void not_registered not_printed``.
    """
    visit = store.visits.get(visit_id)
    _require_paper(visit)
    if visit.paper.printed_state is None:
        raise UserError(
            "not_printed", "这份记录单还没有整张打印过。", hint="请先打印整张。", details={"visit": visit_id}
        )
    kept, now = visit.paper.printed_state.split(":"), forms.printed_state(visit, store.installation.unit).split(":")
    state = ":".join((*kept[:-1], now[-1]))
    if state == visit.paper.printed_state:
        return Changes()
    words = forms.words_of(store, visit)
    version = prints.version_edits(store, visit, words, overprint="resolution")[1]
    return store.append([Edit("visit", visit_id, {"printed_state": state}), *version], by=by)


def _require_paper(visit: Visit) -> None:
    """Only a registered record that is neither filed nor void has a paper to be marked."""
    visit_rules.require_writable(visit)
    if not visit.registered:
        raise UserError(
            "not_registered", "这份家访还是草稿，没有登记。", hint="请先登记。", details={"visit": visit.id}
        )


# ------------------------------------------------------------------------------------------- filing


def archive(store: Store, visit_id: str, *, paper_at: str | None = None, by: Operator) -> Changes:
    """归档: file a record whose problems are solved and whose sealed paper is known to lie somewhere.

    Raises:
        UserError: ``not_found void not_registered``, then in this order ``problems_open form_incomplete no_paper
            already_archived``.
    """
    visit = store.visits.get(visit_id)
    visit_rules.require_writable(visit, but_archived=True)
    if not visit.registered:
        raise UserError(
            "not_registered", "这份家访还是草稿，没有登记。", hint="请先登记。", details={"visit": visit_id}
        )
    place = cleaned(paper_at, field="paper_at", title="存放位置")
    archiving.require_ready(
        visit, paper_at=place, has_scan=bool(scans(store, visit_id)), outcomes=settings.read(store).archive_outcomes
    )
    fields: dict[str, Any] = {"archived_on": clock.today().isoformat()}
    if place is not None and place != visit.paper.place:
        fields["paper_at"] = place
    return store.append([Edit("visit", visit_id, fields)], by=by)


# ------------------------------------------------------------------------------------------- scans


def attach(
    store: Store, visit_id: str, path: Path, *, by: Operator, can_show: Callable[[bytes], bool] | None = None
) -> Attached:
    """Keep a scan of the sealed paper, encrypted like everything else; a filed record may still get one.

    Args:
        can_show: whether a picture's bytes can be shown, told by whoever can; a PDF is kept as it is.

    Raises:
        UserError: ``not_found void unsupported_format too_large``.
    """
    visit = store.visits.get(visit_id)
    visit_rules.require_writable(visit, but_archived=True)
    data = _read(path)
    kind = next((kind for begin, kind in _SCAN_TYPES if data.startswith(begin)), None)
    if kind is None:
        raise UserError(
            "unsupported_format", f"“{path.name}”不是能收的扫描件。", hint="请扫描成 JPG、PNG 或 PDF 再附上。",
            details={"file": str(path)},
        )  # fmt: skip
    if can_show is not None and kind != "pdf" and not can_show(data):
        raise UserError(
            "unsupported_format", f"“{path.name}”里的图像打不开，可能没有扫完整。", hint="请重新扫描后再附上。",
            details={"file": str(path)},
        )  # fmt: skip
    sha256 = store.blobs.put(data)
    kept = scans(store, visit_id)
    if any(scan["sha256"] == sha256 for scan in kept):
        return Attached(sha256, Changes())
    scan = {"sha256": sha256, "type": kind, "size": len(data), "at": clock.stamp()}
    edit = Edit("scan", f"scan:{visit_id}", {"value": [*kept, scan]})
    return Attached(sha256, store.append([edit], by=by))


def scans(store: Store, visit_id: str) -> list[dict[str, Any]]:
    """A record's scans, oldest first: ``sha256 type size at``."""
    value = store.values.get("scan", visit_id)
    return [dict(scan) for scan in value if isinstance(scan, Mapping)] if isinstance(value, list) else []


def _read(path: Path) -> bytes:
    details = {"file": str(path)}
    try:
        if path.stat().st_size > _LARGEST_SCAN:
            raise UserError(
                "too_large", f"“{path.name}”太大，超过32兆。", hint="请用低一些的分辨率（300 dpi 以内）重新扫描。",
                details=details,
            )  # fmt: skip
        return path.read_bytes()
    except FileNotFoundError:
        raise UserError(
            "not_found", f"没有找到“{path.name}”。", hint="请检查文件的位置和名字。", details=details
        ) from None
    except OSError:
        raise UserError(
            "not_found", f"“{path.name}”读不出来。", hint="请检查文件是不是正在别处打开，再试一次。", details=details
        ) from None
