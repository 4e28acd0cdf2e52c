"""Tickets, their append-only journal and their number series."""

from peewee import (
    AutoField,
    BooleanField,
    CompositeKey,
    ForeignKeyField,
    IntegerField,
    JSONField,
    TextField,
)

from propdesk.storage.database import DayField, LocalDateTimeField, OfficeTable
from propdesk.storage.persons import PersonRecord
from propdesk.storage.staff import DepartmentRecord, StaffRecord
from propdesk.storage.units import UnitRecord


class TicketRecord(OfficeTable):
    """The present state of a ticket; how it came about stands in the journal."""

    number = TextField(unique=True)
    series_kind = TextField()
    series_month = TextField()
    series_sequence = IntegerField()
    kind = TextField()
    class_code = TextField()
    class_suggested = BooleanField(default=False)
    status = TextField()
    is_open = BooleanField(default=True)
    round = IntegerField(default=1)
    dispatches = IntegerField(default=0)
    unit = ForeignKeyField(UnitRecord, null=True, on_delete="RESTRICT")
    place = TextField(default="")
    spot = TextField(default="")
    common_part = BooleanField(default=False)
    matter = TextField()
    text = TextField()
    wish = TextField(default="")
    channel = TextField()
    urgency = TextField()
    reporter = ForeignKeyField(PersonRecord, null=True, on_delete="RESTRICT")
    reporter_name = TextField(default="")
    reporter_phone = TextField(default="")
    reporter_kind = TextField()
    first_receiver = ForeignKeyField(StaffRecord, backref="+", on_delete="RESTRICT")
    handler = ForeignKeyField(StaffRecord, null=True, backref="+", on_delete="RESTRICT")
    reply_staff = ForeignKeyField(StaffRecord, null=True, backref="+", on_delete="RESTRICT")
    department = ForeignKeyField(DepartmentRecord, null=True, on_delete="RESTRICT")
    appointment = TextField(default="")
    promised_at = LocalDateTimeField(null=True)
    visit_wanted = BooleanField(default=False)
    # What the journal says already, for lists and counts (services/parts/due_times.py).
    next_clock = TextField(null=True)
    next_due_at = LocalDateTimeField(null=True)
    warns_at = LocalDateTimeField(null=True)
    received_at = LocalDateTimeField()
    closed_at = LocalDateTimeField(null=True)
    satisfaction = TextField(null=True)
    external_number = TextField(null=True, unique=True)
    text_hash = TextField(null=True, index=True)
    duplicate_of = ForeignKeyField("self", null=True, backref="+", on_delete="RESTRICT")
    needs_person = TextField(default="")
    import_id = IntegerField(null=True, index=True)
    severity = TextField(default="ordinary")
    validity = TextField(default="")
    wish_basis = TextField(default="")
    picked_up_in_time = BooleanField(null=True)
    cause_kind = TextField(default="")
    cause = TextField(default="")
    prevention = TextField(default="")
    violation = TextField(default="")
    follow_up_percent = IntegerField(null=True)
    follow_up_drawn = BooleanField(null=True)
    follow_up_due_on = DayField(null=True)
    repeat_of = ForeignKeyField("self", null=True, backref="+", on_delete="RESTRICT")
    master = ForeignKeyField("self", null=True, backref="+", on_delete="RESTRICT")
    is_master = BooleanField(default=False)
    tell_callers = TextField(default="")
    merged_into = ForeignKeyField("self", null=True, backref="+", on_delete="RESTRICT")
    payment = TextField(default="")
    price_agreed_at = LocalDateTimeField(null=True)
    price_agreed_by = TextField(default="")
    agreed_fen = IntegerField(null=True)
    archive_number = TextField(null=True, unique=True)
    version = IntegerField(default=1)

    unit_id: int | None
    reporter_id: int | None
    first_receiver_id: int
    handler_id: int | None
    reply_staff_id: int | None
    department_id: int | None
    duplicate_of_id: int | None
    repeat_of_id: int | None
    master_id: int | None
    merged_into_id: int | None

    class Meta:
        table_name = "ticket"


class TicketEventRecord(OfficeTable):
    """One journal line; `ticket_kind` and `reporter_kind` are those after the event."""

    sequence = AutoField()
    ticket = ForeignKeyField(TicketRecord, on_delete="RESTRICT")
    at = LocalDateTimeField()
    utc_offset = IntegerField()
    entered_at = LocalDateTimeField()
    kind = TextField()
    status = TextField()
    round = IntegerField()
    ticket_kind = TextField()
    reporter_kind = TextField()
    department = ForeignKeyField(DepartmentRecord, null=True, on_delete="RESTRICT")
    staff = ForeignKeyField(StaffRecord, on_delete="RESTRICT")
    satisfaction = TextField(null=True)
    text = TextField(default="")
    detail = JSONField(default=dict)

    ticket_id: int
    department_id: int | None
    staff_id: int

    class Meta:
        table_name = "ticket_event"


class NumberSeriesRecord(OfficeTable):
    """The last number given in a month to a kind of ticket."""

    kind = TextField()
    month = TextField()
    last = IntegerField()

    class Meta:
        table_name = "number_series"
        primary_key = CompositeKey("kind", "month")


class TicketLinkRecord(OfficeTable):
    """Two tickets that have to do with each other; the lower id stands first."""

    ticket = ForeignKeyField(TicketRecord, backref="+", on_delete="RESTRICT")
    other = ForeignKeyField(TicketRecord, backref="+", on_delete="RESTRICT")

    ticket_id: int
    other_id: int

    class Meta:
        table_name = "ticket_link"
        primary_key = CompositeKey("ticket", "other")
        without_rowid = True
