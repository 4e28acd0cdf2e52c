"""`propdesk units state|history|correct|void`: what a house is from which day on."""

import argparse
from datetime import date
from typing import Any

from propdesk.cli.desk import Desk, add_json, choice, read_day
from propdesk.cli.house_words import add_house, day_words, house, read_at
from propdesk.cli.unit_words import add_writing, change_json, line_words, tell_unit
from propdesk.domain.unit_changes import ChangeDraft, UnitChange, UnitField, spans, typed_value
from propdesk.domain.units import UnitState, state_label
from propdesk.i18n import _
from propdesk.services.queries.unit_changes import get_change, list_changes
from propdesk.services.queries.units import find_unit, get_unit, house_name


def add_parsers(verbs: Any) -> None:
    """Add the verbs about changes to `units`."""
    history = verbs.add_parser("history", help=_("what a house was, is and will be"))
    add_house(history)
    history.add_argument("--field", metavar="|".join(UnitField))
    history.add_argument("--voided", action="store_true", help=_("also what was taken out"))
    add_json(history)
    history.set_defaults(func=run_history)
    state = verbs.add_parser("state", help=_("let, vacant, ...: of one or several houses"))
    state.add_argument("units", nargs="+", metavar="UNIT")
    state.add_argument("--community", default="", help=_("where several have these houses"))
    state.add_argument("--state", required=True, metavar="|".join(UnitState))
    state.add_argument("--from", dest="from_on", metavar="DAY", help=_("from when; today if not"))
    state.add_argument("--note", default="", metavar="TEXT")
    add_writing(state, run_state)
    correct = verbs.add_parser("correct", help=_("say a line of the history anew"))
    correct.add_argument("id", type=int, metavar="ID", help=_("its number in the history"))
    correct.add_argument("--value", metavar="TEXT")
    correct.add_argument("--from", dest="from_on", metavar="DAY")
    correct.add_argument("--note", metavar="TEXT")
    add_writing(correct, run_correct)
    void = verbs.add_parser("void", help=_("take a change out of the history"))
    void.add_argument("id", type=int, metavar="ID", help=_("its number in the history"))
    add_writing(void, run_void)


def run_history(args: argparse.Namespace, desk: Desk) -> int:
    """Tell each value of a house with its days, field by field, newest first."""
    only = choice(args.field, UnitField, _("field")) if args.field else None
    told: list[tuple[UnitChange, date | None]] = []
    with desk.office(write=False):
        unit = house(args)
        for field in UnitField if only is None else (only,):
            lines = list_changes(unit.id, field)
            told += [(span.line, span.until) for span in spans(lines)]
            if args.voided:
                told += [(line, None) for line in lines if line.voided_at]
        found = [change_json(line, until) for line, until in told]
    for line, until in told:
        desk.say(line_words(line, until, unit.kind))
    desk.json(found)
    return 0


def run_state(args: argparse.Namespace, desk: Desk) -> int:
    """Set the state of one or several houses, all or none."""
    from propdesk.services.units import set_states

    read_at(args, desk)
    state = choice(args.state, UnitState, _("state"))
    from_on = read_day(args.from_on) if args.from_on else None
    with desk.office(write=True):
        done = set_states(
            [find_unit(text, args.community).id for text in args.units],
            state,
            by=desk.staff(args.by).id,
            now=desk.now,
            from_on=from_on,
            note=args.note,
        )
        changes = [change_json(line) for line in done.changes]
        told = [(get_unit(line.unit_id), line.from_on) for line in done.changes]
        for unit, day in told:
            name = house_name(unit.short, unit.community)
            desk.say(f"{name}\t{state_label(state, unit.kind)}\t{day_words(day)}")
        for unit in done.unchanged:
            name = house_name(unit.short, unit.community)
            desk.say(_("{house} has this state already then").format(house=name))
    desk.json({"changes": changes, "unchanged": [unit.short for unit in done.unchanged]})
    return 0


def run_correct(args: argparse.Namespace, desk: Desk) -> int:
    """Say a line of the history anew: what is not given stays as it was said."""
    from propdesk.services.units import correct_change

    read_at(args, desk)
    with desk.office(write=True):
        line = get_change(args.id)
        draft = ChangeDraft(
            line.field,
            typed_value(line.field, line.value) if args.value is None else args.value,
            day_words(line.from_on) if args.from_on is None else args.from_on,
            line.note if args.note is None else args.note,
        )
        made = correct_change(args.id, draft, by=desk.staff(args.by).id, now=desk.now)
        shown = change_json(made)
        told = line_words(made, None, get_unit(made.unit_id).kind)
    desk.say(told)
    desk.json(shown)
    return 0


def run_void(args: argparse.Namespace, desk: Desk) -> int:
    """Take a change out of the history."""
    from propdesk.services.units import void_change

    read_at(args, desk)
    with desk.office(write=True):
        unit = void_change(args.id, by=desk.staff(args.by).id, now=desk.now)
        return tell_unit(desk, unit)
