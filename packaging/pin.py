"""Pins every package of a .in file, and what it needs, with all its wheels' hashes: ``python packaging/pin.py``.

Each requirements/NAME.in gives requirements/NAME.txt. Versions come from the packages installed in the present
environment (what the tests ran with); hashes from the index pip is set up with. Windows-only lines carry their version
in the .in file. Nothing of the index's address is written.
"""

from __future__ import annotations

import json
import re
import sys
import urllib.request
from importlib import metadata
from pathlib import Path

from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
SIMPLE = "https://pypi.org/simple/"


def hashes_of(name: str, version: str) -> list[str]:
    """SHA-256 of every wheel of one release (source archives are never installed)."""
    request = urllib.request.Request(
        f"{SIMPLE}{canonicalize_name(name)}/", headers={"Accept": "application/vnd.pypi.simple.v1+json"}
    )
    with urllib.request.urlopen(request, timeout=60) as answer:
        files = json.load(answer)["files"]
    words = "[-_.]+".join(re.escape(word) for word in canonicalize_name(name).split("-"))
    stem = re.compile(rf"^{words}-{re.escape(version)}-", re.IGNORECASE)
    found = sorted(f["hashes"]["sha256"] for f in files if stem.match(f["filename"]) and f["filename"].endswith(".whl"))
    if not found:
        sys.exit(f"no wheel of {name} {version}")
    return found


def closure(lines: list[str], *, skip: set[str]) -> dict[str, tuple[str, str]]:
    """name → (version, marker) for the lines and all they need here; ``skip`` is pinned in another file."""
    pins: dict[str, tuple[str, str]] = {}
    todo = [Requirement(line) for line in lines]
    environment = dict(default_environment())
    while todo:
        need = todo.pop()
        name = canonicalize_name(need.name)
        marker = str(need.marker) if need.marker else ""
        if name in skip:
            continue
        here = need.marker is None or need.marker.evaluate({**environment, "extra": ""})
        exact = [s.version for s in need.specifier if s.operator == "=="]
        key = name if here else f"{name} ; {marker}"
        if key in pins:
            continue
        if not here:
            if exact:
                pins[key] = (exact[0], marker)
            continue
        pins[key] = (metadata.version(name), marker if exact and marker else "")
        for text in metadata.requires(name) or []:
            child = Requirement(text)
            extras = [{**environment, "extra": extra} for extra in ("", *need.extras)]
            if child.marker is None or any(child.marker.evaluate(e) for e in extras):
                child.marker = None
                todo.append(child)
    return pins


def main() -> None:
    """Write every requirements/*.txt from its .in."""
    skip: set[str] = set()
    for stem in ("run", "test", "bench", "build"):
        source = ROOT / "requirements" / f"{stem}.in"
        lines = [line for raw in source.read_text("utf-8").splitlines() if (line := raw.split("#")[0].strip())]
        pins = closure(lines, skip=skip)
        out = [f"# Made by packaging/pin.py from {source.name}; wheels only, every hash of each release."]
        for key, (version, marker) in sorted(pins.items()):
            name = key.split(" ;")[0]
            condition = f" ; {marker.replace(chr(39), chr(34))}" if marker else ""
            hashed = " \\\n".join(f"    --hash=sha256:{digest}" for digest in hashes_of(name, version))
            out.append(f"{name}=={version}{condition} \\\n{hashed}")
        (ROOT / "requirements" / f"{stem}.txt").write_text("\n".join(out) + "\n", "utf-8")
        skip |= {key for key in pins if " ;" not in key}


if __name__ == "__main__":
    main()
