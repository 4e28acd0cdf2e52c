"""`propdesk meetings …`: records of meetings and what they decided (R87, R88)."""

import argparse
from collections.abc import Sequence
from typing import Any

from propdesk.cli.desk import Desk, add_by, add_json, choice, read_day, read_time
from propdesk.domain.meetings import (
    MEETING_KIND_LABELS,
    SECTION_LABELS,
    ActionDraft,
    Meeting,
    MeetingAction,
    MeetingDraft,
    MeetingKind,
    Section,
    read_attendees,
)
from propdesk.i18n import _


def add_parsers(commands: Any) -> None:
    """Add `meetings` to the command line."""
    nouns = commands.add_parser("meetings", help=_("meetings and what they decided"))
    verbs = nouns.add_subparsers(dest="verb", required=True, metavar="VERB")
    write = verbs.add_parser("write", help=_("keep a meeting, held or planned"))
    write.add_argument("--kind", default=MeetingKind.FORUM.value, metavar="|".join(MeetingKind))
    write.add_argument("--title", required=True)
    write.add_argument("--at", required=True, metavar="TIME")
    for name in ("place", "host", "recorder"):
        write.add_argument(f"--{name}", default="")
    write.add_argument(
        "--attendee", action="append", default=[], help=_("who came, house or department behind")
    )
    write.add_argument(
        "--section", action="append", default=[], nargs=2, metavar=("HEADING", "TEXT"),
        help="|".join(Section),
    )  # fmt: skip
    write.add_argument(
        "--action", action="append", default=[], nargs="+", metavar="WORD",
        help=_("what is to be done, by whom, by which day"),
    )  # fmt: skip
    write.set_defaults(func=run_write)
    show = verbs.add_parser("list", help=_("list the meetings"))
    show.set_defaults(func=run_list)
    one = verbs.add_parser("show", help=_("show a meeting"))
    one.add_argument("number")
    one.set_defaults(func=run_show)
    void = verbs.add_parser("void", help=_("void a meeting; its number stays"))
    void.add_argument("number")
    void.set_defaults(func=run_void)
    actions = verbs.add_parser("actions", help=_("what was decided and is not done"))
    actions.set_defaults(func=run_actions)
    done = verbs.add_parser("done", help=_("note that something decided is done"))
    done.add_argument("id", type=int)
    done.add_argument("--result", required=True)
    done.add_argument("--on", metavar="DAY")
    done.set_defaults(func=run_done)
    for parser in (write, void, done):
        add_by(parser)
    for parser in (write, show, one, void, actions, done):
        add_json(parser)


def action_json(action: MeetingAction) -> dict[str, Any]:
    """Return what was decided as its JSON object."""
    return {
        "id": action.id,
        "meeting": action.meeting_number,
        "text": action.text,
        "department": action.department or None,
        "responsible": action.responsible,
        "due": action.due_on.isoformat() if action.due_on else None,
        "needs_improvement": action.needs_improvement,
        "done_on": action.done_on.isoformat() if action.done_on else None,
        "result": action.result,
    }


def meeting_json(meeting: Meeting) -> dict[str, Any]:
    """Return a meeting as its JSON object."""
    return {
        "number": meeting.number,
        "kind": meeting.kind.value,
        "title": meeting.title,
        "at": meeting.at.isoformat(),
        "place": meeting.place,
        "host": meeting.host,
        "recorder": meeting.recorder,
        "attendees": [{"name": one.name, "part": one.part} for one in meeting.attendees],
        "sections": {section.value: text for section, text in meeting.sections.items()},
        "actions": [action_json(one) for one in meeting.actions],
        "by": meeting.written_by,
        "voided_at": meeting.voided_at.isoformat() if meeting.voided_at else None,
    }


def _action(words: Sequence[str]) -> ActionDraft:
    """Return what was said after --action: the text, by whom, by which day."""
    text, responsible, due = (*words, "", "")[:3]
    return ActionDraft(text, responsible, due_on=read_day(due) if due else None)


def run_write(args: argparse.Namespace, desk: Desk) -> int:
    """Keep a meeting."""
    from propdesk.services.meetings import write_meeting

    draft = MeetingDraft(
        kind=choice(args.kind, MeetingKind, _("kind")),
        title=args.title,
        at=read_time(args.at).replace(tzinfo=None),
        place=args.place,
        host=args.host,
        recorder=args.recorder,
        attendees=read_attendees("\n".join(args.attendee)),
        sections={choice(name, Section, _("heading")): text for name, text in args.section},
        actions=tuple(map(_action, args.action)),
    )
    with desk.office(write=True):
        meeting = write_meeting(draft, by=desk.staff(args.by).id, now=desk.now)
    desk.say(_("Meeting {number} is kept.").format(number=meeting.number))
    desk.json(meeting_json(meeting))
    return 0


def run_list(args: argparse.Namespace, desk: Desk) -> int:  # noqa: ARG001 - one shape for all
    """List the meetings, newest first."""
    from propdesk.services.queries.meetings import list_meetings

    with desk.office(write=False):
        found = list_meetings()
    for one in found:
        state = _("voided") if one.voided_at else ""
        kind = MEETING_KIND_LABELS[one.kind]
        desk.say(f"{one.number}  {one.at:%Y-%m-%d %H:%M}  {kind}  {one.title}  {state}".rstrip())
    desk.json([meeting_json(one) for one in found])
    return 0


def run_show(args: argparse.Namespace, desk: Desk) -> int:
    """Show a meeting."""
    from propdesk.services.queries.meetings import find_meeting

    with desk.office(write=False):
        meeting = find_meeting(args.number)
    desk.say(f"{meeting.number}  {meeting.title}  {meeting.at:%Y-%m-%d %H:%M}  {meeting.place}")
    for section, text in meeting.sections.items():
        desk.say(f"{SECTION_LABELS[section]}: {text}")
    for action in meeting.actions:
        desk.say(_action_line(action))
    desk.json(meeting_json(meeting))
    return 0


def _action_line(action: MeetingAction) -> str:
    parts = (str(action.id), action.meeting_number, action.text, action.responsible)
    days = (str(action.due_on or ""), str(action.done_on or ""), action.result)
    return "  ".join(filter(None, (*parts, *days)))


def run_void(args: argparse.Namespace, desk: Desk) -> int:
    """Void a meeting."""
    from propdesk.services.meetings import void_meeting
    from propdesk.services.queries.meetings import find_meeting

    with desk.office(write=True):
        meeting = find_meeting(args.number)
        meeting = void_meeting(meeting.id, by=desk.staff(args.by).id, now=desk.now)
    desk.say(_("Meeting {number} is void.").format(number=meeting.number))
    desk.json(meeting_json(meeting))
    return 0


def run_actions(args: argparse.Namespace, desk: Desk) -> int:  # noqa: ARG001 - one shape for all
    """List what was decided and is not done, the earliest day first."""
    from propdesk.services.queries.meetings import list_open_actions

    with desk.office(write=False):
        found = list_open_actions()
    for one in found:
        late = _("late") if one.is_late(desk.today) else ""
        desk.say(f"{_action_line(one)}  {late}".rstrip())
    desk.json([action_json(one) for one in found])
    return 0


def run_done(args: argparse.Namespace, desk: Desk) -> int:
    """Note that something decided is done."""
    from propdesk.services.meetings import finish_action

    on = read_day(args.on) if args.on else desk.today
    with desk.office(write=True):
        action = finish_action(args.id, args.result, on=on, by=desk.staff(args.by).id, now=desk.now)
    desk.say(_action_line(action))
    desk.json(action_json(action))
    return 0
