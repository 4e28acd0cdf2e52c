"""The problem report (内部联系单) by which a complex or grave matter goes to a department (R33).

The upper part is printed, the lower one is filled in by the department and comes back to the desk.
"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from propdesk.domain.papers import PaperLanguage
from propdesk.i18n import _lazy
from propdesk.reports.parts.flow import Drawing, Flow
from propdesk.reports.parts.records import (
    SIGNATURES_HEIGHT,
    Cell,
    Record,
    Signature,
    draw_signatures,
)
from propdesk.reports.parts.sheet import A4, HEAVY, PrintedPaper, Sheet
from propdesk.reports.parts.ticket_frame import A4_EDGES, TicketFrame
from propdesk.reports.parts.zones import Form

_SECOND, _THIRD = 70.0, 122.0

TITLE = _lazy("Problem report")
_MATTER, _PROBLEM, _ANSWER = _lazy("The matter"), _lazy("The problem"), _lazy("Department's answer")
_TO, _AT, _BY = _lazy("To department"), _lazy("Sent at"), _lazy("Reported by")
_CLASS, _SEVERITY, _URGENCY = _lazy("Class"), _lazy("Severity"), _lazy("Urgency")
_PLACE, _REPORTER, _RECEIVED = _lazy("House or place"), _lazy("Reporter"), _lazy("Taken at")
_SUBJECT, _TEXT, _WISH = _lazy("Subject"), _lazy("In their own words"), _lazy("Asked for")
_REPORT, _DUE = _lazy("Problem and request"), _lazy("Answer by")
_CAUSE, _DONE = _lazy("Root cause"), _lazy("What was done")
_PREVENTION, _UNTIL = _lazy("Corrective action"), _lazy("Done until")
_SIGNS = (_lazy("Report sent by"), _lazy("Received by department"), _lazy("Answered by"))
_INTERNAL = _lazy("Internal; to be returned to the service centre    Printed {time}, {person}")


@dataclass(frozen=True, slots=True)
class ProblemReportSheet:
    """Everything that is printed on a problem report, as words in the paper's language."""

    office_name: str
    number: str
    department: str
    reported: str
    reported_by: str
    report: str
    severity: str
    received: str
    text: str
    printed_at: datetime
    printed_by: str
    office_name_en: str = ""
    office_phone: str = ""
    class_path: str = ""
    urgency: str = ""
    place: str = ""
    reporter: str = ""
    subject: str = ""
    wish: str = ""
    answer_by: str = ""


def render_problem_report(
    paper: ProblemReportSheet, target: Path, *, language: PaperLanguage = PaperLanguage.ZH
) -> PrintedPaper:
    """Draw the report into the PDF file `target`; raises OSError where it cannot be written."""
    with Sheet(target, A4, title=f"{language.main(TITLE)} {paper.number}") as sheet:
        form = Form(sheet, language)
        flow = _frame(paper).start(form)
        _draw(form, flow, paper)
    return sheet.printed


def _draw(form: Form, flow: Flow, paper: ProblemReportSheet) -> None:
    record = Record(form, flow)
    record.row(
        Cell(_TO, paper.department, bold=True),
        Cell(_AT, paper.reported, _SECOND),
        Cell(_BY, paper.reported_by, _THIRD),
    )
    record.section(1, _MATTER)
    record.row(
        Cell(_CLASS, paper.class_path),
        Cell(_SEVERITY, paper.severity, _SECOND, bold=True),
        Cell(_URGENCY, paper.urgency, _THIRD),
    )
    record.row(
        Cell(_PLACE, paper.place),
        Cell(_REPORTER, paper.reporter, _SECOND),
        Cell(_RECEIVED, paper.received, _THIRD),
    )
    record.text(_SUBJECT, paper.subject)
    record.text(_TEXT, paper.text)
    if paper.wish:
        record.text(_WISH, paper.wish)
    record.section(2, _PROBLEM)
    record.text(_REPORT, paper.report)
    record.row(Cell(_DUE, paper.answer_by, bold=True))
    record.section(3, _ANSWER)
    record.text(_CAUSE, "", least=4)
    record.text(_DONE, "", least=5)
    record.text(_PREVENTION, "", least=4)
    record.row(Cell(_UNTIL, ""))
    record.close()
    signatures = [
        Signature(label, name)
        for label, name in zip(_SIGNS, (paper.reported_by, "", ""), strict=True)
    ]

    def sign(sheet: Sheet, x: float, y: float, width: float) -> None:
        draw_signatures(form, x, y, width, signatures)
        sheet.rule(x, y + SIGNATURES_HEIGHT, x + width, HEAVY)

    flow.place(Drawing(SIGNATURES_HEIGHT, sign))


def _frame(paper: ProblemReportSheet) -> TicketFrame:
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
    )
