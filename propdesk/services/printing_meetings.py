"""Fill and draw the papers of a meeting: sign-in sheet and record (R87, R88)."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from propdesk.domain.meetings import (
    MEETING_KIND_LABELS,
    SECTION_LABELS,
    SECTIONS_OF,
    Meeting,
    MeetingAction,
    MeetingKind,
)
from propdesk.domain.papers import PaperLanguage
from propdesk.domain.settings import OfficeSettings
from propdesk.domain.staff import Staff
from propdesk.i18n import _
from propdesk.reports.meetings import (
    ActionRow,
    MeetingSheet,
    SignInSheet,
    render_meeting,
    render_sign_in,
)
from propdesk.reports.parts.register_frame import RegisterFrame
from propdesk.reports.parts.sheet import PrintedPaper
from propdesk.services.parts.drawing import draw_paper
from propdesk.services.parts.printed import Printed
from propdesk.services.parts.writing import local
from propdesk.services.queries.meetings import get_meeting


def print_sign_in(
    meeting_id: int,
    target: Path,
    *,
    by: Staff,
    now: datetime,
    language: PaperLanguage | None = None,
) -> Printed:
    """Draw the sheet that everybody signs into the PDF file `target`."""
    meeting = get_meeting(meeting_id)

    def paper(frame: Callable[[str], RegisterFrame]) -> SignInSheet:
        return SignInSheet(
            frame=frame(_("Sign-in sheet")),
            fields=_fields(meeting)[:4],
            expected=[(one.name, one.part) for one in meeting.attendees],
            is_forum=meeting.kind is MeetingKind.FORUM,
        )

    def draw(settings: OfficeSettings, chosen: PaperLanguage) -> PrintedPaper:
        return render_sign_in(paper(_framer(meeting, settings, by, now)), target, language=chosen)

    return draw_paper(target, language, draw)


def print_meeting(
    meeting_id: int,
    target: Path,
    *,
    by: Staff,
    now: datetime,
    language: PaperLanguage | None = None,
) -> Printed:
    """Draw the record into the PDF file `target`; headings without a text have room for a pen."""
    meeting = get_meeting(meeting_id)

    def paper(frame: Callable[[str], RegisterFrame]) -> MeetingSheet:
        return MeetingSheet(
            frame=frame(_("Record of a meeting")),
            fields=_fields(meeting),
            attendees=_(", ").join(f"{one.name} {one.part}".strip() for one in meeting.attendees),
            sections=[
                (str(SECTION_LABELS[section]), meeting.sections.get(section, ""))
                for section in SECTIONS_OF[meeting.kind]
            ],
            actions=[_action(one) for one in meeting.actions],
        )

    def draw(settings: OfficeSettings, chosen: PaperLanguage) -> PrintedPaper:
        return render_meeting(paper(_framer(meeting, settings, by, now)), target, language=chosen)

    return draw_paper(target, language, draw)


def _fields(meeting: Meeting) -> list[tuple[str, str]]:
    return [
        (_("Number"), meeting.number),
        (_("Time"), f"{meeting.at:%Y-%m-%d %H:%M}"),
        (_("Kind"), str(MEETING_KIND_LABELS[meeting.kind])),
        (_("Place"), meeting.place),
        (_("Host"), meeting.host),
        (_("Recorder"), meeting.recorder),
    ]


def _action(action: MeetingAction) -> ActionRow:
    who = " ".join(filter(None, (action.department, action.responsible)))
    mark = _("needs improvement") if action.needs_improvement else ""
    return ActionRow(
        text=_("{text} ({mark})").format(text=action.text, mark=mark) if mark else action.text,
        who=who,
        due=str(action.due_on or ""),
        result=" ".join(filter(None, (str(action.done_on or ""), action.result))),
    )


def _framer(
    meeting: Meeting, settings: OfficeSettings, by: Staff, now: datetime
) -> Callable[[str], RegisterFrame]:
    """Return how the frame of one of its papers is made, in the paper's language."""
    return lambda title: RegisterFrame(
        settings.office_name,
        settings.office_name_en,
        title,
        meeting.title,
        local(now),
        by.name,
    )
