"""Runs the benches, each in a process of its own, and writes docs/performance.md and .json: ``python -m bench``.

A whole run at full size rewrites the page; a part, or smaller sizes, only prints and writes into out/bench.
"""

from __future__ import annotations

import argparse
import datetime
import importlib
import inspect
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bench import report
from bench.measure import ROOT

BENCHES = ("window", "fill", "pdf", "save", "roster", "listing", "search")
ROUNDS = 9
OUT = ROOT / "out" / "bench"


def parser() -> argparse.ArgumentParser:
    """The command line; every size of every bench has its own option."""
    made = argparse.ArgumentParser(prog="dev.py bench", description="Measure against peers.", allow_abbrev=False)
    made.add_argument("benches", nargs="*", metavar="BENCH", help=f"only these of: {' '.join(BENCHES)}")
    made.add_argument("--rounds", type=int, default=ROUNDS, help=f"rounds of ours and peers in turn ({ROUNDS})")
    made.add_argument("--tiny", action="store_true", help="tiny sizes, only to see that everything runs")
    made.add_argument("--to", type=Path, help="folder for performance.md and performance.json")
    made.add_argument("--one", choices=BENCHES, help=argparse.SUPPRESS)  # what a bench's own process is started with
    for name in BENCHES:
        for size, usual in module(name).SIZES.items():
            option = f"--{name}-{size.replace('_', '-')}"
            made.add_argument(option, type=int, metavar="N", dest=f"{name}_{size}", help=f"{usual:,} by default")
    return made


def module(name: str) -> Any:
    """A bench's module: TITLE, SIZES, TINY and measure(). Heavy parts are imported by the one that needs them."""
    return importlib.import_module(f"bench.{name}")


def sizes_of(name: str, options: argparse.Namespace) -> dict[str, int]:
    """The bench's sizes: tiny or full, and what was asked for."""
    bench = module(name)
    usual: Mapping[str, int] = bench.TINY if options.tiny else bench.SIZES
    asked = {size: getattr(options, f"{name}_{size}") for size in usual}
    return {size: asked[size] or usual[size] for size in usual}


def run_one(name: str, options: argparse.Namespace) -> int:
    """Measure one bench in this process; its figures as JSON on the last line."""
    OUT.mkdir(parents=True, exist_ok=True)  # on the project's disk: /tmp may be memory, where a save costs nothing
    with tempfile.TemporaryDirectory(prefix=f"{name}-", dir=OUT) as scratch:
        os.environ["JIAFANG_STATE"] = str(Path(scratch) / "state")  # what the program remembers of this machine
        figures = module(name).measure(sizes_of(name, options), rounds=options.rounds, scratch=Path(scratch))
    report.say(report.figures_json(figures))
    return 0


def run(names: Sequence[str], arguments: Sequence[str]) -> dict[str, list[dict[str, Any]]]:
    """Each bench in a fresh process, one after another; what it got is printed at once."""
    results: dict[str, list[dict[str, Any]]] = {}
    for name in names:
        report.say(f"{module(name).TITLE} …")
        command = [sys.executable, "-X", "utf8", "-m", "bench", *arguments, "--one", name]
        done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, encoding="utf-8", check=False)
        if done.returncode:
            sys.exit(f"{name}: exit status {done.returncode}\n{done.stdout}")
        results[name] = json.loads(done.stdout.strip().splitlines()[-1])
        for line in report.plain(results[name]):
            report.say(line)
    return results


def main(argv: Sequence[str] | None = None) -> int:
    """Measure, print, write."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    options = parser().parse_args(arguments)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"  # windows are painted into memory, the peers' too
    if options.one:
        return run_one(options.one, options)
    unknown = [name for name in options.benches if name not in BENCHES]
    if unknown:
        parser().error(f"no bench is called {unknown[0]}; there are: {' '.join(BENCHES)}")
    names = [name for name in BENCHES if not options.benches or name in options.benches]
    on, day = report.machine(), datetime.date.today().isoformat()
    results = run(names, [part for part in arguments if part not in options.benches])
    sizes = {name: sizes_of(name, options) for name in names}
    whole = names == list(BENCHES) and all(sizes[name] == module(name).SIZES for name in names)
    target = options.to or (ROOT / "docs" if whole else OUT)
    target.mkdir(parents=True, exist_ok=True)
    titles = {name: (module(name).TITLE, _told(name)) for name in names}
    chosen = {"rounds": options.rounds, "sizes": sizes}
    (target / "performance.json").write_text(report.as_json(results, options=chosen, on=on, day=day), "utf-8")
    (target / "performance.md").write_text(report.page(results, titles, rounds=options.rounds, on=on, day=day), "utf-8")
    shown = target.relative_to(ROOT) if target.is_relative_to(ROOT) else target
    report.say(f"Written: {shown / 'performance.md'} and {shown / 'performance.json'}")
    if not whole:
        report.say("(Not the whole run at full size, so docs/performance.md is left as it is.)")
    return 0


def _told(name: str) -> str:
    """What is measured, in the module's own words."""
    return inspect.cleandoc(module(name).__doc__ or "").replace("\n\n", "\n")


if __name__ == "__main__":
    sys.exit(main())
