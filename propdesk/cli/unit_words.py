"""How the command line tells a house and the lines of its history."""

import argparse
from datetime import date
from typing import Any

from propdesk.cli.desk import Desk, add_by, add_json
from propdesk.cli.house_words import add_at, day_words
from propdesk.domain.unit_changes import UNIT_FIELD_LABELS, UnitChange, UnitField, value_words
from propdesk.domain.units import UnitKind, state_label
from propdesk.i18n import _
from propdesk.services.queries.units import Unit, get_unit, house_name


def add_writing(parser: argparse.ArgumentParser, run: Any) -> None:
    """Add what every command has that writes about a house."""
    add_at(parser, _("when it is entered"))
    add_by(parser)
    add_json(parser)
    parser.set_defaults(func=run)


def unit_json(unit: Unit) -> dict[str, Any]:
    """Return a house as its JSON object; the area is in hundredths of a m²."""
    return {
        "unit": unit.short,
        "address": unit.long,
        "community": unit.community,
        "building": unit.building,
        "entrance": unit.entrance or None,
        "number": unit.number,
        "kind": unit.kind.value,
        "floor": unit.floor,
        "area_dm2": unit.area_dm2,
        "state": unit.state,
        "usage": unit.usage,
        "layout": unit.layout or None,
        "contract": unit.contract or None,
        "delivered_on": day_words(unit.delivered_on) or None,
        "minors": unit.minors,
        "note": unit.note or None,
    }


def change_json(line: UnitChange, until: date | None = None) -> dict[str, Any]:
    """Return a line of a house's history as its JSON object."""
    unit = get_unit(line.unit_id)
    return {
        "id": line.id,
        "unit": unit.short,
        "community": unit.community,
        "field": line.field.value,
        "value": plain_value(line.field, line.value),
        "from_on": day_words(line.from_on) or None,
        "until_on": day_words(until) or None,
        "note": line.note or None,
        "entered_at": line.entered_at.isoformat(),
        "by": line.staff,
        "voided_at": line.voided_at.isoformat() if line.voided_at else None,
        "voided_by": line.voided_staff or None,
    }


def plain_value(field: UnitField, value: str) -> str | int | None:
    """Return a stored value as JSON has it."""
    if not value:
        return None
    return int(value) if field is UnitField.AREA else value


def tell_unit(desk: Desk, unit: Unit) -> int:
    """Tell a house after a command; return the code of success."""
    name = house_name(unit.short, unit.community)
    desk.say(f"{name}\t{unit.long}\t{state_label(unit.state, unit.kind)}".rstrip())
    desk.json(unit_json(unit))
    return 0


def line_words(line: UnitChange, until: date | None, kind: UnitKind) -> str:
    """Return a line of the history of a unit of this kind, its fields with tabs between."""
    first = day_words(line.from_on) or _("as long as is known")
    words = (
        f"#{line.id}",
        str(UNIT_FIELD_LABELS[line.field]),
        value_words(line.field, line.value, kind) or "—",
        f"{first} – {day_words(until)}" if until else first,
        line.note,
        line.staff,
        _("taken out") if line.voided_at else "",
    )
    return "\t".join(words).rstrip()
