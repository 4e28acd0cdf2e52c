"""The office's choices for inspections, with what the sources say as default (law.md 1.9)."""

import re
from dataclasses import dataclass

from propdesk.domain.errors import RuleError
from propdesk.i18n import _, _lazy

ENTRY_SOURCE = _lazy("Usual in the trade, not from a law; to be verified")
_LETTERS = re.compile(r"[A-Z]{1,4}")
_DAYS = re.compile(r"\d{1,3}(?:, ?\d{1,3}){0,4}")


@dataclass(frozen=True, slots=True)
class InspectionSettings:
    """The office's choices for inspections.

    A round is entered within `entry_hours` of its end. The same finding `repeat_times` within
    `repeat_days` needs improvement (idea 10). Statutory dates and contracts are told `warn_days`
    ahead. A rectification notice gives `rectify_days`.
    """

    entry_hours: int = 24
    repeat_times: int = 3
    repeat_days: int = 90
    warn_days: str = "90,60,30"
    rectify_days: int = 7
    sheet_letters: str = "XJ"
    rectify_letters: str = "ZG"

    @property
    def warnings(self) -> tuple[int, ...]:
        """Return the days ahead, the farthest first."""
        return tuple(sorted({int(day) for day in self.warn_days.split(",")}, reverse=True))


def check_inspection_settings(settings: InspectionSettings) -> InspectionSettings:
    """Return the settings, or refuse with the one thing to change."""
    ranges = (
        (settings.entry_hours, 1, 720, _("A round is entered within 1 to 720 hours.")),
        (settings.repeat_times, 2, 20, _("A finding repeats 2 to 20 times.")),
        (settings.repeat_days, 1, 730, _("Repeated findings are counted over 1 to 730 days.")),
        (settings.rectify_days, 1, 180, _("A notice gives 1 to 180 days.")),
    )
    for value, least, most, sentence in ranges:
        if not least <= value <= most:
            raise RuleError("inspection-setting", sentence)
    if not _DAYS.fullmatch(settings.warn_days):
        raise RuleError("inspection-setting", _("Write the days ahead as 90,60,30."))
    for letters in (settings.sheet_letters, settings.rectify_letters):
        if not _LETTERS.fullmatch(letters):
            raise RuleError("inspection-setting", _("A number begins with 1 to 4 capitals."))
    if settings.sheet_letters == settings.rectify_letters:
        raise RuleError("inspection-setting", _("Sheets and notices begin with different letters."))
    return settings
