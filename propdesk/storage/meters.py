"""Meters of houses and of buildings, and their readings."""

from peewee import ForeignKeyField, IntegerField, TextField

from propdesk.storage.database import DayField, LocalDateTimeField, OfficeTable
from propdesk.storage.staff import StaffRecord
from propdesk.storage.units import BuildingRecord, CommunityRecord, UnitRecord


class MeterRecord(OfficeTable):
    """A meter of a house, or of a building or community whose cost is shared."""

    kind = TextField()
    unit = ForeignKeyField(UnitRecord, null=True, backref="+", on_delete="RESTRICT")
    building = ForeignKeyField(BuildingRecord, null=True, backref="+", on_delete="RESTRICT")
    community = ForeignKeyField(CommunityRecord, null=True, backref="+", on_delete="RESTRICT")
    number = TextField(default="")
    place = TextField(default="")
    digits = IntegerField()
    multiplier_milli = IntegerField()
    installed_on = DayField()
    first_milli = IntegerField()
    removed_on = DayField(null=True)
    last_milli = IntegerField(null=True)
    replaces = ForeignKeyField("self", null=True, backref="+", on_delete="RESTRICT")
    note = TextField(default="")
    import_id = IntegerField(null=True)
    version = IntegerField(default=1)

    unit_id: int | None
    building_id: int | None
    community_id: int | None
    replaces_id: int | None

    class Meta:
        table_name = "meter"


class MeterReadingRecord(OfficeTable):
    """A reading; a wrong one is voided and written anew."""

    meter = ForeignKeyField(MeterRecord, backref="+", on_delete="RESTRICT")
    on_day = DayField()
    value_milli = IntegerField()
    kind = TextField()
    turned = IntegerField(default=0)
    note = TextField(default="")
    entered_at = LocalDateTimeField()
    staff = ForeignKeyField(StaffRecord, backref="+", on_delete="RESTRICT")
    import_id = IntegerField(null=True)
    voided_at = LocalDateTimeField(null=True)
    voided_staff = ForeignKeyField(StaffRecord, null=True, backref="+", on_delete="RESTRICT")
    void_reason = TextField(default="")

    meter_id: int
    staff_id: int
    voided_staff_id: int | None

    class Meta:
        table_name = "meter_reading"
