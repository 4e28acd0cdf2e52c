"""The window of the first start: one page at a time over the painted frame, its foot the same.

Enter goes on, Esc goes back; where there is no way back, Esc leaves. Whatever was stored or typed
is there again at the next start (issue 3, decision 45).
"""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, QTimer
from PySide6.QtGui import QCloseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QWidget

from propdesk import clock, paths
from propdesk.domain.errors import Cancelled, RuleError
from propdesk.domain.first_start import STEPS, Step, step_after, step_before
from propdesk.i18n import _
from propdesk.services.demo import prepare_demo
from propdesk.services.drafts import drop_draft, get_draft, keep_draft
from propdesk.services.first_start import go_to_step
from propdesk.services.offices import OpenOffice
from propdesk.services.queries.staff import first_desk
from ui.background import Background, Progress
from ui.dialogs.base import Dialog
from ui.dialogs.messages import Messages
from ui.dialogs.work_dialog import work_through
from ui.first_start.done import DonePage
from ui.first_start.drives import Drive, attached_drives
from ui.first_start.page import StartPage
from ui.first_start.steps import BackupsPage, CommunityPage, OfficePage, StaffPage
from ui.first_start.ways_in import BringOverPage, HerePage, WaysInPage
from ui.reading_order import step as walk
from ui.theme import Ink, Size, Space, Theme
from ui.typed_draft import KEEP_MS
from ui.widgets.buttons import Button, Kind
from ui.widgets.painting import LEFT, ground, text
from ui.widgets.tabs import ProgramMark

_WIDTH, _HEIGHT = 660, 292
_BAR, _BAR_GAP, _BAR_HEIGHT = 26, 5, 4


class StepMarks(QWidget):
    """How far the guide is: a short bar for each step, and the figure `2/4`."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._step = 0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_step(self, step: Step | None) -> None:
        """Show at which step the guide is; None: outside of it."""
        self._step = 0 if step is None else STEPS.index(step) + 1
        self.setAccessibleName(
            _("Step {step} of {steps}").format(step=self._step, steps=len(STEPS))
        )
        self.setVisible(step is not None)
        self.update()

    def sizeHint(self) -> QSize:
        """Take the room of the bars and the figure."""
        bars = len(STEPS) * (self._theme.px(_BAR) + _BAR_GAP)
        return QSize(bars + self._theme.px(36), self._theme.line())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the bars, those of past steps and the present one filled."""
        painter = QPainter(self)
        theme = self._theme
        width = theme.px(_BAR)
        for n in range(len(STEPS)):
            bar = self.rect()
            bar.setLeft(n * (width + _BAR_GAP))
            bar.setWidth(width)
            bar.setTop((self.height() - _BAR_HEIGHT) // 2)
            bar.setHeight(_BAR_HEIGHT)
            fill = theme.ink(Ink.ACCENT) if n < self._step else theme.colours.line_button
            ground(painter, bar, fill, radius=_BAR_HEIGHT / 2)
        painter.setFont(theme.font(Size.SMALL))
        words = self.rect()
        words.setLeft(len(STEPS) * (width + _BAR_GAP) + 4)
        text(painter, words, f"{self._step}/{len(STEPS)}", theme.ink(Ink.TEXT_3), LEFT)


class FirstStart(Dialog):
    """Asks until there is an office to open, or the clerk leaves.

    With `office` and `step` the guide is taken up again there. Afterwards `office` is the one that
    the guide made (still open), or `folder` one to be opened (`is_kept`: from now on); `errand` is
    what the clerk wants to do first.
    """

    def __init__(
        self,
        theme: Theme,
        messages: Messages,
        parent: QWidget | None,
        *,
        office: OpenOffice | None = None,
        step: Step | None = None,
        drives: Callable[[], Sequence[Drive]] = attached_drives,
    ) -> None:
        super().__init__(theme, parent, _("Welcome to propdesk"), width=_WIDTH)
        self.office = office
        self.folder: Path | None = None
        self.is_kept = True
        self.errand = ""
        self._messages = messages
        self._drives = drives
        self._background = Background(self)
        self._step: Step | None = None
        self._page: StartPage | None = None
        head = QHBoxLayout()
        head.setSpacing(Space.M)
        self._mark = ProgramMark(theme)
        head.addWidget(self._mark)
        head.addWidget(self.heading, 1)
        self.body.addLayout(head)
        self._lead = self.add_sentence("", is_quiet=True)
        self._stack = QStackedWidget()
        self._stack.setFixedHeight(theme.px(_HEIGHT))
        self.body.addWidget(self._stack)
        self._refusal = self.add_sentence("")
        self._refusal.hide()
        # One sentence is shorter than another; the title stays where it is.
        self.body.addStretch(1)
        self._build_foot()
        self._keeping = QTimer(self)
        self._keeping.setSingleShot(True)
        self._keeping.setInterval(KEEP_MS)
        self._keeping.timeout.connect(lambda: self._attempt(self._keep_typed))
        if step is None:
            self._show_ways_in()
        else:
            self._show_step(step)

    def _build_foot(self) -> None:
        self._leave = Button(self.theme, _("Quit"))
        self._leave.clicked.connect(self.leave)
        self._marks = StepMarks(self.theme)
        self._back = Button(self.theme, _("Back"), hint="Esc")
        self._back.clicked.connect(self.go_back)
        self._next = Button(self.theme, _("Next"), kind=Kind.PRIMARY, hint="Enter")
        self._next.setDefault(True)
        self._next.clicked.connect(self.go_on)
        self._foot.insertWidget(0, self._leave)
        self._foot.insertSpacing(1, Space.S)
        self._foot.insertWidget(2, self._marks)
        self._foot.addWidget(self._back)
        self._foot.addWidget(self._next)

    # -- pages

    def _show(self, page: StartPage, step: Step | None = None) -> None:
        """Bring a page into sight and give it the keyboard."""
        if self._page is not None:
            self._page.hide()
            self._stack.removeWidget(self._page)
            self._page.deleteLater()
        self._page, self._step = page, step
        page.went_on.connect(self.go_on)
        page.changed.connect(self._on_changed)
        page.is_ready.connect(self._next.setFocus)
        self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)
        self.heading.show_text(page.title)
        self._lead.show_text(page.sentence)
        self._mark.setVisible(isinstance(page, WaysInPage))
        self._marks.show_step(step)
        self._refusal.hide()
        self._dress_foot()
        page.enter()

    def _dress_foot(self) -> None:
        page = self._page
        if page is None:
            return
        word = page.next_word()
        self._next.setVisible(bool(word))
        self._next.show_word(word)
        self._next.show_hint(page.next_hint)
        # Behind the guide the office is open: its window comes, whichever way one goes.
        self._leave.setVisible(not isinstance(page, DonePage))
        self._back.setVisible(self._has_way_back())

    def _has_way_back(self) -> bool:
        if self._step is Step.OFFICE:
            return self.office is None
        return not isinstance(self._page, WaysInPage | DonePage)

    def _show_step(self, step: Step) -> None:
        page = self._build_step(step)
        draft = get_draft(_form(step)) if self.office is not None else None
        if draft is not None:
            page.show_typed(draft[0])
        self._show(page, step)

    def _build_step(self, step: Step) -> StartPage:
        if step is Step.COMMUNITY:
            return CommunityPage(self.theme)
        if step is Step.STAFF:
            return StaffPage(self.theme)
        if step is Step.BACKUPS and self.office is not None:
            return BackupsPage(
                self.theme, self._messages, self.office, self._background, self._drives
            )
        return OfficePage(self.theme, self._messages, self.office)

    def _show_ways_in(self) -> None:
        page = WaysInPage(self.theme)
        page.ways.taken.connect(self._take)
        self._show(page)

    # -- going on, going back, leaving

    def _take(self, way: str) -> None:
        """Take one of the four ways in."""
        if way == "new":
            self._show_step(Step.OFFICE)
        elif way == "over":
            self._show(BringOverPage(self.theme, self._messages, self._background, self._drives))
        elif way == "here":
            self._show(HerePage(self.theme, self._messages))
        else:
            self._prepare_demo()

    def go_on(self) -> None:
        """Store the page and show the next one, or end with an office."""
        page = self._page
        if page is None or not self._attempt(page.store):
            return
        if isinstance(page, OfficePage):
            self.office = page.office
        if self._step is not None:
            self._attempt(self._step_on)
        elif isinstance(page, DonePage):
            self.errand = page.errand
            self.choose("done")
        elif isinstance(page, BringOverPage | HerePage):
            self.folder = page.folder
            self.choose("done")

    def _step_on(self) -> bool:
        assert self._step is not None  # noqa: S101 - asked for at a step alone
        self._keeping.stop()
        following = step_after(self._step)
        go_to_step(following, by=first_desk().id)
        drop_draft(_form(self._step))
        if following is None:
            self._show(DonePage(self.theme))
        else:
            self._show_step(following)
        return True

    def go_back(self) -> None:
        """Show the page before; what was typed here stays for later."""
        if not self._has_way_back():
            self.leave()
            return
        before = step_before(self._step) if self._step is not None else None
        if before is None:
            self._show_ways_in()
        else:
            self._attempt(partial(self._step_back, before))

    def _step_back(self, before: Step) -> bool:
        self._keep_typed()
        go_to_step(before, by=first_desk().id)
        self._show_step(before)
        return True

    def leave(self) -> None:
        """Close without an office to open; a guide under way goes on at the next start."""
        if isinstance(self._page, DonePage):
            self.choose("done")
            return
        self._attempt(self._keep_typed)
        super().reject()

    def reject(self) -> None:
        """Esc is the way back."""
        self.go_back()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Alt+F4 leaves, wherever one is."""
        event.ignore()
        self.leave()

    def done(self, result: int) -> None:
        """Let what runs behind the window end before it goes."""
        self._keeping.stop()
        self._background.stop()
        super().done(result)

    # -- the parts

    def _on_changed(self) -> None:
        self._dress_foot()
        if self.office is not None and self._step is not None:
            self._keeping.start()

    def _keep_typed(self) -> bool:
        self._keeping.stop()
        if self.office is not None and self._step is not None and self._page is not None:
            keep_draft(_form(self._step), self._page.typed(), now=clock.now())
        return True

    def _attempt(self, act: Callable[[], bool]) -> bool:
        """Do something with the office; what stands in the way is said below the page."""
        self._refusal.hide()
        try:
            return act()
        except RuleError as refusal:
            self._refusal.show_text(str(refusal), Ink.DANGER)
            self._refusal.show()
            return False

    def _prepare_demo(self) -> None:
        """Make the demo office behind a bar that can be stopped; nothing half of it stays."""
        folder = paths.demo_data()

        def job(progress: Progress) -> None:
            prepare_demo(folder, now=clock.now(), on_progress=progress)

        title = _("Making the demo office")
        sentence = _("300 households and the tickets of some months: up to half a minute.")

        def prepare() -> bool:
            work_through(self.theme, self, title, sentence, job)
            return True

        try:
            is_made = self._attempt(prepare)
        except Cancelled:
            return
        if is_made:
            self.folder, self.is_kept = folder, False
            self.choose("done")

    def focusNextPrevChild(self, is_forward: bool) -> bool:
        """Let Tab follow the reading order, as rows are added on the way."""
        return walk(self, is_forward=is_forward)


def _form(step: Step) -> str:
    return f"first-start-{step}"
