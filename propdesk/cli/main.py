"""The command line: exit code 0 done, 1 refused with one clear line, 2 wrong usage."""

import argparse
import importlib
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from propdesk import __version__, i18n, paths
from propdesk.cli import usage
from propdesk.cli.desk import Desk
from propdesk.domain.errors import Cancelled, RuleError
from propdesk.i18n import _

# One module a noun; each has add_parsers(commands).
NOUNS = ("demo", "office", "imports", "exports", "staff", "tickets", "prints", "reports", "upkeep")


def build_parser() -> argparse.ArgumentParser:
    """Return the parser with all commands, its help in the present language."""
    parser = argparse.ArgumentParser(
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


def find_folder(given: Path | None) -> tuple[Path, bool]:
    """Return the data folder: --data, else PROPDESK_DATA, else the last one, else the user's.

    The second value tells whether a new office may be made there: never at the remembered place.
    """
    named = os.environ.get("PROPDESK_DATA")
    if given is not None:
        return given, True
    if named:
        return Path(named), True
    from propdesk.services.offices import remembered_office

    last = remembered_office()
    return (paths.user_data(), True) if last is None else (last, False)


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
    parser = build_parser()
    try:
        args = parser.parse_args(argv)
    except SystemExit as stop:
        return int(stop.code or 0)
    if args.command is None:
        parser.print_usage(sys.stderr)
        return 2
    folder, may_create = find_folder(args.data)
    return _run(args, Desk(folder, as_json=getattr(args, "json", False), may_create=may_create))


def _run(args: argparse.Namespace, desk: Desk) -> int:
    """Run the command's function; refusals, cancelling and a full disk become one line."""
    try:
        done = int(args.func(args, desk) or 0)
        sys.stdout.flush()
    except RuleError as refusal:
        return _refuse(desk, refusal)
    except (Cancelled, KeyboardInterrupt):
        return _refuse(desk, RuleError("work-cancelled", _("Cancelled; nothing was written.")))
    except BrokenPipeError:
        # Whoever read along (`| head`) has seen enough; the interpreter shall not try once more.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:
        from propdesk.services.offices import explain_disk

        known = explain_disk(error)
        if known is None:
            raise
        return _refuse(desk, known)
    return done


def _refuse(desk: Desk, refusal: RuleError) -> int:
    print(str(refusal), file=sys.stderr)
    if desk.as_json:
        error = {"code": refusal.code, "message": str(refusal)}
        print(json.dumps({"error": error}, ensure_ascii=False))
    return 1
