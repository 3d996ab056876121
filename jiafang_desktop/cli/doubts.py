"""What a previewed table leaves to a person's eye, in words: doubtful cells and questions, whatever the table holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from jiafang_desktop.cli.page import Page


def say_doubts(
    page: Page, rows: Sequence[Mapping[str, Any]], questions: Sequence[Mapping[str, Any]], *, most: int
) -> None:
    """Say at most ``most`` doubtful cells of the preview's ``rows``, and every question with its options."""
    doubts = [(row["row"], row["name"], p["column"], p["value"], p["message"]) for row in rows for p in row["problems"]]
    if doubts:
        page.say("", "要看一眼的地方：")
        page.table(["行", "姓名", "列", "原来写的", "说明"], doubts[:most], wide="说明")
    for question in questions:
        page.say("", f"问题 {question['id']}：{question['message']}")
        if question["options"]:
            page.say("  可以回答：" + "、".join(question["options"]))
