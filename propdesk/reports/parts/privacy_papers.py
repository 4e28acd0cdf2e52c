"""What the papers about personal data have in common: who keeps the data, head, foot and pages."""

from dataclasses import dataclass
from datetime import datetime

from propdesk.domain.papers import PaperLanguage
from propdesk.i18n import LazyText, _
from propdesk.reports.parts.flow import Flow
from propdesk.reports.parts.masthead import Office, draw_footer, draw_office, draw_running_head
from propdesk.reports.parts.sheet import Align, Sheet

LEFT, RIGHT = 16.0, 194.0
_WIDTH = RIGHT - LEFT
_FOOT, _BOTTOM = 287.4, 279.0


@dataclass(frozen=True, slots=True)
class PrivacyOffice:
    """Who keeps the data, and when the paper was printed by whom."""

    name: str
    english_name: str
    company: str
    phone: str
    printed_at: datetime
    printed_by: str

    def called(self, language: PaperLanguage) -> str:
        """Return the office's name in the paper's language."""
        return (language is PaperLanguage.EN and self.english_name) or self.name


def begin_paper(
    sheet: Sheet, office: PrivacyOffice, title: LazyText, language: PaperLanguage, number: str = ""
) -> Flow:
    """Draw the head of the first page; return the flow below it."""

    def draw_foot() -> None:
        printed = _("Printed {time} by {person}").format(
            time=f"{office.printed_at:%Y-%m-%d %H:%M}", person=office.printed_by
        )
        words = "    ".join((language.main(title), printed))
        draw_footer(sheet, words, language, left=LEFT, right=RIGHT, y=_FOOT)

    def start_page(sheet: Sheet) -> float:
        name = office.called(language)
        draw_running_head(sheet, language.main(title), name, number, left=LEFT, right=RIGHT)
        draw_foot()
        return 18.5

    draw_office(sheet, LEFT, 13.0, Office(office.name, office.english_name), language, width=_WIDTH)
    middle = (LEFT + RIGHT) / 2
    sheet.text(middle, 35.0, language.main(title), 20, bold=True, align=Align.CENTRE)
    if second := language.second(title):
        sheet.text(middle, 40.0, second, 7.2, align=Align.CENTRE)
    draw_foot()
    return Flow(sheet, left=LEFT, width=_WIDTH, bottom=_BOTTOM, start_page=start_page, y=44.0)
