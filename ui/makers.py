"""How each page is made, by its name. Each is imported when it is first opened: the window comes sooner.

Which pages the navigation shows and which lie behind others is the desk's.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from ui.context import Context

if TYPE_CHECKING:
    from ui.widgets.page import Page


def _workbench(ctx: Context) -> Page:
    from ui.pages.workbench import WorkbenchPage

    return WorkbenchPage(ctx)


def _concerns(ctx: Context) -> Page:
    from ui.pages.concerns import ConcernsPage

    return ConcernsPage(ctx)


def _concerns_import(ctx: Context) -> Page:
    from ui.pages.concerns_import import ConcernsImportPage

    return ConcernsImportPage(ctx)


def _visits(ctx: Context) -> Page:
    from ui.pages.visits import VisitsPage

    return VisitsPage(ctx)


def _visits_import(ctx: Context) -> Page:
    from ui.pages.visits_import import VisitsImportPage

    return VisitsImportPage(ctx)


def _visit(ctx: Context) -> Page:
    from ui.pages.visit_editor import VisitEditorPage

    return VisitEditorPage(ctx)


def _problems(ctx: Context) -> Page:
    from ui.pages.problems import ProblemsPage

    return ProblemsPage(ctx)


def _signing(ctx: Context) -> Page:
    from ui.pages.signing import SigningPage

    return SigningPage(ctx)


def _leader_visits(ctx: Context) -> Page:
    from ui.pages.leader_visits import LeaderVisitsPage

    return LeaderVisitsPage(ctx)


def _ledger(ctx: Context) -> Page:
    from ui.pages.ledger import LedgerPage

    return LedgerPage(ctx)


def _summary(ctx: Context) -> Page:
    from ui.pages.summary import SummaryPage

    return SummaryPage(ctx)


def _files(ctx: Context) -> Page:
    from ui.pages.files import FilesPage

    return FilesPage(ctx)


def _roster(ctx: Context) -> Page:
    from ui.pages.roster import RosterPage

    return RosterPage(ctx)


def _roster_import(ctx: Context) -> Page:
    from ui.pages.roster_import import RosterImportPage

    return RosterImportPage(ctx)


def _settings(ctx: Context) -> Page:
    from ui.pages.settings import SettingsPage

    return SettingsPage(ctx)


MAKERS: dict[str, Callable[[Context], Page]] = {
    "workbench": _workbench, "concerns": _concerns, "concerns_import": _concerns_import, "visits": _visits,
    "visits_import": _visits_import,
    "visit": _visit, "problems": _problems, "ledger": _ledger, "roster": _roster, "roster_import": _roster_import,
    "settings": _settings, "summary": _summary, "files": _files, "signing": _signing,
    "leader_visits": _leader_visits,
}  # fmt: skip
