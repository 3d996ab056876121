"""Where ``jiafang`` begins and ends: streams, arguments, one verb, its answer or its refusal, the exit status."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from jiafang_desktop.cli import errors, streams
from jiafang_desktop.cli.desk import Desk
from jiafang_desktop.cli.page import Page
from jiafang_desktop.common import paths
from jiafang_desktop.common.errors import UserError

_STOPPED = 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program with ``argv`` (default: the process's own arguments) and give its exit status."""
    if argv is None:
        streams.ensure_utf8_names()
    words = list(sys.argv[1:] if argv is None else argv)
    if words[:1] == ["--worker"]:
        from jiafang_desktop.services import rosters

        return rosters.run_worker(words[1:])
    if words[:1] == ["--prove-backup"]:
        from jiafang_desktop.services import backups

        return backups.run_proof(words[1:])
    streams.prepare()
    wants_json = "--json" in words
    try:
        return _run(words)
    except errors.UsageError as error:
        return _refuse(error.as_json(), errors.WRONG_USAGE, as_json=wants_json)
    except UserError as error:
        return _refuse(errors.refusal_json(error), error.exit_status, as_json=wants_json)
    except KeyboardInterrupt:
        stopped = {"code": "stopped", "message": "已停止。", "hint": "没有做完的部分没有留下改动。", "details": {}}
        return _refuse(stopped, _STOPPED, as_json=wants_json)
    except Exception as error:  # whatever else escapes is a defect: written down whole, told calmly
        from jiafang_desktop.cli import defects

        log = defects.write_down(error, verb=_verb(words), data_folder=_data_folder(words))
        return _refuse(errors.defect_json(type(error).__name__, str(log)), errors.DEFECT, as_json=wants_json)


def _run(words: list[str]) -> int:
    from jiafang_desktop.cli import program

    try:
        args = program.build().parser.parse_args(words)
    except SystemExit:  # --help has printed what was asked for
        streams.write("")
        return 0
    if args.version:
        return _version(as_json=args.json)
    if args.asked is not None:
        raise args.asked.nothing_asked()
    desk = Desk(args)
    answer: dict[str, Any] = args.run(desk, args)
    answer["warnings"] = list(dict.fromkeys([*answer.get("warnings", ()), *desk.warnings]))
    _print(answer, args)
    return 5 if answer.get("ok") is False else 0


def _verb(words: Sequence[str]) -> str:
    """The verb's own words for the log: nothing that was typed as its content."""
    from jiafang_desktop.cli import program

    text = f" {' '.join(words)} "
    return next((path for path in program.build().leaves if f" {path} " in text), "?")


def _data_folder(words: Sequence[str]) -> Path:
    """Which data the call was about, for the log's place: asked of the words, since reading them may be what failed."""
    for at, word in enumerate(words):
        if word.startswith("--data="):
            return Path(word.removeprefix("--data="))
        if word == "--data" and at + 1 < len(words):
            return Path(words[at + 1])
    return paths.default_data_folder()


def _version(*, as_json: bool) -> int:
    from jiafang_desktop import __version__

    streams.write(json.dumps({"version": __version__}) + "\n" if as_json else f"jiafang {__version__}\n")
    return 0


def _print(answer: Mapping[str, Any], args: argparse.Namespace) -> None:
    if args.json:
        streams.write(json.dumps(answer, ensure_ascii=False, indent=2) + "\n")
        return
    args.show(answer, Page())
    for warning in answer["warnings"]:
        streams.complain(f"请注意：{warning}\n")


def _refuse(error: dict[str, Any], status: int, *, as_json: bool) -> int:
    if as_json:
        streams.write(json.dumps({"error": error}, ensure_ascii=False, indent=2) + "\n")
    else:
        streams.complain(errors.sentence(error))
    return status
