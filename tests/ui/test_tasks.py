"""The store's thread: order, interleaving, cancelling, refusals, defects and the end."""

from __future__ import annotations

import logging
import threading
from collections.abc import Generator, Iterator
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from jiafang_desktop.common.errors import CancelledError, UserError
from jiafang_desktop.common.progress import Progress
from jiafang_desktop.domain.changes import ChangedRecord, Changes
from ui.tasks import Pending, Tasks, changes_in

CHANGES = Changes((ChangedRecord("visit", "v1", "r1", ("matter",)),))


class Book:
    """What stands where the store stands: it notes who wrote in it and that it was closed."""

    def __init__(self) -> None:
        self.lines: list[Any] = []
        self.threads: set[int] = set()
        self.closed_on: int | None = None

    def close(self) -> None:
        assert self.closed_on is None
        self.closed_on = threading.get_ident()


def write(book: Book, line: Any) -> Any:
    book.lines.append(line)
    book.threads.add(threading.get_ident())
    return line


def refuse(book: Book) -> None:
    raise UserError("not_found", "没有这条记录。")


def fall(book: Book) -> None:
    raise ZeroDivisionError("a defect")


def give(book: Book, result: Any) -> Any:
    return result


class Turnstile:
    """Lets the long verb through one step at a time, so that order is decided and not raced for."""

    def __init__(self) -> None:
        self.arrived, self.go_on = threading.Semaphore(0), threading.Semaphore(0)

    def wait(self) -> None:
        self.arrived.release()
        assert self.go_on.acquire(timeout=5)

    def let(self) -> None:
        self.go_on.release()

    def met(self) -> None:
        assert self.arrived.acquire(timeout=5)


def long(book: Book, gate: Turnstile, steps: int, name: str = "long") -> Generator[Progress, None, str]:
    try:
        for step in range(steps):
            gate.wait()
            book.lines.append(f"{name} {step}")
            yield Progress("正在写", step + 1, steps)
        return f"{name} done"
    except GeneratorExit:
        book.lines.append(f"{name} taken back")
        raise


@pytest.fixture
def book() -> Book:
    return Book()


@pytest.fixture
def tasks(qtbot: QtBot, book: Book) -> Iterator[Tasks]:
    made = Tasks(book)
    yield made
    made.close()


def ended(qtbot: QtBot, *pending: Pending) -> None:
    qtbot.waitUntil(lambda: all(one.is_settled for one in pending))


def test_verbs_are_done_in_the_order_asked_on_one_thread_and_answered_on_the_windows(
    qtbot: QtBot, tasks: Tasks, book: Book
) -> None:
    answers: list[tuple[int, int]] = []
    asked = [tasks.run(write, n).then(lambda n: answers.append((n, threading.get_ident()))) for n in range(200)]
    ended(qtbot, *asked)
    assert book.lines == list(range(200))
    assert len(book.threads) == 1 and threading.get_ident() not in book.threads
    assert answers == [(n, threading.get_ident()) for n in range(200)]
    assert tasks.is_idle


def test_a_handler_given_late_is_called_at_once(qtbot: QtBot, tasks: Tasks) -> None:
    done, refused = tasks.run(write, "a"), tasks.run(refuse).fail(lambda _error: None)
    ended(qtbot, done, refused)
    heard: list[Any] = []
    done.then(heard.append).ended(lambda: heard.append("end"))
    refused.fail(lambda error: heard.append(error.code)).then(heard.append)
    assert heard == ["a", "end", "not_found"]


def test_what_is_typed_is_kept_between_two_steps_of_a_long_verb(qtbot: QtBot, tasks: Tasks, book: Book) -> None:
    gate = Turnstile()
    slow = tasks.run(long, gate, 3)
    gate.met()
    kept = [tasks.run(write, f"draft {n}") for n in range(2)]
    for _ in range(3):
        gate.let()
    ended(qtbot, slow, *kept)
    assert book.lines == ["long 0", "draft 0", "draft 1", "long 1", "long 2"]


def test_a_second_long_verb_waits_for_the_first(qtbot: QtBot, tasks: Tasks, book: Book) -> None:
    gate = Turnstile()
    results: list[str] = []
    both = [tasks.run(long, gate, 2, name).then(results.append) for name in ("one", "two")]
    for _ in range(4):
        gate.let()
    ended(qtbot, *both)
    assert book.lines == ["one 0", "one 1", "two 0", "two 1"]
    assert results == ["one done", "two done"]


def test_steps_are_told_and_the_newest_one_stands_for_those_the_window_missed(qtbot: QtBot, tasks: Tasks) -> None:
    def count(_book: Book) -> Generator[Progress, None, int]:
        for step in range(5000):
            yield Progress("正在数", step + 1, 5000)
        return 5000

    seen: list[int] = []
    ended(qtbot, tasks.run(count).progress(lambda step: seen.append(step.done)))
    assert seen == sorted(set(seen))
    assert 0 < len(seen) <= 5000


def test_a_cancelled_verb_that_waits_is_never_begun(qtbot: QtBot, tasks: Tasks, book: Book) -> None:
    gate = Turnstile()
    slow = tasks.run(long, gate, 1)
    gate.met()
    heard: list[str] = []
    waiting = tasks.run(write, "never").then(heard.append).ended(lambda: heard.append("end"))
    waiting.cancel()
    gate.let()
    ended(qtbot, slow, waiting)
    assert book.lines == ["long 0"]
    assert heard == ["end"]


def test_a_cancelled_long_verb_is_closed_at_its_next_step(qtbot: QtBot, tasks: Tasks, book: Book) -> None:
    gate = Turnstile()
    heard: list[Any] = []
    slow = tasks.run(long, gate, 9).then(heard.append).fail(heard.append).progress(heard.append)
    gate.met()
    slow.cancel()
    gate.let()
    ended(qtbot, slow)
    assert book.lines == ["long 0", "long taken back"]
    assert heard == []


def test_what_a_cancelled_short_verb_had_written_is_still_told_to_the_pages(qtbot: QtBot, tasks: Tasks) -> None:
    gate, heard, told = Turnstile(), [], []  # type: ignore[var-annotated]  # filled by handlers

    def slow_write(_book: Book) -> Changes:
        gate.wait()
        return CHANGES

    tasks.changed.connect(told.append)
    pending = tasks.run(slow_write).then(heard.append)
    gate.met()
    pending.cancel()
    gate.let()
    ended(qtbot, pending)
    assert (heard, told) == ([], [CHANGES])


def test_a_verb_that_stops_itself_tells_nobody(qtbot: QtBot, tasks: Tasks) -> None:
    def stop(_book: Book) -> None:
        raise CancelledError

    heard: list[Any] = []
    pending = tasks.run(stop).then(heard.append).fail(heard.append)
    tasks.refused.connect(heard.append)
    tasks.defect.connect(heard.append)
    ended(qtbot, pending)
    assert heard == []


def test_a_refusal_goes_to_its_handler_or_else_to_the_window(qtbot: QtBot, tasks: Tasks) -> None:
    own: list[str] = []
    window: list[str] = []
    tasks.refused.connect(lambda error: window.append(error.code))
    first, second = tasks.run(refuse).fail(lambda error: own.append(error.code)), tasks.run(refuse)
    ended(qtbot, first, second)
    assert (own, window) == (["not_found"], ["not_found"])


def test_a_long_verb_may_refuse_and_the_next_one_goes_on(qtbot: QtBot, tasks: Tasks, book: Book) -> None:
    def half(_book: Book) -> Generator[Progress, None, None]:
        yield Progress("一")
        raise UserError("disk_full", "磁盘已满。")

    own: list[str] = []
    refused = tasks.run(half).fail(lambda error: own.append(error.code))
    after = tasks.run(write, "after")
    ended(qtbot, refused, after)
    assert (own, book.lines) == (["disk_full"], ["after"])


@pytest.mark.usefixtures("loud_log")
def test_a_defect_is_logged_and_told_and_the_thread_lives_on(
    qtbot: QtBot, tasks: Tasks, book: Book, caplog: pytest.LogCaptureFixture
) -> None:
    found: list[Exception] = []
    handlers: list[Any] = []
    tasks.defect.connect(found.append)
    with caplog.at_level(logging.ERROR, logger="ui.tasks"):
        broken = tasks.run(fall).then(handlers.append).fail(handlers.append)
        after = tasks.run(write, "after")
        ended(qtbot, broken, after)
    assert [type(error) for error in found] == [ZeroDivisionError]
    assert handlers == []
    assert book.lines == ["after"]
    assert "ZeroDivisionError" in caplog.text


def test_pages_hear_of_changes_before_the_verbs_own_handler(qtbot: QtBot, tasks: Tasks) -> None:
    heard: list[str] = []
    tasks.changed.connect(lambda changes: heard.append(f"changed {changes.ids('visit')[0]}"))
    ended(qtbot, tasks.run(give, CHANGES).then(lambda _: heard.append("then")))
    assert heard == ["changed v1", "then"]


def test_changes_are_found_in_what_verbs_give_back() -> None:
    class Registered:
        changes = CHANGES

    more = Changes((ChangedRecord("problem", "p1", "r2", ("text",)),))
    assert changes_in(None) is None
    assert changes_in("text") is None
    assert changes_in(["id", 3]) is None
    assert changes_in(CHANGES) is CHANGES
    assert changes_in(Registered()) is CHANGES
    assert changes_in(("new id", CHANGES)) is CHANGES
    assert changes_in([Registered(), more]) == Changes((*CHANGES.records, *more.records))


def test_closing_does_and_answers_all_that_was_accepted_then_closes_the_store(qtbot: QtBot, book: Book) -> None:
    tasks = Tasks(book)
    gate = Turnstile()
    answers: list[Any] = []
    tasks.run(long, gate, 2).then(answers.append)
    for n in range(20):
        tasks.run(write, n).then(answers.append)
    gate.let()
    gate.let()
    tasks.close()
    assert [line for line in book.lines if isinstance(line, int)] == list(range(20))
    assert sorted(map(str, answers)) == sorted([*map(str, range(20)), "long done"])
    assert book.closed_on in book.threads
    assert tasks.is_idle
    tasks.close()


@pytest.mark.usefixtures("loud_log")
def test_asking_after_the_end_is_noticed_and_does_nothing(
    qtbot: QtBot, book: Book, caplog: pytest.LogCaptureFixture
) -> None:
    tasks = Tasks(book)
    tasks.close()
    heard: list[Any] = []
    with caplog.at_level(logging.WARNING, logger="ui.tasks"):
        pending = tasks.run(write, "late").then(heard.append).fail(heard.append)
    assert pending.is_settled
    assert (book.lines, heard) == ([], [])
    assert "write" in caplog.text
