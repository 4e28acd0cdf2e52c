"""The follow-up sheet (回访记录表): one ticket on A5, or a list of them on A4 for an hour of calls.

What is asked stands as boxes for a pen: a checklist, five scores with their weights (R66), the
answer, and the caller's own words (forms.md 5.4). Telephones are masked (decision 29).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from propdesk.domain.papers import PaperLanguage
from propdesk.i18n import LazyText, _lazy, ngettext, speaking
from propdesk.reports.parts.flow import Drawing, Flow
from propdesk.reports.parts.form_lines import Blank, Piece, Space, Tick, Words, draw_line
from propdesk.reports.parts.masthead import fitting_size
from propdesk.reports.parts.records import Cell, Record
from propdesk.reports.parts.register_frame import ON_ITS_SIDE, RegisterFrame
from propdesk.reports.parts.sheet import (
    A5_LANDSCAPE,
    BOX,
    FIELD,
    HEAVY,
    ZONE,
    Align,
    Box,
    PrintedPaper,
    Sheet,
)
from propdesk.reports.parts.tables import PADDING, Column, Paint, Row, Table, parted
from propdesk.reports.parts.text import elide
from propdesk.reports.parts.ticket_frame import Edges, TicketFrame
from propdesk.reports.parts.zones import Form

_EDGES = Edges(11.0, 201.0, 5.2, bottom=139.6, foot=143.4, head=5.0, masthead=14.8,
               is_foot_ruled=False)  # fmt: skip
_SECOND, _THIRD = 62.0, 128.0
_BOX = 3.0

TITLE = _lazy("Follow-up sheet")
LIST_TITLE = _lazy("Follow-up list")
_PLACE, _PERSON, _PHONE = _lazy("House or place"), _lazy("Person asked"), _lazy("Phone")
_RECEIVED, _DONE_BY, _DUE = _lazy("Taken at"), _lazy("Handled by"), _lazy("Ask until")
_MATTER, _RESULT = _lazy("Subject"), _lazy("What was done")
_CHECKLIST, _SCORES = _lazy("Checklist"), _lazy("Scores 1 to 5")
_ANSWER, _OPINION = _lazy("Answer"), _lazy("Caller's opinion")
_WAY, _PHONED, _VISITED = _lazy("Way"), _lazy("By phone"), _lazy("Visit at home")
_YES, _NO = _lazy("Yes"), _lazy("No")
_AGAIN = _lazy("Dissatisfied: dispatched again as")
_ASKED_BY, _CUSTOMER, _CHECKED = (
    _lazy("Asked by"),
    _lazy("Customer's signature"),
    _lazy("Checked by supervisor"),
)
_DATE = _lazy("Date and time")
_NUMBER, _WHOM, _WHAT = _lazy("Line"), _lazy("Ticket and person"), _lazy("Matter and what was done")
_REMARKS = _lazy("Opinion, and what follows")
_PRINTED = _lazy("Printed {time}, {person}")


@dataclass(frozen=True, slots=True)
class Asked:
    """A ticket whose caller is asked, as words in the paper's language; `phone` is masked."""

    number: str
    received: str
    place: str
    person: str
    phone: str
    matter: str
    result: str
    handler: str
    due: str = ""


@dataclass(frozen=True, slots=True)
class FollowUpSheet:
    """What is asked of whom: `checks` with yes or no, `scores` (name, percent), `answers` to tick.

    One ticket is printed on A5, several as a list on A4.
    """

    office_name: str
    asked: tuple[Asked, ...]
    checks: tuple[str, ...]
    scores: tuple[tuple[str, int], ...]
    answers: tuple[str, ...]
    printed_at: datetime
    printed_by: str
    office_name_en: str = ""
    office_phone: str = ""
    most: int = 5


def render_follow_up_sheet(
    paper: FollowUpSheet, target: Path, *, language: PaperLanguage = PaperLanguage.ZH
) -> PrintedPaper:
    """Draw the sheet of the first ticket into the PDF file `target`, on A5."""
    one = paper.asked[0]
    with Sheet(target, A5_LANDSCAPE, title=f"{language.main(TITLE)} {one.number}") as sheet:
        form = Form(sheet, language)
        flow = _frame(paper).start(form)
        _draw_single(form, flow, paper)
    return sheet.printed


def render_follow_up_list(
    paper: FollowUpSheet, target: Path, *, language: PaperLanguage = PaperLanguage.ZH
) -> PrintedPaper:
    """Draw all tickets as a list into the PDF file `target`, on A4 on its side."""
    with speaking(language.code):
        frame = RegisterFrame(
            paper.office_name,
            paper.office_name_en,
            str(LIST_TITLE),
            _narrowed(len(paper.asked)),
            paper.printed_at,
            paper.printed_by,
            margin=12.0,
        )
        with Sheet(target, ON_ITS_SIDE, title=str(LIST_TITLE)) as sheet:
            flow = frame.start(sheet, language)
            _list_table(paper, sheet).flow(flow)
    return sheet.printed


# -- one ticket


def _draw_single(form: Form, flow: Flow, paper: FollowUpSheet) -> None:
    one = paper.asked[0]
    record = Record(form, flow)
    record.row(
        Cell(_PLACE, one.place, bold=True),
        Cell(_PERSON, one.person, _SECOND),
        Cell(_PHONE, one.phone, _THIRD, bold=True),
    )
    record.row(
        Cell(_RECEIVED, one.received),
        Cell(_DONE_BY, one.handler, _SECOND),
        Cell(_DUE, one.due, _THIRD, bold=True),
    )
    record.text(_MATTER, one.matter)
    record.text(_RESULT, one.result)
    record.close()
    tall = 6.6 + 6.0 * (len(paper.checks) + 1) + 30.4
    flow.place(Drawing(tall, lambda _s, x, y, w: _draw_pen(form, paper, Box(x, y, w, tall))))


def _draw_pen(form: Form, paper: FollowUpSheet, box: Box) -> None:
    """Draw what is filled in with a pen: way, checklist and scores, answer, opinion, names."""
    sheet = form.sheet
    middle = box.x + box.width * 0.5
    base = box.y + 4.8
    pieces: list[Piece] = [_label(form, _DATE), Space(1.4), Blank(46), Space(5)]
    pieces += [_label(form, _WAY), Space(2), Tick(form.word(_PHONED)), Space(2.4)]
    pieces += [Tick(form.word(_VISITED)), Space(5), _label(form, _ASKED_BY), Space(1.4), Blank(30)]
    draw_line(sheet, box.x, base, pieces, box.width)
    top = box.y + 6.6
    sheet.rule(box.x, top, box.right, ZONE)
    high = 6.0 * (len(paper.checks) + 1)
    sheet.upright(middle, top, top + high, FIELD)
    sheet.text(box.x, top + 4.4, form.word(_CHECKLIST), 8.6, bold=True)
    sheet.text(middle + 3, top + 4.4, form.word(_SCORES), 8.6, bold=True)
    for place, check in enumerate(paper.checks, 1):
        y = top + 6.0 * place
        size = fitting_size(check, middle - box.x - 34, 8.4, least=5.5)
        sheet.text(box.x, y + 4.2, check, size)
        yes_no: list[Piece] = [Tick(form.word(_YES)), Space(3), Tick(form.word(_NO))]
        draw_line(sheet, middle - 26, y + 4.2, yes_no, 24)
    for place, (name, percent) in enumerate(paper.scores, 1):
        y = top + 6.0 * place
        label = f"{name} {percent}%"
        size = fitting_size(label, box.right - middle - 48, 8.4, least=5.5)
        sheet.text(middle + 3, y + 4.2, label, size)
        _draw_scale(sheet, box.right - 42, y + 4.2, paper.most, 8.6)
    y = top + high
    sheet.rule(box.x, y, box.right, ZONE)
    answer: list[Piece] = [_label(form, _ANSWER), Space(3)]
    for word in paper.answers:
        answer += [Tick(word, size=9.0), Space(5)]
    answer += [Space(6), _label(form, _AGAIN), Space(1.4), Blank(34)]
    draw_line(sheet, box.x, y + 4.8, answer, box.width)
    sheet.rule(box.x, y + 6.8, box.right, FIELD)
    form.label(box.x, y + 11.2, _OPINION, 22)
    for line in (11.8, 17.6):
        sheet.dotted(box.x + 24, y + line + 0.6, box.right)
    sheet.rule(box.x, y + 20.4, box.right, FIELD)
    signs: list[Piece] = [_label(form, _CUSTOMER), Space(1.4), Blank(50), Space(8)]
    signs += [_label(form, _CHECKED), Space(1.4), Blank(50)]
    draw_line(sheet, box.x, y + 27.4, signs, box.width)
    sheet.rule(box.x, y + 30.4, box.right, HEAVY)


def _label(form: Form, text: LazyText) -> Words:
    return Words(form.word(text), form.profile.label)


def _draw_scale(sheet: Sheet, x: float, base: float, most: int, step: float) -> None:
    """Draw a box for each score with its figure behind it."""
    for score in range(1, most + 1):
        at = x + step * (score - 1)
        sheet.frame(Box(at, base - _BOX + 0.45, _BOX, _BOX), BOX)
        sheet.text(at + _BOX + 0.8, base, str(score), 7.6)


def _frame(paper: FollowUpSheet) -> TicketFrame:
    return TicketFrame(
        edges=_EDGES,
        title=TITLE,
        foot=_PRINTED,
        number=paper.asked[0].number,
        office_name=paper.office_name,
        office_name_en=paper.office_name_en,
        office_phone=paper.office_phone,
        printed_at=paper.printed_at,
        printed_by=paper.printed_by,
    )


# -- the list


def _narrowed(count: int) -> str:
    words = ngettext("{count} caller to ask", "{count} callers to ask", count)
    return words.format(count=count)


def _list_table(paper: FollowUpSheet, sheet: Sheet) -> Table:
    columns = (
        Column(str(_NUMBER), 9.0, Align.RIGHT),
        Column(str(_WHOM), _WHOM_WIDTH),
        Column(str(_WHAT), _WHAT_WIDTH),
        Column(str(_CHECKLIST), 44.0),
        Column(str(_SCORES), 54.0),
        Column(str(_ANSWER), 22.0),
        Column(str(_REMARKS)),
    )
    pen: tuple[Paint, ...] = (
        _checks_cell(paper.checks),
        _scores_cell(paper),
        _answers_cell(paper.answers),
    )
    rows = []
    for place, one in enumerate(paper.asked, 1):
        whom = "\n".join((one.number, one.place, one.person, one.phone, one.due))
        what = "\n".join(filter(None, (one.matter, one.result)))
        # What is longer than a page goes on in rows without boxes.
        parts = parted(sheet, (whom, what), (_WHOM_WIDTH, _WHAT_WIDTH), _LIST_SIZE, _MOST_LINES)
        for part, words in enumerate(parts):
            number, boxes = ("", ("",) * len(pen)) if part else (str(place), pen)
            rows.append(Row((number, *words, *boxes, "")))
    return Table(columns, rows, size=_LIST_SIZE, row_height=7.4)


_LIST_SIZE, _MOST_LINES = 7.8, 28
_WHOM_WIDTH, _WHAT_WIDTH = 42.0, 66.0
_STEP = 4.2


def _checks_cell(checks: Sequence[str]) -> Paint:
    yes, no = str(_YES), str(_NO)

    def paint(sheet: Sheet, box: Box, base: float) -> None:
        for place, check in enumerate(checks):
            y = base + _STEP * place
            boxes: list[Piece] = [Tick(yes, size=6.8), Space(1.2), Tick(no, size=6.8)]
            size = fitting_size(check, box.width - 22, 6.8, least=4.2)
            at = box.x + PADDING
            sheet.text(at, y, elide(check, box.width - 22, size), size)
            draw_line(sheet, box.right - 19, y, boxes, 17)

    return paint


def _scores_cell(paper: FollowUpSheet) -> Paint:
    def paint(sheet: Sheet, box: Box, base: float) -> None:
        room = box.width - 32 - PADDING
        for place, (name, percent) in enumerate(paper.scores):
            y = base + _STEP * place
            label = f"{name} {percent}%"
            size = fitting_size(label, room, 6.8, least=4.2)
            sheet.text(box.x + PADDING, y, elide(label, room, size), size)
            _draw_scale(sheet, box.right - 31, y, paper.most, 6.2)

    return paint


def _answers_cell(answers: Sequence[str]) -> Paint:
    def paint(sheet: Sheet, box: Box, base: float) -> None:
        for place, word in enumerate(answers):
            y = base + _STEP * place * 1.5
            draw_line(sheet, box.x + PADDING, y, [Tick(word, size=7.2)], box.width - 2 * PADDING)

    return paint
