"""`propdesk fees remind|letters|letter|lint`: reminders in stages, their letters, their linter."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from propdesk.cli.desk import Desk, add_by, add_json, choice, read_day, read_text, read_time
from propdesk.cli.fee_office import fee_office
from propdesk.cli.printed import add_paper_language, paper_language, tell_replaced
from propdesk.domain.dunning import LETTER_STATE_LABELS, STAGE_LABELS, LetterState
from propdesk.domain.errors import RuleError
from propdesk.domain.money import money_words
from propdesk.i18n import _, ngettext

if TYPE_CHECKING:
    from propdesk.services.fee_letters import MadeLetters, Warned
    from propdesk.services.queries.fee_letters import FeeLetter, RipeHouse

_SHOWN = 20


def add_fees_parsers(verbs: Any) -> None:
    """Add the verbs of letters to `fees`."""
    _add_remind(verbs)
    show = verbs.add_parser("letters", help=_("list the fee letters"))
    show.add_argument("unit", nargs="?", metavar="3-2-501")
    show.add_argument("--stage", metavar="0-6")
    show.add_argument("--state", metavar="|".join(LetterState))
    show.add_argument("--batch", type=int, metavar="N")
    add_by(show)
    add_json(show)
    show.set_defaults(func=run_letters)
    _add_letter(verbs)
    lint = verbs.add_parser("lint", help=_("look for what may not stand on a paper about fees"))
    lint.add_argument("file", type=Path, metavar="FILE.txt")
    add_json(lint)
    lint.set_defaults(func=run_lint)


def _add_remind(verbs: Any) -> None:
    remind = verbs.add_parser(
        "remind", help=_("write the letters of a stage to all houses that are ripe for it")
    )
    remind.add_argument("--stage", required=True, metavar="0-6")
    remind.add_argument("--building", default="", metavar="NAME")
    remind.add_argument("--unit", action="append", default=[], metavar="3-2-501")
    remind.add_argument("--again", action="store_true", help=_("chosen houses, once more"))
    remind.add_argument(
        "--override", default="", metavar="REASON", help=_("why held houses are urged, too")
    )
    remind.add_argument("--pay-by", metavar="DAY", help=_("a later day than the stage grants"))
    remind.add_argument("--dry-run", action="store_true", help=_("only say who is ripe"))
    remind.add_argument("--duplex", action="store_true", help=_("for printing on both sides"))
    remind.add_argument("--continuous", action="store_true", help=_("bill notices on 241-2 paper"))
    remind.add_argument("-o", "--output", type=Path, metavar="FILE.pdf")
    remind.add_argument("--list", type=Path, metavar="FILE.pdf", help=_("the delivery list"))
    add_paper_language(remind)
    add_by(remind)
    add_json(remind)
    remind.set_defaults(func=run_remind)


def _add_letter(verbs: Any) -> None:
    letter = verbs.add_parser("letter", help=_("a letter's way: show, approve, send, withdraw"))
    acts = letter.add_subparsers(dest="act", required=True, metavar="ACT")
    show = acts.add_parser("show", help=_("show what a letter says and what it lacks"))
    show.add_argument("number")
    add_by(show)
    add_json(show)
    show.set_defaults(func=run_show)
    for name, function, words in (
        ("approve", run_approve, _("approve drafts: a letter or a whole batch")),
        ("send", run_send, _("note that printed letters went out")),
    ):
        act = acts.add_parser(name, help=words)
        act.add_argument("number", nargs="*")
        act.add_argument("--batch", type=int, metavar="N")
        act.add_argument("--at", metavar="TIME")
        add_by(act)
        add_json(act)
        act.set_defaults(func=function)
    prints = acts.add_parser("print", help=_("print approved letters and freeze them"))
    prints.add_argument("number", nargs="*")
    prints.add_argument("--batch", type=int, metavar="N")
    prints.add_argument("--duplex", action="store_true", help=_("for printing on both sides"))
    prints.add_argument("--continuous", action="store_true", help=_("bill notices on 241-2 paper"))
    prints.add_argument("-o", "--output", type=Path, required=True, metavar="FILE.pdf")
    prints.add_argument("--list", type=Path, metavar="FILE.pdf", help=_("the delivery list"))
    add_paper_language(prints)
    add_by(prints)
    add_json(prints)
    prints.set_defaults(func=run_print)
    for name, function, words in (
        ("withdraw", run_withdraw, _("take a letter back before it has arrived")),
        ("correct", run_correct, _("write a new letter in place of a printed one")),
    ):
        act = acts.add_parser(name, help=words)
        act.add_argument("number")
        if name == "withdraw":
            act.add_argument("--reason", required=True)
        add_by(act)
        add_json(act)
        act.set_defaults(func=function)


def letter_json(letter: "FeeLetter") -> dict[str, Any]:
    """Return a letter as its JSON object; money is in fen."""
    from propdesk.domain.fee_letters import to_json

    return {
        "number": letter.number,
        "unit": letter.short,
        "stage": letter.stage.value,
        "times": letter.times,
        "state": letter.state.value,
        "dated_on": letter.dated_on.isoformat(),
        "pay_by": letter.pay_by.isoformat() if letter.pay_by else None,
        "total_fen": letter.total_fen,
        "late_fen": letter.late_fen,
        "batch": letter.batch_id,
        "first_page": letter.first_page,
        "pages": letter.pages,
        "content_sha256": letter.content_sha256,
        "pdf_sha256": letter.pdf_sha256,
        "corrects": letter.corrects or None,
        "written_by": letter.written_by,
        "approved_by": letter.approved_by or None,
        "printed_at": letter.printed_at.isoformat() if letter.printed_at else None,
        "prints": letter.prints,
        "sent_at": letter.sent_at.isoformat() if letter.sent_at else None,
        "note": letter.note or None,
        "content": to_json(letter.content),
    }


def _line(letter: "FeeLetter") -> str:
    state = LETTER_STATE_LABELS[letter.state]
    return (
        f"{letter.number}  {letter.short}  {STAGE_LABELS[letter.stage]}  "
        f"¥ {money_words(letter.total_fen)}  {letter.dated_on}  {state}"
    )


def run_remind(args: argparse.Namespace, desk: Desk) -> int:
    """Make the letters of a stage, and print them where a file is named."""
    from propdesk.domain.fee_templates import stage_of
    from propdesk.services.fee_letters import (
        LetterWish,
        approve_letters,
        make_letters,
        may_approve,
    )
    from propdesk.services.parts.targets import check_target
    from propdesk.services.queries.fee_letters import list_ripe
    from propdesk.services.queries.units import find_unit

    stage = stage_of(args.stage)
    # A file that cannot be written is refused before there are letters.
    for target in filter(None, (args.output, args.list)):
        check_target(target, ".pdf")
    if args.again and not args.unit:
        raise RuleError(
            "letters-again", _("Name the houses that get one more letter: --unit 3-2-501.")
        )
    with desk.office(write=not args.dry_run) as office:
        units = {find_unit(unit).id for unit in args.unit} or None
        building = _building(args.building)
        if args.dry_run:
            ripe = list_ripe(
                stage, desk.today, building_id=building, unit_ids=units, again=args.again
            )
            return _tell_ripe(desk, ripe)
        staff = desk.staff(args.by)
        made = make_letters(
            stage,
            units,
            by=staff.id,
            now=desk.now,
            wish=LetterWish(
                building_id=building,
                again=args.again,
                override_reason=args.override,
                pay_by=read_day(args.pay_by) if args.pay_by else None,
                language=paper_language(args),
            ),
        )
        _tell_made(desk, made)
        found: dict[str, Any] = {
            "batch": made.batch_id,
            "letters": len(made.letter_ids),
            "total_fen": made.total_fen,
            "held": [{"unit": one.short, "why": one.held, "ticket": one.ticket or None}
                     for one in made.held],
            "lacking": [_lacking(one) for one in made.warned],
            "refused": [_lacking(one) for one in made.refused],
        }  # fmt: skip
        if made.letter_ids and args.output is not None:
            if _waits(made.letter_ids):
                if not may_approve(staff):
                    desk.say(
                        _("They wait for approval: fees letter approve --batch {batch}").format(
                            batch=made.batch_id
                        )
                    )
                    desk.json(found)
                    return 0
                approve_letters(made.letter_ids, by=staff.id, now=desk.now)
            found |= _print(args, desk, office, made.letter_ids)
        elif args.output is not None:
            desk.say(_("Nothing was written."))
    desk.json(found)
    return 0


def _waits(letter_ids: Sequence[int]) -> bool:
    from propdesk.services.queries.fee_letters import get_fee_letters

    first = get_fee_letters(letter_ids[:1])
    return any(letter.state is LetterState.DRAFT for letter in first.values())


def _building(name: str) -> int | None:
    from propdesk.services.queries.units import list_buildings

    if not name:
        return None
    known = list_buildings()
    found = [id_ for id_, _community, building in known if building == name]
    if len(found) != 1:
        raise RuleError(
            "building-unknown",
            _("There is no one building «{name}»; there are {known}.").format(
                name=name[:40], known=", ".join(building for _id, _community, building in known)
            ),
        )
    return found[0]


def _tell_ripe(desk: Desk, ripe: Sequence["RipeHouse"]) -> int:
    from propdesk.services.queries.fee_letters import HELD_LABELS

    for house in ripe:
        held = f"  [{HELD_LABELS[house.held]} {house.ticket}]" if house.held else ""
        desk.say(f"{house.short}  ¥ {money_words(house.open_fen)}  {house.oldest_due_on}{held}")
    count = sum(1 for house in ripe if not house.held)
    desk.say(
        ngettext("{count} house is ripe.", "{count} houses are ripe.", count).format(count=count)
    )
    desk.json(
        [
            {
                "unit": house.short,
                "open_fen": house.open_fen,
                "bills": house.bills,
                "oldest_due_on": house.oldest_due_on.isoformat(),
                "reached": None if house.reached is None else house.reached.value,
                "held": house.held,
                "ticket": house.ticket or None,
            }
            for house in ripe
        ]
    )
    return 0


def _tell_made(desk: Desk, made: "MadeLetters") -> None:
    from propdesk.services.queries.fee_letters import HELD_LABELS

    count = len(made.letter_ids)
    words = ngettext("{count} letter, {total} yuan.", "{count} letters, {total} yuan.", count)
    desk.say(words.format(count=count, total=money_words(made.total_fen)))
    for house in made.held[:_SHOWN]:
        assert house.held is not None  # noqa: S101 - for the type checker
        desk.say(
            _("{unit} is left alone: {why} {ticket}").format(
                unit=house.short, why=HELD_LABELS[house.held], ticket=house.ticket
            ).rstrip()
        )  # fmt: skip
    for one in made.refused[:_SHOWN]:
        lacking = " ".join(missing.sentence for missing in one.missing)
        desk.say(_("{unit}: no letter. {missing}").format(unit=one.short, missing=lacking))
    said = {missing.sentence: None for one in made.warned for missing in one.missing}
    for sentence in list(said)[:_SHOWN]:
        desk.say(_("Note: {sentence}").format(sentence=sentence))


def _lacking(one: "Warned") -> dict[str, Any]:
    return {
        "unit": one.short,
        "missing": [{"thing": each.number, "text": each.sentence} for each in one.missing],
    }


def _print(
    args: argparse.Namespace, desk: Desk, office: Any, letter_ids: Sequence[int]
) -> dict[str, Any]:
    from propdesk.services.printing_fee_letters import print_delivery_list, print_fee_letters

    by = desk.staff(args.by).id
    language = paper_language(args)
    printed = print_fee_letters(
        office, letter_ids, args.output, by=by, now=desk.now, duplex=args.duplex,
        continuous=args.continuous, language=language,
        on_progress=desk.progress(_("Printing letters")),
    )  # fmt: skip
    desk.say(_("{file}: {pages} pages").format(file=printed.file, pages=printed.pages))
    tell_replaced(desk, printed.replaced_characters)
    for number in printed.left_out:
        desk.say(_("{number} is out of date and was left out.").format(number=number))
    if args.list is not None:
        print_delivery_list(printed.letter_ids, args.list, by=by, now=desk.now, language=language)
        desk.say(_("Written: {file}").format(file=args.list))
    return {
        "file": str(printed.file),
        "pages": printed.pages,
        "sha256": printed.sha256,
        "printed": len(printed.letter_ids),
        "left_out": list(printed.left_out),
    }


def run_letters(args: argparse.Namespace, desk: Desk) -> int:
    """List letters, the latest first."""
    from propdesk.domain.fee_templates import stage_of
    from propdesk.services.queries.fee_letters import list_fee_letters
    from propdesk.services.queries.units import find_unit

    with fee_office(desk, args):
        found = list_fee_letters(
            unit_id=find_unit(args.unit).id if args.unit else None,
            stage=stage_of(args.stage) if args.stage else None,
            state=choice(args.state, LetterState, _("state")) if args.state else None,
            batch_id=args.batch,
        )
    for letter in found:
        desk.say(_line(letter))
    desk.json([letter_json(letter) for letter in found])
    return 0


def run_show(args: argparse.Namespace, desk: Desk) -> int:
    """Show a letter: what it says, and what of the ten things it lacks."""
    from propdesk.domain.letter_ten import check_ten
    from propdesk.services.queries.fee_letters import find_fee_letter

    with fee_office(desk, args):
        letter = find_fee_letter(args.number)
    missing = check_ten(letter.content, pay_days=letter.content.pay_days)
    desk.say(_line(letter))
    for part in letter.content.parts:
        desk.say(f"{part.heading}: {part.text}" if part.heading else part.text)
    for line in letter.content.lines:
        desk.say(f"  {line.item}  {line.from_on} - {line.until_on}  {money_words(line.open_fen)}")
    for one in missing:
        desk.say(f"({one.number}) {one.sentence}")
    lacking = [{"thing": one.number, "text": one.sentence} for one in missing]
    desk.json({**letter_json(letter), "missing": lacking})
    return 0


def _chosen(args: argparse.Namespace, state: LetterState) -> list[int]:
    from propdesk.services.queries.fee_letters import find_fee_letter, list_fee_letters

    if args.batch is not None:
        found = list_fee_letters(batch_id=args.batch, state=state, limit=1_000_000)
        ids = [letter.id for letter in found]
    else:
        ids = [find_fee_letter(number).id for number in args.number]
    if not ids:
        raise RuleError("letters-none-chosen", _("Name letters, or a batch: --batch N."))
    return ids


def run_approve(args: argparse.Namespace, desk: Desk) -> int:
    """Approve drafts."""
    from propdesk.services.fee_letters import approve_letters

    with desk.office(write=True):
        ids = _chosen(args, LetterState.DRAFT)
        count = approve_letters(ids, by=desk.staff(args.by).id, now=desk.now)
    return _tell_count(desk, count)


def run_send(args: argparse.Namespace, desk: Desk) -> int:
    """Note that letters went out."""
    from propdesk.services.fee_letters import send_letters

    with desk.office(write=True):
        ids = _chosen(args, LetterState.PRINTED)
        at = read_time(args.at) if args.at else None
        count = send_letters(ids, by=desk.staff(args.by).id, now=desk.now, at=at)
    return _tell_count(desk, count)


def run_print(args: argparse.Namespace, desk: Desk) -> int:
    """Print approved letters into one file."""
    with desk.office(write=True) as office:
        found = _print(args, desk, office, _chosen(args, LetterState.APPROVED))
    desk.json(found)
    return 0


def _tell_count(desk: Desk, count: int) -> int:
    desk.say(ngettext("{count} letter", "{count} letters", count).format(count=count))
    desk.json({"letters": count})
    return 0


def run_withdraw(args: argparse.Namespace, desk: Desk) -> int:
    """Take a letter back."""
    from propdesk.services.fee_letters import withdraw_letter

    with desk.office(write=True):
        by = desk.staff(args.by).id
        letter = withdraw_letter(args.number, args.reason, by=by, now=desk.now)
    desk.say(_line(letter))
    desk.json(letter_json(letter))
    return 0


def run_correct(args: argparse.Namespace, desk: Desk) -> int:
    """Write a new letter in place of a printed one."""
    from propdesk.services.fee_letters import correct_letter

    with desk.office(write=True):
        letter = correct_letter(args.number, by=desk.staff(args.by).id, now=desk.now)
    desk.say(_line(letter))
    desk.json(letter_json(letter))
    return 0


def run_lint(args: argparse.Namespace, desk: Desk) -> int:
    """Say what of a text may not stand on a paper about fees; 1 where there is something."""
    from propdesk.domain.fee_lint import lint_letter

    text = read_text(args.file)
    found = lint_letter(text)
    for one in found:
        row = text.count("\n", 0, one.start) + 1
        desk.say(f"{row}: {one.sentence}")
    if not found:
        desk.say(_("Nothing in it is forbidden."))
    desk.json(
        [
            {"words": one.words, "line": text.count("\n", 0, one.start) + 1, "threat": one.threat,
             "text": one.sentence}
            for one in found
        ]
    )  # fmt: skip
    return 1 if found else 0
