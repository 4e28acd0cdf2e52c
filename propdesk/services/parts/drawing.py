"""Draw a paper into its file, in the language of the office's papers."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from propdesk.domain.papers import PaperLanguage
from propdesk.domain.settings import OfficeSettings
from propdesk.i18n import speaking
from propdesk.services.parts.printed import Printed
from propdesk.services.parts.settings import load_settings
from propdesk.services.parts.targets import check_target
from propdesk.sheets.errors import not_written

if TYPE_CHECKING:
    from propdesk.reports.parts.sheet import PrintedPaper

Draw = Callable[[OfficeSettings, PaperLanguage], "PrintedPaper"]


def draw_paper(target: Path, language: PaperLanguage | None, draw: Draw) -> Printed:
    """Let `draw` fill and draw a paper while its language is spoken; None is the office's.

    What may be refused is read before: the clerk is told in the language of the screen. What the
    disk refuses becomes a sentence.
    """
    check_target(target, ".pdf")
    settings = load_settings()
    chosen = language or settings.paper_language
    try:
        with speaking(chosen.code):
            printed = draw(settings, chosen)
    except OSError as error:
        raise not_written(target, error) from error
    return Printed(target, printed.pages, printed.replaced_characters)
