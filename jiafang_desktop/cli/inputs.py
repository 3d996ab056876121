"""Reads what a verb is given: JSON files and dates. What their keys mean is for services to say."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from jiafang_desktop.common.errors import UserError

_LARGEST_BYTES = 64 * 1024 * 1024


def json_file(path: Path) -> Any:
    """The value a JSON file holds: UTF-8, a leading mark allowed, no key twice.

    Raises:
        UserError: ``not_found``, ``too_large``, ``bad_input``.
    """
    try:
        if path.stat().st_size > _LARGEST_BYTES:
            raise UserError("too_large", f"“{path.name}”太大，不像是要登记的内容。", hint="请分成几个文件。")
        data = path.read_bytes()
    except FileNotFoundError:
        raise UserError(
            "not_found", f"没有找到文件“{path.name}”。", hint="请检查文件的位置和名字。", details={"file": str(path)}
        ) from None
    except OSError:
        raise _unreadable(path, "读不出来") from None
    try:
        return json.loads(data.decode("utf-8-sig"), object_pairs_hook=_once, parse_constant=_no_constant)
    except UnicodeDecodeError:
        raise _unreadable(path, "不是UTF-8编码") from None
    except RecursionError:
        raise _unreadable(path, "层数太多") from None
    except json.JSONDecodeError as error:
        raise _unreadable(path, f"第{error.lineno}行第{error.colno}个字处不是正确的JSON") from None
    except ValueError as error:  # from the hooks below, already in Chinese; or a number of thousands of digits
        raise _unreadable(path, str(error) if not str(error).isascii() else "里面的数字太长") from None


def _unreadable(path: Path, why: str) -> UserError:
    return UserError(
        "bad_input", f"“{path.name}”{why}。", hint="请对照说明改好，存成UTF-8的JSON文件。", details={"file": str(path)}
    )


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"里的“{twice}”写了两次")
    return found


def _no_constant(name: str) -> Any:
    raise ValueError(f"里不能写{name}")


def day(text: str | None, *, option: str) -> date | None:
    """A date given on the command line.

    Raises:
        UserError: ``bad_date``.
    """
    if text is None:
        return None
    try:
        if len(text) != len("2026-11-03"):
            raise ValueError
        return date.fromisoformat(text)
    except ValueError:
        raise UserError(
            "bad_date", f"日期“{text}”不对或不存在。", hint=f"{option} 要写成 2026-11-03 的样子。",
            details={"field": option.lstrip("-"), "value": text},
        ) from None  # fmt: skip
