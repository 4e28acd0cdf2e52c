"""What begins behind the first picture: the office is opened, the clerk sits down, checks run."""

from collections.abc import Callable
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QTimer

from propdesk import clock
from propdesk.domain.errors import RuleError
from propdesk.domain.staff import Staff
from propdesk.i18n import _
from propdesk.services import offices
from propdesk.services.offices import OpenOffice
from propdesk.services.queries.office import demo_moment
from propdesk.services.queries.staff import first_desk, list_staff
from ui.background import Progress
from ui.context import AppContext
from ui.dialogs.messages import Messages, Verb
from ui.main_window import MainWindow
from ui.papers import empty_papers
from ui.start import open_at_start
from ui.tables.memory import Memory
from ui.widgets.buttons import Kind


def begin_session(
    window: MainWindow, named: Path | None, *, is_kept: bool, at_the_end: ExitStack
) -> OpenOffice | None:
    """Open the office (see `open_at_start`) and sit down at the window; None when it is refused.

    The office is closed with `at_the_end`. Raises Cancelled when the clerk leaves instead.
    """
    messages = Messages(window.theme)
    begun = open_at_start(named, messages, window.theme, is_kept=is_kept, parent=window)
    if begun is None:
        return None
    office = begun.office
    at_the_end.callback(offices.close_office, office)
    context = AppContext(
        office=office,
        staff=_who(window.memory),
        theme=window.theme,
        messages=messages,
        memory=window.memory,
        now=office_clock(),
    )
    empty_papers(context.papers)
    window.sit_down(context)
    QTimer.singleShot(0, lambda: after_sitting_down(window, context, begun.errand))
    return office


def office_clock() -> Callable[[], datetime]:
    """Return the clock of the open office: the PC's, or for a demo its own day going on."""
    moment, start = demo_moment(), clock.now()
    if moment is None:
        return clock.now
    return lambda: moment + (clock.now() - start)


def _who(memory: Memory) -> Staff:
    """Return who sat here last, else the first front-desk member (decision 24)."""
    last = memory.recall("staff")
    for member in list_staff():
        if member.code == last:
            return member
    return first_desk()


def after_sitting_down(window: MainWindow, context: AppContext, errand: str | None = None) -> None:
    """Do what must not hold up the first page: the clock question, who sits here, an errand.

    Whoever comes from the guide (`errand` is not None) has just said who sits here.
    """
    if not window.isVisible():  # closed again while it was loading
        return
    doubt = offices.doubt_clock(context.now())
    if doubt is not None:
        sentence = (
            _("The PC says {now}, but the last entry is of {last}: the clock may be wrong.")
            if doubt.backwards
            else _("The PC says {now}; the last entry is of {last}, more than 30 days ago.")
        ).format(now=f"{doubt.now:%Y-%m-%d %H:%M}", last=f"{doubt.last:%Y-%m-%d %H:%M}")
        verbs = (Verb("stop", _("Close and set the clock")), Verb("go", _("The time is right")))
        if context.messages.choose(window, _("Is the clock right?"), sentence, verbs) == "stop":
            window.close()
            return
    check_behind_the_picture(window, context)
    if errand is not None:
        context.navigation.errand_wanted.emit(errand)
    elif len(list_staff()) > 1 and demo_moment() is None:
        window.status.ask_who()


def check_behind_the_picture(window: MainWindow, context: AppContext) -> None:
    """Run SQLite's quick check beside the window (decision 43); tell the clerk of damage."""

    def job(_progress: Progress) -> None:
        with offices.working_connection():
            offices.check_quickly()

    def on_error(error: BaseException) -> None:
        if not isinstance(error, RuleError):
            raise error
        verbs = (
            Verb("close", _("Close the program")),
            Verb("backups", _("Show the backups"), Kind.PRIMARY),
        )
        title = _("The data file is damaged")
        if context.messages.choose(window, title, str(error), verbs) == "backups":
            window.status.open_backups()
        else:
            window.close()

    context.background.run(job, lambda _nothing: None, on_error)
