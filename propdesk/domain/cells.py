"""What a cell of somebody's workbook says: text, time, day, area, phones; a refusal says why not.

Excel turns long numbers into `1.38E+10`, dates into serial numbers and everything into text; what
cannot be read for certain is refused with a reason instead of being guessed (F37, F46).
"""

import re
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from propdesk.domain.chinese_numbers import with_digits
from propdesk.domain.persons import is_phone, phone_digits
from propdesk.domain.texts import clean_line, clean_text, fold
from propdesk.i18n import _

Cell = str | int | float | datetime | date | time | None
"""A cell as the sheet reader hands it over."""


class CellError(ValueError):
    """A cell that cannot be taken; the text is a sentence for the list of rows."""


def cell_text(cell: Cell) -> str:
    """Return a cell as a text of several lines, safe to store."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return clean_text(cell)
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return cell.isoformat(" ", "seconds") if isinstance(cell, datetime) else str(cell)


def cell_line(cell: Cell) -> str:
    """Return a cell as a text of one line."""
    if cell is None:
        return ""
    return clean_line(cell) if isinstance(cell, str) else cell_text(cell)


# Excel counts days from the last day of 1899 (its leap year 1900 included); 20000 is in 1954.
_FIRST_DAY = datetime(1899, 12, 30)
_SERIALS = (20_000, 80_000)
_DAYS_TO_1904 = 1462
"""Workbooks of old Macs count from 1904; a number without a date's format is such a day too."""

_TIME = re.compile(
    r"(?P<year>(?:19|20)\d\d)(?:[-/.年]\s*(?P<month>\d{1,2})[-/.月]\s*(?P<day>\d{1,2})|"
    r"(?P<month2>\d\d)(?P<day2>\d\d))[日号]?"
    r"(?:[\sT,]*(?:星期.|周.)?\s*(?P<half>上午|早上|中午|下午|晚上|[ap]\.?m\.?)?\s*"
    r"(?P<hour>\d{1,2})\s*[:时点]\s*(?:(?P<minute>\d{1,2})\s*(?:[:分]\s*(?:(?P<second>\d{1,2})"
    r"(?:\.\d+)?\s*秒?)?)?)?\s*(?P<half2>[ap]\.?m\.?)?)?"
    r"(?:z|[+-]\d\d:?\d\d)?",
    re.IGNORECASE,
)
_AFTERNOON = ("下午", "晚上", "中午", "p")


def read_time(cell: Cell, *, days_from_1904: bool = False) -> datetime:
    """Return a local time from a date cell, a serial number or text in any of the usual forms.

    Understood are `2019/8/19 11:48:23`, `2019-08-19`, `2019.8.19`, `20190819`,
    `2019年8月19日 9:05`, `二〇一九年八月十九日`, `下午3:05`. Two-digit years and `8/9/2019` are not
    guessed at. Raises CellError.
    """
    if isinstance(cell, datetime):
        return cell.replace(tzinfo=None, microsecond=0)
    if isinstance(cell, date):
        return datetime(cell.year, cell.month, cell.day)
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _from_serial(cell + _DAYS_TO_1904 if days_from_1904 else cell)
    said = fold(cell_line(cell)).strip().removeprefix("'")
    text = with_digits(said) if "年" in said else said
    if not text:
        raise CellError(_("There is no time."))
    if re.fullmatch(r"\d{5}(?:\.\d+)?", text):
        return _from_serial(float(text))
    match = _TIME.fullmatch(text)
    if match is None:
        raise _unreadable_time(said)
    part = match.groupdict()
    hour = int(part["hour"] or 0)
    half = part["half"] or part["half2"] or ""
    if half.startswith(_AFTERNOON) and hour < 12 and not (half == "中午" and hour > 9):
        hour += 12
    elif half.startswith(("上午", "a")) and hour == 12:
        hour = 0
    try:
        return datetime(
            int(part["year"]),
            int(part["month"] or part["month2"]),
            int(part["day"] or part["day2"]),
            hour,
            int(part["minute"] or 0),
            int(part["second"] or 0),
        )
    except ValueError:
        raise _unreadable_time(said) from None


def read_day(cell: Cell, *, days_from_1904: bool = False) -> date | None:
    """Return a day, None where the cell is empty. Raises CellError."""
    if not cell_line(cell):
        return None
    return read_time(cell, days_from_1904=days_from_1904).date()


def _from_serial(number: float) -> datetime:
    low, high = _SERIALS
    if not low <= number < high:
        raise _unreadable_time(str(number))
    moment = _FIRST_DAY + timedelta(days=float(number)) + timedelta(milliseconds=500)
    return moment.replace(microsecond=0)


def _unreadable_time(text: str) -> CellError:
    return CellError(
        _("«{text}» is no time; write it like 2019-08-19 11:48.").format(text=text[:40])
    )


_UNIT_OF_AREA = re.compile(r"(?:㎡|m2|m²|平方米|平米|平方|平)$")
_LARGEST_AREA = Decimal(1_000_000)


def read_area(cell: Cell) -> int | None:
    """Return an area in dm² (hundredths of a m²) from `89.56`, `89.56㎡`; None where empty.

    Raises CellError for what is no number, negative, or larger than a square kilometre.
    """
    text = str(cell)
    if not text.isascii() or not text.replace(".", "").isdigit():  # most cells are plain numbers
        text = _UNIT_OF_AREA.sub("", fold(cell_line(cell)).replace(",", "")).strip()
    if not text or text in {"-", "/"}:
        return None
    try:
        area = Decimal(text)
    except InvalidOperation:
        area = Decimal("NaN")
    if not area.is_finite() or not 0 <= area <= _LARGEST_AREA:
        raise CellError(_("«{text}» is no area in m².").format(text=cell_line(cell)[:30]))
    return int((area * 100).quantize(Decimal(1), ROUND_HALF_UP)) or None


_LOST = re.compile(r"\d(?:\.\d+)?e\+?\d{1,3}")
_ROUNDED = re.compile(r"1\d{4}0{6}")
_BETWEEN_PHONES = re.compile(r"[,;/、，；|\n]+|(?<=\d{5})\s+(?=\+?\d{5})")


def read_phones(cell: Cell) -> tuple[str, ...]:
    """Return the phone numbers of a cell, none where it says 无 or a dash.

    Raises CellError where Excel has rounded a number (1.38E+10) or something is no phone.
    """
    plain = str(cell)
    if plain.isascii() and plain.isdigit() and 5 <= len(plain) <= 16:
        # Most cells are one number; what is below costs ten times as much.
        if _ROUNDED.fullmatch(plain):
            raise _rounded(plain)
        return (plain,)
    text = fold(cell_text(cell).replace("\n", ";"))
    phones = []
    for part in _BETWEEN_PHONES.split(text):
        phone = part.strip().removeprefix("'")  # the mark of text that some exports write out
        if _LOST.fullmatch(phone) or _ROUNDED.fullmatch(phone_digits(phone)):
            raise _rounded(phone)
        if not phone_digits(phone) and "*" not in phone:
            continue
        if not is_phone(phone):
            raise CellError(_("«{phone}» is no phone number.").format(phone=phone[:30]))
        phones.append(phone)
    return tuple({phone_digits(phone): phone for phone in reversed(phones)}.values())[::-1]


def _rounded(phone: str) -> CellError:
    return CellError(
        _("The phone «{phone}» has lost its digits in Excel; type it again as text.").format(
            phone=phone
        )
    )
