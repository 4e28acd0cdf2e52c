"""Places and things: vendors and their contracts, the ledger of equipment, points."""

from peewee import ForeignKeyField, IntegerField, TextField

from propdesk.storage.database import DayField, LocalDateTimeField, OfficeTable
from propdesk.storage.staff import StaffRecord
from propdesk.storage.tickets import TicketRecord
from propdesk.storage.units import BuildingRecord, CommunityRecord


class VendorRecord(OfficeTable):
    """A company that looks after equipment for the office."""

    name = TextField(unique=True)
    work = TextField(default="")
    licence_number = TextField(default="")
    licence_until = DayField(null=True)
    contact = TextField(default="")
    phone = TextField(default="")
    emergency_phone = TextField(default="")
    note = TextField(default="")
    import_id = IntegerField(null=True)
    ended_at = LocalDateTimeField(null=True)
    version = IntegerField(default=1)

    class Meta:
        table_name = "vendor"


class VendorContractRecord(OfficeTable):
    """What a vendor has agreed to do, and until when."""

    vendor = ForeignKeyField(VendorRecord, backref="+", on_delete="RESTRICT")
    number = TextField(default="")
    kind = TextField()
    subject = TextField()
    from_on = DayField()
    until_on = DayField()
    note = TextField(default="")
    entered_at = LocalDateTimeField()
    staff = ForeignKeyField(StaffRecord, backref="+", on_delete="RESTRICT")
    voided_at = LocalDateTimeField(null=True)
    version = IntegerField(default=1)

    vendor_id: int
    staff_id: int

    class Meta:
        table_name = "vendor_contract"


class AssetRecord(OfficeTable):
    """A thing that is looked after (equipment ledger)."""

    code = TextField(unique=True)
    name = TextField()
    kind = TextField()
    maker = TextField(default="")
    model = TextField(default="")
    serial = TextField(default="")
    community = ForeignKeyField(CommunityRecord, null=True, backref="+", on_delete="RESTRICT")
    building = ForeignKeyField(BuildingRecord, null=True, backref="+", on_delete="RESTRICT")
    place = TextField(default="")
    installed_on = DayField(null=True)
    inspected_on = DayField(null=True)
    warranty_until = DayField(null=True)
    licence_number = TextField(default="")
    licence_until = DayField(null=True)
    vendor = ForeignKeyField(VendorRecord, null=True, backref="+", on_delete="RESTRICT")
    state = TextField()
    state_on = DayField(null=True)
    note = TextField(default="")
    import_id = IntegerField(null=True)
    entered_at = LocalDateTimeField()
    staff = ForeignKeyField(StaffRecord, backref="+", on_delete="RESTRICT")
    voided_at = LocalDateTimeField(null=True)
    version = IntegerField(default=1)

    community_id: int | None
    building_id: int | None
    vendor_id: int | None
    staff_id: int

    class Meta:
        table_name = "asset"


class InspectionPointRecord(OfficeTable):
    """A place on a route."""

    code = TextField(unique=True)
    name = TextField()
    community = ForeignKeyField(CommunityRecord, null=True, backref="+", on_delete="RESTRICT")
    building = ForeignKeyField(BuildingRecord, null=True, backref="+", on_delete="RESTRICT")
    floor = TextField(default="")
    area = TextField(default="")
    asset = ForeignKeyField(AssetRecord, null=True, backref="+", on_delete="RESTRICT")
    ended_at = LocalDateTimeField(null=True)
    version = IntegerField(default=1)

    community_id: int | None
    building_id: int | None
    asset_id: int | None

    class Meta:
        table_name = "inspection_point"


class TicketAssetRecord(OfficeTable):
    """Which thing a ticket is about (R70)."""

    ticket = ForeignKeyField(TicketRecord, primary_key=True, backref="+", on_delete="RESTRICT")
    asset = ForeignKeyField(AssetRecord, backref="+", on_delete="RESTRICT")

    ticket_id: int
    asset_id: int

    class Meta:
        table_name = "ticket_asset"
