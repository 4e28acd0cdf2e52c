"""What is to be seen of a bill run before it is posted: sums, bills, what is missing or strange."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Self

from PySide6.QtWidgets import QWidget

from propdesk.domain.bill_runs import (
    BilledOtherwise,
    ItemTotal,
    PlaceTotal,
    PlannedBill,
    RunPreview,
    period_words,
)
from propdesk.domain.fee_workings import working_words
from propdesk.domain.money import money_words
from propdesk.i18n import LazyText, _, _lazy, ngettext
from propdesk.services.queries.places import list_places
from ui.context import AppContext
from ui.dialogs.base import Dialog
from ui.tables.columns import CellKind, Column, Mark
from ui.tables.view import RecordTable
from ui.theme import Tone
from ui.widgets.choices import Choice


class View(StrEnum):
    """A way to look at a preview."""

    ITEMS = "items"
    PLACES = "places"
    BILLS = "bills"
    MEND = "mend"
    COMPARED = "compared"
    OTHERWISE = "otherwise"


VIEW_WORDS: Mapping[View, LazyText] = {
    View.ITEMS: _lazy("By item"),
    View.PLACES: _lazy("By building"),
    View.BILLS: _lazy("All bills"),
    View.MEND: _lazy("To mend"),
    View.COMPARED: _lazy("Unlike last time"),
    View.OTHERWISE: _lazy("Billed otherwise"),
}

VIEW_HINTS: Mapping[View, LazyText] = {
    View.BILLS: _lazy("Enter shows how an amount comes about"),
    View.MEND: _lazy("Enter leads to where it is mended"),
    View.COMPARED: _lazy("Enter shows how an amount comes about"),
    View.OTHERWISE: _lazy(
        "These bills stand. Enter shows one; void it, and the run writes it anew"
    ),
}


@dataclass(frozen=True, slots=True)
class MendRow:
    """A house that is left out of the run, or billed without anybody who owes; and why."""

    unit_id: int | None
    unit: str
    item: str
    code: str
    text: str
    is_left_out: bool


NO_OWNER = "no-owner"


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """A house that is billed unlike last time; `bill` is None where it is billed no more."""

    unit: str
    item: str
    last_fen: int | None
    now_fen: int | None
    mark: Mark
    bill: PlannedBill | None
    weight: float


def mend_rows(preview: RunPreview) -> list[MendRow]:
    """Return what somebody has to mend: houses left out first, then bills that name nobody."""
    found = [
        MendRow(one.unit_id, one.unit or "—", one.item.name, one.code, one.text, is_left_out=True)
        for one in preview.problems
    ]
    said = _("The register names no owner: the bill is written and names nobody.")
    nameless = {(one.unit_id, one.unit): one.item.name for one in preview.ownerless}
    return found + [
        MendRow(unit_id, unit, item, NO_OWNER, said, is_left_out=False)
        for (unit_id, unit), item in nameless.items()
    ]


def compared_rows(preview: RunPreview) -> list[ComparedRow]:
    """Return the houses that are billed unlike last time, the greatest change first.

    Months of one house that are billed alike are told once.
    """
    alike = {(one.unit_id, one.item.id, one.line.amount_fen): one for one in preview.outliers}
    rows = [
        ComparedRow(
            one.unit, one.item.name, one.last_fen, one.line.amount_fen,
            Mark(one.change_words, Tone.WARN), one,
            abs(float(one.change or 0)),
        )
        for one in alike.values()
    ]  # fmt: skip
    rows += [
        ComparedRow(
            one.unit, one.item.name, one.last_fen, None, Mark(_("Not any more"), Tone.DANGER),
            None, float("inf"),
        )
        for one in preview.gone
    ]  # fmt: skip
    rows += [
        ComparedRow(
            one.unit, one.item.name, None, one.line.amount_fen, Mark(_("New"), Tone.INFO), one, -1,
        )
        for one in preview.new
    ]  # fmt: skip
    return sorted(rows, key=lambda row: -row.weight)


def view_choices(preview: RunPreview) -> list[Choice]:
    """Return the views with their counts; what there is nothing of is left out."""
    counts = {
        View.ITEMS: len(preview.totals),
        View.PLACES: len(preview.places),
        View.BILLS: len(preview.bills),
        View.MEND: len(mend_rows(preview)),
        View.COMPARED: len(compared_rows(preview)),
        View.OTHERWISE: len(preview.otherwise),
    }
    return [
        Choice(view.value, str(VIEW_WORDS[view]), count, is_bad=view is View.MEND)
        for view, count in counts.items()
        if count
    ]


@dataclass(frozen=True, slots=True)
class Counted:
    """A preview with what is said of it, put together in the background: it has 30,000 bills."""

    preview: RunPreview
    choices: Sequence[Choice]
    words: str
    also: str

    @classmethod
    def of(cls, preview: RunPreview) -> Self:
        """Put together what stands over the views."""
        return cls(preview, view_choices(preview), preview_words(preview), also_words(preview))


def view_table(context: AppContext, view: View, preview: RunPreview) -> RecordTable:
    """Return a table of a view, filled."""
    makers: Mapping[View, Callable[[RunPreview], tuple[Sequence[Column], Sequence[Any]]]] = {
        View.ITEMS: _items,
        View.PLACES: _places,
        View.BILLS: _bills,
        View.MEND: _mends,
        View.COMPARED: _compared,
        View.OTHERWISE: _otherwise,
    }
    columns, found = makers[view](preview)
    table = RecordTable(context.theme, str(VIEW_WORDS[view]), columns, id, now=context.now)
    table.make_dense()
    table.show_rows(found)
    return table


_Shown = tuple[Sequence[Column], Sequence[Any]]
_MONEY, _COUNT, _BADGE = CellKind.MONEY, CellKind.COUNT, CellKind.BADGE


def _house(value: Callable[[Any], str]) -> Column:
    return Column("house", _lazy("House"), value, width=110, least=86, is_strong=True)


def _items(preview: RunPreview) -> _Shown:
    def item(row: ItemTotal) -> str:
        return row.item.name

    return (
        Column("item", _lazy("Fee item"), item, width=220, stretches=True, is_strong=True),
        Column("units", _lazy("Houses"), lambda row: row.units, _COUNT, width=90),
        Column("bills", _lazy("Bills"), lambda row: row.bills, _COUNT, width=90),
        Column("total", _lazy("Amount (yuan)"), lambda row: row.total_fen, _MONEY, width=140,
               is_strong=True),
    ), preview.totals  # fmt: skip


def _places(preview: RunPreview) -> _Shown:
    """Return a column for each item beside the buildings; their sum stands last."""
    names = {one.building_id: one.name for one in list_places() if one.building_id}
    order = {building_id: place for place, building_id in enumerate(names)}

    def of_item(item_id: int) -> Callable[[PlaceTotal], int | None]:
        return lambda row: row.by_item.get(item_id)

    items = [
        Column(total.item.code, _as_it_is(total.item.name), of_item(total.item.id), _MONEY,
               width=110, least=76, rank=place + 1)
        for place, total in enumerate(preview.totals)
    ]  # fmt: skip
    return (
        Column("building", _lazy("Building"), lambda row: names.get(row.building_id, "—"),
               width=150, least=80, stretches=True, is_strong=True),
        Column("units", _lazy("Houses"), lambda row: row.units, _COUNT, width=70),
        *items,
        Column("total", _lazy("Amount (yuan)"), lambda row: row.total_fen, _MONEY, width=124,
               is_strong=True),
    ), sorted(preview.places, key=lambda row: order.get(row.building_id, 0))  # fmt: skip


def _as_it_is(word: str) -> LazyText:
    """Return an office's own word as the title of a column."""
    return LazyText(word)


def _bills(preview: RunPreview) -> _Shown:
    return (
        _house(lambda row: row.unit),
        Column("item", _lazy("Fee item"), lambda row: row.item.name, width=140, stretches=True),
        Column("period", _lazy("Charged for"), bill_period, width=150),
        Column("due", _lazy("Pay by"), lambda row: row.line.due_on.isoformat(), width=96,
               is_quiet=True, rank=1),
        Column("last", _lazy("Last time"), lambda row: row.last_fen, _MONEY, width=100, rank=2),
        Column("amount", _lazy("Amount (yuan)"), lambda row: row.line.amount_fen, _MONEY,
               width=120, is_strong=True),
    ), preview.bills  # fmt: skip


def _mends(preview: RunPreview) -> _Shown:
    def state(row: MendRow) -> Mark:
        if row.is_left_out:
            return Mark(_("Left out"), Tone.DANGER)
        return Mark(_("Nobody owes"), Tone.WARN)

    return (
        _house(lambda row: row.unit),
        Column("item", _lazy("Fee item"), lambda row: row.item, width=120, least=70),
        Column("state", _lazy("State"), state, _BADGE, width=100, least=90),
        Column("text", _lazy("What is missing"), lambda row: row.text, width=400, stretches=True),
    ), mend_rows(preview)


def _compared(preview: RunPreview) -> _Shown:
    return (
        _house(lambda row: row.unit),
        Column("item", _lazy("Fee item"), lambda row: row.item, width=160, stretches=True),
        Column("last", _lazy("Last time"), lambda row: row.last_fen, _MONEY, width=110),
        Column("now", _lazy("This time"), lambda row: row.now_fen, _MONEY, width=110,
               is_strong=True),
        Column("mark", _lazy("Difference"), lambda row: row.mark, _BADGE, width=130, least=100),
    ), compared_rows(preview)  # fmt: skip


def _otherwise(preview: RunPreview) -> _Shown:
    return (
        _house(lambda row: row.unit),
        Column("item", _lazy("Fee item"), lambda row: row.item.name, width=160, stretches=True),
        Column("period", _lazy("Charged for"), bill_period, width=150),
        Column("billed", _lazy("Billed"), lambda row: row.billed_fen, _MONEY, width=110),
        Column("now", _lazy("It would be"), lambda row: row.line.amount_fen, _MONEY, width=110,
               is_strong=True),
    ), preview.otherwise  # fmt: skip


def bill_period(row: PlannedBill | BilledOtherwise) -> str:
    """Return the days of a planned bill, a whole month in short."""
    return period_words(row.line.from_on, row.line.until_on)


class PlannedBillDialog(Dialog):
    """How the amount of a bill that is not written yet comes about (R98)."""

    def __init__(self, context: AppContext, parent: QWidget, bill: PlannedBill) -> None:
        title = f"{bill.unit}  {bill.item.name}  {bill_period(bill)}"
        super().__init__(context.theme, parent, title, width=620)
        amount = _("{amount} yuan").format(amount=money_words(bill.line.amount_fen))
        due = _("pay by {day}").format(day=bill.line.due_on)
        self.add_sentence(f"{amount}, {due}")
        for line in working_words(bill.line.working):
            self.add_sentence(line, is_quiet=True)
        self.add_verb("", _("Close"), is_default=True)


def preview_title(preview: RunPreview) -> str:
    """Return what stands over the printed or exported views."""
    order = preview.order
    return _("Bill run {period}").format(period=period_words(order.from_on, order.until_on))


def preview_words(preview: RunPreview) -> str:
    """Return what a run would bill in one line, or plainly that there is nothing."""
    period = period_words(preview.order.from_on, preview.order.until_on)
    count = len(preview.bills)
    if not count:
        if preview.unchanged or preview.otherwise:
            stands = preview.unchanged + len(preview.otherwise)
            return ngettext(
                "Nothing is to be added: {count} bill of {period} stands already.",
                "Nothing is to be added: {count} bills of {period} stand already.",
                stands,
            ).format(count=f"{stands:,}", period=period)
        return _("Nothing is to be billed in {period}.").format(period=period)
    houses = len({one.unit_id for one in preview.bills})
    bills = ngettext("{count} bill", "{count} bills", count).format(count=f"{count:,}")
    of = ngettext("{count} house", "{count} houses", houses).format(count=f"{houses:,}")
    total = _("{amount} yuan").format(amount=money_words(preview.total_fen))
    return "  ·  ".join((period, of, bills, total))


def also_words(preview: RunPreview) -> str:
    """Return what goes with it: prepaid money, what stands, whose turn it is not."""
    said = []
    if preview.prepaid_fen:
        said.append(
            ngettext(
                "The prepaid account of {count} house settles {amount} of it at once.",
                "The prepaid accounts of {count} houses settle {amount} of it at once.",
                preview.prepaid_units,
            ).format(count=f"{preview.prepaid_units:,}", amount=money_words(preview.prepaid_fen))
        )
    if preview.unchanged and preview.bills:
        said.append(
            ngettext(
                "{count} bill stands already and stays.",
                "{count} bills stand already and stay.",
                preview.unchanged,
            ).format(count=f"{preview.unchanged:,}")
        )
    if preview.not_due:
        names = _(", ").join(one.name for one in preview.not_due)
        said.append(_("Not billed in this period: {items}.").format(items=names))
    return " ".join(said)
