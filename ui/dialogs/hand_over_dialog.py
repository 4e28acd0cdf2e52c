"""Hand over a shift: who comes, what he must know, which keys; what is open is added by itself."""

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from propdesk.domain.errors import DraftError, RuleError
from propdesk.domain.hand_overs import HandOver, HandOverDraft
from propdesk.i18n import _, ngettext
from propdesk.services.hand_overs import write_hand_over
from propdesk.services.queries.hand_overs import get_still_open, list_hand_overs
from propdesk.services.queries.staff import list_staff
from ui.context import AppContext
from ui.dialogs.base import Dialog
from ui.widgets.buttons import Button, Kind
from ui.widgets.choices import Choice
from ui.widgets.fields import LineField, PickField, TextField
from ui.widgets.forms import FormRows


class HandOverDialog(Dialog):
    """The typed part of a hand-over; `stored` is what was written."""

    def __init__(self, context: AppContext, parent: QWidget) -> None:
        super().__init__(context.theme, parent, _("Hand over the shift"), width=560)
        self._context = context
        self.stored: HandOver | None = None
        theme = context.theme
        self.shift = LineField(theme, _("Shift"), placeholder=_("Early shift"), longest=40)
        others = [one for one in list_staff() if one.id != context.staff.id]
        self.to = PickField(
            theme,
            _("Taken over by"),
            [Choice("", _("to be signed by hand")), *(Choice(str(o.id), o.name) for o in others)],
        )
        self.matters = TextField(theme, _("What the next shift must know"), lines=4)
        self.items = TextField(theme, _("Keys and things handed over"), lines=3)
        self.rows = FormRows(theme)
        self.rows.add_row("shift", _("Shift"), self.shift)
        self.rows.add_row("to_staff_id", _("Taken over by"), self.to)
        self.rows.add_row("matters", _("Must know"), self.matters)
        self.rows.add_row("items", _("Keys, things"), self.items)
        self.body.addWidget(self.rows)
        self.add_sentence(self._open_words(), is_quiet=True)
        # What went over last time most often goes over again.
        last = next(iter(list_hand_overs(limit=1)), None)
        if last is not None:
            self.items.show_words(last.items)
        self.add_verb("", _("Cancel"))
        keep = Button(theme, _("Keep and show the sheet"), kind=Kind.PRIMARY, icon="check")
        keep.set_shortcut("Ctrl+Enter")
        keep.clicked.connect(self._keep)
        for keys in ("Ctrl+Return", "Ctrl+S"):
            QShortcut(QKeySequence(keys), self).activated.connect(self._keep)
        self._foot.addWidget(keep)
        self.shift.setFocus()

    def _open_words(self) -> str:
        """Tell what the sheet adds by itself."""
        still = get_still_open(self._context.now().replace(tzinfo=None, microsecond=0))
        count = still.ticket_count + len(still.follow_ups) + len(still.papers) + len(still.contacts)
        words = ngettext(
            "{count} open thing is listed on the sheet by itself.",
            "{count} open things are listed on the sheet by themselves.",
            count,
        )
        return words.format(count=count)

    def _keep(self) -> None:
        to = self.to.value()
        draft = HandOverDraft(
            shift=self.shift.words(),
            to_staff_id=int(to) if to else None,
            items=self.items.words(),
            matters=self.matters.words(),
        )
        self.rows.show_problems(())
        context = self._context
        try:
            self.stored = write_hand_over(draft, by=context.staff.id, now=context.now())
        except DraftError as refusal:
            self.rows.show_problems(refusal.problems)
        except RuleError as refusal:
            context.messages.tell(self, _("This was not done"), str(refusal))
        else:
            self.choose("kept")
