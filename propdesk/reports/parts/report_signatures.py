"""The end of a monthly report: three places to sign, and what they are signed for."""

from dataclasses import dataclass
from datetime import datetime

from propdesk.domain.papers import PaperLanguage
from propdesk.i18n import _, _lazy
from propdesk.reports.parts.report_figures import NOTE_SIZE
from propdesk.reports.parts.sheet import FIELD, TABLE, Align, Sheet

SIGNATURES = _lazy("Signatures")
SIGNATURES_HEIGHT = 32.0
_SIGNED = (_lazy("Prepared"), _lazy("Checked"), _lazy("Approved"))


@dataclass(frozen=True, slots=True)
class Signed:
    """What the signatures of a monthly report stand under; `until` says when it was counted."""

    language: PaperLanguage
    prepared_by: str
    until: str
    printed_at: datetime


def draw_signatures(signed: Signed, sheet: Sheet, x: float, y: float, width: float) -> None:
    """Draw the three places to sign, and what they are signed for."""
    tall = 27.0
    third = width / 3
    sheet.rule(x, y, x + width, TABLE)
    language = signed.language
    for place, label in enumerate(_SIGNED):
        left = x + third * place + (3.0 if place else 0.0)
        right = x + third * (place + 1) - 3.0
        if place:
            sheet.upright(x + third * place, y, y + tall, FIELD)
        wide = sheet.text(left, y + 5.2, language.main(label), 9.4, bold=True)
        if language.second(label):
            sheet.text(left + wide + 2, y + 5.2, language.second(label), 6.6)
        if place == 0:
            sheet.text(right, y + 5.2, signed.prepared_by, 9, align=Align.RIGHT)
        sheet.rule(left, y + 19.4, right, FIELD)
        base = y + 24.2
        sheet.text(left, base, _("Date"), 8.2)
        room = (right - left - 12) / 3
        for number, unit in enumerate((_("YYYY"), _("MM"), _("DD")), 1):
            sheet.text(left + 12 + room * number, base, unit, 8.2, align=Align.RIGHT)
    sheet.rule(x, y + tall, x + width, TABLE)
    base = y + tall + 4.4
    sheet.text(x, base, _("Not sealed: late entries still change these figures."), NOTE_SIZE)
    text = _("Data {as_of}, printed {time}").format(
        as_of=signed.until, time=f"{signed.printed_at:%Y-%m-%d %H:%M}"
    )
    sheet.text(x + width, base, text, NOTE_SIZE, align=Align.RIGHT)
