"""Papers that left the desk: orders and sheets of a ticket, reply letters, notices, hand-overs."""

from peewee import BooleanField, ForeignKeyField, IntegerField, TextField

from propdesk.storage.database import DayField, LocalDateTimeField, OfficeTable
from propdesk.storage.staff import StaffRecord
from propdesk.storage.tickets import TicketRecord


class PaperRecord(OfficeTable):
    """A paper of one round of a ticket; printed again, it is the same paper."""

    ticket = ForeignKeyField(TicketRecord, on_delete="RESTRICT")
    kind = TextField()
    round = IntegerField()
    printed_at = LocalDateTimeField()
    prints = IntegerField(default=1)
    staff = ForeignKeyField(StaffRecord, backref="+", on_delete="RESTRICT")
    returned_at = LocalDateTimeField(null=True)
    returned_staff = ForeignKeyField(StaffRecord, null=True, backref="+", on_delete="RESTRICT")
    signed = BooleanField(null=True)
    lost_reason = TextField(default="")

    ticket_id: int
    staff_id: int
    returned_staff_id: int | None

    class Meta:
        table_name = "paper"
        indexes = ((("ticket", "kind", "round"), True),)


class LetterRecord(OfficeTable):
    """A written reply, as it went out; corrections are new letters."""

    number = TextField(unique=True)
    ticket = ForeignKeyField(TicketRecord, on_delete="RESTRICT")
    round = IntegerField()
    addressee = TextField()
    care = TextField(default="")
    apology = TextField(default="")
    measures = TextField(default="")
    deadline = TextField(default="")
    thanks = TextField(default="")
    contact = TextField(default="")
    written_at = LocalDateTimeField()
    staff = ForeignKeyField(StaffRecord, on_delete="RESTRICT")
    checked_by = TextField(default="")
    printed_at = LocalDateTimeField(null=True)
    voided_at = LocalDateTimeField(null=True)

    ticket_id: int
    staff_id: int

    class Meta:
        table_name = "letter"


class NoticeRecord(OfficeTable):
    """A notice to residents."""

    number = TextField(unique=True)
    kind = TextField()
    title = TextField()
    addressee = TextField(default="")
    text = TextField()
    scope = TextField(default="")
    from_at = LocalDateTimeField(null=True)
    until_at = LocalDateTimeField(null=True)
    dated_on = DayField()
    written_at = LocalDateTimeField()
    staff = ForeignKeyField(StaffRecord, on_delete="RESTRICT")
    voided_at = LocalDateTimeField(null=True)

    staff_id: int

    class Meta:
        table_name = "notice"


class HandOverRecord(OfficeTable):
    """What one shift told the next; what was open then is read from the journals."""

    at = LocalDateTimeField()
    shift = TextField(default="")
    from_staff = ForeignKeyField(StaffRecord, backref="+", on_delete="RESTRICT")
    to_staff = ForeignKeyField(StaffRecord, null=True, backref="+", on_delete="RESTRICT")
    items = TextField(default="")
    matters = TextField(default="")

    from_staff_id: int
    to_staff_id: int | None

    class Meta:
        table_name = "hand_over"
