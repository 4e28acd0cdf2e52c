"""What a house owes and has with the office: open bills, prepaid account, deposits, its ledger."""

from dataclasses import dataclass
from datetime import date, datetime

from propdesk.domain.deposits import Deposit
from propdesk.domain.ledger import Account, Act
from propdesk.services.parts.ledger import prepaid_balance
from propdesk.services.queries.deposits import list_deposits
from propdesk.storage.database import rows

# A late bill is one that should have been paid before today.
_OPEN = (
    "SELECT count(*), coalesce(sum(amount_fen - settled_fen), 0), "
    "coalesce(sum(CASE WHEN due_on < ? THEN amount_fen - settled_fen ELSE 0 END), 0), min(due_on) "
    "FROM bill WHERE unit_id = ? AND settled_fen < amount_fen AND voided_at IS NULL"
)


@dataclass(frozen=True, slots=True)
class UnitAccount:
    """Where a house stands on a day; `deposits` are those of which something is held."""

    unit_id: int
    open_bills: int
    open_fen: int
    overdue_fen: int
    prepaid_fen: int
    deposits: tuple[Deposit, ...]
    oldest_due_on: date | None

    @property
    def deposits_fen(self) -> int:
        """Return what is held as deposits."""
        return sum(deposit.balance_fen for deposit in self.deposits)


@dataclass(frozen=True, slots=True)
class Move:
    """A line of a house's account as people read it; above zero is in the house's favour."""

    act_no: int
    act: Act
    account: Account
    on_day: date
    entered_at: datetime
    words: str
    number: str
    amount_fen: int
    by: str
    reason: str


def get_account(unit_id: int, today: date) -> UnitAccount:
    """Return where a house stands: what is open, overdue, prepaid and held for it."""
    count, open_fen, overdue_fen, oldest = rows(_OPEN, today.isoformat(), unit_id)[0]
    return UnitAccount(
        unit_id=unit_id,
        open_bills=count,
        open_fen=open_fen,
        overdue_fen=overdue_fen,
        prepaid_fen=prepaid_balance(unit_id),
        deposits=list_deposits(unit_id=unit_id, held_only=True),
        oldest_due_on=date.fromisoformat(oldest) if oldest else None,
    )


def list_account_moves(
    unit_id: int, *, account: Account | None = None, limit: int = 500
) -> tuple[Move, ...]:
    """Return what moved the account of a house, the latest first; money itself is left out."""
    condition = "l.account = ?" if account else "l.account <> ?"
    found = rows(
        "SELECT l.act_no, l.act, l.account, l.on_day, l.entered_at, coalesce(i.name, d.label, ''), "
        "coalesce(p.number, ''), -l.amount_fen, s.name, l.reason FROM ledger_line l "
        "JOIN staff s ON s.id = l.staff_id LEFT JOIN bill b ON b.id = l.bill_id "
        "LEFT JOIN fee_item i ON i.id = coalesce(l.fee_item_id, b.fee_item_id) "
        "LEFT JOIN deposit d ON d.id = l.deposit_id LEFT JOIN payment p ON p.id = l.payment_id "
        f"WHERE l.unit_id = ? AND {condition} ORDER BY l.act_no DESC, l.id LIMIT ?",
        unit_id,
        (account or Account.MONEY).value,
        limit,
    )
    return tuple(
        Move(row[0], Act(row[1]), Account(row[2]), date.fromisoformat(row[3]),
             datetime.fromisoformat(row[4]), *row[5:])
        for row in found
    )  # fmt: skip
