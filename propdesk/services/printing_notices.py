"""Draw a notice to residents; everybody may print who may open the office."""

from datetime import timedelta
from pathlib import Path

from propdesk.domain.notices import Notice, day_words, duration_words, span_words
from propdesk.domain.papers import PaperLanguage
from propdesk.domain.settings import OfficeSettings
from propdesk.i18n import _
from propdesk.reports.notices import NoticeSheet, render_notice
from propdesk.reports.parts.sheet import PrintedPaper
from propdesk.services.parts.drawing import draw_paper
from propdesk.services.parts.printed import Printed
from propdesk.services.queries.notices import get_notice


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
    notice = get_notice(notice_id)

    def draw(settings: OfficeSettings, chosen: PaperLanguage) -> PrintedPaper:
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
        return render_notice(sheet, target, language=chosen, small=small)

    return draw_paper(target, paper_language, draw)


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
