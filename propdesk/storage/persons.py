"""People, their phones and vehicles, and what they are to a house from when to when."""

from peewee import BooleanField, CompositeKey, ForeignKeyField, IntegerField, TextField

from propdesk.storage.database import DayField, LocalDateTimeField, OfficeTable
from propdesk.storage.staff import StaffRecord
from propdesk.storage.units import UnitRecord


class PersonRecord(OfficeTable):
    """A person; two of the same name are two persons (never merged by name alone)."""

    name = TextField(index=True)
    salutation = TextField(default="")
    note = TextField(default="")
    special = TextField(default="")
    special_until = DayField(null=True)
    import_id = IntegerField(null=True, index=True)
    version = IntegerField(default=1)
    kind = TextField(default="person")
    segment = TextField(default="")
    died_on = DayField(null=True)
    merged_into = ForeignKeyField("self", null=True, on_delete="RESTRICT")
    merged_at = LocalDateTimeField(null=True)
    merged_staff = ForeignKeyField(StaffRecord, null=True, backref="+", on_delete="RESTRICT")
    sealed_at = LocalDateTimeField(null=True)
    erased_at = LocalDateTimeField(null=True)

    merged_into_id: int | None
    merged_staff_id: int | None

    class Meta:
        table_name = "person"


class PhoneRecord(OfficeTable):
    """A phone of a person as typed, and its digits."""

    person = ForeignKeyField(PersonRecord, on_delete="RESTRICT")
    phone = TextField()
    digits = TextField(index=True)

    person_id: int

    class Meta:
        table_name = "phone"
        indexes = ((("person", "digits"), True),)


class ResidencyRecord(OfficeTable):
    """What a person is to a unit, from one day to another; an open end is the present."""

    unit = ForeignKeyField(UnitRecord, on_delete="RESTRICT")
    person = ForeignKeyField(PersonRecord, on_delete="RESTRICT")
    role = TextField()
    from_on = DayField(null=True)
    to_on = DayField(null=True)
    relation = TextField(default="")
    share_part = IntegerField(null=True)
    share_whole = IntegerField(null=True)

    unit_id: int
    person_id: int

    class Meta:
        table_name = "residency"


class VehicleRecord(OfficeTable):
    """A vehicle of a house, by whose plate the desk finds it; `space` is its parking space."""

    unit = ForeignKeyField(UnitRecord, on_delete="RESTRICT")
    plate = TextField()
    person = ForeignKeyField(PersonRecord, null=True, on_delete="RESTRICT")
    kind = TextField(default="car")
    description = TextField(default="")
    space = ForeignKeyField(UnitRecord, null=True, backref="+", on_delete="RESTRICT")
    from_on = DayField(null=True)
    to_on = DayField(null=True)
    note = TextField(default="")
    import_id = IntegerField(null=True, index=True)
    version = IntegerField(default=1)

    unit_id: int
    person_id: int | None
    space_id: int | None

    class Meta:
        table_name = "vehicle"


class SegmentRecord(OfficeTable):
    """A segment that the office added, or one of the program's that it says otherwise (R81)."""

    code = TextField(unique=True)
    name = TextField()
    guide = TextField(default="")
    position = IntegerField()
    hidden = BooleanField(default=False)

    class Meta:
        table_name = "segment"


class DeskKeyRecord(OfficeTable):
    """One word under which the desk search finds a person, phone, plate or unit.

    Names stand with each of their endings, phones with those that people say, so that all are
    found by a range over this one index.
    """

    key = TextField()
    kind = TextField()
    target = IntegerField()

    class Meta:
        table_name = "desk_key"
        primary_key = CompositeKey("key", "kind", "target")
        without_rowid = True
