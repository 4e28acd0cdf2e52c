"""Shares of joint owners as exact fractions: `1/2`, `50%`, `33.3%` (按份共有, Civil Code 298).

Owners without shares own together (共同共有, 299): nothing is made up for them.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from propdesk.domain.persons import present_on
from propdesk.domain.texts import fold
from propdesk.i18n import _

MOST_PARTS = 1_000_000
"""The finest share that is kept: one part of a million."""

_FRACTION = re.compile(r"(\d{1,7})\s*/\s*(\d{1,7})")
_PERCENT = re.compile(r"(\d{1,3}(?:\.\d{1,4})?)\s*%")
# Above this nobody thinks in parts: 333/1000 is said as 33.3%.
_PLAIN_PARTS = 24


@dataclass(frozen=True, slots=True)
class OwnerStay:
    """An owner's time in a house and the share that he has, None for none written."""

    from_on: date | None
    to_on: date | None
    share: Fraction | None


def read_share(text: str) -> Fraction | None:
    """Return a share as it was typed, None for nothing. Raises ValueError with a sentence.

    A share lies above 0 and is at most the whole; a bare number is refused: is 50 a part of what?
    """
    typed = fold(text)
    if not typed:
        return None
    share = _read(typed)
    if share is None or not 0 < share <= 1 or share.denominator > MOST_PARTS:
        raise ValueError(
            _("«{text}» is no share; write it like 1/2 or 33.3%.").format(text=text.strip()[:20])
        )
    return share


def _read(typed: str) -> Fraction | None:
    parts = _FRACTION.fullmatch(typed)
    if parts:
        whole = int(parts[2])
        return Fraction(int(parts[1]), whole) if whole else None
    percent = _PERCENT.fullmatch(typed)
    return Fraction(percent[1]) / 100 if percent else None


def share_words(share: Fraction | None) -> str:
    """Return a share as people say it: `1/2`, `33.3%`; `read_share` reads it back exactly."""
    if share is None:
        return ""
    if share == 1:
        return "100%"
    if share.denominator > _PLAIN_PARTS and (share * 1_000_000).denominator == 1:
        percent = f"{share.numerator * 1_000_000 // share.denominator:07d}"
        return f"{int(percent[:-4])}.{percent[-4:]}".rstrip("0").rstrip(".") + "%"
    return f"{share.numerator}/{share.denominator}"


def most_shared(stays: Iterable[OwnerStay]) -> Fraction:
    """Return the largest sum of shares that owners of a house have on any one day.

    It only grows on a day when somebody comes, so those days are all that is looked at.
    """
    owners = [(one.from_on, one.to_on, one.share) for one in stays if one.share is not None]
    days = {first or date.min for first, _last, _share in owners}
    sums = (
        sum((share for first, last, share in owners if present_on(first, last, day)), Fraction(0))
        for day in days
    )
    return max(sums, default=Fraction(0))


def shares_hint(shares: Sequence[Fraction | None]) -> str:
    """Return what is told of the shares of all present owners; nothing where they are in order."""
    known = [share for share in shares if share is not None]
    if not known:
        return ""
    missing = 1 - sum(known, Fraction(0))
    if len(known) < len(shares) and missing > 0:
        return _("Some owners have no share written; {share} is left for them.").format(
            share=share_words(missing)
        )
    if len(known) < len(shares):
        return _("Some owners have no share written, and nothing is left for them.")
    if missing > 0:
        return _("The shares make {sum}; {missing} is missing.").format(
            sum=share_words(1 - missing), missing=share_words(missing)
        )
    return ""
