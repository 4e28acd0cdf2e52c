"""The window never freezes (decision 47): the longest gap between ticks of its thread while the
slow work of a day runs behind it.
"""

import time
from datetime import datetime, timedelta, timezone
from functools import partial
from itertools import pairwise

import pytest
from PySide6.QtCore import QTimer

from propdesk.domain.imports import ImportKind
from propdesk.domain.months import Month
from propdesk.domain.tickets import Kind, TicketDraft
from propdesk.services import (
    bulk,
    importing,
    offices,
    printing,
    reporting,
    tickets,
)
from propdesk.services.queries.staff import first_desk
from ui.context import AppContext
from ui.dialogs.messages import Messages
from ui.main_window import MainWindow
from ui.papers import drawing
from ui.tables.memory import NoMemory
from ui.theme import Theme

TICK_MS = 50
LONGEST = 0.2
NOW = datetime(2026, 11, 21, 9, 30, tzinfo=timezone(timedelta(hours=8)))
MONTH = Month(2019, 7)
MANY = 500


@pytest.fixture
def window(tmp_path, qapp, qtbot):
    """The real window on an office that is still empty."""
    theme = Theme()
    theme.apply(qapp, "light")
    office = offices.open_office(tmp_path / "office", now=NOW)
    context = AppContext(
        office=office,
        staff=first_desk(),
        theme=theme,
        messages=Messages(theme),
        memory=NoMemory(),
        now=lambda: NOW,
    )
    made = MainWindow(theme, NoMemory())
    made.sit_down(context)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    # Every page is in sight once: what they load belongs to their opening.
    for key in ("tickets", "residents", "reports", "today"):
        made.show_page(key)
        qtbot.wait(300)
    yield made
    context.background.stop()
    offices.close_office(office)


@pytest.fixture
def longest_gap(qtbot):
    """Return the longest gap between two ticks, in seconds, while a piece of work runs.

    `start(done, failed)` begins it; the gap counts until 300 ms after its end, when the pages have
    shown what came of it.
    """

    def measure(start) -> float:
        ticks, ended, errors = [time.perf_counter()], [], []
        timer = QTimer()
        timer.setInterval(TICK_MS)
        timer.timeout.connect(lambda: ticks.append(time.perf_counter()))
        timer.start()
        start(ended.append, lambda error: (errors.append(error), ended.append(None)))
        qtbot.waitUntil(lambda: bool(ended), timeout=60_000)
        qtbot.wait(300)
        timer.stop()
        ticks.append(time.perf_counter())
        assert not errors, errors
        return max(later - earlier for earlier, later in pairwise(ticks))

    return measure


def test_slow_work_behind_the_window(window, longest_gap, told, complaints_file, tmp_path):
    context = window.context

    def take_in(done, failed):
        def job(progress):
            with offices.working_connection():
                return importing.import_file(
                    ImportKind.COMPLAINTS,
                    complaints_file,
                    by=context.staff.id,
                    now=NOW,
                    on_progress=progress,
                )

        def shown(result):
            context.changes.tickets_changed.emit()
            done(result)

        context.background.run(job, shown, failed)

    def report(done, failed):
        def draw(_progress):
            return reporting.write_complaint_report(
                MONTH, tmp_path / "report.pdf", by=context.staff, now=NOW
            )

        context.background.run(drawing(context, draw), done, failed)

    def back_up(done, failed):
        window.status.keeper.back_up(done, failed)

    window.show_page("tickets")
    for name, start in (("import", take_in), ("report", report), ("backup", back_up)):
        gap = longest_gap(start)
        told(f"longest gap of the window: {name}", gap, LONGEST, 1)
        assert gap < 2 * LONGEST, f"{name}: the window stood still for {gap * 1e3:.0f} ms"


def test_five_hundred_tickets_at_once(window, longest_gap, told, tmp_path):
    """500 tickets dispatched and their work orders drawn behind the window, then read again."""
    context = window.context
    by = context.staff.id
    draft = TicketDraft(Kind.REPAIR, "卫生间漏水，请尽快上门", place="3栋")
    chosen = [
        tickets.register_ticket(draft, by=by, now=NOW - timedelta(minutes=n)).id
        for n in range(MANY)
    ]
    window.show_page("tickets")

    def dispatch(done, failed):
        def job(progress):
            act = partial(tickets.dispatch_ticket, by=by, now=NOW, handler_id=by)
            with offices.working_connection():
                return bulk.run_each(chosen, act, on_progress=progress)

        def shown(result):
            assert len(result.done) == MANY
            context.changes.tickets_changed.emit()
            done(result)

        context.background.run(job, shown, failed)

    def draw(done, failed):
        def job(progress):
            target = tmp_path / "orders.pdf"
            return printing.print_work_orders(
                chosen, target, by=context.staff, now=NOW, on_progress=progress
            )

        context.background.run(drawing(context, job), done, failed)

    for name, start in (("dispatch of 500", dispatch), ("500 work orders", draw)):
        gap = longest_gap(start)
        told(f"longest gap of the window: {name}", gap, LONGEST, 1)
        assert gap < 2 * LONGEST, f"{name}: the window stood still for {gap * 1e3:.0f} ms"
