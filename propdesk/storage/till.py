"""The till: deposits, receipts and their means, the ledger, the close of a day."""

from peewee import CompositeKey, ForeignKeyField, IntegerField, JSONField, TextField

from propdesk.storage.charging import BillRecord, FeeItemRecord
from propdesk.storage.database import DayField, LocalDateTimeField, OfficeTable
from propdesk.storage.houses import DecorationRecord, UnitKeyRecord
from propdesk.storage.persons import PersonRecord
from propdesk.storage.staff import StaffRecord
from propdesk.storage.units import UnitRecord


class DepositRecord(OfficeTable):
    """Money that is not ours; its balance is the ledger's."""

    unit = ForeignKeyField(UnitRecord, backref="+", on_delete="RESTRICT")
    kind = TextField()
    label = TextField(default="")
    person = ForeignKeyField(PersonRecord, null=True, backref="+", on_delete="RESTRICT")
    decoration = ForeignKeyField(DecorationRecord, null=True, backref="+", on_delete="RESTRICT")
    unit_key = ForeignKeyField(UnitKeyRecord, null=True, backref="+", on_delete="RESTRICT")
    taken_on = DayField()
    back_due_on = DayField(null=True)
    note = TextField(default="")
    staff = ForeignKeyField(StaffRecord, backref="+", on_delete="RESTRICT")
    version = IntegerField(default=1)

    unit_id: int
    person_id: int | None
    decoration_id: int | None
    unit_key_id: int | None
    staff_id: int

    class Meta:
        table_name = "deposit"


class TillCloseRecord(OfficeTable):
    """One cashier's till from one close to the next."""

    number = TextField(unique=True)
    staff = ForeignKeyField(StaffRecord, backref="+", on_delete="RESTRICT")
    closed_at = LocalDateTimeField()
    on_day = DayField()
    closed_staff = ForeignKeyField(StaffRecord, backref="+", on_delete="RESTRICT")
    sums = JSONField(default=dict)
    receipts = IntegerField()
    voided = IntegerField()
    first_number = TextField(default="")
    last_number = TextField(default="")
    cash_fen = IntegerField()
    counted_fen = IntegerField()
    difference_reason = TextField(default="")
    checked_staff = ForeignKeyField(StaffRecord, null=True, backref="+", on_delete="RESTRICT")
    note = TextField(default="")

    staff_id: int
    closed_staff_id: int
    checked_staff_id: int | None

    class Meta:
        table_name = "till_close"


class PaymentRecord(OfficeTable):
    """A receipt, or the contra entry of one; its number is given once."""

    number = TextField(unique=True)
    book = TextField()
    year = IntegerField()
    sequence = IntegerField()
    kind = TextField()
    refund_of = ForeignKeyField("self", null=True, backref="+", on_delete="RESTRICT")
    unit = ForeignKeyField(UnitRecord, backref="+", on_delete="RESTRICT")
    person = ForeignKeyField(PersonRecord, null=True, backref="+", on_delete="RESTRICT")
    payer = TextField(default="")
    at = LocalDateTimeField()
    entered_at = LocalDateTimeField()
    staff = ForeignKeyField(StaffRecord, backref="+", on_delete="RESTRICT")
    total_fen = IntegerField()
    tendered_fen = IntegerField(default=0)
    note = TextField(default="")
    external = TextField(null=True, unique=True)
    import_id = IntegerField(null=True)
    close = ForeignKeyField(TillCloseRecord, null=True, backref="+", on_delete="RESTRICT")
    prints = IntegerField(default=0)
    invoice_number = TextField(default="")
    invoice_on = DayField(null=True)
    invoice_state = TextField(default="")
    voided_at = LocalDateTimeField(null=True)
    voided_staff = ForeignKeyField(StaffRecord, null=True, backref="+", on_delete="RESTRICT")
    void_reason = TextField(default="")
    approved_staff = ForeignKeyField(StaffRecord, null=True, backref="+", on_delete="RESTRICT")
    version = IntegerField(default=1)

    refund_of_id: int | None
    unit_id: int
    person_id: int | None
    staff_id: int
    close_id: int | None
    voided_staff_id: int | None
    approved_staff_id: int | None

    class Meta:
        table_name = "payment"
        indexes = ((("book", "year", "sequence"), True),)


class PaymentMeansRecord(OfficeTable):
    """How much of a payment came in by which means."""

    payment = ForeignKeyField(PaymentRecord, backref="+", on_delete="RESTRICT")
    means = TextField()
    amount_fen = IntegerField()
    reference = TextField(default="")

    payment_id: int

    class Meta:
        table_name = "payment_means"
        primary_key = CompositeKey("payment", "means")
        without_rowid = True


class LedgerLineRecord(OfficeTable):
    """A move of money: debit above zero, credit below; never changed."""

    act_no = IntegerField()
    act = TextField()
    account = TextField()
    unit = ForeignKeyField(UnitRecord, backref="+", on_delete="RESTRICT")
    bill = ForeignKeyField(BillRecord, null=True, backref="+", on_delete="RESTRICT")
    deposit = ForeignKeyField(DepositRecord, null=True, backref="+", on_delete="RESTRICT")
    payment = ForeignKeyField(PaymentRecord, null=True, backref="+", on_delete="RESTRICT")
    fee_item = ForeignKeyField(FeeItemRecord, null=True, backref="+", on_delete="RESTRICT")
    amount_fen = IntegerField()
    on_day = DayField()
    entered_at = LocalDateTimeField()
    staff = ForeignKeyField(StaffRecord, backref="+", on_delete="RESTRICT")
    reason = TextField(default="")

    unit_id: int
    bill_id: int | None
    deposit_id: int | None
    payment_id: int | None
    fee_item_id: int | None
    staff_id: int

    class Meta:
        table_name = "ledger_line"
