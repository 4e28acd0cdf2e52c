"""`propdesk house UNIT`: the whole file of a house and its time line (issue 5, point 5)."""

import argparse
from typing import Any

from propdesk.cli.desk import Desk, add_by, add_json, choice, read_day
from propdesk.cli.house_words import add_house, house
from propdesk.domain.house_events import EVENT_GROUP_LABELS, EventGroup, HouseEvent
from propdesk.domain.masking import mask_phone
from propdesk.domain.persons import ROLE_LABELS
from propdesk.domain.units import UNIT_KIND_LABELS, state_label
from propdesk.i18n import _
from propdesk.services.queries.fee_access import may_see_fees
from propdesk.services.queries.house_events import count_house_events, list_house_events
from propdesk.services.queries.residents import Resident, list_residents
from propdesk.services.queries.units import Unit
from propdesk.services.queries.vehicles import list_plates

_MOST = 50


def add_parsers(commands: Any) -> None:
    """Add `house` to the command line."""
    show = commands.add_parser("house", help=_("the whole file of a house and its time line"))
    add_house(show)
    show.add_argument(
        "--group", action="append", default=[], metavar="|".join(EventGroup),
        help=_("only these lines of the time line; may be given several times"),
    )  # fmt: skip
    show.add_argument("--since", metavar="DAY", help=_("the time line from this day on"))
    show.add_argument("--limit", type=int, default=_MOST, metavar="N", help=_("so many lines"))
    add_by(show)
    add_json(show)
    show.set_defaults(func=run_show)


def run_show(args: argparse.Namespace, desk: Desk) -> None:
    """Show a house; phones are masked, as in lists (law.md 1.7)."""
    with desk.office(write=False, create=False):
        unit = house(args)
        people = list_residents(unit.id, desk.today)
        plates = list_plates(unit.id, today=desk.today)
        sees = may_see_fees(desk.staff(args.by))
        counts = count_house_events(unit.id, today=desk.today, with_fees=sees)
        page = list_house_events(
            unit.id,
            today=desk.today,
            groups=[choice(word, EventGroup, _("part of the time line")) for word in args.group],
            from_on=read_day(args.since) if args.since else None,
            limit=min(max(args.limit, 1), 10_000),
            with_fees=sees,
        )
        desk.json(
            {
                "unit": _unit_json(unit),
                "people": [_person_json(one) for one in people],
                "plates": plates,
                "counts": {group.value: count for group, count in counts.items()},
                "events": [event_json(event) for event in page.events],
                "more": page.after is not None,
            }
        )
        for line in _unit_lines(unit, plates):
            desk.say(line)
        desk.say("")
        for one in people:
            desk.say("  ".join(filter(None, _person_words(one))))
        desk.say("")
        known = [(EVENT_GROUP_LABELS[group], count) for group, count in counts.items() if count]
        desk.say("  ".join(f"{label} {count}" for label, count in known))
        for event in page.events:
            desk.say(event_line(event))
        if page.after is not None:
            desk.say(_("… and more: --limit shows further lines."))


def event_line(event: HouseEvent) -> str:
    """Return a line of the time line as the command line shows it."""
    when = event.at.strftime("%Y-%m-%d %H:%M" if event.has_time else "%Y-%m-%d")
    return "  ".join(filter(None, (f"{when:<16}", event.word, event.text, event.outcome)))


def event_json(event: HouseEvent) -> dict[str, Any]:
    """Return a line of the time line as its JSON object."""
    return {
        "at": event.at.isoformat() if event.has_time else event.at.date().isoformat(),
        "kind": event.kind.value,
        "group": event.group.value,
        "id": event.target,
        "word": event.word,
        "text": event.text,
        "outcome": event.outcome or None,
        "open": event.is_open,
    }


def _unit_lines(unit: Unit, plates: tuple[str, ...]) -> list[str]:
    facts = [
        str(UNIT_KIND_LABELS[unit.kind]),
        state_label(unit.state, unit.kind),
        "" if unit.area_dm2 is None else _("{area} m²").format(area=f"{unit.area_dm2 / 100:,.2f}"),
        unit.layout,
        _(", ").join(plates),
    ]
    lines = [f"{unit.community} {unit.short}  {unit.long}", "  ".join(filter(None, facts))]
    return [*lines, unit.note] if unit.note else lines


def _person_words(one: Resident) -> tuple[str, ...]:
    stay = "/".join(str(day or "") for day in (one.from_on, one.to_on))
    return (
        one.name,
        str(ROLE_LABELS[one.role]),
        _(", ").join(map(mask_phone, one.phones)),
        stay.strip("/") and stay,
        "" if one.present else _("not present"),
    )


def _unit_json(unit: Unit) -> dict[str, Any]:
    return {
        "id": unit.id,
        "house": unit.short,
        "address": unit.long,
        "community": unit.community,
        "kind": unit.kind.value,
        "state": unit.state and unit.state.value,
        "usage": unit.usage and unit.usage.value,
        "area_m2": None if unit.area_dm2 is None else unit.area_dm2 / 100,
        "floor": unit.floor,
        "layout": unit.layout or None,
        "note": unit.note or None,
    }


def _person_json(one: Resident) -> dict[str, Any]:
    return {
        "id": one.person_id,
        "name": one.name,
        "role": one.role.value,
        "phones": [mask_phone(phone) for phone in one.phones],
        "from": one.from_on and one.from_on.isoformat(),
        "to": one.to_on and one.to_on.isoformat(),
        "present": one.present,
    }
