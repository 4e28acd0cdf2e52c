"""The day list for the morning meeting (派工清单, 班前会清单): A4, a table for each department.

What is overdue is white on black, what ends on that day bold: it can be told across the table.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from propdesk.domain.papers import PaperLanguage
from propdesk.i18n import _, ngettext, speaking
from propdesk.reports.parts.flow import Drawing, Prose, SectionHead
from propdesk.reports.parts.form_lines import Blank, Piece, Space, Words, draw_line
from propdesk.reports.parts.out_papers import OutRow, place_out_papers
from propdesk.reports.parts.register_frame import RegisterFrame
from propdesk.reports.parts.sheet import A4, Box, PrintedPaper, Sheet
from propdesk.reports.parts.tables import (
    Cell,
    Column,
    Row,
    Table,
    continued,
    for_whole_words,
    parted,
    with_rest,
)
from propdesk.reports.parts.text import width_mm

_SIZE = 8.2
_MOST_LINES = 24


@dataclass(frozen=True, slots=True)
class JobRow:
    """A job in words. `is_overdue` and `is_due` tell how its limit is printed."""

    number: str
    received: str
    where: str
    matter: str
    worker: str
    limit: str
    status: str
    is_overdue: bool = False
    is_due: bool = False


@dataclass(frozen=True, slots=True)
class JobGroup:
    """A department's jobs."""

    name: str
    rows: Sequence[JobRow]


@dataclass(frozen=True, slots=True)
class DayListSheet:
    """The input of the day list; `figures` are word and count of what stands at its head."""

    frame: RegisterFrame
    figures: Sequence[tuple[str, int]]
    groups: Sequence[JobGroup]
    papers: Sequence[OutRow]


def render_day_list(paper: DayListSheet, target: Path, *, language: PaperLanguage) -> PrintedPaper:
    """Draw the list into the PDF file `target`; it appears whole or not at all."""
    with speaking(language.code):
        with Sheet(target, A4, title=paper.frame.title) as sheet:
            _draw(paper, sheet, language)
        return sheet.printed


def _draw(paper: DayListSheet, sheet: Sheet, language: PaperLanguage) -> None:
    flow = paper.frame.start(sheet, language)
    flow.place(Drawing(13.0, partial(_draw_figures, figures=paper.figures)))
    if not paper.groups:
        flow.place(Prose(_("Nothing is open. A good morning."), 9.2, 6.0))
    for group in paper.groups:
        flow.space(2.0)
        count = ngettext("{count} job", "{count} jobs", len(group.rows))
        head = SectionHead("", group.name, note=count.format(count=len(group.rows)), indent=0)
        columns = _columns(flow.width, group.rows)
        rows = [row for job in group.rows for row in _rows(sheet, columns, job)]
        Table(columns, rows, size=_SIZE, continued=continued(group.name)).flow(flow, head)
    if paper.papers:
        flow.space(2.0)
        place_out_papers(flow, paper.papers)
    flow.space(3.0)
    flow.place(Drawing(31.0, _draw_notes))


def _draw_figures(
    sheet: Sheet, x: float, y: float, width: float, *, figures: Sequence[tuple[str, int]]
) -> None:
    """Draw the figures of the day side by side, the words below them."""
    step = width / max(len(figures), 1)
    for place, (word, count) in enumerate(figures):
        left = x + place * step
        sheet.text(left, y + 7.0, f"{count:,}", 17, bold=True)
        sheet.text(left, y + 11.2, word, 7.6)


def _columns(width: float, jobs: Sequence[JobRow]) -> tuple[Column, ...]:
    fixed = (
        Column(_("Number"), 26.5),
        Column(_("Received"), 18.5),
        Column(_("House or place"), 18.0),
        Column(_("Matter and reporter")),
        Column(_("Handled by"), 16.0),
        Column(_("Limit"), 25.0),
        Column(_("Status"), 15.0),
        Column(_("Remarks"), 17.0),
    )
    return with_rest(for_whole_words(fixed, map(_words, jobs), _SIZE), width)


def _words(job: JobRow) -> tuple[str, ...]:
    cells = (job.number, job.received, job.where, job.matter, job.worker, job.limit, job.status)
    return (*cells, "")


def _rows(sheet: Sheet, columns: Sequence[Column], job: JobRow) -> list[Row]:
    widths = [column.width for column in columns]
    rows = []
    for part in parted(sheet, _words(job), widths, _SIZE, _MOST_LINES):
        cells: list[Cell] = list(part)
        if part[5] and (job.is_overdue or job.is_due):
            cells[5] = partial(_draw_limit, words=part[5], is_overdue=job.is_overdue)
        rows.append(Row(tuple(cells)))
    return rows


def _draw_limit(sheet: Sheet, box: Box, base: float, *, words: str, is_overdue: bool) -> None:
    """Draw a limit that counts today: bold, and white on black once it has passed."""
    x = box.x + 1.2
    if is_overdue:
        wide = width_mm(words, _SIZE, bold=True) + 1.6
        sheet.fill(Box(x - 0.8, base - 3.1, wide, 4.2))
    sheet.text(x, base, words, _SIZE, bold=True, white=is_overdue)


def _draw_notes(sheet: Sheet, x: float, y: float, width: float) -> None:
    """Draw room for what the meeting decides, and who was there."""
    sheet.text(x, y + 4.0, _("Said at the meeting"), 8.4, bold=True)
    for place in range(1, 3):
        sheet.dotted(x, y + 4.0 + place * 8.2, x + width)
    pieces: list[Piece] = [
        Words(_("Led by")), Space(1.6), Blank(36), Space(8),
        Words(_("Attended by")), Space(1.6), Blank(88),
    ]  # fmt: skip
    draw_line(sheet, x, y + 29.0, pieces, width)
