"""The main window: tabs on top, one page, the desk search, the status bar.

Its frame is shown before anything of the office is loaded; what needs the office comes with
`sit_down`, and what only that needs is imported there.
"""

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QEvent, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from propdesk.i18n import _
from ui.reading_order import step
from ui.registry import TABS, Tab
from ui.tables.memory import Memory
from ui.theme import Theme
from ui.widgets.search import SearchField
from ui.widgets.statusbar import StatusItem, StatusRow
from ui.widgets.tabs import TopBar, TopTabs

if TYPE_CHECKING:
    from propdesk.domain.contacts import ContactDraft
    from ui.context import AppContext
    from ui.forms.move_form import MoveForm
    from ui.pages.page import Page
    from ui.status import StatusBar

_FIRST_SIZE = (1280, 720)
_MINUTE_MS = 60_000
_BLOCKS = (QEvent.Type.WindowBlocked, QEvent.Type.WindowUnblocked)


class MainWindow(QMainWindow):
    """The frame; pages are built when they are first opened.

    `pictured` is emitted once, behind the first picture. `context` and `status` are there from
    `sit_down` on (`is_seated`). Once it is closed, `next_office` is what the program opens instead,
    and `begins_anew` tells that it looks for an office as at its start (the demo is left).
    """

    pictured = Signal()

    context: "AppContext"
    status: "StatusBar"

    def __init__(self, theme: Theme, memory: Memory) -> None:
        super().__init__()
        self.theme = theme
        self.memory = memory
        self.is_seated = False
        self.next_office: Path | None = None
        self.begins_anew = False
        self._pages: dict[str, Page] = {}
        self._is_pictured = False
        self.setWindowTitle(_("propdesk"))
        self._tabs = TopTabs(theme)
        for tab in TABS:
            self._tabs.add_tab(tab.icon, str(tab.word))
        self._tabs.setCurrentIndex(TABS.index(self._tab(memory.recall("window/page"))))
        self.search = SearchField(theme, _("House, name, phone or number"), "Ctrl+K", width=290)
        self._stack = QStackedWidget()
        # Stands where the status bar will; a question over it hides its words and keeps its room.
        self._opening_words = StatusItem(theme, _("Opening the office ..."), icon="building-2")
        room = self._opening_words.sizePolicy()
        room.setRetainSizeWhenHidden(True)
        self._opening_words.setSizePolicy(room)
        self._opening = StatusRow(theme, [self._opening_words], [])
        body = QWidget()
        self._column = QVBoxLayout(body)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._top = TopBar(theme, _("propdesk"), self._tabs, self.search)
        self._column.addWidget(self._top)
        self._column.addWidget(self._stack, 1)
        self._column.addWidget(self._opening)
        self.setCentralWidget(body)
        self._restore_place()
        # Until a page has the keyboard nothing shows a focus ring.
        self._stack.setFocus()

    def event(self, event: QEvent) -> bool:
        """Tell once that the first picture was drawn; what is queued comes after it is flushed.

        While a question stands over the frame no office is being opened, and nothing says so.
        """
        kind = event.type()
        if kind == QEvent.Type.Paint and not self._is_pictured:
            self._is_pictured = True
            QTimer.singleShot(0, self.pictured.emit)
        elif kind in _BLOCKS and not self.is_seated:
            self._opening_words.setVisible(kind == QEvent.Type.WindowUnblocked)
        return super().event(event)

    def sit_down(self, context: "AppContext") -> None:
        """Fill the frame with an open office: status bar, desk search, and the page of last time.

        Keys that the clerk has typed meanwhile arrive afterwards.
        """
        from ui.desk_search import DeskSearch
        from ui.status import StatusBar

        self.context = context
        self.is_seated = True
        self.status = StatusBar(context, self)
        self._column.replaceWidget(self._opening, self.status)
        self._opening.deleteLater()
        self._desk = DeskSearch(context, self.search, self._stack)
        self._connect(context)
        self._show_title()
        self.show_page(self._current().key)
        if self.isVisible():
            QTimer.singleShot(0, self.show_counts)

    def take_scans(self, app: QGuiApplication) -> None:
        """Open the form of a work order whose code is scanned, whatever the clerk is at."""
        from ui.paper_desk import PaperDesk

        self._papers = PaperDesk(self.context, app, self._stack, self._begun_form)

    def _connect(self, context: "AppContext") -> None:
        self._tabs.currentChanged.connect(self._on_tab_changed)
        for tab in TABS:
            key = QShortcut(QKeySequence(f"Ctrl+{tab.number}"), self)
            key.activated.connect(lambda wanted=tab.key: self.show_page(wanted))
        changes = context.changes
        for signal in (changes.tickets_changed, changes.residents_changed,
                       changes.contacts_changed, changes.fees_changed,
                       changes.inspections_changed, changes.staff_changed,
                       changes.settings_changed):  # fmt: skip
            signal.connect(self._on_changed)
        changes.settings_changed.connect(self._show_title)
        navigation = context.navigation
        navigation.page_wanted.connect(self.show_page)
        navigation.ticket_wanted.connect(lambda one: self._show("tickets", "show_ticket", one))
        navigation.tickets_wanted.connect(lambda group: self._show("tickets", "show_group", group))
        navigation.cluster_wanted.connect(
            lambda cluster: self._show("tickets", "offer_incident", cluster)
        )
        navigation.unit_wanted.connect(lambda unit: self._show("residents", "show_unit", unit))
        navigation.account_wanted.connect(lambda unit: self._show("fees", "show_account", unit))
        navigation.fee_paper_wanted.connect(lambda one: self._show("fees", "show_paper", one))
        navigation.sheet_wanted.connect(lambda one: self._show("inspections", "open_sheet", one))
        navigation.office_wanted.connect(self._on_office_wanted)
        navigation.own_office_wanted.connect(self._on_own_office_wanted)
        navigation.errand_wanted.connect(lambda errand: self._show("today", "run_errand", errand))
        navigation.contact_wanted.connect(self._on_contact_wanted)
        navigation.contacts_wanted.connect(self._on_contacts_wanted)
        navigation.papers_wanted.connect(self.status.open_papers)
        navigation.settings_wanted.connect(self.status.open_settings)
        navigation.backups_wanted.connect(self.status.open_backups)
        navigation.intake_wanted.connect(lambda intake: self._show("tickets", "begin", intake))
        navigation.paper_wanted.connect(lambda paper: self._show("tickets", "enter_paper", paper))
        # What becomes overdue does so without a change: look once a minute.
        self._minute = QTimer(self)
        self._minute.setInterval(_MINUTE_MS)
        self._minute.timeout.connect(self._on_minute)
        self._minute.start()
        # A window whose office is closed counts nothing any more.
        self.context.background.stopped.connect(self._minute.stop)

    def _show_title(self) -> None:
        from propdesk.services.queries.office import demo_moment

        office = self.context.settings.office_name
        title, mark = _("propdesk — {office}"), ""
        if demo_moment() is not None:
            title, mark = _("DEMO — propdesk — {office}"), _("Demo")
        self.setWindowTitle(title.format(office=office))
        self._top.show_mark(mark)

    def _on_office_wanted(self, folder: Path) -> None:
        """Close this office; the program opens the other one next."""

        def leave() -> None:
            self.next_office = folder
            if not self.close():
                self.next_office = None

        # The dialog that asked for it must be gone first.
        QTimer.singleShot(0, leave)

    def _on_own_office_wanted(self) -> None:
        """Close the demo; the program begins as if it were started now."""

        def leave() -> None:
            self.begins_anew = self.close()

        QTimer.singleShot(0, leave)

    def _on_contact_wanted(self, draft: "ContactDraft") -> None:
        from ui.dialogs.contact_dialog import log_contact

        log_contact(self.context, self.page(self._current().key), draft)

    def _on_contacts_wanted(self) -> None:
        from ui.dialogs.contacts_dialog import ContactsDialog

        ContactsDialog(self.context, self.page(self._current().key)).ask()

    def _show(self, key: str, verb: str, value: object) -> None:
        self.show_page(key)
        getattr(self._pages[key], verb)(value)

    def _begun_form(self) -> "MoveForm | None":
        """Return the form of a ticket's act that the clerk has begun, which a scan leaves alone."""
        page = self._pages.get("tickets")
        return None if page is None else page.begun_form()

    def page(self, key: str) -> "Page":
        """Return a page, built now if it was never opened."""
        if key not in self._pages:
            tab = self._tab(key)
            page = tab.build(self.context)
            self._pages[key] = page
            self._stack.addWidget(page)
        return self._pages[key]

    def _tab(self, key: str) -> Tab:
        return next((tab for tab in TABS if tab.key == key), TABS[0])

    def show_page(self, key: str) -> None:
        """Bring a page to the front and give it the keyboard."""
        tab = self._tab(key)
        page = self.page(tab.key)
        self._tabs.blockSignals(True)
        self._tabs.setCurrentIndex(TABS.index(tab))
        self._tabs.blockSignals(False)
        self._stack.setCurrentWidget(page)
        page.catch_up()
        page.enter()

    def _on_tab_changed(self, place: int) -> None:
        self.show_page(TABS[place].key)

    def _on_minute(self) -> None:
        """Look what is due now; after midnight the changes of that day begin."""
        from propdesk.domain.errors import RuleError
        from propdesk.services.rounds import bring_rounds_up_to_date
        from propdesk.services.units import follow_day

        with suppress(RuleError):  # the next minute tries again
            follow_day(now=self.context.now())
            bring_rounds_up_to_date(self.context.now())
        self._on_changed()

    def _on_changed(self) -> None:
        for page in self._pages.values():
            page.mark_stale()
        self.show_counts()

    def show_counts(self) -> None:
        """Show on the tabs how much waits: what is due today, what is open."""
        from propdesk.services.queries.inspection_counts import count_rounds_today
        from propdesk.services.queries.tickets import TicketFilter, count_tickets, count_waiting

        now = self.context.now()
        counts = {
            "today": count_waiting(now=now),
            "tickets": count_tickets(TicketFilter(group="open"), now=now),
            "inspections": count_rounds_today(now.date()),
        }
        for place, tab in enumerate(TABS):
            self._tabs.show_count(place, counts.get(tab.key, 0))

    def showEvent(self, event: QShowEvent) -> None:
        """Count behind the picture, and give the page the keyboard: now it is in sight."""
        super().showEvent(event)
        if self.is_seated and not event.spontaneous():
            self.page(self._current().key).enter()
            QTimer.singleShot(0, self.show_counts)

    def _current(self) -> Tab:
        return TABS[self._tabs.currentIndex()]

    def _restore_place(self) -> None:
        self.resize(*_FIRST_SIZE)
        kept = self.memory.recall("window/place")
        if kept:
            self.restoreGeometry(QByteArray.fromHex(kept.encode("ascii", "ignore")))

    def focusNextPrevChild(self, is_forward: bool) -> bool:
        """Let Tab follow the reading order through the whole frame."""
        return step(self, is_forward=is_forward)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep half-typed forms and the window's place; back up if none was made today."""
        if not self.is_seated:
            return
        if not all(page.settle() for page in self._pages.values()):
            event.ignore()
            return
        place = bytes(self.saveGeometry().toHex().data()).decode("ascii")
        self.memory.remember("window/place", place)
        self.memory.remember("window/page", self._current().key)
        self.status.close_day()
        self.context.background.stop()
        event.accept()
