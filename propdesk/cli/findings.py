"""`propdesk inspections findings|finding-ticket|finding-close|notice|faults`: what rounds found."""

import argparse
from dataclasses import replace
from typing import Any

from propdesk.cli.desk import Desk, add_by, add_json, choice, read_day
from propdesk.domain.findings import (
    FINDING_LABELS,
    RECHECK_LABELS,
    Finding,
    FindingGroup,
    FindingState,
    Recheck,
    Rectification,
)
from propdesk.domain.months import Month
from propdesk.i18n import _
from propdesk.services.findings import close_finding, write_ticket_of_finding
from propdesk.services.queries.findings import (
    FaultCount,
    count_faults,
    find_rectification,
    get_finding,
    list_findings,
    list_rectifications,
)
from propdesk.services.queries.rectification_proposals import propose_rectification
from propdesk.services.queries.units import find_unit
from propdesk.services.rectifications import (
    receive_rectification,
    recheck_rectification,
    void_rectification,
    write_rectification,
)

_ENDS = (FindingState.FIXED_ON_SITE, FindingState.RECTIFIED, FindingState.DROPPED)


def add_inspections_parsers(verbs: Any) -> None:
    """Add the verbs of findings to `inspections`."""
    listed = verbs.add_parser("findings", help=_("what rounds found wrong"))
    which = listed.add_mutually_exclusive_group()
    which.add_argument("--open", action="store_true", help=_("those that nobody takes care of"))
    which.add_argument(
        "--improvement", action="store_true", help=_("those that come again and again")
    )
    add_json(listed)
    listed.set_defaults(func=run_findings)
    ticket = verbs.add_parser("finding-ticket", help=_("write the ticket of a finding"))
    ticket.add_argument("id", type=int, help=_("the id of the finding in `findings`"))
    ticket.set_defaults(func=run_ticket)
    close = verbs.add_parser("finding-close", help=_("settle a finding without a ticket"))
    close.add_argument("id", type=int, help=_("the id of the finding in `findings`"))
    close.add_argument("--as", dest="end", default=FindingState.RECTIFIED.value,
                       metavar="|".join(_ENDS))  # fmt: skip
    close.add_argument("--note", required=True, metavar="TEXT", help=_("what was done"))
    close.set_defaults(func=run_close)
    for parser in (ticket, close):
        add_by(parser)
        add_json(parser)
    _add_notices(verbs)
    faults = verbs.add_parser("faults", help=_("how often each thing failed in a month"))
    faults.add_argument("--month", metavar="YYYY-MM")
    add_json(faults)
    faults.set_defaults(func=run_faults)


def _add_notices(verbs: Any) -> None:
    notice = verbs.add_parser("notice", help=_("notices to rectify"))
    acts = notice.add_subparsers(dest="act", required=True, metavar="ACT")
    write = acts.add_parser("write", help=_("write a notice, about findings or free"))
    write.add_argument("--finding", type=int, action="append", default=[], metavar="ID",
                       help=_("what it is about; may be repeated"))  # fmt: skip
    write.add_argument("--to", metavar="NAME", help=_("who is to put it right"))
    write.add_argument("--house", metavar="HOUSE")
    write.add_argument("--place", metavar="TEXT")
    write.add_argument("--problem", metavar="TEXT")
    write.add_argument("--basis", metavar="TEXT")
    write.add_argument("--demand", metavar="TEXT")
    write.add_argument("--until", metavar="DATE", help=_("until when it is put right"))
    write.set_defaults(func=run_write)
    receive = acts.add_parser("receive", help=_("note who received a notice or refused it"))
    receive.add_argument("number")
    receive.add_argument("--receiver", required=True, metavar="NAME")
    receive.add_argument("--on", metavar="DATE")
    receive.add_argument("--refused", action="store_true")
    receive.set_defaults(func=run_receive)
    recheck = acts.add_parser("recheck", help=_("note what the look afterwards found"))
    recheck.add_argument("number")
    recheck.add_argument("--result", required=True, metavar="rectified|partly|not")
    recheck.add_argument("--note", default="", metavar="TEXT")
    recheck.add_argument("--until", metavar="DATE", help=_("the new deadline"))
    recheck.set_defaults(func=run_recheck)
    void = acts.add_parser("void", help=_("take a notice back"))
    void.add_argument("number")
    void.add_argument("--reason", required=True, metavar="TEXT")
    void.set_defaults(func=run_void)
    listed = acts.add_parser("list", help=_("the notices, those to look at first"))
    listed.add_argument("--open", action="store_true", help=_("without void and rectified ones"))
    listed.set_defaults(func=run_list)
    for parser in (write, receive, recheck, void):
        add_by(parser)
    for parser in (write, receive, recheck, void, listed):
        add_json(parser)


def run_findings(args: argparse.Namespace, desk: Desk) -> int:
    """List findings; reads beside an open window."""
    group = FindingGroup.ALL
    if args.open:
        group = FindingGroup.OPEN
    elif args.improvement:
        group = FindingGroup.IMPROVEMENT
    with desk.office(write=False):
        found = list_findings(group)
    desk.tell_each(found, _line, _finding_json, _("No finding."))
    return 0


def run_ticket(args: argparse.Namespace, desk: Desk) -> int:
    """Write the ticket of a finding."""
    with desk.office(write=True):
        by = desk.staff(args.by).id
        ticket = write_ticket_of_finding(args.id, by=by, now=desk.now)
        one = get_finding(args.id)
    desk.say(ticket.number)
    desk.json(_finding_json(one))
    return 0


def run_close(args: argparse.Namespace, desk: Desk) -> int:
    """Settle a finding."""
    end = choice(args.end, FindingState, _("end of a finding"))
    with desk.office(write=True):
        version = get_finding(args.id).version
        by = desk.staff(args.by).id
        one = close_finding(args.id, end, args.note, version=version, by=by, now=desk.now)
    desk.say(_line(one))
    desk.json(_finding_json(one))
    return 0


def run_write(args: argparse.Namespace, desk: Desk) -> int:
    """Write a notice: what is not said is proposed from the findings."""
    with desk.office(write=True):
        draft = propose_rectification(args.finding, desk.now.date())
        if args.house:
            draft = replace(draft, unit_id=find_unit(args.house).id)
        told = {
            "addressee": args.to,
            "place": args.place,
            "problem": args.problem,
            "basis": args.basis,
            "demand": args.demand,
            "deadline_on": read_day(args.until) if args.until else None,
        }
        draft = replace(draft, **{key: value for key, value in told.items() if value is not None})
        by = desk.staff(args.by).id
        made = write_rectification(draft, args.finding, by=by, now=desk.now)
    return _told(desk, made)


def run_receive(args: argparse.Namespace, desk: Desk) -> int:
    """Note who received a notice."""
    with desk.office(write=True):
        day = read_day(args.on) if args.on else desk.now.date()
        by = desk.staff(args.by).id
        made = receive_rectification(
            args.number, args.receiver, day, refused=args.refused, by=by, now=desk.now
        )
    return _told(desk, made)


def run_recheck(args: argparse.Namespace, desk: Desk) -> int:
    """Note what the look afterwards found."""
    result = choice(args.result, Recheck, _("result"))
    with desk.office(write=True):
        made = recheck_rectification(
            args.number,
            result,
            args.note,
            deadline_on=read_day(args.until) if args.until else None,
            version=find_rectification(args.number).version,
            by=desk.staff(args.by).id,
            now=desk.now,
        )
    return _told(desk, made)


def run_void(args: argparse.Namespace, desk: Desk) -> int:
    """Take a notice back."""
    with desk.office(write=True):
        version = find_rectification(args.number).version
        by = desk.staff(args.by).id
        made = void_rectification(args.number, args.reason, version=version, by=by, now=desk.now)
    return _told(desk, made)


def run_list(args: argparse.Namespace, desk: Desk) -> int:
    """List notices; reads beside an open window."""
    with desk.office(write=False):
        found = list_rectifications(open_only=args.open)
    desk.tell_each(
        found,
        lambda one: _notice_line(one, desk),
        lambda one: _notice_json(one, desk),
        _("No notice."),
    )
    return 0


def run_faults(args: argparse.Namespace, desk: Desk) -> int:
    """List how often each thing failed in a month, the worst first (R70)."""
    month = Month.parse(args.month) if args.month else Month.of(desk.now.date())
    with desk.office(write=False):
        found = count_faults(month.start.date(), month.last_day)
    for one in found:
        words = (one.code, one.name, one.faults, one.tickets, one.findings, one.last_on)
        desk.say("\t".join(map(str, words)))
    if not found:
        desk.say(_("Nothing failed in {month}.").format(month=month))
    desk.json([_fault_json(one) for one in found])
    return 0


def _line(one: Finding) -> str:
    care = one.ticket or one.rectification
    words = [str(one.id), f"{one.found_at:%Y-%m-%d %H:%M}", one.point, one.text,
             str(FINDING_LABELS[one.standing]), care]  # fmt: skip
    if one.needs_improvement:
        words.append(_("needs improvement, {times} times").format(times=one.times))
    return "\t".join(words).rstrip()


def _finding_json(one: Finding) -> dict[str, Any]:
    return {
        "id": one.id,
        "text": one.text,
        "found_at": one.found_at.isoformat(timespec="seconds"),
        "point": one.point,
        "where": one.where or None,
        "asset": one.asset or None,
        "sheet": one.sheet or None,
        "plan": one.plan,
        "walker": one.walker or None,
        "state": one.standing.value,
        "needs_improvement": one.needs_improvement,
        "times": one.times,
        "ticket": one.ticket or None,
        "notice": one.rectification or None,
        "rectified_on": one.rectified_on.isoformat() if one.rectified_on else None,
        "photos": one.photos or None,
        "note": one.note or None,
    }


def _notice_line(one: Rectification, desk: Desk) -> str:
    state = _("taken back") if one.voided_at else str(RECHECK_LABELS[one.recheck])
    late = _("late") if one.is_overdue(desk.now.date()) else ""
    words = [one.number, one.draft.addressee, one.draft.problem.replace("\n", " "),
             str(one.draft.deadline_on), state, late]  # fmt: skip
    return "\t".join(words).rstrip()


def _notice_json(one: Rectification, desk: Desk) -> dict[str, Any]:
    return {
        "number": one.number,
        "to": one.draft.addressee,
        "place": one.draft.place or None,
        "problem": one.draft.problem,
        "basis": one.draft.basis or None,
        "demand": one.draft.demand,
        "until": one.draft.deadline_on.isoformat(),
        "issued_at": one.issued_at.isoformat(timespec="seconds"),
        "receiver": one.receiver or None,
        "received_on": one.received_on.isoformat() if one.received_on else None,
        "refused": one.refused,
        "recheck": one.recheck.value or None,
        "rechecked_on": one.rechecked_on.isoformat() if one.rechecked_on else None,
        "findings": one.findings,
        "void": one.voided_at is not None,
        "late": one.is_overdue(desk.now.date()),
    }


def _fault_json(one: FaultCount) -> dict[str, Any]:
    return {
        "code": one.code,
        "name": one.name,
        "faults": one.faults,
        "tickets": one.tickets,
        "findings": one.findings,
        "last_on": one.last_on.isoformat(),
        "days_between": one.days_between,
    }


def _told(desk: Desk, one: Rectification) -> int:
    desk.say(_notice_line(one, desk))
    desk.json(_notice_json(one, desk))
    return 0
