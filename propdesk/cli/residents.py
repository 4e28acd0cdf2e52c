"""`propdesk residents`: who is in a house, in which role, with which share (R83, F47)."""

import argparse
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

from propdesk.cli.desk import Desk, add_by, add_json, choice, read_day
from propdesk.cli.house_words import add_at, add_house, day_of, day_words, house, read_at
from propdesk.cli.persons import add_person_parsers
from propdesk.domain.consents import ConsentWay
from propdesk.domain.errors import DraftError, Problem, RuleError
from propdesk.domain.masking import mask_phone
from propdesk.domain.persons import (
    ROLE_LABELS,
    Guardian,
    PersonDraft,
    PersonKind,
    ResidentRole,
    split_phones,
)
from propdesk.domain.shares import read_share, share_words, shares_hint
from propdesk.i18n import _
from propdesk.services.persons import StayDraft, link_person, share_house
from propdesk.services.queries.persons import PersonFile, find_person, list_known
from propdesk.services.queries.residents import Resident, draft_of, list_residents
from propdesk.services.queries.units import Unit
from propdesk.services.residents import add_resident, change_resident, end_residency


def add_parsers(commands: Any) -> None:
    """Add `residents` to the command line."""
    nouns = commands.add_parser("residents", help=_("the people of the houses"))
    verbs = nouns.add_subparsers(dest="verb", required=True, metavar="VERB")
    show = verbs.add_parser("list", help=_("who is in a house; phones are masked"))
    add_house(show)
    show.add_argument("--past", action="store_true", help=_("also who was there and who will be"))
    add_json(show)
    show.set_defaults(func=run_list)
    add = verbs.add_parser("add", help=_("add a person to a house"))
    add_house(add)
    add.add_argument("name", metavar="NAME")
    add.add_argument(
        "--another",
        action="store_true",
        help=_("somebody else of the same name and phone is known; this is another person"),
    )
    add.set_defaults(func=run_add)
    change = verbs.add_parser("change", help=_("correct a person of a house"))
    add_house(change)
    _add_person(change)
    change.add_argument("--name", metavar="NAME")
    change.set_defaults(func=run_change)
    for parser in (add, change):
        parser.add_argument("--salutation", metavar="TEXT")
        parser.add_argument("--phone", action="append", metavar="PHONE", help=_("may be repeated"))
        parser.add_argument("--kind", metavar="|".join(PersonKind))
        parser.add_argument("--note", metavar="TEXT")
        parser.add_argument("--special", metavar="REASON", help=_("why a special customer"))
        parser.add_argument("--special-until", metavar="DAY")
        parser.add_argument("--guardian", metavar="NAME", help=_("who agreed for a child under 14"))
        parser.add_argument("--guardian-way", default="paper", metavar="|".join(ConsentWay))
        parser.add_argument("--guardian-on", metavar="DAY", help=_("when; today if unsaid"))
        parser.add_argument("--child", action="store_true", help=_("a child under 14"))
    link = verbs.add_parser("link", help=_("let a person of the register be in this house, too"))
    add_house(link)
    _add_person(link)
    link.set_defaults(func=run_link)
    for parser in (add, change, link):
        parser.add_argument("--role", metavar="|".join(ResidentRole))
        parser.add_argument("--relation", metavar="TEXT", help=_("spouse, child; post of staff"))
        parser.add_argument("--share", metavar="1/2", help=_("an owner's part, also 33.3%%"))
        parser.add_argument("--from", dest="from_on", metavar="DAY", help=_("the first day"))
        parser.add_argument("--to", dest="to_on", metavar="DAY", help=_("the day of leaving"))
    end = verbs.add_parser("end", help=_("a person leaves; the history stays"))
    add_house(end)
    _add_person(end)
    end.add_argument("--on", metavar="DAY", help=_("the day of leaving; today if unsaid"))
    end.set_defaults(func=run_end)
    shares = verbs.add_parser("shares", help=_("show or set the owners' shares"))
    add_house(shares)
    shares.add_argument("shares", nargs="*", metavar="PERSON=1/2", help=_("'PERSON=' takes it off"))
    shares.set_defaults(func=run_shares)
    for parser in (add, change, link, end, shares):
        add_at(parser, _("when it is entered"))
        add_by(parser)
        add_json(parser)
    add_person_parsers(verbs)


def _add_person(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("person", metavar="PERSON", help=_("number or name"))


def resident_json(one: Resident) -> dict[str, Any]:
    """Return a person of a house as its JSON object; phones are masked."""
    return {
        "id": one.residency_id,
        "person_id": one.person_id,
        "name": one.name,
        "salutation": one.salutation or None,
        "kind": one.kind.value,
        "role": one.role.value,
        "relation": one.relation or None,
        "share": share_words(one.share) or None,
        "phones": [mask_phone(phone) for phone in one.phones],
        "from_on": day_words(one.from_on) or None,
        "to_on": day_words(one.to_on) or None,
        "present": one.present,
        "special": one.special or None,
        "died_on": day_words(one.died_on) or None,
        "guardian": one.guardian.name if one.guardian else None,
        "note": one.note or None,
    }


def _line(one: Resident) -> str:
    role = str(ROLE_LABELS[one.role])
    return "\t".join(
        (
            str(one.person_id),
            one.name,
            f"{role} {one.relation}".strip(),
            share_words(one.share),
            _(", ").join(map(mask_phone, one.phones)),
            f"{day_words(one.from_on)} - {day_words(one.to_on)}".strip(" -"),
        )
    )


def run_list(args: argparse.Namespace, desk: Desk) -> int:
    """List the people of a house."""
    with desk.office(write=False):
        found = list_residents(house(args).id, desk.today)
    shown = [one for one in found if one.present or args.past]
    desk.tell_each(shown, _line, resident_json, _("Nobody is entered here."))
    return 0


def _in_house(unit: Unit, text: str, today: date) -> Resident:
    """Return who of a house is meant by a person's number or name; present people first."""
    people = list_residents(unit.id, today)
    found = [one for one in people if text.strip() in (str(one.person_id), one.name)]
    found = [one for one in found if one.present] or found
    if len({one.person_id for one in found}) > 1:
        raise RuleError(
            "person-ambiguous",
            _("Several persons are called {name}; say the number: {people}.").format(
                name=text.strip()[:40], people=", ".join(str(one.person_id) for one in found)
            ),
        )
    if not found:
        raise RuleError("resident-unknown", _("This person is not in this house."))
    return found[0]


def _share(text: str | None, present: Fraction | None = None) -> Fraction | None:
    if text is None:
        return present
    try:
        return read_share(text)
    except ValueError as error:
        raise DraftError((Problem("share", str(error)),)) from error


def _draft(args: argparse.Namespace, desk: Desk, draft: PersonDraft) -> PersonDraft:
    """Return a draft with everything that was said on the command line."""
    said = {
        name: value
        for name in ("name", "salutation", "note", "special", "relation")
        if (value := getattr(args, name)) is not None
    }
    draft = replace(draft, **said)
    if args.role:
        draft = replace(draft, role=choice(args.role, ResidentRole, _("role")))
    if args.kind:
        draft = replace(draft, kind=choice(args.kind, PersonKind, _("kind")))
    if args.phone is not None:
        phones = [one for text in args.phone for one in split_phones(text) or (text.strip(),)]
        draft = replace(draft, phones=tuple(filter(None, phones)))
    if args.guardian:
        way = choice(args.guardian_way, ConsentWay, _("way"))
        given_on = read_day(args.guardian_on) if args.guardian_on else desk.today
        guardian = Guardian(args.guardian, way, given_on)
        draft = replace(draft, guardian=guardian)
    return replace(
        draft,
        is_child=draft.is_child or args.child or bool(args.guardian),
        share=_share(args.share, draft.share),
        from_on=day_of(args.from_on, draft.from_on),
        to_on=day_of(args.to_on, draft.to_on),
        special_until=day_of(args.special_until, draft.special_until),
    )


def _tell(desk: Desk, unit: Unit, one: Resident) -> int:
    """Tell what was stored, and how the shares of the house stand."""
    desk.say(_line(one))
    _tell_shares(desk, unit)
    desk.json(resident_json(one))
    return 0


def _tell_shares(desk: Desk, unit: Unit) -> None:
    owners = [
        one
        for one in list_residents(unit.id, desk.today)
        if one.present and one.role is ResidentRole.OWNER
    ]
    hint = shares_hint([one.share for one in owners])
    if hint:
        desk.say(hint)


def _at_desk(args: argparse.Namespace, desk: Desk, act: Callable[[Unit, int], Resident]) -> int:
    read_at(args, desk)
    with desk.office(write=True):
        unit = house(args)
        return _tell(desk, unit, act(unit, desk.staff(args.by).id))


def run_add(args: argparse.Namespace, desk: Desk) -> int:
    """Add a person; who is known by name and phone is offered to be linked instead (F47)."""

    def act(unit: Unit, by: int) -> Resident:
        draft = _draft(args, desk, PersonDraft(args.name))
        known = list_known(draft.name, draft.phones, desk.today)
        if known and not args.another:
            raise _known(known, unit)
        return add_resident(unit.id, draft, by=by, now=desk.now)

    return _at_desk(args, desk, act)


def _known(known: tuple[PersonFile, ...], unit: Unit) -> RuleError:
    people = ", ".join(
        f"{one.id} ({' '.join(stay.where for stay in one.stays) or '-'})" for one in known
    )
    return RuleError(
        "person-known",
        _(
            "{name} with this phone is known already: {people}. Link the person with "
            "«residents link {unit} {id}», or add --another for somebody else."
        ).format(name=known[0].name, people=people, unit=unit.short, id=known[0].id),
    )


def run_change(args: argparse.Namespace, desk: Desk) -> int:
    """Correct a person of a house; what is not said stays."""

    def act(unit: Unit, by: int) -> Resident:
        one = _in_house(unit, args.person, desk.today)
        draft = _draft(args, desk, draft_of(one))
        return change_resident(
            unit.id, one.residency_id, draft, version=one.version, by=by, now=desk.now
        )

    return _at_desk(args, desk, act)


def run_link(args: argparse.Namespace, desk: Desk) -> int:
    """Let a person of the register be in another house, too."""

    def act(unit: Unit, by: int) -> Resident:
        draft = StayDraft(
            role=choice(args.role or ResidentRole.OWNER, ResidentRole, _("role")),
            from_on=day_of(args.from_on),
            to_on=day_of(args.to_on),
            relation=args.relation or "",
            share=_share(args.share),
        )
        person = find_person(args.person, desk.today)
        return link_person(unit.id, person.id, draft, by=by, now=desk.now)

    return _at_desk(args, desk, act)


def run_end(args: argparse.Namespace, desk: Desk) -> int:
    """Note that a person left."""

    def act(unit: Unit, by: int) -> Resident:
        one = _in_house(unit, args.person, desk.today)
        to_on = read_day(args.on) if args.on else desk.today
        return end_residency(unit.id, one.residency_id, to_on=to_on, by=by, now=desk.now)

    return _at_desk(args, desk, act)


def run_shares(args: argparse.Namespace, desk: Desk) -> int:
    """Show the owners' shares, or set those that are named."""
    read_at(args, desk)
    with desk.office(write=bool(args.shares)):
        unit = house(args)
        wanted: dict[int, Fraction | None] = {}
        for one in args.shares:
            person, equals, share = one.rpartition("=")
            if not equals:
                words = _("Say whose share it is: PERSON=1/2.")
                raise DraftError((Problem("share", words),))
            wanted[_in_house(unit, person, desk.today).residency_id] = _share(share)
        if wanted:
            share_house(unit.id, wanted, by=desk.staff(args.by).id, now=desk.now)
        people = list_residents(unit.id, desk.today)
        owners = [one for one in people if one.present and one.role is ResidentRole.OWNER]
    for one in owners:
        desk.say(_line(one))
    hint = shares_hint([one.share for one in owners])
    if hint:
        desk.say(hint)
    desk.json({"owners": [resident_json(one) for one in owners], "hint": hint or None})
    return 0
