"""What is published of fees and accounts (Civil Code 943), and when the next one is due.

A publication says sums and prices, never people. A list of arrears is off unless the rules of the
place name it and a manager confirms it (PIPL 25), and then it says house numbers alone.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from propdesk.domain.errors import RuleError
from propdesk.i18n import LazyText, _, _lazy

SERIES = "publication"


class PublicationKind(StrEnum):
    """What is published."""

    FEE_ITEMS = "fee-items"
    ACCOUNTS = "accounts"
    PUBLIC_INCOME = "public-income"
    ARREARS = "arrears"


PUBLICATION_LABELS: Mapping[PublicationKind, LazyText] = {
    PublicationKind.FEE_ITEMS: _lazy("Fee items and standards"),
    PublicationKind.ACCOUNTS: _lazy("Accounts of fees"),
    PublicationKind.PUBLIC_INCOME: _lazy("Account of income from common parts"),
    PublicationKind.ARREARS: _lazy("List of arrears"),
}


@dataclass(frozen=True, slots=True)
class PublicationDraft:
    """What is to be published: the period of its figures, or the day of its prices.

    The last three are of a list of arrears: how long and how much are left out unless asked for,
    and `is_confirmed` is the manager's word that he read the warning.
    """

    kind: PublicationKind
    from_on: date
    until_on: date
    with_months: bool = False
    with_amounts: bool = False
    is_confirmed: bool = False


@dataclass(frozen=True, slots=True)
class PublicationContent:
    """All that a publication says, in the words of the day on which it was written.

    A head is its text, its width in mm (0: the rest) and whether its column stands right.
    """

    number: str
    title: str
    period: str
    issuer: str
    dated_on: str
    heads: tuple[tuple[str, float, bool], ...]
    rows: tuple[tuple[str, ...], ...]
    total: tuple[str, ...]
    notes: tuple[str, ...]
    language: str
    office: str
    office_en: str


@dataclass(frozen=True, slots=True)
class Publication:
    """A publication, where it hung from when to when, and the hash of its archived paper."""

    id: int
    number: str
    kind: PublicationKind
    title: str
    from_on: date | None
    until_on: date | None
    content: PublicationContent
    place: str
    written_at: datetime
    by: str
    posted_on: date | None
    taken_down_on: date | None
    pdf_sha256: str | None
    photos: int
    voided_at: datetime | None
    version: int


@dataclass(frozen=True, slots=True)
class PublicationDue:
    """A publication that the rules ask for: the period that it is to tell of, and since when."""

    kind: PublicationKind
    from_on: date
    until_on: date
    due_on: date
    source: str


def publication_number(year: int, sequence: int) -> str:
    """Return the number of a publication: `GS-2026-003`."""
    return f"GS-{year:04d}-{sequence:03d}"


def content_to_json(content: PublicationContent) -> dict[str, Any]:
    """Return a content as it is stored."""
    return asdict(content)


def content_from_json(stored: Mapping[str, Any]) -> PublicationContent:
    """Return a stored content."""
    return PublicationContent(
        **{
            **stored,
            "heads": tuple((text, width, right) for text, width, right in stored["heads"]),
            "rows": tuple(map(tuple, stored["rows"])),
            "total": tuple(stored["total"]),
            "notes": tuple(stored["notes"]),
        }
    )


def content_code(content: PublicationContent) -> str:
    """Return the short hash of a content, for the small print (电子签名法 5)."""
    text = json.dumps(asdict(content), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def check_arrears_list(draft: PublicationDraft, public_list: str) -> None:
    """Refuse a list of arrears that the place's rules do not name, or nobody confirmed.

    `public_list` is the word of the rule table. Law.md 1.2: courts found such lists to infringe.
    """
    if draft.kind is not PublicationKind.ARREARS:
        return
    if public_list != "named":
        raise RuleError(
            "arrears-list-off",
            _(
                "Lists of arrears are not published: personal data needs separate consent (PIPL "
                "25). Where a local rule names them as a means, choose the place in the settings."
            ),
        )
    if not draft.is_confirmed:
        raise RuleError("arrears-list-unconfirmed", str(ARREARS_WARNING))


ARREARS_WARNING = _lazy(
    "Courts found that posting names, periods and amounts of arrears infringes rights, and lawyers "
    "differ on house numbers alone (PIPL 25). Ask your lawyer first; a manager confirms it."
)


def next_period(last_until: date | None, months: int, today: date) -> tuple[date, date]:
    """Return the last whole period of so many months before today, or the one not yet published.

    Periods begin with January: quarters for 3 months, the year for 12.
    """
    of_month = (today.month - 1) // months * months + 1
    until = date.fromordinal(date(today.year, of_month, 1).toordinal() - 1)
    begins = (until.month - 1) // months * months + 1
    first = date(until.year, begins, 1)
    if last_until is not None and last_until >= until:
        return date(today.year, of_month, 1), _month_end(today.year, of_month + months - 1)
    return first, until


def _month_end(year: int, month: int) -> date:
    following = date(year + month // 12, month % 12 + 1, 1)
    return date.fromordinal(following.toordinal() - 1)


def percent_words(part: int, whole: int) -> str:
    """Return a share in percent with one decimal, rounded down: 100 % is all of it."""
    return f"{part * 1000 // whole / 10:.1f} %" if whole > 0 else "–"
