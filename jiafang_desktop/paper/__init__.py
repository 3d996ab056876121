"""Papers painted: a planned sheet (domain.pages) on screen, printer, PDF and PNG.

Nothing is planned, broken or measured here: every character stands where the plan put it. Qt is first loaded when
something is painted, so the command line starts without it.
"""

from __future__ import annotations

from jiafang_desktop.paper.renderer import QtRenderer

__all__ = ["QtRenderer"]
