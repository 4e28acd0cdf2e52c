"""`propdesk letters write|list|show`: written replies to callers (R04, R30, R46)."""

import argparse
from dataclasses import fields, replace
from typing import Any

from propdesk.cli.desk import Desk, add_by, add_json, read_time
from propdesk.domain.letters import FIELD_LABELS, Letter, LetterDraft
from propdesk.i18n import _

_PARTS = tuple(one.name for one in fields(LetterDraft))


def add_parsers(commands: Any) -> None:
    """Add `letters` to the command line."""
    letters = commands.add_parser("letters", help=_("written replies to callers"))
    verbs = letters.add_subparsers(dest="verb", required=True, metavar="VERB")
    write = verbs.add_parser(
        "write", help=_("write a letter; parts that are not given begin as the phrases have them")
    )
    write.add_argument("number", help=_("of the ticket"))
    for name in _PARTS:
        write.add_argument(f"--{name.replace('_', '-')}", metavar="TEXT")
    write.add_argument("--replaces", default="", metavar="LETTER", help=_("which one it corrects"))
    write.add_argument("--draft", action="store_true", help=_("only show what it would say"))
    write.add_argument("--at", metavar="TIME", help=_("when it was written"))
    add_by(write)
    add_json(write)
    write.set_defaults(func=run_write)
    show = verbs.add_parser("list", help=_("list the letters"))
    show.add_argument("number", nargs="?", help=_("of one ticket"))
    add_json(show)
    show.set_defaults(func=run_list)
    one = verbs.add_parser("show", help=_("show a letter as it was written"))
    one.add_argument("number", help=_("of the letter"))
    add_json(one)
    one.set_defaults(func=run_show)


def letter_json(letter: Letter) -> dict[str, Any]:
    """Return a letter as its JSON object."""
    return {
        "number": letter.number,
        "ticket": letter.ticket,
        "round": letter.round,
        **_parts(letter.text),
        "written_at": letter.written_at.isoformat(),
        "by": letter.written_by,
        "printed_at": letter.printed_at.isoformat() if letter.printed_at else None,
        "void": not letter.stands,
    }


def _parts(draft: LetterDraft) -> dict[str, str]:
    return {name: getattr(draft, name) for name in _PARTS}


def _say(desk: Desk, draft: LetterDraft) -> None:
    for name, text in _parts(draft).items():
        desk.say(f"{FIELD_LABELS[name]}: {text}")


def run_write(args: argparse.Namespace, desk: Desk) -> int:
    """Write a letter for a ticket, or show its draft."""
    from propdesk.services.letters import write_letter
    from propdesk.services.queries.letters import propose_letter
    from propdesk.services.queries.tickets import find_ticket

    given = {name: text for name in _PARTS if (text := getattr(args, name)) is not None}
    with desk.office(write=not args.draft):
        ticket = find_ticket(args.number)
        draft = replace(propose_letter(ticket, now=desk.now), **given)
        if args.draft:
            _say(desk, draft)
            desk.json(_parts(draft))
            return 0
        letter = write_letter(
            ticket.id,
            draft,
            by=desk.staff(args.by).id,
            now=desk.now,
            at=read_time(args.at) if args.at else None,
            replaces=args.replaces,
        )
    desk.say(
        _("{letter} is written for {number}").format(letter=letter.number, number=ticket.number)
    )
    desk.json(letter_json(letter))
    return 0


def run_list(args: argparse.Namespace, desk: Desk) -> int:
    """List the letters, the latest first."""
    from propdesk.services.queries.letters import list_letters
    from propdesk.services.queries.tickets import find_ticket

    with desk.office(write=False):
        ticket = find_ticket(args.number) if args.number else None
        found = list_letters(ticket.id if ticket else None)
    for letter in found:
        void = f" [{_('void')}]" if not letter.stands else ""
        desk.say(f"{letter.number}{void}  {letter.ticket}  {letter.written_at:%Y-%m-%d}  "
                 f"{letter.text.addressee}")  # fmt: skip
    desk.json([letter_json(letter) for letter in found])
    return 0


def run_show(args: argparse.Namespace, desk: Desk) -> int:
    """Show a letter."""
    from propdesk.services.queries.letters import find_letter

    with desk.office(write=False):
        letter = find_letter(args.number)
    desk.say(f"{letter.number}  {letter.ticket}")
    _say(desk, letter.text)
    desk.json(letter_json(letter))
    return 0
