"""`propdesk tickets judge|hand-on|manager-contact`: what a matter is, who stands for it."""

import argparse
from dataclasses import replace
from typing import Any

from propdesk.cli.desk import Desk, add_by, add_json, choice, read_time
from propdesk.cli.ticket_moves import add_move, move
from propdesk.cli.ticket_values import tell
from propdesk.domain.causes import CauseKind
from propdesk.domain.judgements import Judgement, Validity, judgement_of
from propdesk.domain.tickets import Severity, Ticket
from propdesk.i18n import _
from propdesk.services.judging import judge_ticket
from propdesk.services.queries.staff import find_staff
from propdesk.services.queries.tickets import find_ticket
from propdesk.services.responsibility import hand_on_reply, note_manager_contact

NOBODY_SAID = "none"


def add_parsers(verbs: Any) -> None:
    """Add the verbs to `tickets`."""
    judge = verbs.add_parser("judge", help=_("say how grave it is, whether justified, and why"))
    judge.add_argument("number")
    judge.add_argument("--severity", metavar="|".join(Severity))
    judge.add_argument("--validity", metavar="|".join([*Validity, NOBODY_SAID]))
    judge.add_argument("--cause-kind", metavar="|".join([*CauseKind, NOBODY_SAID]))
    judge.add_argument("--cause", metavar="TEXT", help=_("the root cause"))
    judge.add_argument("--prevention", metavar="TEXT", help=_("what prevents it"))
    add_by(judge)
    judge.add_argument("--at", metavar="TIME", help=_("when it happened"))
    add_json(judge)
    judge.set_defaults(func=run_judge)
    hand_on = add_move(verbs, "hand-on", run_hand_on, _("let a colleague reply and follow up"))
    hand_on.add_argument("--to", required=True, metavar="STAFF", help=_("who replies from now on"))
    words = _("a manager spoke with the caller after the work")
    add_move(verbs, "manager-contact", run_manager_contact, words)


def run_judge(args: argparse.Namespace, desk: Desk) -> int:
    """Judge the matter; what is not named stays as it is."""
    with desk.office(write=True):
        ticket = find_ticket(args.number)
        ticket = judge_ticket(
            ticket.id,
            _judgement(args, ticket),
            by=desk.staff(args.by).id,
            now=desk.now,
            at=read_time(args.at) if args.at else None,
        )
    return tell(desk, ticket)


def _judgement(args: argparse.Namespace, ticket: Ticket) -> Judgement:
    judgement = judgement_of(ticket)
    if args.severity:
        severity = choice(args.severity, Severity, _("severity"))
        judgement = replace(judgement, severity=severity)
    if args.validity:
        validity = None
        if args.validity != NOBODY_SAID:
            validity = choice(args.validity, Validity, _("validity"), NOBODY_SAID)
        judgement = replace(judgement, validity=validity)
    if args.cause_kind:
        kind = None
        if args.cause_kind != NOBODY_SAID:
            kind = choice(args.cause_kind, CauseKind, _("kind of cause"), NOBODY_SAID)
        judgement = replace(judgement, cause_kind=kind)
    if args.cause is not None:
        judgement = replace(judgement, cause=args.cause)
    if args.prevention is not None:
        judgement = replace(judgement, prevention=args.prevention)
    return judgement


def run_hand_on(args: argparse.Namespace, desk: Desk) -> int:
    """Let a colleague reply and follow up; the reason is `--text`."""
    with desk.office(write=True):
        ticket = find_ticket(args.number)
        ticket = hand_on_reply(
            ticket.id,
            find_staff(args.to).id,
            reason=args.text,
            by=desk.staff(args.by).id,
            now=desk.now,
            at=read_time(args.at) if args.at else None,
        )
    return tell(desk, ticket)


def run_manager_contact(args: argparse.Namespace, desk: Desk) -> int:
    """Note what the manager said with the caller; `--by` names a manager."""
    return move(args, desk, note_manager_contact, text=args.text)
