"""Short forms of the fault campaigns; ``dev.py campaign kills`` and ``flips`` run the long ones."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.faults import campaign_backups, campaign_flips, campaign_kills


def test_no_acknowledged_save_is_lost_by_a_kill(tmp_path: Path) -> None:
    tally = campaign_kills.campaign(5, seed=11, folder=tmp_path)
    assert (tally.lost, tally.unopenable, tally.unsound) == ([], [], [])
    assert tally.kills == 5


def test_no_flipped_bit_is_read_silently_wrong(tmp_path: Path) -> None:
    tally = campaign_flips.campaign(50, seed=11, folder=tmp_path)
    assert (tally.wrong, tally.unnoticed) == ([], [])
    assert tally.refused > 0


def test_no_acknowledged_backup_is_lost_by_a_kill_and_no_flipped_one_is_restored_silently(tmp_path: Path) -> None:
    tally = campaign_backups.campaign(3, 20, seed=11, folder=tmp_path)
    assert (tally.lost, tally.torn, tally.silent) == ([], [], [])
    assert (tally.kills, tally.flips, tally.refused) == (3, 20, 20)
