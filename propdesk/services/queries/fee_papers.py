"""Find receipts, letters, plans, runs and publications by their number or their bars."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from propdesk.domain.errors import RuleError
from propdesk.domain.fee_papers import FeePaper, FeePaperKind, is_fee_shaped, read_fee_digits
from propdesk.domain.numbers import office_mark
from propdesk.domain.receipt_codes import ReceiptCode
from propdesk.domain.texts import fold
from propdesk.i18n import _
from propdesk.storage.database import rows

_MOST = 5
_FEWEST = 4  # characters of a number before those that begin like it are shown
# Numbers of a year as people type them: dashes and zeros left out.
_TYPED = re.compile(r"([A-Z]{1,6})-?(20\d\d)-?(\d{1,6})")
_WIDTHS = (6, 4, 3)
_ARCHIVED = re.compile(r"CJ-?\d{4}-?(\d{6})")
_NAME = "CASE WHEN p.sealed_at IS NULL THEN {0} ELSE '—' END"

# Each gives id, number, day, house, its name, words, amount; `x` is the table of the number.
_SOURCES: Mapping[FeePaperKind, str] = {
    FeePaperKind.RECEIPT: (
        "SELECT x.id, x.number, substr(x.at, 1, 10), x.unit_id, u.short, "
        f"{_NAME.format('x.payer')}, x.total_fen FROM payment x JOIN unit u ON u.id = x.unit_id "
        "LEFT JOIN person p ON p.id = x.person_id "
    ),
    FeePaperKind.LETTER: (
        "SELECT x.id, x.number, x.dated_on, x.unit_id, u.short, "
        f"coalesce({_NAME.format('p.name')}, ''), x.total_fen FROM fee_letter x "
        "JOIN unit u ON u.id = x.unit_id LEFT JOIN person p ON p.id = x.person_id "
    ),
    FeePaperKind.PLAN: (
        "SELECT x.id, x.number, x.promised_on, x.unit_id, u.short, x.promised_by, x.total_fen "
        "FROM payment_plan x JOIN unit u ON u.id = x.unit_id "
    ),
    FeePaperKind.RUN: (
        "SELECT x.id, x.number, substr(x.posted_at, 1, 10), NULL, '', "
        "x.from_on || ' – ' || x.until_on, x.total_fen FROM bill_run x "
    ),
    FeePaperKind.PUBLICATION: (
        "SELECT x.id, x.number, substr(x.written_at, 1, 10), NULL, '', x.title, NULL "
        "FROM publication x "
    ),
}


def may_be_fee_number(typed: str) -> bool:
    """Tell whether a text could be such a number or its bars: names and houses are none."""
    text = typed.strip()
    if is_fee_shaped(text):
        return True
    return len(text) >= _FEWEST and not text[0].isdigit() and any(map(str.isdigit, text))


def find_fee_papers(typed: str) -> tuple[FeePaper, ...]:
    """Return the papers whose number is this or begins like it, exact ones first."""
    text = re.sub(r"\s+", "", typed)
    if not may_be_fee_number(text):
        return ()
    if is_fee_shaped(text):
        found = _scanned(text)
        return (found,) if found else ()
    archived = _ARCHIVED.fullmatch(fold(text).upper())
    by_code = _papers(FeePaperKind.LETTER, "x.id = ?", int(archived[1])) if archived else ()
    exact: list[FeePaper] = [*by_code]
    begins: list[FeePaper] = []
    for kind in FeePaperKind:
        for form in _forms(text):
            exact += _papers(kind, "x.number = ?", form)
            begins += _papers(kind, "x.number > ? AND x.number < ?", form, form + "\U0010ffff")
    return tuple(dict.fromkeys((*exact, *begins)))[:_MOST]


def find_scanned_fee(code: str) -> FeePaper:
    """Return the receipt or letter whose bars were scanned, or refuse in a sentence."""
    if read_fee_digits(code) is None:
        words = _("The code was not read right. Scan the paper again, or type its number.")
        raise RuleError("scan-misread", words)
    found = _scanned(code)
    if found is None:
        raise RuleError(
            "scan-fee-unknown",
            _("This office has no receipt or letter with these bars; nothing was opened."),
        )
    return found


def _scanned(digits: str) -> FeePaper | None:
    code = read_fee_digits(digits)
    if isinstance(code, ReceiptCode):
        if code.mark != office_mark(rows("SELECT uid FROM office")[0][0]):
            return None
        asked = "x.year = ? AND x.sequence = ?"
        found = _papers(FeePaperKind.RECEIPT, asked, code.year, code.sequence)
    elif code is not None:
        found = _papers(FeePaperKind.LETTER, "x.id = ?", code)
    else:
        return None
    return found[0] if found else None


def _forms(text: str) -> tuple[str, ...]:
    """Return what a typed number may stand for, the likeliest first."""
    plain = fold(text).upper()
    forms = [text, plain]
    if match := _TYPED.fullmatch(plain):
        letters, year, sequence = match.groups()
        forms += [f"{letters}-{year}-{int(sequence):0{width}d}" for width in _WIDTHS]
    return tuple(dict.fromkeys(forms))


def _papers(kind: FeePaperKind, condition: str, *values: Any) -> tuple[FeePaper, ...]:
    found = rows(f"{_SOURCES[kind]}WHERE {condition} ORDER BY x.id DESC LIMIT {_MOST}", *values)
    return tuple(
        FeePaper(kind, row[0], row[1], date.fromisoformat(row[2]), row[3], row[4], row[5], row[6])
        for row in found
    )
