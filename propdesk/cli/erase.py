"""`propdesk erase`, `seal`, `unseal`, `erasures`, `requests`: the end of data (PIPL 47)."""

import argparse
from typing import Any

from propdesk.cli.desk import Desk, add_by, add_json, choice
from propdesk.domain.data_requests import (
    REQUEST_LABELS,
    RESULT_LABELS,
    DataRequest,
    RequestKind,
    RequestResult,
)
from propdesk.domain.erasure import PART_LABELS, STOP_LABELS, Erasure, ErasurePlan
from propdesk.domain.person_data import PersonData
from propdesk.domain.retention import BY_CODE
from propdesk.i18n import _


def add_parsers(commands: Any) -> None:
    """Add the end of personal data to the command line."""
    erase = commands.add_parser("erase", help=_("erase a person from every record"))
    which = erase.add_mutually_exclusive_group(required=True)
    which.add_argument("--person", type=int, metavar="ID")
    which.add_argument("--due", action="store_true", help=_("list whose time is over"))
    erase.add_argument("--dry-run", action="store_true", help=_("say what it would do"))
    erase.set_defaults(func=run_erase)
    seal = commands.add_parser("seal", help=_("keep a person's data and use it for nothing"))
    unseal = commands.add_parser("unseal", help=_("use a sealed person's data again"))
    for parser, run in ((seal, run_seal), (unseal, run_unseal)):
        parser.add_argument("--person", type=int, metavar="ID", required=True)
        parser.set_defaults(func=run)
    for parser in (erase, seal, unseal):
        parser.add_argument("--reason", default="")
        add_by(parser)
        add_json(parser)
    for parser in (erase, seal):
        parser.add_argument("--request", type=int, metavar="N", help=_("the request it answers"))
    done = commands.add_parser("erasures", help=_("what was erased and sealed"))
    add_json(done)
    done.set_defaults(func=run_erasures)
    _add_requests(commands)


def _add_requests(commands: Any) -> None:
    nouns = commands.add_parser("requests", help=_("what people ask about their own data"))
    verbs = nouns.add_subparsers(dest="verb", required=True, metavar="VERB")
    note = verbs.add_parser("note", help=_("note a request"))
    note.add_argument("--person", type=int, metavar="ID", required=True)
    note.add_argument("--kind", required=True, metavar="|".join(RequestKind))
    note.add_argument("--text", default="")
    note.set_defaults(func=run_note)
    answer = verbs.add_parser("answer", help=_("answer a request"))
    answer.add_argument("id", type=int)
    answer.add_argument("--result", required=True, metavar="|".join(RequestResult))
    answer.add_argument("--reason", default="")
    answer.set_defaults(func=run_answer)
    show = verbs.add_parser("list", help=_("list the requests"))
    show.add_argument("--open", action="store_true", help=_("only those that wait"))
    show.set_defaults(func=run_requests)
    data = verbs.add_parser("data", help=_("everything that is kept of a person, in full"))
    data.add_argument("--person", type=int, metavar="ID", required=True)
    data.set_defaults(func=run_data)
    for parser in (note, answer, data):
        add_by(parser)
    for parser in (note, answer, data, show):
        add_json(parser)


def plan_json(plan: ErasurePlan) -> dict[str, Any]:
    """Return what erasing would do as its JSON object."""
    return {
        "person": plan.person_id,
        "name": plan.name,
        "sealed": plan.is_sealed,
        "may_erase": plan.may_erase,
        "may_seal": plan.may_seal,
        "stops": [stop.value for stop in plan.stops],
        "keeps": [{"record": one.retention, "until": one.until.isoformat()} for one in plan.keeps],
        "counts": {part.value: count for part, count in plan.counts.items()},
        "exports": plan.exports,
        "backups": plan.backups,
        "backups_gone_by": plan.backups_gone_by.isoformat() if plan.backups_gone_by else None,
    }


def erasure_json(erasure: Erasure) -> dict[str, Any]:
    """Return what was done as its JSON object."""
    return {
        "id": erasure.id,
        "person": erasure.person_id,
        "kind": erasure.kind,
        "at": erasure.at.isoformat(),
        "by": erasure.by,
        "reason": erasure.reason,
        "request": erasure.request_id,
        "counts": {part.value: count for part, count in erasure.counts.items()},
    }


def request_json(request: DataRequest) -> dict[str, Any]:
    """Return a request as its JSON object."""
    return {
        "id": request.id,
        "person": request.person_id,
        "name": request.person,
        "kind": request.kind.value,
        "text": request.text,
        "received_at": request.received_at.isoformat(),
        "due": request.due_on.isoformat(),
        "answered_at": request.answered_at.isoformat() if request.answered_at else None,
        "result": request.result.value if request.result else None,
        "reason": request.reason,
    }


def person_data_json(found: PersonData) -> dict[str, Any]:
    """Return everything that is kept of a person as its JSON object."""
    return {
        "person": found.person_id,
        "name": found.name,
        "sealed": found.is_sealed,
        "kinds": [
            {
                "field": one.field.code,
                "label": str(one.field.label),
                "group": one.field.group.value,
                "purpose": str(one.field.purpose),
                "basis": one.field.basis.value,
                "source": str(one.field.source),
                "retention": one.field.retention,
                "records": [
                    {"at": each.at, "where": each.where, "text": each.words} for each in one.entries
                ],
            }
            for one in found.sections
        ],
    }


def _tell_plan(desk: Desk, plan: ErasurePlan) -> None:
    desk.say(f"{plan.person_id}  {plan.name}")
    for stop in plan.stops:
        desk.say(f"  ! {STOP_LABELS[stop]}")
    for keep in plan.keeps:
        desk.say(
            "  " + _("{what} until {day}").format(what=BY_CODE[keep.retention].what, day=keep.until)
        )
    for part, count in plan.counts.items():
        desk.say(f"  {PART_LABELS[part]}: {count}")
    if plan.backups_gone_by:
        desk.say(
            "  "
            + _("{count} backups hold the person until {day} at the latest.").format(
                count=plan.backups, day=plan.backups_gone_by
            )
        )
    desk.say("  " + (_("can be erased") if plan.may_erase else _("cannot be erased now")))


def run_erase(args: argparse.Namespace, desk: Desk) -> int:
    """Erase a person, or say what it would do."""
    from propdesk.services.erasures import erase_person
    from propdesk.services.queries.data_requests import get_request
    from propdesk.services.queries.erasures import list_erasable, plan_erasure

    if args.due:
        with desk.office(write=False):
            plans = list_erasable(desk.today)
        for plan in plans:
            _tell_plan(desk, plan)
        desk.json([plan_json(plan) for plan in plans])
        return 0
    if args.dry_run:
        with desk.office(write=False) as office:
            asked = args.request is not None and get_request(args.request).kind == "delete"
            plan = plan_erasure(args.person, today=desk.today, office=office, on_request=asked)
        _tell_plan(desk, plan)
        desk.json(plan_json(plan))
        return 0
    with desk.office(write=True) as office:
        done = erase_person(
            office,
            args.person,
            args.reason,
            by=desk.staff(args.by).id,
            now=desk.now,
            request_id=args.request,
        )
    desk.say(_("Person {id} is erased.").format(id=done.person_id))
    desk.json(erasure_json(done))
    return 0


def run_seal(args: argparse.Namespace, desk: Desk) -> int:
    """Seal a person."""
    from propdesk.services.erasures import seal_person

    with desk.office(write=True):
        done = seal_person(
            args.person,
            args.reason,
            by=desk.staff(args.by).id,
            now=desk.now,
            request_id=args.request,
        )
    desk.say(_("Person {id} is sealed.").format(id=done.person_id))
    desk.json(erasure_json(done))
    return 0


def run_unseal(args: argparse.Namespace, desk: Desk) -> int:
    """Use a sealed person's data again."""
    from propdesk.services.erasures import unseal_person

    with desk.office(write=True):
        done = unseal_person(args.person, args.reason, by=desk.staff(args.by).id, now=desk.now)
    desk.say(_("Person {id} is in use again.").format(id=done.person_id))
    desk.json(erasure_json(done))
    return 0


def run_erasures(args: argparse.Namespace, desk: Desk) -> int:  # noqa: ARG001 - one shape for all
    """List what was erased and sealed."""
    from propdesk.services.queries.erasures import list_erasures

    with desk.office(write=False):
        found = list_erasures()
    for one in found:
        desk.say(f"{one.id}  {one.at:%Y-%m-%d %H:%M}  {one.kind}  #{one.person_id}  {one.reason}")
    desk.json([erasure_json(one) for one in found])
    return 0


def run_note(args: argparse.Namespace, desk: Desk) -> int:
    """Note a request."""
    from propdesk.services.data_requests import receive_request

    kind = choice(args.kind, RequestKind, _("kind"))
    with desk.office(write=True):
        request = receive_request(
            args.person, kind, args.text, by=desk.staff(args.by).id, now=desk.now
        )
    desk.say(_("Request {id}: answer until {day}.").format(id=request.id, day=request.due_on))
    desk.json(request_json(request))
    return 0


def run_answer(args: argparse.Namespace, desk: Desk) -> int:
    """Answer a request."""
    from propdesk.services.data_requests import answer_request

    result = choice(args.result, RequestResult, _("result"))
    with desk.office(write=True):
        request = answer_request(
            args.id, result, args.reason, by=desk.staff(args.by).id, now=desk.now
        )
    desk.say(f"{request.id}  {RESULT_LABELS[result]}  {request.reason}".rstrip())
    desk.json(request_json(request))
    return 0


def run_requests(args: argparse.Namespace, desk: Desk) -> int:
    """List the requests, those that wait first."""
    from propdesk.services.queries.data_requests import list_requests

    with desk.office(write=False):
        found = list_requests(open_only=args.open)
    for one in found:
        state = _("late") if one.is_late(desk.today) else ""
        state = str(RESULT_LABELS[one.result]) if one.result else state
        desk.say(f"{one.id}  {one.due_on}  {one.person}  {REQUEST_LABELS[one.kind]}  {state}")
    desk.json([request_json(one) for one in found])
    return 0


def run_data(args: argparse.Namespace, desk: Desk) -> int:
    """Tell everything that is kept of a person; it is noted, as it leaves the office in full."""
    from propdesk.services.person_data import read_person_data

    with desk.office(write=True, create=False):
        found = read_person_data(args.person, by=desk.staff(args.by).id, now=desk.now)
    desk.say(f"{found.person_id}  {found.name}")
    for section in found.kept:
        desk.say(f"{section.field.label} · {section.field.purpose}")
        for one in section.entries:
            desk.say("  " + "  ".join(filter(None, (one.at, one.where, one.words))))
    desk.json(person_data_json(found))
    return 0
