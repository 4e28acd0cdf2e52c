"""The forms of who stands for a ticket: the reply handed on (R23), the manager's contact (R42)."""

from propdesk.domain.staff import RIGHTS, Right
from propdesk.domain.tickets import Ticket
from propdesk.i18n import _
from propdesk.services.queries.staff import list_staff
from propdesk.services.responsibility import hand_on_reply, note_manager_contact
from ui.context import AppContext
from ui.forms.move_form import MoveForm, TextMove
from ui.pages.ticket_acts import Act
from ui.theme import Ink
from ui.widgets.choices import Choice
from ui.widgets.fields import PickField, TextField
from ui.widgets.labels import Label


class HandOnForm(MoveForm):
    """转交回复: who replies and follows up from now on, and why. The first receiver stays."""

    def __init__(self, context: AppContext, ticket: Ticket) -> None:
        super().__init__(context, ticket, Act.HAND_ON)
        theme = context.theme
        self.staff = PickField(theme, _("Replies"))
        self.staff.set_choices(
            [
                Choice(str(one.id), one.name)
                for one in list_staff()
                if one.id != ticket.replier_id and Right.CLOSE in RIGHTS[one.role]
            ]
        )
        self.text = TextField(theme, _("Reason"), lines=2)
        self.text.textChanged.connect(lambda: self.rows.drop_problem("text"))
        so_far = _("so far: {name}").format(name=ticket.replier)
        present = Label(theme, so_far, ink=Ink.TEXT_3)
        self.rows.add_row("staff_id", _("Replies"), self.staff, note=present)
        self.rows.add_row("text", _("Reason"), self.text)

    def take_focus(self) -> None:
        """Put the keyboard on the colleagues: the first letters choose."""
        self.staff.setFocus()

    def act(self) -> str:
        """Hand the reply on."""
        by, now = self.who()
        following = int(self.staff.value() or 0) or self.ticket.replier_id
        ticket = hand_on_reply(self.ticket.id, following, reason=self.text.words(), by=by, now=now)
        return _("{name} replies to {number}").format(name=ticket.replier, number=ticket.number)


class ManagerContactForm(TextMove):
    """经理再沟通: what the manager said with a special customer after the work."""

    def __init__(self, context: AppContext, ticket: Ticket) -> None:
        super().__init__(context, ticket, Act.MANAGER_CONTACT, _("What was said"))
        self.hint = Label(context.theme, ink=Ink.WARN, wrap=True)
        self.column.insertWidget(1, self.hint)
        context.changes.staff_changed.connect(self._show_hint)
        self._show_hint()

    def _show_hint(self) -> None:
        """Say how to go on where nobody at the desk is a manager."""
        staff = self.context.staff
        may = Right.SPEAK_AS_MANAGER in RIGHTS[staff.role]
        words = _(
            "Only a manager notes this; {name} is none. Ctrl+U changes who sits here."
        ).format(name=staff.name)
        self.hint.show_text("" if may else words)
        self.hint.setVisible(not may)

    def act(self) -> str:
        """Note the contact."""
        by, now = self.who()
        note_manager_contact(self.ticket.id, text=self.text.words(), by=by, now=now)
        return _("{number}: the manager's contact is noted").format(number=self.ticket.number)
