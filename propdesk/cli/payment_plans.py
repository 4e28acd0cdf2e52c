"""`propdesk fees promise|plan|plans|end-plan`: promises to pay and instalment plans."""

import argparse
from typing import Any

from propdesk.cli.desk import Desk, add_by, add_json, choice, read_day
from propdesk.cli.fee_office import fee_office
from propdesk.domain.dunning import PromiseWay, Relation
from propdesk.domain.errors import RuleError
from propdesk.domain.money import money_words, parse_money
from propdesk.domain.payment_plans import PLAN_STATE_LABELS, Outcome, Part, PlanDraft
from propdesk.i18n import _
from propdesk.services.payment_plans import end_plan, record_plan
from propdesk.services.queries.payment_plans import (
    PaymentPlan,
    find_plan,
    list_due_parts,
    list_plans,
)
from propdesk.services.queries.units import find_unit


def add_fees_parsers(verbs: Any) -> None:
    """Add the verbs of promises and plans to `fees`."""
    promise = verbs.add_parser("promise", help=_("note a promise to pay"))
    promise.add_argument("unit", metavar="3-2-501")
    promise.add_argument("--amount", required=True, metavar="YUAN")
    promise.add_argument("--on", required=True, metavar="DAY", help=_("until when it is paid"))
    _add_who(promise)
    promise.set_defaults(func=run_promise)
    plan = verbs.add_parser("plan", help=_("note an instalment plan"))
    plan.add_argument("unit", metavar="3-2-501")
    plan.add_argument(
        "--part", action="append", default=[], metavar="DAY=YUAN", help=_("a part; several times")
    )
    plan.add_argument("--total", required=True, metavar="YUAN", help=_("what the parts add up to"))
    _add_who(plan)
    plan.set_defaults(func=run_plan)
    show = verbs.add_parser("plans", help=_("list the plans of a house, or all that are due"))
    show.add_argument("unit", nargs="?", metavar="3-2-501")
    show.add_argument("--community", default="", help=_("where several have this house"))
    add_by(show)
    add_json(show)
    show.set_defaults(func=run_list)
    end = verbs.add_parser("end-plan", help=_("end a promise or plan"))
    end.add_argument("number", metavar="FQ-2026-0001")
    end.add_argument("--outcome", required=True, metavar="|".join(Outcome))
    end.add_argument("--reason", default="", help=_("why"))
    add_by(end)
    add_json(end)
    end.set_defaults(func=run_end)


def _add_who(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--community", default="", help=_("where several have this house"))
    parser.add_argument("--bill", action="append", type=int, metavar="ID",
                        help=_("about these bills only; several times"))  # fmt: skip
    parser.add_argument("--promised-by", default="", metavar="NAME")
    parser.add_argument("--relation", metavar="|".join(Relation), default="self")
    parser.add_argument("--way", metavar="|".join(PromiseWay), default="spoken")
    parser.add_argument("--promised-on", metavar="DAY", help=_("when, if not today"))
    parser.add_argument("--note", default="")
    parser.add_argument("--instead", default="", metavar="REASON",
                        help=_("why it takes the place of one that still runs"))  # fmt: skip
    add_by(parser)
    add_json(parser)


def plan_json(plan: PaymentPlan) -> dict[str, Any]:
    """Return a promise or plan as its JSON object; money is in fen."""
    standing = plan.standing
    return {
        "number": plan.number,
        "unit": plan.unit,
        "kind": plan.kind,
        "promised_on": plan.promised_on.isoformat(),
        "relation": plan.relation,
        "way": plan.way,
        "total_fen": plan.total_fen,
        "parts": [{"due": one.due_on.isoformat(), "amount_fen": one.amount_fen}
                  for one in plan.parts],
        "bills": list(plan.bill_ids),
        "state": standing.state,
        "paid_fen": standing.paid_fen,
        "next_due": standing.due_on.isoformat() if standing.due_on else None,
        "missing_fen": standing.missing_fen,
        "note": plan.note or None,
        "ended_at": plan.ended_at.isoformat() if plan.ended_at else None,
    }  # fmt: skip


def run_promise(args: argparse.Namespace, desk: Desk) -> int:
    """Note a promise of one sum on one day."""
    fen = parse_money(args.amount)
    return _record(args, desk, (Part(read_day(args.on), fen),), fen)


def run_plan(args: argparse.Namespace, desk: Desk) -> int:
    """Note an instalment plan."""
    return _record(args, desk, tuple(map(_part, args.part)), parse_money(args.total))


def _part(text: str) -> Part:
    day, equals, amount = text.partition("=")
    if not equals:
        raise RuleError(
            "part-unreadable",
            _("«{text}» is no part of a plan; write it like 2026-12-01=300.").format(
                text=text[:40]
            ),
        )
    return Part(read_day(day), parse_money(amount))


def _record(args: argparse.Namespace, desk: Desk, parts: tuple[Part, ...], total: int) -> int:
    with desk.office(write=True):
        draft = PlanDraft(
            parts=parts,
            total_fen=total,
            promised_by=args.promised_by,
            relation=choice(args.relation, Relation, _("relation")),
            way=choice(args.way, PromiseWay, _("way")),
            promised_on=read_day(args.promised_on) if args.promised_on else None,
            note=args.note,
        )
        unit = find_unit(args.unit, args.community)
        plan = record_plan(
            unit.id,
            draft,
            args.bill,
            instead_reason=args.instead,
            by=desk.staff(args.by).id,
            now=desk.now,
        )
    _tell(desk, plan)
    desk.json(plan_json(plan))
    return 0


def run_list(args: argparse.Namespace, desk: Desk) -> int:
    """List the plans of a house; without a house those with a part that is due."""
    with fee_office(desk, args):
        if args.unit:
            found = list_plans(find_unit(args.unit, args.community).id, desk.today)
        else:
            found = list_due_parts(desk.today)
    for plan in found:
        _tell(desk, plan)
    desk.json([plan_json(plan) for plan in found])
    return 0


def run_end(args: argparse.Namespace, desk: Desk) -> int:
    """End a promise or plan."""
    with desk.office(write=True):
        plan = find_plan(args.number, desk.today)
        outcome = choice(args.outcome, Outcome, _("outcome"))
        by = desk.staff(args.by).id
        plan = end_plan(plan.id, outcome, args.reason, version=plan.version, by=by, now=desk.now)
    _tell(desk, plan)
    desk.json(plan_json(plan))
    return 0


def _tell(desk: Desk, plan: PaymentPlan) -> None:
    state = PLAN_STATE_LABELS[plan.standing.state]
    due = plan.standing.due_on or plan.parts[-1].due_on
    missing = money_words(plan.standing.missing_fen)
    desk.say(
        f"{plan.number}\t{plan.unit}\t{due}\t{missing}\t{money_words(plan.total_fen)}\t{state}"
    )
