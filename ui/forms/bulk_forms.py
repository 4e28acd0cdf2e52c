"""The small forms of acts with many tickets: what is asked once holds for each of them."""

from collections.abc import Callable
from functools import partial

from propdesk.domain.errors import DraftError, Problem
from propdesk.domain.tickets import Ticket
from propdesk.i18n import _
from propdesk.services.bulk import settle_ticket
from propdesk.services.tickets import dispatch_ticket, reply_ticket
from ui.context import AppContext
from ui.forms.move_form import TextMove
from ui.forms.move_forms import DispatchForm
from ui.pages.ticket_acts import LOOKS, Act
from ui.widgets.choices import Chips, Choice

Command = Callable[[int], object]
# Takes the command of one ticket; it is then run with each of them.
Begin = Callable[[Command], None]

_REPLY, _CLOSE = "reply", "close"


class BulkDispatchForm(DispatchForm):
    """派工: one department, or one worker, for all of them; each keeps what it was promised."""

    def __init__(self, context: AppContext, ticket: Ticket, begin: Begin) -> None:
        super().__init__(context, ticket)
        self._begin_work = begin
        self.show_title(str(LOOKS[Act.DISPATCH].word))
        self.rows.show_row("promised_at", is_shown=False)
        self.handler.choose("")

    def act(self) -> str:
        """Begin to dispatch."""
        by, now = self.who()
        department = int(self.department.chosen() or 0) or None
        handler = int(self.handler.value() or 0) or None
        if department is None and handler is None:
            sentence = _("Choose the department or the worker who gets the work.")
            raise DraftError((Problem("department_id", sentence),))
        command = partial(
            dispatch_ticket,
            by=by,
            now=now,
            department_id=department,
            handler_id=handler,
            note=self.note.words(),
        )
        self._begin_work(command)
        return ""


class BulkAnswerForm(TextMove):
    """一并答复: one answer for all; what may close is closed, if that is wanted."""

    def __init__(
        self, context: AppContext, ticket: Ticket, begin: Begin, *, text: str = ""
    ) -> None:
        super().__init__(context, ticket, Act.REPLY, _("What was told"))
        self._begin_work = begin
        self.show_title(_("Answer and close"))
        theme = context.theme
        self.way = Chips(
            theme,
            _("And then"),
            [
                Choice(_CLOSE, _("Close what may close"), hotkey="1"),
                Choice(_REPLY, _("Reply only"), hotkey="2"),
            ],
        )
        self.rows.add_row("way", _("And then"), self.way)
        if text:
            self.text.show_words(text)
            self.text.selectAll()

    def act(self) -> str:
        """Begin to answer."""
        by, now = self.who()
        text = self.text.words()
        if not text:
            raise DraftError((Problem("text", _("Write down what the caller was told.")),))
        command = settle_ticket if self.way.chosen() == _CLOSE else reply_ticket
        self._begin_work(partial(command, text=text, by=by, now=now))
        return ""
