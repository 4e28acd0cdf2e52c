"""Write a list as somebody sees it on the screen: XLSX or CSV (decision 32)."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from propdesk.domain.cells import Cell
from propdesk.domain.staff import Right
from propdesk.services.parts.actors import actor
from propdesk.services.parts.table_files import write_table
from propdesk.sheets.writing import SheetOut


def export_list(
    target: Path, title: str, header: Sequence[str], lines: Iterable[Sequence[Cell]], *, by: int
) -> None:
    """Write a heading and lines of cells; the file appears whole or not at all.

    `by` takes the list out of the office and needs the right to. Raises RuleError for a file name
    that is neither .xlsx nor .csv and for a place that cannot be written.
    """
    actor(by, Right.REPORT)
    write_table(target, SheetOut(title, header, lines))
