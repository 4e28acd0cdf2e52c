"""What must hold in the books at any time: each check names the first cases that are wrong.

Requirement 15 and reliability.md: the ledger adds up, each bill is settled by what the ledger says,
no account falls below zero, receipts and their numbers are without gap and double.
"""

from collections.abc import Callable

from propdesk.i18n import LazyText, _lazy
from propdesk.storage.database import rows


def list_receipt_faults() -> tuple[str, ...]:
    """Return what is wrong with receipts: gaps, doubles, sums that do not agree."""
    return tuple(
        f"{label}: {case}"
        for _name, label, wrong in LEDGER_CHECKS[-_OF_RECEIPTS:]
        for case in wrong()
    )


def _first(sql: str) -> list[str]:
    return [str(row[0]) for row in rows(sql)]


def _acts() -> list[str]:
    return _first("SELECT act_no FROM ledger_line GROUP BY act_no HAVING sum(amount_fen) <> 0")


def _bills() -> list[str]:
    return _first(
        "SELECT b.id FROM bill b LEFT JOIN (SELECT bill_id, -sum(amount_fen) AS settled "
        "FROM ledger_line WHERE bill_id IS NOT NULL GROUP BY bill_id) l ON l.bill_id = b.id "
        "WHERE b.settled_fen <> coalesce(l.settled, 0)"
    )


def _houses() -> list[str]:
    """Find lines whose bill or deposit is not one of the house that they are booked for."""
    return _first(
        "SELECT l.act_no FROM ledger_line l LEFT JOIN bill b ON b.id = l.bill_id "
        "LEFT JOIN deposit d ON d.id = l.deposit_id WHERE l.unit_id <> "
        "coalesce(b.unit_id, d.unit_id, l.unit_id)"
    )


def _balances() -> list[str]:
    return _first(
        "SELECT u.short FROM ledger_line l JOIN unit u ON u.id = l.unit_id "
        "WHERE l.account = 'prepaid' GROUP BY l.unit_id HAVING sum(l.amount_fen) > 0"
    ) + _first(
        "SELECT '#' || deposit_id FROM ledger_line WHERE deposit_id IS NOT NULL "
        "GROUP BY deposit_id HAVING sum(amount_fen) > 0"
    )


def _money() -> list[str]:
    """Find receipts whose means are not their sum, or not what the ledger says; void ones are 0."""
    return _first(
        "SELECT p.number FROM payment p LEFT JOIN (SELECT payment_id, sum(amount_fen) AS fen "
        "FROM payment_means GROUP BY payment_id) m ON m.payment_id = p.id "
        "LEFT JOIN (SELECT payment_id, sum(amount_fen) AS fen FROM ledger_line "
        "WHERE account = 'money' GROUP BY payment_id) l ON l.payment_id = p.id "
        "WHERE coalesce(m.fen, 0) <> p.total_fen OR coalesce(l.fen, 0) <> "
        "CASE WHEN p.voided_at IS NULL THEN p.total_fen ELSE 0 END"
    ) + _first("SELECT act_no FROM ledger_line WHERE account = 'money' AND payment_id IS NULL")


def _numbers() -> list[str]:
    """Find books whose numbers of a year do not run from 1 to the last one, each given once."""
    return _first(
        "SELECT s.book || ' ' || s.year FROM ("
        "SELECT substr(kind, 9) AS book, CAST(month AS INTEGER) AS year FROM number_series "
        "WHERE kind GLOB 'receipt-*' UNION SELECT book, year FROM payment) s "
        "LEFT JOIN number_series n ON n.kind = 'receipt-' || s.book "
        "AND n.month = printf('%04d', s.year) LEFT JOIN (SELECT book, year, count(*) AS many, "
        "min(sequence) AS lowest, max(sequence) AS highest FROM payment GROUP BY 1, 2) p "
        "ON p.book = s.book AND p.year = s.year WHERE n.last IS NULL OR p.many IS NULL "
        "OR p.many <> n.last OR p.highest <> n.last OR p.lowest <> 1"
    )


def _order() -> list[str]:
    """Find receipts that bear an earlier day than the one before them, or another year."""
    return _first(
        "SELECT number FROM (SELECT number, year, date(entered_at) AS day, lag(date(entered_at)) "
        "OVER (PARTITION BY book ORDER BY year, sequence) AS before FROM payment) "
        "WHERE day < before OR CAST(substr(day, 1, 4) AS INTEGER) <> year"
    )


def _closes() -> list[str]:
    """Find closed tills whose receipts are not those that were counted."""
    return _first(
        "SELECT c.number FROM till_close c LEFT JOIN (SELECT close_id, count(*) AS many, "
        "sum(voided_at IS NOT NULL) AS voided, min(staff_id) AS first, max(staff_id) AS last "
        "FROM payment WHERE close_id IS NOT NULL GROUP BY close_id) p ON p.close_id = c.id "
        "LEFT JOIN (SELECT p.close_id, sum(m.amount_fen) AS cash FROM payment p "
        "JOIN payment_means m ON m.payment_id = p.id WHERE p.voided_at IS NULL "
        "AND m.means = 'cash' GROUP BY p.close_id) m ON m.close_id = c.id "
        "WHERE coalesce(p.many, 0) <> c.receipts OR coalesce(p.voided, 0) <> c.voided "
        "OR p.first <> c.staff_id OR p.last <> c.staff_id OR coalesce(m.cash, 0) <> c.cash_fen"
    )


LEDGER_CHECKS: tuple[tuple[str, LazyText, Callable[[], list[str]]], ...] = (
    ("ledger", _lazy("Every act of the ledger adds up to zero"), _acts),
    ("settled", _lazy("Every bill is settled by what the ledger says"), _bills),
    ("ledger-houses", _lazy("Every line of the ledger belongs to the house of its bill"), _houses),
    ("balances", _lazy("No prepaid account and no deposit is below zero"), _balances),
    ("receipts", _lazy("Every receipt is what its means and the ledger say"), _money),
    ("receipt-numbers", _lazy("The numbers of receipts have no gap and no double"), _numbers),
    ("receipt-order", _lazy("The receipts of a book follow one another by day"), _order),
    ("till-closes", _lazy("Every closed till holds the receipts that were counted"), _closes),
)

_OF_RECEIPTS = 4
