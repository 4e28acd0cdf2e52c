"""Letters go out: EMS numbers typed or scanned one after the other, or all noted as sent at once.

One field takes everything: the bars of a letter choose it, an express number is noted for the
letter that is chosen, and the next one is up. So the stack is done in its own order, or in any.
"""

from collections.abc import Sequence

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from propdesk.domain.dunning import LETTER_STATE_LABELS, LetterState, Result, Way
from propdesk.domain.dunning_acts import ActDraft
from propdesk.domain.errors import DraftError, RuleError
from propdesk.domain.fee_letters import read_letter_digits
from propdesk.i18n import _, _lazy, ngettext
from propdesk.services.dunning_acts import note_act
from propdesk.services.fee_letters import send_letters
from propdesk.services.queries.fee_letters import get_fee_letters
from propdesk.services.queries.letter_rows import LetterRow
from ui.context import AppContext
from ui.dialogs.base import Dialog
from ui.tables.columns import CellKind, Column, Mark
from ui.tables.view import RecordTable
from ui.theme import Ink, Size, Tone
from ui.widgets.buttons import Button, Kind
from ui.widgets.fields import LineField
from ui.widgets.labels import Label

_WIDTH, _ROWS = 720, 10
_SHORTEST_EXPRESS = 8


class FeeLetterSentDialog(Dialog):
    """Note how printed letters went out."""

    def __init__(self, context: AppContext, parent: QWidget, rows: Sequence[LetterRow]) -> None:
        super().__init__(context.theme, parent, _("Letters that go out"), width=_WIDTH)
        self.context = context
        self._rows = list(rows)
        self._noted: dict[int, str] = {}
        theme = context.theme
        self.add_sentence(
            _("For EMS scan or type the number on each envelope; the bars of a letter choose it. "
              "What goes out by hand or into mailboxes is noted below, all at once."),
            is_quiet=True,
        )  # fmt: skip
        self._where = Label(theme, bold=True, size=Size.TITLE, elide=True)
        self.body.addWidget(self._where)
        self.field = LineField(
            theme, _("EMS number or bars of a letter"),
            placeholder=_("EMS number or bars of a letter"), is_last=True,
        )  # fmt: skip
        self.field.finished.connect(self._on_typed)
        self.body.addWidget(self.field)
        self._problem = Label(theme, ink=Ink.DANGER, wrap=True)
        self.body.addWidget(self._problem)
        self.table = RecordTable(
            theme, _("Letters that go out"), self._columns(), lambda row: row.id, now=context.now
        )
        self.table.make_dense()
        self.table.setFixedHeight(self.table.height_of(_ROWS))
        self.table.current_changed.connect(lambda _row: self._show_current())
        self.table.opened.connect(lambda _row: self.field.setFocus())
        self.table.left.connect(self.reject)
        self.body.addWidget(self.table)
        self.add_verb("", _("Close"))
        self._all = Button(theme, "", kind=Kind.PRIMARY, icon="send")
        self._all.set_shortcut("Ctrl+Enter")
        self._all.clicked.connect(self.keep)
        QShortcut(QKeySequence("Ctrl+Return"), self).activated.connect(self.keep)
        self._foot.addWidget(self._all)
        self.table.show_rows(self._rows)
        self._show_current()
        self.field.setFocus()

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column("house", _lazy("House"), lambda row: row.house, width=100, is_strong=True),
            Column("addressee", _lazy("Addressee"),
                   lambda row: self.context.shown_names(row.addressee), width=120, is_name=True),
            Column("number", _lazy("Number"), lambda row: row.number, width=170, stretches=True),
            Column("express", _lazy("EMS no."), lambda row: self._noted.get(row.id, ""),
                   width=150),
            Column("state", _lazy("State"), self._mark, CellKind.STATUS, width=100),
        )  # fmt: skip

    def _mark(self, row: LetterRow) -> Mark:
        is_sent = row.id in self._noted
        state = LetterState.SENT if is_sent else LetterState.PRINTED
        return Mark(str(LETTER_STATE_LABELS[state]), Tone.OK if is_sent else Tone.INFO)

    # -- where the keyboard is

    def _left(self) -> list[LetterRow]:
        return [row for row in self._rows if row.id not in self._noted]

    def _show_current(self) -> None:
        row: LetterRow | None = self.table.current_row()
        self._where.show_text(
            "" if row is None else f"{row.house}  {self.context.shown_names(row.addressee)}"
        )
        count = len(self._left())
        words = ngettext("Note the other {count} as sent", "Note the other {count} as sent", count)
        self._all.show_word(words.format(count=count))
        self._all.setEnabled(bool(count))

    def _on_typed(self) -> None:
        """Take what was typed or scanned: bars choose a letter, anything else is its number."""
        words = self.field.words().replace(" ", "")
        self._problem.show_text("")
        if not words:
            return
        letter_id = read_letter_digits(words)
        if letter_id is not None:
            if not self.table.select_key(letter_id):
                self._refuse(_("This letter is not among those that go out now."))
                return
        elif not self._note_express(words):
            return
        self.field.clear()

    def _note_express(self, number: str) -> bool:
        row: LetterRow | None = self.table.current_row()
        if row is None or len(number) < _SHORTEST_EXPRESS or not number.isalnum():
            self._refuse(_("This is no EMS number; scan it from the envelope once more."))
            return False
        if number.upper() in self._noted.values():
            self._refuse(_("This number was noted for another letter already."))
            return False
        if row.id in self._noted:
            self._refuse(_("This letter has its number already; choose the next one."))
            return False
        letter = get_fee_letters([row.id])[row.id]
        now = self.context.now()
        draft = ActDraft(
            letter.stage,
            Way.EMS,
            Result.SENT,
            now.replace(tzinfo=None),
            address=f"{letter.content.community} {letter.content.house}".strip(),
            receiver=row.addressee,
            express_number=number,
            letter_id=row.id,
        )
        try:
            note_act(row.unit_id, draft, by=self.context.staff.id, now=now)
        except DraftError as refusal:
            self._refuse(" ".join(problem.text for problem in refusal.problems))
            return False
        except RuleError as refusal:
            self._refuse(str(refusal))
            return False
        self._noted[row.id] = number.upper()
        self._go_on(row)
        return True

    def _go_on(self, row: LetterRow) -> None:
        """Go on to the next letter without a number, as the stack lies."""
        self.table.refresh()
        place = self._rows.index(row)
        order = self._rows[place + 1 :] + self._rows[:place]
        following = next((one for one in order if one.id not in self._noted), row)
        self.table.select_key(following.id)
        self._show_current()
        self.context.changes.fees_changed.emit()

    def _refuse(self, sentence: str) -> None:
        self._problem.show_text(sentence)
        self.field.selectAll()

    def keep(self) -> None:
        """Note all others as sent; how each arrives is noted with its proof."""
        ids = [row.id for row in self._left()]
        by, now = self.context.staff.id, self.context.now()
        if not ids:
            return
        if self.context.attempt(
            self, _("This was not done"), lambda: send_letters(ids, by=by, now=now)
        ):
            self.choose("kept")
