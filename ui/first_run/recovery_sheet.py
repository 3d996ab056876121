"""密码找回单: one sheet of paper with the key's groups, to be put under lock. It is printed once and kept nowhere.

Only how it looks; making and checking the key is the store's.
"""

from __future__ import annotations

import re
from datetime import date

from jiafang_desktop.domain.lines import break_lines, shown_places_mm
from jiafang_desktop.domain.pages import Page, Rule, Run, Sheet

TITLE = "密码找回单"
_WIDTH_MM, _HEIGHT_MM, _LEFT_MM, _TEXT_MM = 210.0, 297.0, 28.0, 154.0
_NOTES = (
    "一、忘记密码时，在打开程序的窗口点“忘记密码，用密码找回单”，照上面的分组输入，就可以另设新密码，数据不会丢。",
    "二、谁拿到这张单子，谁就能打开本单位的家访数据。请装入信封，封口盖章，由单位负责保密工作的同志锁入保密柜，不要拍照，不要和电脑放在一起。",
    "三、程序里不留这张单子，以后不能再看。单子丢了而密码还记得，数据仍可正常使用；两样都没有，数据就打不开了。",
    "四、字里没有数字0、1，也没有字母O、I；输错时程序会指出是第几组。",
)


def groups_of(recovery_key: str) -> tuple[str, ...]:
    """The printed groups."""
    return tuple(part for part in re.split(r"[\s\-—·]+", recovery_key.strip()) if part)


def recovery_sheet(recovery_key: str, *, unit: str, operator: str, on: date) -> Sheet:
    """The sheet, A4."""
    runs: list[Run] = [_centred(TITLE, 40.0, 26, "xiaobiaosong")]
    runs.append(_centred(f"{unit}　　{on.year}年{on.month}月{on.day}日", 56.0, 14))
    rules: list[Rule] = []
    groups = groups_of(recovery_key)
    per_row, top = 4, 72.0
    width = _TEXT_MM / per_row
    for place, group in enumerate(groups):
        row, column = divmod(place, per_row)
        left, y = _LEFT_MM + column * width, top + row * 22.0
        runs.append(_run(f"第{place + 1}组", left + 2, y + 5, 9))
        places, wide = shown_places_mm(group, size_pt=20)
        runs.append(Run(left + (width - wide) / 2, y + 14.5, group, "heiti", 20, places))
    rows = -(-len(groups) // per_row)
    for row in range(rows + 1):
        y = top + row * 22.0
        rules.append(Rule(_LEFT_MM, y, _LEFT_MM + _TEXT_MM, y, 0.75))
    for column in range(per_row + 1):
        x = _LEFT_MM + column * width
        rules.append(Rule(x, top, x, top + rows * 22.0, 0.75))
    y = top + rows * 22.0 + 16
    for note in _NOTES:
        for line in break_lines(note, width_mm=_TEXT_MM, size_pt=12, indent_em=2.0):
            runs.append(Run(_LEFT_MM, y, line.text, "fangsong", 12, line.places_mm))
            y += 8.4
        y += 2.0
    for words in (f"经办人：{operator}", "接收保管人（签字）：", "　　　　年　　月　　日"):
        y += 10.0
        runs.append(_run(words, 116.0, y, 12))
    return Sheet(TITLE, (Page(_WIDTH_MM, _HEIGHT_MM, tuple(runs), tuple(rules)),))


def _run(text: str, x_mm: float, baseline_mm: float, size_pt: float, face: str = "fangsong") -> Run:
    return Run(x_mm, baseline_mm, text, face, size_pt, shown_places_mm(text, size_pt=size_pt)[0])


def _centred(text: str, baseline_mm: float, size_pt: float, face: str = "fangsong") -> Run:
    places, width = shown_places_mm(text, size_pt=size_pt)
    return Run((_WIDTH_MM - width) / 2, baseline_mm, text, face, size_pt, places)
