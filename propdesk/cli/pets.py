"""`propdesk pets list|add|change|end|due`: licence and vaccination of the houses' pets."""

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
from propdesk.domain.pets import PET_LABELS, Pet, PetDraft, PetKind
from propdesk.i18n import _
from propdesk.services.pets import add_pet, change_pet, end_pet
from propdesk.services.queries.pets import get_pet, list_pets, list_vaccinations
from propdesk.services.queries.units import Unit, get_unit


def add_parsers(commands: Any) -> None:
    """Add `pets` to the command line."""
    nouns = commands.add_parser("pets", help=_("pets of the houses"))
    verbs = nouns.add_subparsers(dest="verb", required=True, metavar="VERB")
    show = verbs.add_parser("list", help=_("list the pets of a house"))
    add_house(show)
    show.add_argument("--past", action="store_true", help=_("also those that have gone"))
    due = verbs.add_parser("due", help=_("whose vaccination has ended or ends soon"))
    for parser, run in ((show, run_list), (due, run_due)):
        add_json(parser)
        parser.set_defaults(func=run)
    add = verbs.add_parser("add", help=_("note a pet"))
    add_house(add)
    change = verbs.add_parser("change", help=_("correct what is kept of a pet"))
    change.add_argument("id", type=int, help=_("its id in the list"))
    for parser, run in ((add, run_add), (change, run_change)):
        parser.add_argument("--kind", metavar="|".join(PetKind), required=parser is add)
        parser.add_argument("--name", metavar="NAME")
        parser.add_argument("--breed", metavar="TEXT")
        parser.add_argument("--licence", metavar="NUMBER", help=_("the dog's registration"))
        parser.add_argument("--vaccinated-until", metavar="DAY", help=_("'' = not known"))
        parser.add_argument("--person", metavar="NAME", help=_("whose it is, of this house"))
        parser.add_argument("--from", dest="from_on", metavar="DAY", help=_("the first day"))
        parser.add_argument("--note", metavar="TEXT")
        parser.set_defaults(func=run)
    end = verbs.add_parser("end", help=_("a pet is no longer there; it stays in the file"))
    end.add_argument("id", type=int, help=_("its id in the list"))
    end.add_argument("--on", metavar="DAY", help=_("the day on which it went"))
    end.set_defaults(func=run_end)
    for parser in (add, change, end):
        add_at(parser, _("when it is entered"))
        add_by(parser)
        add_json(parser)


def pet_json(pet: Pet) -> dict[str, Any]:
    """Return a pet as its JSON object."""
    return {
        "id": pet.id,
        "unit": pet.house,
        "kind": pet.kind.value,
        "name": pet.name or None,
        "breed": pet.breed or None,
        "licence": pet.licence or None,
        "vaccinated_until": day_words(pet.vaccinated_until) or None,
        "person": pet.person or None,
        "from_on": day_words(pet.from_on) or None,
        "to_on": day_words(pet.to_on) or None,
        "note": pet.note or None,
    }


def run_list(args: argparse.Namespace, desk: Desk) -> int:
    """List the pets of a house."""
    with desk.office(write=False):
        found = list_pets(house(args).id)
    return _tell(
        desk,
        [one for one in found if args.past or one.to_on is None or one.to_on > desk.today],
    )


def run_due(_args: argparse.Namespace, desk: Desk) -> int:
    """List the pets whose vaccination is due."""
    with desk.office(write=False):
        found = list_vaccinations(today=desk.today)
    return _tell(desk, list(found))


def _tell(desk: Desk, found: list[Pet]) -> int:
    for one in found:
        words = (one.id, one.house, PET_LABELS[one.kind], one.name, one.breed, one.licence,
                 day_words(one.vaccinated_until), one.person, day_words(one.to_on))  # fmt: skip
        desk.say("\t".join(map(str, words)).rstrip())
    desk.json([pet_json(one) for one in found])
    return 0


def run_add(args: argparse.Namespace, desk: Desk) -> int:
    """Note a pet of a house."""
    read_at(args, desk)
    with desk.office(write=True):
        unit = house(args)
        draft = _draft(args, desk, unit, PetDraft(PetKind.OTHER))
        pet = add_pet(unit.id, draft, by=desk.staff(args.by).id, now=desk.now)
    return _stored(desk, pet)


def run_change(args: argparse.Namespace, desk: Desk) -> int:
    """Correct what is kept of a pet."""
    read_at(args, desk)
    with desk.office(write=True):
        present = get_pet(args.id)
        before = PetDraft(
            kind=present.kind,
            name=present.name,
            breed=present.breed,
            licence=present.licence,
            vaccinated_until=present.vaccinated_until,
            person_id=present.person_id,
            from_on=present.from_on,
            to_on=present.to_on,
            note=present.note,
        )
        draft = _draft(args, desk, get_unit(present.unit_id), before)
        by = desk.staff(args.by).id
        pet = change_pet(present.id, draft, version=present.version, by=by)
    return _stored(desk, pet)


def run_end(args: argparse.Namespace, desk: Desk) -> int:
    """Note that a pet is no longer in the house."""
    read_at(args, desk)
    with desk.office(write=True):
        day = read_day(args.on) if args.on else desk.today
        version = get_pet(args.id).version
        pet = end_pet(args.id, to_on=day, version=version, by=desk.staff(args.by).id)
    desk.say(_("The pet is no longer in {house}.").format(house=pet.house))
    desk.json(pet_json(pet))
    return 0


def _stored(desk: Desk, pet: Pet) -> int:
    desk.say(_("The pet is in the file of {house}.").format(house=pet.house))
    desk.json(pet_json(pet))
    return 0


def _draft(args: argparse.Namespace, desk: Desk, unit: Unit, before: PetDraft) -> PetDraft:
    said = {
        name: value
        for name in ("name", "breed", "licence", "note")
        if (value := getattr(args, name)) is not None
    }
    return replace(
        before,
        kind=choice(args.kind, PetKind, _("kind of pet")) if args.kind else before.kind,
        vaccinated_until=day_of(args.vaccinated_until, before.vaccinated_until),
        person_id=person_of(unit, args.person, desk.today, before.person_id),
        from_on=day_of(args.from_on, before.from_on),
        **said,
    )
