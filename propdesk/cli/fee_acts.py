"""`propdesk fees act|acts|act-void|act-proof`: acts of urging and what proves them."""

import argparse
from pathlib import Path
from typing import Any

from propdesk.cli.desk import Desk, add_by, add_json, choice, read_day, read_time
from propdesk.cli.fee_office import fee_office
from propdesk.domain.dunning import Medium, Relation, Result, Stage, Way
from propdesk.domain.dunning_acts import PROOF_HINTS, ActDraft, DunningAct, act_words
from propdesk.domain.money import money_words
from propdesk.i18n import _


def add_fees_parsers(verbs: Any) -> None:
    """Add the verbs of acts of urging to `fees`."""
    act = verbs.add_parser("act", help=_("write an act of urging down"))
    _add_unit(act)
    act.add_argument("--stage", type=int, default=1, choices=[one.value for one in Stage])
    act.add_argument("--way", required=True, metavar="|".join(Way))
    act.add_argument("--result", required=True, metavar="|".join(Result))
    act.add_argument("--at", metavar="TIME", help=_("when it was done; without it, now"))
    act.add_argument("--done-by", default="", metavar="NAME", help=_("who did it"))
    act.add_argument("--witness", default="", metavar="NAME", help=_("the second person"))
    act.add_argument("--receiver", default="", metavar="NAME", help=_("who received it"))
    act.add_argument("--relation", metavar="|".join(Relation))
    act.add_argument(
        "--address", default="", metavar="TEXT", help=_("number called, account or address")
    )
    act.add_argument("--express", default="", metavar="NUMBER", help=_("number of the express"))
    act.add_argument("--arrived", metavar="DAY", help=_("the day on the return receipt"))
    act.add_argument(
        "--medium", metavar="|".join(Medium), help=_("of a public notice: what printed it")
    )
    act.add_argument("--letter", metavar="NUMBER", help=_("the letter that was delivered"))
    act.add_argument("--note", default="")
    act.add_argument("--reason", default="", help=_("why it was done although it is not usual"))
    act.add_argument(
        "--proof", action="append", default=[], type=Path, metavar="FILE",
        help=_("a photo or scan that proves it"),
    )  # fmt: skip
    add_by(act)
    add_json(act)
    act.set_defaults(func=run_act)
    acts = verbs.add_parser("acts", help=_("list the acts of urging of a house"))
    _add_unit(acts)
    acts.add_argument("--void", action="store_true", help=_("void ones, too"))
    add_by(acts)
    add_json(acts)
    acts.set_defaults(func=run_acts)
    proof = verbs.add_parser("act-proof", help=_("keep a photo or scan with an act"))
    proof.add_argument("id", type=int)
    proof.add_argument("files", nargs="+", type=Path, metavar="FILE")
    proof.add_argument("--caption", default="")
    add_by(proof)
    add_json(proof)
    proof.set_defaults(func=run_proof)
    void = verbs.add_parser("act-void", help=_("void an act that was written down by mistake"))
    void.add_argument("id", type=int)
    void.add_argument("--reason", required=True, help=_("why"))
    add_by(void)
    add_json(void)
    void.set_defaults(func=run_void)


def _add_unit(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("unit", metavar="3-2-501")
    parser.add_argument("--community", default="", help=_("where several have this house"))


def act_json(act: DunningAct) -> dict[str, Any]:
    """Return an act as its JSON object; money is in fen."""
    return {
        "id": act.id,
        "unit": act.unit,
        "letter": act.letter or None,
        "stage": act.stage.value,
        "way": act.way.value,
        "result": act.result.value,
        "at": act.at.isoformat(),
        "entered_at": act.entered_at.isoformat(),
        "by": act.by,
        "done_by": act.done_by,
        "witness": act.witness or None,
        "receiver": act.receiver or None,
        "relation": act.relation.value if act.relation else None,
        "address": act.address or None,
        "express_number": act.express_number or None,
        "arrived_on": act.arrived_on.isoformat() if act.arrived_on else None,
        "medium": act.medium.value if act.medium else None,
        "proved": act.has_proof,
        "proofs": act.proofs,
        "bills": list(act.bill_ids),
        "open_fen": act.open_fen,
        "note": act.note or None,
        "reason": act.override_reason or None,
        "voided": act.voided_at.isoformat() if act.voided_at else None,
        "void_reason": act.void_reason or None,
    }


def run_act(args: argparse.Namespace, desk: Desk) -> int:
    """Write an act down; its photos and scans come with it."""
    from propdesk.services.dunning_acts import add_proof, note_act
    from propdesk.services.queries.dunning_acts import get_act
    from propdesk.services.queries.fee_letters import find_fee_letter
    from propdesk.services.queries.units import find_unit

    at = read_time(args.at) if args.at else desk.now
    with desk.office(write=True, create=False) as office:
        by = desk.staff(args.by).id
        letter = find_fee_letter(args.letter) if args.letter else None
        draft = ActDraft(
            stage=letter.stage if letter else Stage(args.stage),
            way=choice(args.way, Way, _("way")),
            result=choice(args.result, Result, _("result")),
            at=at.replace(tzinfo=None, microsecond=0),
            done_by=args.done_by,
            witness=args.witness,
            receiver=args.receiver,
            relation=choice(args.relation, Relation, _("relation")) if args.relation else None,
            address=args.address,
            express_number=args.express,
            arrived_on=read_day(args.arrived) if args.arrived else None,
            letter_id=letter.id if letter else None,
            note=args.note,
            override_reason=args.reason,
            medium=choice(args.medium, Medium, _("medium")) if args.medium else None,
        )
        act = note_act(find_unit(args.unit, args.community).id, draft, by=by, now=desk.now)
        if args.proof:
            _kept, refused = add_proof(office, act.id, args.proof, by=by, now=desk.now)
            for one in refused:
                desk.say(one.text)
            act = get_act(act.id)
    desk.say(_line(act))
    if not act.has_proof and act.result in PROOF_HINTS:
        desk.say(str(PROOF_HINTS[act.result]))
    desk.json(act_json(act))
    return 0


def run_acts(args: argparse.Namespace, desk: Desk) -> int:
    """List the acts of a house, the earliest first."""
    from propdesk.services.queries.dunning_acts import list_acts
    from propdesk.services.queries.units import find_unit

    with fee_office(desk, args):
        found = list_acts(find_unit(args.unit, args.community).id, with_void=args.void)
    for act in found:
        desk.say(_line(act))
    desk.json([act_json(act) for act in found])
    return 0


def run_proof(args: argparse.Namespace, desk: Desk) -> int:
    """Keep photos and scans with an act."""
    from propdesk.services.dunning_acts import add_proof
    from propdesk.services.queries.dunning_acts import get_act

    with desk.office(write=True, create=False) as office:
        by = desk.staff(args.by).id
        kept, refused = add_proof(
            office, args.id, args.files, by=by, now=desk.now, caption=args.caption
        )
        act = get_act(args.id)
    for one in refused:
        desk.say(one.text)
    desk.say(_line(act))
    refusals = [{"name": one.name, "code": one.code, "text": one.text} for one in refused]
    desk.json({**act_json(act), "kept": len(kept), "refused": refusals})
    return 1 if refused else 0


def run_void(args: argparse.Namespace, desk: Desk) -> int:
    """Void an act; it stays with the reason."""
    from propdesk.services.dunning_acts import void_act

    with desk.office(write=True, create=False):
        act = void_act(args.id, args.reason, by=desk.staff(args.by).id, now=desk.now)
    desk.say(_line(act))
    desk.json(act_json(act))
    return 0


def _line(act: DunningAct) -> str:
    proof = _("proved") if act.has_proof else _("without proof")
    state = _("voided") if act.voided_at else proof
    return (
        f"{act.id}\t{act.unit}\t{act.at:%Y-%m-%d %H:%M}\t{act_words(act)}\t{act.letter}\t"
        f"{money_words(act.open_fen)}\t{state}"
    )
