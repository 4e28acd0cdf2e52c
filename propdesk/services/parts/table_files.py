"""Write one table as the ending of its file says: XLSX or CSV (decision 32)."""

from pathlib import Path

from propdesk.services.parts.targets import check_target
from propdesk.sheets.writing import SheetOut, write_csv, write_workbook


def write_table(target: Path, table: SheetOut) -> None:
    """Write a table; the file appears whole or not at all. Raises as `check_target` does."""
    if check_target(target, ".xlsx", ".csv") == ".xlsx":
        write_workbook(target, [table])
    else:
        write_csv(target, table.header, table.rows)
