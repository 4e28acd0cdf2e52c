"""Write a list of what houses owe or pay as somebody sees it, and note it (law.md 1.6, 1.7)."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from propdesk.domain.access import AccessAct
from propdesk.domain.cells import Cell
from propdesk.domain.data_exports import DataExport, ExportOrder
from propdesk.domain.owed_lists import OwedList
from propdesk.domain.staff import Right
from propdesk.services.parts.access import note_access
from propdesk.services.parts.data_exports import run_export
from propdesk.services.parts.fee_access import fee_actor
from propdesk.services.parts.table_files import write_table
from propdesk.services.parts.writing import writing
from propdesk.sheets.writing import SheetOut


def export_fee_list(
    target: Path,
    table: tuple[str, Sequence[str], Iterable[Sequence[Cell]]],
    what: OwedList,
    order: ExportOrder,
    *,
    by: int,
    now: datetime,
    unit_id: int | None = None,
) -> DataExport:
    """Write title, heading and lines into an XLSX or CSV file, and note the export.

    `unit_id` is the house that a list is about alone: its lines are no list of houses. Raises
    RuleError for who may not see fees or take lists out, and for more houses than one staff member
    may take out alone, where the order names no second one.
    """
    title, header, lines = table
    fee_actor(by, Right.SEE_FEES)
    found = [tuple(line) for line in lines]
    return run_export(
        target,
        what.value,
        replace(order, is_property=unit_id is None, unit_id=unit_id),
        (".xlsx", ".csv"),
        by=by,
        now=now,
        count=lambda: len(found),
        write=lambda _total: write_table(target, SheetOut(title, header, found)),
    )


def note_fee_print(
    what: OwedList, *, by: int, now: datetime, unit_id: int | None = None, number: str = ""
) -> None:
    """Note that a paper left the printer which says who owes what; `number` tells which."""
    with writing():
        staff = fee_actor(by, Right.SEE_FEES)
        named = f"{what.value} {number}".strip()
        note_access(AccessAct.PRINTED, staff.id, now, unit_id, what=named)
