"""What the complaint report is drawn from, and how its figures are written."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from propdesk.domain.complaint_figures import ComplaintFigures, KeyFigure, Unit
from propdesk.domain.complaint_rows import Balance
from propdesk.domain.papers import PaperLanguage
from propdesk.i18n import _
from propdesk.reports.parts.report_figures import MINUS


@dataclass(frozen=True, slots=True)
class ComplaintReportSheet:
    """The input of the report: figures and who prints them when.

    `number` is the report's own number; `sealed` months show their version, until then the paper
    says that late entries still change it (decision 17).
    """

    figures: ComplaintFigures
    office_name: str
    office_name_en: str
    company: str
    number: str
    printed_at: datetime
    printed_by: str
    language: PaperLanguage


def figure(row: KeyFigure, value: Decimal | None) -> str:
    """Write a key figure in its unit; nothing where it is not known."""
    if value is None:
        return ""
    text = f"{value:,.{row.places}f}"
    return f"{text}%" if row.unit is Unit.PERCENT else text


def identity(balance: Balance) -> str:
    """Write a month's identity in figures: 9 + 46 = 55 − 48 = 7; terms that are zero are left."""
    came = [balance.carried_over, balance.received]
    came += [term for term in (balance.reopened, balance.moved_in) if term]
    text = " + ".join(map(str, came))
    if balance.removed:
        text += f" {MINUS} {balance.removed}"
    return f"{text} = {balance.to_handle} {MINUS} {balance.closed} = {balance.open}"


def as_of_text(figures: ComplaintFigures) -> str:
    """Say up to when is counted: the month's last midnight, or now while it runs."""
    if figures.is_running:
        return _("as of {time}").format(time=f"{figures.as_of:%Y-%m-%d %H:%M}")
    return _("as of {time}").format(time=f"{figures.month.last_day:%Y-%m-%d} 24:00")
