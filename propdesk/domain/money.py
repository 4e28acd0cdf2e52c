"""Money in whole fen: read as it is typed, shown in figures, written in capitals on papers."""

import re
from decimal import ROUND_HALF_UP, Decimal

from propdesk.domain.errors import RuleError
from propdesk.domain.texts import elide, fold
from propdesk.i18n import _

MOST_FEN = 100_000_000_000
"""A thousand million yuan: more is a slip of the finger."""

_AMOUNT = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d{1,2})0*)?")
_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿")


def parse_money(typed: str) -> int:
    """Return an amount such as `120`, `1,234.50` or `¥3.5元` in fen; refuse what is none.

    A third decimal is refused, not rounded: nobody pays a tenth of a fen.
    """
    text = re.sub(r"\s+", "", fold(typed)).removeprefix("¥").removeprefix("rmb").removesuffix("元")
    match = _AMOUNT.fullmatch(text)
    if match is None:
        raise RuleError(
            "amount-unreadable",
            _("«{text}» is no amount of money; write it like 120 or 120.50.").format(
                text=elide(typed.strip(), 40)
            ),
        )
    fen = int(Decimal(text.replace(",", "")) * 100)
    if fen > MOST_FEN:
        raise RuleError(
            "amount-too-large",
            _("{amount} yuan is too much; check the figure.").format(amount=elide(text, 40)),
        )
    return fen


def money_words(fen: int) -> str:
    """Return an amount in figures: `1,234.50`; a plain minus, so that Excel reads it too."""
    sign = "-" if fen < 0 else ""
    return f"{sign}{abs(fen) // 100:,}.{abs(fen) % 100:02d}"


def in_capitals(fen: int) -> str:
    """Return an amount as receipts write it: 人民币 capitals, ending in 整 where no fen follow.

    The rule is that of the central bank's measures on payment and settlement: a zero is spoken
    once between figures, also where jiao are missing before fen.
    """
    if fen < 0:
        message = "an amount that is paid is never negative"
        raise ValueError(message)
    yuan, jiao, rest = fen // 100, fen // 10 % 10, fen % 10
    words = f"{_whole(yuan)}元" if yuan or not fen else ""
    if jiao:
        words += f"{_DIGITS[jiao]}角"
    elif rest and yuan:
        words += _DIGITS[0]
    return words + (f"{_DIGITS[rest]}分" if rest else "整")


def _whole(number: int) -> str:
    """Return a whole number in capitals, four places at a time."""
    if not number:
        return _DIGITS[0]
    words, gap = "", False
    for place in reversed(range(len(str(number)))):
        digit = number // 10**place % 10
        if digit:
            words += (_DIGITS[0] if gap and words else "") + _DIGITS[digit] + _PLACES[place % 4]
            gap = False
        else:
            gap = True
        if place % 4 == 0 and number // 10**place % 10_000:
            words += _GROUPS[place // 4]
    return words


def line_amount(quantity_milli: int, price_fen: int) -> int:
    """Return what a quantity in thousandths costs, to the nearest fen, halves up."""
    exact = Decimal(quantity_milli * price_fen) / 1000
    return int(exact.quantize(Decimal(1), ROUND_HALF_UP))


_QUANTITY = re.compile(r"\d{1,9}(?:\.\d{1,3}0*)?")


def parse_quantity(typed: str) -> int:
    """Return a quantity such as `2` or `1.5` in thousandths; refuse what is none, and nothing."""
    text = re.sub(r"\s+", "", fold(typed))
    thousandths = int(Decimal(text) * 1000) if _QUANTITY.fullmatch(text) else 0
    if not thousandths:
        raise RuleError(
            "quantity-unreadable",
            _("«{text}» is no quantity; write it like 2 or 1.5.").format(
                text=elide(typed.strip(), 40)
            ),
        )
    return thousandths


def quantity_words(thousandths: int) -> str:
    """Return a quantity without idle zeros: `2`, `1.5`."""
    whole, rest = divmod(thousandths, 1000)
    return f"{whole:,}" + (f".{rest:03d}".rstrip("0") if rest else "")


def price_words(price_e4: int) -> str:
    """Return a price in ten-thousandths of a yuan with two to four decimals: `1.80`, `0.5283`."""
    whole, rest = divmod(price_e4, 10_000)
    decimals = f"{rest:04d}".rstrip("0").ljust(2, "0")
    return f"{whole:,}.{decimals}"


_PRICE = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d{1,9})(?:\.(\d{1,4})0*)?")


def parse_price(typed: str) -> int:
    """Return a price such as `1.8` or `0.5283元` in ten-thousandths of a yuan; refuse what is none.

    A fifth decimal is refused, not rounded (law.md 1.6: up to four).
    """
    text = re.sub(r"\s+", "", fold(typed)).removeprefix("¥").removesuffix("元")
    match = _PRICE.fullmatch(text)
    if match is None:
        raise RuleError(
            "price-unreadable",
            _("«{text}» is no price; write it in yuan like 1.8 or 0.5283.").format(
                text=elide(typed.strip(), 40)
            ),
        )
    return int(Decimal(text.replace(",", "")) * 10_000)
