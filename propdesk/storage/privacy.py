"""What the law asks to be kept about personal data: consents, requests, looks, erasures."""

from peewee import BooleanField, CompositeKey, ForeignKeyField, IntegerField, JSONField, TextField

from propdesk.storage.database import DayField, LocalDateTimeField, OfficeTable
from propdesk.storage.persons import PersonRecord
from propdesk.storage.staff import StaffRecord
from propdesk.storage.units import UnitRecord


class ConsentRecord(OfficeTable):
    """A consent of a person, or of the guardian `given_by`, until it is withdrawn."""

    person = ForeignKeyField(PersonRecord, on_delete="RESTRICT")
    scope = TextField()
    given_on = DayField()
    way = TextField()
    given_by = TextField(default="")
    note = TextField(default="")
    entered_at = LocalDateTimeField()
    staff = ForeignKeyField(StaffRecord, backref="+", on_delete="RESTRICT")
    withdrawn_on = DayField(null=True)
    withdrawn_staff = ForeignKeyField(StaffRecord, null=True, backref="+", on_delete="RESTRICT")

    person_id: int
    staff_id: int
    withdrawn_staff_id: int | None

    class Meta:
        table_name = "consent"


class PersonDetailRecord(OfficeTable):
    """A field of the catalogue beyond name and phone; what is sensitive names its consent."""

    person = ForeignKeyField(PersonRecord, on_delete="RESTRICT")
    field = TextField()
    value = TextField()
    set_at = LocalDateTimeField()
    staff = ForeignKeyField(StaffRecord, backref="+", on_delete="RESTRICT")
    consent = ForeignKeyField(ConsentRecord, null=True, on_delete="RESTRICT")

    person_id: int
    staff_id: int
    consent_id: int | None

    class Meta:
        table_name = "person_detail"
        primary_key = CompositeKey("person", "field")
        without_rowid = True


class DataRequestRecord(OfficeTable):
    """What a person asks about his own data, and what was answered."""

    person = ForeignKeyField(PersonRecord, on_delete="RESTRICT")
    kind = TextField()
    text = TextField(default="")
    received_at = LocalDateTimeField()
    due_on = DayField()
    staff = ForeignKeyField(StaffRecord, backref="+", on_delete="RESTRICT")
    answered_at = LocalDateTimeField(null=True)
    answered_staff = ForeignKeyField(StaffRecord, null=True, backref="+", on_delete="RESTRICT")
    result = TextField(default="")
    reason = TextField(default="")

    person_id: int
    staff_id: int
    answered_staff_id: int | None

    class Meta:
        table_name = "data_request"


class AccessLineRecord(OfficeTable):
    """One time that somebody opened, revealed, printed or exported what is somebody's."""

    at = LocalDateTimeField()
    staff = ForeignKeyField(StaffRecord, backref="+", on_delete="RESTRICT")
    act = TextField()
    unit = ForeignKeyField(UnitRecord, null=True, on_delete="RESTRICT")
    person = ForeignKeyField(PersonRecord, null=True, on_delete="RESTRICT")
    what = TextField()
    purpose = TextField(default="")

    staff_id: int
    unit_id: int | None
    person_id: int | None

    class Meta:
        table_name = "access_line"


class DataExportRecord(OfficeTable):
    """A file of personal data that left the office: what for, to whom, approved by whom."""

    at = LocalDateTimeField()
    staff = ForeignKeyField(StaffRecord, backref="+", on_delete="RESTRICT")
    second_staff = ForeignKeyField(StaffRecord, null=True, backref="+", on_delete="RESTRICT")
    what = TextField()
    is_plain = BooleanField()
    purpose = TextField()
    manner = TextField()
    receiver = TextField(default="")
    rows = IntegerField()
    file_name = TextField()
    sha256 = TextField()

    staff_id: int
    second_staff_id: int | None

    class Meta:
        table_name = "data_export"


class ErasureRecord(OfficeTable):
    """A person was erased, sealed or unsealed; `counts` is what went with it."""

    person = ForeignKeyField(PersonRecord, on_delete="RESTRICT")
    kind = TextField()
    at = LocalDateTimeField()
    staff = ForeignKeyField(StaffRecord, backref="+", on_delete="RESTRICT")
    reason = TextField()
    request = ForeignKeyField(DataRequestRecord, null=True, on_delete="RESTRICT")
    counts = JSONField(default=dict)

    person_id: int
    staff_id: int
    request_id: int | None

    class Meta:
        table_name = "erasure"
