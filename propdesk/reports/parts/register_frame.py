"""The frame of lists and registers: office, title and what narrows it; running heads; feet."""

from dataclasses import dataclass
from datetime import datetime

from propdesk.domain.papers import PaperLanguage
from propdesk.i18n import _
from propdesk.reports.parts.flow import Flow
from propdesk.reports.parts.masthead import Office, draw_footer, draw_office, draw_running_head
from propdesk.reports.parts.sheet import A4, HEAVY, PageSize, Sheet

ON_ITS_SIDE = PageSize(A4.height, A4.width)
_FOOT, _BOTTOM = 9.6, 17.0  # from the lower edge: the footer's baseline, the end of what flows
_TITLE_SIZE, _NOTE_SIZE = 18.0, 8.6


@dataclass(frozen=True, slots=True)
class RegisterFrame:
    """What stands around a list: who prints what when. `margin` is left and right, in mm.

    `is_internal` says at the foot that the paper stays in the office.
    """

    office_name: str
    office_name_en: str
    title: str
    narrowed: str
    printed_at: datetime
    printed_by: str
    margin: float = 18.0
    is_internal: bool = True

    def start(self, sheet: Sheet, language: PaperLanguage) -> Flow:
        """Draw the opening of the first page; return the flow of what follows."""
        return Flow(
            sheet,
            left=self.margin,
            width=sheet.size.width - 2 * self.margin,
            bottom=sheet.size.height - _BOTTOM,
            start_page=lambda page: self._start_page(page, language),
            y=self._draw_opening(sheet, language),
        )

    def _draw_opening(self, sheet: Sheet, language: PaperLanguage) -> float:
        """Draw masthead, title and what narrows the list; return where the table begins."""
        left, width = self.margin, sheet.size.width - 2 * self.margin
        office = Office(self.office_name, self.office_name_en)
        draw_office(sheet, left, 13.0, office, language, width=width)
        y = 33.0
        for line in sheet.wrapped(self.title, width, _TITLE_SIZE, bold=True):
            sheet.text(left, y, line, _TITLE_SIZE, bold=True, tracking=0.04)
            y += 8.0
        y -= 2.2
        for line in sheet.wrapped(self.narrowed, width, _NOTE_SIZE):
            sheet.text(left, y, line, _NOTE_SIZE)
            y += 4.4
        sheet.rule(left, y - 1.2, left + width, HEAVY)
        self._draw_foot(sheet, language)
        return y + 2.6

    def _start_page(self, sheet: Sheet, language: PaperLanguage) -> float:
        """Draw head and foot of a later page; return where it begins."""
        right = sheet.size.width - self.margin
        english = language is PaperLanguage.EN and self.office_name_en
        office = self.office_name_en if english else self.office_name
        day = f"{self.printed_at:%Y-%m-%d}"
        draw_running_head(sheet, self.title, office, day, left=self.margin, right=right)
        self._draw_foot(sheet, language)
        return 18.5

    def _draw_foot(self, sheet: Sheet, language: PaperLanguage) -> None:
        words = _("Internal    Printed {time}, {name}") if self.is_internal else _("Printed {time}")
        texts = words.format(time=f"{self.printed_at:%Y-%m-%d %H:%M}", name=self.printed_by)
        right, foot = sheet.size.width - self.margin, sheet.size.height - _FOOT
        draw_footer(sheet, texts, language, left=self.margin, right=right, y=foot)
