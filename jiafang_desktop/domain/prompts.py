"""What to look at, talk about, listen to and find out on a visit (policy 三之二, 三之三), fit to why it is made.

Prompts, never sentences for an account: those would make all accounts alike, and “没有…问题” is nobody's to promise
beforehand (PRODUCT R4). They name no priority, since the page they stand on is carried into the home.
"""

from __future__ import annotations

from collections.abc import Mapping

_USUAL = {
    "看": "家庭条件、住房和生活现状；眼下面临的困难",
    "谈": "所思所想所盼；急需解决的事；工作和身体状况",
    "听": "家属介绍的情况；对单位的意见建议",
    "访": "反映的正常诉求；哪些单位、哪些人能帮上忙",
}
_MORE: Mapping[str, Mapping[str, str]] = {
    "illness": {
        "看": "治疗和休养的条件；有谁照料", "谈": "病情、治疗安排和费用；医保和救助办到了哪一步",
        "听": "陪护的人手和时间；最担心什么", "访": "请假和岗位安排；工会、医保、民政能落实的政策",
    },
    "hardship": {
        "看": "住房、收入和主要开支", "谈": "困难从什么时候开始；自己想了哪些办法", "听": "老人、孩子的照料和就学就医",
        "访": "符合哪些救助政策；还缺什么手续",
    },
    "family_event": {
        "看": "家里的安排和人手", "谈": "需要单位协调的事；假期和工作交接", "听": "老人和孩子的情况",
        "访": "按规定能给予的关心；移风易俗的要求",
    },
    "upheaval": {
        "看": "眼下的生活怎么安顿", "谈": "变故的经过愿意说多少听多少；睡眠、饮食和情绪", "听": "家属的感受和打算",
        "访": "近期工作如何调整；谁能常去看看",
    },
    "setback": {
        "看": "精神状态", "谈": "对这件事怎么看；下一步的想法和难处", "听": "家属看到的变化和担心",
        "访": "同事和分管领导的看法；能给的支持和机会",
    },
    "warning_sign": {
        "看": "近来的生活起居和精神状态", "谈": "近来的工作、学习和交往，多听本人说", "听": "家属近来的感受和担心",
        "访": "按事先商定的分工了解；注意方式，保护本人",
    },
    "other": {},
}  # fmt: skip
THREE_ONES = {
    "送上一声问候": "感谢家属的默默支持与付出", "征求一次意见建议": "对单位和领导的意见建议",
    "听取一下需求": "工作和生活上需要单位帮助的事项",
}  # fmt: skip


def prompts_for(priority: str | None) -> dict[str, str]:
    """看 谈 听 访 with what to keep in mind; what fits the priority stands first."""
    more = _MORE.get(priority or "", {})
    return {way: "；".join(filter(None, (more.get(way), words))) for way, words in _USUAL.items()}
