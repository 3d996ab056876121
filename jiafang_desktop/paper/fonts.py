"""Which font draws which character: the office's own faces where they are installed, else the bundled ones.

Widths decide nothing here (domain.advances does): a glyph is only put into the room its character has. A cell with one
character its face lacks is set whole in the next face that has all of them, for a name in two faces looks forged.
"""

from __future__ import annotations

import importlib.util
import threading
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase, QRawFont

from jiafang_desktop.common.paths import resource
from jiafang_desktop.domain.advances import place_em
from jiafang_desktop.domain.pages import Sheet
from jiafang_desktop.paper.application import ensure_application

UNITS = 2048  # pixels per em a face is asked for outlines and advances at
DASH = "—"
_TOUCHING_EM = 0.02
MISSING = "〓"  # what printers have always set for a character they have no type for
# Looked for by both names: Windows lists families in the system's language.
_NAMED = {
    "fangsong": ("仿宋_GB2312", "FangSong_GB2312", "仿宋", "FangSong", "华文仿宋", "STFangsong"),
    "xiaobiaosong": (
        "方正小标宋简体", "FZXiaoBiaoSong-B05S", "方正小标宋_GBK", "FZXiaoBiaoSong-B05", "方正小标宋_GB18030",
    ),
    "heiti": ("黑体", "SimHei"),
    "songti": ("宋体", "SimSun"),
    "kaiti": ("楷体_GB2312", "KaiTi_GB2312", "楷体", "KaiTi", "华文楷体", "STKaiti"),
}  # fmt: skip
_RARE = ("SimSun-ExtB", "宋体-ExtB", "Noto Serif CJK SC", "Noto Sans CJK SC", "Source Han Serif SC", "Plangothic P1")
_BUNDLED = {
    "fangsong": ("FandolFang-Regular.otf", "NotoSerifSC-Regular.otf"),
    "xiaobiaosong": ("FandolSong-Bold.otf", "NotoSerifSC-Regular.otf"),
    "heiti": ("FandolHei-Regular.otf", "NotoSansSC-Regular.otf"),
    "songti": ("NotoSerifSC-Regular.otf",),
    "kaiti": ("FandolFang-Regular.otf", "NotoSerifSC-Regular.otf"),  # no Kaiti is bundled: second heads only
}
_OPENING = frozenset("“‘")
_loading = threading.Lock()
_kept = threading.local()  # QRawFont belongs to the thread that made it


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character in a face: its index there, the room it has, and how far in it stands so as to be in its middle."""

    index: int
    slot_em: float
    shift_em: float

    @property
    def fills(self) -> bool:
        """Whether it is as wide as its room, so that it touches the next of its kind."""
        return abs(self.shift_em) < _TOUCHING_EM


class Typeface:
    """One font on one thread."""

    def __init__(self, name: str, raw: QRawFont) -> None:
        self.name = name
        self._raw = raw
        self._sized: dict[int, QRawFont] = {}
        self._glyphs: dict[str, Glyph | None] = {}
        # Characters met so far that need no second look: set by this very font, short dashes apart.
        self.drawable: set[str] = set()
        self.drawable_glyphs: dict[str, Glyph] = {}

    @property
    def outlines(self) -> QRawFont:
        """The font at ``UNITS`` pixels."""
        return self._raw

    def raw(self, pixels: int) -> QRawFont:
        """The font at a whole number of pixels."""
        if pixels not in self._sized:
            sized = QRawFont(self._raw)
            sized.setPixelSize(pixels)
            self._sized[pixels] = sized
        return self._sized[pixels]

    def glyph(self, char: str) -> Glyph | None:
        """How ``char`` is drawn; None where this font has it not."""
        if char not in self._glyphs:
            found = self._glyphs[char] = self._look_up(char)
            if found is not None and (char != DASH or found.fills):
                self.drawable.add(char)
                self.drawable_glyphs[char] = found
        return self._glyphs[char]

    def _look_up(self, char: str) -> Glyph | None:
        found = self._raw.glyphIndexesForString(char)
        if not found or not found[0]:
            return None
        advance = self._raw.advancesForGlyphIndexes([found[0]])[0].x() / UNITS
        slot = place_em(char)
        if not slot:
            return Glyph(found[0], 0.0, 0.0)
        spare = slot - advance
        # A narrow opening quotation mark belongs to what follows it, a closing one to what went before.
        shift = spare if char in _OPENING and spare > 0 else 0.0 if char in "”’" else spare / 2
        return Glyph(found[0], slot, shift)


@cache
def invisible(char: str) -> bool:
    """Spaces, controls and selectors: nothing is drawn for them and nothing is missing without them."""
    return char.isspace() or unicodedata.category(char) in ("Cc", "Cf", "Zs", "Zl", "Zp") or _selector(char)


def _selector(char: str) -> bool:
    return "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef"


def families(face: str) -> tuple[str, ...]:
    """Font families of a face (domain.pages.FACES), the preferred first, for windows that set text themselves."""
    return tuple(dict.fromkeys(name for name, _ in _chain(face)))


def typeface(face: str, text: str) -> Typeface:
    """The first font of ``face`` that has every character of ``text``; the one that has most where none has all."""
    best, most = None, -1
    seen = set(text)
    for place in range(len(_chain(face))):
        candidate = _typeface(face, place)
        if candidate is None:
            continue
        if seen <= candidate.drawable:
            return candidate
        count = sum(1 for char in seen if candidate.glyph(char) is not None or invisible(char))
        if count == len(seen):
            return candidate
        if count > most:
            best, most = candidate, count
    if best is None:  # pragma: no cover - the bundled fonts are part of the program
        raise RuntimeError(f"no font for {face}")
    return best


def anywhere(face: str, char: str) -> tuple[Typeface, Glyph] | None:
    """A font of ``face`` that has ``char``, for a text no font has whole."""
    for place in range(len(_chain(face))):
        candidate = _typeface(face, place)
        glyph = candidate.glyph(char) if candidate is not None else None
        if candidate is not None and glyph is not None:
            return candidate, glyph
    return None


def joined_dash(face: str) -> tuple[Typeface, Glyph] | None:
    """A dash as long as its room: the two of —— must touch, and some faces draw them shorter."""
    for place in range(len(_chain(face))):
        candidate = _typeface(face, place)
        glyph = candidate.glyph(DASH) if candidate is not None else None
        if candidate is not None and glyph is not None and glyph.fills:
            return candidate, glyph
    return None


def missing(text: str) -> str:
    """The characters of ``text`` that no font here has (缺字), each once, in their order."""
    found = dict.fromkeys(char for char in text if not invisible(char))
    whole = typeface("fangsong", text) if found else None
    return "".join(
        char for char in found if whole is None or (whole.glyph(char) is None and anywhere("fangsong", char) is None)
    )


def missing_on(sheet: Sheet) -> str:
    """The characters of a sheet that would come out as ``MISSING``, to be told before it is printed."""
    return missing("".join(dict.fromkeys(char for page in sheet.pages for run in page.runs for char in run.text)))


def _typeface(face: str, place: int) -> Typeface | None:
    """The font at ``place`` of a face's chain on this thread; None when Qt can't open it."""
    kept: dict[str, Typeface | None] = _kept.__dict__.setdefault("faces", {})
    name, make = _chain(face)[place]
    if name not in kept:
        raw = make()
        kept[name] = Typeface(name, raw) if raw.isValid() else None
    return kept[name]


@cache
def _chain(face: str) -> tuple[tuple[str, Callable[[], QRawFont]], ...]:
    """(family, maker) in the order of preference."""
    ensure_application()
    with _loading:
        installed = [name for name in _NAMED[face] if QFontDatabase.hasFamily(name)]
        bundled = [_load(name) for name in _BUNDLED[face]]
        rare = [name for name in _RARE if QFontDatabase.hasFamily(name)]
    names = dict.fromkeys([*installed, *bundled, *rare])
    return tuple((name, partial(_open, name)) for name in names)


@cache
def _load(file_name: str) -> str:
    """Make Qt know a bundled font file; the family it calls it."""
    number = QFontDatabase.addApplicationFont(str(_bundled_file(file_name)))
    names = QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
    if not names:
        raise RuntimeError(f"the bundled font {file_name} can't be read")
    return names[0]


def _bundled_file(file_name: str) -> Path:
    if not file_name.startswith("Noto"):
        return resource("fonts", file_name)
    spec = importlib.util.find_spec("pylopdf_fonts_zh_cn")
    if spec is None or spec.origin is None:
        raise RuntimeError("pylopdf-fonts-zh-cn is not installed")
    return Path(spec.origin).with_name(file_name)


def _open(family: str) -> QRawFont:
    font = QFont(family)
    font.setPixelSize(UNITS)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    font.setStyleStrategy(QFont.StyleStrategy.NoFontMerging)
    return QRawFont.fromFont(font)
