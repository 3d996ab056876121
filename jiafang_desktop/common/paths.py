"""Where things lie on disk: the program's own resources, and the clerk's data by default.

No reading or writing of data happens here.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

_FROZEN_ROOT = getattr(sys, "_MEIPASS", None)
PROGRAM_ROOT = Path(_FROZEN_ROOT) if _FROZEN_ROOT else Path(__file__).resolve().parents[2]


def resource(*parts: str) -> Path:
    """A file the program ships, e.g. ``resource("fonts", "FandolFang-Regular.otf")``."""
    return PROGRAM_ROOT.joinpath("resources", *parts)


def template(name: str) -> Path:
    """A blank official form, e.g. ``template("家访记录单.docx")``."""
    return PROGRAM_ROOT.joinpath("templates_docx", name)


def default_data_folder() -> Path:
    """``JIAFANG_DATA``, else the per-user data folder of the platform."""
    chosen = os.environ.get("JIAFANG_DATA")
    if chosen:
        return Path(chosen)
    import platformdirs  # imported late: start-up does not need it when the folder is given

    return Path(platformdirs.user_data_dir("jiafang", appauthor=False))
