"""Print the price list for the wall (R97)."""

from datetime import datetime
from pathlib import Path

from propdesk.domain.errors import RuleError
from propdesk.domain.money import money_words
from propdesk.domain.papers import PaperLanguage
from propdesk.domain.prices import CHARGE_LABELS, ChargeKind
from propdesk.domain.staff import Staff
from propdesk.i18n import _, speaking
from propdesk.services.parts.printed import Printed
from propdesk.services.parts.settings import load_settings
from propdesk.services.parts.targets import check_target
from propdesk.services.parts.writing import local
from propdesk.services.queries.prices import list_prices


def print_price_list(
    target: Path, *, by: Staff, now: datetime, language: PaperLanguage | None = None
) -> Printed:
    """Draw the prices that hold into the PDF file `target`; everybody may print them."""
    from propdesk.reports.price_lists import PriceGroup, PriceListSheet, render_price_list
    from propdesk.sheets.errors import not_written

    check_target(target, ".pdf")
    settings = load_settings()
    language = language or settings.paper_language
    items = list_prices()
    if not items:
        raise RuleError("prices-none", _("There is no price in the list yet; add one first."))
    with speaking(language.code):
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
    try:
        printed = render_price_list(paper, target, language=language)
    except OSError as error:
        raise not_written(target, error) from error
    return Printed(target, printed.pages, printed.replaced_characters)
