"""`propdesk moves record|list|show|settle|void`: who comes and who leaves (R83, R84)."""

import argparse
from collections.abc import Sequence
from datetime import date
from typing import Any

from propdesk.cli.desk import Desk, add_by, add_json, choice, read_day
from propdesk.domain.errors import RuleError
from propdesk.domain.leave_reasons import REFERENCE_PERCENT, LeaveReason
from propdesk.domain.masking import mask_phone
from propdesk.domain.moves import (
    MOVE_LABELS,
    Meter,
    Move,
    MoveDraft,
    MoveKind,
    Newcomer,
    SettleDraft,
    Staying,
    usual_leavers,
    usual_state,
)
from propdesk.domain.persons import ResidentRole, is_phone
from propdesk.domain.settlements import (
    SettlementLine,
    line_to_stored,
    read_settlement_line,
    refill_settlement,
    sum_settlement,
)
from propdesk.domain.shares import read_share
from propdesk.domain.texts import fold
from propdesk.domain.units import UnitState
from propdesk.i18n import _
from propdesk.services.moves import record_move, settle_move, void_move
from propdesk.services.queries.fee_access import check_sees_fees
from propdesk.services.queries.moves import (
    find_move,
    list_effects,
    list_keys_due,
    list_moves,
    list_open_tickets,
    list_staying,
)
from propdesk.services.queries.settlements import propose_settlement
from propdesk.services.queries.units import find_unit

KEEP = "keep"


def add_parsers(commands: Any) -> None:
    """Add `moves` to the command line."""
    nouns = commands.add_parser("moves", help=_("who moves in and out, changes of owner, leases"))
    verbs = nouns.add_subparsers(dest="verb", required=True, metavar="VERB")
    _add_record(verbs)
    show = verbs.add_parser("list", help=_("list moves, the latest first"))
    show.add_argument("--unit", metavar="3-2-501")
    show.add_argument("--community", default="", help=_("where several have this house"))
    show.add_argument("--kind", metavar="|".join(MoveKind))
    show.add_argument("--from", dest="from_on", metavar="DAY", help=_("the first day"))
    show.add_argument("--to", dest="to_on", metavar="DAY", help=_("the last day"))
    show.add_argument("--open", action="store_true", help=_("whose settlement waits"))
    add_json(show)
    show.set_defaults(func=run_list)
    one = verbs.add_parser("show", help=_("show a move with all that was kept"))
    one.add_argument("number")
    add_json(one)
    one.set_defaults(func=run_show)
    settle = verbs.add_parser("settle", help=_("write the settlement of a move"))
    settle.add_argument("number")
    _add_settlement(settle)
    add_by(settle)
    add_json(settle)
    settle.set_defaults(func=run_settle)
    void = verbs.add_parser("void", help=_("void a move; its number stays"))
    void.add_argument("number")
    void.add_argument("--reason", required=True, help=_("why"))
    add_by(void)
    add_json(void)
    void.set_defaults(func=run_void)


def _add_record(verbs: Any) -> None:
    record = verbs.add_parser("record", help=_("record a move; it ends and begins stays"))
    record.add_argument("unit", metavar="3-2-501")
    record.add_argument("--community", default="", help=_("where several have this house"))
    record.add_argument("--kind", required=True, metavar="|".join(MoveKind))
    record.add_argument("--on", required=True, metavar="DAY", help=_("the day of the move"))
    record.add_argument("--until", metavar="DAY", help=_("until when the lease or right lasts"))
    record.add_argument("--told", metavar="DAY", help=_("when the owner told the office"))
    record.add_argument("--reason", metavar="|".join(LeaveReason), help=_("why they leave"))
    record.add_argument("--reason-text", default="", help=_("the reason in words"))
    record.add_argument(
        "--coming",
        action="append",
        default=[],
        metavar="NAME|#ID[,ROLE][,1/2][,PHONE]",
        help=_("who comes; # is a person of the register"),
    )
    record.add_argument(
        "--leaving", action="append", default=[], metavar="NAME", help=_("who leaves, if not all")
    )
    states = "|".join([*UnitState, KEEP])
    record.add_argument("--state", metavar=states, help=_("what the house then is"))
    record.add_argument("--minors", type=int, metavar="COUNT",
                        help=_("how many children under 14 then live there"))  # fmt: skip
    record.add_argument("--handled-by", default="", metavar="NAME", help=_("who dealt with it"))
    _add_settlement(record)
    add_by(record)
    add_json(record)
    record.set_defaults(func=run_record)


def _add_settlement(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--item",
        action="append",
        default=None,
        metavar="ITEM=DUE/PAID/DEPOSIT",
        help=_("a line of the settlement"),
    )
    parser.add_argument(
        "--from-bills", action="store_true", help=_("the lines of the house's bills and deposits")
    )
    parser.add_argument("--settled", metavar="DAY", help=_("when all was settled"))
    parser.add_argument(
        "--meter", action="append", default=None, metavar="water=120.5", help=_("a reading")
    )
    parser.add_argument("--new-address", help=_("where they move to"))
    parser.add_argument("--new-phone", metavar="N")
    parser.add_argument("--note")
    parser.add_argument("--open-reason", help=_("why they leave with something open"))


def move_json(move: Move) -> dict[str, Any]:
    """Return a move as its JSON object; phones are masked."""
    sums = sum_settlement(move.settlement)
    return {
        "number": move.number,
        "unit": move.where,
        "kind": move.kind.value,
        "on": move.on_day.isoformat(),
        "until": _iso(move.until_on),
        "told_on": _iso(move.told_on),
        "reason": move.reason.value if move.reason else None,
        "reference_percent": REFERENCE_PERCENT.get(move.reason) if move.reason else None,
        "reason_text": move.reason_text or None,
        "name": move.name or None,
        "handled_by": move.handled_by or None,
        "meters": {meter.value: reading for meter, reading in move.meters.items()},
        "settlement": [
            line_to_stored(line) | {"difference": line.difference_fen} for line in move.settlement
        ],
        "sums": {
            "due": sums.due_fen,
            "paid": sums.paid_fen,
            "difference": sums.difference_fen,
            "deposit": sums.deposit_fen,
            "balance": sums.balance_fen,
        },
        "settled_on": _iso(move.settled_on),
        "open": move.is_open,
        "open_reason": move.open_reason or None,
        "new_address": move.new_address or None,
        "new_phone": mask_phone(move.new_phone) or None,
        "note": move.note or None,
        "entered_at": move.entered_at.isoformat(),
        "by": move.by,
        "voided_at": move.voided_at.isoformat() if move.voided_at else None,
        "void_reason": move.void_reason or None,
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def read_newcomer(text: str) -> Newcomer:
    """Return who comes: a name or `#ID`, then role, share and phones in any order."""
    name, *rest = (part.strip() for part in text.split(","))
    newcomer: dict[str, Any] = {}
    if name.startswith("#") and name[1:].isdecimal():
        newcomer["person_id"] = int(name[1:])
    else:
        newcomer["name"] = name
    phones = []
    for part in rest:
        if part in set(ResidentRole):
            newcomer["role"] = ResidentRole(part)
        elif is_phone(part):
            phones.append(part)
        else:
            try:
                newcomer["share"] = read_share(part)
            except ValueError as error:
                raise RuleError("share-unreadable", str(error)) from error
    return Newcomer(**newcomer, phones=tuple(phones))


def _leaving(names: Sequence[str], kind: MoveKind, present: Sequence[Staying]) -> tuple[int, ...]:
    """Return the stays that end: those of the named people, or the usual ones."""
    if not names:
        return usual_leavers(kind, present)
    found: list[int] = []
    for name in names:
        same = [one for one in present if fold(one.name) == fold(name)]
        if len({one.person_id for one in same}) != 1:
            raise RuleError(
                "resident-unknown",
                _("«{name}» does not name one person of this house; there are {known}.").format(
                    name=name[:40], known=", ".join(one.name for one in present)
                ),
            )
        found += [one.residency_id for one in same]
    return tuple(found)


def _meters(words: Sequence[str] | None) -> dict[Meter, str]:
    meters = {}
    for word in words or ():
        meter, _equals, reading = word.partition("=")
        meters[choice(meter, Meter, _("meter"))] = reading.strip()
    return meters


def _lines(words: Sequence[str] | None) -> tuple[SettlementLine, ...]:
    return tuple(map(read_settlement_line, words or ()))


def _day(text: str | None) -> date | None:
    return read_day(text) if text else None


def run_record(args: argparse.Namespace, desk: Desk) -> int:
    """Record a move; who leaves and what the house then is are the usual ones unless said."""
    kind = choice(args.kind, MoveKind, _("kind"))
    on_day = read_day(args.on)
    coming = tuple(map(read_newcomer, args.coming))
    with desk.office(write=True):
        unit = find_unit(args.unit, args.community)
        present = list_staying(unit.id, on_day)
        leaving = _leaving(args.leaving, kind, present)
        if args.state is None:
            state = usual_state(kind, present, leaving)
        else:
            state = None if args.state == KEEP else choice(args.state, UnitState, _("state"), KEEP)
        draft = MoveDraft(
            kind=kind,
            on_day=on_day,
            until_on=_day(args.until),
            told_on=_day(args.told),
            reason=choice(args.reason, LeaveReason, _("reason")) if args.reason else None,
            reason_text=args.reason_text,
            coming=coming,
            leaving=leaving,
            state=state,
            minors=args.minors,
            handled_by=args.handled_by,
            meters=_meters(args.meter),
            settlement=_settlement(args, desk, unit.id, on_day, min(on_day, desk.today)),
            settled_on=_day(args.settled),
            new_address=args.new_address or "",
            new_phone=args.new_phone or "",
            note=args.note or "",
            open_reason=args.open_reason or "",
        )
        move = record_move(unit.id, draft, by=desk.staff(args.by).id, now=desk.now)
        _tell(desk, move, _("Move {number} is recorded.").format(number=move.number))
    return 0


def _settlement(
    args: argparse.Namespace, desk: Desk, unit_id: int, on_day: date, since: date
) -> tuple[SettlementLine, ...]:
    """Return the lines of the house's figures, where they are asked for, and those typed."""
    typed = _lines(args.item)
    if not args.from_bills:
        return typed
    check_sees_fees(desk.staff(args.by).id)
    found = propose_settlement(unit_id, on_day, since)
    for note in found.notes(on_day):
        desk.say(note)
    return refill_settlement(typed, found.lines)


def run_settle(args: argparse.Namespace, desk: Desk) -> int:
    """Write the settlement of a move; what is not said stays as it was."""
    with desk.office(write=True):
        move = find_move(args.number)
        keeps = args.item is None and not args.from_bills
        since = min(move.on_day, move.entered_at.date())
        draft = SettleDraft(
            settlement=move.settlement
            if keeps
            else _settlement(args, desk, move.unit_id, move.on_day, since),
            settled_on=move.settled_on if args.settled is None else read_day(args.settled),
            meters=dict(move.meters) | _meters(args.meter),
            new_address=move.new_address if args.new_address is None else args.new_address,
            new_phone=move.new_phone if args.new_phone is None else args.new_phone,
            note=move.note if args.note is None else args.note,
            open_reason=args.open_reason or "",
        )
        by = desk.staff(args.by).id
        move = settle_move(move.id, draft, version=move.version, by=by, now=desk.now)
        _tell(desk, move, _("The settlement of {number} is stored.").format(number=move.number))
    return 0


def run_void(args: argparse.Namespace, desk: Desk) -> int:
    """Void a move, and say what it did, so that it can be taken back by hand."""
    with desk.office(write=True):
        move = find_move(args.number)
        by = desk.staff(args.by).id
        move = void_move(move.id, args.reason, version=move.version, by=by, now=desk.now)
        effects = list_effects(move)
    desk.say(_("Move {number} is void.").format(number=move.number))
    if effects:
        desk.say(_("It did this, take it back by hand: {list}.").format(list="; ".join(effects)))
    desk.json(move_json(move) | {"effects": list(effects)})
    return 0


def run_list(args: argparse.Namespace, desk: Desk) -> int:
    """List moves, the latest first."""
    with desk.office(write=False):
        found = list_moves(
            unit_id=find_unit(args.unit, args.community).id if args.unit else None,
            kind=choice(args.kind, MoveKind, _("kind")) if args.kind else None,
            from_on=_day(args.from_on),
            to_on=_day(args.to_on),
            open_only=args.open,
            limit=5000,
        )
    for one in found:
        state = _("voided") if one.voided_at else _("open") if one.is_open else ""
        line = f"{one.number}\t{one.on_day}\t{one.where}\t{MOVE_LABELS[one.kind]}\t{one.name}"
        desk.say(f"{line}\t{state}".rstrip())
    desk.json([move_json(one) for one in found])
    return 0


def run_show(args: argparse.Namespace, desk: Desk) -> int:
    """Show a move, what it did to the house, and what is still open."""
    with desk.office(write=False):
        move = find_move(args.number)
        _tell(desk, move, f"{move.number}\t{move.on_day}\t{move.where}\t{MOVE_LABELS[move.kind]}")
    return 0


def _tell(desk: Desk, move: Move, first: str) -> None:
    """Say what came of a move: its effects, keys that are out, tickets that stay open."""
    effects = list_effects(move)
    keys = list_keys_due(move)
    tickets = list_open_tickets(move.unit_id)
    desk.say(first)
    for words in effects:
        desk.say(f"  {words}")
    if keys:
        listed = "; ".join(f"{key.words} ({key.holder})" for key in keys)
        desk.say(_("Not returned: {list}").format(list=listed))
    if tickets:
        desk.say(_("Open tickets stay with the house: {list}").format(list=", ".join(tickets)))
    desk.json(
        move_json(move)
        | {
            "effects": list(effects),
            "keys_out": [key.id for key in keys],
            "open_tickets": list(tickets),
        }
    )
