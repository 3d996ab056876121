"""The office itself: edition, unit and settings. No storage."""

from __future__ import annotations

from dataclasses import dataclass

ROLES = ("unit", "county")
UNIT_TYPES = {"township": "乡镇", "subdistrict": "街道", "department": "县直单位", "subordinate": "下属单位"}


@dataclass(frozen=True, slots=True)
class Installation:
    """What set-up decided. ``unit`` is the name as on the seal; ``ledger_unit`` as the ledger prints it."""

    install_id: str
    role: str
    unit: str
    unit_type: str
    county: str
    ledger_unit: str

    @property
    def own_ledger(self) -> str:
        """The unit whose ledger a visit without a unit belongs to."""
        return self.ledger_unit or self.unit
