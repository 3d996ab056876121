"""An argument parser that speaks Chinese. Which verbs there are is said in ``verbs`` and gathered in ``program``."""

from __future__ import annotations

import argparse
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, NoReturn

from jiafang_desktop.cli.errors import UsageError

if TYPE_CHECKING:
    from jiafang_desktop.cli.desk import Desk
    from jiafang_desktop.cli.page import Page

Run = Callable[["Desk", argparse.Namespace], dict[str, Any]]
Show = Callable[[Mapping[str, Any], "Page"], None]

_WIDTH = 96
_NEVER_FIRST = "，。；：、）”"
_WORDS = [
    (r"the following arguments are required: (.+)", "还缺少：{0}"),
    (r"unrecognized arguments: (.+)", "不认识：{0}"),
    (r"argument (.+?): expected one argument", "{0} 后面缺少内容"),
    (r"argument (.+?): expected at least one argument", "{0} 后面缺少内容"),
    (r"argument (.+?): expected (\d+) arguments", "{0} 后面要写{1}项"),
    (r"argument (.+?): ignored explicit argument (.+)", "{0} 后面不能写 {1}"),
    (r"argument (.+?): not allowed with argument (.+)", "{0} 不能与 {1} 同时用"),
    (r"one of the arguments (.+) is required", "要写明其中一项：{0}"),
    (r"argument (.+?): invalid choice: (.+) \(choose from (.+)\)", "{0} 不能是 {1}，可以是：{2}"),
    (r"argument (.+?): invalid .+ value: (.+)", "{0} 不能是 {1}"),
    (r"argument (.+?): (.+)", "{0}：{1}"),
]  # fmt: skip


class _Help(argparse.RawDescriptionHelpFormatter):
    """Help at one width everywhere (it is also the manual), with Chinese titles and lines cut by what they show."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=_WIDTH, max_help_position=30)

    def add_usage(
        self, usage: str | None, actions: Iterable[argparse.Action], groups: Iterable[Any], prefix: str | None = None
    ) -> None:  # fmt: skip
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)

    def _split_lines(self, text: str, width: int) -> list[str]:
        lines, room = [""], width
        for piece in re.findall(r"[\x21-\x7e]+|.", text):
            needed = sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in piece)
            if needed > room and lines[-1] and piece not in _NEVER_FIRST:
                lines, room = [*lines, ""], width
            lines[-1] += piece
            room -= needed
        return [line.strip() for line in lines]


class ChineseParser(argparse.ArgumentParser):
    """Refuses by ``UsageError`` in Chinese instead of leaving the process."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("formatter_class", _Help)
        super().__init__(add_help=False, allow_abbrev=False, **options)
        self._positionals.title = "参数"
        self._optionals.title = "选项"
        self.add_argument("-h", "--help", action="help", help="显示这份说明")

    def error(self, message: str) -> NoReturn:
        """Say it in Chinese; ``details`` never carry what was typed elsewhere."""
        raise UsageError(_in_chinese(message), hint=f"用法见：{self.prog} --help")


class Group:
    """A place where verbs hang: the program itself or a chapter such as ``visits``."""

    def __init__(self, parser: ChineseParser, *, path: str, leaves: dict[str, ChineseParser]) -> None:
        self._parser = parser
        self._path = path
        self._leaves = leaves
        self._verbs = parser.add_subparsers(
            title="可以做的事", metavar="命令", dest=f"verb_{len(path.split())}", required=False
        )
        parser.set_defaults(asked=self)

    @property
    def names(self) -> list[str]:
        """The verbs that exist here."""
        return list(self._verbs.choices)

    def chapter(self, name: str, summary: str) -> Group:
        """A verb that has verbs of its own."""
        parser = self._verbs.add_parser(name, help=summary, description=summary)
        add_common(parser, top=False)
        return Group(parser, path=f"{self._path} {name}".strip(), leaves=self._leaves)

    def verb(self, name: str, summary: str, *, run: Run, show: Show, example: str, note: str = "") -> ChineseParser:
        """A verb that does something; options are added to the parser it returns."""
        path = f"{self._path} {name}".strip()
        description = summary if not note else f"{summary}\n{note}"
        parser = self._verbs.add_parser(name, help=summary, description=description, epilog=f"例如：\n  {example}")
        add_common(parser, top=False)
        parser.set_defaults(run=run, show=show, path=path, asked=None)
        self._leaves[path] = parser
        return parser

    def nothing_asked(self) -> UsageError:
        """What to say when no verb was named here."""
        what = f"jiafang {self._path}".strip()
        return UsageError(f"没有写明要做什么，可以是：{'、'.join(self.names)}。", hint=f"用法见：{what} --help")


def add_common(parser: argparse.ArgumentParser, *, top: bool) -> None:
    """The options every verb knows, before or after its name (the later one wins)."""
    default: Any = None if top else argparse.SUPPRESS
    shared = parser.add_argument_group("通用选项") if top else parser
    hidden = None if top else argparse.SUPPRESS
    shared.add_argument(
        "--data", metavar="DIR", default=default,
        help=hidden or "数据文件夹；不写时用环境变量 JIAFANG_DATA，再不然用本用户的默认位置",
    )  # fmt: skip
    shared.add_argument(
        "--password-file", metavar="FILE", default=default,
        help=hidden or "密码所在的文件（不写在命令里）；不写时用环境变量 JIAFANG_PASSWORD_FILE",
    )  # fmt: skip
    shared.add_argument(
        "--json", action="store_true", default=False if top else argparse.SUPPRESS,
        help=hidden or "只输出一个JSON对象（UTF-8）",
    )  # fmt: skip


def _in_chinese(message: str) -> str:
    for pattern, words in _WORDS:
        found = re.fullmatch(pattern, message, re.DOTALL)
        if found:
            return words.format(*found.groups()).replace("'", "") + "。"
    return f"命令写得不对：{message}。"


# ------------------------------------------------------------------------------- kinds of arguments


def natural(text: str) -> int:
    """0, 1, 2 …"""
    if not re.fullmatch(r"\d{1,9}", text):
        raise argparse.ArgumentTypeError(f"“{text}”不是数字")
    return int(text)


def year(text: str) -> int:
    """Four digits."""
    if not re.fullmatch(r"(19|20)\d\d", text):
        raise argparse.ArgumentTypeError(f"年度写成四位数字，例如 2026，不能是“{text}”")
    return int(text)


def pair(text: str) -> tuple[str, str]:
    """NAME=VALUE."""
    name, sign, value = text.partition("=")
    if not sign or not name.strip() or not value.strip():
        raise argparse.ArgumentTypeError(f"要写成 名称=内容 的样子，不能是“{text}”")
    return name.strip(), value.strip()
