"""Write a list as somebody sees it on the screen: XLSX or CSV (decision 32)."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from propdesk.domain.cells import Cell
from propdesk.services.parts.table_files import write_table
from propdesk.sheets.writing import SheetOut


def export_list(
    target: Path, title: str, header: Sequence[str], lines: Iterable[Sequence[Cell]]
) -> None:
    """Write a heading and lines of cells; the file appears whole or not at all.

    Raises RuleError for a file name that is neither .xlsx nor .csv and for a place that cannot be
    written.
    """
    write_table(target, SheetOut(title, header, lines))
