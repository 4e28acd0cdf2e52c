"""Fill and draw a ticket's papers: complaint sheet, reply letter, problem report, follow-up sheet.

Drawing a paper writes nothing into the office; that it was printed is noted by `papers.note_print`
and, of a letter, by `letters.note_letter_printed`. Everybody may print who may open the office.
"""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from propdesk.domain.classes import class_path
from propdesk.domain.clears import CLEAR_LABELS, clears_of
from propdesk.domain.clock_rules import Clock
from propdesk.domain.clocks import ClockState
from propdesk.domain.errors import RuleError
from propdesk.domain.letters import PARAGRAPHS, Letter
from propdesk.domain.masking import mask_phone
from propdesk.domain.papers import PaperLanguage
from propdesk.domain.persons import ROLE_LABELS, ResidentRole
from propdesk.domain.replies import reply_way
from propdesk.domain.scores import CHECK_LABELS, DIMENSION_LABELS, MOST, Check, Dimension
from propdesk.domain.settings import OfficeSettings
from propdesk.domain.staff import Staff
from propdesk.domain.tickets import (
    CHANNEL_LABELS,
    SATISFACTION_LABELS,
    SEVERITY_LABELS,
    URGENCY_LABELS,
    Event,
    EventKind,
    Satisfaction,
    Severity,
    Ticket,
)
from propdesk.i18n import _
from propdesk.reports.complaint_sheets import ComplaintSheet, Lamp, render_complaint_sheet
from propdesk.reports.follow_up_sheets import (
    Asked,
    FollowUpSheet,
    render_follow_up_list,
    render_follow_up_sheet,
)
from propdesk.reports.parts.sheet import PrintedPaper
from propdesk.reports.problem_reports import ProblemReportSheet, render_problem_report
from propdesk.reports.reply_letters import ReplyLetterSheet, render_reply_letter
from propdesk.services.parts.complaint_story import Story
from propdesk.services.parts.drawing import draw_paper
from propdesk.services.parts.printed import Printed
from propdesk.services.parts.writing import local
from propdesk.services.queries.attachments import list_attachments
from propdesk.services.queries.clocks import get_clocks
from propdesk.services.queries.letters import list_letters, standing_letter
from propdesk.services.queries.tickets import get_ticket, get_tickets

_VALID = {"valid": True, "invalid": False}


def print_complaint_sheet(
    ticket_id: int,
    target: Path,
    *,
    by: Staff,
    now: datetime,
    language: PaperLanguage | None = None,
) -> Printed:
    """Draw a ticket's complaint sheet into the PDF file `target` (R44)."""
    story = _story(ticket_id, now)

    def draw(settings: OfficeSettings, chosen: PaperLanguage) -> PrintedPaper:
        paper = _complaint_sheet(story, settings, by)
        return render_complaint_sheet(paper, target, language=chosen)

    return draw_paper(target, language, draw)


def print_reply_letter(
    ticket_id: int,
    target: Path,
    *,
    by: Staff,
    now: datetime,
    letter: Letter | None = None,
    language: PaperLanguage | None = None,
) -> Printed:
    """Draw a letter of a ticket into the PDF file `target`, as it was written (R04, R46).

    Without one named it is the letter that answers the present round, else the last one. Raises
    RuleError where none was written.
    """
    wanted = letter or letter_to_print(get_ticket(ticket_id))

    def draw(settings: OfficeSettings, chosen: PaperLanguage) -> PrintedPaper:
        return render_reply_letter(_letter(wanted, settings, by, now), target, language=chosen)

    return draw_paper(target, language, draw)


def letter_to_print(ticket: Ticket) -> Letter:
    """Return the letter of a ticket that is printed where none is named."""
    found = standing_letter(ticket) or next(iter(list_letters(ticket.id)), None)
    if found is None:
        raise RuleError(
            "letter-missing",
            _("No letter was written for {number} yet; write it first.").format(
                number=ticket.number
            ),
        )
    return found


def print_problem_report(
    ticket_id: int,
    target: Path,
    *,
    by: Staff,
    now: datetime,
    language: PaperLanguage | None = None,
) -> Printed:
    """Draw the last problem report of a ticket into the PDF file `target` (R33)."""
    story = _story(ticket_id, now)
    report = story.last(EventKind.PROBLEM_REPORTED)
    if report is None:
        raise RuleError(
            "report-missing",
            _("{number} was not reported to a department yet; write the report first.").format(
                number=story.ticket.number
            ),
        )

    def draw(settings: OfficeSettings, chosen: PaperLanguage) -> PrintedPaper:
        paper = _problem_report(story, report, settings, by)
        return render_problem_report(paper, target, language=chosen)

    return draw_paper(target, language, draw)


def print_follow_up_sheets(
    ticket_ids: Sequence[int],
    target: Path,
    *,
    by: Staff,
    now: datetime,
    language: PaperLanguage | None = None,
) -> Printed:
    """Draw the follow-up sheet of one ticket (A5), or the list of several (A4), into `target`."""
    tickets = get_tickets(ticket_ids)
    if not tickets:
        raise RuleError("follow-ups-none", _("Choose the tickets whose callers are asked."))

    def draw(settings: OfficeSettings, chosen: PaperLanguage) -> PrintedPaper:
        paper = _follow_ups(tickets, settings, by, now)
        if len(tickets) == 1:
            return render_follow_up_sheet(paper, target, language=chosen)
        return render_follow_up_list(paper, target, language=chosen)

    return draw_paper(target, language, draw)


# -- filling


def _story(ticket_id: int, now: datetime) -> Story:
    return Story(get_ticket(ticket_id), get_clocks(ticket_id, now=now), local(now))


def _reporter(ticket: Ticket) -> str:
    name = ticket.reporter_name
    if not ticket.reporter_role:
        return name
    role = ROLE_LABELS[ResidentRole(ticket.reporter_role)]
    return _("{name} ({role})").format(name=name, role=role) if name else str(role)


def _place(ticket: Ticket) -> str:
    return " ".join(filter(None, (ticket.unit_long or ticket.place, ticket.spot)))


def _files(ticket_id: int) -> str:
    """Return how many photos and scans belong to a ticket."""
    files = list_attachments(ticket_id)
    photos = sum(one.is_picture for one in files)
    parts = (
        _("photos: {count}").format(count=photos) if photos else "",
        _("PDF files: {count}").format(count=len(files) - photos) if len(files) > photos else "",
    )
    return _(", ").join(filter(None, parts))


def _complaint_sheet(story: Story, settings: OfficeSettings, by: Staff) -> ComplaintSheet:
    ticket = story.ticket
    replied = story.last(EventKind.REPLIED)
    asked = story.last(EventKind.FOLLOWED_UP)
    manager = story.last(EventKind.MANAGER_CONTACT)
    letters = [one.number for one in reversed(list_letters(ticket.id)) if one.stands]
    return ComplaintSheet(
        office_name=settings.office_name,
        office_name_en=settings.office_name_en,
        office_phone=settings.phone,
        number=ticket.number,
        severities=tuple(str(SEVERITY_LABELS[one]) for one in Severity),
        severity=str(SEVERITY_LABELS[ticket.severity]),
        is_hot=ticket.is_master or bool(ticket.master),
        is_valid=_VALID.get(ticket.validity),
        is_repeated=bool(ticket.repeat_of),
        class_path=class_path(ticket.class_code),
        reporter=_reporter(ticket),
        place=_place(ticket),
        phone=mask_phone(ticket.reporter_phone),
        received=f"{ticket.received_at:%Y-%m-%d %H:%M}",
        channel=str(CHANNEL_LABELS[ticket.channel]),
        first_receiver=ticket.first_receiver,
        text=ticket.text,
        wish=ticket.wish,
        stages=story.stages(),
        sent=story.sent(),
        feedback=story.fed_back(),
        handler=ticket.handler,
        waited=story.waited(),
        pushed=story.pushed(),
        on_site=story.texts(EventKind.ARRIVED),
        work=story.texts(EventKind.COMPLETED),
        seen=ticket.matter,
        cause=story.cause(),
        prevention=ticket.prevention,
        related=story.related(),
        reply_way=reply_way(replied.detail.get("way", "")) if replied else "",
        replied=story.moment(replied.at) if replied else "",
        letter=_(", ").join(letters),
        told=story.texts(EventKind.REPLIED),
        asked=story.asked(),
        asked_by=asked.by if asked else "",
        manager=story.contacts_of_manager(),
        opinion=story.texts(EventKind.FOLLOWED_UP),
        files=_files(ticket.id),
        lamps=tuple(Lamp(str(CLEAR_LABELS[one.clear]), one.is_lit) for one in clears_of(ticket)),
        archive_number=ticket.archive_number,
        signers=(ticket.first_receiver, ticket.department, manager.by if manager else ""),
        printed_at=story.now,
        printed_by=by.name,
    )


def _letter(letter: Letter, settings: OfficeSettings, by: Staff, now: datetime) -> ReplyLetterSheet:
    return ReplyLetterSheet(
        office_name=settings.office_name,
        office_name_en=settings.office_name_en,
        office_phone=settings.phone,
        company=settings.company,
        number=letter.number,
        ticket=letter.ticket,
        addressee=letter.text.addressee,
        paragraphs=tuple(getattr(letter.text, name) for name in PARAGRAPHS),
        contact=letter.text.contact,
        issued_by=letter.text.checked_by,
        dated_on=letter.written_at.date(),
        is_void=not letter.stands,
        printed_at=local(now),
        printed_by=by.name,
    )


def _problem_report(
    story: Story, report: Event, settings: OfficeSettings, by: Staff
) -> ProblemReportSheet:
    ticket = story.ticket
    due = [
        one
        for one in story.clocks.clocks
        if one.clock is Clock.DEPARTMENT and one.state is not ClockState.CANCELLED
    ]
    return ProblemReportSheet(
        office_name=settings.office_name,
        office_name_en=settings.office_name_en,
        office_phone=settings.phone,
        number=ticket.number,
        department=report.detail.get("department", ""),
        reported=f"{report.at:%Y-%m-%d %H:%M}",
        reported_by=report.by,
        report=report.text,
        severity=str(SEVERITY_LABELS[ticket.severity]),
        class_path=class_path(ticket.class_code),
        urgency=str(URGENCY_LABELS[ticket.urgency]),
        place=_place(ticket),
        reporter=_reporter(ticket),
        received=f"{ticket.received_at:%Y-%m-%d %H:%M}",
        subject=ticket.matter,
        text=ticket.text,
        wish=ticket.wish,
        answer_by=f"{due[-1].due_at:%Y-%m-%d %H:%M}" if due else "",
        printed_at=story.now,
        printed_by=by.name,
    )


def _follow_ups(
    tickets: Sequence[Ticket], settings: OfficeSettings, by: Staff, now: datetime
) -> FollowUpSheet:
    weights = settings.score_weights
    return FollowUpSheet(
        office_name=settings.office_name,
        office_name_en=settings.office_name_en,
        office_phone=settings.phone,
        asked=tuple(map(_asked, tickets)),
        checks=tuple(str(CHECK_LABELS[one]) for one in Check),
        scores=tuple((str(DIMENSION_LABELS[one]), weights[one]) for one in Dimension),
        most=MOST,
        answers=tuple(str(SATISFACTION_LABELS[one]) for one in Satisfaction),
        printed_at=local(now),
        printed_by=by.name,
    )


def _asked(ticket: Ticket) -> Asked:
    done = [one.text for one in ticket.events if one.kind is EventKind.COMPLETED and one.text]
    due = ticket.follow_up_due_on
    return Asked(
        number=ticket.number,
        received=f"{ticket.received_at:%Y-%m-%d %H:%M}",
        place=_place(ticket),
        person=_reporter(ticket),
        phone=mask_phone(ticket.reporter_phone),
        matter=ticket.matter,
        result=done[-1] if done else "",
        handler=ticket.handler,
        due=f"{due:%Y-%m-%d}" if due else "",
    )
