"""`propdesk consents list|give|withdraw`: what people agreed to (PIPL 14-16)."""

import argparse
from typing import Any

from propdesk.cli.desk import Desk, add_by, add_json, choice, read_day
from propdesk.domain.consents import SCOPE_LABELS, Consent, ConsentDraft, ConsentWay, scope_label
from propdesk.domain.field_catalogue import optional_field
from propdesk.i18n import _


def add_parsers(commands: Any) -> None:
    """Add `consents` to the command line."""
    nouns = commands.add_parser("consents", help=_("what people agreed to"))
    verbs = nouns.add_subparsers(dest="verb", required=True, metavar="VERB")
    show = verbs.add_parser("list", help=_("the consents of a person, or of all"))
    show.add_argument("--person", type=int, metavar="ID")
    show.set_defaults(func=run_list)
    give = verbs.add_parser("give", help=_("note a consent"))
    give.add_argument("--person", type=int, required=True, metavar="ID")
    give.add_argument("--scope", required=True, metavar="|".join(SCOPE_LABELS))
    give.add_argument("--way", default=ConsentWay.PAPER.value, metavar="|".join(ConsentWay))
    give.add_argument("--on", metavar="DAY", help=_("when it was given; today if unsaid"))
    give.add_argument("--given-by", default="", metavar="NAME", help=_("guardian or who else"))
    give.add_argument("--note", default="")
    give.set_defaults(func=run_give)
    withdraw = verbs.add_parser(
        "withdraw", help=_("withdraw a consent; what stood on it is deleted")
    )
    withdraw.add_argument("id", type=int, metavar="ID")
    withdraw.add_argument("--on", metavar="DAY", help=_("when; today if unsaid"))
    withdraw.set_defaults(func=run_withdraw)
    for one in (show, give, withdraw):
        add_json(one)
    for one in (give, withdraw):
        add_by(one)


def consent_json(consent: Consent) -> dict[str, Any]:
    """Return a consent as its JSON object."""
    return {
        "id": consent.id,
        "person_id": consent.person_id,
        "person": consent.person,
        "scope": consent.scope,
        "way": consent.way.value,
        "given_on": consent.given_on.isoformat(),
        "given_by": consent.given_by or None,
        "note": consent.note or None,
        "by": consent.by,
        "withdrawn_on": consent.withdrawn_on.isoformat() if consent.withdrawn_on else None,
    }


def run_list(args: argparse.Namespace, desk: Desk) -> int:
    """List consents, those that hold first."""
    from propdesk.services.queries.consents import list_consents

    with desk.office(write=False):
        found = list_consents(args.person)
    for one in found:
        state = _("withdrawn {day}").format(day=one.withdrawn_on) if one.withdrawn_on else ""
        line = f"{one.id}\t{one.given_on}\t{one.person}\t{scope_label(one.scope)}\t{state}"
        desk.say(line.rstrip())
    desk.json([consent_json(one) for one in found])
    return 0


def run_give(args: argparse.Namespace, desk: Desk) -> int:
    """Note a consent."""
    from propdesk.services.consents import give_consent

    draft = ConsentDraft(
        scope=args.scope,
        way=choice(args.way, ConsentWay, _("way")),
        given_on=read_day(args.on) if args.on else desk.today,
        given_by=args.given_by,
        note=args.note,
    )
    with desk.office(write=True, create=False):
        consent = give_consent(args.person, draft, by=desk.staff(args.by).id, now=desk.now)
    desk.say(_("Consent {id} is noted.").format(id=consent.id))
    desk.json(consent_json(consent))
    return 0


def run_withdraw(args: argparse.Namespace, desk: Desk) -> int:
    """Withdraw a consent and say what was deleted with it."""
    from propdesk.services.consents import withdraw_consent

    on = read_day(args.on) if args.on else desk.today
    with desk.office(write=True, create=False):
        done = withdraw_consent(args.id, on=on, by=desk.staff(args.by).id, now=desk.now)
    desk.say(_("Consent {id} is withdrawn.").format(id=args.id))
    if done.deleted:
        fields = ", ".join(str(optional_field(code).label) for code in done.deleted)
        desk.say(_("Deleted with it: {fields}.").format(fields=fields))
    desk.json({**consent_json(done.consent), "deleted": list(done.deleted)})
    return 0
