"""Print the price list for the wall (R97)."""

from datetime import datetime
from pathlib import Path

from propdesk.domain.errors import RuleError
from propdesk.domain.money import money_words
from propdesk.domain.papers import PaperLanguage
from propdesk.domain.prices import CHARGE_LABELS, ChargeKind
from propdesk.domain.settings import OfficeSettings
from propdesk.domain.staff import Staff
from propdesk.i18n import _
from propdesk.services.parts.drawing import draw_paper
from propdesk.services.parts.printed import Printed
from propdesk.services.parts.writing import local
from propdesk.services.queries.prices import list_prices


def print_price_list(
    target: Path, *, by: Staff, now: datetime, language: PaperLanguage | None = None
) -> Printed:
    """Draw the prices that hold into the PDF file `target`; everybody may print them."""
    from propdesk.reports.parts.sheet import PrintedPaper
    from propdesk.reports.price_lists import PriceGroup, PriceListSheet, render_price_list

    items = list_prices()
    if not items:
        raise RuleError("prices-none", _("There is no price in the list yet; add one first."))

    def draw(settings: OfficeSettings, chosen: PaperLanguage) -> PrintedPaper:
        groups = [
            PriceGroup(
                str(CHARGE_LABELS[kind]),
                tuple(
                    (item.code, item.label, item.unit, money_words(item.price_fen), item.note)
                    for item in items
                    if item.kind is kind
                ),
            )
            for kind in ChargeKind
        ]
        paper = PriceListSheet(
            office_name=settings.office_name,
            office_name_en=settings.office_name_en,
            office_phone=settings.phone,
            groups=[group for group in groups if group.rows],
            since=max(item.since for item in items),
            printed_at=local(now),
            printed_by=by.name,
        )
        return render_price_list(paper, target, language=chosen)

    return draw_paper(target, language, draw)
