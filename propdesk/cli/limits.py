"""`propdesk limits list|set|preset|reset` and `propdesk hours show|set`."""

import argparse
from dataclasses import replace
from typing import Any

from propdesk.cli.desk import Desk, add_by, add_json, choice
from propdesk.domain.clock_rules import (
    CLOCK_LABELS,
    Clock,
    ClockRule,
    Unit,
    limit_text,
    warning_text,
    whom_text,
)
from propdesk.domain.clock_table import (
    DEFAULT_RULES,
    PRESETS,
    source_code,
    source_text,
    with_preset,
)
from propdesk.domain.errors import RuleError
from propdesk.domain.tickets import Channel, Kind, Urgency
from propdesk.domain.work_calendar import parse_hours, render_hours
from propdesk.i18n import _, ngettext
from propdesk.services.limits import preview_rules, save_rules
from propdesk.services.queries.limits import list_limits
from propdesk.services.settings import get_settings, save_settings

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def add_parsers(commands: Any) -> None:
    """Add `limits` and `hours` to the command line."""
    limits = commands.add_parser("limits", help=_("how long each thing may take"))
    verbs = limits.add_subparsers(dest="verb", required=True, metavar="VERB")
    show = verbs.add_parser("list", help=_("show all limits, with who says so"))
    add_json(show)
    show.set_defaults(func=run_list)
    _add_set(verbs)
    preset = verbs.add_parser("preset", help=_("take limits that others use"))
    preset.add_argument("code", metavar="|".join(one.code for one in PRESETS))
    reset = verbs.add_parser("reset", help=_("go back to the program's limits"))
    for parser, run in ((preset, run_preset), (reset, run_reset)):
        _add_writing(parser, run)
    hours = commands.add_parser("hours", help=_("the office hours of the week"))
    verbs = hours.add_subparsers(dest="verb", required=True, metavar="VERB")
    show = verbs.add_parser("show", help=_("show the office hours"))
    add_json(show)
    show.set_defaults(func=run_show_hours)
    change = verbs.add_parser("set", help=_("change the hours of some days"))
    change.add_argument("days", metavar="mon|mon-fri|...")
    change.add_argument("hours", metavar="08:30-17:30|off")
    add_by(change)
    add_json(change)
    change.set_defaults(func=run_set_hours)


def _add_set(verbs: Any) -> None:
    change = verbs.add_parser("set", help=_("set one limit"))
    change.add_argument("--clock", required=True, metavar="|".join(Clock))
    change.add_argument("--kind", metavar="|".join(Kind))
    change.add_argument("--class", dest="class_code", default="", metavar="CODE")
    change.add_argument("--urgency", metavar="|".join(Urgency))
    change.add_argument("--channel", metavar="|".join(Channel))
    change.add_argument("--target", type=int, required=True, metavar="N", help=_("0: no limit"))
    change.add_argument("--unit", required=True, metavar="|".join(Unit))
    change.add_argument("--source", required=True, metavar="TEXT", help=_("who says so"))
    change.add_argument("--visit-only", action="store_true", help=_("only if somebody is to come"))
    warning = change.add_mutually_exclusive_group()
    warning.add_argument("--warn-percent", type=int, metavar="N")
    warning.add_argument("--warn-minutes", type=int, metavar="N")
    warning.add_argument("--no-warning", action="store_true")
    _add_writing(change, run_set)


def _add_writing(parser: argparse.ArgumentParser, run: Any) -> None:
    parser.add_argument("--preview", action="store_true", help=_("only say what would change"))
    add_by(parser)
    add_json(parser)
    parser.set_defaults(func=run)


def _limit_json(rule: ClockRule) -> dict[str, Any]:
    return {
        "clock": rule.clock.value,
        "kind": rule.kind.value if rule.kind else None,
        "class": rule.class_prefix or None,
        "urgency": rule.urgency.value if rule.urgency else None,
        "channel": rule.channel.value if rule.channel else None,
        "visit_only": rule.visit_only,
        "target": rule.target,
        "unit": rule.unit.value,
        "warn_percent": rule.warn_percent,
        "warn_minutes": rule.warn_minutes,
        "source": source_text(rule.source),
        "source_code": source_code(rule.source) or None,
        "own": rule not in DEFAULT_RULES,
    }


def run_list(_args: argparse.Namespace, desk: Desk) -> int:
    """Show all limits."""
    with desk.office(write=False):
        limits = list_limits()
    for rule in limits:
        own = _("own entry") if rule not in DEFAULT_RULES else ""
        line = (
            f"{CLOCK_LABELS[rule.clock]}\t{whom_text(rule)}\t{limit_text(rule)}\t"
            f"{warning_text(rule)}\t{source_text(rule.source)}\t{own}"
        )
        desk.say(line.rstrip())
    desk.json([_limit_json(rule) for rule in limits])
    return 0


def run_set(args: argparse.Namespace, desk: Desk) -> int:
    """Set one limit; the row for the same tickets is replaced."""
    rule = ClockRule(
        clock=choice(args.clock, Clock, _("clock")),
        target=args.target,
        unit=choice(args.unit, Unit, _("unit")),
        source=args.source,
        kind=choice(args.kind, Kind, _("kind")) if args.kind else None,
        class_prefix=args.class_code,
        urgency=choice(args.urgency, Urgency, _("urgency")) if args.urgency else None,
        channel=choice(args.channel, Channel, _("channel")) if args.channel else None,
        visit_only=args.visit_only,
    )
    if args.no_warning or args.warn_minutes or args.warn_percent:
        rule = replace(rule, warn_percent=args.warn_percent, warn_minutes=args.warn_minutes)
    with desk.office(write=not args.preview):
        kept = [one for one in list_limits() if one.place != rule.place]
        return _store(args, desk, [*kept, rule])


def run_preset(args: argparse.Namespace, desk: Desk) -> int:
    """Take the limits of a preset instead of those for the same tickets."""
    preset = next((one for one in PRESETS if one.code == args.code), None)
    if preset is None:
        raise RuleError(
            "preset-unknown",
            _("There is no preset «{code}»; there are: {codes}.").format(
                code=args.code[:40], codes=", ".join(one.code for one in PRESETS)
            ),
        )
    with desk.office(write=not args.preview):
        return _store(args, desk, with_preset(list_limits(), preset))


def run_reset(args: argparse.Namespace, desk: Desk) -> int:
    """Go back to the program's limits."""
    with desk.office(write=not args.preview):
        return _store(args, desk, DEFAULT_RULES)


def _store(args: argparse.Namespace, desk: Desk, rules: Any) -> int:
    moved = preview_rules(rules)
    if not args.preview:
        save_rules(rules, by=desk.staff(args.by).id)
    words = ngettext(
        "{count} open ticket is due at another time.",
        "{count} open tickets are due at another time.",
        moved,
    )
    desk.say(words.format(count=moved))
    desk.json({"moved": moved, "stored": not args.preview})
    return 0


def _hours_json(desk: Desk) -> None:
    week = get_settings().week
    for name, hours in zip(DAYS, week, strict=True):
        desk.say(f"{name}\t{render_hours(hours)}".rstrip())
    desk.json({name: render_hours(hours) for name, hours in zip(DAYS, week, strict=True)})


def run_show_hours(_args: argparse.Namespace, desk: Desk) -> int:
    """Show the office hours, Monday first; an empty day is a day off."""
    with desk.office(write=False):
        _hours_json(desk)
    return 0


def run_set_hours(args: argparse.Namespace, desk: Desk) -> int:
    """Change the hours of a day or a span of days."""
    first, _dash, last = args.days.partition("-")
    span = [DAYS.index(day) for day in (first, last or first) if day in DAYS]
    if len(span) < 2 or span[0] > span[1]:
        raise RuleError(
            "weekday-unknown",
            _("«{text}» is no weekday; write mon, or mon-fri.").format(text=args.days[:40]),
        )
    chosen = range(span[0], span[1] + 1)
    hours = () if args.hours == "off" else parse_hours(args.hours)
    with desk.office(write=True):
        settings = get_settings()
        week = tuple(hours if n in chosen else each for n, each in enumerate(settings.week))
        save_settings(replace(settings, week=week), by=desk.staff(args.by).id)
        _hours_json(desk)
    return 0
