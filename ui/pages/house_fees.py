"""Fees of a house (收费): what is owed, paid ahead and held, what came last, what is next."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from propdesk.domain.deposits import Deposit
from propdesk.domain.dunning import LETTER_STATE_LABELS, STAGE_LABELS
from propdesk.domain.fee_items import UNIT_FEE_LABELS
from propdesk.domain.house_events import HouseEvent
from propdesk.domain.money import money_words
from propdesk.domain.till import MEANS_LABELS
from propdesk.i18n import _, _lazy, ngettext
from propdesk.services.queries import house_fees as queries
from propdesk.services.queries.fee_access import may_see_fees
from propdesk.services.queries.units import Unit
from ui.context import AppContext
from ui.pages.fee_words import held_words, left_mark, stage_mark
from ui.pages.house_part import HousePart, PartHead, inset
from ui.tables.columns import CellKind, Column, Mark
from ui.tables.memory import ScopedMemory
from ui.tables.view import RecordTable
from ui.theme import Ink, Space, Tone
from ui.widgets.buttons import Button, Kind
from ui.widgets.labels import Label


@dataclass(frozen=True, slots=True)
class FeeFact:
    """A line of the part: what it is about, an amount, a day, the rest in words."""

    key: str
    word: str
    amount_fen: int | None = None
    day: date | None = None
    text: str = ""
    mark: Mark | None = None


def _columns() -> Sequence[Column]:
    return (
        Column("word", _lazy("What"), lambda fact: fact.word, width=112, least=96,
               is_strong=True),
        Column("amount", _lazy("Amount"), lambda fact: fact.amount_fen, CellKind.MONEY,
               width=96, least=84),
        Column("day", _lazy("Day"), lambda fact: str(fact.day or ""), width=96, least=92,
               rank=1, is_quiet=True),
        Column("text", _lazy("Details"), lambda fact: fact.text or " ", width=180, least=80,
               stretches=True),
        Column("state", _lazy("State"), lambda fact: fact.mark, CellKind.BADGE, width=112,
               least=80, rank=2),
    )  # fmt: skip


class HouseFees(HousePart):
    """Enter opens the account on the page of fees, Ins takes money."""

    title = _lazy("Fees")

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        theme = context.theme
        self._take = Button(
            theme, _("Take money"), kind=Kind.QUIET, icon="banknote", shortcut="Ins"
        )
        self._take.clicked.connect(self._on_take)
        self._account = Button(theme, _("Open the account"), kind=Kind.QUIET, hint="Enter")
        self._account.clicked.connect(self._on_account)
        self.table = RecordTable(
            theme,
            _("Fees of the house"),
            _columns(),
            lambda fact: fact.key,
            memory=ScopedMemory(context.memory, "residents/fees"),
            margin=Space.XL,
            now=context.now,
        )
        self.table.make_dense()
        self.table.left.connect(self.left)
        self.table.opened.connect(lambda _fact: self._on_account())
        self._none = Label(theme, ink=Ink.TEXT_3, wrap=True)
        title = Label(theme, _("Fees at a glance"), bold=True)
        self.body.addWidget(PartHead(title, (self._take, self._account)))
        self.body.addWidget(self.table, 1)
        self.body.addLayout(inset(self._none))
        self.body.addStretch(0)

    def _sees(self) -> bool:
        return may_see_fees(self.context.staff)

    def count(self) -> int | None:
        """Return how many bills are open, for those who may see fees."""
        if self.unit is None or not self._sees():
            return None
        return queries.count_open_bills(self.unit.id)

    def show_unit(self, unit: Unit | None) -> None:
        """Show where a house stands; who may not see fees is told so."""
        self.take(unit)
        sees = self._sees()
        facts: Sequence[FeeFact] = ()
        if unit is not None and sees:
            today = self.context.now().date()
            fees = queries.get_house_fees(unit.id, today)
            facts = () if fees.is_empty else tuple(self._facts(fees))
        self.table.show_rows(facts)
        self.table.setVisible(bool(facts))
        none = _("Nothing was billed or paid here so far. Ins takes money.")
        hidden = _("Guards and workers see no fees (Regulations on security services 26, 30).")
        self._none.show_text(none if sees else hidden)
        self._none.setVisible(not facts)
        self._take.setEnabled(sees)
        self._account.setEnabled(sees)

    def open_event(self, event: HouseEvent) -> None:  # noqa: ARG002 - all stands in one account
        """Open the account, where a bill, receipt, letter or promise of the time line stands."""
        self._on_account()

    def enter(self) -> bool:
        """Put the keyboard on the lines, else on the first act."""
        if self.table.is_empty():
            return super().enter()
        self.table.setFocus()
        return True

    def _on_account(self) -> None:
        if self.unit is not None and self._sees():
            self.context.navigation.account_wanted.emit(self.unit.id)

    def _on_take(self) -> None:
        from ui.dialogs.till_dialog import open_till

        if self.unit is None:
            return
        payment = open_till(self.context, self, self.unit.id)
        if payment is not None:
            self.context.changes.fees_changed.emit()
            self.stored.emit(_("Receipt {number} is written").format(number=payment.number))

    # -- the lines

    def _facts(self, fees: queries.HouseFees) -> Iterator[FeeFact]:
        account, row = fees.account, fees.arrears
        words = ngettext("{count} open bill", "{count} open bills", account.open_bills)
        words = words.format(count=account.open_bills) if account.open_bills else ""
        left = left_mark(row) if row else None
        yield FeeFact("open", _("Owed"), account.open_fen, account.oldest_due_on, words, left)
        if account.overdue_fen:
            stage = stage_mark(row) if row else None
            yield FeeFact("late", _("In arrears"), account.overdue_fen, mark=stage)
        words = ""
        if fees.refundable_fen != account.prepaid_fen:
            words = _("with bills paid ahead {amount} would go back").format(
                amount=money_words(fees.refundable_fen)
            )
        yield FeeFact("prepaid", _("Prepaid"), account.prepaid_fen, text=words)
        if not account.deposits:
            yield FeeFact("deposits", _("Deposits"), 0)
        for deposit in account.deposits:
            yield self._deposit(deposit)
        yield from self._last(fees)
        for line, item in fees.exceptions:
            words = "  ".join(filter(None, (item, line.reason)))
            mark = Mark(str(UNIT_FEE_LABELS[line.kind]), Tone.INFO)
            yield FeeFact(f"exception {line.id}", _("Exception"), None, line.from_on, words, mark)
        yield self._next(fees)

    def _deposit(self, deposit: Deposit) -> FeeFact:
        due = deposit.back_due_on
        is_late = due is not None and due < self.context.now().date()
        words = deposit.words
        if due is not None:
            words = _("{what}, to go back by {day}").format(what=words, day=due)
        return FeeFact(
            f"deposit {deposit.id}",
            _("Deposit"),
            deposit.balance_fen,
            deposit.taken_on,
            words,
            Mark(_("To give back"), Tone.WARN) if is_late else None,
        )

    def _last(self, fees: queries.HouseFees) -> Iterator[FeeFact]:
        payment, letter = fees.last_payment, fees.last_letter
        if payment is None:
            yield FeeFact("payment", _("Last payment"), text=_("none so far"))
        else:
            means = [str(MEANS_LABELS[part.means]) for part in payment.means]
            words = "  ".join((payment.number, _(", ").join(means)))
            yield FeeFact("payment", _("Last payment"), payment.total_fen, payment.at.date(), words)
        if letter is None:
            yield FeeFact("letter", _("Last letter"), text=_("none so far"))
        else:
            words = "  ".join((str(STAGE_LABELS[letter.stage]), letter.number))
            state = Mark(str(LETTER_STATE_LABELS[letter.state]), Tone.NEUTRAL)
            yield FeeFact(
                "letter", _("Last letter"), letter.total_fen, letter.dated_on, words, state
            )

    def _next(self, fees: queries.HouseFees) -> FeeFact:
        """Say what comes next: why the case is held, the promise that runs, else the stage."""
        row, word = fees.arrears, _("Next")
        if row is None:
            return FeeFact("next", word, text=_("nothing to do: nothing is overdue"))
        if row.is_held:
            return FeeFact("next", word, None, row.held_until, held_words(row))
        plan = row.plan
        if plan is not None and plan.standing.due_on is not None:
            words = _("promise {number}").format(number=plan.number)
            return FeeFact("next", word, plan.standing.missing_fen, plan.standing.due_on, words)
        if fees.next_stage is None:
            return FeeFact("next", word, text=_("with the court"))
        is_ripe = fees.next_on is None or fees.next_on <= self.context.now().date()
        mark = Mark(_("Due now"), Tone.WARN) if is_ripe else None
        return FeeFact("next", word, None, fees.next_on, str(STAGE_LABELS[fees.next_stage]), mark)
