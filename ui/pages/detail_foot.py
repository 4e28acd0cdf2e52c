"""The foot of a ticket's detail: the bar of its acts, or the small form of one of them."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from propdesk.domain.tickets import Ticket
from ui.forms.close_form import CloseForm
from ui.forms.move_form import MoveForm
from ui.pages.ticket_acts import Act, can_act
from ui.theme import Theme
from ui.widgets.panes import ActionBar


class DetailFoot(QWidget):
    """One form at a time. The closing waits aside while one of its gates is opened (decision 26).

    `finished` comes with what a form has done in words, `left` when the clerk went back to the bar,
    `act_wanted` with an act that a form leads to. `ticket_of` gives the ticket as it stands now.
    """

    finished = Signal(str)
    left = Signal()
    act_wanted = Signal(object)

    def __init__(self, theme: Theme, ticket_of: Callable[[], Ticket | None]) -> None:
        super().__init__()
        self._ticket_of = ticket_of
        self.bar = ActionBar(theme)
        self.form: MoveForm | None = None
        self._waiting: CloseForm | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self.bar)

    def show_form(self, form: MoveForm) -> None:
        """Show a form in the place of the bar, instead of the one that is there."""
        self._drop(self.form)
        form.finished.connect(self._on_finished)
        form.left.connect(self._on_left)
        if isinstance(form, CloseForm):
            self._drop(self._waiting)
            self._waiting = None
            form.act_wanted.connect(self._on_gate)
        self._column.addWidget(form)
        self._bring_up(form)

    def close_forms(self) -> None:
        """Take every form away; the bar is back."""
        for form in (self.form, self._waiting):
            self._drop(form)
        self.form = self._waiting = None
        self.bar.show()

    def _bring_up(self, form: MoveForm) -> None:
        self.form = form
        self.bar.hide()
        form.show()
        form.take_focus()

    def _drop(self, form: MoveForm | None) -> None:
        if form is not None:
            self._column.removeWidget(form)
            form.hide()
            form.deleteLater()

    def _on_gate(self, act: Act) -> None:
        """Do what opens a gate; a dialog is over when this returns, a form comes back later."""
        if not isinstance(self.form, CloseForm):
            return
        self._waiting, self.form = self.form, None
        self._waiting.hide()
        self.bar.show()
        self.act_wanted.emit(act)
        if self.form is None:
            self._come_back()

    def _come_back(self) -> None:
        """Show the closing again, with what is missing now; a ticket that moved on needs none."""
        form, ticket = self._waiting, self._ticket_of()
        self._waiting = None
        if form is None:
            return
        if ticket is None or ticket.id != form.ticket.id or not can_act(ticket, Act.CLOSE):
            self._drop(form)
            return
        form.renew(ticket)
        self._bring_up(form)

    def _on_finished(self, words: str) -> None:
        form, self.form = self.form, None
        self._drop(form)
        self.bar.show()
        self.finished.emit(words)
        following = form.following if form is not None else None
        if self._waiting is not None:
            self._come_back()
        elif following is not None:
            self.act_wanted.emit(following)

    def _on_left(self) -> None:
        self._drop(self.form)
        self.form = None
        self.bar.show()
        if self._waiting is not None:
            self._come_back()
        else:
            self.left.emit()
