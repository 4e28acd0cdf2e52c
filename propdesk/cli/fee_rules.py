"""`propdesk fees rules [set|reset|place]`: numbers of law and practice, each with its source."""

import argparse
from typing import Any

from propdesk.cli.desk import Desk, add_by, add_json, read_day
from propdesk.cli.house_words import add_at, day_of, read_at
from propdesk.domain.fee_rules import MEANINGS, FeeRule, source_words, value_words
from propdesk.i18n import _
from propdesk.services.fee_rules import reset_rule, set_place, set_rule
from propdesk.services.queries.fee_rules import list_all_rules, list_places, list_rules


def add_fees_parsers(verbs: Any) -> None:
    """Add the verbs of rules to `fees`."""
    rules = verbs.add_parser("rules", help=_("numbers of law and practice, each with its source"))
    rules.add_argument("--on", metavar="DAY", help=_("those that hold on a day"))
    rules.add_argument("--all", action="store_true", help=_("the rows of all places"))
    add_json(rules)
    rules.set_defaults(func=run_rules)
    acts = rules.add_subparsers(dest="act", metavar="set|reset|place")
    change = acts.add_parser("set", help=_("enter the office's own value"))
    change.add_argument("rule", metavar="CODE")
    change.add_argument("value", metavar="VALUE")
    change.add_argument("--from", dest="from_on", metavar="DAY", help=_("today where none is said"))
    change.add_argument("--source", default="", metavar="TEXT", help=_("who says so, which clause"))
    change.add_argument("--verified", action="store_true", help=_("compared with the text"))
    reset = acts.add_parser("reset", help=_("take the program's value again"))
    reset.add_argument("rule", metavar="CODE")
    for parser, run in ((change, run_set), (reset, run_reset)):
        add_at(parser, _("when it is entered"))
        add_by(parser)
        add_json(parser)
        parser.set_defaults(func=run)
    place = acts.add_parser("place", help=_("choose the place whose rules hold"))
    place.add_argument("name", metavar="NAME", help=_("'' is the whole country"))
    add_by(place)
    add_json(place)
    place.set_defaults(func=run_place)


def rule_json(row: FeeRule) -> dict[str, Any]:
    """Return a row of the table as its JSON object."""
    return {
        "code": row.rule.value,
        "label": str(MEANINGS[row.rule].label),
        "value": row.value,
        "unit": MEANINGS[row.rule].unit.value,
        "words": value_words(row),
        "source": source_words(row),
        "place": row.place or None,
        "from": row.from_on.isoformat() if row.from_on else None,
        "until": row.until_on.isoformat() if row.until_on else None,
        "verified": row.is_verified,
        "own": row.id > 0,
        "note": row.note or None,
    }


def _line(row: FeeRule, places: dict[str, str]) -> str:
    state = _("verified") if row.is_verified else _("to be verified")
    return (
        f"{row.rule.value}\t{MEANINGS[row.rule].label}\t{value_words(row)}\t"
        f"{places.get(row.place, row.place)}\t{source_words(row)}\t{state}"
    )


def run_rules(args: argparse.Namespace, desk: Desk) -> int:
    """List the rules that hold here, or the whole table."""
    with desk.office(write=False):
        on = read_day(args.on) if args.on else desk.today
        found = list_all_rules() if args.all else list_rules(on)
    _say(desk, found)
    desk.json([rule_json(row) for row in found])
    return 0


def _say(desk: Desk, found: tuple[FeeRule, ...]) -> None:
    places = {place.code: place.name for place in list_places()} | {"": _("whole country")}
    for row in found:
        desk.say(_line(row, places))


def run_set(args: argparse.Namespace, desk: Desk) -> int:
    """Enter the office's own value of a rule."""
    read_at(args, desk)
    with desk.office(write=True):
        row = set_rule(
            args.rule,
            args.value,
            by=desk.staff(args.by).id,
            now=desk.now,
            from_on=day_of(args.from_on),
            source=args.source,
            is_verified=args.verified,
        )
    _say(desk, (row,))
    desk.json(rule_json(row))
    return 0


def run_reset(args: argparse.Namespace, desk: Desk) -> int:
    """Take the program's value again."""
    read_at(args, desk)
    with desk.office(write=True):
        row = reset_rule(args.rule, by=desk.staff(args.by).id, now=desk.now)
    _say(desk, (row,))
    desk.json(rule_json(row))
    return 0


def run_place(args: argparse.Namespace, desk: Desk) -> int:
    """Choose the office's place and show what holds there."""
    with desk.office(write=True):
        place = set_place(args.name, by=desk.staff(args.by).id)
        found = tuple(row for row in list_rules(desk.today) if place and row.place)
    _say(desk, found)
    desk.json({"place": place.name if place else None, "rules": [rule_json(row) for row in found]})
    return 0
