"""Undo an import of payments: its receipts become void, their references free."""

from datetime import datetime

from propdesk.domain.errors import RuleError
from propdesk.domain.imports import Undone
from propdesk.domain.ledger import Act, reverse
from propdesk.domain.staff import RIGHTS, ROLE_LABELS, Right, Staff
from propdesk.i18n import _
from propdesk.services.parts.fee_access import fee_actor
from propdesk.services.parts.ledger import lines_of_payment, post
from propdesk.services.parts.writing import local
from propdesk.storage.database import database, rows
from propdesk.storage.office import ImportRecord
from propdesk.storage.till import PaymentRecord

_FREE = (
    "SELECT p.id, p.number, p.unit_id, p.close_id IS NULL AND NOT EXISTS "
    "(SELECT 1 FROM payment r WHERE r.refund_of_id = p.id AND r.voided_at IS NULL) "
    "FROM payment p WHERE p.import_id = ? AND p.voided_at IS NULL ORDER BY p.id"
)


def payments_undoer(record: ImportRecord, by: int, now: datetime) -> Staff:
    """Return who undoes an import of payments, or refuse and say who can.

    Whoever brings workbooks in may; a cashier may undo his own on the day he made it, as long as
    none of its receipts is in a closed till.
    """
    staff = fee_actor(by, Right.TAKE_MONEY)
    if Right.IMPORT in RIGHTS[staff.role]:
        return staff
    is_own = record.staff_id == staff.id and record.at.date() == local(now).date()
    closed = rows(
        "SELECT 1 FROM payment WHERE import_id = ? AND close_id IS NOT NULL LIMIT 1", record.id
    )
    if is_own and not closed:
        return staff
    roles = (role for role, rights in RIGHTS.items() if {Right.IMPORT, Right.TAKE_MONEY} <= rights)
    raise RuleError(
        "import-undo-own",
        _(
            "A cashier undoes only an import of his own, on the same day and before the till is "
            "closed. Ask one of these: {roles}."
        ).format(roles=_(", ").join(str(ROLE_LABELS[role]) for role in roles)),
    )


def undo_payments(import_id: int, *, staff_id: int, now: datetime) -> Undone:
    """Void the receipts of an import; those of a closed till, or used since, are left and named.

    The caller holds the transaction.
    """
    reason = _("import {id} undone").format(id=import_id)
    done, left = 0, []
    for payment_id, number, unit_id, is_free in rows(_FREE, import_id):
        if not is_free:
            left.append(number)
            continue
        try:
            # What an act wrote before it was refused is taken back with it.
            with database.atomic():
                post(
                    Act.VOID, reverse(lines_of_payment(payment_id)), unit_id=unit_id,
                    on_day=local(now).date(), staff_id=staff_id, now=now, payment_id=payment_id,
                    reason=reason,
                )  # fmt: skip
        except RuleError:
            left.append(number)
            continue
        record = PaymentRecord.get_by_id(payment_id)
        record.voided_at, record.voided_staff_id, record.void_reason = local(now), staff_id, reason
        record.external = None
        record.version += 1
        record.save()
        done += 1
    return Undone(import_id, receipts=done, left=tuple(left))
