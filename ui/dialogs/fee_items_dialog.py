"""The items of fees (收费项目): what is charged, how, and at which price today."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtWidgets import QWidget

from propdesk.domain.errors import RuleError
from propdesk.domain.fee_item_drafts import draft_of
from propdesk.domain.fee_items import FORMULA_LABELS, FeeItem, Formula
from propdesk.domain.staff import Right
from propdesk.domain.tariffs import Tariff
from propdesk.i18n import _, _lazy, ngettext
from propdesk.services.fee_items import change_item, propose_items
from propdesk.services.queries.fee_items import list_items
from propdesk.services.queries.tariffs import list_tariffs
from ui.context import AppContext
from ui.dialogs.fee_item_dialog import FeeItemDialog
from ui.dialogs.fee_item_words import item_words, period_words, present_price
from ui.dialogs.list_dialog import ListDialog
from ui.dialogs.tariffs_dialog import TariffsDialog
from ui.dialogs.unit_fees_dialog import UnitFeesDialog
from ui.fee_rights import may
from ui.tables.columns import CellKind, Column, Mark
from ui.theme import Tone
from ui.widgets.buttons import Button, Kind

_WIDTH, _ROWS = 940, 11


@dataclass(frozen=True, slots=True)
class _Line:
    """An item with the prices that hold today."""

    item: FeeItem
    tariffs: tuple[Tariff, ...]

    @property
    def lacks_price(self) -> bool:
        """Tell whether nothing can be billed; shared costs and single charges bring their own."""
        needs = self.item.formula not in (Formula.SHARED, Formula.ONE_OFF)
        return self.item.is_active and needs and not self.tariffs


class FeeItemsDialog(ListDialog[_Line]):
    """Enter shows the prices of an item, Ctrl+E changes it, Del ends it or takes it up again."""

    def __init__(self, context: AppContext, parent: QWidget) -> None:
        super().__init__(
            context,
            parent,
            _("Fee items"),
            _columns(),
            lambda line: line.item.id,
            width=_WIDTH,
            rows=_ROWS,
            details=3,
        )
        self.add_act(_("Prices"), self._on_prices, "Enter", icon="banknote", kind=Kind.TONAL)
        self.add_act(_("Edit"), self._on_edit, "Ctrl+E", icon="pencil")
        self._end = self.add_act(_("End it"), self._on_end, "Del", icon="circle-pause")
        self.add_act(_("Exceptions"), self._on_exceptions, "Ctrl+L", icon="house")
        self.add_act(_("Add an item"), self._on_add, "Ctrl+N", icon="plus", needs_row=False)
        self._usual = Button(
            context.theme, _("Take over the usual items"), icon="list-checks", shortcut="Ctrl+T"
        )
        self._usual.clicked.connect(self._on_usual)
        self._foot.insertWidget(0, self._usual)
        self.refill()
        (self._usual if self.table.is_empty() else self.table).setFocus()

    def listed(self) -> Sequence[_Line]:
        """Return the items, those that are charged first, each with its present prices."""
        today = self.context.now().date()
        prices: dict[int, list[Tariff]] = {}
        for one in list_tariffs(on=today):
            prices.setdefault(one.fee_item_id, []).append(one)
        items = sorted(list_items(), key=lambda item: not item.is_active)
        return [_Line(item, tuple(prices.get(item.id, ()))) for item in items]

    def hint_words(self, found: Sequence[_Line]) -> str:
        """Say what to do next."""
        if not found:
            return _(
                "Nothing is charged yet. Take over the items that most offices have (Ctrl+T), "
                "then say the price of each; or add your own."
            )
        lacking = sum(line.lacks_price for line in found)
        if lacking:
            words = ngettext(
                "{count} item has no price today: nothing of it is billed. Enter says one.",
                "{count} items have no price today: nothing of them is billed. Enter says one.",
                lacking,
            )
            return words.format(count=lacking)
        return _("What is charged, how it is reckoned, and what it costs today.")

    def detail_words(self, row: _Line) -> str:
        """Say the rest of the item; the verb that ends it fits its state."""
        self._end.show_word(_("End it") if row.item.is_active else _("Charge it again"))
        return item_words(row.item)

    # -- acts

    def _on_prices(self) -> None:
        line = self.current()
        if line is not None:
            TariffsDialog(self.context, self, line.item).ask()
            self._come_back()

    def _on_exceptions(self) -> None:
        line = self.current()
        if line is not None:
            UnitFeesDialog(self.context, self, item=line.item).ask()
            self._come_back()

    def _on_add(self) -> None:
        self._edit(None)

    def _on_edit(self) -> None:
        line = self.current()
        if line is not None:
            self._edit(line.item)

    def _edit(self, item: FeeItem | None) -> None:
        if not may(self.context, self, Right.SET_PRICES):
            return
        dialog = FeeItemDialog(self.context, self, item)
        dialog.ask()
        stored = dialog.stored
        self._come_back(None if stored is None else stored.item.id)
        if stored is not None:
            said = _("Stored: {title}").format(title=stored.item.name)
            self.toast.show_message(" ".join((said, *stored.doubts)))

    def _on_end(self) -> None:
        """Charge an item no more, or again; its bills and prices stay."""
        line = self.current()
        if line is None:
            return
        item = line.item
        draft = replace(draft_of(item), is_active=not item.is_active)
        if self.context.attempt(
            self,
            _("This was not done"),
            lambda: change_item(item.id, draft, version=item.version, by=self.context.staff.id),
        ):
            self._come_back(item.id)
            words = _("{item} is charged again") if draft.is_active else _("{item} is ended")
            self.toast.show_message(words.format(item=item.name))

    def _on_usual(self) -> None:
        """Take over what the office does not have; none has a price yet."""
        context = self.context
        try:
            added = propose_items(by=context.staff.id, now=context.now())
        except RuleError as refusal:
            context.messages.tell(self, _("This was not done"), str(refusal))
            return
        self._come_back(added[0].id if added else None)
        words = ngettext("{count} item was added.", "{count} items were added.", len(added))
        none = _("All usual items are here already.")
        self.toast.show_message(words.format(count=len(added)) if added else none)

    def _come_back(self, item_id: int | None = None) -> None:
        self.refill(item_id)
        self.context.changes.fees_changed.emit()
        self.table.setFocus()


def _columns() -> tuple[Column, ...]:
    return (
        Column("name", _lazy("Fee item"), lambda line: line.item.name, width=170, stretches=True,
               is_strong=True),
        Column("code", _lazy("Item code"), lambda line: line.item.code, width=90, is_quiet=True),
        Column("formula", _lazy("How it is reckoned"),
               lambda line: str(FORMULA_LABELS[line.item.formula]), width=150),
        Column("period", _lazy("How often"), lambda line: period_words(line.item), width=110),
        Column("price", _lazy("Price today (yuan)"), lambda line: present_price(line.tariffs),
               CellKind.COUNT, width=130),
        Column("state", _lazy("State"), _state, CellKind.STATUS, width=110),
    )  # fmt: skip


def _state(line: _Line) -> Mark:
    if not line.item.is_active:
        return Mark(_("Not charged"), Tone.NEUTRAL)
    if line.lacks_price:
        return Mark(_("No price"), Tone.WARN)
    return Mark(_("Is charged"), Tone.OK)
