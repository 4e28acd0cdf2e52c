"""`propdesk units`: communities and houses, what they are and were, and from which day on.

Names of people are not told here: lists of them are exports with a purpose.
"""

import argparse
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from enum import StrEnum
from typing import Any

from propdesk.cli import unit_changes
from propdesk.cli.desk import Desk, add_by, add_json, choice, read_day
from propdesk.cli.house_words import add_house, day_words, house, read_at
from propdesk.cli.unit_words import (
    add_writing,
    change_json,
    line_words,
    plain_value,
    tell_unit,
    unit_json,
)
from propdesk.domain.errors import RuleError
from propdesk.domain.unit_changes import (
    UNIT_FIELD_LABELS,
    UnitField,
    value_words,
)
from propdesk.domain.unit_drafts import (
    UnitDraft,
    read_changes_from,
    read_new_unit,
    read_unit_facts,
)
from propdesk.domain.units import (
    UNIT_KIND_LABELS,
    UnitState,
    UnitUsage,
    parse_address,
    require_address,
    state_label,
)
from propdesk.i18n import _
from propdesk.services.queries.unit_changes import (
    list_coming,
    states_on,
    value_on,
)
from propdesk.services.queries.units import (
    UnitGroup,
    UnitRow,
    house_name,
    list_buildings,
    list_communities,
    list_units,
    unit_draft,
)
from propdesk.services.queries.vehicles import list_plates

# What `change` takes, under the names of the draft.
_FACTS = ("floor", "area", "layout", "contract", "delivered_on", "minors", "note")
_PAGE = 1000


class _NoState(StrEnum):
    """The word for houses whose state was never said."""

    UNKNOWN = "unknown"


def add_parsers(commands: Any) -> None:
    """Add `units` to the command line."""
    units = commands.add_parser("units", help=_("communities and houses, and what they were when"))
    verbs = units.add_subparsers(dest="verb", required=True, metavar="VERB")
    _add_readers(verbs)
    add = verbs.add_parser("add", help=_("add a house"))
    add_house(add)
    change = verbs.add_parser("change", help=_("change what is kept about a house"))
    add_house(change)
    for parser, run in ((add, run_add), (change, run_change)):
        parser.add_argument("--floor")
        parser.add_argument("--area", metavar="M2")
        parser.add_argument("--state", metavar="|".join(UnitState))
        parser.add_argument("--usage", metavar="|".join(UnitUsage))
        parser.add_argument("--layout", metavar="TEXT")
        parser.add_argument("--contract", metavar="TEXT", help=_("the service contract"))
        parser.add_argument("--delivered", dest="delivered_on", metavar="DAY",
                            help=_("when it was handed over"))  # fmt: skip
        parser.add_argument("--minors", metavar="COUNT", help=_("how many children live there"))
        parser.add_argument("--note", metavar="TEXT")
        add_writing(parser, run)
    change.add_argument("--from", dest="from_on", metavar="DAY", help=_("from when; today if not"))
    rename = verbs.add_parser("rename", help=_("put a house's number right"))
    add_house(rename)
    rename.add_argument("number", metavar="NUMBER", help=_("what it is called from now on"))
    add_writing(rename, run_rename)
    unit_changes.add_parsers(verbs)
    communities = verbs.add_parser("communities", help=_("list the communities, or add one"))
    communities.add_argument("--add", metavar="NAME", default="")
    communities.add_argument("--rename", nargs=2, metavar=("OLD", "NEW"))
    add_by(communities)
    add_json(communities)
    communities.set_defaults(func=run_communities)


def _add_readers(verbs: Any) -> None:
    show = verbs.add_parser("list", help=_("list the houses in walking order"))
    show.add_argument("--community", default="", metavar="NAME")
    show.add_argument("--building", default="", metavar="NAME")
    show.add_argument("--state", metavar="|".join([*UnitState, *_NoState]))
    show.add_argument("--group", metavar="|".join(UnitGroup))
    show.add_argument("--words", default="", metavar="TEXT", help=_("part of number or name"))
    show.add_argument("--on", metavar="DAY", help=_("with the states of this day"))
    add_json(show)
    show.set_defaults(func=run_list)
    one = verbs.add_parser("show", help=_("show a house"))
    add_house(one)
    one.add_argument("--on", metavar="DAY", help=_("as it was, or will be, on this day"))
    add_json(one)
    one.set_defaults(func=run_show)


# -- answers


def _row_json(row: UnitRow, state: UnitState | None) -> dict[str, Any]:
    return {
        "unit": row.short,
        "address": row.long,
        "community": row.community,
        "building": row.building,
        "entrance": row.entrance or None,
        "kind": row.kind.value,
        "floor": row.floor,
        "area_dm2": row.area_dm2,
        "state": state,
        "usage": row.usage,
        "people": row.residents,
        "open_tickets": row.open_tickets,
    }


# -- reading


def run_list(args: argparse.Namespace, desk: Desk) -> int:
    """List the houses, with the states of today or of another day."""
    group = choice(args.group, UnitGroup, _("group")) if args.group else None
    wanted = args.state
    if wanted and wanted != _NoState.UNKNOWN:
        wanted = choice(wanted, UnitState, _("state"), *_NoState)
    on = read_day(args.on) if args.on else None
    found = []
    with desk.office(write=False):
        states = None if on is None else states_on(on)
        for building_id in _buildings(args.community, args.building):
            for row in _all_rows(desk.today, building_id, args.words, group):
                state = row.state if states is None else states[row.id]
                if not wanted or wanted == (state or _NoState.UNKNOWN):
                    found.append((row, state))
        names = [house_name(row.short, row.community) for row, _state in found]
    for name, (row, state) in zip(names, found, strict=True):
        words = (name, row.long, UNIT_KIND_LABELS[row.kind], state_label(state, row.kind))
        desk.say("\t".join(map(str, words)).rstrip())
    desk.json([_row_json(row, state) for row, state in found])
    return 0


def _buildings(community: str, building: str) -> list[int]:
    """Return the buildings that are meant, all where none is named; refuse what is not there."""
    if community and community not in list_communities():
        raise RuleError(
            "community-unknown",
            _("There is no community «{name}»; there are {known}.").format(
                name=community[:40], known=", ".join(list_communities())
            ),
        )
    there = [one for one in list_buildings() if community in ("", one[1])]
    found = [one[0] for one in there if building.upper() in ("", one[2].upper())]
    if building and not found:
        raise RuleError(
            "building-unknown",
            _("There is no building «{name}»; there are {known}.").format(
                name=building[:40], known=", ".join(dict.fromkeys(one[2] for one in there))
            ),
        )
    return found


def _all_rows(
    today: date, building_id: int, words: str, group: UnitGroup | None
) -> Iterator[UnitRow]:
    after: str | None = None
    while True:
        page = list_units(
            today=today, building_id=building_id, words=words, group=group, after=after,
            limit=_PAGE,
        )  # fmt: skip
        yield from page
        if len(page) < _PAGE:
            return
        after = page[-1].sort_key


def run_show(args: argparse.Namespace, desk: Desk) -> int:
    """Show a house, as it is or as it was on a day."""
    on = read_day(args.on) if args.on else None
    with desk.office(write=False):
        unit = house(args)
        plates = list_plates(unit.id, today=desk.today)
        coming = [change_json(line) for line in list_coming(desk.today, unit.id)]
        waiting = [line_words(line, None, unit.kind) for line in list_coming(desk.today, unit.id)]
        held = {} if on is None else {field: value_on(unit.id, field, on) for field in UnitField}
        name = house_name(unit.short, unit.community)
    shown = unit_json(unit) | {"plates": list(plates), "coming": coming}
    values: Mapping[UnitField, str] = {**unit.dated(), UnitField.NUMBER: unit.short}
    if on is not None:
        values = held
        shown |= {"on": on.isoformat()} | {
            _KEYS.get(field, field.value): plain_value(field, value)
            for field, value in held.items()
        }
    desk.say(f"{name}\t{unit.long}\t{UNIT_KIND_LABELS[unit.kind]}")
    for field, value in values.items():
        desk.say(f"{UNIT_FIELD_LABELS[field]}\t{value_words(field, value, unit.kind) or '—'}")
    for label, words in (
        (_("Floor"), "" if unit.floor is None else str(unit.floor)),
        (_("Handed over"), day_words(unit.delivered_on)),
        (_("Children"), "" if unit.minors is None else str(unit.minors)),
        (_("Plates"), _(", ").join(plates)),
        (_("Note"), unit.note),
    ):
        desk.say(f"{label}\t{words or '—'}")
    for words in waiting:
        desk.say(words)
    desk.json(shown)
    return 0


# Under which names a house's JSON object has them.
_KEYS = {UnitField.AREA: "area_dm2", UnitField.NUMBER: "unit"}


# -- writing


def run_add(args: argparse.Namespace, desk: Desk) -> int:
    """Add a house; without a community it belongs to the only one."""
    from propdesk.services.units import add_unit

    read_at(args, desk)
    with desk.office(write=True):
        known = list_communities()
        community = args.community or (known[0] if len(known) == 1 else "")
        draft = _changed(args, UnitDraft(community=community))
        address, facts = read_new_unit(_placed(args.unit, draft))
        unit = add_unit(address, community=community, by=desk.staff(args.by).id, facts=facts)
        return tell_unit(desk, unit)


def _placed(text: str, draft: UnitDraft) -> UnitDraft:
    """Return a draft with its place; a building with a name of its own is cut at the dashes."""
    address = parse_address(text)
    if address is not None:
        return replace(
            draft, building=address.building, entrance=address.entrance, number=address.unit,
            kind=address.kind,
        )  # fmt: skip
    parts = text.split("-")
    if not 2 <= len(parts) <= 3:
        require_address(text)
    entrance = parts[1] if len(parts) == 3 else ""
    return replace(draft, building=parts[0], entrance=entrance, number=parts[-1])


def _changed(args: argparse.Namespace, draft: UnitDraft) -> UnitDraft:
    """Return a draft with what was typed; an empty word takes a value away."""
    typed: dict[str, Any] = {
        name: getattr(args, name) for name in _FACTS if getattr(args, name) is not None
    }
    if args.state is not None:
        typed["state"] = choice(args.state, UnitState, _("state"))
    if args.usage is not None:
        typed["usage"] = choice(args.usage, UnitUsage, _("planned use")) if args.usage else None
    return replace(draft, **typed)


def run_change(args: argparse.Namespace, desk: Desk) -> int:
    """Change what is given; the rest stays as it is."""
    from propdesk.services.units import change_unit

    read_at(args, desk)
    with desk.office(write=True):
        unit = house(args)
        plates = list_plates(unit.id, today=desk.today)
        draft = replace(_changed(args, unit_draft(unit, plates)), from_on=args.from_on or "")
        unit = change_unit(
            unit.id,
            read_unit_facts(draft),
            version=unit.version,
            by=desk.staff(args.by).id,
            now=desk.now,
            from_on=read_changes_from(draft),
        )
        return tell_unit(desk, unit)


def run_rename(args: argparse.Namespace, desk: Desk) -> int:
    """Give a house its right number."""
    from propdesk.services.units import rename_unit

    read_at(args, desk)
    with desk.office(write=True):
        unit = house(args)
        draft = _placed(args.number, UnitDraft(community=unit.community, kind=unit.kind))
        address, _facts = read_new_unit(draft)
        unit = rename_unit(unit.id, address, by=desk.staff(args.by).id, now=desk.now)
        return tell_unit(desk, unit)


def run_communities(args: argparse.Namespace, desk: Desk) -> int:
    """List the communities; add or rename one first where that is asked for."""
    from propdesk.services.units import add_community, rename_community

    with desk.office(write=bool(args.add or args.rename)):
        if args.add:
            add_community(args.add, by=desk.staff(args.by).id)
        if args.rename:
            rename_community(*args.rename, by=desk.staff(args.by).id)
        counted = dict.fromkeys(list_communities(), 0)
        for _id, community, _name in list_buildings():
            counted[community] += 1
    for name, buildings in counted.items():
        desk.say(f"{name}\t{buildings}")
    desk.json([{"community": name, "buildings": many} for name, many in counted.items()])
    return 0
