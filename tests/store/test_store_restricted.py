"""Restricted fields never leave the store for somebody else, and nobody clears them unawares."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from store_samples import PASSWORD, add_visit, change

from jiafang_desktop.common.errors import UserError
from jiafang_desktop.domain.visits import VisitQuery
from jiafang_desktop.store import Store

PLAIN, PERMITTED = "李四自己用的密码", "赵五自己用的密码"
FIELD = "topic_advice_leaders"
WORDS = "某某开会太多"


@pytest.fixture
def opened(store: Store, folder: Path) -> Iterator[Callable[[str], Store]]:
    """An office of three: the owner, a plain clerk, and one with the right; opened by password."""
    store.accounts.add("李四", password=PLAIN, rights=(), by=store.operator)
    store.accounts.add("赵五", password=PERMITTED, rights=("sensitive",), by=store.operator)
    last = [store]

    def again(password: str) -> Store:
        last[-1].close()
        last.append(Store.open(folder, password=password))
        return last[-1]

    yield again
    last[-1].close()


def seen(store: Store, rec: str) -> tuple[Any, frozenset[str]]:
    visit = store.visits.get(rec)
    return visit.content.topics.advice_leaders, visit.hidden


def refused(verb: Callable[..., Any], *args: Any, **named: Any) -> UserError:
    with pytest.raises(UserError) as caught:
        verb(*args, **named)
    return caught.value


@pytest.mark.parametrize("author", [PASSWORD, PLAIN, PERMITTED])
def test_the_author_and_the_permitted_see_it_and_nobody_else(author: str, opened: Callable[[str], Store]) -> None:
    rec = add_visit(opened(author), topic_advice_leaders=WORDS)
    for reader in (PASSWORD, PLAIN, PERMITTED):
        shown = seen(opened(reader), rec)
        if reader == PLAIN and author != PLAIN:
            assert shown == (None, frozenset({FIELD}))
        else:
            assert shown == (WORDS, frozenset())


def test_an_empty_field_is_nobodys(opened: Callable[[str], Store]) -> None:
    rec = add_visit(opened(PASSWORD), topic_advice_leaders=None)
    plain = opened(PLAIN)
    assert seen(plain, rec) == (None, frozenset())
    change(plain, "visit", rec, topic_advice_leaders=WORDS)
    assert seen(plain, rec) == (WORDS, frozenset())


@pytest.mark.parametrize("value", [None, "", "别的话", WORDS])
def test_whoever_does_not_see_it_neither_clears_nor_overwrites_it(value: Any, opened: Callable[[str], Store]) -> None:
    rec = add_visit(opened(PASSWORD), topic_advice_leaders=WORDS)
    plain = opened(PLAIN)
    error = refused(change, plain, "visit", rec, matter="住院", topic_advice_leaders=value)
    assert (error.code, error.details["field"]) == ("restricted", "topics.advice_leaders")
    assert WORDS not in str(error.as_json())
    assert plain.visits.get(rec).content.matter == "母亲住院"
    change(plain, "visit", rec, matter="住院")
    assert seen(opened(PASSWORD), rec)[0] == WORDS


def test_what_the_permitted_wrote_over_it_the_author_sees_no_more(opened: Callable[[str], Store]) -> None:
    rec = add_visit(opened(PLAIN), topic_advice_leaders=WORDS)
    change(opened(PERMITTED), "visit", rec, topic_advice_leaders="换过的话")
    plain = opened(PLAIN)
    assert seen(plain, rec) == (None, frozenset({FIELD}))
    first, second = plain.history(rec)
    assert (first.after[FIELD], first.hidden) == (WORDS, frozenset())
    assert (second.before[FIELD], second.after[FIELD], second.hidden) == (WORDS, None, frozenset({FIELD}))
    assert plain.revision_before(second.revision)[FIELD] == WORDS


def test_history_and_what_was_before_hide_it_too(opened: Callable[[str], Store]) -> None:
    rec = add_visit(opened(PASSWORD), topic_advice_leaders=WORDS)
    later = change(opened(PASSWORD), "visit", rec, topic_advice_leaders=None, matter="住院")
    plain = opened(PLAIN)
    views = plain.history(rec)
    assert [view.hidden for view in views] == [frozenset({FIELD})] * 2
    assert WORDS not in str(views)
    assert views[1].after == {FIELD: None, "matter": "住院"}
    before = plain.revision_before(later)
    assert (before[FIELD], before["matter"]) == (None, "母亲住院")
    assert opened(PERMITTED).history(rec)[0].after[FIELD] == WORDS


def test_a_right_given_counts_at_once_and_one_taken_too(opened: Callable[[str], Store]) -> None:
    store = opened(PASSWORD)
    rec = add_visit(store, topic_advice_leaders=WORDS)
    clerk = store.accounts.all()[1]
    store.accounts.set_rights(clerk, ("sensitive",), by=store.operator)
    plain = opened(PLAIN)
    assert seen(plain, rec)[0] == WORDS
    plain.accounts.set_rights(plain.accounts.current, (), by=plain.operator)
    assert seen(plain, rec)[0] is None


def test_no_search_finds_it_whoever_asks(opened: Callable[[str], Store]) -> None:
    add_visit(opened(PLAIN), topic_advice_leaders="金丝雀在此")
    for reader in (PASSWORD, PLAIN, PERMITTED):
        store = opened(reader)
        for words in ("金丝雀在此", "金丝", "雀", "jinsique", "jsq"):
            assert store.visits.ids(VisitQuery(text=words)) == []


def test_the_sheet_for_signs_of_trouble_is_hidden_field_by_field(opened: Callable[[str], Store]) -> None:
    store = opened(PASSWORD)
    rec = add_visit(store)
    change(store, "guidance", f"guidance:{rec}", visit=rec, causes="压力大", measures=None)
    plain = opened(PLAIN)
    sheet = plain.guidance.get(rec)
    assert (sheet.causes, sheet.measures, sheet.hidden) == (None, None, frozenset({"causes"}))
    assert "压力大" not in str(plain.history(f"guidance:{rec}"))
    assert refused(change, plain, "guidance", f"guidance:{rec}", causes=None).code == "restricted"
    assert opened(PERMITTED).guidance.get(rec).causes == "压力大"
