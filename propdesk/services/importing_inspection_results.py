"""Read a workbook that was filled in on a round, strictly; what stands in it is entered elsewhere.

A row that says nothing was not looked at yet. Every row that cannot be taken is named with its
line; then nothing at all is entered.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from propdesk.domain.cells import Cell, CellError, cell_line
from propdesk.domain.check_items import CheckItem
from propdesk.domain.errors import RuleError
from propdesk.domain.inspection_results import Answer, Sheet, SheetPlace
from propdesk.domain.result_files import (
    COLUMN_LABELS,
    NEEDED,
    TYPED,
    ResultColumn,
    column_places,
    read_answer,
    whole_number,
)
from propdesk.domain.texts import elide
from propdesk.i18n import _
from propdesk.services.parts.targets import check_target
from propdesk.services.queries.inspection_sheets import get_sheet
from propdesk.sheets.reading import read_table
from propdesk.sheets.tables import Row, Table
from propdesk.sheets.writing import SheetOut, write_workbook


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that cannot be taken, and why."""

    line: int
    reason: str
    values: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class ResultsFile:
    """What a workbook says of a sheet: its answers, each with the row that it stands in."""

    sheet: Sheet
    header: tuple[str, ...]
    answers: tuple[Answer, ...]
    rows: Mapping[tuple[int, int, int], Row]

    def refused(self, problems: Sequence[tuple[Answer, str]]) -> "ResultsError":
        """Return as rows of the file what was refused while it was entered."""
        found = []
        for answer, words in problems:
            row = self.rows[answer.round_id, answer.position, answer.item_id]
            found.append(RefusedRow(row.line, words, row.values))
        return ResultsError(self.header, found)


class ResultsError(RuleError):
    """Rows of a workbook that cannot be taken; nothing was entered."""

    def __init__(self, header: Sequence[str], refused: Sequence[RefusedRow]) -> None:
        self.header = tuple(header)
        self.refused = tuple(sorted(refused, key=lambda row: row.line))
        told = [
            _("Row {line}: {reason}").format(line=row.line, reason=row.reason)
            for row in self.refused[:5]
        ]
        if len(self.refused) > len(told):
            told.append(_("and {count} more").format(count=len(self.refused) - len(told)))
        super().__init__("results-refused", "\n".join((_("Nothing was entered."), *told)))


def read_results(number: str, path: Path, *, reason: str = "") -> ResultsFile:
    """Return what a workbook says of this sheet; `reason` is that of corrections.

    Raises ResultsError naming each row that cannot be taken, RuleError for a file that is none.
    """
    sheet = get_sheet(number)
    wanted = [label.in_(code) for label in COLUMN_LABELS.values() for code in ("zh_CN", "en")]
    table = read_table(path, wanted=wanted)
    places = column_places(table.header)
    missing = [str(COLUMN_LABELS[column]) for column in NEEDED if column not in places]
    if missing:
        raise RuleError(
            "results-columns",
            _(
                "The file lacks the columns {columns}. Fill in the workbook that was written for "
                "this sheet."
            ).format(columns=", ".join(missing)),
        )
    reader = _Reader(sheet, places, reason)
    return reader.read(table)


def export_refused(error: ResultsError, target: Path) -> None:
    """Write the rows that were refused as XLSX, each with its line and the reason."""
    check_target(target, ".xlsx")
    header = (_("Line"), _("Reason"), *error.header)
    table = [(row.line, row.reason, *row.values) for row in error.refused]
    write_workbook(target, [SheetOut(_("Rejected rows"), header, table, (8.0, 44.0))])


class _Reader:
    """Reads the rows of a table as answers to a sheet."""

    def __init__(self, sheet: Sheet, places: Mapping[ResultColumn, int], reason: str) -> None:
        self.sheet = sheet
        self.places = places
        self.reason = reason
        self.items: list[tuple[SheetPlace, CheckItem]] = [
            (place, item) for place in sheet.places for item in place.items
        ]

    def read(self, table: Table) -> ResultsFile:
        """Return all answers; raise ResultsError naming each row that is wrong."""
        refused: list[RefusedRow] = []
        answers: list[Answer] = []
        seen: dict[tuple[int, int, int], Row] = {}
        for row in table.rows:
            cells = {column: row.values[at] for column, at in self.places.items()}
            if not any(cell_line(cells.get(column)) for column in TYPED):
                continue
            try:
                answer = self._answer(cells)
            except (CellError, RuleError) as wrong:
                refused.append(RefusedRow(row.line, str(wrong), row.values))
                continue
            key = answer.round_id, answer.position, answer.item_id
            if key in seen:
                words = _("Row {line} says something of this item already.")
                words = words.format(line=seen[key].line)
                refused.append(RefusedRow(row.line, words, row.values))
                continue
            seen[key] = row
            answers.append(answer)
        if refused:
            raise ResultsError(table.header, refused)
        if not answers:
            raise RuleError("results-empty", _("Nothing is filled in in this file."))
        return ResultsFile(self.sheet, table.header, tuple(answers), seen)

    def _answer(self, cells: Mapping[ResultColumn, Cell]) -> Answer:
        number = cell_line(cells[ResultColumn.SHEET])
        if number.upper() != self.sheet.number.upper():
            raise CellError(
                _("This row is of the sheet «{other}», not of {number}.").format(
                    other=elide(number, 20), number=self.sheet.number
                )
            )
        count = whole_number(cells[ResultColumn.ROUND]) or 0
        if not 1 <= count <= len(self.sheet.rounds):
            raise CellError(
                _("The sheet has the rounds 1 to {most}.").format(most=len(self.sheet.rounds))
            )
        at = whole_number(cells[ResultColumn.NUMBER]) or 0
        if not 1 <= at <= len(self.items):
            raise CellError(_("The sheet has the items 1 to {most}.").format(most=len(self.items)))
        place, item = self.items[at - 1]
        named = ResultColumn.ITEM in self.places and cell_line(cells[ResultColumn.ITEM])
        if named and named != item.name:
            # A row that slipped while somebody sorted or pasted.
            raise CellError(
                _("Item {number} of the sheet is «{item}», not «{other}».").format(
                    number=at, item=item.name, other=elide(named, 20)
                )
            )
        blank = Answer(
            self.sheet.rounds[count - 1].round_id, place.position, item.id, reason=self.reason
        )
        return read_answer(item, cells, blank)
