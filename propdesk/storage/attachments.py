"""Photos and scans; the rows say what they are, the files lie under their content's hash."""

from peewee import BooleanField, ForeignKeyField, IntegerField, TextField

from propdesk.storage.assets import AssetRecord, VendorContractRecord
from propdesk.storage.charging import FeeBasisRecord
from propdesk.storage.contacts import ContactRecord
from propdesk.storage.database import LocalDateTimeField, OfficeTable
from propdesk.storage.dunning import DunningActRecord, PaymentPlanRecord, PublicationRecord
from propdesk.storage.inspections import InspectionRoundRecord, RectificationRecord
from propdesk.storage.meters import MeterReadingRecord
from propdesk.storage.persons import PersonRecord
from propdesk.storage.staff import StaffRecord
from propdesk.storage.tickets import TicketRecord
from propdesk.storage.units import UnitRecord


class AttachmentRecord(OfficeTable):
    """A file of a ticket, a house, a round, of what proves a fee; removed, its row stays."""

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
    basis = ForeignKeyField(FeeBasisRecord, null=True, on_delete="RESTRICT")
    reading = ForeignKeyField(MeterReadingRecord, null=True, on_delete="RESTRICT")
    act = ForeignKeyField(DunningActRecord, null=True, on_delete="RESTRICT")
    plan = ForeignKeyField(PaymentPlanRecord, null=True, on_delete="RESTRICT")
    publication = ForeignKeyField(PublicationRecord, null=True, on_delete="RESTRICT")
    asset = ForeignKeyField(AssetRecord, null=True, on_delete="RESTRICT")
    round = ForeignKeyField(InspectionRoundRecord, null=True, on_delete="RESTRICT")
    contract = ForeignKeyField(VendorContractRecord, null=True, on_delete="RESTRICT")
    rectification = ForeignKeyField(RectificationRecord, null=True, on_delete="RESTRICT")
    person = ForeignKeyField(PersonRecord, null=True, on_delete="RESTRICT")
    topic = TextField(default="")
    on_paper = BooleanField(default=False)
    removed_at = LocalDateTimeField(null=True)
    removed_staff = ForeignKeyField(StaffRecord, null=True, backref="+", on_delete="RESTRICT")

    staff_id: int
    ticket_id: int | None
    contact_id: int | None
    unit_id: int | None
    basis_id: int | None
    reading_id: int | None
    act_id: int | None
    plan_id: int | None
    publication_id: int | None
    asset_id: int | None
    round_id: int | None
    contract_id: int | None
    rectification_id: int | None
    person_id: int | None
    removed_staff_id: int | None

    class Meta:
        table_name = "attachment"
