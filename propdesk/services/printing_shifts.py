"""The papers of a shift: the day list for the morning meeting, the hand-over at its end."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from propdesk.domain.contacts import Contact
from propdesk.domain.day_lists import DayJob, Pressure, pressure
from propdesk.domain.hand_overs import HandOver, LateFollowUp, OpenTicket, Pile, StillOpen
from propdesk.domain.papers import PaperLanguage
from propdesk.domain.settings import OfficeSettings
from propdesk.domain.staff import Right, Staff
from propdesk.domain.texts import elide
from propdesk.domain.tickets import STATUS_LABELS, Status
from propdesk.i18n import LazyText, _, _lazy
from propdesk.reports.day_lists import DayListSheet, JobGroup, JobRow, render_day_list
from propdesk.reports.hand_overs import HandOverSheet, OpenRow, OpenSection, render_hand_over
from propdesk.reports.parts.out_papers import OutRow
from propdesk.reports.parts.register_frame import RegisterFrame
from propdesk.reports.parts.sheet import PrintedPaper
from propdesk.services.parts.actors import actor
from propdesk.services.parts.drawing import draw_paper
from propdesk.services.parts.printed import Printed
from propdesk.services.parts.writing import local
from propdesk.services.queries.day_lists import DayList, get_day_list
from propdesk.services.queries.hand_overs import get_hand_over, get_still_open

_MARGIN = 16.0
_LONGEST = 120  # characters of what was said, in a line of the hand-over

_PILE_TITLES: dict[Pile, LazyText] = {
    Pile.PROMISED: _lazy("Promised until tomorrow"),
    Pile.OVERDUE: _lazy("Past due"),
    Pile.TO_DISPATCH: _lazy("To dispatch"),
    Pile.IN_WORK: _lazy("In work"),
    Pile.TO_REPLY: _lazy("To reply"),
    Pile.TO_FOLLOW_UP: _lazy("To follow up"),
}


def print_day_list(
    target: Path,
    *,
    by: Staff,
    now: datetime,
    on: date | None = None,
    paper_language: PaperLanguage | None = None,
) -> Printed:
    """Draw the list of the open work for a day (None = today) into the PDF file `target`.

    Raises RuleError for a day that has passed, for a staff member who may not take lists out, and
    for a file that cannot be written.
    """
    actor(by.id, Right.REPORT)
    day = get_day_list(on or now.date(), now=now)

    def draw(settings: OfficeSettings, chosen: PaperLanguage) -> PrintedPaper:
        paper = DayListSheet(
            frame=_frame(settings, _("Work list"), _("For {day}").format(day=day.on), by, now),
            figures=_figures(day),
            groups=[
                JobGroup(
                    group.department or _("Nobody has it yet"),
                    [_job(job, day.on, local(now)) for job in group.jobs],
                )
                for group in day.groups
            ],
            papers=[
                OutRow(
                    number=f"{row.number}  {row.round}",
                    where=row.where,
                    matter=row.matter,
                    who=row.handler or row.department,
                    printed=_moment(row.printed_at, now),
                    days=row.days,
                )
                for row in day.papers
            ],
        )
        return render_day_list(paper, target, language=chosen)

    return draw_paper(target, paper_language, draw)


def print_hand_over(
    target: Path,
    *,
    by: Staff,
    now: datetime,
    hand_over_id: int | None = None,
    paper_language: PaperLanguage | None = None,
) -> Printed:
    """Draw a hand-over into the PDF file `target`; None is a sheet to be filled with the pen.

    Raises RuleError for a hand-over that does not exist, for a staff member who may not take lists
    out, and for a file that cannot be written.
    """
    actor(by.id, Right.REPORT)
    over = None if hand_over_id is None else get_hand_over(hand_over_id)
    at = over.at if over else local(now)
    still = get_still_open(at)

    def draw(settings: OfficeSettings, chosen: PaperLanguage) -> PrintedPaper:
        title, under = _("Shift hand-over"), f"{at:%Y-%m-%d %H:%M}"
        paper = HandOverSheet(
            frame=_frame(settings, title, under, by, now),
            fields=_fields(over, by),
            items=over.items if over else "",
            matters=over.matters if over else "",
            sections=_sections(still, at),
            papers=[
                OutRow(
                    number=one.number,
                    where=one.where,
                    matter=one.matter,
                    who=one.who,
                    printed=_moment(one.printed_at, at),
                    days=(at.date() - one.printed_at.date()).days,
                )
                for one in still.papers
            ],
        )
        return render_hand_over(paper, target, language=chosen)

    return draw_paper(target, paper_language, draw)


def _frame(
    settings: OfficeSettings, title: str, narrowed: str, by: Staff, now: datetime
) -> RegisterFrame:
    return RegisterFrame(
        office_name=settings.office_name,
        office_name_en=settings.office_name_en,
        title=title,
        narrowed=narrowed,
        printed_at=local(now),
        printed_by=by.name,
        margin=_MARGIN,
    )


# -- the day list


def _figures(day: DayList) -> list[tuple[str, int]]:
    nobody = sum(len(group.jobs) for group in day.groups if not group.department)
    return [
        (_("open jobs"), day.total),
        (_("past due"), day.counts[Pressure.OVERDUE]),
        (_("due that day"), day.counts[Pressure.DUE]),
        (_("nobody has them"), nobody),
        (_("papers out"), len(day.papers)),
    ]


def _job(job: DayJob, on: date, now: datetime) -> JobRow:
    how = pressure(job, on, now)
    limit = "" if job.limit is None else _moment(job.limit, now)
    if how is Pressure.OVERDUE:
        limit = _("late {time}").format(time=limit)
    status = _("Paused") if job.status is Status.SUSPENDED else str(STATUS_LABELS[job.status])
    return JobRow(
        number=job.number,
        received=_moment(job.received_at, now),
        where=job.where,
        matter="\n".join(
            word
            for word in ("  ".join(w for w in (job.urgency, job.matter) if w), job.reporter)
            if word
        ),
        worker=job.worker,
        limit=limit,
        status=status,
        is_overdue=how is Pressure.OVERDUE,
        is_due=how is Pressure.DUE,
    )


def _moment(moment: datetime, now: datetime) -> str:
    shape = "%m-%d %H:%M" if moment.year == now.year else "%Y-%m-%d"
    return moment.strftime(shape)


# -- the hand-over


def _fields(over: HandOver | None, by: Staff) -> list[tuple[str, str]]:
    return [
        (_("Shift"), over.shift if over else ""),
        (_("Handed over by"), over.from_name if over else by.name),
        (_("Date, time"), f"{over.at:%Y-%m-%d %H:%M}" if over else ""),
        (_("Taken over by"), over.to_name if over else ""),
    ]


def _sections(still: StillOpen, at: datetime) -> list[OpenSection]:
    piles = [
        OpenSection(str(_PILE_TITLES[pile]), _tickets(still.tickets[pile], at, pile))
        for pile in Pile
    ]
    return [
        *piles,
        OpenSection(
            _("Closed, but still to be asked after"), list(map(_follow_up, still.follow_ups))
        ),
        OpenSection(_("Contacts to be cleared"), [_contact(one, at) for one in still.contacts]),
    ]


def _tickets(tickets: Sequence[OpenTicket], at: datetime, pile: Pile) -> list[OpenRow]:
    """Return the lines of a pile; what is past due says which limit passed, not the new promise."""
    rows = []
    for ticket in tickets:
        is_past = pile is Pile.OVERDUE or ticket.promised_at is None
        limit = ticket.limit if is_past else ticket.promised_at
        rows.append(
            OpenRow(
                number=ticket.number,
                where=ticket.where,
                matter="\n".join(word for word in (ticket.matter, ticket.reporter) if word),
                who=ticket.who,
                limit="" if limit is None else _moment(limit, at),
                status=str(STATUS_LABELS[ticket.status]),
            )
        )
    return rows


def _follow_up(one: LateFollowUp) -> OpenRow:
    matter = "\n".join(word for word in (one.matter, one.reporter) if word)
    return OpenRow(one.number, one.where, matter, "", f"{one.due_on:%m-%d}", _("Closed"))


def _contact(one: Contact, at: datetime) -> OpenRow:
    wanted = one.opinion or one.wish or one.text
    return OpenRow(
        number=one.ticket or _moment(one.at, at),
        where=one.where or one.name,
        matter=elide(wanted.replace("\n", " "), _LONGEST),
        who=one.department or one.by,
        limit=f"{one.due_on:%m-%d}" if one.due_on else "",
        status=_("Not yet"),
    )
