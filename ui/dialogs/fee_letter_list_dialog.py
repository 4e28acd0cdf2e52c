"""Letters under way: read, approve, print all in delivery order, send; each with its state.

What is chosen counts: several rows mean those, one row means all of the list that an act suits.
"""

from collections import Counter
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from propdesk.domain.dunning import LETTER_STATE_LABELS, STAGE_LABELS, LetterState, Stage
from propdesk.domain.envelopes import Envelope
from propdesk.domain.money import money_words
from propdesk.i18n import _, _lazy, ngettext, run_on
from propdesk.services.fee_letters import approve_letters, correct_letter
from propdesk.services.queries.fee_letters import get_fee_letters, list_missing
from propdesk.services.queries.letter_rows import (
    LetterRow,
    LetterScope,
    list_letter_batches,
    list_letter_rows,
)
from ui import letter_printing
from ui.context import AppContext
from ui.dialogs.fee_letter_forms import RewordForm, WithdrawForm
from ui.dialogs.list_dialog import ListDialog
from ui.keyboard import add_entry
from ui.tables.columns import CellKind, Column, Mark
from ui.theme import Space, Tone
from ui.widgets.buttons import Button, Kind
from ui.widgets.choices import Choice
from ui.widgets.fields import PickField

_WIDTH, _ROWS, _SCOPE = 920, 13, 420
_TONES = {
    LetterState.DRAFT: Tone.NEUTRAL,
    LetterState.APPROVED: Tone.INFO,
    LetterState.PRINTED: Tone.INFO,
    LetterState.SENT: Tone.WARN,
    LetterState.DELIVERED: Tone.OK,
    LetterState.REFUSED: Tone.WARN,
    LetterState.RETURNED: Tone.WARN,
    LetterState.SETTLED: Tone.OK,
    LetterState.WITHDRAWN: Tone.NEUTRAL,
    LetterState.VOIDED: Tone.NEUTRAL,
}
_WAITING = {
    LetterState.DRAFT: _lazy("Drafts to be approved"),
    LetterState.APPROVED: _lazy("Approved, to be printed"),
    LetterState.PRINTED: _lazy("Printed, to be sent"),
    LetterState.SENT: _lazy("Sent, not arrived yet"),
}


def _columns(context: AppContext) -> Sequence[Column]:
    return (
        Column("house", _lazy("House"), lambda row: row.house, width=100, is_strong=True),
        Column("addressee", _lazy("Addressee"), lambda row: context.shown_names(row.addressee),
               width=110, is_name=True, rank=1),
        Column("number", _lazy("Number"), lambda row: row.number, width=150, stretches=True),
        Column("stage", _lazy("Stage"), lambda row: str(STAGE_LABELS[row.stage]), width=110,
               is_quiet=True, rank=3),
        Column("pay_by", _lazy("Pay by"), lambda row: str(row.pay_by or ""), width=100, rank=2),
        Column("total", _lazy("Amount (yuan)"), lambda row: row.total_fen, CellKind.MONEY,
               width=110),
        Column("express", _lazy("EMS no."), lambda row: row.express_number, width=130,
               is_quiet=True, rank=4),
        Column("state", _lazy("State"), _state, CellKind.STATUS, width=110),
    )  # fmt: skip


def _state(row: LetterRow) -> Mark:
    return Mark(str(LETTER_STATE_LABELS[row.state]), _TONES[row.state])


class FeeLetterListDialog(ListDialog[LetterRow]):
    """Letters of a batch, of a house, or all that wait for the next step."""

    def __init__(
        self,
        context: AppContext,
        parent: QWidget,
        *,
        batch_id: int | None = None,
        unit_id: int | None = None,
    ) -> None:
        super().__init__(
            context, parent, _("Letters under way"), _columns(context), lambda row: row.id,
            width=_WIDTH, rows=_ROWS, details=3,
        )  # fmt: skip
        self._unit_id = unit_id
        self.scope = PickField(context.theme, _("Which letters"), self._scopes())
        self.scope.setFixedWidth(context.theme.px(_SCOPE))
        if batch_id is not None:
            self.scope.choose(f"batch:{batch_id}")
        self.scope.picked.connect(lambda _key: self.refill())
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        row.addWidget(self.scope)
        row.addStretch(1)
        self.body.insertLayout(1, row)
        self._add_acts()
        self.table.selection_changed.connect(self._on_selection)
        self.refill()
        self.table.setFocus()

    def _scopes(self) -> list[Choice]:
        """Offer the house that is meant, what waits, and the latest batches."""
        house = [Choice("unit", _("All letters of this house"))] if self._unit_id else []
        waiting = [Choice(f"state:{state}", str(words)) for state, words in _WAITING.items()]
        batches = [
            Choice(
                f"batch:{one.id}",
                _("{day} {stage}, {count} letters, {total} yuan").format(
                    day=f"{one.written_at:%Y-%m-%d}",
                    stage=STAGE_LABELS[one.stage],
                    count=one.letters,
                    total=money_words(one.total_fen),
                ),
            )
            for one in list_letter_batches()
        ]
        return [*house, *batches, *waiting]

    def _add_acts(self) -> None:
        self.add_act(_("Look at it"), self._on_look, "Enter", icon="eye")
        self._approve = self.add_act(_("Approve"), self._on_approve, "F4", icon="check")
        self._print = self.add_act(
            _("Print"), self._on_print, "Ctrl+P", icon="printer", kind=Kind.PRIMARY
        )
        self._send = self.add_act(_("Note as sent"), self._on_send, "F6", icon="send")
        self._more = Button(self.theme, _("More"), icon="ellipsis", shortcut="Alt+M")
        self._more.clicked.connect(self._on_more)
        self._acts.insertWidget(self._acts.count() - 1, self._more)

    # -- what is listed

    def wanted(self) -> LetterScope:
        """Return which letters are listed now."""
        what, _colon, key = self.scope.value().partition(":")
        if what == "unit":
            return LetterScope(unit_id=self._unit_id)
        if what == "state":
            return LetterScope(states=(LetterState(key),))
        return LetterScope(batch_id=int(key)) if key else LetterScope(batch_id=0)

    def listed(self) -> Sequence[LetterRow]:
        """Return the letters in delivery order."""
        return list_letter_rows(self.wanted())

    def hint_words(self, found: Sequence[LetterRow]) -> str:
        """Say how many there are and where they stand."""
        if not found:
            return _("No letter is here. Letters are made under «Write letters».")
        count, total = len(found), sum(row.total_fen for row in found)
        words = ngettext("{count} letter, {total} yuan.", "{count} letters, {total} yuan.", count)
        states = Counter(row.state for row in found)
        said = _(", ").join(
            f"{LETTER_STATE_LABELS[state]} {states[state]}" for state in LetterState
            if states[state]
        )  # fmt: skip
        return run_on(words.format(count=count, total=money_words(total)), said)

    def detail_words(self, row: LetterRow) -> str:
        """Say what of the ten things a draft lacks, or how a letter went."""
        letter = get_fee_letters([row.id])[row.id]
        if letter.printed_at is None:
            missing = list_missing(letter)
            if missing:
                return "\n".join(f"{one.number}. {one.sentence}" for one in missing)
            return _("Nothing is missing of what a letter must say.")
        said = [
            ngettext(
                "Printed {time}, {prints} time", "Printed {time}, {prints} times", letter.prints
            ).format(time=f"{letter.printed_at:%Y-%m-%d %H:%M}", prints=letter.prints),
            _("Approved by {name}").format(name=letter.approved_by) if letter.approved_by else "",
            _("Sent {time}").format(time=f"{letter.sent_at:%Y-%m-%d %H:%M}")
            if letter.sent_at
            else "",
            _("Takes the place of {number}").format(number=letter.corrects)
            if letter.corrects
            else "",
            letter.note,
        ]
        return _(", ").join(filter(None, said))

    def _on_selection(self) -> None:
        """Say on the buttons how many letters an act is about."""
        self._on_current()

    def _on_current(self) -> None:
        super()._on_current()
        for button, word, state in (
            (self._approve, _("Approve"), LetterState.DRAFT),
            (self._print, _("Print"), None),
            (self._send, _("Note as sent"), LetterState.PRINTED),
        ):
            count = len(self._printable() if state is None else self._suited(state))
            button.show_word(f"{word} {count}" if count else word, name=word)
            button.setEnabled(bool(count))

    def _chosen(self) -> list[LetterRow]:
        """Return the chosen letters; one chosen row means the whole list."""
        chosen: list[LetterRow] = self.table.selected_rows()
        return chosen if len(chosen) > 1 else list(self._all)

    def _suited(self, *states: LetterState) -> list[LetterRow]:
        return [row for row in self._chosen() if row.state in states]

    def _printable(self) -> list[LetterRow]:
        """Return what printing is about: approved letters first, else those printed before."""
        return self._suited(LetterState.APPROVED) or self._suited(LetterState.PRINTED)

    # -- acts

    def _on_look(self) -> None:
        row = self.current()
        if row is not None:
            letter_printing.show_letter(self.context, self, row.id, self._after)

    def _on_approve(self) -> None:
        ids = [row.id for row in self._suited(LetterState.DRAFT)]
        by, now = self.context.staff.id, self.context.now()
        if ids and self.context.attempt(
            self, _("Not approved"), lambda: approve_letters(ids, by=by, now=now)
        ):
            self._after()

    def _on_print(self) -> None:
        self._print_out()

    def _print_out(self, *, duplex: bool = False, continuous: bool = False) -> None:
        """Print what is approved; where nothing is, what was printed once more."""
        rows = self._printable()
        if not rows:
            return
        ids = [row.id for row in rows]
        if rows[0].state is LetterState.APPROVED:
            letter_printing.print_letters(
                self.context, self, ids, self._after, duplex=duplex, continuous=continuous
            )
        else:
            letter_printing.print_again(self.context, self, ids, self._after)

    def _on_send(self) -> None:
        from ui.dialogs.fee_letter_sent_dialog import FeeLetterSentDialog

        rows = self._suited(LetterState.PRINTED)
        if rows:
            FeeLetterSentDialog(self.context, self, rows).ask()
            self._after()

    def _on_more(self) -> None:
        menu = QMenu(self)
        row = self.current()
        add_entry(menu, _("Delivery list"), "L", self._on_list)
        for letter, size, words in (
            ("D", Envelope.DL, _("Envelopes DL")),
            ("5", Envelope.C5, _("Envelopes C5")),
        ):
            add_entry(menu, words, letter, partial(self._on_envelopes, size))
        add_entry(menu, _("EMS cover sheet"), "S", self._on_cover)
        add_entry(menu, _("Print on both sides"), "B", partial(self._print_out, duplex=True))
        if row is not None and row.stage is Stage.NOTICE:
            paper = partial(self._print_out, continuous=True)
            add_entry(menu, _("Print on 241-2 paper"), "P", paper)
        if row is not None:
            menu.addSeparator()
            if row.state is LetterState.PRINTED:
                add_entry(menu, _("Print again from this letter on"), "A", self._on_print_rest)
            if row.state is LetterState.DRAFT:
                add_entry(menu, _("Reword this draft"), "R", self._on_reword)
            add_entry(menu, _("Take this letter back"), "T", self._on_withdraw)
            add_entry(menu, _("Correct it by a new letter"), "C", self._on_correct)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._more.mapToGlobal(QPoint(0, self._more.height())))

    def _ids(self) -> list[int]:
        gone = {LetterState.WITHDRAWN, LetterState.VOIDED}
        return [row.id for row in self._chosen() if row.state not in gone]

    def _on_list(self) -> None:
        letter_printing.show_delivery_list(self.context, self, self._ids())

    def _on_envelopes(self, size: Envelope) -> None:
        letter_printing.show_envelopes(self.context, self, self._ids(), size)

    def _on_cover(self) -> None:
        letter_printing.show_express_sheet(self.context, self, self._ids())

    def _on_print_rest(self) -> None:
        """Print what the printer did not take: this letter and those behind it."""
        row = self.current()
        if row is None:
            return
        rest = self._all[self._all.index(row) :]
        ids = [one.id for one in rest if one.state is LetterState.PRINTED]
        letter_printing.print_again(self.context, self, ids, self._after)

    def _on_reword(self) -> None:
        row = self.current()
        if row is not None:
            RewordForm(self.context, self, get_fee_letters([row.id])[row.id]).ask()
            self._after()

    def _on_withdraw(self) -> None:
        row = self.current()
        if row is not None:
            WithdrawForm(self.context, self, row.number).ask()
            self._after()

    def _on_correct(self) -> None:
        """Write a new letter from what is open today; the list then shows the house's letters."""
        row = self.current()
        if row is None:
            return
        by, now = self.context.staff.id, self.context.now()
        if not self.context.attempt(
            self, _("This was not done"), lambda: correct_letter(row.number, by=by, now=now)
        ):
            return
        self._unit_id = row.unit_id
        self.scope.set_choices(self._scopes())
        self.scope.choose("unit")
        self._after()

    def _after(self) -> None:
        """Show the list as it is now, and tell the pages."""
        self.context.changes.fees_changed.emit()
        self.refill()

    def refill(self, key: object = None) -> None:
        """Read the letters anew."""
        self._all: Sequence[LetterRow] = self.listed()
        super().refill(key)
