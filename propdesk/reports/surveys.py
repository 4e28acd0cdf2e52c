"""The papers of a questionnaire: the sheet to fill in, the counting sheet, the results (R66, R68).

The questionnaire is for residents and bears nothing of the office's inner matters; a pen ticks one
box a line. Results are drawn as shares in black patterns that stay apart on any printer.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from propdesk.domain.papers import PaperLanguage
from propdesk.i18n import _, speaking
from propdesk.reports.parts.flow import Drawing, Flow, Prose, SectionHead
from propdesk.reports.parts.form_lines import Blank, Piece, Space, Words, draw_line
from propdesk.reports.parts.patterns import Pattern, fill_pattern
from propdesk.reports.parts.register_frame import RegisterFrame
from propdesk.reports.parts.sheet import A4, BOX, FIELD, ROW, Align, Box, PrintedPaper, Sheet
from propdesk.reports.parts.tables import Column, Paint, Row, RowKind, Table, continued
from propdesk.reports.parts.text import elide, width_mm

SCORES = (5, 4, 3, 2, 1)
_SIZE = 9.6
_TICK = 3.4
_SCORE_WIDTH = 19.0
_FILLS = (Pattern.SOLID, Pattern.HATCH, Pattern.DOTS, Pattern.LINES, Pattern.WHITE)


@dataclass(frozen=True, slots=True)
class QuestionnaireSheet:
    """What is asked: `groups` are (heading, questions); `scale` the words of 5, 4, 3, 2, 1."""

    frame: RegisterFrame
    intro: str
    groups: Sequence[tuple[str, Sequence[str]]]
    scale: Sequence[str]
    return_to: str


@dataclass(frozen=True, slots=True)
class CountingSheet:
    """A table to tally by hand: head fields as (word, value), the questions."""

    frame: RegisterFrame
    fields: Sequence[tuple[str, str]]
    questions: Sequence[str]


@dataclass(frozen=True, slots=True)
class ResultRow:
    """What the sheets say of a question: counts of 5, 4, 3, 2, 1, mean and share of 5 and 4."""

    text: str
    counts: tuple[int, ...]
    mean: str
    satisfied: str
    weight: str


@dataclass(frozen=True, slots=True)
class SurveyResultSheet:
    """The results: figures as (word, value), groups of rows, what to improve, what was written."""

    frame: RegisterFrame
    figures: Sequence[tuple[str, str]]
    groups: Sequence[tuple[str, Sequence[ResultRow]]]
    scale: Sequence[str]
    weakest: str
    remarks: Sequence[str]


def render_questionnaire(
    paper: QuestionnaireSheet, target: Path, *, language: PaperLanguage
) -> PrintedPaper:
    """Draw the sheet that residents fill in into the PDF file `target`."""
    with speaking(language.code):
        with Sheet(target, A4, title=paper.frame.title) as sheet:
            _draw_questionnaire(paper, paper.frame.start(sheet, language))
        return sheet.printed


def render_counting_sheet(
    paper: CountingSheet, target: Path, *, language: PaperLanguage
) -> PrintedPaper:
    """Draw the sheet on which returned questionnaires are tallied by hand."""
    with speaking(language.code):
        with Sheet(target, A4, title=paper.frame.title) as sheet:
            flow = paper.frame.start(sheet, language)
            _place_figures(flow, paper.fields)
            columns = (
                Column(_("Question")),
                *(Column(str(score), 23.0, Align.CENTRE) for score in SCORES),
                Column(_("No answer"), 17.0, Align.CENTRE),
            )
            rows = [Row((text, *[_draw_tally] * 6)) for text in paper.questions]
            Table(columns, rows, size=8.8, row_height=12.0).flow(flow)
            flow.space(5.0)
            flow.place(Drawing(14.0, _draw_counters))
        return sheet.printed


def render_survey_result(
    paper: SurveyResultSheet, target: Path, *, language: PaperLanguage
) -> PrintedPaper:
    """Draw what the sheets say together."""
    with speaking(language.code):
        with Sheet(target, A4, title=paper.frame.title) as sheet:
            _draw_result(paper, paper.frame.start(sheet, language))
        return sheet.printed


# -- the questionnaire


def _draw_questionnaire(paper: QuestionnaireSheet, flow: Flow) -> None:
    flow.space(1.0)
    flow.prose(paper.intro, size=9.6, leading=5.6)
    flow.space(2.0)
    flow.place(Drawing(8.0, _draw_house))
    number = 0
    for heading, questions in paper.groups:
        columns = (
            Column(heading),
            *(Column(word, _SCORE_WIDTH, Align.CENTRE) for word in paper.scale),
        )
        rows = []
        for text in questions:
            number += 1
            rows.append(Row((f"{number}. {text}", *(_tick(score) for score in SCORES))))
        flow.space(2.6)
        Table(
            columns, rows, size=_SIZE, row_height=8.2, head_height=8.0, continued=continued(heading)
        ).flow(flow)
    flow.space(3.0)
    flow.place(Prose(_("What else would you like to tell us?"), 9.6, 5.8, True), _lines(4))
    flow.space(2.0)
    flow.place(Prose(paper.return_to, 9.0, 5.2))


def _draw_house(sheet: Sheet, x: float, y: float, width: float) -> None:
    pieces: list[Piece] = [
        Words(_("House (if you like)"), 9.0), Space(1.4), Blank(36), Space(6),
        Words(_("Name (if you like)"), 9.0), Space(1.4), Blank(30), Space(6),
        Words(_("Date"), 9.0), Space(1.4), Blank(24),
    ]  # fmt: skip
    draw_line(sheet, x, y + 5.4, pieces, width)


def _tick(score: int) -> Paint:
    """Return the cell with a box to tick and its score behind it."""

    def paint(sheet: Sheet, box: Box, base: float) -> None:
        left = box.x + box.width / 2 - _TICK
        sheet.frame(Box(left, base - _TICK + 0.5, _TICK, _TICK), BOX)
        sheet.text(left + _TICK + 1.1, base, str(score), 8.2)

    return paint


def _lines(count: int, leading: float = 8.4) -> Drawing:
    """Return empty lines to write on."""

    def draw(sheet: Sheet, x: float, y: float, width: float) -> None:
        for place in range(1, count + 1):
            sheet.dotted(x, y + leading * place, x + width)

    return Drawing(leading * count + 1.0, draw)


# -- figures


def _place_figures(flow: Flow, fields: Sequence[tuple[str, str]]) -> None:
    """Place figures side by side, four in a row: the word above, the figure below."""

    def draw(sheet: Sheet, x: float, y: float, width: float) -> None:
        step = width / 4
        for place, (word, value) in enumerate(fields):
            at, top = x + place % 4 * step, y + place // 4 * 13.0
            sheet.text(at, top + 4.0, word, 7.8)
            if value:
                sheet.text(at, top + 9.6, elide(value, step - 3, 12.0), 12.0, bold=True)
            else:
                sheet.rule(at, top + 10.2, at + step - 8, FIELD)

    flow.place(Drawing(13.0 * ((len(fields) + 3) // 4) + 2.0, draw))


def _draw_tally(sheet: Sheet, box: Box, base: float) -> None:  # noqa: ARG001 - a cell's
    """Draw the column's edge, which the hand keeps to."""
    sheet.upright(box.x, box.y, box.y + box.height, ROW)


def _draw_counters(sheet: Sheet, x: float, y: float, width: float) -> None:
    pieces: list[Piece] = [
        Words(_("Counted by")), Space(1.4), Blank(40), Space(8),
        Words(_("Checked by")), Space(1.4), Blank(40), Space(8),
        Words(_("Date")), Space(1.4), Blank(28),
    ]  # fmt: skip
    draw_line(sheet, x, y + 9.0, pieces, width)


# -- the results


def _draw_result(paper: SurveyResultSheet, flow: Flow) -> None:
    _place_figures(flow, paper.figures)
    shown = [(heading, rows) for heading, rows in paper.groups if rows]
    flow.space(1.0)
    if not any(sum(row.counts) for _heading, rows in shown for row in rows):
        flow.place(Prose(_("No sheet is in yet."), 9.2, 5.4))
        return
    legend = Drawing(6.4, lambda sheet, x, y, _width: _draw_legend(sheet, x, y, paper.scale))
    flow.place(SectionHead("", _("How the scores are shared out"), indent=0), legend)
    for heading, rows in shown:
        flow.space(1.6)
        flow.place(Prose(heading, 8.6, 5.2, True), _bars(rows[0]))
        for row in rows[1:]:
            flow.place(_bars(row))
    flow.space(3.0)
    columns = (
        Column(_("Question")),
        *(Column(str(score), 12.0, Align.RIGHT) for score in SCORES),
        Column(_("Mean"), 15.0, Align.RIGHT, bold=True),
        Column(_("Satisfied (5 and 4)"), 32.0, Align.RIGHT),
        Column(_("Weight"), 15.0, Align.RIGHT),
    )
    table: list[Row] = []
    for heading, rows in shown:
        table.append(Row((heading, *[""] * 8), RowKind.CLASS))
        table += [
            Row(
                (
                    row.text,
                    *(str(n or "–") for n in row.counts),
                    row.mean,
                    row.satisfied,
                    row.weight,
                )
            )
            for row in rows
        ]
    title = _("The figures")
    Table(columns, table, row_height=5.5, continued=continued(title)).flow(
        flow, SectionHead("", title, indent=0)
    )
    if paper.weakest:
        flow.space(3.0)
        flow.place(Prose(_("Improve first"), 9.2, 5.4, True))
        flow.prose(paper.weakest, size=9.0, leading=5.2)
    if paper.remarks:
        flow.space(3.0)
        flow.place(Prose(_("What residents wrote"), 9.2, 5.4, True))
        for remark in paper.remarks:
            flow.prose(f"· {remark}", size=8.6, leading=5.0)
    flow.space(4.0)
    flow.place(Prose(_("Causes and what will be done"), 9.2, 5.4, True), _lines(3),
               Drawing(14.0, _draw_counters))  # fmt: skip


def _draw_legend(sheet: Sheet, x: float, y: float, scale: Sequence[str]) -> None:
    for fill, word in zip(_FILLS, scale, strict=True):
        fill_pattern(sheet, Box(x, y + 1.0, 5.0, 3.0), fill)
        x += 6.2 + sheet.text(x + 6.2, y + 3.6, word, 7.8) + 5.0


def _bars(row: ResultRow) -> Drawing:
    """Return a question's bar: the share of each score, the mean behind it."""

    def draw(sheet: Sheet, x: float, y: float, width: float) -> None:
        left, right = x + 58.0, x + width - 14.0
        sheet.text(x, y + 4.3, elide(row.text, 56.0, 8.4), 8.4)
        answered = sum(row.counts)
        if not answered:
            sheet.rule(left, y + 3.2, right, ROW)
            return
        at = left
        for count, fill in zip(row.counts, _FILLS, strict=True):
            wide = (right - left) * count / answered
            if count:
                fill_pattern(sheet, Box(at, y + 0.9, wide, 4.4), fill)
                share = f"{count * 100 / answered:.0f}%"
                if wide > width_mm(share, 6.8) + 3.0 and fill is not Pattern.SOLID:
                    tall = Box(at + wide / 2 - width_mm(share, 6.8) / 2 - 0.6, y + 1.5,
                               width_mm(share, 6.8) + 1.2, 3.2)  # fmt: skip
                    sheet.fill(tall, white=True)
                    sheet.text(at + wide / 2, y + 4.0, share, 6.8, align=Align.CENTRE)
                elif wide > width_mm(share, 6.8) + 3.0:
                    sheet.text(at + wide / 2, y + 4.0, share, 6.8, align=Align.CENTRE, white=True)
            at += wide
        sheet.text(x + width, y + 4.3, row.mean, 9.4, bold=True, align=Align.RIGHT)

    return Drawing(6.6, draw)
