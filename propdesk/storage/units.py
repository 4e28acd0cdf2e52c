"""Community, building, entrance and unit (小区 楼栋 单元 房屋)."""

from peewee import ForeignKeyField, IntegerField, TextField

from propdesk.storage.database import DayField, LocalDateTimeField, OfficeTable
from propdesk.storage.staff import StaffRecord


class CommunityRecord(OfficeTable):
    """A residential community (小区); an office has one or several."""

    name = TextField(unique=True)

    class Meta:
        table_name = "community"


class BuildingRecord(OfficeTable):
    """A building (楼栋) of a community."""

    community = ForeignKeyField(CommunityRecord, on_delete="RESTRICT")
    name = TextField()

    community_id: int

    class Meta:
        table_name = "building"
        indexes = ((("community", "name"), True),)


class EntranceRecord(OfficeTable):
    """An entrance (单元); its name is empty where a building has none."""

    building = ForeignKeyField(BuildingRecord, on_delete="RESTRICT")
    name = TextField()

    building_id: int

    class Meta:
        table_name = "entrance"
        indexes = ((("building", "name"), True),)


class UnitRecord(OfficeTable):
    """A house, shop, parking space or storage room; `area_dm2` is in hundredths of a m².

    What changes with a date (state, area, usage, layout, contract) is the present value here; the
    history stands in `UnitChangeRecord`.
    """

    entrance = ForeignKeyField(EntranceRecord, on_delete="RESTRICT")
    kind = TextField()
    number = TextField()
    floor = IntegerField(null=True)
    short = TextField(index=True)
    area_dm2 = IntegerField(null=True)
    note = TextField(default="")
    import_id = IntegerField(null=True, index=True)
    version = IntegerField(default=1)
    state = TextField(default="")
    usage = TextField(default="")
    layout = TextField(default="")
    contract = TextField(default="")
    delivered_on = DayField(null=True)
    minors = IntegerField(null=True)

    entrance_id: int

    class Meta:
        table_name = "unit"
        indexes = ((("entrance", "kind", "number"), True),)


class UnitChangeRecord(OfficeTable):
    """A value of a house and the day from which it holds; NULL is as long as is known."""

    unit = ForeignKeyField(UnitRecord, on_delete="RESTRICT")
    field = TextField()
    value = TextField()
    from_on = DayField(null=True)
    entered_at = LocalDateTimeField()
    staff = ForeignKeyField(StaffRecord, backref="+", on_delete="RESTRICT")
    note = TextField(default="")
    voided_at = LocalDateTimeField(null=True)
    voided_staff = ForeignKeyField(StaffRecord, null=True, backref="+", on_delete="RESTRICT")

    unit_id: int
    staff_id: int
    voided_staff_id: int | None

    class Meta:
        table_name = "unit_change"
