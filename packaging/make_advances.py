"""Writes jiafang_desktop/domain/advances.py from font files: the planner's table of character widths.

Run when a bundled font changes: ``python packaging/make_advances.py`` (fontTools and pylopdf-fonts-zh-cn needed, and
DejaVu Sans, which LibreOffice falls back to for Latin when 仿宋_GB2312 is not installed). Nothing of the program
imports this.
"""

from __future__ import annotations

import argparse
import importlib.util
import unicodedata
from collections import defaultdict
from pathlib import Path

from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parents[1]
FANDOL = ROOT / "resources" / "fonts" / "FandolFang-Regular.otf"
TARGET = ROOT / "jiafang_desktop" / "domain" / "advances.py"
# Latin is listed exactly; of everything else only what is wider than one em: an upper bound is enough.
LISTED_BELOW = 0x250
LAST = 0xFFEF

HEAD = '''"""How wide a character is, in ems: one shipped table, so that every PC breaks the same lines.

Made by packaging/make_advances.py from the faces the papers may be set in; not edited by hand. Nothing here measures
fonts at run time, and how lines are broken stands in domain.lines.
"""

from __future__ import annotations

# Thousandths of an em → the characters that wide. What is in no list is one em (all of Chinese).
'''

TAIL = '''

def _unfold(table: dict[int, str]) -> dict[str, float]:
    return {char: thousandths / 1000 for thousandths, chars in table.items() for char in chars}


WIDEST = _unfold(_WIDEST)
SHOWN = _unfold(_SHOWN)


def advance_em(char: str) -> float:
    """The widest advance of ``char`` in any face a paper may be set in (仿宋_GB2312, 仿宋, Fandol, Noto, DejaVu).

    Lines are broken by it: what fits by this table fits on every PC.
    """
    return WIDEST.get(char) or _unlisted(char, WIDEST)


def place_em(char: str) -> float:
    """The advance of ``char`` in the faces papers are shown in (仿宋 and its stand-in): half an em for a digit.

    Characters are put side by side by it, inside the room ``advance_em`` kept.
    """
    return SHOWN.get(char) or _unlisted(char, SHOWN)


def _unlisted(char: str, table: dict[str, float]) -> float:
    """Marks that stand on their neighbour take no room, pictographs more than an em; remembered in ``table``."""
    if char not in table:
        import unicodedata

        if unicodedata.category(char) in ("Mn", "Me", "Cf", "Cc"):
            table[char] = 0.0
        else:
            table[char] = 1.4 if 0x1F000 <= ord(char) <= 0x1FAFF else 1.0
    return table[char]
'''


def widths(path: Path) -> dict[int, float]:
    """Advance per code point in ems."""
    font = TTFont(path)
    metrics, per_em = font["hmtx"], font["head"].unitsPerEm
    return {point: metrics[glyph][0] / per_em for point, glyph in font.getBestCmap().items()}


def in_gb2312(char: str) -> bool:
    """Characters 仿宋_GB2312 draws one em wide."""
    try:
        return len(char.encode("gb2312")) == 2
    except UnicodeEncodeError:
        return False


def tables(faces: list[dict[int, float]], shown: dict[int, float]) -> tuple[dict[str, float], dict[str, float]]:
    """(widest, shown) for the characters that are not one em wide in every face."""
    widest: dict[str, float] = {}
    places: dict[str, float] = {}
    for point in range(0x20, LAST):
        char = chr(point)
        if unicodedata.category(char) in ("Mn", "Me", "Cf", "Cc", "Cn", "Co", "Cs"):
            continue
        found = [face[point] for face in faces if point in face]
        # 仿宋 sets all of ASCII half an em wide and all of GB 2312 one em.
        fact = 1.0 if in_gb2312(char) else 0.5 if point < 0x7F else 0.0
        if not found and not fact:
            continue
        width = max([fact, *found])
        if point >= LISTED_BELOW and width <= 1.0:
            continue
        widest[char] = width
        places[char] = max(fact, shown.get(point, 0.0)) or width
    return widest, places


def literal(name: str, table: dict[str, float]) -> str:
    """The table as Python source, lines under 120 characters."""
    by_width: dict[int, list[str]] = defaultdict(list)
    for char, width in table.items():
        if width != 1.0:
            by_width[-int(-width * 1000 // 1)].append(char)
    lines = [f"{name} = {{"]
    for width, chars in sorted(by_width.items()):
        for at in range(0, len(chars), 14):
            text = "".join(
                f"\\u{ord(c):04x}" if ord(c) > 0x7E else c.replace("\\", "\\\\").replace('"', '\\"')
                for c in chars[at : at + 14]
            )
            lines.append(f'    {width}: "{text}",' if at == 0 else f'    "{text}",')
            if at:  # one literal per width: strings side by side are one string
                lines[-2] = lines[-2].rstrip(",")
    return "\n".join([*lines, "}  # fmt: skip"])


def main() -> None:
    """Write the module."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--dejavu", type=Path, default=Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"))
    dejavu = options.parse_args().dejavu
    spec = importlib.util.find_spec("pylopdf_fonts_zh_cn")
    if spec is None or spec.origin is None:
        raise SystemExit("pylopdf-fonts-zh-cn is not installed")
    noto = Path(spec.origin).parent
    paths = [FANDOL, noto / "NotoSerifSC-Regular.otf", noto / "NotoSansSC-Regular.otf", dejavu]
    faces = [widths(path) for path in paths]
    widest, shown = tables(faces, faces[0])
    TARGET.write_text(
        HEAD + literal("_WIDEST", widest) + "\n" + literal("_SHOWN", shown) + "\n" + TAIL, encoding="utf-8"
    )
    print(f"{TARGET.name}: {len(widest)} characters, digits {max(widest[d] for d in '0123456789')} em")


if __name__ == "__main__":
    main()
