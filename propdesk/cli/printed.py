"""What every command that draws a paper takes and tells: its file, its language, who prints."""

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from propdesk.cli.desk import Desk, add_by, add_json, choice
from propdesk.domain.errors import RuleError
from propdesk.domain.papers import PaperLanguage
from propdesk.i18n import _

if TYPE_CHECKING:
    from propdesk.services.parts.printed import Printed

_HELD = "office-open-elsewhere"


def add_paper_options(
    parser: argparse.ArgumentParser, *, files: str = "FILE.pdf", is_required: bool = True
) -> None:
    """Give a printing command the options of every paper; `files` are the endings it writes."""
    parser.add_argument("-o", "--output", type=Path, required=is_required, metavar=files)
    add_paper_language(parser)
    add_by(parser)
    add_json(parser)


def add_paper_language(parser: argparse.ArgumentParser) -> None:
    """Give a printing command its --paper-lang option (decision 21)."""
    parser.add_argument(
        "--paper-lang", metavar="|".join(PaperLanguage), help=_("language of the paper")
    )


def paper_language(args: argparse.Namespace) -> PaperLanguage | None:
    """Return the paper language that was asked for, None for the office's."""
    if args.paper_lang is None:
        return None
    language: PaperLanguage = choice(args.paper_lang, PaperLanguage, _("paper language"))
    return language


def note_if_free(desk: Desk, args: argparse.Namespace, note: Callable[[int], None]) -> None:
    """Note a print where the office is not held by the window; `note` gets who prints."""
    try:
        with desk.office(write=True, create=False):
            note(desk.staff(args.by).id)
    except RuleError as refusal:
        if refusal.code != _HELD:
            raise
        desk.say(_("The window is open on this office, so the print is not noted there."))


def tell_printed(desk: Desk, printed: "Printed", **more: Any) -> int:
    """Say which file was drawn; `more` is what its JSON says besides."""
    desk.say(_("{file}: {pages} pages").format(file=printed.file, pages=printed.pages))
    tell_replaced(desk, printed.replaced_characters)
    desk.json(
        {
            **more,
            "file": str(printed.file),
            "pages": printed.pages,
            "replaced_characters": list(printed.replaced_characters),
        }
    )
    return 0


def tell_replaced(desk: Desk, characters: Sequence[str]) -> None:
    """Name the characters that no font of ours has (decision 39)."""
    if characters:
        desk.say(
            _("Printed as 〓, because the font lacks them: {characters}").format(
                characters=" ".join(characters)
            )
        )
