"""The complaint sheet (投诉处理单): a complaint from the first word to the archive (R44).

What was said, what happened against which limits, why, and how it ended; fields of forms.md 5.4.
It is the office's own paper. All words arrive in the paper's language; this module only draws.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from propdesk.domain.papers import PaperLanguage
from propdesk.i18n import LazyText, _lazy
from propdesk.reports.parts.flow import Drawing, Flow
from propdesk.reports.parts.form_lines import Piece, Space, Tick, Words, draw_line
from propdesk.reports.parts.masthead import fitting_size
from propdesk.reports.parts.records import (
    LABEL,
    SIGNATURES_HEIGHT,
    Cell,
    Record,
    Signature,
    draw_signatures,
)
from propdesk.reports.parts.sheet import A4, HEAVY, ZONE, Align, Box, PrintedPaper, Sheet
from propdesk.reports.parts.text import elide
from propdesk.reports.parts.ticket_frame import A4_EDGES, TicketFrame
from propdesk.reports.parts.zones import Form

_SECOND, _THIRD = 70.0, 122.0  # where the further cells of a row begin
_TIMELINE = 23.0
_LAMPS = 7.6

TITLE = _lazy("Complaint sheet")
_SEVERITY, _HOT = _lazy("Severity"), _lazy("Hot spot")
_VALID, _REPEATED, _CLASS = _lazy("Justified"), _lazy("Repeated"), _lazy("Class")
_YES, _NO = _lazy("Yes"), _lazy("No")
_COMPLAINT, _COURSE = _lazy("The complaint"), _lazy("The course")
_CAUSES, _ANSWER = _lazy("Cause and prevention"), _lazy("Reply and follow-up")
_REPORTER, _PLACE, _PHONE = _lazy("Complainant"), _lazy("House"), _lazy("Phone")
_RECEIVED, _CHANNEL = _lazy("Taken at"), _lazy("Came by")
_FIRST = _lazy("First contact")
_TEXT, _WISH = _lazy("In their own words"), _lazy("Asked for")
_SENT, _FEEDBACK, _HANDLER = _lazy("Sent to"), _lazy("Reported back"), _lazy("Handled by")
_WAITED, _PUSHED = _lazy("Clocks stopped"), _lazy("Urged and reported up")
_ON_SITE, _WORK = _lazy("Found on site"), _lazy("Department's work")
_SEEN, _CAUSE = _lazy("What was seen"), _lazy("Root cause")
_PREVENTION, _RELATED = _lazy("Corrective action"), _lazy("Related numbers")
_WAY, _AT, _LETTER = _lazy("Way of reply"), _lazy("Replied at"), _lazy("Letter number")
_TOLD, _ASKED = _lazy("Told the caller"), _lazy("Follow-up result")
_ASKED_BY, _MANAGER = _lazy("Asked by"), _lazy("Manager's contact")
_OPINION, _FILES = _lazy("Caller's opinion"), _lazy("Attachments")
_SIX, _ARCHIVE = _lazy("Six clears"), _lazy("Archive number {number}")
_SIGNS = (_lazy("Clerk in charge"), _lazy("Responsible department"), _lazy("Project manager"))
_KEPT, _MISSED, _FREE = _lazy("within its limit"), _lazy("too late"), _lazy("without a limit")
_INTERNAL = _lazy("Internal; read-only once archived    Printed {time}, {person}")


class Mark(StrEnum):
    """How a stage stands against its limit; one that did not happen has no mark."""

    KEPT = "kept"
    MISSED = "missed"
    FREE = "free"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of the course: when, how long after the receipt, and the limit it had."""

    name: str
    at: str = ""
    after: str = ""
    limit: str = ""
    mark: Mark = Mark.NONE


@dataclass(frozen=True, slots=True)
class Lamp:
    """One of the six clears, and whether it is lit."""

    name: str
    is_lit: bool


@dataclass(frozen=True, slots=True)
class ComplaintSheet:
    """Everything that is printed on a complaint sheet, as words in the paper's language.

    `severity` is one of `severities`; `is_valid` is None while nobody has said. `phone` is masked
    already (decision 29). What is empty leaves its place white, for a pen.
    """

    office_name: str
    number: str
    severities: tuple[str, ...]
    severity: str
    class_path: str
    received: str
    text: str
    printed_at: datetime
    printed_by: str
    office_name_en: str = ""
    office_phone: str = ""
    code_digits: str = ""
    is_hot: bool = False
    is_valid: bool | None = None
    is_repeated: bool = False
    reporter: str = ""
    place: str = ""
    phone: str = ""
    channel: str = ""
    first_receiver: str = ""
    wish: str = ""
    stages: tuple[Stage, ...] = ()
    sent: str = ""
    feedback: str = ""
    handler: str = ""
    waited: str = ""
    pushed: str = ""
    on_site: str = ""
    work: str = ""
    seen: str = ""
    cause: str = ""
    prevention: str = ""
    related: str = ""
    reply_way: str = ""
    replied: str = ""
    letter: str = ""
    told: str = ""
    asked: str = ""
    asked_by: str = ""
    manager: str = ""
    opinion: str = ""
    files: str = ""
    lamps: tuple[Lamp, ...] = ()
    archive_number: str = ""
    signers: tuple[str, str, str] = ("", "", "")


def render_complaint_sheet(
    paper: ComplaintSheet, target: Path, *, language: PaperLanguage = PaperLanguage.ZH
) -> PrintedPaper:
    """Draw the sheet into the PDF file `target`; raises OSError where it cannot be written."""
    with Sheet(target, A4, title=f"{language.main(TITLE)} {paper.number}") as sheet:
        form = Form(sheet, language)
        flow = _frame(paper).start(form, lambda y: _draw_boxes(form, paper, y))
        _draw(form, flow, paper)
    return sheet.printed


def _draw(form: Form, flow: Flow, paper: ComplaintSheet) -> None:
    record = Record(form, flow)
    record.section(1, _COMPLAINT)
    record.row(
        Cell(_REPORTER, paper.reporter),
        Cell(_PLACE, paper.place, _SECOND),
        Cell(_PHONE, paper.phone, _THIRD),
    )
    record.row(
        Cell(_RECEIVED, paper.received),
        Cell(_CHANNEL, paper.channel, _SECOND),
        Cell(_FIRST, paper.first_receiver, _THIRD),
    )
    record.text(_TEXT, paper.text)
    record.text(_WISH, paper.wish)
    record.section(2, _COURSE)
    if paper.stages:
        flow.y -= 3.4  # the key of the marks stands on the head's line
        flow.place(
            Drawing(_TIMELINE, lambda _s, x, y, w: _draw_stages(form, paper, Box(x, y, w, 0)))
        )
    record.row(
        Cell(_SENT, paper.sent),
        Cell(_FEEDBACK, paper.feedback, _SECOND),
        Cell(_HANDLER, paper.handler, _THIRD),
    )
    for label, text in ((_WAITED, paper.waited), (_PUSHED, paper.pushed)):
        if text:
            record.text(label, text)
    record.text(_ON_SITE, paper.on_site)
    record.text(_WORK, paper.work)
    record.section(3, _CAUSES)
    record.text(_SEEN, paper.seen)
    record.text(_CAUSE, paper.cause)
    record.text(_PREVENTION, paper.prevention)
    if paper.related:
        record.text(_RELATED, paper.related)
    record.section(4, _ANSWER)
    record.row(
        Cell(_WAY, paper.reply_way),
        Cell(_AT, paper.replied, _SECOND),
        Cell(_LETTER, paper.letter, _THIRD),
    )
    record.text(_TOLD, paper.told)
    record.row(
        Cell(_ASKED, paper.asked, bold=True),
        Cell(_ASKED_BY, paper.asked_by, _THIRD),
    )
    record.text(_MANAGER, paper.manager)
    # The signatures never stand on a page of their own.
    end = _LAMPS + SIGNATURES_HEIGHT
    flow.need(record.line + record.line + end)
    record.text(_OPINION, paper.opinion)
    flow.need(record.line + end)
    record.text(_FILES, paper.files)
    record.close()
    flow.place(Drawing(end, lambda _s, x, y, w: _draw_end(form, paper, Box(x, y, w, 0))))


# -- the head


def _frame(paper: ComplaintSheet) -> TicketFrame:
    return TicketFrame(
        edges=A4_EDGES,
        title=TITLE,
        foot=_INTERNAL,
        number=paper.number,
        office_name=paper.office_name,
        office_name_en=paper.office_name_en,
        office_phone=paper.office_phone,
        printed_at=paper.printed_at,
        printed_by=paper.printed_by,
        code_digits=paper.code_digits,
    )


def _draw_boxes(form: Form, paper: ComplaintSheet, y: float) -> float:
    """Draw the row of boxes below the masthead; return where it ends."""
    sheet, left, right = form.sheet, A4_EDGES.left, A4_EDGES.right
    base, end = y + 5.2, y + 7.8
    words = f"{form.word(_CLASS)}  {paper.class_path}"
    size = fitting_size(words, 66, 9.4, least=6.5, bold=True)
    wide = sheet.text(right, base, elide(words, 66, size, bold=True), size, bold=True,
                      align=Align.RIGHT)  # fmt: skip
    draw_line(sheet, left, base, _boxes(form, paper), right - left - wide - 4)
    sheet.rule(left, end, right, ZONE)
    return end


def _boxes(form: Form, paper: ComplaintSheet) -> list[Piece]:
    def label(text: LazyText) -> list[Piece]:
        return [Words(form.word(text), form.profile.label), Space(1.6)]

    def ticks(*boxes: tuple[str, bool]) -> list[Piece]:
        pieces: list[Piece] = []
        for word, ticked in boxes:
            pieces += [Tick(word, ticked=ticked, size=8.6), Space(2.0)]
        return [*pieces, Space(2.6)]

    yes, no = form.word(_YES), form.word(_NO)
    severities = [(word, word == paper.severity) for word in paper.severities]
    return [
        *label(_SEVERITY),
        *ticks(*severities, (form.word(_HOT), paper.is_hot)),
        *label(_VALID),
        *ticks((yes, paper.is_valid is True), (no, paper.is_valid is False)),
        *label(_REPEATED),
        *ticks((yes, paper.is_repeated), (no, not paper.is_repeated)),
    ]


# -- the course


def _draw_stages(form: Form, paper: ComplaintSheet, box: Box) -> None:
    """Draw the stages on a line: when, after how long, and how that stands to the limit."""
    sheet = form.sheet
    _draw_key(form, box)
    step = box.width / len(paper.stages)
    line = box.y + 7.6
    centres = [box.x + step * (place + 0.5) for place in range(len(paper.stages))]
    sheet.rule(centres[0], line, centres[-1], ZONE)
    room = step - 1.0
    for x, stage in zip(centres, paper.stages, strict=True):
        _middle(sheet, x, line - 2.8, stage.name, room, 8.2, bold=True)
        _draw_mark(sheet, x, line, stage.mark)
        _middle(sheet, x, line + 5.0, stage.at, room, 7.7)
        _middle(sheet, x, line + 8.8, stage.after, room, 8.0, bold=True)
        _middle(sheet, x, line + 12.3, stage.limit, room, 6.8)


def _middle(
    sheet: Sheet, x: float, y: float, words: str, room: float, size: float, *, bold: bool = False
) -> None:
    size = fitting_size(words, room, size, least=4.6, bold=bold)
    sheet.text(x, y, elide(words, room, size, bold=bold), size, bold=bold, align=Align.CENTRE)


def _draw_mark(sheet: Sheet, x: float, y: float, mark: Mark) -> None:
    if mark is Mark.MISSED:
        sheet.fill(Box(x - 1.5, y - 1.5, 3.0, 3.0))
        sheet.polyline(((x - 0.8, y - 0.8), (x + 0.8, y + 0.8)), 1.1, white=True)
        sheet.polyline(((x - 0.8, y + 0.8), (x + 0.8, y - 0.8)), 1.1, white=True)
    elif mark is not Mark.NONE:
        sheet.dot(x, y, 1.4, filled=mark is Mark.KEPT)


def _draw_key(form: Form, box: Box) -> None:
    """Say what the marks mean, at the right of the section's head."""
    sheet, base = form.sheet, box.y - 0.8
    x = box.right
    for mark, words in ((Mark.FREE, _FREE), (Mark.MISSED, _MISSED), (Mark.KEPT, _KEPT)):
        x -= sheet.text(x, base, form.word(words), 7.0, align=Align.RIGHT) + 2.6
        _draw_mark(sheet, x, base - 1.0, mark)
        x -= 5.4


# -- the end


def _draw_end(form: Form, paper: ComplaintSheet, box: Box) -> None:
    """Draw the six clears, the archive number and the signatures."""
    sheet = form.sheet
    base = box.y + 5.0
    form.label(box.x, base, _SIX, LABEL - 2)
    number = form.word(_ARCHIVE).format(number=paper.archive_number or "____________")
    wide = sheet.text(box.right, base, number, 8.6, bold=True, align=Align.RIGHT)
    _draw_lamps(form, box.x + LABEL, base, box.width - LABEL - wide - 4, paper.lamps)
    y = box.y + _LAMPS
    sheet.rule(box.x, y, box.right, ZONE)
    signatures = [Signature(label, name) for label, name in zip(_SIGNS, paper.signers, strict=True)]
    draw_signatures(form, box.x, y, box.width, signatures)
    sheet.rule(box.x, y + SIGNATURES_HEIGHT, box.right, HEAVY)


def _draw_lamps(form: Form, x: float, base: float, room: float, lamps: Sequence[Lamp]) -> None:
    if not lamps:
        return
    step = room / len(lamps)
    for place, lamp in enumerate(lamps):
        at = x + step * place + 1.4
        form.sheet.dot(at, base - 1.1, 1.3, filled=lamp.is_lit)
        size = fitting_size(lamp.name, step - 5, 8.2, least=4.6)
        form.sheet.text(at + 2.4, base, elide(lamp.name, step - 5, size), size)
