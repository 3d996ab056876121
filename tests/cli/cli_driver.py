"""Calls the program as a script would: in this process for speed, or the installed one as a process of its own."""

from __future__ import annotations

import contextlib
import io
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jiafang_desktop.cli.main import main

PROGRAM = Path(sys.executable).with_name("jiafang")
PASSWORD = "kao-shan-tun-2026"
VISIT = {
    "visitee": {
        "name": "张建国", "post": "农业综合服务中心主任", "unit": "德政镇", "address": "东街村建设路36号",
        "spouse_name": "王秀兰", "spouse_work": "中心小学教师",
    },
    "date": "2026-09-16", "place": "home", "leaders": [{"name": "钱永和", "post": "党委副书记、镇长"}],
    "recorder": "王敏", "met": ["本人", "配偶"], "ways": ["看", "谈"], "matter": "母亲患病，看望慰问",
    "account": "下班后到家中家访，送上镇党委的问候。老母亲卧床，需人照料，担心夜间值班时照顾不上。",
    "priority": "illness", "problems": [{"text": "母亲卧床缺人照料", "kind": "difficulty", "level": "ordinary"}],
}  # fmt: skip


@dataclass(frozen=True)
class Answer:
    """What a call left behind: exit status, both streams, and the JSON object where there is one."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        """The one object on stdout."""
        found = json.loads(self.out)
        assert isinstance(found, dict)
        return found

    @property
    def code(self) -> str:
        """The refusal's code."""
        error = self.json["error"]
        assert set(error) == {"code", "message", "hint", "details"}
        assert error["message"].endswith("。")
        assert error["hint"]
        return str(error["code"])


def call(*words: str | Path) -> Answer:
    """The program's main function with these words; streams are real bytes."""
    out, err = io.TextIOWrapper(io.BytesIO(), "ascii"), io.TextIOWrapper(io.BytesIO(), "ascii")
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        status = main([str(word) for word in words])
    return Answer(status, _text(out), _text(err))


def _text(stream: io.TextIOWrapper) -> str:
    stream.flush()
    raw = stream.buffer
    assert isinstance(raw, io.BytesIO)
    return raw.getvalue().decode("utf-8")


def process(
    *words: str | Path, env: dict[str, str] | None = None, **options: Any
) -> subprocess.CompletedProcess[bytes]:
    """The installed program as its own process."""
    environment = {name: value for name, value in os.environ.items() if name not in ("PYTHONUTF8", "LANG", "LC_ALL")}
    return subprocess.run(
        [str(PROGRAM), *(str(word) for word in words)], env={**environment, **(env or {})}, capture_output=True,
        check=False, timeout=120, **options,
    )  # fmt: skip


@dataclass(frozen=True)
class Office:
    """An office's data folder and its password file."""

    folder: Path
    password_file: Path

    @property
    def where(self) -> tuple[str | Path, ...]:
        """The options that name them."""
        return ("--data", self.folder, "--password-file", self.password_file)

    def call(self, *words: str | Path) -> Answer:
        """A call with ``--json`` over this office's data."""
        return call(*self.where, "--json", *words)

    def done(self, *words: str | Path) -> dict[str, Any]:
        """A call that has to succeed; its object."""
        answer = self.call(*words)
        assert answer.status == 0, answer.out
        return answer.json

    def refused(self, *words: str | Path, status: int = 3) -> dict[str, Any]:
        """A call that has to be refused with this exit status; the error."""
        answer = self.call(*words)
        assert answer.code, answer.out
        assert answer.status == status, answer.out
        error = answer.json["error"]
        assert isinstance(error, dict)
        return error

    def told(self, *words: str | Path) -> str:
        """What a person reads."""
        answer = call(*self.where, *words)
        assert answer.status == 0, answer.err
        return answer.out

    def written(self, name: str, value: Any) -> Path:
        """A JSON file beside the data."""
        path = self.folder.parent / name
        path.write_text(json.dumps(value, ensure_ascii=False), "utf-8")
        return path

    def add(self, **changed: Any) -> str:
        """A whole visit with some fields changed; its id."""
        return str(self.done("visits", "add", "--file", self.written("家访.json", VISIT | changed))["id"])

    def filed(self, **changed: Any) -> str:
        """An archived visit's id."""
        visit = self.add(problems=[], nothing_to_solve=True, resolution="已安排。", **changed)
        self.done("visits", "archive", visit, "--paper-at", "档案柜")
        return visit


def set_up(place: Path, role: str = "unit", unit: str = "德政镇人民政府") -> Office:
    """A fresh office in a folder with a space and Chinese in its name."""
    place.mkdir(parents=True, exist_ok=True)
    password = place / "密码.txt"
    password.write_text(PASSWORD + "\r\n", "utf-8")
    office = Office(place / "家访 数据", password)
    office.done("init", "--role", role, "--unit", unit, "--operator", "王敏", "--ledger-unit", "德政镇")
    return office
