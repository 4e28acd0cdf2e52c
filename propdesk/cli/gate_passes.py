"""`propdesk gate-pass write|list|void`: what is carried out past the gate (forms.md 5.7)."""

import argparse
from typing import Any

from propdesk.cli.desk import Desk, add_by, add_json, read_day
from propdesk.domain.gate_passes import GatePass, GatePassDraft
from propdesk.domain.masking import mask_phone
from propdesk.i18n import _
from propdesk.services.gate_passes import void_gate_pass, write_gate_pass
from propdesk.services.queries.gate_passes import find_gate_pass, list_gate_passes
from propdesk.services.queries.moves import find_move
from propdesk.services.queries.units import find_unit

_COMMUNITY = "--community"


def add_parsers(commands: Any) -> None:
    """Add `gate-pass` to the command line."""
    passes = commands.add_parser("gate-pass", help=_("passes for things carried out"))
    verbs = passes.add_subparsers(dest="verb", required=True, metavar="VERB")
    write = verbs.add_parser("write", help=_("write a pass; `print gate-pass` prints it"))
    write.add_argument("unit", metavar="3-2-501")
    write.add_argument(_COMMUNITY, default="", help=_("where several have this house"))
    write.add_argument("--carrier", required=True, metavar="NAME")
    write.add_argument("--items", required=True, help=_("what is carried out"))
    write.add_argument("--phone", default="", metavar="N")
    write.add_argument("--plate", default="")
    write.add_argument("--on", metavar="DAY", help=_("for which day (today)"))
    write.add_argument("--hours", default="", metavar="08:00-18:00")
    write.add_argument("--confirmed-by", default="", help=_("which owner agreed, how and when"))
    write.add_argument("--move", metavar="NUMBER", help=_("the move that it belongs to"))
    add_by(write)
    add_json(write)
    write.set_defaults(func=run_write_pass)
    show = verbs.add_parser("list", help=_("list the last passes"))
    show.add_argument("--unit", metavar="3-2-501")
    show.add_argument(_COMMUNITY, default="", help=_("where several have this house"))
    add_json(show)
    show.set_defaults(func=run_list_passes)
    void = verbs.add_parser("void", help=_("void a pass; its number stays"))
    void.add_argument("number")
    add_by(void)
    add_json(void)
    void.set_defaults(func=run_void_pass)


def pass_json(gate_pass: GatePass) -> dict[str, Any]:
    """Return a pass as its JSON object; the phone is masked."""
    return {
        "number": gate_pass.number,
        "unit": gate_pass.where,
        "carrier": gate_pass.carrier,
        "phone": mask_phone(gate_pass.carrier_phone) or None,
        "items": gate_pass.items,
        "plate": gate_pass.plate or None,
        "valid_on": gate_pass.valid_on.isoformat(),
        "hours": gate_pass.hours or None,
        "confirmed_by": gate_pass.confirmed_by or None,
        "move": gate_pass.move or None,
        "by": gate_pass.by,
        "voided_at": gate_pass.voided_at.isoformat() if gate_pass.voided_at else None,
    }


def run_write_pass(args: argparse.Namespace, desk: Desk) -> int:
    """Write a pass."""
    with desk.office(write=True):
        draft = GatePassDraft(
            carrier=args.carrier,
            items=args.items,
            valid_on=read_day(args.on) if args.on else None,
            hours=args.hours,
            carrier_phone=args.phone,
            plate=args.plate,
            confirmed_by=args.confirmed_by,
            move_id=find_move(args.move).id if args.move else None,
        )
        unit = find_unit(args.unit, args.community)
        written = write_gate_pass(unit.id, draft, by=desk.staff(args.by).id, now=desk.now)
    desk.say(_("Pass {number} is written.").format(number=written.number))
    desk.json(pass_json(written))
    return 0


def run_list_passes(args: argparse.Namespace, desk: Desk) -> int:
    """List the last passes, the newest first."""
    with desk.office(write=False):
        unit_id = find_unit(args.unit, args.community).id if args.unit else None
        found = list_gate_passes(unit_id=unit_id)
    for one in found:
        state = _("voided") if one.voided_at else ""
        line = f"{one.number}\t{one.valid_on}\t{one.where}\t{one.carrier}\t{one.plate}"
        desk.say(f"{line}\t{state}".rstrip())
    desk.json([pass_json(one) for one in found])
    return 0


def run_void_pass(args: argparse.Namespace, desk: Desk) -> int:
    """Void a pass."""
    with desk.office(write=True):
        found = find_gate_pass(args.number)
        voided = void_gate_pass(found.id, by=desk.staff(args.by).id, now=desk.now)
    desk.say(_("Pass {number} is void.").format(number=voided.number))
    desk.json(pass_json(voided))
    return 0
