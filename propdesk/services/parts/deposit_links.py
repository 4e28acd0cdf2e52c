"""Keep what a decoration file and a list of keys say of a deposit in step with the ledger.

The deposit is the ledger's; the file of the decoration and the row of the key show the same figures
and name the receipt, so that nobody keeps two books.
"""

from datetime import date
from typing import NamedTuple

from propdesk.domain.texts import LONGEST_LINE, elide
from propdesk.storage.database import database, rows

_SUMS = (
    "SELECT coalesce(-sum(CASE WHEN l.act <> 'deposit-kept' AND coalesce(p.kind, '') <> 'refund' "
    "THEN l.amount_fen END), 0), "
    "coalesce(sum(CASE WHEN p.kind = 'refund' THEN l.amount_fen END), 0), "
    "coalesce(-sum(l.amount_fen), 0) FROM ledger_line l JOIN deposit d ON d.id = l.deposit_id "
    "LEFT JOIN payment p ON p.id = l.payment_id WHERE "
)


class _Sums(NamedTuple):
    """Fen that were taken, that went back, and that are held still."""

    taken: int
    back: int
    held: int


def refresh_links(deposit_id: int, on_day: date, *, number: str = "", reason: str = "") -> None:
    """Write what became of a deposit beside the decoration or key that it is for.

    `number` is the receipt's, `reason` why something was kept; the caller holds the transaction.
    """
    decoration_id, unit_key_id = rows(
        "SELECT decoration_id, unit_key_id FROM deposit WHERE id = ?", deposit_id
    )[0]
    if decoration_id is not None:
        sums = _Sums(*rows(f"{_SUMS}d.decoration_id = ?", decoration_id)[0])
        _tell_decoration(decoration_id, sums, on_day, number, reason)
    if unit_key_id is not None:
        sums = _Sums(*rows(f"{_SUMS}d.unit_key_id = ?", unit_key_id)[0])
        database.execute_sql(
            "UPDATE unit_key SET deposit_fen = ?, deposit_back_fen = "
            "CASE WHEN ended_on IS NULL THEN deposit_back_fen ELSE ? END, version = version + 1 "
            "WHERE id = ?",
            (sums.taken, sums.back, unit_key_id),
        )


def _tell_decoration(
    decoration_id: int, sums: _Sums, on_day: date, number: str, reason: str
) -> None:
    note = rows("SELECT deposit_note FROM decoration WHERE id = ?", decoration_id)[0][0]
    is_back = sums.taken > 0 and sums.held == 0
    database.execute_sql(
        "UPDATE decoration SET deposit_fen = ?, deposit_note = ?, deposit_returned_on = ?, "
        "deposit_returned_fen = ?, deduction_reason = ?, version = version + 1 WHERE id = ?",
        (
            sums.taken,
            elide(" ".join(filter(None, (note, number))), LONGEST_LINE),
            on_day.isoformat() if is_back else None,
            sums.back if is_back else None,
            reason if is_back else "",
            decoration_id,
        ),
    )
