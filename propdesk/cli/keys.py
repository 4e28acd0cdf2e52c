"""`propdesk keys give|return|lost|cancel|list`: who holds what of a house (R83)."""

import argparse
from typing import Any

from propdesk.cli.desk import Desk, add_by, add_json, choice, read_day
from propdesk.domain.money import money_words, parse_money
from propdesk.domain.unit_keys import (
    KEY_LABELS,
    OUTCOME_LABELS,
    KeyDraft,
    KeyKind,
    KeyOutcome,
    UnitKey,
    lost_hint,
)
from propdesk.i18n import _
from propdesk.services.queries.unit_keys import get_key, list_all_keys, list_keys
from propdesk.services.queries.units import find_unit
from propdesk.services.unit_keys import end_key, give_key

_COMMUNITY = "--community"


def add_parsers(commands: Any) -> None:
    """Add `keys` to the command line."""
    keys = commands.add_parser("keys", help=_("keys and cards of the houses"))
    verbs = keys.add_subparsers(dest="verb", required=True, metavar="VERB")
    give = verbs.add_parser("give", help=_("hand out keys, or keep an owner's for him"))
    give.add_argument("unit", metavar="3-2-501")
    give.add_argument(_COMMUNITY, default="", help=_("where several have this house"))
    give.add_argument("--kind", required=True, metavar="|".join(KeyKind))
    give.add_argument("--count", type=int, default=1, metavar="N")
    give.add_argument("--holder", default="", metavar="NAME", help=_("who takes them"))
    give.add_argument("--label", default="", help=_("the number on the card or key"))
    give.add_argument("--deposit", default="0", metavar="YUAN")
    give.add_argument("--on", metavar="DAY", help=_("when it was (today)"))
    give.add_argument("--with-office", action="store_true", help=_("left with the office"))
    give.add_argument("--note", default="")
    add_by(give)
    add_json(give)
    give.set_defaults(func=run_give)
    for verb, outcome, words in (
        ("return", KeyOutcome.RETURNED, _("keys came back; the deposit goes back with them")),
        ("lost", KeyOutcome.LOST, _("keys were lost")),
        ("cancel", KeyOutcome.CANCELLED, _("a card was cancelled in the gate system")),
    ):
        end = verbs.add_parser(verb, help=words)
        end.add_argument("id", type=int)
        end.add_argument("--count", type=int, metavar="N", help=_("only so many of them"))
        end.add_argument("--deposit-back", metavar="YUAN")
        end.add_argument("--on", metavar="DAY", help=_("when it was (today)"))
        end.add_argument("--note", default="")
        add_by(end)
        add_json(end)
        end.set_defaults(func=run_end, outcome=outcome)
    show = verbs.add_parser("list", help=_("who holds what, of a house or of all"))
    show.add_argument("--unit", metavar="3-2-501")
    show.add_argument(_COMMUNITY, default="", help=_("where several have this house"))
    show.add_argument("--find", default="", metavar="WORDS", help=_("house, holder or label"))
    show.add_argument("--with-office", action="store_true", help=_("what the office keeps"))
    show.add_argument("--outcome", metavar="|".join(KeyOutcome), help=_("what is no longer out"))
    add_json(show)
    show.set_defaults(func=run_list)


def key_json(key: UnitKey) -> dict[str, Any]:
    """Return keys as their JSON object."""
    return {
        "id": key.id,
        "unit": key.where,
        "kind": key.kind.value,
        "label": key.label or None,
        "count": key.count,
        "holder": key.holder or None,
        "deposit": key.deposit_fen,
        "deposit_back": key.deposit_back_fen,
        "from": key.from_on.isoformat(),
        "ended_on": key.ended_on.isoformat() if key.ended_on else None,
        "outcome": key.outcome.value if key.outcome else None,
        "with_office": key.with_office,
        "note": key.note or None,
    }


def run_give(args: argparse.Namespace, desk: Desk) -> int:
    """Hand out keys."""
    draft = KeyDraft(
        kind=choice(args.kind, KeyKind, _("kind")),
        count=args.count,
        holder=args.holder,
        label=args.label,
        deposit_fen=parse_money(args.deposit),
        from_on=read_day(args.on) if args.on else None,
        with_office=args.with_office,
        note=args.note,
    )
    with desk.office(write=True):
        unit = find_unit(args.unit, args.community)
        key = give_key(unit.id, draft, by=desk.staff(args.by).id, now=desk.now)
    desk.say(_("Stored as number {id}: {what}.").format(id=key.id, what=key.words))
    desk.json(key_json(key))
    return 0


def run_end(args: argparse.Namespace, desk: Desk) -> int:
    """Note what became of keys."""
    with desk.office(write=True):
        key = end_key(
            args.id,
            args.outcome,
            version=get_key(args.id).version,
            by=desk.staff(args.by).id,
            now=desk.now,
            count=args.count,
            on=read_day(args.on) if args.on else None,
            back_fen=parse_money(args.deposit_back) if args.deposit_back else None,
            note=args.note,
        )
    desk.say(f"{key.words}: {OUTCOME_LABELS[args.outcome]}")
    hint = lost_hint(key.kind) if key.outcome is KeyOutcome.LOST else ""
    if hint:
        desk.say(hint)
    desk.json(key_json(key) | {"hint": hint or None})
    return 0


def run_list(args: argparse.Namespace, desk: Desk) -> int:
    """List the keys of a house with their history, or what is out of all houses."""
    with desk.office(write=False):
        if args.unit:
            found = list_keys(find_unit(args.unit, args.community).id)
        else:
            found = list_all_keys(
                words=args.find,
                with_office=True if args.with_office else None,
                outcome=choice(args.outcome, KeyOutcome, _("outcome")) if args.outcome else None,
                limit=50_000,
            )
    for key in found:
        state = str(OUTCOME_LABELS[key.outcome]) if key.outcome else ""
        if key.is_held and key.with_office:
            state = _("Kept by the office")
        words = (
            str(key.id), key.where, str(KEY_LABELS[key.kind]), key.label, str(key.count),
            key.holder, str(key.from_on), money_words(key.deposit_fen), state,
        )  # fmt: skip
        desk.say("\t".join(words).rstrip())
    desk.json([key_json(key) for key in found])
    return 0
