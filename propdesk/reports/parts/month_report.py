"""What the papers of both monthly reports share: who prints which month, and every page's edge."""

from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from propdesk.domain.months import MonthFigures
from propdesk.domain.papers import PaperLanguage
from propdesk.i18n import LazyText, _
from propdesk.reports.parts.flow import Flow
from propdesk.reports.parts.masthead import Office, draw_footer, draw_running_head
from propdesk.reports.parts.report_figures import BOTTOM, LEFT, RIGHT, WIDTH, month_name
from propdesk.reports.parts.report_signatures import Signed
from propdesk.reports.parts.sheet import Sheet

_FOOT, _BELOW_THE_HEAD = 287.4, 18.5


F = TypeVar("F", bound=MonthFigures)


@dataclass(frozen=True, slots=True)
class MonthReport(Generic[F]):
    """The input of a report: figures and who prints them when; `number` is the report's own."""

    figures: F
    office_name: str
    office_name_en: str
    company: str
    number: str
    printed_at: datetime
    printed_by: str
    language: PaperLanguage

    @property
    def office(self) -> str:
        """The office's name in the paper's language."""
        english = self.language is PaperLanguage.EN and self.office_name_en
        return self.office_name_en if english else self.office_name

    @property
    def masthead(self) -> Office:
        """The office as the first page names it."""
        return Office(self.office_name, self.office_name_en, self.company)

    @property
    def version(self) -> str:
        """Say that the figures may change: months are not sealed yet (decision 17)."""
        if self.figures.is_running:
            return _("Provisional, the month still runs")
        return _("Version 1, month not sealed")

    @property
    def signed(self) -> Signed:
        """What the signatures stand under."""
        until = as_of_text(self.figures)
        return Signed(self.language, self.printed_by, until, self.printed_at)


def as_of_text(figures: MonthFigures) -> str:
    """Say up to when is counted: the month's last midnight, or now while it runs."""
    if figures.is_running:
        return _("as of {time}").format(time=f"{figures.as_of:%Y-%m-%d %H:%M}")
    return _("as of {time}").format(time=f"{figures.month.last_day:%Y-%m-%d} 24:00")


def start_flow(report: MonthReport[F], title: LazyText, sheet: Sheet, y: float) -> Flow:
    """Return the flow below the opening, which ends at `y`; later pages get a head and a foot."""

    def start_page(page: Sheet) -> float:
        name = month_name(report.figures.month, report.language.code)
        number = _("No. {number}").format(number=report.number)
        draw_running_head(page, f"{title}  {name}", report.office, number, left=LEFT, right=RIGHT)
        _draw_foot(report, page)
        return _BELOW_THE_HEAD

    _draw_foot(report, sheet)
    return Flow(sheet, left=LEFT, width=WIDTH, bottom=BOTTOM, start_page=start_page, y=y)


def _draw_foot(report: MonthReport[F], sheet: Sheet) -> None:
    texts = _("Internal    Printed {time}, {name}").format(
        time=f"{report.printed_at:%Y-%m-%d %H:%M}", name=report.printed_by
    )
    draw_footer(sheet, texts, report.language, left=LEFT, right=RIGHT, y=_FOOT)
