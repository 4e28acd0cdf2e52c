"""A previewed bill run as a workbook: sums by item and building, each bill, and what is missing."""

from decimal import Decimal
from pathlib import Path

from propdesk.domain.bill_runs import RunPreview
from propdesk.domain.staff import Right
from propdesk.i18n import _
from propdesk.services.parts.actors import actor
from propdesk.services.parts.fee_access import fee_actor
from propdesk.services.parts.targets import check_target
from propdesk.services.queries.places import list_places
from propdesk.sheets.writing import Cell, SheetOut, write_workbook

_YUAN = "#,##0.00"
_HOUSE, _ITEM, _DAY, _MONEY = 14.0, 20.0, 12.0, 14.0


def export_run_preview(preview: RunPreview, target: Path, *, by: int) -> None:
    """Write what a run would bill into an .xlsx; it names houses and no people.

    Raises RuleError for who may not, and for a place that cannot be written.
    """
    check_target(target, ".xlsx")
    fee_actor(by, Right.CHARGE)
    actor(by, Right.REPORT)
    write_workbook(
        target, [_items(preview), _places(preview), _bills(preview), _compared(preview),
                 _problems(preview)],
    )  # fmt: skip


def _items(preview: RunPreview) -> SheetOut:
    lines: list[tuple[Cell, ...]] = [
        (one.item.code, one.item.name, one.units, one.bills, _yuan(one.total_fen))
        for one in preview.totals
    ]
    lines.append((None, _("Total"), None, len(preview.bills), _yuan(preview.total_fen)))
    header = (_("Item code"), _("Fee item"), _("Houses"), _("Bills"), _("Amount (yuan)"))
    return SheetOut(
        _("By item"), header, lines, (_DAY, _ITEM, 10.0, 10.0, _MONEY),
        (None, None, None, None, _YUAN),
    )  # fmt: skip


def _places(preview: RunPreview) -> SheetOut:
    names = {one.building_id: one.name for one in list_places() if one.building_id}
    items = [one.item for one in preview.totals]
    lines = [
        (
            names.get(one.building_id, ""), one.units,
            *(_yuan(one.by_item.get(item.id)) for item in items), _yuan(one.total_fen),
        )
        for one in preview.places
    ]  # fmt: skip
    header = (_("Building"), _("Houses"), *(item.name for item in items), _("Amount (yuan)"))
    formats = (None, None, *(_YUAN for _item in items), _YUAN)
    widths = (_ITEM, 10.0, *(_MONEY for _item in items), _MONEY)
    return SheetOut(_("By building"), header, lines, widths, formats)


def _bills(preview: RunPreview) -> SheetOut:
    header = (
        _("House"), _("Fee item"), _("Charged from"), _("Charged until"), _("Pay by"),
        _("Last time"), _("Amount (yuan)"),
    )  # fmt: skip
    lines = (
        (
            one.unit, one.item.name, one.line.from_on, one.line.until_on, one.line.due_on,
            _yuan(one.last_fen), _yuan(one.line.amount_fen),
        )
        for one in preview.bills
    )  # fmt: skip
    widths = (_HOUSE, _ITEM, _DAY, _DAY, _DAY, _MONEY, _MONEY)
    return SheetOut(
        _("All bills"), header, lines, widths, ("@", None, None, None, None, _YUAN, _YUAN)
    )


def _compared(preview: RunPreview) -> SheetOut:
    header = (_("House"), _("Fee item"), _("Last time"), _("This time"), _("Difference"))
    lines: list[tuple[Cell, ...]] = [
        (
            one.unit, one.item.name, _yuan(one.last_fen), _yuan(one.line.amount_fen),
            one.change_words,
        )
        for one in preview.outliers
    ]  # fmt: skip
    lines += [
        (one.unit, one.item.name, _yuan(one.last_fen), None, _("Not any more"))
        for one in preview.gone
    ]
    lines += [
        (one.unit, one.item.name, None, _yuan(one.line.amount_fen), _("New")) for one in preview.new
    ]
    widths = (_HOUSE, _ITEM, _MONEY, _MONEY, _HOUSE)
    return SheetOut(_("Unlike last time"), header, lines, widths, ("@", None, _YUAN, _YUAN, None))


def _problems(preview: RunPreview) -> SheetOut:
    lines = [(one.unit, one.item.name, one.text) for one in preview.problems]
    header = (_("House"), _("Fee item"), _("What is missing"))
    return SheetOut(_("Left out"), header, lines, (_HOUSE, _ITEM, 80.0), ("@",))


def _yuan(fen: int | None) -> Decimal | None:
    return None if fen is None else Decimal(fen) / 100
