"""Contacts with residents and others, ticket or not."""

from peewee import BooleanField, ForeignKeyField, IntegerField, JSONField, TextField

from propdesk.storage.database import DayField, LocalDateTimeField, OfficeTable
from propdesk.storage.persons import PersonRecord
from propdesk.storage.staff import DepartmentRecord, StaffRecord
from propdesk.storage.tickets import TicketRecord
from propdesk.storage.units import UnitRecord


class ContactRecord(OfficeTable):
    """A line of the communication registry; `is_open` while something is still to be done."""

    at = LocalDateTimeField()
    utc_offset = IntegerField()
    entered_at = LocalDateTimeField()
    staff = ForeignKeyField(StaffRecord, backref="+", on_delete="RESTRICT")
    unit = ForeignKeyField(UnitRecord, null=True, on_delete="RESTRICT")
    person = ForeignKeyField(PersonRecord, null=True, on_delete="RESTRICT")
    name = TextField(default="")
    phone = TextField(default="")
    counterparty = TextField()
    way = TextField()
    stage = TextField()
    type = TextField()
    reason = TextField(default="")
    text = TextField()
    wish = TextField(default="")
    opinion = TextField(default="")
    department = ForeignKeyField(DepartmentRecord, null=True, on_delete="RESTRICT")
    due_on = DayField(null=True)
    result = TextField(default="")
    is_open = BooleanField(default=False)
    cleared_at = LocalDateTimeField(null=True)
    cleared_staff = ForeignKeyField(StaffRecord, null=True, backref="+", on_delete="RESTRICT")
    ticket = ForeignKeyField(TicketRecord, null=True, on_delete="RESTRICT")
    voided_at = LocalDateTimeField(null=True)
    void_reason = TextField(default="")
    version = IntegerField(default=1)

    staff_id: int
    unit_id: int | None
    person_id: int | None
    department_id: int | None
    cleared_staff_id: int | None
    ticket_id: int | None

    class Meta:
        table_name = "contact"


class ContactChangeRecord(OfficeTable):
    """What stood in a contact before it was changed: nothing that was written is ever lost."""

    contact = ForeignKeyField(ContactRecord, on_delete="RESTRICT")
    at = LocalDateTimeField()
    staff = ForeignKeyField(StaffRecord, backref="+", on_delete="RESTRICT")
    kind = TextField()
    before = JSONField(default=dict)

    contact_id: int
    staff_id: int

    class Meta:
        table_name = "contact_change"
