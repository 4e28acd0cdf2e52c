"""`propdesk decorations`: applied for, told, permitted, patrolled, accepted (R101; 945, 942)."""

import argparse
from dataclasses import replace
from typing import Any

from propdesk.cli.decoration_patrols import add_patrols, patrol_json, patrol_line
from propdesk.cli.desk import Desk, add_by, add_json, choice
from propdesk.cli.house_words import add_at, add_house, day_of, day_words, house, read_at
from propdesk.domain.decorations import (
    DEPOSIT_SOURCE,
    PATROL_SOURCE,
    STAGE_LABELS,
    Decoration,
    DecorationDraft,
    structure_warning,
)
from propdesk.domain.money import money_words, parse_money
from propdesk.i18n import _
from propdesk.services.decorations import (
    accept_decoration,
    apply_decoration,
    cancel_decoration,
    change_decoration,
    permit_decoration,
    return_deposit,
)
from propdesk.services.queries.decorations import (
    DecorationGroup,
    DecorationRow,
    find_decoration,
    get_decoration_row,
    list_decorations,
    list_patrols,
    list_told,
    list_works,
)

ALL_TOLD = "all"


def add_parsers(commands: Any) -> None:
    """Add `decorations` to the command line."""
    nouns = commands.add_parser("decorations", help=_("decoration files: permits and patrols"))
    verbs = nouns.add_subparsers(dest="verb", required=True, metavar="VERB")
    apply = verbs.add_parser("apply", help=_("take down what an owner tells before he decorates"))
    add_house(apply)
    change = verbs.add_parser("change", help=_("correct a file, put off its last day"))
    change.add_argument("number")
    for parser, run in ((apply, run_apply), (change, run_change)):
        _add_words(parser, is_new=parser is apply)
        parser.set_defaults(func=run)
    permit = verbs.add_parser("permit", help=_("permit the works; what is missing is named"))
    accept = verbs.add_parser("accept", help=_("the finished works were accepted"))
    accept.add_argument("--on", metavar="DAY")
    accept.add_argument("--text", default="", help=_("what the acceptance says"))
    cancel = verbs.add_parser("cancel", help=_("there will be no works"))
    cancel.add_argument("--reason", required=True)
    deposit = verbs.add_parser("deposit", help=_("the deposit goes back, whole or in part"))
    deposit.add_argument("--returned", required=True, metavar="YUAN")
    deposit.add_argument("--reason", default="", help=_("what the rest is kept back for"))
    deposit.add_argument("--on", metavar="DAY")
    acts = ((permit, run_permit), (accept, run_accept), (cancel, run_cancel),
            (deposit, run_deposit))  # fmt: skip
    for parser, run in acts:
        parser.add_argument("number")
        parser.set_defaults(func=run)
    for parser in (apply, change, permit, accept, cancel, deposit):
        add_at(parser, _("when it is entered"))
        add_by(parser)
        add_json(parser)
    add_patrols(verbs)
    _add_lists(verbs)


def _add_words(parser: argparse.ArgumentParser, *, is_new: bool) -> None:
    parser.add_argument("--applicant", metavar="NAME", required=is_new)
    parser.add_argument("--scope", metavar="TEXT", required=is_new, help=_("which works"))
    parser.add_argument("--from", dest="from_on", metavar="DAY", help=_("the first day"))
    parser.add_argument("--until", dest="until_on", metavar="DAY", help=_("the last day"))
    parser.add_argument("--company", metavar="NAME")
    parser.add_argument("--foreman", metavar="NAME")
    parser.add_argument("--phone", metavar="N", help=_("the foreman's"))
    parser.add_argument("--workers", type=int, metavar="N")
    parser.add_argument(
        "--structure",
        action=argparse.BooleanOptionalAction,
        default=None,
        help=_("the works touch the load-bearing structure"),
    )
    parser.add_argument(
        "--scheme", metavar="TEXT", help=_("the design institute's scheme: name and number")
    )
    parser.add_argument(
        "--told", nargs="+", metavar="CODE", help=_("what the owner was told; all = everything")
    )
    parser.add_argument("--deposit", metavar="YUAN")
    parser.add_argument("--deposit-note", metavar="TEXT", help=_("the receipt's number"))
    parser.add_argument("--note", metavar="TEXT")


def _add_lists(verbs: Any) -> None:
    show = verbs.add_parser("list", help=_("the decorations of the office, in walking order"))
    show.add_argument("--unit", metavar="UNIT", default="", help=_("all of one house"))
    show.add_argument("--community", default="", help=_("where several have this house"))
    show.add_argument("--group", default=DecorationGroup.OPEN.value,
                      metavar="|".join(DecorationGroup))  # fmt: skip
    show.set_defaults(func=run_list)
    one = verbs.add_parser("show", help=_("the file of one decoration, with its patrols"))
    one.add_argument("number")
    one.set_defaults(func=run_show)
    told = verbs.add_parser("told", help=_("what an owner is told, with the codes of --told"))
    told.set_defaults(func=run_told)
    for parser in (show, one, told):
        add_json(parser)


def decoration_json(row: DecorationRow) -> dict[str, Any]:
    """Return a decoration as its JSON object."""
    one = row.decoration
    return {
        "number": one.number,
        "unit": one.house,
        "stage": row.stage.value,
        "applied_on": day_words(one.applied_on),
        "permitted_on": day_words(one.permitted_on) or None,
        "permitted_by": one.permitted_by or None,
        "from_on": day_words(one.from_on) or None,
        "until_on": day_words(one.until_on) or None,
        "accepted_on": day_words(one.accepted_on) or None,
        "cancelled_on": day_words(one.cancelled_on) or None,
        "applicant": one.applicant,
        "company": one.company or None,
        "foreman": one.foreman or None,
        "phone": one.phone or None,
        "workers": one.workers,
        "scope": one.scope,
        "touches_structure": one.touches_structure,
        "scheme": one.structure_consent or None,
        "told": sorted(one.told),
        "deposit_fen": one.deposit_fen,
        "deposit_note": one.deposit_note or None,
        "deposit_returned_fen": one.deposit_returned_fen,
        "deposit_returned_on": day_words(one.deposit_returned_on) or None,
        "deduction_reason": one.deduction_reason or None,
        "deposit_due_on": day_words(row.deposit_due_on) or None,
        "last_patrol_on": day_words(row.last_patrol_on) or None,
        "patrol_due_on": day_words(row.patrol_due_on) or None,
        "patrol_due": row.is_patrol_due,
        "open_findings": row.findings,
        "rectify_by": day_words(row.rectify_by) or None,
        "outcome": one.outcome or None,
        "note": one.note or None,
        "sources": {"patrol": str(PATROL_SOURCE), "deposit": str(DEPOSIT_SOURCE)},
    }


def run_apply(args: argparse.Namespace, desk: Desk) -> int:
    """Take an application."""
    read_at(args, desk)
    with desk.office(write=True):
        unit = house(args)
        draft = _draft(args, DecorationDraft(applicant="", scope=""))
        made = apply_decoration(unit.id, draft, by=desk.staff(args.by).id, now=desk.now)
        row = get_decoration_row(made.id, today=desk.today)
    return _stored(desk, row, _("{number} is applied for, for {house}."))


def run_change(args: argparse.Namespace, desk: Desk) -> int:
    """Correct a file."""
    read_at(args, desk)
    with desk.office(write=True):
        present = find_decoration(args.number)
        before = DecorationDraft(
            applicant=present.applicant,
            scope=present.scope,
            from_on=present.from_on,
            until_on=present.until_on,
            company=present.company,
            foreman=present.foreman,
            phone=present.phone,
            workers=present.workers,
            touches_structure=present.touches_structure,
            structure_consent=present.structure_consent,
            told=present.told,
            deposit_fen=present.deposit_fen,
            deposit_note=present.deposit_note,
            note=present.note,
        )
        by = desk.staff(args.by).id
        made = change_decoration(
            present.id, _draft(args, before), version=present.version, by=by, now=desk.now
        )
        row = get_decoration_row(made.id, today=desk.today)
    return _stored(desk, row, _("{number} of {house} is changed."))


def _draft(args: argparse.Namespace, before: DecorationDraft) -> DecorationDraft:
    said = {
        name: value
        for name in ("applicant", "scope", "company", "foreman", "phone", "workers",
                     "deposit_note", "note")
        if (value := getattr(args, name)) is not None
    }  # fmt: skip
    told = before.told
    if args.told is not None:
        told = frozenset(list_told() if args.told == [ALL_TOLD] else args.told)
    return replace(
        before,
        from_on=day_of(args.from_on, before.from_on),
        until_on=day_of(args.until_on, before.until_on),
        touches_structure=before.touches_structure if args.structure is None else args.structure,
        structure_consent=before.structure_consent if args.scheme is None else args.scheme,
        told=told,
        deposit_fen=before.deposit_fen if args.deposit is None else parse_money(args.deposit),
        **said,
    )


def run_permit(args: argparse.Namespace, desk: Desk) -> int:
    """Permit the works."""
    read_at(args, desk)
    with desk.office(write=True):
        made = permit_decoration(_id(args), by=desk.staff(args.by).id, now=desk.now)
        row = get_decoration_row(made.id, today=desk.today)
    return _stored(desk, row, _("{number} of {house} is permitted; print the permit."))


def run_accept(args: argparse.Namespace, desk: Desk) -> int:
    """Note that the works were accepted."""
    read_at(args, desk)
    with desk.office(write=True):
        made = accept_decoration(
            _id(args), outcome=args.text, on=day_of(args.on), by=desk.staff(args.by).id,
            now=desk.now,
        )  # fmt: skip
        row = get_decoration_row(made.id, today=desk.today)
    return _stored(desk, row, _("{number} of {house} is accepted."))


def run_cancel(args: argparse.Namespace, desk: Desk) -> int:
    """Close a file whose works never came."""
    read_at(args, desk)
    with desk.office(write=True):
        made = cancel_decoration(
            _id(args), reason=args.reason, by=desk.staff(args.by).id, now=desk.now
        )
        row = get_decoration_row(made.id, today=desk.today)
    return _stored(desk, row, _("{number} of {house} is cancelled."))


def run_deposit(args: argparse.Namespace, desk: Desk) -> int:
    """Note what of the deposit went back."""
    read_at(args, desk)
    with desk.office(write=True):
        made = return_deposit(
            _id(args),
            returned_fen=parse_money(args.returned),
            reason=args.reason,
            on=day_of(args.on),
            by=desk.staff(args.by).id,
            now=desk.now,
        )
        row = get_decoration_row(made.id, today=desk.today)
    return _stored(desk, row, _("The deposit of {number}, {house}, went back."))


def _id(args: argparse.Namespace) -> int:
    return find_decoration(args.number).id


def _stored(desk: Desk, row: DecorationRow, sentence: str) -> int:
    one = row.decoration
    desk.say(sentence.format(number=one.number, house=one.house))
    if one.touches_structure and one.accepted_on is None and one.cancelled_on is None:
        desk.say(structure_warning())
    desk.json(decoration_json(row))
    return 0


def run_list(args: argparse.Namespace, desk: Desk) -> int:
    """List the decorations under way, or those of a house."""
    with desk.office(write=False):
        if args.unit:
            found = list_decorations(house(args).id, today=desk.today)
        else:
            group = choice(args.group, DecorationGroup, _("group"))
            found = list_works(group, today=desk.today)
    for row in found:
        desk.say(_line(row))
    desk.json([decoration_json(row) for row in found])
    return 0


def _line(row: DecorationRow) -> str:
    one = row.decoration
    days = f"{day_words(one.from_on)}–{day_words(one.until_on)}"
    stage = str(STAGE_LABELS[row.stage])
    words = [one.number, one.house, stage, days, one.company or one.foreman]
    if row.patrol_due_on is not None:
        words.append(_("look by {day}").format(day=row.patrol_due_on))
    if row.findings:
        words.append(_("findings open: {count}").format(count=row.findings))
    if row.deposit_due_on is not None:
        words.append(_("deposit back by {day}").format(day=row.deposit_due_on))
    return "\t".join(words)


def run_show(args: argparse.Namespace, desk: Desk) -> int:
    """Show the file of one decoration."""
    with desk.office(write=False):
        row = get_decoration_row(_id(args), today=desk.today)
        patrols = list_patrols(row.decoration.id)
        told = list_told()
    desk.say(_line(row))
    for words in _facts(row.decoration, told):
        desk.say(words)
    for patrol in patrols:
        desk.say(patrol_line(patrol))
    desk.json({**decoration_json(row), "patrols": [patrol_json(one) for one in patrols]})
    return 0


def _facts(one: Decoration, told: Any) -> list[str]:
    facts = [one.applicant, one.scope]
    if one.touches_structure:
        facts += [structure_warning(), one.structure_consent]
    if one.deposit_fen:
        facts.append(_("Deposit {amount} yuan").format(amount=money_words(one.deposit_fen)))
    facts.append(_("Told: {count} of {all}").format(count=len(one.told), all=len(told)))
    return [fact for fact in facts if fact]


def run_told(_args: argparse.Namespace, desk: Desk) -> int:
    """List what an owner is told."""
    with desk.office(write=False):
        told = list_told()
    for code, words in told.items():
        desk.say(f"{code}\t{words}")
    desk.json(dict(told))
    return 0
