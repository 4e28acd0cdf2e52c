"""`propdesk inspections plan ...`: who walks which route on which days."""

import argparse
from dataclasses import replace
from typing import Any

from propdesk.cli.desk import Desk, add_by, add_json, choice, read_day
from propdesk.domain.check_items import InspectionKind
from propdesk.domain.cycles import rule_words
from propdesk.domain.errors import RuleError
from propdesk.domain.inspection_plans import Plan, PlanDraft, Stop, next_days
from propdesk.domain.rounds import Anchor, PlanScope, Shift
from propdesk.i18n import _
from propdesk.services.inspection_plans import add_plan, adopt_plan, change_plan, end_plan
from propdesk.services.queries.assets import find_point, get_point
from propdesk.services.queries.check_templates import find_template, get_template
from propdesk.services.queries.inspection_plans import (
    find_plan,
    list_plans,
    shipped_plans,
    who_walks,
)
from propdesk.services.queries.rounds import open_days
from propdesk.services.queries.staff import find_department, find_staff
from propdesk.services.queries.vendors import find_vendor

_MOST_NEXT = 400


def add_inspections_parsers(verbs: Any) -> None:
    """Add `plan` to `inspections`."""
    plan = verbs.add_parser("plan", help=_("plans: routes, cycles, who walks"))
    acts = plan.add_subparsers(dest="act", required=True, metavar="ACT")
    listed = acts.add_parser("list", help=_("the office's plans"))
    listed.add_argument("--all", action="store_true", help=_("also those that have ended"))
    shown = acts.add_parser("show", help=_("one plan with its route"))
    coming = acts.add_parser("next", help=_("the next days of a plan"))
    coming.add_argument("--count", type=int, default=10, metavar="N")
    ended = acts.add_parser("end", help=_("ask for nothing more; what was asked for stays"))
    change = acts.add_parser("change", help=_("change a plan from tomorrow on"))
    for parser in (shown, coming, ended, change):
        parser.add_argument("plan", metavar="PLAN", help=_("number of the plan"))
    change.add_argument("--name", metavar="NAME")
    add = acts.add_parser("add", help=_("write a plan"))
    add.add_argument("name", metavar="NAME")
    adopt = acts.add_parser("adopt", help=_("take over a schedule that the program ships"))
    adopt.add_argument("key", nargs="?", metavar="KEY", help=_("none: list them"))
    for parser in (add, change):
        _add_options(parser, is_new=parser is add)
    for parser in (add, change, adopt):
        parser.add_argument("--from", dest="starts", metavar="DATE", help=_("first day"))
        parser.add_argument("--points", metavar="P-01,P-02", help=_("in walking order"))
        parser.add_argument("--staff", metavar="STAFF", help=_("who walks"))
        parser.add_argument("--vendor", metavar="NAME", help=_("the company that does it"))
    for parser in (ended, change, add, adopt):
        add_by(parser)
    for parser, run in (
        (listed, run_list), (shown, run_show), (coming, run_next), (ended, run_end),
        (change, run_change), (add, run_add), (adopt, run_adopt),
    ):  # fmt: skip
        add_json(parser)
        parser.set_defaults(func=run)


def _add_options(parser: argparse.ArgumentParser, *, is_new: bool) -> None:
    parser.add_argument("--kind", metavar="|".join(InspectionKind), required=is_new)
    parser.add_argument("--rule", required=is_new, metavar="FREQ=...", help=_("RFC 5545"))
    parser.add_argument("--until", metavar="DATE", help=_("last day; '' = no end"))
    parser.add_argument("--scope", metavar="|".join(PlanScope))
    parser.add_argument(
        "--template", metavar="CODE[,CODE]", help=_("what is filled in at each point")
    )
    parser.add_argument("--times", metavar="08:30,14:30", help=_("'' = any time of the day"))
    parser.add_argument("--one-sheet", choices=("yes", "no"), help=_("all times on one sheet"))
    parser.add_argument("--shift", metavar="|".join(filter(None, Shift)))
    parser.add_argument("--anchor", metavar="|".join(Anchor))
    parser.add_argument(
        "--latest-days", type=int, metavar="N", help=_("last lawful day after the last; 0 = none")
    )
    parser.add_argument("--early-days", type=int, metavar="N")
    parser.add_argument("--tolerance", type=int, metavar="MINUTES")
    parser.add_argument("--department", metavar="NAME")
    parser.add_argument("--source", metavar="TEXT")
    parser.add_argument("--note", metavar="TEXT")


def plan_json(plan: Plan) -> dict[str, Any]:
    """Return a plan as its JSON object."""
    draft = plan.draft
    return {
        "id": plan.id,
        "code": draft.code,
        "name": draft.name,
        "kind": draft.kind.value,
        "rule": draft.rule,
        "words": rule_words(draft.rule),
        "starts_on": draft.starts_on.isoformat(),
        "ends_on": draft.ends_on.isoformat() if draft.ends_on else None,
        "times": list(draft.times),
        "one_sheet": draft.one_sheet,
        "scope": draft.scope.value,
        "stops": len(draft.stops),
        "anchor": draft.anchor.value,
        "latest_days": draft.latest_days,
        "before_days": draft.before_days,
        "tolerance_minutes": draft.tolerance_minutes,
        "source": draft.source or None,
        "verified": draft.verified,
        "shipped": draft.shipped or None,
        "ended": plan.ended_at is not None,
    }


def run_list(args: argparse.Namespace, desk: Desk) -> int:
    """List the plans."""
    with desk.office(write=False):
        found = list_plans(with_ended=args.all)
        walkers = [who_walks(plan.draft) for plan in found]
    for plan, walker in zip(found, walkers, strict=True):
        desk.say(_line(plan, walker))
    if not found:
        desk.say(_("No plan yet. Take one over: propdesk inspections plan adopt"))
    desk.json([plan_json(plan) for plan in found])
    return 0


def run_show(args: argparse.Namespace, desk: Desk) -> int:
    """Show a plan with its route."""
    with desk.office(write=False):
        plan = find_plan(args.plan)
        route = [
            (get_point(stop.point_id), get_template(stop.template_id)) for stop in plan.draft.stops
        ]
        walker = who_walks(plan.draft)
    desk.say(_line(plan, walker))
    for place, (point, template) in enumerate(route, start=1):
        words = (str(place), point.draft.code, point.draft.name, point.where, template.name)
        desk.say("\t".join(words))
    stops = [
        {"point": point.draft.code, "name": point.draft.name, "template": template.code}
        for point, template in route
    ]
    desk.json({**plan_json(plan), "stops": stops})
    return 0


def run_next(args: argparse.Namespace, desk: Desk) -> int:
    """Print the next days of a plan, those of its open rounds first."""
    if not 1 <= args.count <= _MOST_NEXT:
        raise RuleError(
            "count-range",
            _("Ask for 1 to {most} days.").format(most=_MOST_NEXT),
        )
    with desk.office(write=False):
        plan = find_plan(args.plan)
        first = open_days().get(plan.id)
    days = next_days(plan.draft, desk.today, args.count, first=first)
    for day in days:
        desk.say(f"{day}")
    desk.json([day.isoformat() for day in days])
    return 0


def run_add(args: argparse.Namespace, desk: Desk) -> int:
    """Write a plan."""
    with desk.office(write=True):
        kind = choice(args.kind, InspectionKind, _("kind"))
        draft = _said(PlanDraft(args.name, kind, args.rule, desk.today), args)
        return _told(desk, add_plan(draft, by=desk.staff(args.by).id, now=desk.now))


def run_change(args: argparse.Namespace, desk: Desk) -> int:
    """Change a plan from tomorrow on."""
    with desk.office(write=True):
        plan = find_plan(args.plan)
        draft = _said(plan.draft, args)
        if args.name is not None:
            draft = replace(draft, name=args.name)
        by = desk.staff(args.by).id
        return _told(desk, change_plan(plan.id, draft, version=plan.version, by=by, now=desk.now))


def run_end(args: argparse.Namespace, desk: Desk) -> int:
    """End a plan."""
    with desk.office(write=True):
        plan = find_plan(args.plan)
        by = desk.staff(args.by).id
        return _told(desk, end_plan(plan.id, version=plan.version, by=by, now=desk.now))


def run_adopt(args: argparse.Namespace, desk: Desk) -> int:
    """Take over a shipped schedule, or list those that can be."""
    if args.key is None:
        for one in shipped_plans():
            mark = _("verified") if one.verified else _("to be verified")
            desk.say(f"{one.key}\t{one.name}\t{rule_words(one.rule)}\t{one.source}\t{mark}")
        desk.json(
            [
                {"key": one.key, "name": one.name, "rule": one.rule, "source": one.source,
                 "verified": one.verified}
                for one in shipped_plans()
            ]
        )  # fmt: skip
        return 0
    with desk.office(write=True):
        adopted = adopt_plan(
            args.key,
            starts_on=read_day(args.starts) if args.starts else desk.today,
            point_ids=tuple(find_point(code).id for code in _codes(args.points)),
            vendor_id=find_vendor(args.vendor).id if args.vendor else None,
            walker_id=find_staff(args.staff).id if args.staff else None,
            by=desk.staff(args.by).id,
            now=desk.now,
        )
        walkers = [who_walks(plan.draft) for plan in adopted.plans]
    for plan, walker in zip(adopted.plans, walkers, strict=True):
        desk.say(_line(plan, walker))
    for sentence in adopted.left_out:
        desk.say(sentence)
    plans = [plan_json(plan) for plan in adopted.plans]
    desk.json({"plans": plans, "left_out": list(adopted.left_out)})
    return 0


def _said(draft: PlanDraft, args: argparse.Namespace) -> PlanDraft:
    said: dict[str, Any] = {
        name: value
        for name, value in (
            ("rule", args.rule),
            ("source", args.source),
            ("note", args.note),
            ("before_days", args.early_days),
            ("tolerance_minutes", args.tolerance),
        )
        if value is not None
    }
    for name, words, values, what in (
        ("kind", args.kind, InspectionKind, _("kind")),
        ("scope", args.scope, PlanScope, _("scope")),
        ("shift", args.shift, Shift, _("shift")),
        ("anchor", args.anchor, Anchor, _("anchor")),
    ):
        if words is not None:
            said[name] = choice(words, values, what)
    if args.starts is not None:
        said["starts_on"] = read_day(args.starts)
    if args.until is not None:
        said["ends_on"] = read_day(args.until) if args.until else None
    if args.times is not None:
        said["times"] = tuple(_codes(args.times))
    if args.one_sheet is not None:
        said["one_sheet"] = args.one_sheet == "yes"
    if args.latest_days is not None:
        said["latest_days"] = args.latest_days or None
    for name, words, find in (
        ("department_id", args.department, find_department),
        ("walker_id", args.staff, find_staff),
        ("vendor_id", args.vendor, find_vendor),
    ):
        if words is not None:
            said[name] = find(words).id if words else None
    return _with_route(replace(draft, **said), args)


def _with_route(draft: PlanDraft, args: argparse.Namespace) -> PlanDraft:
    """Lead the plan to the points named, each with the templates named."""
    if args.points is None and args.template is None:
        return draft
    templates = [find_template(code).id for code in _codes(args.template)]
    if draft.scope is not PlanScope.ROUTE:
        return replace(draft, template_id=templates[0] if templates else None)
    points = [find_point(code).id for code in _codes(args.points)]
    points = points or list(dict.fromkeys(stop.point_id for stop in draft.stops))
    templates = templates or list(dict.fromkeys(stop.template_id for stop in draft.stops))
    stops = tuple(Stop(point, template) for point in points for template in templates)
    return replace(draft, stops=stops)


def _codes(words: str | None) -> list[str]:
    return [word.strip() for word in (words or "").split(",") if word.strip()]


def _line(plan: Plan, walker: str) -> str:
    draft = plan.draft
    when = " ".join((rule_words(draft.rule), *draft.times))
    ended = "" if plan.ended_at is None else _("ended plan")
    return f"{draft.code}\t{draft.name}\t{when}\t{walker}\t{ended}".rstrip()


def _told(desk: Desk, plan: Plan) -> int:
    desk.say(_line(plan, who_walks(plan.draft)))
    desk.json(plan_json(plan))
    return 0
