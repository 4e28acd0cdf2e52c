"""Arrears: why, plans, letters and how they arrived, what was published."""

from peewee import BooleanField, CompositeKey, ForeignKeyField, IntegerField, JSONField, TextField

from propdesk.storage.charging import BillRecord
from propdesk.storage.database import DayField, LocalDateTimeField, OfficeTable
from propdesk.storage.persons import PersonRecord
from propdesk.storage.staff import StaffRecord
from propdesk.storage.tickets import TicketRecord
from propdesk.storage.units import UnitRecord


class ArrearsCaseRecord(OfficeTable):
    """Why a house does not pay, and whether it is held or sued."""

    unit = ForeignKeyField(UnitRecord, primary_key=True, backref="+", on_delete="RESTRICT")
    reason = TextField(default="")
    reason_text = TextField(default="")
    held_until = DayField(null=True)
    held_reason = TextField(default="")
    legal_state = TextField(default="")
    changed_at = LocalDateTimeField()
    staff = ForeignKeyField(StaffRecord, backref="+", on_delete="RESTRICT")
    version = IntegerField(default=1)

    unit_id: int
    staff_id: int

    class Meta:
        table_name = "arrears_case"


class ArrearsNoteRecord(OfficeTable):
    """What was changed in a case, each override included."""

    unit = ForeignKeyField(UnitRecord, backref="+", on_delete="RESTRICT")
    kind = TextField()
    text = TextField(default="")
    ticket = ForeignKeyField(TicketRecord, null=True, backref="+", on_delete="RESTRICT")
    at = LocalDateTimeField()
    staff = ForeignKeyField(StaffRecord, backref="+", on_delete="RESTRICT")

    unit_id: int
    ticket_id: int | None
    staff_id: int

    class Meta:
        table_name = "arrears_note"


class PaymentPlanRecord(OfficeTable):
    """A promise to pay, or a plan of several parts."""

    number = TextField(unique=True)
    unit = ForeignKeyField(UnitRecord, backref="+", on_delete="RESTRICT")
    kind = TextField()
    promised_on = DayField()
    promised_by = TextField(default="")
    relation = TextField()
    way = TextField()
    total_fen = IntegerField()
    note = TextField(default="")
    entered_at = LocalDateTimeField()
    staff = ForeignKeyField(StaffRecord, backref="+", on_delete="RESTRICT")
    ended_at = LocalDateTimeField(null=True)
    outcome = TextField(default="")
    version = IntegerField(default=1)

    unit_id: int
    staff_id: int

    class Meta:
        table_name = "payment_plan"


class PaymentPartRecord(OfficeTable):
    """A part of a plan: day and amount."""

    plan = ForeignKeyField(PaymentPlanRecord, backref="+", on_delete="RESTRICT")
    position = IntegerField()
    due_on = DayField()
    amount_fen = IntegerField()

    plan_id: int

    class Meta:
        table_name = "payment_part"
        primary_key = CompositeKey("plan", "position")
        without_rowid = True


class FeeTemplateRecord(OfficeTable):
    """The words of a stage as the office says them, in one language."""

    stage = IntegerField()
    language = TextField(default="zh_CN")
    paragraphs = JSONField(default=list)
    entered_at = LocalDateTimeField()
    staff = ForeignKeyField(StaffRecord, backref="+", on_delete="RESTRICT")
    voided_at = LocalDateTimeField(null=True)

    staff_id: int

    class Meta:
        table_name = "fee_template"


class LetterBatchRecord(OfficeTable):
    """Letters that were made in one go."""

    stage = IntegerField()
    letters = IntegerField()
    total_fen = IntegerField()
    written_at = LocalDateTimeField()
    staff = ForeignKeyField(StaffRecord, backref="+", on_delete="RESTRICT")
    pdf_sha256 = TextField(null=True)
    pdf_pages = IntegerField(null=True)

    staff_id: int

    class Meta:
        table_name = "letter_batch"


class FeeLetterRecord(OfficeTable):
    """A letter about fees; once printed it is never changed."""

    number = TextField(unique=True)
    unit = ForeignKeyField(UnitRecord, backref="+", on_delete="RESTRICT")
    stage = IntegerField()
    times = IntegerField()
    state = TextField()
    person = ForeignKeyField(PersonRecord, null=True, backref="+", on_delete="RESTRICT")
    payer = ForeignKeyField(PersonRecord, null=True, backref="+", on_delete="RESTRICT")
    dated_on = DayField()
    pay_by = DayField(null=True)
    total_fen = IntegerField()
    late_fen = IntegerField(default=0)
    content = JSONField(default=dict)
    content_sha256 = TextField()
    rules = JSONField(default=dict)
    batch = ForeignKeyField(LetterBatchRecord, null=True, backref="+", on_delete="RESTRICT")
    first_page = IntegerField(null=True)
    pages = IntegerField(null=True)
    pdf_sha256 = TextField(null=True)
    corrects = ForeignKeyField("self", null=True, backref="+", on_delete="RESTRICT")
    written_at = LocalDateTimeField()
    staff = ForeignKeyField(StaffRecord, backref="+", on_delete="RESTRICT")
    approved_at = LocalDateTimeField(null=True)
    approved_staff = ForeignKeyField(StaffRecord, null=True, backref="+", on_delete="RESTRICT")
    printed_at = LocalDateTimeField(null=True)
    prints = IntegerField(default=0)
    sent_at = LocalDateTimeField(null=True)
    ended_at = LocalDateTimeField(null=True)
    note = TextField(default="")
    version = IntegerField(default=1)

    unit_id: int
    person_id: int | None
    payer_id: int | None
    batch_id: int | None
    corrects_id: int | None
    staff_id: int
    approved_staff_id: int | None

    class Meta:
        table_name = "fee_letter"


class LimitationSuspensionRecord(OfficeTable):
    """An obstacle that suspends the limitation of a house's bills (Civil Code 194)."""

    unit = ForeignKeyField(UnitRecord, backref="+", on_delete="RESTRICT")
    obstacle = TextField()
    from_on = DayField()
    until_on = DayField(null=True)
    note = TextField(default="")
    entered_at = LocalDateTimeField()
    staff = ForeignKeyField(StaffRecord, backref="+", on_delete="RESTRICT")
    voided_at = LocalDateTimeField(null=True)
    voided_staff = ForeignKeyField(StaffRecord, null=True, backref="+", on_delete="RESTRICT")
    void_reason = TextField(default="")

    unit_id: int
    staff_id: int
    voided_staff_id: int | None

    class Meta:
        table_name = "limitation_suspension"


class DunningActRecord(OfficeTable):
    """An act of urging with its proof."""

    unit = ForeignKeyField(UnitRecord, backref="+", on_delete="RESTRICT")
    letter = ForeignKeyField(FeeLetterRecord, null=True, backref="+", on_delete="RESTRICT")
    stage = IntegerField()
    way = TextField()
    result = TextField()
    at = LocalDateTimeField()
    entered_at = LocalDateTimeField()
    staff = ForeignKeyField(StaffRecord, backref="+", on_delete="RESTRICT")
    done_by = TextField(default="")
    witness = TextField(default="")
    receiver = TextField(default="")
    relation = TextField(default="")
    address = TextField(default="")
    express_number = TextField(default="")
    arrived_on = DayField(null=True)
    medium = TextField(default="")
    has_proof = BooleanField(default=False)
    open_fen = IntegerField(default=0)
    note = TextField(default="")
    override_reason = TextField(default="")
    voided_at = LocalDateTimeField(null=True)
    voided_staff = ForeignKeyField(StaffRecord, null=True, backref="+", on_delete="RESTRICT")
    void_reason = TextField(default="")

    unit_id: int
    letter_id: int | None
    staff_id: int
    voided_staff_id: int | None

    class Meta:
        table_name = "dunning_act"


class DemandLineRecord(OfficeTable):
    """A bill that a letter, an act or a promise was about."""

    bill = ForeignKeyField(BillRecord, backref="+", on_delete="RESTRICT")
    letter = ForeignKeyField(FeeLetterRecord, null=True, backref="+", on_delete="RESTRICT")
    act = ForeignKeyField(DunningActRecord, null=True, backref="+", on_delete="RESTRICT")
    plan = ForeignKeyField(PaymentPlanRecord, null=True, backref="+", on_delete="RESTRICT")
    open_fen = IntegerField(default=0)

    bill_id: int
    letter_id: int | None
    act_id: int | None
    plan_id: int | None

    class Meta:
        table_name = "demand_line"


class PublicationRecord(OfficeTable):
    """What was published of fees and accounts."""

    number = TextField(unique=True)
    kind = TextField()
    title = TextField()
    from_on = DayField(null=True)
    until_on = DayField(null=True)
    content = JSONField(default=dict)
    place = TextField(default="")
    written_at = LocalDateTimeField()
    staff = ForeignKeyField(StaffRecord, backref="+", on_delete="RESTRICT")
    posted_on = DayField(null=True)
    taken_down_on = DayField(null=True)
    pdf_sha256 = TextField(null=True)
    voided_at = LocalDateTimeField(null=True)
    version = IntegerField(default=1)

    staff_id: int

    class Meta:
        table_name = "publication"
