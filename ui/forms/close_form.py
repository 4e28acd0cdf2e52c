"""The form of the closing (关闭): what is still missing, each with its act, and the reason."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from propdesk.domain.errors import DraftError, Problem
from propdesk.domain.gates import Gate, GateAct, GatesError, unmet_gates
from propdesk.domain.tickets import Ticket, needs_follow_up
from propdesk.i18n import _
from propdesk.services.tickets import close_ticket
from ui.context import AppContext
from ui.forms.move_form import TextMove
from ui.pages.ticket_acts import LOOKS, Act
from ui.theme import Ink, Space
from ui.widgets.buttons import Button
from ui.widgets.labels import Label
from ui.widgets.panes import Icon

_AT_THE_EDGE = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class GateList(QWidget):
    """What keeps a ticket from being closed, one sentence each, with the button that mends it.

    `wanted` comes with the act of a gate; the digit of its line takes it too.
    """

    wanted = Signal(object)

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self.setAccessibleName(_("Still missing"))
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, Space.XS)
        self._grid.setHorizontalSpacing(Space.S)
        self._grid.setVerticalSpacing(Space.XS)
        self._grid.setColumnStretch(1, 1)
        self._lines: list[QWidget] = []
        self.gates: tuple[Gate, ...] = ()
        self.buttons: list[Button] = []

    def show_gates(self, gates: Sequence[Gate]) -> None:
        """Show these gates; those that only want the reason have no button."""
        for widget in self._lines:
            self._grid.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._lines, self.buttons, self.gates = [], [], tuple(gates)
        middle = Qt.AlignmentFlag.AlignVCenter
        theme = self._context.theme
        for row, gate in enumerate(gates):
            icon = Icon(theme, "circle-alert", ink=Ink.WARN)
            sentence = Label(theme, gate.sentence, wrap=True)
            self._grid.addWidget(icon, row, 0, middle)
            self._grid.addWidget(sentence, row, 1)
            self._lines += [icon, sentence]
            if gate.act is not GateAct.REASON:
                self._add_button(row, Act(gate.act.value), sentence)
        self.setVisible(bool(gates))

    def _add_button(self, row: int, act: Act, sentence: Label) -> None:
        digit = str(len(self.buttons) + 1)
        button = Button(self._context.theme, str(LOOKS[act].word), hint=digit)
        button.setAccessibleDescription(sentence.text())
        button.clicked.connect(lambda: self.wanted.emit(act))
        self._grid.addWidget(button, row, 2, _AT_THE_EDGE)
        self._lines.append(button)
        self.buttons.append(button)

    def press(self, digit: str) -> bool:
        """Take the act of a digit; tell whether there is one."""
        if not digit.isdecimal() or not 1 <= int(digit) <= len(self.buttons):
            return False
        self.buttons[int(digit) - 1].click()
        return True


class CloseForm(TextMove):
    """All unmet gates at once; the form waits while one of their acts is done (`act_wanted`)."""

    act_wanted = Signal(object)

    def __init__(self, context: AppContext, ticket: Ticket) -> None:
        hint = _("Needed when nobody was reached, or not all is clear")
        is_gated = needs_follow_up(ticket.kind)
        super().__init__(context, ticket, Act.CLOSE, _("Reason"), hint if is_gated else "")
        self.gates = GateList(context)
        self.gates.wanted.connect(self.act_wanted)
        self.column.insertWidget(1, self.gates)
        self.renew(ticket)

    def renew(self, ticket: Ticket) -> None:
        """Show what is still missing of the ticket as it stands now; the reason stays typed."""
        self.ticket = ticket
        self.gates.show_gates(unmet_gates(ticket, self.context.now().date()))

    def take_focus(self) -> None:
        """Put the keyboard on the first thing to do: a gate's button, else the reason."""
        if self.gates.buttons:
            self.gates.buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.text.setFocus()

    def act(self) -> str:
        """Close the ticket, or show everything that keeps it open."""
        by, now = self.who()
        try:
            close_ticket(self.ticket.id, reason=self.text.words(), by=by, now=now)
        except GatesError as refusal:
            self.gates.show_gates(refusal.gates)
            raise DraftError(self._missing()) from refusal
        return _("{number} is closed").format(number=self.ticket.number)

    def _missing(self) -> tuple[Problem, ...]:
        problems = []
        if self.gates.buttons:
            sentence = _("First do what is listed above; its digit leads there.")
            problems.append(Problem("gates", sentence))
        if any(gate.act is GateAct.REASON for gate in self.gates.gates):
            problems.append(Problem("text", _("Write the reason.")))
        return tuple(problems)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the gate of a digit."""
        if not self.gates.press(event.text()):
            super().keyPressEvent(event)
