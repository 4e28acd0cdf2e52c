"""The receipt on an 80 mm roll: as long as its lines, the same words below each other."""

from collections.abc import Callable

from propdesk.domain.money import money_words
from propdesk.domain.papers import PaperLanguage
from propdesk.i18n import _
from propdesk.reports.parts import receipt_plans as forms
from propdesk.reports.parts.codes import code128_width, draw_code128
from propdesk.reports.parts.masthead import fitting_size
from propdesk.reports.parts.receipt_forms import signed
from propdesk.reports.parts.receipt_values import ReceiptLine, ReceiptSheet
from propdesk.reports.parts.sheet import FRAME, HEAD, HEAVY, Align, Box, PageSize, Sheet
from propdesk.reports.parts.text import width_mm, wrap

_WIDTH, _LEFT, _RIGHT = 80.0, 4.0, 76.0
_ROOM = _RIGHT - _LEFT
_SIZE, _SMALL, _LEADING = 9.0, 8.0, 4.4
_CODE = 8.0

Piece = tuple[float, Callable[[Sheet, float], None]]
"""A part of the slip: its height and what draws it from its upper edge."""


class SlipForm:
    """A receipt on the roll; `draw_copy` draws one copy, which is one page."""

    def __init__(self, receipt: ReceiptSheet, language: PaperLanguage) -> None:
        self.receipt, self.language = receipt, language
        self._began = False
        # The copies' names are short: all copies are as long as the one with the longest.
        tall = max(sum(height for height, _draw in self._pieces(name)) for name in receipt.copies)
        self.size = PageSize(_WIDTH, round(tall + 9, 1))

    def draw_copy(self, sheet: Sheet, number: int, copy: str) -> None:
        """Draw a copy."""
        if self._began:
            sheet.new_page()
        self._began = True
        y = 4.0
        name = f"{'①②③④'[number : number + 1]} {copy}".strip()
        for height, draw in self._pieces(name):
            draw(sheet, y)
            y += height

    def _pieces(self, copy: str) -> list[Piece]:
        receipt, word = self.receipt, self.language.main
        pieces: list[Piece] = []
        english = self.language is PaperLanguage.EN and receipt.office_name_en
        pieces += _centred(english or receipt.office_name, 11, bold=True)
        if receipt.office_phone:
            phone = _("Phone {phone}").format(phone=receipt.office_phone)
            pieces += _centred(phone, _SMALL)
        pieces += _centred(receipt.title, 14, bold=True)
        for mark in self._marks():
            pieces.append(_framed(mark))
        if receipt.void:
            pieces += _wrapped(receipt.void, _SMALL)
        if receipt.refund_of:
            words = _("of receipt {number}").format(number=receipt.refund_of)
            pieces += _wrapped(words, _SMALL)
        pieces.append(_rule(HEAVY))
        pieces.append(_pair(f"No. {receipt.number}", copy, bold=True))
        pieces += _labelled(word(forms.DAY), f"{receipt.at:%Y-%m-%d %H:%M}")
        pieces += _labelled(word(forms.PAYER), receipt.payer)
        pieces += _labelled(word(forms.HOUSE), receipt.house)
        pieces.append(_rule(HEAD))
        for line in receipt.lines:
            pieces += self._line(line)
        return [*pieces, *self._sums()]

    def _sums(self) -> list[Piece]:
        """Return the total, the means, who took it, the room for the stamp, and the code."""
        receipt, word = self.receipt, self.language.main
        pieces: list[Piece] = []
        pieces.append(_rule(HEAVY))
        pieces.append(_pair(word(forms.TOTAL), f"¥ {signed(receipt.total_fen)}", 14, bold=True))
        pieces += _wrapped(receipt.capitals, _SIZE, bold=True)
        pieces.append(_rule(HEAD))
        for name, fen in receipt.means:
            pieces.append(_pair(name, signed(fen)))
        if receipt.change_fen:
            given, back = money_words(receipt.tendered_fen), money_words(receipt.change_fen)
            pieces += _wrapped(_("given {given}, change {back}").format(given=given, back=back))
        if receipt.prepaid_after_fen is not None:
            balance = money_words(receipt.prepaid_after_fen)
            pieces += _wrapped(_("Prepaid balance {amount}").format(amount=balance))
        pieces += _labelled(word(forms.CASHIER), receipt.cashier)
        if receipt.payee:
            pieces += _labelled(word(forms.STAMP), receipt.payee)
        pieces.append((14.0, lambda _sheet, _y: None))  # room for the stamp
        pieces.append(_rule(HEAD))
        for text in (receipt.note, receipt.remark):
            pieces += _wrapped(text, _SMALL) if text else []
        printed = _("Printed {time}").format(time=f"{receipt.printed_at:%Y-%m-%d %H:%M}")
        pieces += _wrapped(printed, _SMALL)
        pieces.append((_CODE + 4, self._draw_code))
        return pieces

    def _draw_code(self, sheet: Sheet, y: float) -> None:
        digits = self.receipt.code_digits
        left = (_WIDTH - code128_width(digits)) / 2
        draw_code128(sheet, left, y + 2, digits, height=_CODE)

    def _marks(self) -> list[str]:
        word, receipt = self.language.main, self.receipt
        marks = [word(forms.VOID)] if receipt.void else []
        marks += [word(forms.CONTRA)] if receipt.refund_of else []
        if receipt.reprint:
            marks.append(word(forms.REPRINT).format(number=receipt.reprint))
        return marks

    def _line(self, line: ReceiptLine) -> list[Piece]:
        word = self.language.main
        pieces = _wrapped_pair(line.item, signed(line.paid_fen))
        if line.from_on is not None and line.until_on is not None:
            start, end = line.from_on.isoformat(), line.until_on.isoformat()
            pieces += _wrapped(_("{start} to {end}").format(start=start, end=end), _SMALL)
        parts = [text for text in (line.price, line.quantity) if text]
        facts = [" × ".join(parts)] if parts else []
        for label, fen in (
            (forms.DUE, line.due_fen),
            (forms.REDUCED, line.reduced_fen),
            (forms.LATE, line.late_fen),
        ):
            if fen and fen != line.paid_fen:
                facts.append(f"{word(label)} {signed(fen)}")
        for text in ("  ".join(facts), line.remark):
            pieces += _wrapped(text, _SMALL) if text else []
        return pieces


def _rule(weight: float) -> Piece:
    return 2.4, lambda sheet, y: sheet.rule(_LEFT, y + 1.2, _RIGHT, weight)


def _wrapped(text: str, size: float = _SIZE, *, bold: bool = False) -> list[Piece]:
    """Return a text in lines over the width; the sheet cleans it when it is drawn."""
    return [_at_left(line, size, bold=bold) for line in wrap(text, _ROOM, size, bold=bold)]


def _at_left(line: str, size: float, *, bold: bool) -> Piece:
    return (
        _LEADING,
        lambda sheet, y: _ignore(sheet.text(_LEFT, y + 3.3, line, size, bold=bold)),
    )


def _ignore(_width: float) -> None:
    """Draw only: a piece returns nothing."""


def _centred(text: str, size: float, *, bold: bool = False) -> list[Piece]:
    tall = max(size * 0.46, _LEADING)

    def piece(line: str) -> Piece:
        def draw(sheet: Sheet, y: float) -> None:
            sheet.text(_WIDTH / 2, y + tall * 0.76, line, size, bold=bold, align=Align.CENTRE)

        return tall, draw

    return [piece(line) for line in wrap(text, _ROOM, size, bold=bold)]


def _framed(mark: str) -> Piece:
    def draw(sheet: Sheet, y: float) -> None:
        wide = min(width_mm(mark, 12, bold=True) + 6, _ROOM)
        sheet.frame(Box((_WIDTH - wide) / 2, y + 0.8, wide, 6.2), FRAME)
        size = fitting_size(mark, wide - 2, 12, least=6, bold=True)
        sheet.text(_WIDTH / 2, y + 5.4, mark, size, bold=True, align=Align.CENTRE)

    return 8.0, draw


def _pair(left: str, right: str, size: float = _SIZE, *, bold: bool = False) -> Piece:
    tall = max(size * 0.5, _LEADING)

    def draw(sheet: Sheet, y: float) -> None:
        base = y + tall * 0.76
        fitted = fitting_size(right, _ROOM * 0.8, size, least=6, bold=bold)
        room = _ROOM - width_mm(right, fitted, bold=bold) - 2
        sheet.text(_LEFT, base, left, fitting_size(left, room, size, least=5, bold=bold), bold=bold)
        sheet.text(_RIGHT, base, right, fitted, bold=bold, align=Align.RIGHT)

    return tall, draw


def _wrapped_pair(text: str, right: str) -> list[Piece]:
    """Return an item over several lines, its amount behind the last."""
    room = _ROOM - width_mm(right, _SIZE, bold=True) - 3
    *more, last = wrap(text, room, _SIZE, bold=True) or [""]
    return [*(_at_left(line, _SIZE, bold=True) for line in more), _pair(last, right, bold=True)]


def _labelled(label: str, value: str) -> list[Piece]:
    """Return a label and its value, wrapped behind the label."""
    tab = max(width_mm(label, _SMALL) + 2.5, 14)

    def piece(place: int, line: str) -> Piece:
        def draw(sheet: Sheet, y: float) -> None:
            if not place:
                sheet.text(_LEFT, y + 3.3, label, _SMALL)
            sheet.text(_LEFT + tab, y + 3.3, line, _SIZE)

        return _LEADING, draw

    return [
        piece(place, line) for place, line in enumerate(wrap(value, _ROOM - tab, _SIZE) or [""])
    ]
