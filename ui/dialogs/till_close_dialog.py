"""日结: close one's till. The cash is counted as a sum or note by note; a difference is said."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from propdesk.domain.errors import DraftError, Problem, RuleError
from propdesk.domain.money import money_words, parse_money
from propdesk.domain.till import MEANS_LABELS
from propdesk.domain.till_closes import TillClose
from propdesk.i18n import _, ngettext
from propdesk.services.queries.till_closes import get_open_till, list_open_tills
from propdesk.services.till_closes import close_till
from ui.context import AppContext
from ui.dialogs.small_form import SmallForm
from ui.papers import DrawnPaper
from ui.theme import Ink
from ui.widgets.choices import Choice
from ui.widgets.fields import CheckField, LineField, PickField
from ui.widgets.labels import Label

NOTES_FEN = (10_000, 5_000, 2_000, 1_000, 500, 100, 50, 10)
"""Notes and coins of the renminbi that are in use, the largest first."""

_AMOUNT, _COUNT, _A_LINE = 120, 56, 3


class TillCloseDialog(SmallForm):
    """Close a till; `stored` is the close. Notes and coins unfold where somebody wants them."""

    def __init__(self, context: AppContext, parent: QWidget) -> None:
        super().__init__(context, parent, _("Daily close"), _("Close the till"), width=620)
        theme = context.theme
        tills = list_open_tills()
        names = [
            Choice(str(id_), ngettext("{name}, {count} receipt", "{name}, {count} receipts", count)
                   .format(name=name, count=count))
            for id_, name, count in tills
        ]  # fmt: skip
        mine = str(context.staff.id)
        self.cashier = PickField(
            theme, _("Whose till"), names or [Choice(mine, context.staff.name)]
        )
        if any(one.key == mine for one in names):
            self.cashier.choose(mine)
        self.cashier.picked.connect(lambda _key: self._show_till())
        self._sums = Label(theme, ink=Ink.TEXT_2, wrap=True)
        self.body.insertWidget(1, self._sums)
        self.counted = LineField(theme, _("Cash counted"), width=_AMOUNT, longest=20)
        self._difference = Label(theme, bold=True)
        self.by_notes = CheckField(theme, _("Count by notes and coins"))
        self.notes = {fen: self._note_field(fen) for fen in NOTES_FEN}
        self.reason = LineField(theme, _("Why it differs"))
        self.note = LineField(theme, _("Note"))
        add = self.rows.add_row
        add("cashier", _("Whose till"), self.cashier)
        add("counted_fen", _("Cash counted"), self.counted, note=self._difference)
        add("by_notes", "", self.by_notes)
        for place in (0, 4):
            fields = [part for fen in NOTES_FEN[place : place + 4] for part in self._note(fen)]
            add(f"notes-{place}", "", fields[0], *fields[1:])
        add("difference_reason", _("Why it differs"), self.reason)
        add("note", _("Note"), self.note)
        self.counted.textChanged.connect(lambda _words: self._show_difference())
        self.by_notes.toggled.connect(self._on_by_notes)
        self._on_by_notes(is_on=False)
        self._show_till()
        self.counted.setFocus()

    def _note_field(self, fen: int) -> LineField:
        name = _("{amount} yuan, how many").format(amount=money_words(fen))
        field = LineField(self.context.theme, name, width=_COUNT, longest=6)
        field.textChanged.connect(lambda _words: self._add_notes())
        return field

    def _note(self, fen: int) -> tuple[QWidget, QWidget]:
        words = money_words(fen).removesuffix(".00")
        label = Label(self.context.theme, f"× {words}", ink=Ink.TEXT_3)
        label.setMinimumWidth(self.context.theme.px(56))
        return self.notes[fen], label

    def _on_by_notes(self, is_on: bool) -> None:
        for place in (0, 4):
            self.rows.show_row(f"notes-{place}", is_shown=is_on)
        if self.isVisible():
            self.adjustSize()

    def _add_notes(self) -> None:
        """Let the notes make the sum."""
        found = [(fen, field.words()) for fen, field in self.notes.items()]
        total = sum(fen * int(words) for fen, words in found if words.isdecimal())
        self.counted.show_words(money_words(total))

    def _cashier_id(self) -> int:
        return int(self.cashier.value())

    def _show_till(self) -> None:
        count = get_open_till(self._cashier_id())
        self._cash_fen = count.cash_fen
        parts = [f"{MEANS_LABELS[one.means]} {money_words(one.rest_fen)}" for one in count.sums]
        span = f"{count.first_number} – {count.last_number}" if count.receipts else ""
        if count.voided:
            span += "  " + _("void: {count}").format(count=count.voided)
        # No more stand in a line than fit, lest a sum is torn from its means.
        starts = range(0, len(parts), _A_LINE)
        lines = ["  ·  ".join(parts[start : start + _A_LINE]) for start in starts]
        words = "\n".join(filter(None, (span, *lines)))
        self._sums.show_text(words or _("Nothing was taken since the last close."))
        self._show_difference()

    def _show_difference(self) -> None:
        try:
            counted = parse_money(self.counted.words())
        except RuleError:
            cash = money_words(self._cash_fen)
            words = _("{amount} yuan should be there").format(amount=cash)
        else:
            rest = counted - self._cash_fen
            words = (
                _("difference {amount}").format(amount=money_words(rest))
                if rest
                else _("it is right")
            )
        self._difference.show_text(words)

    def act(self) -> TillClose:
        """Close it."""
        try:
            counted = parse_money(self.counted.words())
        except RuleError as refusal:
            raise DraftError((Problem("counted_fen", str(refusal)),)) from refusal
        return close_till(
            self._cashier_id(),
            counted,
            by=self.context.staff.id,
            now=self.context.now(),
            difference_reason=self.reason.words(),
            note=self.note.words(),
        )


def close_day(context: AppContext, parent: QWidget) -> TillClose | None:
    """Close a till over `parent` and show its paper; return the close, or None."""
    from propdesk.services.queries.payment_previews import check_may_take

    if not context.attempt(parent, _("Daily close"), lambda: check_may_take(context.staff.id)):
        return None
    dialog = TillCloseDialog(context, parent)
    dialog.ask()
    close: TillClose | None = dialog.stored
    if close is not None:
        context.changes.fees_changed.emit()
        show_close(context, parent, close)
    return close


def show_close(context: AppContext, page: QWidget, close: TillClose) -> None:
    """Show the paper of a close over `page`, ready to be printed."""
    from ui.printing import show_paper

    title = _("Daily close {number}").format(number=close.number)
    show_paper(context, page, title, _drawer(context, close.id))


def _drawer(context: AppContext, close_id: int) -> Callable[[Path], DrawnPaper]:
    from propdesk.services.printing_till_closes import print_till_close

    by, now = context.staff, context.now()
    return lambda target: print_till_close(close_id, target, by=by, now=now)
