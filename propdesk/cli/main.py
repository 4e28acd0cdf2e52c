"""The command line: exit code 0 done, 1 refused with one clear line, 2 wrong usage, 3 a mistake.

A mistake is the program's own: one sentence says where its report lies.
"""

import argparse
import importlib
import json
import logging
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from propdesk import __version__, i18n, logs
from propdesk.cli import usage
from propdesk.cli.desk import Desk
from propdesk.cli.parsers import Parser
from propdesk.cli.ticket_values import gates_json
from propdesk.domain.errors import Cancelled, RuleError
from propdesk.domain.gates import GatesError
from propdesk.i18n import _
from propdesk.last_office import find_place

# One module a noun; each has add_parsers(commands).
NOUNS = (
    "demo", "office", "imports", "exports", "staff", "units", "tickets", "incidents",
    "attachments", "contacts", "hand_overs", "notices", "follow_ups", "violations", "calendar",
    "limits", "prices", "letters", "phrases", "segments", "find", "surveys", "meetings",
    "house_boards", "residents", "consents", "privacy", "erase", "moves", "keys", "gate_passes",
    "houses", "documents", "vehicles", "pets", "decorations", "fees", "papers", "prints", "reports",
    "upkeep", "inspections",
)  # fmt: skip

_log = logging.getLogger(__name__)


def build_parser(words: Sequence[str] | None = None) -> argparse.ArgumentParser:
    """Return the parser of a call's words, its help in the present language; None: of all calls."""
    parser = Parser(
        words=words,
        prog="propdesk",
        description=_("Offline desk for property-management offices; no command opens the window."),
    )
    parser.add_argument("--data", type=Path, metavar="DIR", help=_("the office's data folder"))
    parser.add_argument("--lang", choices=i18n.LANGUAGES, help=_("language of messages"))
    parser.add_argument("--version", action="version", version=f"propdesk {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    for noun in NOUNS:
        importlib.import_module(f"propdesk.cli.{noun}").add_parsers(commands)
    return parser


def _language(argv: Sequence[str]) -> str:
    """Return the language before the parser exists, so that its help speaks it too."""
    for position, word in enumerate(argv):
        if word.startswith("--lang="):
            return word.partition("=")[2]
        if word == "--lang" and position + 1 < len(argv):
            return argv[position + 1]
    return i18n.system_language()


def main(argv: Sequence[str]) -> int:
    """Run one command and return its exit code; a person's mistake never shows a traceback."""
    for stream in (sys.stdout, sys.stderr):
        # A pipe under LANG=C would refuse Chinese.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    usage.speak()
    code = _language(argv)
    i18n.set_language(code if code in i18n.LANGUAGES else i18n.DEFAULT)
    parser = build_parser(argv)
    try:
        args = parser.parse_args(argv)
    except SystemExit as stop:
        return int(stop.code or 0)
    if args.command is None:
        parser.print_usage(sys.stderr)
        return 2
    with logs.noted("command", logging.WARNING) as run:
        _log.info("command %s", args.command)
        try:
            done = _run(args)
        except Exception as error:
            done = _tell_mistake(error, args, run)
        _log.info("exit code %d", done)
        return done


def _run(args: argparse.Namespace) -> int:
    """Run the command's function; refusals, cancelling and a full disk become one line."""
    as_json = getattr(args, "json", False)
    try:
        place = find_place(args.data)
        desk = Desk(place.folder, as_json=as_json, may_create=place.is_new_allowed)
        done = int(args.func(args, desk) or 0)
        sys.stdout.flush()
    except RuleError as refusal:
        return _refuse(refusal, as_json=as_json)
    except (Cancelled, KeyboardInterrupt):
        cancelled = RuleError("work-cancelled", _("Cancelled; nothing was written."))
        return _refuse(cancelled, as_json=as_json)
    except BrokenPipeError:
        # Whoever read along (`| head`) has seen enough; the interpreter shall not try once more.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:
        from propdesk.services.offices import explain_disk

        known = explain_disk(error)
        if known is None:
            raise
        return _refuse(known, as_json=as_json)
    return done


def _refuse(refusal: RuleError, *, as_json: bool) -> int:
    _log.info("refused: %s", refusal.code)
    _answer(refusal, as_json=as_json)
    return 1


def _answer(refusal: RuleError, *, as_json: bool) -> None:
    print(str(refusal), file=sys.stderr)
    if as_json:
        error: dict[str, object] = {"code": refusal.code, "message": str(refusal)}
        if isinstance(refusal, GatesError):
            error["gates"] = gates_json(refusal.gates)
        print(json.dumps({"error": error}, ensure_ascii=False))


def _tell_mistake(error: Exception, args: argparse.Namespace, run: logs.Run) -> int:
    """Say in one sentence that the program made a mistake, and where its report lies."""
    if sys.flags.dev_mode:
        sys.__excepthook__(type(error), error, error.__traceback__)
    report, file = run.report(error, {"command": args.command})
    if file is None:
        print(report, file=sys.stderr)
    sentence = _(
        "The program made a mistake; what was stored before is safe. Please send the report {file} "
        "to whoever looks after the program; it holds no personal data."
    ).format(file="" if file is None else file)
    _answer(RuleError("program-mistake", sentence), as_json=getattr(args, "json", False))
    return 3
