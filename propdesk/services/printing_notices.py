"""Draw a notice to residents; everybody may print who may open the office."""

from datetime import timedelta
from pathlib import Path

from propdesk.domain.notices import Notice, day_words, duration_words, span_words
from propdesk.domain.papers import PaperLanguage
from propdesk.i18n import _, speaking
from propdesk.reports.notices import NoticeSheet, render_notice
from propdesk.services.parts.printed import Printed
from propdesk.services.parts.settings import load_settings
from propdesk.services.parts.targets import check_target
from propdesk.services.queries.notices import get_notice
from propdesk.sheets.errors import not_written


def print_notice(
    notice_id: int,
    target: Path,
    *,
    small: bool = False,
    paper_language: PaperLanguage | None = None,
) -> Printed:
    """Draw a notice into the PDF file `target`, on A4, or `small` on A5.

    Raises RuleError for a notice that does not exist and for a file that cannot be written.
    """
    check_target(target, ".pdf")
    settings = load_settings()
    notice = get_notice(notice_id)
    spoken = paper_language or settings.paper_language
    with speaking(spoken.code):
        sheet = NoticeSheet(
            office_name=settings.office_name,
            office_phone=settings.phone,
            number=notice.number,
            title=notice.title,
            addressee=notice.addressee,
            text=notice.text,
            facts=_facts(notice),
            dated=day_words(notice.dated_on),
            is_void=notice.voided_at is not None,
        )
    try:
        printed = render_notice(sheet, target, language=spoken, small=small)
    except OSError as error:
        raise not_written(target, error) from error
    return Printed(target, printed.pages, printed.replaced_characters)


def _facts(notice: Notice) -> list[tuple[str, str]]:
    facts = []
    span = span_words(notice.from_at, notice.until_at)
    if span:
        facts.append((_("When"), span))
    if notice.scope:
        facts.append((_("Where"), notice.scope))
    if notice.from_at and notice.until_at and notice.until_at - notice.from_at > timedelta(0):
        facts.append((_("How long"), duration_words(notice.until_at - notice.from_at)))
    return facts
