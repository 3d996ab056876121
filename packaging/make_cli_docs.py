"""Writes docs/cli.md from the parser itself: ``python packaging/make_cli_docs.py``. A test holds the file current."""

from __future__ import annotations

from pathlib import Path

from jiafang_desktop.cli import program
from jiafang_desktop.cli.errors import HINTS

TARGET = Path(__file__).resolve().parents[1] / "docs" / "cli.md"
HEAD = """# 命令行 `jiafang`

由 `packaging/make_cli_docs.py` 从程序本身写出，不要手改。与窗口用同一份数据、同一套办理规则；批量工作和核对时用。

- `--data`、`--password-file`、`--json` 写在命令前后都可以。密码只从文件读，文件末尾的换行不算。
- 加 `--json` 时标准输出只有一个JSON对象（UTF-8）；不予办理时是 `{"error": {"code", "message", "hint", "details"}}`。
  不加时写给人看，不予办理的话写在标准错误上。空值是 `null`，日期写成 `2026-11-03`。每个结果都有 `warnings`。
- 预览不改数据，加 `--apply` 才改；两者输出同样的对象，差别在 `applied`。
- 写文件时缺的文件夹会新建，已有的文件要加 `--replace` 才替换；多页的 `F.png` 依次是 `F.png`、`F-2.png`。
- 程序出错（退出状态70）时，记录写在数据文件夹旁的“数据文件夹名-log”里，只有出错的位置，没有填写的内容。
"""


def text() -> str:
    """The whole page."""
    built = program.build()
    parts = [HEAD, program.STATUSES, "", "## 总说明", "", *block(built.parser.format_help())]
    for words, parser in built.leaves.items():
        parts += [f"## {words}", "", *block(parser.format_help())]
    parts += ["## 不予办理的代码与下一步", "", "| code | 下一步 |", "|---|---|"]
    parts += [f"| `{code}` | {hint} |" for code, hint in HINTS.items()]
    return "\n".join(parts) + "\n"


def block(help_text: str) -> list[str]:
    """A verb's own help, as the terminal shows it."""
    return ["```text", help_text.rstrip(), "```", ""]


def main() -> None:
    """Write the page."""
    TARGET.write_text(text(), "utf-8")
    print("docs/cli.md")


if __name__ == "__main__":
    main()
