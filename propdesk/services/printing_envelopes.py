"""Print envelopes for letters, and the sheet for the labels of the express service."""

from collections.abc import Collection
from datetime import datetime
from pathlib import Path

from propdesk.domain.dunning import Stage
from propdesk.domain.envelopes import Envelope
from propdesk.domain.errors import RuleError
from propdesk.domain.fee_letters import TITLES, letter_digits
from propdesk.domain.papers import PaperLanguage
from propdesk.domain.settings import OfficeSettings
from propdesk.domain.staff import Right
from propdesk.i18n import _
from propdesk.reports.envelopes import (
    EnvelopeSheet,
    ExpressRow,
    ExpressSheet,
    render_envelopes,
    render_express_sheet,
)
from propdesk.reports.parts.register_frame import RegisterFrame
from propdesk.reports.parts.sheet import PrintedPaper
from propdesk.services.parts.drawing import draw_paper
from propdesk.services.parts.fee_access import fee_actor
from propdesk.services.parts.letter_drawing import in_parts
from propdesk.services.parts.printed import Printed
from propdesk.services.parts.writing import local
from propdesk.services.queries.fee_letters import FeeLetter, delivery_order, get_fee_letters


def print_envelopes(
    letter_ids: Collection[int],
    target: Path,
    *,
    size: Envelope,
    by: int,
    language: PaperLanguage | None = None,
) -> Printed:
    """Draw an envelope for each letter, in delivery order; data for the lawyer has none.

    What stands on it says neither that something is owed nor who collects (law.md 1.6, content 9).
    """
    fee_actor(by, Right.DUN)
    letters = _posted(letter_ids)

    def draw(settings: OfficeSettings, chosen: PaperLanguage) -> PrintedPaper:
        is_english = chosen is PaperLanguage.EN and settings.office_name_en
        sender = settings.office_name_en if is_english else settings.office_name
        lines = tuple(filter(None, (settings.phone,)))
        sheets = (
            EnvelopeSheet(
                sender,
                lines,
                letter.content.community,
                letter.content.house,
                letter.content.owner or letter.content.user,
                letter.content.owner_title if letter.content.owner else letter.content.user_title,
                letter_digits(letter.id, letter.dated_on),
            )
            for letter in letters
        )
        return render_envelopes(sheets, target, size=size, language=chosen)

    return draw_paper(target, language, draw)


def print_express_sheet(
    letter_ids: Collection[int],
    target: Path,
    *,
    by: int,
    now: datetime,
    language: PaperLanguage | None = None,
) -> Printed:
    """Draw what goes onto the labels of the express service.

    The contents are named with the house (内件品名): that proves what was in the envelope. Data for
    the lawyer is left out.
    """
    staff = fee_actor(by, Right.DUN)
    letters = _posted(letter_ids)

    def draw(settings: OfficeSettings, chosen: PaperLanguage) -> PrintedPaper:
        frame = RegisterFrame(
            settings.office_name,
            settings.office_name_en,
            _("EMS cover sheet"),
            _("Copy the contents onto the label as they stand here, and the number of the label "
              "into the last column."),
            local(now),
            staff.name,
            margin=14.0,
        )  # fmt: skip
        rows = [
            ExpressRow(
                letter.short,
                letter.number,
                letter.content.owner or letter.content.user,
                f"{letter.content.community} {letter.content.house}".strip(),
                _contents(letter),
            )
            for letter in letters
        ]
        return render_express_sheet(ExpressSheet(frame, rows), target, language=chosen)

    return draw_paper(target, language, draw)


def _contents(letter: FeeLetter) -> str:
    paper = TITLES[Stage(letter.stage)]
    return _("{paper}, property fees ({house})").format(paper=paper, house=letter.short)


def _posted(letter_ids: Collection[int]) -> list[FeeLetter]:
    found: list[FeeLetter] = []
    for part in in_parts(delivery_order(letter_ids)):
        letters = get_fee_letters(part)
        found += [letters[id_] for id_ in part]
    if not found:
        raise RuleError("letters-none-chosen", _("Choose the letters that go out."))
    # What a lawyer gets tells of the owner and never goes to his house; no address is kept of a
    # law firm, whose name is written onto the paper.
    posted = [letter for letter in found if letter.stage is not Stage.LAWYER]
    if not posted:
        raise RuleError(
            "letters-for-lawyer",
            _("Data for the lawyer does not go to the owner; hand it to the law firm by itself."),
        )
    return posted
