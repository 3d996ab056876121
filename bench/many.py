"""A million visits to search and to list: words that are common and words that are rare, for our store and for a peer.

They are put in by the store's own index writer (records, lists, search tokens), 100,000 a transaction, with no log
behind them: sealing a million revisions would take longer than everything that is measured, and nothing here reads one.
The search index so has about ten parts, as many as saving one visit after the other leaves; then the program's own
upkeep puts them together.
"""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench import samples
from jiafang_desktop.common.chinese import pinyin_full, pinyin_initials
from jiafang_desktop.domain.changes import new_record_id
from jiafang_desktop.domain.visits import Leader, VisitContent, Visitee

if TYPE_CHECKING:
    from jiafang_desktop.store import Store

_TOGETHER, _AT_ONCE = 100_000, 2_000
_CACHE_KIB = 1 << 20  # ids are random: their index grows everywhere, and a page written twice is encrypted twice
_HASH_BYTES, _USUAL_HASH_BYTES = 256 << 20, 1 << 20  # what FTS5 collects before it writes a segment
_GIVEN = "建国志强秀英晓燕文静海涛雪梅永胜丽霞子豪"
_FIRST, _SECOND = "前后大小东西南北上下新旧高双白红石柳杨枣", "张王李赵刘陈家马牛杨田台屯寨庄堡营桥沟洼"
_WHO = ("老母亲", "父亲", "岳父", "岳母", "儿子", "女儿", "爱人", "本人", "弟弟", "孙子")
_ILLS = ("高血压", "糖尿病", "脑梗", "腰椎间盘突出", "冠心病", "肺气肿", "白内障", "骨折", "风湿", "尿毒症", "胆结石")
_NEEDS = (
    "希望夜间值班适当照顾", "盼望协调子女入学", "想改善办公取暖", "反映异地分居多年", "建议增加业务培训",
    "谈到基层补贴发放较晚", "表示将做细做实信访积案化解", "对组织的关心表示感谢", "担心孩子高考", "请求调整岗位",
)  # fmt: skip
_MATTERS = ("了解思想工作生活情况", "母亲患病，家庭负担较重", "岗位调整后谈心", "节日走访慰问", "子女升学")


def name(chance: random.Random) -> str:
    """An invented name; some 13,000 differ."""
    return chance.choice(samples._SURNAMES) + "".join(chance.sample(_GIVEN, chance.choice((1, 2, 2, 2))))


def village(chance: random.Random) -> str:
    """One of 400 invented villages."""
    return f"{chance.choice(_FIRST)}{chance.choice(_SECOND)}村"


def contents(count: int, *, seed: int = 11) -> Iterator[VisitContent]:
    """Short sheets: who, when, and two sentences."""
    chance = random.Random(seed)
    years = samples.YEARS
    for index in range(count):
        year = years[index * len(years) // count]
        account = (
            f"到{village(chance)}家中走访。{chance.choice(_WHO)}患{chance.choice(_ILLS)}，"
            f"每月药费{chance.randrange(3, 90) * 50}元，{chance.choice(_NEEDS)}。"
        )
        yield VisitContent(
            number=index + 1, unit=samples.UNIT,
            visitee=Visitee(name=name(chance), post=chance.choice(samples._POSTS), unit=samples.UNIT),
            date=date(year, 1, 1) + timedelta(days=chance.randrange(320)),
            leaders=(Leader(name(chance), "党委副书记、镇长"),), recorder="王晓燕", met=("本人",), ways=("看", "谈"),
            matter=chance.choice(_MATTERS), account=account,
        )  # fmt: skip


def fill(store: Store, count: int) -> None:
    """Our store, through its own writer of lists and search."""
    from jiafang_desktop.store.index_writer import Record

    engine, log = store._opened.engine, store._opened.log
    made = enumerate(contents(count), start=log.next_num)
    hash_bytes = "INSERT INTO search_visit (search_visit, rank) VALUES ('hashsize', ?)"
    with engine.roomy():
        engine.run(f"PRAGMA cache_size = -{_CACHE_KIB}")
        engine.run(hash_bytes, (_HASH_BYTES,))
        for _ in range(0, count, _TOGETHER):
            with engine.transaction():
                for _ in range(0, _TOGETHER, _AT_ONCE):
                    log.index.write([
                        Record(place, new_record_id(), "visit", (), _state(content), is_new=True)
                        for place, content in islice(made, _AT_ONCE)
                    ])  # fmt: skip
        engine.run(hash_bytes, (_USUAL_HASH_BYTES,))


def _state(content: VisitContent) -> dict[str, Any]:
    return {**content.to_fields(), "registered": True, "deleted": False}


def plain_table(path: Path, count: int) -> None:
    """The peers' table: an ordinary file of SQLite, not encrypted, which favours them; pinyin in columns of its own."""
    plain = sqlite3.connect(path)
    plain.execute(
        "CREATE TABLE visits (id INTEGER PRIMARY KEY, day TEXT, name TEXT, pinyin TEXT, initials TEXT, post TEXT, "
        "leader TEXT, leader_pinyin TEXT, leader_initials TEXT, matter TEXT, account TEXT)"
    )
    spoken: dict[str, tuple[str, str]] = {}

    def both(text: str) -> tuple[str, str]:
        if text not in spoken:
            spoken[text] = pinyin_full(text), pinyin_initials(text)
        return spoken[text]

    def row(place: int, content: VisitContent) -> tuple[object, ...]:
        visitee, leader = content.visitee, content.leaders[0].name
        return (
            place, str(content.date), visitee.name, *both(visitee.name), visitee.post, leader, *both(leader),
            content.matter, content.account,
        )  # fmt: skip

    with plain:
        plain.executemany(
            f"INSERT INTO visits VALUES ({', '.join('?' * 11)})",
            (row(place, content) for place, content in enumerate(contents(count), start=1)),
        )
    plain.close()


def questions(count: int, *, seed: int = 5) -> list[str]:
    """What people type, keystrokes on the way counted too: names, initials, pinyin, words, villages, both, nothing."""
    chance = random.Random(seed)
    found = []
    for place in range(count):
        who, kind = name(chance), place % 20
        if kind < 5:
            found.append(who)
        elif kind < 9:
            letters = pinyin_initials(who)
            found.append(letters[: chance.randint(1, len(letters))])
        elif kind < 12:
            letters = pinyin_full(who)
            found.append(letters[: chance.randint(1, len(letters))])
        elif kind == 12:
            found.append(who[0])
        elif kind < 15:
            found.append(chance.choice((*_WHO, *_ILLS)))
        elif kind < 17:
            found.append(village(chance))
        elif kind == 17:
            found.append(chance.choice(_NEEDS)[chance.randint(0, 2) :][: chance.randint(2, 5)])
        elif kind == 18:
            found.append(f"{who[0]} {chance.choice(_ILLS)}")
        else:
            found.append(chance.choice(("住房公积金", "拆迁", "欧阳", "qxz", "2027")))
    return found
