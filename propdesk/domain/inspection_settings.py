"""The office's choices for inspections, with what the sources say as default (law.md 1.9)."""

import re
from dataclasses import dataclass

from propdesk.domain.errors import DraftError, Problem
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
    """Return the settings; raises DraftError for those out of range, each under its field."""
    ranges = (
        ("entry_hours", 1, 720, _("A round is entered within 1 to 720 hours.")),
        ("repeat_times", 2, 20, _("A finding repeats 2 to 20 times.")),
        ("repeat_days", 1, 730, _("Repeated findings are counted over 1 to 730 days.")),
        ("rectify_days", 1, 180, _("A notice gives 1 to 180 days.")),
    )
    problems = [
        Problem(field, sentence)
        for field, least, most, sentence in ranges
        if not least <= getattr(settings, field) <= most
    ]
    if not _DAYS.fullmatch(settings.warn_days):
        problems.append(Problem("warn_days", _("Write the days ahead as 90,60,30.")))
    problems += [
        Problem(field, _("A number begins with 1 to 4 capitals."))
        for field in ("sheet_letters", "rectify_letters")
        if not _LETTERS.fullmatch(getattr(settings, field))
    ]
    if settings.sheet_letters == settings.rectify_letters:
        sentence = _("Sheets and notices begin with different letters.")
        problems.append(Problem("rectify_letters", sentence))
    if problems:
        raise DraftError(tuple(problems))
    return settings
