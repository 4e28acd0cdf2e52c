"""Zones of a form: the rail with the zone's name, labels over or before their values."""

from dataclasses import dataclass

from propdesk.domain.papers import PaperLanguage
from propdesk.i18n import LazyText
from propdesk.reports.parts.masthead import fitting_size
from propdesk.reports.parts.profiles import LASER, Profile
from propdesk.reports.parts.sheet import PT, Align, Box, Sheet
from propdesk.reports.parts.text import elide

_LEAST_VALUE = 6.5  # pt
RAIL = 7.5  # mm, the column with the names of the zones


@dataclass(frozen=True, slots=True)
class Form:
    """What the zones of one form share: the sheet, the paper's language, the printer's profile."""

    sheet: Sheet
    language: PaperLanguage
    profile: Profile = LASER

    @property
    def two_lines(self) -> bool:
        """Say whether labels have a second line."""
        return self.language is PaperLanguage.ZH_EN and self.profile.second_lines

    def word(self, text: LazyText) -> str:
        """Return a label's main line."""
        return self.language.main(text)

    def label(self, x: float, base: float, text: LazyText, width: float) -> None:
        """Draw a label on the baseline of its value, its small English line below."""
        main = self.word(text)
        raised = 1.1 if self.two_lines else 0.0
        size = fitting_size(main, width, self.profile.label, least=4.5)
        self.sheet.text(x, base - raised, main, size)
        if self.two_lines:
            second = self.language.second(text)
            size = fitting_size(second, width, self.profile.second, least=3.6)
            self.sheet.text(x, base + 1.1, second, size)

    def value(self, x: float, base: float, text: str, width: float, size: float) -> None:
        """Draw a bold value on its baseline; a long one is set smaller, then on two lines."""
        sheet = self.sheet
        size = fitting_size(text, width, size, least=_LEAST_VALUE, bold=True)
        lines = sheet.wrapped(text, width, size, bold=True)
        if len(lines) > 1:
            rest = elide("".join(lines[1:]), width, size, bold=True)
            sheet.lines(x, base - 1.5, (lines[0], rest), size, leading=2.8, bold=True)
        else:
            sheet.text(x, base, text, size, bold=True)

    def zone_name(self, rail: Box, text: LazyText) -> None:
        """Draw a zone's name in its rail: Chinese one character a line, English upwards."""
        name = self.word(text)
        middle = rail.x + rail.width / 2
        centre = rail.y + rail.height / 2
        if self.language is PaperLanguage.EN:
            size = fitting_size(name, rail.height - 1.5, 8.0, least=5.0, bold=True)
            self.sheet.text_upwards(middle + size / PT * 0.36, centre, name, size, bold=True)
            return
        size = 8.8
        step = min(size / PT * 1.16, (rail.height - 1.0) / max(len(name), 1))
        base = centre - step * len(name) / 2 + step * 0.82
        for character in name:
            self.sheet.text(middle, base, character, size, bold=True, align=Align.CENTRE)
            base += step
