"""Backups: proven by another process, restored into new folders only, every altered byte told, old ones let go late."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import store_samples as samples
from store_samples import HERE, PASSWORD

from jiafang_desktop.common import clock
from jiafang_desktop.common.errors import UserError
from jiafang_desktop.common.progress import LongVerb, run_to_end
from jiafang_desktop.domain.backups import DAYS, MONTHS, RECENT, WEEKS, Restored, Verdict, Written, kept
from jiafang_desktop.store import Store, backup, backup_file, backup_restore, migrations
from jiafang_desktop.store.engine import DATABASE_NAME

FROZEN = Path(__file__).parent / "frozen"


def refusal(work: Callable[[], object]) -> UserError:
    with pytest.raises(UserError) as caught:
        work()
    assert caught.value.hint
    return caught.value


def made(store: Store, place: Path) -> Written:
    return run_to_end(store.backups.write(place))


def proven(store: Store, written: Written, *, full: bool = False) -> Verdict:
    return run_to_end(store.backups.prove(written.facts, full=full, scans=None))


def restored(path: Path, into: Path, password: str = PASSWORD, key: str | None = None) -> Restored:
    return run_to_end(backup_restore.restore(path, into, password=password, recovery_key=key))


def fill(store: Store) -> str:
    rec = samples.add_visit(store)
    samples.add_problem(store, rec)
    samples.add_cadre(store, "李思雨")
    store.drafts.keep("visit:new:1", {"account": "没写完的"})
    scan = store.blobs.put(os.urandom(150_000))
    samples.change(store, "scan", f"scan:{rec}", value=[{"sha256": scan, "type": "jpg", "size": 150_000}])
    return rec


def test_a_backup_holds_everything_and_says_what_it_holds(store: Store, tmp_path: Path) -> None:
    rec = fill(store)
    written = made(store, tmp_path / "备份处")
    facts = written.facts
    assert facts.path.parent == tmp_path / "备份处" and facts.path.suffix == ".jfbak"
    assert (facts.install, facts.schema, facts.revisions) == (HERE.install_id, store.schema, 5)
    assert len(facts.blobs) == 1 and facts.missing == ()
    verdict = proven(store, written, full=True)
    assert verdict.holds
    assert (verdict.records, verdict.revisions, verdict.scans) == (facts.records, 5, 1)
    assert verdict.pages * 4096 == facts.database_bytes
    again = restored(facts.path, tmp_path / "恢复")
    assert (again.records, again.missing_scans, again.verified) == (facts.records, (), True)
    opened = Store.open(tmp_path / "恢复", password=PASSWORD)
    assert opened.visits.get(rec) == store.visits.get(rec)
    assert opened.drafts.get("visit:new:1") == {"account": "没写完的"}
    assert len(opened.blobs.get(facts.blobs[0])) == 150_000
    assert run_to_end(opened.check()).ok
    opened.close()


def test_the_restored_folder_is_another_install_and_the_first_stays_itself(store: Store, tmp_path: Path) -> None:
    fill(store)
    again = restored(made(store, tmp_path / "处").facts.path, tmp_path / "恢复")
    opened = Store.open(again.folder, password=PASSWORD)
    assert opened.installation.install_id == again.install_id != HERE.install_id
    assert opened.warnings == ()
    samples.add_visit(opened, number=2)
    samples.add_visit(store, number=2)
    opened.close()
    assert store.installation.install_id == HERE.install_id


def test_nothing_in_a_backup_can_be_read_without_the_key(store: Store, tmp_path: Path) -> None:
    samples.add_visit(store, "张三丰", account="极其私密的谈话")
    store.blobs.put("极其私密的扫描件".encode() * 100)
    made(store, tmp_path / "处")
    for path in (tmp_path / "处").rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert not any(word.encode() in content for word in ("极其私密", "张三丰", "德政镇", "王小二"))
            assert not any(word in str(path) for word in ("张三丰", "德政镇"))


def test_typing_and_saving_go_on_between_the_steps_of_a_backup(store: Store, tmp_path: Path) -> None:
    fill(store)
    steps = store.backups.write(tmp_path / "处")
    count = 0
    try:
        while True:
            next(steps)
            count += 1
            samples.add_visit(store, number=count + 1)
    except StopIteration as end:
        written: Written = end.value
    assert count > 2
    assert proven(store, written, full=True).holds
    assert written.facts.revisions < store.counts()["revisions"]


def test_scans_that_lie_there_already_are_not_copied_again(store: Store, tmp_path: Path) -> None:
    fill(store)
    first = made(store, tmp_path / "处")
    scan = next((tmp_path / "处" / "blobs").glob("??/*"))
    before = scan.stat().st_mtime_ns
    store.blobs.put(os.urandom(1000))
    second = made(store, tmp_path / "处")
    assert scan.stat().st_mtime_ns == before
    assert len(list((tmp_path / "处" / "blobs").glob("??/*"))) == 2
    assert first.facts.path != second.facts.path
    assert proven(store, first).holds and proven(store, second).holds


def test_a_second_place_gets_the_same_bytes(store: Store, tmp_path: Path) -> None:
    fill(store)
    written = made(store, tmp_path / "处")
    other = run_to_end(store.backups.copy(written.facts, tmp_path / "U盘" / "家访"))
    assert other.sha256 == written.sha256
    assert other.facts.path.read_bytes() == written.facts.path.read_bytes()
    assert proven(store, other).holds
    assert restored(other.facts.path, tmp_path / "恢复").records == written.facts.records


def test_no_flipped_byte_of_a_backup_goes_unnoticed(store: Store, tmp_path: Path) -> None:
    fill(store)
    path = made(store, tmp_path / "处").facts.path
    sound, rng = path.read_bytes(), random.Random(5)
    trailer = backup_file.read_trailer(path)
    places = [rng.randrange(len(sound)) for _ in range(20)]
    places += [rng.randrange(trailer.database_bytes, len(sound)) for _ in range(60)]
    places += [0, trailer.database_bytes, len(sound) - 1, len(sound) - 30, len(sound) - 56]
    for at in places:
        content = bytearray(sound)
        content[at] ^= 1 << rng.randrange(8)
        path.write_bytes(content)
        error = refusal(lambda: run_to_end(backup_restore.verify(path, password=PASSWORD)))
        assert (error.code, error.exit_status) == ("damaged", 5), at
        assert refusal(lambda: restored(path, tmp_path / "恢复")).code == "damaged"
        assert not (tmp_path / "恢复").exists()
    path.write_bytes(sound)
    assert run_to_end(backup_restore.verify(path, password=PASSWORD)).holds


@pytest.mark.parametrize("left", [0, 100, 4096, 8192, -4096, -1, -100])
def test_a_backup_that_was_cut_off_is_damaged(store: Store, tmp_path: Path, left: int) -> None:
    fill(store)
    path = made(store, tmp_path / "处").facts.path
    path.write_bytes(path.read_bytes()[:left])
    for work in (lambda: run_to_end(backup_restore.verify(path, password=PASSWORD)),
                 lambda: restored(path, tmp_path / "恢复")):  # fmt: skip
        assert refusal(work).code == "damaged"
    assert not (tmp_path / "恢复").exists()


def test_a_page_swapped_in_from_another_backup_is_found_even_under_a_new_digest(store: Store, tmp_path: Path) -> None:
    """Page MACs alone would not tell: both pages are genuine and lie at the same place."""
    rec = fill(store)
    old = made(store, tmp_path / "处").facts
    samples.change(store, "visit", rec, matter="改过的事由")
    new = made(store, tmp_path / "处").facts
    trailer = backup_file.read_trailer(new.path)
    swapped = bytearray(old.path.read_bytes()[: old.database_bytes])
    body = {name: value for name, value in trailer.body.items() if name not in ("mac", "format")}
    forged = backup_file.sealed(body, data_key=b"x" * 32, database_bytes=len(swapped))
    new.path.write_bytes(bytes(swapped) + forged)
    assert refusal(lambda: restored(new.path, tmp_path / "恢复")).code == "damaged"


def test_wrong_passwords_are_refused_and_a_recovery_key_sets_a_new_one(
    created: tuple[Store, str], tmp_path: Path
) -> None:
    store, key = created
    fill(store)
    path = made(store, tmp_path / "处").facts.path
    error = refusal(lambda: restored(path, tmp_path / "恢复", "不是这个密码的啊"))
    assert (error.code, error.exit_status) == ("wrong_password", 4)
    other = Store.new_recovery_key()
    assert refusal(lambda: restored(path, tmp_path / "恢复", "新文件夹的密码长", other)).code == "wrong_recovery_key"
    assert refusal(lambda: restored(path, tmp_path / "恢复", "123", key)).code == "weak_password"
    assert not (tmp_path / "恢复").exists()
    restored(path, tmp_path / "恢复", "新文件夹的密码长", key)
    assert refusal(lambda: Store.open(tmp_path / "恢复", password=PASSWORD)).code == "wrong_password"
    Store.open(tmp_path / "恢复", password="新文件夹的密码长").close()
    store.close()
    Store.open(store.folder, password=PASSWORD).close()


def test_a_backup_keeps_the_password_it_was_made_under(store: Store, tmp_path: Path) -> None:
    path = made(store, tmp_path / "处").facts.path
    store.change_password("后来换的密码更长")
    assert refusal(lambda: restored(path, tmp_path / "恢复", "后来换的密码更长")).code == "wrong_password"
    restored(path, tmp_path / "恢复")


def test_a_disabled_account_opens_no_restored_folder(store: Store, tmp_path: Path) -> None:
    account, _ = store.accounts.add("赵六", password="zhao-liu-2026", rights=(), by=store.operator)
    samples.change(store, "account", f"account:{account.id}", rights=[], disabled=True)
    path = made(store, tmp_path / "处").facts.path
    assert refusal(lambda: restored(path, tmp_path / "恢复", "zhao-liu-2026")).code == "wrong_password"
    assert not (tmp_path / "恢复").exists()
    restored(path, tmp_path / "恢复")
    assert refusal(lambda: Store.open(tmp_path / "恢复", password="zhao-liu-2026")).code == "wrong_password"


def test_a_folder_with_anything_in_it_is_never_written_to(store: Store, tmp_path: Path) -> None:
    path = made(store, tmp_path / "处").facts.path
    taken = tmp_path / "有东西"
    taken.mkdir()
    (taken / "别人的.txt").write_text("x")
    assert refusal(lambda: restored(path, taken)).code == "folder_not_empty"
    assert refusal(lambda: restored(path, store.folder)).code == "folder_not_empty"
    assert refusal(lambda: restored(path, taken / "别人的.txt")).code == "folder_not_empty"
    assert [entry.name for entry in taken.iterdir()] == ["别人的.txt"]
    (tmp_path / "空").mkdir()
    restored(path, tmp_path / "空")


def test_a_restore_that_was_cut_short_leaves_no_data_and_can_be_done_again(store: Store, tmp_path: Path) -> None:
    fill(store)
    path, into = made(store, tmp_path / "处").facts.path, tmp_path / "恢复"
    steps: LongVerb[Restored] = backup_restore.restore(path, into, password=PASSWORD)
    while not (into / DATABASE_NAME).exists():
        next(steps)
    (into / "vault.json").write_text("{")  # as if killed: nobody cleared up
    assert not Store.exists(into)
    restored(path, into)
    assert Store.exists(into)
    steps.close()


def test_stopping_a_restore_leaves_nothing(store: Store, tmp_path: Path) -> None:
    fill(store)
    path, into = made(store, tmp_path / "处").facts.path, tmp_path / "恢复"
    steps = backup_restore.restore(path, into, password=PASSWORD)
    while not (into / DATABASE_NAME).exists():
        next(steps)
    steps.close()
    assert not into.exists()


def test_a_backup_of_newer_data_is_refused_with_words(store: Store, tmp_path: Path) -> None:
    store._opened.engine.run("PRAGMA user_version = 99")
    path = made(store, tmp_path / "处").facts.path
    error = refusal(lambda: restored(path, tmp_path / "恢复"))
    assert error.code == "newer_database" and "升级" in error.hint


def test_lost_and_damaged_scans_are_named_and_the_rest_is_restored(store: Store, tmp_path: Path) -> None:
    rec = fill(store)
    gone = store.blobs.put(b"gone before")
    samples.change(store, "scan", "scan:other", value=[{"sha256": gone}])
    (store.folder / "blobs" / gone[:2] / gone).unlink()
    bad = store.blobs.put(b"damaged later")
    written = made(store, tmp_path / "处")
    assert written.facts.missing == (gone,)
    path = tmp_path / "处" / "blobs" / bad[:2] / bad
    path.write_bytes(path.read_bytes()[:-1])
    verdict = run_to_end(backup_restore.verify(written.facts.path, password=PASSWORD))
    assert not verdict.holds and verdict.missing_scans == (bad,)
    again = restored(written.facts.path, tmp_path / "恢复")
    assert again.missing_scans == tuple(sorted({gone, bad}))
    opened = Store.open(again.folder, password=PASSWORD)
    assert opened.visits.get(rec).id == rec
    opened.close()


def test_altered_records_are_told_by_a_backups_proof(store: Store, tmp_path: Path) -> None:
    rec = fill(store)
    store._opened.engine.run("UPDATE revision SET fields = replace(fields, '张三丰', '李四') WHERE pos = 2")
    written = made(store, tmp_path / "处")
    assert not proven(store, written).holds
    assert refusal(lambda: restored(written.facts.path, tmp_path / "恢复")).code == "damaged"
    assert rec and not (tmp_path / "恢复").exists()


def test_what_a_crash_left_is_swept_by_the_next_backup(store: Store, tmp_path: Path) -> None:
    steps = store.backups.write(tmp_path / "处")
    while not list((tmp_path / "处").glob("*.writing")):
        next(steps)
    (left,) = (tmp_path / "处").glob("*.writing")
    kept_bytes = left.read_bytes()
    steps.close()
    left.write_bytes(kept_bytes)
    assert backup.listing(tmp_path / "处") == []
    made(store, tmp_path / "处")
    assert list((tmp_path / "处").glob("*.writing")) == []
    assert len(backup.listing(tmp_path / "处")) == 1


def test_a_place_that_takes_nothing_is_said_and_the_data_stay(store: Store, tmp_path: Path) -> None:
    (tmp_path / "一个文件").write_text("x")
    for place in (tmp_path / "一个文件", tmp_path / "一个文件" / "里面"):
        assert refusal(lambda place=place: made(store, place)).code in ("not_writable", "disk_error")  # type: ignore[misc]
    samples.add_visit(store)


def test_state_changes_with_whatever_a_backup_would_hold(store: Store) -> None:
    states = [store.backups.state()]
    assert store.backups.is_empty
    samples.add_visit(store)
    states.append(store.backups.state())
    store.drafts.keep("visit:new:1", {"account": "一"})
    states.append(store.backups.state())
    store.change_password("后来换的密码更长")
    states.append(store.backups.state())
    assert len(set(states)) == 4
    assert store.backups.state() == states[-1]
    assert not store.backups.is_empty


# ------------------------------------------------------------------------------------------------------- old ones


def test_24_recent_14_daily_8_weekly_and_12_monthly_backups_are_kept() -> None:
    now = datetime.fromisoformat("2026-11-24T15:00:00+08:00")
    stamps = [now - timedelta(minutes=30 * n) for n in range(40)] + [now - timedelta(days=n) for n in range(1, 800)]
    stays = sorted(kept(stamps), reverse=True)
    assert stays[:RECENT] == sorted(stamps, reverse=True)[:RECENT]
    days = sorted({at.date() for at in stamps}, reverse=True)[:DAYS]
    assert set(days) <= {at.date() for at in stays}
    assert len({at.isocalendar()[:2] for at in stays}) >= WEEKS
    assert len({(at.year, at.month) for at in stays}) == MONTHS
    assert len(stays) <= RECENT + DAYS + WEEKS + MONTHS
    assert kept(stays) == frozenset(stays)
    assert kept([]) == frozenset()


def test_a_daily_run_over_two_years_never_leaves_a_gap_and_never_grows() -> None:
    held: frozenset[datetime] = frozenset()
    start = datetime.fromisoformat("2026-01-01T17:00:00+08:00")
    for day in range(730):
        held = kept(held | {start + timedelta(days=day)})
    assert len(held) <= RECENT + DAYS + WEEKS + MONTHS
    assert len({(at.year, at.month) for at in held}) == MONTHS


def test_an_old_backup_goes_only_after_a_newer_one_was_proven(store: Store, tmp_path: Path) -> None:
    place, written = tmp_path / "处", []
    begin = datetime.fromisoformat("2026-11-24T08:00:00+08:00")
    try:
        for number in range(RECENT + 6):
            clock.set_clock(lambda number=number: begin + timedelta(minutes=number))  # type: ignore[misc]
            written.append(made(store, place))
    finally:
        clock.set_clock(None)
    assert len(store.backups.listing(place)) == RECENT + 6
    assert store.backups.thin_out(place, proven=written[2].facts.path, unsound=frozenset()) == []
    bad = written[-2].facts.path.name
    went = store.backups.thin_out(place, proven=written[-1].facts.path, unsound=frozenset({bad}))
    assert len(went) == 6 and bad in went
    assert len(store.backups.listing(place)) == RECENT
    assert written[-1].facts.path.exists() and not written[0].facts.path.exists()


def test_others_backups_in_the_same_place_are_left_alone_with_their_scans(store: Store, tmp_path: Path) -> None:
    place = tmp_path / "处"
    other, _ = Store.create(
        tmp_path / "别的单位", password=PASSWORD, operator_name="乙",
        installation=HERE.__class__("install-2", "unit", "牙里镇", "township", "魏县", "牙里镇"),
    )  # fmt: skip
    theirs_scan = other.blobs.put(b"theirs")
    theirs = made(other, place)
    other.close()
    old_scan = store.blobs.put(b"ours, old")
    old = made(store, place)
    (store.folder / "blobs" / old_scan[:2] / old_scan).unlink()
    clock.set_clock(lambda: datetime.fromisoformat("2035-01-01T08:00:00+08:00"))
    new = made(store, place)
    clock.set_clock(None)
    went = store.backups.thin_out(place, proven=new.facts.path, unsound=frozenset({old.facts.path.name}))
    assert went == [old.facts.path.name]
    assert theirs.facts.path.exists()
    assert [path.name for path in (place / "blobs").glob("??/*")] == [theirs_scan]


def test_before_a_migration_a_backup_is_made_and_an_older_one_is_restored_up_to_date(tmp_path: Path) -> None:
    folder = tmp_path / "旧版本的数据"
    shutil.copytree(FROZEN / "1", folder)
    Store.open(folder, password=PASSWORD).close()
    (before,) = backup.listing(folder / "备份")
    assert before.schema == 1 < migrations.LATEST
    assert run_to_end(backup_restore.verify(before.path, password=PASSWORD)).holds
    again = restored(before.path, tmp_path / "恢复")
    opened = Store.open(again.folder, password=PASSWORD)
    assert (opened.schema, opened.counts()["visits"], again.missing_scans) == (migrations.LATEST, 1, ())
    assert not (again.folder / "备份").exists()
    opened.close()
