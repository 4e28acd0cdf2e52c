"""The tabs of the window, one line each; a page is imported and built when it is first opened."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from propdesk.i18n import LazyText, _lazy

if TYPE_CHECKING:
    from ui.context import AppContext
    from ui.pages.page import Page


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab: its key, icon and word, its number (Ctrl+number, fixed for ever) and its page."""

    key: str
    icon: str
    word: LazyText
    number: int
    build: "Callable[[AppContext], Page]"


def _today(context: "AppContext") -> "Page":
    from ui.pages.today import TodayPage

    return TodayPage(context)


def _tickets(context: "AppContext") -> "Page":
    from ui.pages.tickets import TicketsPage

    return TicketsPage(context)


def _residents(context: "AppContext") -> "Page":
    from ui.pages.residents import ResidentsPage

    return ResidentsPage(context)


def _fees(context: "AppContext") -> "Page":
    from ui.pages.fees import FeesPage

    return FeesPage(context)


def _inspections(context: "AppContext") -> "Page":
    from ui.pages.inspections import InspectionsPage

    return InspectionsPage(context)


def _reports(context: "AppContext") -> "Page":
    from ui.pages.reports import ReportsPage

    return ReportsPage(context)


TABS: tuple[Tab, ...] = (
    Tab("today", "sun", _lazy("Today"), 1, _today),
    Tab("tickets", "clipboard-list", _lazy("Tickets"), 2, _tickets),
    Tab("residents", "house", _lazy("Residents"), 3, _residents),
    Tab("fees", "banknote", _lazy("Fee reminders"), 4, _fees),
    Tab("inspections", "list-checks", _lazy("Inspections"), 5, _inspections),
    Tab("reports", "chart-column", _lazy("Reports"), 6, _reports),
)
