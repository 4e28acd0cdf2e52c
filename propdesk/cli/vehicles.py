"""`propdesk vehicles list|add|change|end|find`: what is parked here, and whose it is (R83)."""

import argparse
from dataclasses import replace
from typing import Any

from propdesk.cli.desk import Desk, add_by, add_json, choice, read_day
from propdesk.cli.house_words import (
    add_at,
    add_house,
    day_of,
    day_words,
    house,
    person_of,
    read_at,
)
from propdesk.domain.errors import RuleError
from propdesk.domain.persons import present_on
from propdesk.domain.vehicles import (
    VEHICLE_LABELS,
    Vehicle,
    VehicleDraft,
    VehicleKind,
    plate_key,
)
from propdesk.i18n import _
from propdesk.services.queries.units import Unit, find_unit
from propdesk.services.queries.vehicles import find_vehicles, list_remarks, list_vehicles
from propdesk.services.vehicles import add_vehicle, change_vehicle, end_vehicle


def add_parsers(commands: Any) -> None:
    """Add `vehicles` to the command line."""
    nouns = commands.add_parser("vehicles", help=_("vehicles of the houses"))
    verbs = nouns.add_subparsers(dest="verb", required=True, metavar="VERB")
    show = verbs.add_parser("list", help=_("list the vehicles of a house"))
    add_house(show)
    show.add_argument("--past", action="store_true", help=_("also those that have gone"))
    add_json(show)
    show.set_defaults(func=run_list)
    add = verbs.add_parser("add", help=_("note a vehicle; what is odd about it is told"))
    change = verbs.add_parser("change", help=_("correct what is kept of a vehicle"))
    for parser, run in ((add, run_add), (change, run_change)):
        add_house(parser)
        parser.add_argument("plate")
        parser.add_argument("--kind", metavar="|".join(VehicleKind))
        parser.add_argument("--description", metavar="TEXT", help=_("make and colour"))
        parser.add_argument("--person", metavar="NAME", help=_("whose it is, of this house"))
        parser.add_argument("--space", metavar="UNIT", help=_("the parking space"))
        parser.add_argument("--shared", action="store_true", help=_("another one stands there too"))
        parser.add_argument("--from", dest="from_on", metavar="DAY", help=_("the first day"))
        parser.add_argument("--note", metavar="TEXT")
        add_at(parser, _("when it is entered"))
        add_by(parser)
        add_json(parser)
        parser.set_defaults(func=run)
    change.add_argument("--plate", dest="new_plate", metavar="PLATE", help=_("its other plate"))
    change.add_argument("--to", dest="to_on", metavar="DAY", help=_("the last day; '' = is here"))
    end = verbs.add_parser("end", help=_("a vehicle has gone; it stays in the file"))
    add_house(end)
    end.add_argument("plate")
    end.add_argument("--on", metavar="DAY", help=_("the day on which it went"))
    add_at(end, _("when it is entered"))
    add_by(end)
    add_json(end)
    end.set_defaults(func=run_end)
    find = verbs.add_parser("find", help=_("whose vehicle is this: any three characters"))
    find.add_argument("text", metavar="TEXT")
    find.add_argument("--past", action="store_true", help=_("also those that have gone"))
    add_json(find)
    find.set_defaults(func=run_find)


def vehicle_json(vehicle: Vehicle, desk: Desk) -> dict[str, Any]:
    """Return a vehicle as its JSON object."""
    return {
        "plate": vehicle.plate,
        "kind": vehicle.kind.value,
        "unit": vehicle.house,
        "description": vehicle.description or None,
        "person": vehicle.person or None,
        "space": vehicle.space or None,
        "from_on": day_words(vehicle.from_on) or None,
        "to_on": day_words(vehicle.to_on) or None,
        "present": present_on(vehicle.from_on, vehicle.to_on, desk.today),
        "note": vehicle.note or None,
    }


def run_list(args: argparse.Namespace, desk: Desk) -> int:
    """List the vehicles of a house."""
    with desk.office(write=False):
        found = list_vehicles(house(args).id)
    return _tell(desk, [one for one in found if args.past or _is_here(one, desk)])


def run_find(args: argparse.Namespace, desk: Desk) -> int:
    """Find vehicles by any part of the plate."""
    with desk.office(write=False):
        found = find_vehicles(args.text, today=desk.today, with_past=args.past)
    return _tell(desk, list(found))


def _tell(desk: Desk, found: list[Vehicle]) -> int:
    for one in found:
        days = f"{day_words(one.from_on)}–{day_words(one.to_on)}" if one.to_on else ""
        words = (one.plate, one.house, VEHICLE_LABELS[one.kind], one.description, one.person,
                 one.space, days)  # fmt: skip
        desk.say("\t".join(map(str, words)).rstrip())
    desk.json([vehicle_json(one, desk) for one in found])
    return 0


def run_add(args: argparse.Namespace, desk: Desk) -> int:
    """Note a vehicle of a house."""
    read_at(args, desk)
    with desk.office(write=True):
        unit = house(args)
        draft = _draft(args, desk, unit, VehicleDraft(args.plate))
        told = list_remarks(draft, unit.id, today=desk.today)
        made = add_vehicle(unit.id, draft, by=desk.staff(args.by).id, now=desk.now)
    return _stored(desk, made, told, _("{plate} is in the file of {house}."))


def run_change(args: argparse.Namespace, desk: Desk) -> int:
    """Correct what is kept of a vehicle."""
    read_at(args, desk)
    with desk.office(write=True):
        unit = house(args)
        present = _vehicle(unit, args.plate)
        before = VehicleDraft(
            plate=args.new_plate or present.plate,
            kind=present.kind,
            description=present.description,
            person_id=present.person_id,
            space_id=present.space_id,
            from_on=present.from_on,
            to_on=day_of(args.to_on, present.to_on),
            note=present.note,
        )
        draft = _draft(args, desk, unit, before)
        told = list_remarks(draft, unit.id, today=desk.today, besides=present.id)
        made = change_vehicle(
            present.id, draft, version=present.version, by=desk.staff(args.by).id, now=desk.now
        )
    return _stored(desk, made, told, _("{plate} is in the file of {house}."))


def run_end(args: argparse.Namespace, desk: Desk) -> int:
    """Note that a vehicle has gone."""
    read_at(args, desk)
    with desk.office(write=True):
        vehicle = _vehicle(house(args), args.plate)
        day = read_day(args.on) if args.on else desk.today
        ended = end_vehicle(
            vehicle.id,
            to_on=day,
            version=vehicle.version,
            by=desk.staff(args.by).id,
            now=desk.now,
        )
    return _stored(desk, ended, (), _("{plate} has gone from {house}."))


def _stored(desk: Desk, vehicle: Vehicle, told: tuple[str, ...], sentence: str) -> int:
    desk.say(sentence.format(plate=vehicle.plate, house=vehicle.house))
    for words in told:
        desk.say(words)
    desk.json({**vehicle_json(vehicle, desk), "remarks": list(told)})
    return 0


def _draft(args: argparse.Namespace, desk: Desk, unit: Unit, before: VehicleDraft) -> VehicleDraft:
    space_id = before.space_id
    if args.space is not None:
        space_id = find_unit(args.space, args.community).id if args.space.strip() else None
    kind = choice(args.kind, VehicleKind, _("kind of vehicle")) if args.kind else before.kind
    return replace(
        before,
        kind=kind,
        description=before.description if args.description is None else args.description,
        person_id=person_of(unit, args.person, desk.today, before.person_id),
        space_id=space_id,
        from_on=day_of(args.from_on, before.from_on),
        note=before.note if args.note is None else args.note,
        shares_space=args.shared,
    )


def _vehicle(unit: Unit, plate: str) -> Vehicle:
    """Return the vehicle of a house with this plate, one that is here before one that has gone."""
    key = plate_key(plate)
    found = [one for one in list_vehicles(unit.id) if plate_key(one.plate) == key]
    if not found:
        raise RuleError(
            "vehicle-unknown",
            _("{house} has no vehicle {plate}; the list names those it has.").format(
                house=unit.short, plate=plate[:40]
            ),
        )
    return found[0]


def _is_here(vehicle: Vehicle, desk: Desk) -> bool:
    return vehicle.to_on is None or vehicle.to_on > desk.today
