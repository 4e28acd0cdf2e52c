"""`propdesk residents show|merge|died`: a person beyond one house (F47)."""

import argparse
from typing import Any

from propdesk.cli.desk import Desk, add_by, add_json, read_day
from propdesk.cli.house_words import add_at, day_words, read_at
from propdesk.domain.field_catalogue import optional_field
from propdesk.domain.masking import mask_phone
from propdesk.domain.person_merges import THING_LABELS
from propdesk.domain.persons import ROLE_LABELS
from propdesk.domain.shares import share_words
from propdesk.i18n import _
from propdesk.services.persons import MergePreview, merge_persons, note_death, preview_merge
from propdesk.services.queries.persons import PersonFile, find_person, list_twins


def add_person_parsers(verbs: Any) -> None:
    """Add the verbs that are about a person and not about one house."""
    show = verbs.add_parser("show", help=_("a person in all houses, and who may be the same"))
    _add_person(show, "person")
    show.set_defaults(func=run_show)
    merge = verbs.add_parser("merge", help=_("make two persons one; this cannot be undone"))
    _add_person(merge, "stays")
    _add_person(merge, "goes")
    merge.add_argument("--dry-run", action="store_true", help=_("only show what would move"))
    merge.set_defaults(func=run_merge)
    died = verbs.add_parser("died", help=_("note a death; it ends nothing by itself"))
    _add_person(died, "person")
    died.add_argument("--on", metavar="DAY", help=_("the day; '' takes a mistake back"))
    died.set_defaults(func=run_died)
    add_json(show)
    for parser in (merge, died):
        add_at(parser, _("when it is entered"))
        add_by(parser)
        add_json(parser)


def _add_person(parser: argparse.ArgumentParser, name: str) -> None:
    parser.add_argument(name, metavar="PERSON", help=_("number or name"))


def person_json(person: PersonFile) -> dict[str, Any]:
    """Return a person as its JSON object; phones are masked."""
    return {
        "id": person.id,
        "name": person.name,
        "salutation": person.salutation or None,
        "kind": person.kind.value,
        "phones": [mask_phone(phone) for phone in person.phones],
        "special": person.special or None,
        "died_on": day_words(person.died_on) or None,
        "merged_into": person.merged_into_id,
        "houses": [
            {
                "unit": stay.where,
                "community": stay.community,
                "role": stay.role.value,
                "relation": stay.relation or None,
                "share": share_words(stay.share) or None,
                "from_on": day_words(stay.from_on) or None,
                "to_on": day_words(stay.to_on) or None,
                "present": stay.present,
            }
            for stay in person.stays
        ],
    }


def _say(desk: Desk, person: PersonFile) -> None:
    phones = _(", ").join(map(mask_phone, person.phones))
    desk.say(f"{person.id}\t{person.name}\t{phones}")
    for stay in person.stays:
        days = f"{day_words(stay.from_on)} - {day_words(stay.to_on)}".strip(" -")
        role = f"{ROLE_LABELS[stay.role]} {stay.relation}".strip()
        desk.say(f"  {stay.where}\t{role}\t{share_words(stay.share)}\t{days}".rstrip())


def run_show(args: argparse.Namespace, desk: Desk) -> int:
    """Show a person, and others who may be the same."""
    with desk.office(write=False):
        person = find_person(args.person, desk.today)
        twins = list_twins(person.id, desk.today)
    _say(desk, person)
    if person.died_on:
        desk.say(_("Died on {day}").format(day=person.died_on))
    if person.merged_into_id is not None:
        desk.say(_("Merged into {id}").format(id=person.merged_into_id))
    if twins:
        desk.say(_("May be the same, by name or phone:"))
    for one in twins:
        _say(desk, one)
    desk.json({**person_json(person), "twins": [person_json(one) for one in twins]})
    return 0


def run_merge(args: argparse.Namespace, desk: Desk) -> int:
    """Make two persons one, or show what would move."""
    read_at(args, desk)
    with desk.office(write=not args.dry_run):
        stays = find_person(args.stays, desk.today)
        goes = find_person(args.goes, desk.today)
        if args.dry_run:
            done = preview_merge(stays.id, goes.id, now=desk.now)
        else:
            done = merge_persons(stays.id, goes.id, by=desk.staff(args.by).id, now=desk.now)
    _say(desk, done.stays)
    _say(desk, done.goes)
    for thing, count in done.counts.items():
        if count:
            desk.say(f"  {THING_LABELS[thing]}\t{count}")
    if done.given_up:
        fields = _(", ").join(str(optional_field(code).label) for code in done.given_up)
        desk.say(_("Given up, because they differ: {fields}").format(fields=fields))
    words = (
        _("{goes} would become {stays}. This cannot be undone.")
        if args.dry_run
        else _("{goes} is now {stays}.")
    )
    desk.say(words.format(goes=done.goes.id, stays=done.stays.id))
    desk.json(_merge_json(done, is_done=not args.dry_run))
    return 0


def _merge_json(done: MergePreview, *, is_done: bool) -> dict[str, Any]:
    return {
        "done": is_done,
        "stays": person_json(done.stays),
        "goes": person_json(done.goes),
        "moves": {thing.value: count for thing, count in done.counts.items() if count},
        "given_up": list(done.given_up),
    }


def run_died(args: argparse.Namespace, desk: Desk) -> int:
    """Note a death, and name the houses that now wait for heirs."""
    read_at(args, desk)
    with desk.office(write=True):
        person = find_person(args.person, desk.today)
        day = desk.today if args.on is None else read_day(args.on) if args.on else None
        person = note_death(
            person.id, day, version=person.version, by=desk.staff(args.by).id, now=desk.now
        )
    _say(desk, person)
    for stay in person.owned if person.died_on else ():
        desk.say(
            _(
                "{house} waits for the heirs: enter them with "
                "«moves record {house} --kind inheritance»."
            ).format(house=stay.where)
        )
    desk.json({**person_json(person), "waits": [stay.where for stay in person.owned]})
    return 0
