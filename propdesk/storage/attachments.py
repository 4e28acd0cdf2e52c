"""Photos and scans; the rows say what they are, the files lie under their content's hash."""

from peewee import BooleanField, ForeignKeyField, IntegerField, TextField

from propdesk.storage.contacts import ContactRecord
from propdesk.storage.database import LocalDateTimeField, OfficeTable
from propdesk.storage.persons import PersonRecord
from propdesk.storage.staff import StaffRecord
from propdesk.storage.tickets import TicketRecord
from propdesk.storage.units import UnitRecord


class AttachmentRecord(OfficeTable):
    """A file of a ticket, a contact or a house; removed, its row stays."""

    sha256 = TextField(index=True)
    suffix = TextField()
    name = TextField()
    caption = TextField(default="")
    bytes = IntegerField()
    width = IntegerField(null=True)
    height = IntegerField(null=True)
    added_at = LocalDateTimeField()
    staff = ForeignKeyField(StaffRecord, backref="+", on_delete="RESTRICT")
    ticket = ForeignKeyField(TicketRecord, null=True, on_delete="RESTRICT")
    contact = ForeignKeyField(ContactRecord, null=True, on_delete="RESTRICT")
    unit = ForeignKeyField(UnitRecord, null=True, on_delete="RESTRICT")
    person = ForeignKeyField(PersonRecord, null=True, on_delete="RESTRICT")
    topic = TextField(default="")
    on_paper = BooleanField(default=False)
    removed_at = LocalDateTimeField(null=True)
    removed_staff = ForeignKeyField(StaffRecord, null=True, backref="+", on_delete="RESTRICT")

    staff_id: int
    ticket_id: int | None
    contact_id: int | None
    unit_id: int | None
    person_id: int | None
    removed_staff_id: int | None

    class Meta:
        table_name = "attachment"
