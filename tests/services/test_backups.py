"""When a backup is due, where it goes, and that one which fails holds nothing up."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from offices import PASSWORD, visit

from jiafang_desktop.common import clock
from jiafang_desktop.common.errors import UserError
from jiafang_desktop.common.progress import LongVerb, run_to_end
from jiafang_desktop.domain.cadres import CadreContent
from jiafang_desktop.services import backup_restore, backups, rosters, session, visits
from jiafang_desktop.store import Store


def refusal(work: Callable[[], object]) -> UserError:
    with pytest.raises(UserError) as caught:
        work()
    assert caught.value.hint
    return caught.value


def register(office: Store) -> None:
    visits.register(office, visit(), by=office.operator)


def automatic(office: Store) -> backups.Made | None:
    return run_to_end(backups.automatic(office))


@pytest.fixture
def stick(tmp_path: Path) -> Iterator[Path]:
    place = tmp_path / "U盘"
    place.mkdir()
    yield place


def test_an_office_where_nothing_was_entered_needs_no_backup(office: Store) -> None:
    assert automatic(office) is None
    known = backups.last(office)
    assert known.nothing_yet and known.at is None
    assert not known.is_late(clock.now()) and not known.is_second_late(clock.now())
    assert not (office.folder / "备份").exists()


def test_a_backup_is_due_once_for_each_change(office: Store) -> None:
    register(office)
    assert backups.due(office)
    first = automatic(office)
    assert first is not None and first.holds
    assert not backups.due(office)
    assert automatic(office) is None
    known = backups.last(office)
    assert (known.at, known.proven, known.changed, known.failed) == (clock.now(), True, False, "")
    office.drafts.keep("visit:new:1", {"account": "一"})
    assert backups.due(office)
    assert automatic(office) is not None
    assert len(backups.listing(office)) == 2


def test_a_backup_that_was_taken_away_is_made_again(office: Store) -> None:
    register(office)
    made = automatic(office)
    assert made is not None
    made.written.facts.path.unlink()
    assert backups.due(office)
    assert automatic(office) is not None


def test_asking_for_one_in_another_place_leaves_the_usual_one_due(office: Store, stick: Path) -> None:
    register(office)
    made = run_to_end(backups.now(office, to=stick))
    assert made.holds and made.written.facts.path.parent == stick
    assert backups.due(office)


def test_the_second_place_gets_each_backup_and_is_caught_up_when_it_is_there_again(office: Store, stick: Path) -> None:
    register(office)
    backups.choose_second(office, stick)
    first = automatic(office)
    assert first is not None and first.second is not None and first.second_refused is None
    assert backups.last(office).second_at == clock.now()
    elsewhere = stick.rename(stick.with_name("拔下的U盘"))
    register(office)
    second = automatic(office)
    assert second is not None and second.holds and second.second is None
    assert second.second_refused is not None and "第二处" in second.second_refused.message
    assert automatic(office) is None
    elsewhere.rename(stick)
    caught_up = automatic(office)
    assert caught_up is not None and caught_up.second is not None
    assert caught_up.second.facts.path.name == second.written.facts.path.name
    assert automatic(office) is None
    assert [one.kind for one in backups.listing(office)].count("second") == 2
    assert all(one.proven_at is not None for one in backups.listing(office))


def test_a_second_place_that_can_hold_nothing_is_refused(office: Store, tmp_path: Path) -> None:
    assert refusal(lambda: backups.choose_second(office, tmp_path / "没有")).code == "not_found"
    assert refusal(lambda: backups.choose_second(office, office.folder / "blobs" / "..")).code in (
        "bad_input", "not_found",
    )  # fmt: skip
    assert refusal(lambda: backups.choose_second(office, office.folder)).code == "bad_input"
    assert backups.last(office).second_place is None
    assert backups.choose_second(office, tmp_path) is False  # the same disk as the data: allowed, and told
    assert list(tmp_path.glob("试写*")) == []
    backups.choose_second(office, None)
    assert backups.last(office).second_place is None


def test_a_week_without_a_backup_is_late_and_so_is_a_second_place_never_chosen(office: Store, stick: Path) -> None:
    register(office)
    now = clock.now()
    assert backups.last(office).is_late(now)
    automatic(office)
    known = backups.last(office)
    assert not known.is_late(now + timedelta(days=30))  # nothing changed since
    assert known.is_second_late(now)
    backups.choose_second(office, stick)
    automatic(office)
    known = backups.last(office)
    assert not known.is_second_late(now) and known.is_second_late(now + timedelta(days=8))
    register(office)
    assert backups.last(office).is_late(now + timedelta(days=8))


def test_a_backup_that_fails_is_noted_and_the_work_goes_on(office: Store) -> None:
    register(office)
    (office.folder / "备份").write_text("a file where the folder should be")
    error = refusal(lambda: automatic(office))
    assert error.code in ("not_writable", "disk_error", "file_exists")
    assert backups.last(office).failed == error.message
    register(office)
    run_to_end(backups.before(office))
    (office.folder / "备份").unlink()
    assert automatic(office) is not None
    assert backups.last(office).failed == ""


def test_before_an_import_a_backup_is_kept_and_proven_with_the_next(office: Store) -> None:
    rosters.add_person(office, CadreContent(name="李思雨", unit="德政镇"), by=office.operator)
    run_to_end(backups.before(office))
    run_to_end(backups.before(office))  # nothing changed since
    (one,) = backups.listing(office)
    assert one.proven_at is None and not backups.last(office).proven
    assert automatic(office) is not None
    assert backups.last(office).proven
    assert len(backups.listing(office)) == 1


def test_a_listed_backup_is_verified_with_the_opened_datas_key(office: Store) -> None:
    register(office)
    made = automatic(office)
    assert made is not None
    path = made.written.facts.path
    assert run_to_end(backups.verify_own(office, path)).holds
    content = bytearray(path.read_bytes())
    content[len(content) // 3] ^= 1
    path.write_bytes(content)
    assert refusal(lambda: run_to_end(backups.verify_own(office, path))).code == "damaged"
    assert refusal(lambda: run_to_end(backup_restore.verify(path, password=PASSWORD))).code == "damaged"


def test_notes_that_are_lost_or_torn_make_no_backup_worthless(office: Store) -> None:
    register(office)
    automatic(office)
    (office.folder / "备份记录.json").write_text("{", "utf-8")
    (one,) = backups.listing(office)
    assert one.proven_at is None
    assert backups.due(office)
    assert automatic(office) is not None


def test_nothing_a_backup_leaves_beside_the_data_tells_of_people(office: Store, stick: Path) -> None:
    register(office)
    backups.choose_second(office, stick)
    automatic(office)
    for path in [*office.folder.rglob("*"), *stick.rglob("*")]:
        if path.is_file():
            content = path.read_bytes()
            assert not any(word.encode() in content for word in ("张建国", "王秀兰", "钱永和", "北房四间"))


def test_stopping_a_backup_leaves_nothing_half_done(office: Store) -> None:
    register(office)
    steps: LongVerb[backups.Made] = backups.now(office)
    for _ in range(3):
        next(steps)
    steps.close()
    assert list((office.folder / "备份").glob("*.jfbak*")) == []
    assert backups.due(office)
    assert automatic(office) is not None


def test_old_backups_go_only_while_newer_ones_are_proven(office: Store) -> None:
    begin = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
    count = 0

    def tick() -> datetime:
        return begin + timedelta(minutes=count)

    clock.set_clock(tick)
    for count in range(28):  # noqa: B007  (the clock reads it)
        register(office)
        run_to_end(backups.before(office))
    assert len(backups.listing(office)) == 28
    automatic(office)
    assert len(backups.listing(office)) == 24


def test_a_restored_folder_takes_the_place_of_the_old_one_which_is_kept(office: Store, tmp_path: Path) -> None:
    register(office)
    made = automatic(office)
    assert made is not None
    path = shutil.copy(made.written.facts.path, tmp_path / "一份.jfbak")
    folder, before = office.folder, office.installation.install_id
    office.close()
    new = tmp_path / "恢复出来的"
    run_to_end(backup_restore.restore(Path(path), new, password=PASSWORD))
    aside = backup_restore.switch_over(folder, new)
    assert aside is not None and "2026-11-24换下" in aside.name
    assert not new.exists()
    again = session.open_store(folder, PASSWORD)
    assert again.installation.install_id != before and again.warnings == ()
    assert again.counts()["visits"] == 1
    again.close()
    old = session.open_store(aside, PASSWORD)
    assert old.installation.install_id == before
    old.close()


def test_an_empty_folder_is_simply_replaced(office: Store, tmp_path: Path) -> None:
    register(office)
    made = automatic(office)
    assert made is not None
    folder = tmp_path / "新电脑的数据"
    folder.mkdir()
    run_to_end(backup_restore.restore(made.written.facts.path, tmp_path / "恢复", password=PASSWORD))
    assert backup_restore.switch_over(folder, tmp_path / "恢复") is None
    session.open_store(folder, PASSWORD).close()


def test_a_moved_data_folder_still_knows_its_backups_and_which_were_proven(office: Store) -> None:
    register(office)
    automatic(office)
    folder = office.folder
    office.close()
    again = session.open_store(folder.rename(folder.with_name("搬了家")), PASSWORD)
    assert backups.last(again).proven
    assert not backups.due(again)
    assert [one.proven_at is not None for one in backups.listing(again)] == [True]
    again.close()
