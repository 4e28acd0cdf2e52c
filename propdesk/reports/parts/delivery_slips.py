"""The tear-offs of fee letters: receipt, sign strip, record of a visit, list for the lawyer.

What a receipt must hold is law.md 1.6, content 8: who received it, in which relation, signature or
fingerprint and time; refusal with two witnesses; way and tracking number.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from propdesk.domain.papers import PaperLanguage
from propdesk.i18n import LazyText, _lazy
from propdesk.reports.parts.codes import code128_width, draw_code128
from propdesk.reports.parts.sheet import FIELD, HEAVY, ZONE, Align, Sheet
from propdesk.reports.parts.text import width_mm

SLIP_RECEIPT, SLIP_STRIP, SLIP_VISIT, SLIP_ORDER = 70.0, 44.0, 76.0, 62.0
"""Heights in millimetres from the cutting line to the footer."""

_RECEIPT, _STRIP = _lazy("Proof of delivery"), _lazy("Receipt strip")
_VISIT, _ORDER = _lazy("What the visit brought"), _lazy("List of papers handed over")
_WAY, _TRACKING, _BY = _lazy("Way of delivery"), _lazy("Tracking no."), _lazy("Delivered by")
_WAYS = (_lazy("in person"), _lazy("EMS"), _lazy("posted up"), _lazy("electronic"))
_SIGNED, _SIGNATURE = _lazy("Received by"), _lazy("Signature or fingerprint")
_DECLARED = _lazy("I have received the original. My signature does not accept the amounts.")
_RELATION, _AT = _lazy("Relation to the owner"), _lazy("Time of receipt")
_RELATIONS = (_lazy("the owner himself"), _lazy("adult of the household"), _lazy("authorised"))
_REFUSED, _WHAT, _PHOTO = _lazy("Delivery refused"), _lazy("What happened"), _lazy("Photo no.")
_WITNESS_1, _WITNESS_2, _TIME = _lazy("Witness 1"), _lazy("Witness 2"), _lazy("Time")
_MONTH, _DAY, _HOUR, _MINUTE = _lazy("MM"), _lazy("DD"), _lazy("hh"), _lazy("mm")
_YEAR = _lazy("YYYY")
_VISITORS = (_lazy("Visitor 1"), _lazy("Visitor 2"))
_MET, _OPINION = _lazy("Whom we met"), _lazy("What the household said")
_PROMISED, _NOBODY = _lazy("Promised to pay on"), _lazy("nobody at home, left at the door")
_PAPERS = (
    _lazy("Table of bills and payments"),
    _lazy("Service contract and basis of the fees"),
    _lazy("Demand letters with proof of delivery"),
    _lazy("Record of all demands"),
    _lazy("Service records of the building"),
    _lazy("Power of attorney"),
)
_COPIES, _HANDED, _TAKEN = (
    _lazy("page(s)"),
    _lazy("Handed to the lawyer by"),
    _lazy("Taken by, day"),
)


@dataclass(frozen=True, slots=True)
class Slip:
    """What a tear-off says of its letter: number, house, amount, and digits to be scanned."""

    number: str
    short: str
    amount: str
    digits: str


class _Pen:
    """Fields to write into, drawn with the labels of the paper's language."""

    def __init__(self, sheet: Sheet, language: PaperLanguage, left: float, right: float) -> None:
        self.sheet, self.language = sheet, language
        self.left, self.right = left, right

    def head(self, y: float, title: LazyText, slip: Slip) -> None:
        """Draw the title at the left, number, house and amount at the right, bars between."""
        sheet = self.sheet
        words = self.language.main(title)
        wide = sheet.text(self.left, y, words, 14, bold=True, tracking=0.12)
        second = self.language.second(title)
        if second:
            wide += 4 + sheet.text(self.left + wide + 4, y, second, 6.8)
        said = f"{slip.number}  {slip.short}  {slip.amount}"
        number = sheet.text(self.right, y, said, 9.2, bold=True, align=Align.RIGHT)
        bars = code128_width(slip.digits)
        room = self.right - number - self.left - wide
        if room > bars + 8:
            x = self.left + wide + (room - bars) / 2
            draw_code128(sheet, x, y - 5.4, slip.digits, height=6.0)
        sheet.rule(self.left, y + 2.4, self.right, HEAVY)

    def label(self, x: float, y: float, text: LazyText, *, bold: bool = False) -> float:
        """Draw a label with its English below, where the paper has both; return its right edge."""
        size = 9.2 if bold else 8.0
        wide = self.sheet.text(x, y, self.language.main(text), size, bold=bold)
        second = self.language.second(text)
        if second:
            self.sheet.text(x, y + 2.5, second, 5.0)
        return x + wide

    def blank(self, x: float, y: float, right: float, text: LazyText) -> None:
        """Draw a label and the line behind it to write on."""
        self.sheet.rule(self.label(x, y, text) + 2.4, y + 1.6, right, FIELD)

    def ticks(self, x: float, y: float, texts: Sequence[LazyText], gap: float = 2.6) -> float:
        """Draw boxes to tick with their words; return the right edge."""
        for text in texts:
            self.sheet.tick_box(x, y, 2.9, ticked=False)
            x += 4.0 + self.sheet.text(x + 4.0, y, self.language.main(text), 8.0) + gap
        return x

    def moment(self, y: float, right: float, units: Sequence[LazyText], step: float) -> None:
        """Draw the units of a time to be written, ending at `right`."""
        for place, unit in enumerate(reversed(units)):
            words = self.language.main(unit)
            self.sheet.text(right - place * step, y, words, 8.0, align=Align.RIGHT)


def draw_receipt(
    sheet: Sheet, y: float, slip: Slip, language: PaperLanguage, left: float, right: float
) -> None:
    """Draw the receipt of a formal letter from the cutting line `y` downwards."""
    pen = _Pen(sheet, language, left, right)
    pen.head(y + 9.0, _RECEIPT, slip)
    base = y + 16.6
    x = pen.ticks(pen.label(left, base, _WAY) + 4.6, base, _WAYS) + 2
    middle = x + (right - x) * 0.56
    pen.blank(x, base, middle, _TRACKING)
    pen.blank(middle + 3, base, right, _BY)
    sheet.rule(left, y + 20.0, right, ZONE)
    base = y + 24.6
    wide = width_mm(language.main(_SIGNED), 9.2, bold=True)
    sheet.text(left, base, language.main(_SIGNED), 9.2, bold=True)
    sheet.text(left + wide + 5, base, language.main(_DECLARED), 8.0)
    _signatures(pen, y + 29.6, y + 40.6)
    sheet.rule(left, y + 44.0, right, ZONE)
    base = y + 49.0
    hang = left + max(11.2, width_mm(language.main(_REFUSED), 9.2, bold=True) + 3)
    pen.label(left, base, _REFUSED, bold=True)
    pen.blank(hang, base, left + 93, _WHAT)
    pen.blank(left + 97, base, right, _PHOTO)
    base = y + 58.0
    pen.blank(hang, base, left + 56.5, _WITNESS_1)
    pen.blank(left + 60.5, base, left + 106, _WITNESS_2)
    end = pen.label(left + 110, base, _TIME)
    sheet.rule(end + 2.4, base + 1.6, right, FIELD)
    pen.moment(base, right, (_MONTH, _DAY, _HOUR), 11.5)
    sheet.rule(left, y + 61.8, right, HEAVY)


def _signatures(pen: _Pen, base: float, line: float) -> None:
    """Draw signature, relation and time of who received, on one writing line."""
    left, right, sheet = pen.left, pen.right, pen.sheet
    third = (right - left) / 3
    pen.label(left, base, _SIGNATURE)
    sheet.rule(left, line, left + third - 3, FIELD)
    pen.label(left + third + 1, base, _RELATION)
    end = pen.ticks(left + third + 1, line - 3.4, _RELATIONS, gap=1.6)
    second = max(end, left + 2 * third - 2)
    sheet.rule(left + third + 1, line, second, FIELD)
    pen.label(second + 4, base, _AT)
    sheet.rule(second + 4, line, right, FIELD)
    step = min(11.2, (right - second - 4) / 4)
    pen.moment(line - 1.6, right, (_MONTH, _DAY, _HOUR, _MINUTE), step)


def draw_strip(
    sheet: Sheet, y: float, slip: Slip, language: PaperLanguage, left: float, right: float
) -> None:
    """Draw the strip of a reminder that is signed for at the door."""
    pen = _Pen(sheet, language, left, right)
    pen.head(y + 9.0, _STRIP, slip)
    _signatures(pen, y + 15.4, y + 25.4)
    base = y + 30.6
    pen.blank(left, base, left + 92, _REFUSED)
    pen.blank(left + 96, base, right, _BY)
    sheet.rule(left, y + 35.0, right, HEAVY)


def draw_visit(
    sheet: Sheet, y: float, slip: Slip, language: PaperLanguage, left: float, right: float
) -> None:
    """Draw what is written down at a visit: two visitors, whom they met, what was said."""
    pen = _Pen(sheet, language, left, right)
    pen.head(y + 9.0, _VISIT, slip)
    base = y + 17.0
    pen.blank(left, base, left + 50, _VISITORS[0])
    pen.blank(left + 54, base, left + 104, _VISITORS[1])
    end = pen.label(left + 108, base, _TIME)
    sheet.rule(end + 2.4, base + 1.6, right, FIELD)
    pen.moment(base, right, (_MONTH, _DAY, _HOUR, _MINUTE), 9.6)
    base = y + 25.0
    pen.blank(left, base, left + 62, _MET)
    pen.ticks(left + 66, base, (*_RELATIONS, _NOBODY), gap=1.8)
    base = y + 33.0
    pen.label(left, base, _OPINION)
    for place in range(3):
        sheet.dotted(left + 22, base + 1.6 + 7.4 * place, right)
    base = y + 57.2
    end = pen.label(left, base, _PROMISED)
    sheet.rule(end + 2.4, base + 1.6, left + 74, FIELD)
    pen.moment(base, left + 74, (_YEAR, _MONTH, _DAY), 11.0)
    pen.blank(left + 78, base, left + 126, _SIGNATURE)
    pen.blank(left + 130, base, right, _PHOTO)
    sheet.rule(left, y + 66.0, right, HEAVY)


def draw_order(
    sheet: Sheet, y: float, slip: Slip, language: PaperLanguage, left: float, right: float
) -> None:
    """Draw the list of the papers that the lawyer gets, each to be ticked and counted."""
    pen = _Pen(sheet, language, left, right)
    pen.head(y + 9.0, _ORDER, slip)
    middle = (left + right) / 2
    for place, text in enumerate(_PAPERS):
        x = left if place % 2 == 0 else middle + 2
        base = y + 18.0 + 8.0 * (place // 2)
        edge = middle - 2 if place % 2 == 0 else right
        pen.ticks(x, base, (text,))
        sheet.rule(edge - 22, base + 1.6, edge - 8, FIELD)
        sheet.text(edge, base, language.main(_COPIES), 7.6, align=Align.RIGHT)
    base = y + 46.0
    pen.blank(left, base, middle - 2, _HANDED)
    pen.blank(middle + 2, base, right, _TAKEN)
    sheet.rule(left, y + 53.0, right, HEAVY)
