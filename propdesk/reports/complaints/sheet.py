"""What the complaint report is drawn from, and how its figures are written."""

from decimal import Decimal

from propdesk.domain.complaint_figures import ComplaintFigures, KeyFigure, Unit
from propdesk.domain.complaint_rows import Balance
from propdesk.reports.parts.month_report import MonthReport
from propdesk.reports.parts.report_figures import MINUS


class ComplaintReportSheet(MonthReport[ComplaintFigures]):
    """The report about the complaints of a month."""


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
