"""签字板: signing a record's form with a pen on the screen, where the office's rules allow it (``signature_pad``).

Default is ink, and then nothing of this shows. What binds a signature to its record is domain.signatures'.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from jiafang_desktop.common import clock
from jiafang_desktop.common.errors import UserError
from jiafang_desktop.domain import signatures as binding
from jiafang_desktop.domain import visit_rules
from jiafang_desktop.domain.changes import Changes, Edit, Operator
from jiafang_desktop.domain.history_words import HistoryEntry
from jiafang_desktop.domain.signatures import ROLES, Line, Signature, Slot
from jiafang_desktop.domain.visits import Visit
from jiafang_desktop.services import forms, rules, signatures

if TYPE_CHECKING:
    from jiafang_desktop.store import Store


@dataclass(frozen=True, slots=True)
class Place:
    """Somebody's place on the form: signed, signed for words that were changed since (``lapsed``), or open.

    ``said`` is the digest of what would be signed now; whoever shows the form hands it back with the strokes.
    """

    slot: Slot
    said: str
    signature: Signature | None = None
    lapsed: bool = False

    @property
    def day(self) -> date | None:
        """When it was signed."""
        return datetime.fromisoformat(self.signature.at).date() if self.signature is not None else None


@dataclass(frozen=True, slots=True)
class Pad:
    """A record's places; ``allowed`` False, and none of them, where the rules keep to ink."""

    allowed: bool = False
    places: tuple[Place, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether every leader has signed what the form says now."""
        leaders = [place for place in self.places if place.slot.role == "leader"]
        return bool(leaders) and all(place.signature is not None for place in leaders)

    @property
    def leaders_day(self) -> date | None:
        """The day of the last leader's signature."""
        days = [place.day for place in self.places if place.slot.role == "leader" and place.day is not None]
        return max(days, default=None)


class PadReader:
    """Looks many records up under the rules as they are now."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._allowed = rules.read(store).signature_pad

    def of(self, visit: Visit) -> Pad:
        """A record's places; none while it is a draft."""
        if not self._allowed or not visit.registered:
            return Pad(self._allowed)
        words = forms.words_of(self._store, visit)
        known = {slot.key: one for slot, one in signatures.kept(self._store, visit)}
        places = []
        for slot in binding.slots(visit.content):
            one = known.get(slot.key)
            good = one is not None and binding.holds(one, visit.id, slot, words)
            places.append(
                Place(slot, binding.said(visit.id, slot, words), one if good else None, one is not None and not good)
            )
        return Pad(True, tuple(places))


def read(store: Store, visit_id: str) -> Pad:
    """The places of one record.

    Raises:
        UserError: ``not_found``.
    """
    return PadReader(store).of(store.visits.get(visit_id))


def sign(
    store: Store, visit_id: str, slot: str, strokes: Iterable[Iterable[Iterable[int]]], *, said: str, by: Operator
) -> Changes:
    """Keep a signature for what the form says; ``said`` is what the signer was shown (``Place.said``).

    Raises:
        UserError: ``pad_off`` where the rules keep to ink, ``not_found archived void not_registered``, ``bad_input``
            for no signature or nobody's place, ``changed_since`` where the form says something else by now.
    """
    visit, place = _place(store, visit_id, slot)
    lines: tuple[Line, ...] = binding.tidied(strokes)
    if said != place.said:
        raise UserError(
            "changed_since", "记录刚才改过，与签名时看到的不一样，没有签上。", hint="请核对内容后重新签名。",
            details={"visit": visit_id},
        )  # fmt: skip
    signature = binding.sealed(visit_id, place.slot, forms.words_of(store, visit), lines, at=clock.stamp())
    return store.append([_edit(visit_id, slot, signature.to_json())], by=by)


def clear(store: Store, visit_id: str, slot: str, *, by: Operator) -> Changes:
    """Take a signature off, lapsed ones too; nothing is written where there is none.

    Raises:
        UserError: ``pad_off not_found archived void not_registered bad_input``.
    """
    _, place = _place(store, visit_id, slot)
    if place.signature is None and not place.lapsed:
        return Changes()
    return store.append([_edit(visit_id, slot, None)], by=by)


def signatures_json(store: Store, visit: Visit) -> list[dict[str, Any]]:
    """Who signed on the pad what the form says now, and when; no strokes (``visits show``)."""
    found = []
    for place in PadReader(store).of(visit).places:
        if place.signature is not None:
            history = store.history(signatures.record_id(visit.id, place.slot.key))
            found.append({
                "role": place.slot.role, "name": place.slot.name, "at": place.signature.at,
                "operator": history[-1].operator,
            })  # fmt: skip
    return found


def history(store: Store, visit: Visit) -> list[tuple[int, HistoryEntry]]:
    """The acts on the pad for 修改记录, each with its place in the log."""
    found = []
    for slot in binding.slots(visit.content):
        for view in store.history(signatures.record_id(visit.id, slot.key)):
            signature = Signature.from_json(view.after.get("value"))
            before = Signature.from_json(view.before.get("value"))
            name = (signature or before or slot).name
            act = f"{ROLES[slot.role]}在签字板上签名" if signature is not None else "清除签字板上的签名"
            found.append((view.seq, HistoryEntry(datetime.fromisoformat(view.wall), view.operator, act, name)))
    return found


def _place(store: Store, visit_id: str, slot: str) -> tuple[Visit, Place]:
    if not rules.read(store).signature_pad:
        raise UserError(
            "pad_off", "按办理时限与分工的规定，签名用笔，没有开通签字板。", hint="请打印后由领导用笔签名。",
            details={"rule": "signature_pad"},
        )  # fmt: skip
    visit = store.visits.get(visit_id)
    visit_rules.require_writable(visit)
    if not visit.registered:
        raise UserError(
            "not_registered", "这份家访还是草稿，没有登记。", hint="请先登记。", details={"visit": visit_id}
        )
    places: Sequence[Place] = read(store, visit_id).places
    found = next((place for place in places if place.slot.key == slot), None)
    if found is None:
        raise UserError(
            "bad_input", "表上没有这个签名的位置。", hint="请核对家访领导和记录人。", details={"field": "slot"}
        )
    return visit, found


def _edit(visit_id: str, slot: str, value: Any) -> Edit:
    return Edit(signatures.KIND, signatures.record_id(visit_id, slot), {"value": value})
