"""Community, building, entrance and unit (小区 楼栋 单元 房屋)."""

from peewee import ForeignKeyField, IntegerField, TextField

from propdesk.storage.database import OfficeTable


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
    """A house, shop, parking space or storage room; `area_dm2` is in hundredths of a m²."""

    entrance = ForeignKeyField(EntranceRecord, on_delete="RESTRICT")
    kind = TextField()
    number = TextField()
    floor = IntegerField(null=True)
    short = TextField(index=True)
    area_dm2 = IntegerField(null=True)
    note = TextField(default="")
    import_id = IntegerField(null=True, index=True)
    version = IntegerField(default=1)

    entrance_id: int

    class Meta:
        table_name = "unit"
        indexes = ((("entrance", "kind", "number"), True),)
