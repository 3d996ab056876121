"""Forms as counties draw them, in python-docx: rows of words, with vertical labels, samples, lists and head lines."""

from __future__ import annotations

import io
from collections.abc import Sequence

import docx
from docx.document import Document

HEAD = "单位：            （盖章）          年    月    日      序号：    "


def form(rows: Sequence[Sequence[str]], *, head: Sequence[str] = ("家访记录单", HEAD), after: str = "") -> Document:
    """A document with one table; a word of None-like "<" joins the cell to its left, "^" to the one above."""
    document = docx.Document()
    for words in head:
        document.add_paragraph(words)
    width = max(len(row) for row in rows)
    table = document.add_table(rows=len(rows), cols=width)
    for at, row in enumerate(rows):
        for column, words in enumerate(row):
            if words not in ("<", "^"):
                lines = words.split("\n")
                table.cell(at, column).text = lines[0]
                for line in lines[1:]:
                    table.cell(at, column).add_paragraph(line)
    for at, row in enumerate(rows):
        for column, words in enumerate(row):
            if words == "<" and (column == len(row) - 1 or row[column + 1] != "<"):
                start = column
                while row[start] == "<":
                    start -= 1
                table.cell(at, start).merge(table.cell(at, column))
    for column in range(width):
        for at in range(len(rows)):
            if len(rows[at]) > column and rows[at][column] == "^":
                table.cell(at - 1, column).merge(table.cell(at, column))
    if after:
        document.add_paragraph(after)
    return document


def saved(document: Document) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


PLAIN = (
    ("家访对象\n姓名", "", "职　务", ""),
    ("家庭住址", "", "<", "<"),
    ("配偶姓名", "", "工作单位及职务", ""),
    ("家访情况记录", "", "<", "<"),
    ("家访问题解决情况", "", "<", "<"),
    ("家访领导姓名", "", "家访领导职务", ""),
    ("家访领导签名：", "<", "家访记录人签名：", "<"),
)
VERTICAL = tuple(
    tuple("\n".join(word) if word and word != "<" and "：" not in word else word for word in row) for row in PLAIN
)
SAMPLED = (
    ("家 访 对 象 姓 名", "某", "职\u00a0\u00a0务", "某"),
    ("家庭\u00a0住址", "某县某镇某村", "<", "<"),
    ("配偶姓名", "某", "配偶工作单位及职务", "某"),
    ("家庭成员", "称谓", "姓名", "工作单位"),
    ("", "", "", ""),
    ("家访情况记录", "（填写样例）看望慰问。", "<", "<"),
    ("家访问题解决情况", "某", "<", "<"),
    ("家访领导姓名", "某", "家访领导职务", "某"),
    ("家访领导签名", "", "家访记录人签名", ""),
)
ABOVE = (
    ("家访对象姓名", "家访对象职务", "家庭住址"),
    ("", "", ""),
    ("配偶姓名", "配偶工作单位及职务", "<"),
    ("", "", "<"),
    ("家访情况记录", "<", "<"),
    ("", "<", "<"),
    ("家访问题解决情况", "<", "<"),
    ("", "<", "<"),
    ("家访领导姓名", "家访领导职务", "家访领导签名"),
    ("", "", ""),
)
LAYOUTS = {"plain": PLAIN, "vertical": VERTICAL, "sampled": SAMPLED, "above": ABOVE}
