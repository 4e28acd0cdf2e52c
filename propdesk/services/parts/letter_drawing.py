"""Draw fee letters from what they say, read in parts, so that memory stays flat."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

from propdesk.domain.dunning import Stage
from propdesk.domain.errors import RuleError
from propdesk.domain.fee_letters import (
    TITLES,
    content_sha256,
    letter_code,
    letter_digits,
    to_json,
)
from propdesk.domain.papers import PaperLanguage
from propdesk.domain.staff import Staff
from propdesk.i18n import _, speaking
from propdesk.reports.fee_letters import render_fee_letters
from propdesk.reports.parts.letter_frames import FeeLetterSheet
from propdesk.reports.parts.sheet import PrintedPaper
from propdesk.services.parts.fee_letter_rows import read_letters
from propdesk.services.parts.settings import load_settings
from propdesk.services.parts.writing import local
from propdesk.sheets.errors import not_written

PDF = ".pdf"
_AT_ONCE = 200


def in_parts(letter_ids: Sequence[int]) -> Iterator[Sequence[int]]:
    """Give letters in parts of a few hundred."""
    for start in range(0, len(letter_ids), _AT_ONCE):
        yield letter_ids[start : start + _AT_ONCE]


def paper_of(language: str) -> PaperLanguage:
    """Return what papers speak whose words are in a language: the office's way where it fits."""
    chosen = load_settings("paper_language").paper_language
    if chosen.code == language:
        return chosen
    return PaperLanguage.EN if language == "en" else PaperLanguage.ZH


def letters_language(letter_ids: Sequence[int], asked: PaperLanguage | None) -> PaperLanguage:
    """Return the language that letters are drawn in: the one they were written in.

    `asked` may add the small second line. Raises RuleError where they were written in several.
    """
    found = {
        letter.content.language
        for part in in_parts(letter_ids)
        for letter in read_letters(part).values()
    }
    if len(found) > 1:
        raise RuleError(
            "letters-languages",
            _("One file holds the letters of one language; print each language by itself."),
        )
    code = found.pop()
    return asked if asked is not None and asked.code == code else paper_of(code)


def letter_sheets(
    letter_ids: Sequence[int], staff: Staff, at: datetime, *, preview: bool = False
) -> Iterator[FeeLetterSheet]:
    """Give what is drawn of letters; one whose words are not those of its hash is refused."""
    for part in in_parts(letter_ids):
        letters = read_letters(part)
        for id_ in part:
            letter = letters[id_]
            if content_sha256(to_json(letter.content)) != letter.content_sha256:
                raise RuleError(
                    "letter-damaged",
                    _("Letter {number} is not as it was written; run the check.").format(
                        number=letter.number
                    ),
                )
            yield FeeLetterSheet(
                letter.content,
                letter.content_sha256,
                letter_code(id_, letter.dated_on),
                letter_digits(id_, letter.dated_on),
                local(at),
                staff.name,
                is_draft=preview,
            )


def draw_letters(
    stage: Stage,
    sheets: Iterator[FeeLetterSheet],
    target: Path,
    language: PaperLanguage,
    on_paper: Callable[[int, int, int], None] = lambda _place, _first, _pages: None,
    *,
    duplex: bool = False,
    continuous: bool = False,
) -> PrintedPaper:
    """Draw the letters of one stage into a file; what the disk refuses becomes a sentence."""
    try:
        with speaking(language.code):
            return render_fee_letters(
                stage, sheets, target, title=str(TITLES[stage]), language=language,
                duplex=duplex, continuous=continuous, on_paper=on_paper,
            )  # fmt: skip
    except OSError as error:
        raise not_written(target, error) from error
