"""The main window: tabs on top, one page, the desk search, the status bar."""

from pathlib import Path

from PySide6.QtCore import QByteArray, QTimer
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from propdesk.i18n import _
from propdesk.services.queries.tickets import TODAY_COLUMNS, TicketFilter, count_tickets
from ui.context import AppContext
from ui.pages.page import Page
from ui.reading_order import step
from ui.registry import TABS, Tab
from ui.widgets.search import SearchField
from ui.widgets.tabs import TopBar, TopTabs

_FIRST_SIZE = (1280, 720)
_MINUTE_MS = 60_000


class MainWindow(QMainWindow):
    """The frame; pages are built when they are first opened."""

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self.context = context
        self._pages: dict[str, Page] = {}
        self.next_office: Path | None = None
        self._show_title()
        self.setWindowIcon(context.theme.icons.program_icon())
        self._tabs = TopTabs(context.theme)
        for tab in TABS:
            self._tabs.add_tab(tab.icon, str(tab.word))
            key = QShortcut(QKeySequence(f"Ctrl+{tab.number}"), self)
            key.activated.connect(lambda wanted=tab.key: self.show_page(wanted))
        self._tabs.currentChanged.connect(self._on_tab_changed)
        from ui.desk_search import DeskSearch
        from ui.status import StatusBar

        self.search = SearchField(
            context.theme, _("House / name / pinyin / phone / number"), "Ctrl+K", width=290
        )
        self._stack = QStackedWidget()
        self.status = StatusBar(context, self)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(TopBar(context.theme, _("propdesk"), self._tabs, self.search))
        column.addWidget(self._stack, 1)
        column.addWidget(self.status)
        self.setCentralWidget(body)
        self._desk = DeskSearch(context, self.search, self._stack)
        self._connect()
        self._restore_place()
        self.show_page(context.memory.recall("window/page") or TABS[0].key)

    def _connect(self) -> None:
        context = self.context
        changes = context.changes
        for signal in (changes.tickets_changed, changes.residents_changed,
                       changes.staff_changed, changes.settings_changed):  # fmt: skip
            signal.connect(self._on_changed)
        navigation = context.navigation
        navigation.page_wanted.connect(self.show_page)
        navigation.ticket_wanted.connect(lambda one: self._show("tickets", "show_ticket", one))
        navigation.tickets_wanted.connect(lambda group: self._show("tickets", "show_group", group))
        navigation.unit_wanted.connect(lambda unit: self._show("residents", "show_unit", unit))
        context.changes.settings_changed.connect(self._show_title)
        navigation.office_wanted.connect(self._on_office_wanted)
        navigation.settings_wanted.connect(self.status.open_settings)
        navigation.backups_wanted.connect(self.status.open_backups)
        navigation.intake_wanted.connect(lambda intake: self._show("tickets", "begin", intake))
        # What becomes overdue does so without a change: look once a minute.
        self._minute = QTimer(self)
        self._minute.setInterval(_MINUTE_MS)
        self._minute.timeout.connect(self._on_changed)
        self._minute.start()

    def _show_title(self) -> None:
        office = self.context.settings.office_name
        self.setWindowTitle(_("propdesk — {office}").format(office=office))

    def _on_office_wanted(self, folder: Path) -> None:
        """Close this office; the program opens the other one next."""

        def leave() -> None:
            self.next_office = folder
            if not self.close():
                self.next_office = None

        # The dialog that asked for it must be gone first.
        QTimer.singleShot(0, leave)

    def _show(self, key: str, verb: str, value: object) -> None:
        self.show_page(key)
        getattr(self._pages[key], verb)(value)

    def page(self, key: str) -> Page:
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

    def _on_changed(self) -> None:
        for page in self._pages.values():
            page.mark_stale()
        self.show_counts()

    def show_counts(self) -> None:
        """Show on the tabs how much waits: what is due today, what is open."""
        now, me = self.context.now(), self.context.staff.id
        waits = sum(
            count_tickets(TicketFilter(group=group, staff_id=me), now=now)
            for group in TODAY_COLUMNS
            if group not in {"overdue", "in-work"}
        )
        counts = {"today": waits, "tickets": count_tickets(TicketFilter(group="open"), now=now)}
        for place, tab in enumerate(TABS):
            self._tabs.show_count(place, counts.get(tab.key, 0))

    def showEvent(self, event: QShowEvent) -> None:
        """Count behind the first picture, and give the page the keyboard: now it is in sight."""
        super().showEvent(event)
        if not event.spontaneous():
            self._current_page().enter()
            QTimer.singleShot(0, self.show_counts)

    def _current_page(self) -> Page:
        return self.page(TABS[self._tabs.currentIndex()].key)

    def _restore_place(self) -> None:
        self.resize(*_FIRST_SIZE)
        kept = self.context.memory.recall("window/place")
        if kept:
            self.restoreGeometry(QByteArray.fromHex(kept.encode("ascii")))

    def focusNextPrevChild(self, is_forward: bool) -> bool:
        """Let Tab follow the reading order through the whole frame."""
        return step(self, is_forward=is_forward)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep half-typed forms and the window's place; back up if none was made today."""
        if not all(page.settle() for page in self._pages.values()):
            event.ignore()
            return
        memory = self.context.memory
        memory.remember("window/place", bytes(self.saveGeometry().toHex().data()).decode("ascii"))
        memory.remember("window/page", TABS[self._tabs.currentIndex()].key)
        self.status.close_day()
        self.context.background.stop()
        event.accept()
