"""The prices of one item: which held when and where, on what they rest, what comes next (R96)."""

from collections.abc import Sequence
from datetime import date
from typing import TypeGuard

from PySide6.QtWidgets import QWidget

from propdesk.domain.errors import DraftError, Problem, RuleError
from propdesk.domain.fee_items import FeeItem
from propdesk.domain.money import price_words
from propdesk.domain.staff import Right
from propdesk.domain.tariffs import Tariff
from propdesk.i18n import _, _lazy
from propdesk.services.queries.tariffs import list_tariffs
from propdesk.services.tariffs import end_tariff, void_tariff
from ui.context import AppContext
from ui.dialogs.fee_bases_dialog import FeeBasesDialog
from ui.dialogs.fee_item_words import present_price
from ui.dialogs.list_dialog import ListDialog
from ui.dialogs.small_form import SmallForm
from ui.dialogs.tariff_dialog import TariffDialog
from ui.dialogs.tariff_spans import TariffSpans
from ui.dialogs.tariff_words import PER_WORDS, is_above_cap, state_mark, tariff_words
from ui.fee_rights import may
from ui.forms.move_fields import day_field, read_day_of
from ui.tables.columns import CellKind, Column, Mark
from ui.theme import Ink, Tone
from ui.widgets.buttons import Kind
from ui.widgets.fields import LineField
from ui.widgets.labels import Label

_WIDTH, _ROWS = 940, 7


class TariffsDialog(ListDialog[Tariff]):
    """Enter proposes the next price from the chosen one; none is ever changed, only ended."""

    def __init__(self, context: AppContext, parent: QWidget, item: FeeItem) -> None:
        self._item = item
        today = context.now().date()
        super().__init__(
            context,
            parent,
            _("Prices: {item}").format(item=item.name),
            _columns(today),
            lambda one: one.id,
            width=_WIDTH,
            rows=_ROWS,
            details=4,
        )
        self.spans = TariffSpans(context.theme)
        self.body.insertWidget(2, self.spans)
        self.table.current_changed.connect(
            lambda row: self.spans.choose(row.id if isinstance(row, Tariff) else None)
        )
        new = self.add_act(
            _("New price from …"), self._on_new, "Ctrl+N", icon="plus", kind=Kind.TONAL,
            needs_row=False,
        )  # fmt: skip
        self.table.opened.connect(lambda _row: self._on_new())
        self.add_act(_("Set its end"), self._on_end, "Ctrl+E", icon="calendar-plus")
        self.add_act(_("Void it"), self._on_void, "Del", icon="x")
        self.add_act(
            _("Contracts and approvals"), self._on_bases, "Ctrl+B", icon="file-text",
            needs_row=False,
        )  # fmt: skip
        self.refill()
        (new if self.table.is_empty() else self.table).setFocus()

    def listed(self) -> Sequence[Tariff]:
        """Return the prices, those that hold first, void ones last."""
        found = list_tariffs(self._item.id, with_void=True)
        today = self.context.now().date()
        self.spans.show_tariffs(found, today)
        return sorted(
            found,
            key=lambda one: (
                one.voided_at is not None,
                one.until_on is not None and one.until_on < today,
            ),
        )

    def hint_words(self, found: Sequence[Tariff]) -> str:
        """Say what the figure means, or what to do first."""
        if not found:
            return _(
                "This item has no price yet: nothing of it is billed. Ctrl+N says the first one, "
                "with the contract or approval that it rests on."
            )
        return _("{per}. The price of a building stands before that of its community.").format(
            per=PER_WORDS[self._item.formula]
        )

    def detail_words(self, row: Tariff) -> str:
        """Say the rest of the price."""
        return tariff_words(row, self._item)

    # -- acts

    def _on_new(self) -> None:
        if not may(self.context, self, Right.SET_PRICES):
            return
        row = self.current()
        from_row = row if row is not None and row.voided_at is None else None
        dialog = TariffDialog(self.context, self, self._item, from_row)
        dialog.ask()
        stored = dialog.stored
        self._come_back(None if stored is None else stored.tariff.id)
        if stored is not None:
            said = [_("The new price holds from {day}").format(day=stored.tariff.from_on)]
            if stored.closed is not None:
                words = _("The price before it ends on {day}.")
                said.append(words.format(day=stored.closed.until_on))
            self.toast.show_message(" · ".join(said))

    def _on_end(self) -> None:
        row = self.current()
        if self._may_change(row):
            EndTariffDialog(self.context, self, row).ask()
            self._come_back()

    def _on_void(self) -> None:
        row = self.current()
        if self._may_change(row):
            VoidTariffDialog(self.context, self, row).ask()
            self._come_back()

    def _may_change(self, row: Tariff | None) -> TypeGuard[Tariff]:
        """Tell whether a line is a standing price and who sits here may end or void it."""
        is_standing = row is not None and row.voided_at is None
        return is_standing and may(self.context, self, Right.SET_PRICES)

    def _on_bases(self) -> None:
        FeeBasesDialog(self.context, self).ask()
        self._come_back()

    def _come_back(self, tariff_id: int | None = None) -> None:
        self.refill(tariff_id)
        self.table.setFocus()


class EndTariffDialog(SmallForm):
    """Say the last day of a price, or none: it is open again where no other follows."""

    def __init__(self, context: AppContext, parent: QWidget, tariff: Tariff) -> None:
        title = _("The price {price} ends on").format(price=price_words(tariff.price_e4))
        super().__init__(context, parent, title, _("Save"))
        self._tariff = tariff
        self.until = day_field(context, _("Holds until"))
        hint = Label(context.theme, _("empty: it has no end"), ink=Ink.TEXT_3)
        self.rows.add_row("until", _("Holds until"), self.until, note=hint)
        self.until.show_words(str(tariff.until_on or ""))
        self.until.setFocus()
        self.until.selectAll()

    def act(self) -> Tariff:
        """Store the day; what stands against it is said under it."""
        day = read_day_of(self.until, "until", self.context.now().date())
        try:
            return end_tariff(self._tariff.id, day, by=self.context.staff.id)
        except DraftError:
            raise
        except RuleError as refusal:
            raise DraftError((Problem("until", str(refusal)),)) from refusal


class VoidTariffDialog(SmallForm):
    """Say why a price was wrong; one that bills rest on stays."""

    def __init__(self, context: AppContext, parent: QWidget, tariff: Tariff) -> None:
        title = _("Void the price {price}").format(price=price_words(tariff.price_e4))
        super().__init__(context, parent, title, _("Void it"))
        self._tariff = tariff
        self.reason = LineField(context.theme, _("Reason"))
        self.rows.add_row("text", _("Reason"), self.reason)
        self.reason.setFocus()

    def act(self) -> Tariff:
        """Void it."""
        context = self.context
        try:
            return void_tariff(
                self._tariff.id, self.reason.words(), by=context.staff.id, now=context.now()
            )
        except DraftError:
            raise
        except RuleError as refusal:
            raise DraftError((Problem("text", str(refusal)),)) from refusal


def _columns(today: date) -> tuple[Column, ...]:
    return (
        Column("from", _lazy("Holds from"), lambda one: str(one.from_on), width=96),
        Column("until", _lazy("Holds until"), lambda one: str(one.until_on or _("no end")),
               width=96),
        Column("price", _lazy("Price (yuan)"), lambda one: present_price((one,)),
               CellKind.COUNT, width=100, is_strong=True),
        Column("place", _lazy("For"), lambda one: one.place or _("all houses"), width=130),
        Column("basis", _lazy("Rests on"), lambda one: one.basis, width=200, stretches=True),
        Column("cap", _lazy("Cap"), _cap, CellKind.BADGE, width=110),
        Column("state", _lazy("State"), lambda one: state_mark(one, today), CellKind.STATUS,
               width=110),
    )  # fmt: skip


def _cap(tariff: Tariff) -> Mark | None:
    if is_above_cap(tariff):
        return Mark(_("above the cap"), Tone.WARN)
    return None if tariff.cap_e4 is None else Mark(price_words(tariff.cap_e4))
