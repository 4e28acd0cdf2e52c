"""Exceptions: what one house is charged apart, less or not at all, and who pays in its place.

Seen from a house (all its items) or from an item (all its houses).
"""

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QWidget

from propdesk.domain.errors import DraftError, Problem, RuleError
from propdesk.domain.fee_items import UNIT_FEE_LABELS, FeeItem, UnitFeeKind
from propdesk.domain.money import price_words, quantity_words
from propdesk.domain.staff import Right
from propdesk.domain.tariffs import span_text
from propdesk.domain.unit_fees import ONE
from propdesk.i18n import _, _lazy
from propdesk.services.queries.unit_fees import UnitFeeRow, list_unit_fee_rows
from propdesk.services.queries.units import Unit
from propdesk.services.unit_fees import StoredUnitFee, end_unit_fee, void_unit_fee
from ui.context import AppContext
from ui.dialogs.list_dialog import ListDialog
from ui.dialogs.small_form import SmallForm
from ui.dialogs.unit_fee_dialog import UnitFeeDialog
from ui.fee_rights import may
from ui.forms.move_fields import day_field, read_day_of
from ui.tables.columns import CellKind, Column, Mark
from ui.theme import Tone
from ui.widgets.buttons import Kind

_WIDTH, _ROWS = 900, 9


class UnitFeesDialog(ListDialog[UnitFeeRow]):
    """Ctrl+N adds an exception, Ctrl+E ends one, Del voids one that was a slip."""

    def __init__(
        self,
        context: AppContext,
        parent: QWidget,
        *,
        unit: Unit | None = None,
        item: FeeItem | None = None,
    ) -> None:
        self._unit, self._item = unit, item
        name = unit.short if unit is not None else item.name if item is not None else ""
        super().__init__(
            context,
            parent,
            _("Exceptions: {name}").format(name=name),
            self._columns(context.now().date()),
            lambda row: row.line.id,
            width=_WIDTH,
            rows=_ROWS,
        )
        new = self.add_act(
            _("Add an exception"), self._on_add, "Ctrl+N", icon="plus", kind=Kind.TONAL,
            needs_row=False,
        )  # fmt: skip
        self.add_act(_("Set its end"), self._on_end, "Ctrl+E", icon="calendar-plus")
        self.add_act(_("Void it"), self._on_void, "Del", icon="x")
        self.refill()
        (new if self.table.is_empty() else self.table).setFocus()

    def _columns(self, today: date) -> tuple[Column, ...]:
        house = Column("house", _lazy("House"), lambda row: row.unit, width=100, is_strong=True)
        item = Column("item", _lazy("Fee item"), lambda row: row.item, width=130, is_strong=True)
        return (
            house if self._item is not None else item,
            Column("kind", _lazy("Kind"), lambda row: str(UNIT_FEE_LABELS[row.line.kind]),
                   width=100),
            Column("what", _lazy("What is paid"), paid_words, width=150),
            Column("term", _lazy("From – to"),
                   lambda row: span_text(row.line.from_on, row.line.until_on), width=180),
            Column("why", _lazy("Reason"), lambda row: row.line.reason or row.line.evidence,
                   width=160, stretches=True, is_quiet=True),
            Column("state", _lazy("State"), lambda row: _state(row, today), CellKind.STATUS,
                   width=104),
        )  # fmt: skip

    def listed(self) -> Sequence[UnitFeeRow]:
        """Return the lines of the house or the item."""
        return list_unit_fee_rows(
            unit_id=self._unit.id if self._unit else None,
            item_id=self._item.id if self._item else None,
        )

    def hint_words(self, found: Sequence[UnitFeeRow]) -> str:
        """Say what these lines do, or that there are none."""
        if found:
            return _("Bills of the days from - to follow these lines; posted bills stay.")
        return _(
            "No exception: everybody pays the common price. Ctrl+N enters a price of one's own, a "
            "reduction, vacancy with its evidence, an exemption, or another payer."
        )

    def detail_words(self, row: UnitFeeRow) -> str:
        """Say evidence and payer, and who entered it."""
        line = row.line
        said = [one for one in (line.reason, " ".join(line.evidence.split())) if one]
        if row.payer:
            name = self.context.shown_names(row.payer)
            said.append(_("{name} pays").format(name=name))
        if line.entered_at is not None:
            words = _("entered {day} by {name}")
            said.append(words.format(day=line.entered_at.date(), name=line.staff))
        return " · ".join(said)

    # -- acts

    def _on_add(self) -> None:
        if not may(self.context, self, Right.CHARGE):
            return
        dialog = UnitFeeDialog(self.context, self, unit=self._unit, item=self._item)
        dialog.ask()
        self._show_stored(dialog.stored)

    def _on_end(self) -> None:
        row = self.current()
        if row is not None:
            dialog = EndUnitFeeDialog(self.context, self, row)
            dialog.ask()
            self._show_stored(dialog.stored)

    def _on_void(self) -> None:
        row, context = self.current(), self.context
        if row is None or not context.messages.confirm(
            self,
            _("Void this exception?"),
            _("As if it had never been entered. One that was right until now is ended instead."),
            act=_("Void it"),
            keep=_("Keep it"),
        ):
            return
        stored: list[StoredUnitFee] = []
        if context.attempt(
            self,
            _("This was not done"),
            lambda: stored.append(
                void_unit_fee(row.line.id, by=context.staff.id, now=context.now())
            ),
        ):
            self._show_stored(stored[0])

    def _show_stored(self, stored: StoredUnitFee | None) -> None:
        """Show the list anew; what is doubtful about the line is said, not refused."""
        self.refill(None if stored is None else stored.line.id)
        if stored is not None:
            self.context.changes.fees_changed.emit()
            self.toast.show_message(" ".join((_("Stored."), *stored.doubts)))
        self.table.setFocus()


class EndUnitFeeDialog(SmallForm):
    """On which day an exception ends."""

    def __init__(self, context: AppContext, parent: QWidget, row: UnitFeeRow) -> None:
        words = _("{item} of {house} ends on").format(item=row.item, house=row.unit)
        super().__init__(context, parent, words, _("Save"))
        self._row = row
        self.until = day_field(context, _("Holds until"))
        self.rows.add_row("until", _("Holds until"), self.until)
        self.until.show_words(str(row.line.until_on or context.now().date()))
        self.until.setFocus()
        self.until.selectAll()

    def act(self) -> StoredUnitFee:
        """End it."""
        day = read_day_of(self.until, "until", self.context.now().date())
        if day is None:
            raise DraftError((Problem("until", _("Say the last day.")),))
        try:
            return end_unit_fee(self._row.line.id, day, by=self.context.staff.id)
        except DraftError:
            raise
        except RuleError as refusal:
            raise DraftError((Problem("until", str(refusal)),)) from refusal


def paid_words(row: UnitFeeRow) -> str:
    """Return what the house pays by a line."""
    line = row.line
    if line.kind is UnitFeeKind.EXEMPT:
        return _("nothing")
    if line.kind is UnitFeeKind.PAYER:
        return _("another pays")
    said = []
    if line.quantity_milli != ONE:
        said.append(f"× {quantity_words(line.quantity_milli)}")
    if line.price_e4 is not None:
        said.append(_("{price} yuan").format(price=price_words(line.price_e4)))
    if line.percent is not None:
        said.append(f"{line.percent} %")
    default = _("as the price says") if line.kind is UnitFeeKind.VACANT else _("common price")
    return " ".join(said) or default


def _state(row: UnitFeeRow, today: date) -> Mark:
    line = row.line
    if line.covers(today):
        return Mark(_("Holds today"), Tone.OK)
    return (
        Mark(_("Not begun yet"), Tone.INFO)
        if line.from_on > today
        else Mark(_("Has ended"), Tone.NEUTRAL)
    )
