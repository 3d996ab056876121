"""Where a cell's value (a post, an address, a matter) is parted when it needs more lines than one.

As many lines as any program needs (domain.lines), but parted as an office would: behind 、 or before 兼, never through
a word like 主任, and no single character left alone on the last line. How large it is set is decided elsewhere.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise

from jiafang_desktop.domain.lines import SQUEEZE_AFTER, break_lines, may_break_at, text_width_em
from jiafang_desktop.domain.pages import MM_PER_PT

_MOST_LINES, _MOST_CHARACTERS = 4, 90  # longer values are texts, not names of things
_PARTS_AFTER, _PARTS_BEFORE = frozenset("、，；。：）,; "), frozenset("兼（")
_BINDS, _BOUND = frozenset("副正第兼"), frozenset("长员室处科站所队组局部会委")
_WORDS_OF_OFFICES = """
主任 主席 主管 书记 委员 常委 科员 干事 教师 医生 院长 校长 中心 服务 综合 行政 执法 组织 宣传 统战
纪委 监察 党委 党组 政府 人大 政协 武装 农业 农村 林业 水利 财政 民政 退役 军人 便民 社会 事务 应急
乡村 振兴 文化 教育 卫生 健康 生态 环境 自然 资源 规划 建设 市场 监管 监督 管理 信访 审批 公安 司法
税务 统计 发展 改革 工作 协调 调整 办理 帮助 协助 慰问 看望 了解 解决 联系 住院 患病 困难 家庭 家属
老人 子女 孩子 思想 情绪 疏导 谈心 待遇 时间 值班 上下班 小学 中学 医院 公司 街道 社区 办公室 副书记 副主任
"""
_WORDS = frozenset(_WORDS_OF_OFFICES.split())


def value_lines(
    text: str, *, width_mm: float, size_pt: float, spare_mm: float = 1.0, spaced: bool = False, centred: bool = True
) -> tuple[tuple[str, int], ...]:
    """``text`` as (line, start) pairs, never more lines than ``break_lines`` gives; line feeds are kept as breaks."""
    placed = break_lines(
        text, width_mm=width_mm, size_pt=size_pt, indent_em=0.0, spare_mm=spare_mm, squeeze=False, justify=False,
        spaced=spaced,
    )  # fmt: skip
    found: list[tuple[str, int]] = []
    first = 0
    for index, line in enumerate(placed):
        if not line.last:
            continue
        group = placed[first : index + 1]
        whole = "".join(part.text for part in group)
        em_mm = size_pt * MM_PER_PT
        room = ((width_mm - spare_mm) / em_mm, width_mm / em_mm)
        cuts = _best(whole, len(group), room, centred) if 1 < len(group) <= _MOST_LINES else None
        if cuts is None:
            found += [(part.text, part.start) for part in group]
        else:
            edges = (0, *cuts, len(whole))
            found += [(whole[a:b], group[0].start + a) for a, b in pairwise(edges)]
        first = index + 1
    return tuple(found)


@lru_cache(maxsize=4096)
def _best(text: str, count: int, room: tuple[float, float], centred: bool) -> tuple[int, ...] | None:
    """Where to part ``text`` into ``count`` lines; None where it is no value or does not part."""
    if len(text) > _MOST_CHARACTERS:
        return None
    allowed = [at for at in range(1, len(text)) if may_break_at(text, at)]
    # The most pleasant way to fill the lines so far up to each place: (cost, cuts).
    ways: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, ())}
    for number in range(1, count + 1):
        further: dict[int, tuple[float, tuple[int, ...]]] = {}
        for end in [len(text)] if number == count else allowed:
            found = [
                (cost + price, (*cuts, end))
                for start, (cost, cuts) in ways.items()
                if start < end and (price := _line_cost(text, start, end, room, centred)) is not None
            ]
            if found:
                further[end] = min(found)
        ways = further
    return ways[len(text)][1][:-1] if ways else None


def _line_cost(text: str, start: int, end: int, room: tuple[float, float], centred: bool) -> float | None:
    """How unpleasant the line ``start:end`` is; None when it does not fit."""
    width = text_width_em(text[start:end])
    if width > room[0] + 1e-9:
        # A comma at the line's end has only blank paper to lose.
        width -= SQUEEZE_AFTER.get(text[end - 1], 0.0)
        if text[end - 1] not in SQUEEZE_AFTER or width > room[1] - 0.05:
            return None
    last = end == len(text)
    slack = room[0] - width
    cost = 0.02 * slack * slack if centred or not last else 0.0
    if not last:
        return cost + _cut_cost(text, end)
    return cost + {1: 8.0, 2: 2.0}.get(end - start, 0.0)


def _cut_cost(text: str, at: int) -> float:
    if text[at - 1] in _PARTS_AFTER:
        return 0.0
    if text[at] in _PARTS_BEFORE and text[at - 1] not in _BINDS:
        return 0.5
    if text[at - 1] in _BINDS or text[at] in _BOUND:
        return 6.0
    through = any(text[left:right] in _WORDS for left in (at - 2, at - 1) for right in (at + 1, at + 2) if left >= 0)
    return 6.0 if through else 2.0
