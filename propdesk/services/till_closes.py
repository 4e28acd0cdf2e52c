"""Close a cashier's till: its receipts are frozen from then on (requirement 15)."""

from datetime import datetime

from propdesk.domain.errors import RuleError
from propdesk.domain.staff import Right
from propdesk.domain.texts import clean_line, clean_text
from propdesk.domain.till_closes import (
    SERIES,
    TillClose,
    check_close,
    close_number,
    sums_to_stored,
)
from propdesk.i18n import _
from propdesk.services.parts.fee_access import fee_actor
from propdesk.services.parts.noting import refuse
from propdesk.services.parts.numbering import take_number_of_year
from propdesk.services.parts.writing import local, writing
from propdesk.services.queries.till_closes import get_open_till, get_till_close
from propdesk.storage.database import database
from propdesk.storage.staff import StaffRecord
from propdesk.storage.till import TillCloseRecord


def close_till(
    cashier_id: int,
    counted_fen: int,
    *,
    by: int,
    now: datetime,
    difference_reason: str = "",
    note: str = "",
) -> TillClose:
    """Close the till of a cashier with the cash that was counted; return the close.

    A difference needs its reason. Who closes somebody else's till has checked it.
    """
    with writing():
        who = fee_actor(by, Right.TAKE_MONEY)
        # Also of somebody who has left: his money is counted all the same.
        cashier = StaffRecord.get_or_none(StaffRecord.id == cashier_id)
        if cashier is None:
            raise RuleError("till-unknown", _("Whose till is it? Choose a staff member."))
        reason, note = clean_line(difference_reason), clean_text(note)
        count = get_open_till(cashier.id)
        if not count.receipts:
            raise RuleError(
                "till-empty",
                _("{name} has taken nothing since the last close.").format(name=cashier.name),
            )
        refuse(check_close(count, counted_fen, reason, note))
        moment = local(now)
        record = TillCloseRecord.create(
            number=close_number(moment.year, take_number_of_year(SERIES, moment.year)),
            staff=cashier.id,
            closed_at=moment,
            on_day=moment.date(),
            closed_staff=who.id,
            sums=sums_to_stored(count),
            receipts=count.receipts,
            voided=count.voided,
            first_number=count.first_number,
            last_number=count.last_number,
            cash_fen=count.cash_fen,
            counted_fen=counted_fen,
            difference_reason=reason,
            checked_staff=who.id if who.id != cashier.id else None,
            note=note,
        )
        database.execute_sql(
            "UPDATE payment SET close_id = ? WHERE staff_id = ? AND close_id IS NULL",
            (record.id, cashier.id),
        )
        return get_till_close(record.id)
