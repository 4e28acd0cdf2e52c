"""A common cost: entered with its shares in sight, to the fen, before anything is stored (R98)."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from propdesk.domain.bill_runs import period_words, shifted_period
from propdesk.domain.errors import DraftError, Problem, RuleError
from propdesk.domain.fee_items import SHARE_LABELS, ShareBy
from propdesk.domain.fee_workings import base_words
from propdesk.domain.money import money_words, parse_money, parse_quantity
from propdesk.domain.owed_lists import OwedList
from propdesk.domain.shared_costs import SharedCost, SharedCostDraft
from propdesk.i18n import _, _lazy, ngettext
from propdesk.services.offices import working_connection
from propdesk.services.queries.shared_costs import (
    CostShares,
    HouseShare,
    list_shared_items,
    list_shares,
    preview_shares,
)
from propdesk.services.shared_costs import enter_shared_cost
from ui.background import Handle, Progress
from ui.context import AppContext
from ui.dialogs.base import Dialog
from ui.dialogs.bill_run_mending import can_mend, mend
from ui.dialogs.bill_run_views import MendRow
from ui.dialogs.small_form import SmallForm
from ui.tables.columns import CellKind, Column, FixedRows
from ui.tables.view import RecordTable
from ui.theme import Ink, Space
from ui.widgets.buttons import Button, Kind
from ui.widgets.choices import Choice, Segments
from ui.widgets.fields import LineField, PickField
from ui.widgets.labels import Label
from ui.widgets.period_field import PeriodField
from ui.widgets.place_field import PlaceField

_WIDTH, _ROWS, _SHORT = 720, 8, 130


class SharesPane(QWidget):
    """The houses with their bases and shares; what keeps a cost from being shared is said here."""

    left = Signal()
    mended = Signal()

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self.shares: CostShares | None = None
        theme = context.theme
        self.said = Label(theme, ink=Ink.TEXT_2, wrap=True, selectable=True)
        self.table = RecordTable(
            theme, _("Shares of the houses"), self._columns(), lambda one: one.unit_id,
            now=context.now,
        )  # fmt: skip
        self.table.make_dense()
        self.table.setFixedHeight(self.table.height_of(_ROWS))
        self.table.left.connect(self.left)
        self.table.opened.connect(self._on_opened)
        self.table.current_changed.connect(self._on_current)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        column.addWidget(self.said)
        column.addWidget(self.table)

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column("house", _lazy("House"), lambda one: one.unit, width=110, is_strong=True),
            Column("base", _lazy("Shared by"), self._base, width=120, is_figure=True),
            Column("part", _lazy("Of the whole"), self._part, width=80, is_quiet=True,
                   rank=1, is_figure=True),
            Column("state", _lazy("State"), _state, width=160, stretches=True),
            Column("amount", _lazy("Share (yuan)"), lambda one: one.amount_fen or None,
                   CellKind.MONEY, width=110, is_strong=True),
        )  # fmt: skip

    def _base(self, one: HouseShare) -> str:
        if self.shares is None or one.problem:
            return ""
        return base_words(self.shares.share_by, one.base)

    def _part(self, one: HouseShare) -> str:
        if self.shares is None or not self.shares.base_total or one.problem:
            return ""
        return f"{one.base / self.shares.base_total:.3%}"

    def show_shares(self, shares: CostShares) -> None:
        """Show how a cost is shared, or which houses keep it from that."""
        self.shares = shares
        self.said.show_text(_words(shares), Ink.TEXT_2 if shares.is_shared else Ink.DANGER)
        self.table.show_rows(shares.houses)

    def show_words(self, words: str, *, is_bad: bool = False) -> None:
        """Say why there are no shares yet."""
        self.shares = None
        self.table.show_rows(())
        self.said.show_text(words, Ink.DANGER if is_bad else Ink.TEXT_3)

    def _on_current(self, one: HouseShare | None) -> None:
        """Say in full what the chosen house lacks: its column has no room for that."""
        if one is not None and one.problem and self.shares is not None:
            self.said.show_text(f"{_words(self.shares)} {one.problem}", Ink.DANGER)

    def _on_opened(self, one: HouseShare) -> None:
        row = MendRow(one.unit_id, one.unit, "", one.code, one.problem, is_left_out=True)
        if not one.problem or not can_mend(row):
            return
        if mend(self._context, self, row):
            self.mended.emit()
        else:
            self.left.emit()


def _state(one: HouseShare) -> str:
    """Return what is missing, or that nothing has to be paid; a blank is no gap."""
    return one.problem or (_("exempt") if one.is_exempt else " ")


def _words(shares: CostShares) -> str:
    if not shares.houses:
        return _(
            "No house takes part: look at the place, and at which kinds of house pay the item."
        )
    if not shares.is_shared:
        count = len(shares.houses)
        return ngettext(
            "{count} house lacks what the rule needs: nothing is shared until that is mended. "
            "Enter leads there.",
            "{count} houses lack what the rule needs: nothing is shared until that is mended. "
            "Enter leads there.",
            count,
        ).format(count=count)
    count = len(shares.houses)
    said = ngettext(
        "{total} yuan among {count} house, {by}, together {whole}: the shares come to {sum} yuan.",
        "{total} yuan among {count} houses, {by}, together {whole}: the shares come to {sum} yuan.",
        count,
    ).format(
        total=money_words(shares.total_fen),
        count=f"{count:,}",
        by=str(SHARE_LABELS[shares.share_by]).lower(),
        whole=base_words(shares.share_by, shares.base_total),
        sum=money_words(sum(one.amount_fen for one in shares.houses)),
    )
    if shares.exempt_fen:
        said += " " + _("{amount} of exempt houses stay with the office.").format(
            amount=money_words(shares.exempt_fen)
        )
    return said


class SharedCostDialog(SmallForm):
    """Enter the supplier's bill; the shares are seen before it is stored."""

    def __init__(self, context: AppContext, parent: QWidget) -> None:
        title = _("Enter a shared cost")
        super().__init__(context, parent, title, _("Enter the cost"), width=_WIDTH)
        theme, today = context.theme, context.now().date()
        self._handle: Handle | None = None
        items = [Choice(code, name) for code, name in list_shared_items()]
        self.item = PickField(theme, _("Fee item"), items)
        # The supplier's bill is for the month that has ended.
        self.period = PeriodField(theme, shifted_period(today, 1, -1))
        self.place = PlaceField(theme, _("Where"))
        self.total = LineField(theme, _("Amount of the bill (yuan)"), width=_SHORT, longest=20)
        self.by = Segments(
            theme, _("Shared"), [Choice(one.value, str(word)) for one, word in SHARE_LABELS.items()]
        )
        self.usage = LineField(theme, _("Common meter counted"), width=_SHORT, longest=20)
        self.document = LineField(theme, _("Supplier's bill no."), longest=80)
        add = self.rows.add_row
        add("item", _("Fee item"), self.item, Label(theme, _("Where"), ink=Ink.TEXT_3), self.place)
        add("from_on", _("Charged for"), self.period)
        add("total", _("Amount (yuan)"), self.total)
        add("by", _("Shared"), self.by)
        used = Label(theme, _("Supplier's bill no."), ink=Ink.TEXT_3)
        add("usage", _("Common meter counted"), self.usage, used, self.document)
        self.pane = SharesPane(context)
        self.pane.left.connect(self.reject)
        self.pane.mended.connect(self._look)
        self.body.addWidget(self.pane)
        self.item.picked.connect(lambda _key: self._look())
        self.place.picked.connect(lambda _key: self._look())
        self.by.chosen_changed.connect(lambda _key: self._look())
        self.period.period_changed.connect(self._look)
        self.total.textChanged.connect(lambda _words: self._look())
        (self.total if items else self.item).setFocus()
        if not items:
            words = _("No fee item shares a cost yet. Switch one on under More, Bills and prices.")
            self.pane.show_words(words, is_bad=True)
        else:
            self._look()

    def _draft(self) -> SharedCostDraft:
        problems = []
        total, usage = 0, None
        try:
            total = parse_money(self.total.words()) if self.total.words() else 0
        except RuleError as refusal:
            problems.append(Problem("total", str(refusal)))
        try:
            usage = parse_quantity(self.usage.words()) if self.usage.words() else None
        except RuleError as refusal:
            problems.append(Problem("usage", str(refusal)))
        if problems:
            raise DraftError(tuple(problems))
        where = self.place.place()
        first, last = self.period.period()
        return SharedCostDraft(
            first,
            last,
            total,
            ShareBy(self.by.chosen()),
            where.community_id,
            where.building_id,
            usage,
            self.document.words(),
        )

    def _look(self) -> None:
        """Share out what is typed so far, in the background; the latest question is answered."""
        if self._handle is not None:
            self._handle.cancel()
            self._handle = None
        code = self.item.value()
        try:
            draft = self._draft()
        except DraftError:
            draft = None
        if not code or draft is None or not draft.total_fen:
            self.pane.show_words(_("Type the amount: the shares stand here before it is stored."))
            return

        def job(_progress: Progress) -> CostShares:
            with working_connection():
                return preview_shares(code, draft)

        self._handle = self.context.background.run(job, self.pane.show_shares, self._on_error)

    def _on_error(self, error: BaseException) -> None:
        if not isinstance(error, (RuleError, DraftError)):
            raise error
        self.pane.show_words(str(error), is_bad=True)

    def act(self) -> SharedCost:
        """Store it; the next run of its months bills each house its share."""
        return enter_shared_cost(
            self.item.value(), self._draft(), by=self.context.staff.id, now=self.context.now()
        )

    def done(self, result: int) -> None:
        """Give up the question that is still asked."""
        if self._handle is not None:
            self._handle.cancel()
        super().done(result)


class SharesDialog(Dialog):
    """How a cost that was entered is shared; printed and exported as it is seen."""

    def __init__(self, context: AppContext, parent: QWidget, cost: SharedCost) -> None:
        period = period_words(cost.from_on, cost.until_on)
        title = f"{cost.item}  {cost.place}  {period}".replace("    ", "  ")
        super().__init__(context.theme, parent, title, width=_WIDTH)
        self.context = context
        self._cost = cost
        self.pane = SharesPane(context)
        self.pane.left.connect(self.reject)
        self.pane.mended.connect(self._look)
        self.body.addWidget(self.pane)
        for place, (word, icon, keys, act) in enumerate(
            (
                (_("Export"), "file-spreadsheet", "Ctrl+E", self._on_export),
                (_("Print"), "printer", "Ctrl+P", self._on_print),
            )
        ):
            button = Button(context.theme, word, kind=Kind.QUIET, icon=icon, shortcut=keys)
            button.clicked.connect(act)
            self._foot.insertWidget(place, button)
        self.add_verb("", _("Close"))
        self._look()
        self.pane.table.setFocus()

    def _look(self) -> None:
        try:
            self.pane.show_shares(list_shares(self._cost))
        except RuleError as refusal:
            self.pane.show_words(str(refusal), is_bad=True)

    def _fetch(self) -> FixedRows:
        shares = self.pane.shares
        return FixedRows(shares.houses if shares else ())

    def _on_export(self) -> None:
        from ui.pages.fee_exports import export_fees_as_seen

        rows = self._fetch()
        seen = (self.pane.table, rows, self.windowTitle(), len(rows.rows))
        words = export_fees_as_seen(self.context, self, seen, OwedList.COST_SHARES)
        if words:
            self.pane.said.show_text(words)

    def _on_print(self) -> None:
        from ui.pages.fee_exports import print_fees_as_seen

        seen = (self.pane.table, self._fetch(), self.windowTitle(), self.pane.said.text())
        print_fees_as_seen(self.context, self, seen, OwedList.COST_SHARES)
