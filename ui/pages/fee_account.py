"""The account of a house: what it owes, what was paid, how it was urged, and the next acts."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from propdesk.domain.arrears import ARREARS_REASON_LABELS
from propdesk.domain.dunning import RESULT_LABELS, WAY_LABELS
from propdesk.domain.dunning_acts import DunningAct
from propdesk.domain.masking import mask_phone
from propdesk.domain.money import money_words
from propdesk.i18n import _, _lazy, ngettext
from propdesk.services.queries.accounts import get_account
from propdesk.services.queries.arrears import ArrearsFilter, ArrearsRow, list_arrears
from propdesk.services.queries.bills import Bill, list_bills
from propdesk.services.queries.dunning_acts import list_acts
from propdesk.services.queries.limitation import BillLimitation, list_bill_limitations
from propdesk.services.queries.residents import list_residents
from propdesk.services.queries.tickets import find_ticket
from propdesk.services.queries.units import Unit, get_unit
from propdesk.services.revealing import reveal_house
from ui.bill_acts import explain_bill
from ui.context import AppContext
from ui.pages.fee_bills import AccountBills
from ui.pages.fee_words import held_words, left_mark, left_tone, month_words, stage_mark
from ui.tables.columns import CellKind, Column, Mark
from ui.tables.memory import ScopedMemory
from ui.tables.view import RecordTable
from ui.theme import Ink, Size, Space, Tone
from ui.widgets.badges import Badge, Banner
from ui.widgets.buttons import Button, Kind
from ui.widgets.fact_line import FactLine
from ui.widgets.facts import Fact
from ui.widgets.labels import Label, LinkButton, Surface
from ui.widgets.panes import ActionBar, QuietPane


class FeeAccount(QStackedWidget):
    """The right half of the fees page: signals tell what the clerk wants, `left` comes with Esc.

    Phones are masked until somebody asks for them, which is noted (R85), and again in the next
    house.
    """

    left = Signal()
    till_wanted = Signal(int)
    letter_wanted = Signal(int)
    note_wanted = Signal(int)
    promise_wanted = Signal()
    case_wanted = Signal()
    more_wanted = Signal()
    house_wanted = Signal(int)
    ticket_wanted = Signal(int)

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self.unit: Unit | None = None
        self.row: ArrearsRow | None = None
        self._has_plain_numbers = False
        self._shows_all = False
        self._limits: dict[int, BillLimitation] = {}
        self._bills_asked: tuple[int, bool] | None = None
        self._quiet = QuietPane(context.theme, _("The account of the chosen house stands here."))
        self.addWidget(self._quiet)
        self._pane = Surface(context.theme)
        self.addWidget(self._pane)
        column = QVBoxLayout(self._pane)
        column.setContentsMargins(0, Space.M, 0, 0)
        column.setSpacing(Space.S)
        self._make_head(column)
        self._make_bills(column)
        self._make_acts(column)
        column.addWidget(self._make_bar())

    # -- building

    def _make_head(self, column: QVBoxLayout) -> None:
        theme = self._context.theme
        self._title = Label(theme, size=Size.TITLE, bold=True, selectable=True)
        self._stage = Badge(theme)
        self._left = Badge(theme)
        house = LinkButton(theme, _("House file"))
        house.followed.connect(self._on_house)
        column.addLayout(_row(self._title, self._stage, self._left, None, house))
        self._debtor = Label(theme, ink=Ink.TEXT_2)
        self._reveal = LinkButton(theme)
        self._reveal.followed.connect(self._on_reveal)
        self._reason = LinkButton(theme)
        self._reason.followed.connect(self.case_wanted)
        self._case_keys = QShortcut(QKeySequence("F4"), self._pane)
        self._case_keys.activated.connect(self.case_wanted)
        column.addLayout(_row(self._debtor, self._reveal, None, self._reason))
        self._held = Banner(theme, Tone.WARN, "circle-pause")
        self._held.followed.connect(self._on_ticket)
        column.addLayout(_row(self._held))
        self._facts = FactLine(theme)
        column.addLayout(_row(self._facts))

    def _make_bills(self, column: QVBoxLayout) -> None:
        theme = self._context.theme
        self._bills_title = Label(theme, _("Bills"), bold=True)
        self._all = LinkButton(theme)
        self._all.followed.connect(self._on_all)
        column.addLayout(_row(self._bills_title, None, self._all))
        self.bills = AccountBills(self._context, self._limit_mark)
        self.bills.left.connect(self.left)
        self.bills.explained.connect(self._on_bill)
        column.addWidget(self.bills, 30)
        self._no_bills = Label(theme, _("No bill is open."), ink=Ink.TEXT_3)
        column.addLayout(_row(self._no_bills))

    def _make_acts(self, column: QVBoxLayout) -> None:
        theme = self._context.theme
        self._acts_title = Label(theme, _("Urged and delivered"), bold=True)
        column.addLayout(_row(self._acts_title))
        self.acts = self._table(
            _("How the house was urged"),
            "acts",
            (
                Column("day", _lazy("Day"), lambda act: f"{act.at:%Y-%m-%d}", width=92, least=88),
                Column("way", _lazy("Way"), lambda act: str(WAY_LABELS[act.way]), width=96,
                       least=70),
                Column("what", _lazy("Delivery"), self._act_words, width=130, least=70,
                       stretches=True),
                Column("result", _lazy("Proof"), _act_mark, CellKind.BADGE, 90, 80),
            ),
        )  # fmt: skip
        column.addWidget(self.acts, 20)
        self._no_acts = Label(theme, _("Nobody urged this house yet."), ink=Ink.TEXT_3)
        column.addLayout(_row(self._no_acts))
        column.addStretch(1)

    def _table(self, name: str, key: str, columns: Sequence[Column]) -> RecordTable:
        table = RecordTable(
            self._context.theme,
            name,
            columns,
            lambda row: row.id,
            memory=ScopedMemory(self._context.memory, f"fees/{key}"),
            margin=Space.XL,
            now=self._context.now,
        )
        table.make_dense()
        table.left.connect(self.left)
        return table

    def _make_bar(self) -> ActionBar:
        theme = self._context.theme
        self.take = Button(
            theme, _("Take money"), kind=Kind.PRIMARY, icon="banknote", shortcut="F7"
        )
        letter = Button(theme, _("Write letter"), shortcut="F6")
        note = Button(theme, _("Note an act"), shortcut="F9")
        promise = Button(theme, _("Promise"), shortcut="F8")
        self.more = Button(
            theme,
            "",
            kind=Kind.QUIET,
            icon="ellipsis",
            shortcut="Alt+M",
            name=_("More of this house"),
        )
        self.take.clicked.connect(self._on_take)
        letter.clicked.connect(lambda: self._emit(self.letter_wanted))
        note.clicked.connect(lambda: self._emit(self.note_wanted))
        promise.clicked.connect(self.promise_wanted)
        self.more.clicked.connect(self.more_wanted)
        return ActionBar(theme, [self.take, letter, note, promise], [self.more])

    # -- filling

    def show_row(self, row: ArrearsRow | None) -> None:
        """Show the account of a house in arrears, nothing for None."""
        self.row = row
        if row is None:
            self.setCurrentWidget(self._quiet)
            self.unit = None
            return
        self.show_unit(row.unit_id, row)

    def show_unit(self, unit_id: int, row: ArrearsRow | None = None) -> None:
        """Show the account of any house; `row` is known where it stands in the list."""
        if self.unit is None or self.unit.id != unit_id:
            self._has_plain_numbers = self._shows_all = False
        self.unit = get_unit(unit_id)
        today = self._context.now().date()
        if row is None:
            found = list_arrears(ArrearsFilter(unit_ids=frozenset({unit_id})), today=today, limit=1)
            row = found[0] if found else None
        self.row = row
        self.setCurrentWidget(self._pane)
        self._show_head(row, today)
        self._show_bills(today)
        self._show_acts()

    def refill(self) -> None:
        """Read the account that is shown anew."""
        if self.unit is not None:
            self.show_unit(self.unit.id)

    def enter(self) -> None:
        """Put the keyboard on the bills, else on the first act."""
        if self.unit is None:
            return
        if self.bills.is_empty():
            self.take.setFocus()
        else:
            self.bills.setFocus()

    def _show_head(self, row: ArrearsRow | None, today: date) -> None:
        unit = self.unit
        assert unit is not None  # noqa: S101 - shown by its callers only
        account = get_account(unit.id, today)
        self._title.show_text(unit.short)
        stage = stage_mark(row) if row else Mark("")
        self._stage.show_badge(stage.words, stage.tone or Tone.NEUTRAL)
        left = (left_mark(row) if row else None) or Mark("")
        words = _("{left} to limitation").format(left=left.words) if left.words else ""
        self._left.show_badge(words, left.tone or Tone.NEUTRAL)
        people = list_residents(unit.id, today)
        first = next((one for one in people if one.present), None)
        phones = first.phones[:2] if first else ()
        shown = phones if self._has_plain_numbers else tuple(map(mask_phone, phones))
        debtor = row.debtor if row else (first.name if first else "")
        self._debtor.show_text("  ".join((self._context.shown_names(debtor), *shown)))
        link = _("Hide numbers") if self._has_plain_numbers else _("Show numbers")
        self._reveal.show_text(link if phones else "")
        reason = str(ARREARS_REASON_LABELS[row.reason]) if row and row.reason else ""
        words = _("Reason: {words}").format(words=reason) if reason else _("Reason and hold")
        self._reason.show_text(words if row else "")
        held = held_words(row) if row else ""
        link = _("Open the ticket") if row and row.held_by else ""
        self._held.show_banner(Tone.WARN, "circle-pause", held, link)
        self._facts.show_facts(
            [
                Fact(_("In arrears"), money_words(account.overdue_fen)),
                Fact(_("Not yet due"), money_words(account.open_fen - account.overdue_fen)),
                Fact(_("Prepaid"), money_words(account.prepaid_fen)),
                Fact(_("Deposits"), money_words(account.deposits_fen)),
                Fact(
                    _("Oldest bill"),
                    month_words(account.oldest_due_on) if account.oldest_due_on else "",
                ),
            ]
        )

    def _show_bills(self, today: date) -> None:
        unit = self.unit
        assert unit is not None  # noqa: S101 - shown by its callers only
        every = list_bills(unit.id)
        held = [bill for bill in every if not bill.voided_at]
        opened = [bill for bill in held if bill.is_open]
        self._limits = list_bill_limitations(unit.id, today)
        shown = held if self._shows_all else opened
        asked = unit.id, self._shows_all
        self.bills.show_bills(shown, anew=asked != self._bills_asked)
        self._bills_asked = asked
        self.bills.setVisible(bool(shown))
        self._no_bills.setVisible(not shown)
        if self._shows_all:
            self._all.show_text(_("Open ones only"))
        else:
            words = ngettext("All {count} bill", "All {count} bills", len(held))
            more = len(held) > len(opened)
            self._all.show_text(words.format(count=len(held)) if more else "")

    def _show_acts(self) -> None:
        unit = self.unit
        assert unit is not None  # noqa: S101 - shown by its callers only
        acts = list(reversed(list_acts(unit.id)))
        self.acts.show_rows(acts)
        self.acts.setMaximumHeight(self.acts.height_of(len(acts)))
        self.acts.setVisible(bool(acts))
        self._no_acts.setVisible(not acts)

    def _limit_mark(self, bill: Bill) -> Mark | None:
        found = self._limits.get(bill.id)
        if found is None:
            return None
        days = found.limitation.days_left(self._context.now().date())
        return Mark(str(found.limitation.last_on), left_tone(days))

    def _act_words(self, act: DunningAct) -> str:
        receiver = self._context.shown_names(act.receiver)
        said = (act.letter, receiver, act.express_number, act.note)
        return "  ".join(part for part in said if part)

    # -- following the clerk

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back to the list with Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)

    def _emit(self, wanted: SignalInstance) -> None:
        if self.unit is not None:
            wanted.emit(self.unit.id)

    def _on_bill(self, bill_id: int) -> None:
        explain_bill(self._context, self, bill_id)

    def _on_take(self) -> None:
        self._emit(self.till_wanted)

    def _on_house(self) -> None:
        self._emit(self.house_wanted)

    def _on_ticket(self) -> None:
        if self.row is not None and self.row.held_by:
            self.ticket_wanted.emit(find_ticket(self.row.held_by[0]).id)

    def _on_reveal(self) -> None:
        unit, context = self.unit, self._context
        if unit is None:
            return
        if self._has_plain_numbers:
            self._has_plain_numbers = False
        else:
            title = _("Numbers are not shown")
            self._has_plain_numbers = context.attempt(
                self,
                title,
                lambda: reveal_house(unit.id, by=context.staff.id, now=context.now()),
            )
        self._show_head(self.row, context.now().date())

    def _on_all(self) -> None:
        self._shows_all = not self._shows_all
        self._show_bills(self._context.now().date())


def _act_mark(act: DunningAct) -> Mark:
    tone = Tone.OK if act.has_proof else None
    return Mark(str(RESULT_LABELS[act.result]), tone)


def _row(*parts: QWidget | None) -> QHBoxLayout:
    """Return widgets in a line with the pane's margin; None takes the room that is left."""
    row = QHBoxLayout()
    row.setContentsMargins(Space.XL, 0, Space.XL, 0)
    row.setSpacing(Space.S)
    for part in parts:
        if part is None:
            row.addStretch(1)
        else:
            row.addWidget(part)
    return row
