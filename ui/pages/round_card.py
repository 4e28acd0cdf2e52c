"""The right half for a round that has no sheet yet: what it is, and the ways to go on."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout

from propdesk.domain.check_items import INSPECTION_LABELS
from propdesk.domain.rounds import Round, Standing
from propdesk.domain.staff import Right
from propdesk.i18n import _
from ui.context import AppContext
from ui.pages.inspection_words import may, standing_mark, time_words
from ui.pages.ticket_words import local
from ui.theme import Ink, Size, Space, Tone
from ui.widgets.badges import Badge
from ui.widgets.buttons import Button, Kind
from ui.widgets.fact_line import FactLine
from ui.widgets.facts import Fact
from ui.widgets.labels import Label, Surface
from ui.widgets.panes import ActionBar


class RoundCard(Surface):
    """A round before its paper: make the sheet and enter it, print it, move it, make up for it."""

    left = Signal()
    entry_wanted = Signal()
    print_wanted = Signal()
    postpone_wanted = Signal()
    make_up_wanted = Signal()

    def __init__(self, context: AppContext) -> None:
        super().__init__(context.theme)
        self._context = context
        theme = context.theme
        self.round: Round | None = None
        self._title = Label(theme, size=Size.TITLE, bold=True, wrap=True)
        self._badge = Badge(theme)
        self._facts = FactLine(theme)
        self._words = Label(theme, ink=Ink.TEXT_2, wrap=True)
        self._note = Label(theme, ink=Ink.TEXT_3, wrap=True)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        column = QVBoxLayout()
        column.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        column.setSpacing(Space.S)
        for widget in (self._badge, self._title, self._facts, self._words, self._note):
            column.addWidget(widget)
        column.addStretch(1)
        whole.addLayout(column, 1)
        self.enter_sheet = Button(theme, _("Enter it now"), kind=Kind.PRIMARY, icon="pencil",
                                  shortcut="F7")  # fmt: skip
        self.print_sheet = Button(theme, _("Print the sheet"), icon="printer", shortcut="F6")
        self.make_up = Button(theme, _("Make up for it"), kind=Kind.PRIMARY, shortcut="F8",
                              icon="repeat-2")  # fmt: skip
        self.postpone = Button(theme, _("Postpone"), icon="calendar-plus", shortcut="F4")
        self.enter_sheet.clicked.connect(self.entry_wanted)
        self.print_sheet.clicked.connect(self.print_wanted)
        self.make_up.clicked.connect(self.make_up_wanted)
        self.postpone.clicked.connect(self.postpone_wanted)
        self._bar = ActionBar(
            theme, [self.enter_sheet, self.make_up, self.print_sheet, self.postpone]
        )
        whole.addWidget(self._bar)

    def show_round(self, round_: Round) -> None:
        """Show a round; what its standing and the rights do not allow is not offered."""
        self.round = round_
        staff = self._context.staff
        mark = standing_mark(round_)
        self._badge.show_badge(mark.words, mark.tone or Tone.NEUTRAL)
        self._title.show_text(round_.name)
        self._facts.show_facts(
            [
                Fact(_("Day"), round_.day.isoformat()),
                Fact(_("Time"), time_words(round_)),
                Fact(_("Walked by"), round_.walker),
                Fact(_("Kind"), str(INSPECTION_LABELS[round_.kind])),
            ]
        )
        self._words.show_text(self._sentence(round_))
        self._note.show_text(round_.note)
        is_open = round_.standing in (Standing.PLANNED, Standing.RUNNING)
        now = local(self._context.now())
        is_today = round_.day <= now.date()
        can_walk = may(staff, Right.DO_ROUNDS)
        can_plan = may(staff, Right.PLAN_ROUNDS)
        self.enter_sheet.setVisible(is_open and is_today and can_walk)
        self.print_sheet.setVisible(is_open and can_walk)
        self.postpone.setVisible(round_.id > 0 and round_.may_move(now) and can_plan)
        self.make_up.setVisible(round_.may_be_made_up_for(now) and can_plan)
        shown = (self.enter_sheet, self.print_sheet, self.postpone, self.make_up)
        self._bar.setVisible(any(not one.isHidden() for one in shown))

    @staticmethod
    def _sentence(round_: Round) -> str:
        if round_.standing is Standing.CANCELLED:
            return _("The round was called off.")
        if round_.standing is Standing.MISSED:
            if round_.made_up_by is None:
                return _("It was not done in its time. Another round can make up for it.")
            return (
                _("It was missed and stays so; another round made up for it.")
                if round_.is_made_up
                else _("It was missed and stays so; another round is planned for it.")
            )
        if round_.standing in (Standing.DONE, Standing.DONE_LATE):
            return _("It was done without a sheet.")
        if round_.latest_on is not None:
            words = _("No sheet was printed yet. The last lawful day is {day}.")
            return words.format(day=round_.latest_on)
        return _("No sheet was printed yet.")

    def take_focus(self) -> None:
        """Put the keyboard on the first act that is offered."""
        for one in (self.enter_sheet, self.make_up, self.print_sheet, self.postpone):
            if one.isVisible():
                one.setFocus()
                return

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back to the list with Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
