"""People, their phones and vehicles, and what they are to a house from when to when."""

from peewee import CompositeKey, ForeignKeyField, IntegerField, TextField

from propdesk.storage.database import DayField, OfficeTable
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

    unit_id: int
    person_id: int

    class Meta:
        table_name = "residency"
        indexes = ((("unit", "person", "role", "from_on"), True),)


class VehicleRecord(OfficeTable):
    """A vehicle's plate, by which the desk finds the house."""

    unit = ForeignKeyField(UnitRecord, on_delete="RESTRICT")
    plate = TextField()

    unit_id: int

    class Meta:
        table_name = "vehicle"
        indexes = ((("unit", "plate"), True),)


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
