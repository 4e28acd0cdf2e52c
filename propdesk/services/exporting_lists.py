"""Write a list as somebody sees it on the screen: XLSX or CSV (decision 32)."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from propdesk.domain.cells import Cell
from propdesk.domain.errors import RuleError
from propdesk.i18n import _
from propdesk.sheets.writing import SheetOut, write_csv, write_workbook


def export_list(
    target: Path, title: str, header: Sequence[str], lines: Iterable[Sequence[Cell]]
) -> None:
    """Write a heading and lines of cells; the file appears whole or not at all.

    Raises RuleError for a file name that is neither .xlsx nor .csv and for a place that cannot be
    written.
    """
    suffix = target.suffix.casefold()
    if suffix == ".xlsx":
        write_workbook(target, [SheetOut(title, header, lines)])
    elif suffix == ".csv":
        write_csv(target, header, lines)
    else:
        raise RuleError(
            "export-suffix",
            _("«{name}» does not say the kind of file; let it end in .xlsx or .csv.").format(
                name=target.name
            ),
        )
