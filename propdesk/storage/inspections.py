"""Inspections: templates, plans, sheets, rounds, results, findings, notices."""

from peewee import BooleanField, CompositeKey, ForeignKeyField, IntegerField, JSONField, TextField

from propdesk.storage.assets import AssetRecord, InspectionPointRecord, VendorRecord
from propdesk.storage.database import DayField, LocalDateTimeField, OfficeTable
from propdesk.storage.staff import DepartmentRecord, StaffRecord
from propdesk.storage.tickets import TicketRecord
from propdesk.storage.units import BuildingRecord, CommunityRecord, UnitRecord


class CheckTemplateRecord(OfficeTable):
    """What is looked at in one kind of place; its versions hold the items."""

    code = TextField(unique=True)
    name = TextField()
    kind = TextField()
    shipped = TextField(default="")
    ended_at = LocalDateTimeField(null=True)
    version = IntegerField(default=1)

    class Meta:
        table_name = "check_template"


class TemplateVersionRecord(OfficeTable):
    """A template as it was from some day on; never changed."""

    template = ForeignKeyField(CheckTemplateRecord, backref="+", on_delete="RESTRICT")
    number = IntegerField()
    note = TextField(default="")
    entered_at = LocalDateTimeField()
    staff = ForeignKeyField(StaffRecord, backref="+", on_delete="RESTRICT")

    template_id: int
    staff_id: int

    class Meta:
        table_name = "template_version"
        indexes = ((("template", "number"), True),)


class CheckItemRecord(OfficeTable):
    """One thing to look at; `key` stays the same in every version."""

    version = ForeignKeyField(TemplateVersionRecord, backref="+", on_delete="RESTRICT")
    position = IntegerField()
    key = TextField()
    section = TextField(default="")
    kind = TextField()
    name = TextField()
    standard = TextField(default="")
    unit = TextField(default="")
    lower_milli = IntegerField(null=True)
    upper_milli = IntegerField(null=True)
    digits = IntegerField(default=0)
    decimals = IntegerField(default=0)
    choices = JSONField(default=list)
    in_order = IntegerField(default=1)
    photo = BooleanField(default=False)
    score = IntegerField(default=0)
    source = TextField(default="")
    verified = BooleanField(default=False)

    version_id: int

    class Meta:
        table_name = "check_item"
        indexes = (
            (("version", "key"), True),
            (("version", "position"), True),
        )


class PointLimitRecord(OfficeTable):
    """Limits of one place where they differ from the template."""

    point = ForeignKeyField(InspectionPointRecord, backref="+", on_delete="RESTRICT")
    template = ForeignKeyField(CheckTemplateRecord, backref="+", on_delete="RESTRICT")
    key = TextField(default="")
    lower_milli = IntegerField(null=True)
    upper_milli = IntegerField(null=True)

    point_id: int
    template_id: int

    class Meta:
        table_name = "point_limit"
        primary_key = CompositeKey("point", "template", "key")
        without_rowid = True


class InspectionPlanRecord(OfficeTable):
    """Who walks which route, when (RFC 5545)."""

    code = TextField(unique=True)
    name = TextField()
    kind = TextField()
    shipped = TextField(default="")
    scope = TextField()
    template = ForeignKeyField(CheckTemplateRecord, null=True, backref="+", on_delete="RESTRICT")
    community = ForeignKeyField(CommunityRecord, null=True, backref="+", on_delete="RESTRICT")
    building = ForeignKeyField(BuildingRecord, null=True, backref="+", on_delete="RESTRICT")
    asset = ForeignKeyField(AssetRecord, null=True, backref="+", on_delete="RESTRICT")
    rule = TextField()
    starts_on = DayField()
    ends_on = DayField(null=True)
    times = JSONField(default=list)
    one_sheet = BooleanField(default=False)
    shift = TextField(default="")
    anchor = TextField()
    latest_days = IntegerField(null=True)
    before_days = IntegerField(default=0)
    tolerance_minutes = IntegerField(default=0)
    department = ForeignKeyField(DepartmentRecord, null=True, backref="+", on_delete="RESTRICT")
    walker = ForeignKeyField(StaffRecord, null=True, backref="+", on_delete="RESTRICT")
    vendor = ForeignKeyField(VendorRecord, null=True, backref="+", on_delete="RESTRICT")
    source = TextField(default="")
    verified = BooleanField(default=False)
    note = TextField(default="")
    made_until = DayField(null=True)
    entered_at = LocalDateTimeField()
    staff = ForeignKeyField(StaffRecord, backref="+", on_delete="RESTRICT")
    ended_at = LocalDateTimeField(null=True)
    version = IntegerField(default=1)

    template_id: int | None
    community_id: int | None
    building_id: int | None
    asset_id: int | None
    department_id: int | None
    walker_id: int | None
    vendor_id: int | None
    staff_id: int

    class Meta:
        table_name = "inspection_plan"


class PlanLineRecord(OfficeTable):
    """A place of a route, in walking order."""

    plan = ForeignKeyField(InspectionPlanRecord, backref="+", on_delete="RESTRICT")
    position = IntegerField()
    point = ForeignKeyField(InspectionPointRecord, backref="+", on_delete="RESTRICT")
    template = ForeignKeyField(CheckTemplateRecord, backref="+", on_delete="RESTRICT")

    plan_id: int
    point_id: int
    template_id: int

    class Meta:
        table_name = "plan_line"
        primary_key = CompositeKey("plan", "position")
        without_rowid = True


class InspectionSheetRecord(OfficeTable):
    """The paper of the rounds of a day."""

    number = TextField(unique=True)
    plan = ForeignKeyField(InspectionPlanRecord, backref="+", on_delete="RESTRICT")
    planned_on = DayField()
    walker = TextField(default="")
    made_at = LocalDateTimeField()
    staff = ForeignKeyField(StaffRecord, backref="+", on_delete="RESTRICT")
    printed_at = LocalDateTimeField(null=True)
    prints = IntegerField(default=0)
    entered_at = LocalDateTimeField(null=True)
    weather = TextField(default="")
    voided_at = LocalDateTimeField(null=True)
    void_reason = TextField(default="")
    version = IntegerField(default=1)

    plan_id: int
    staff_id: int

    class Meta:
        table_name = "inspection_sheet"


class SheetLineRecord(OfficeTable):
    """A place or house on a sheet, with the version of its template."""

    sheet = ForeignKeyField(InspectionSheetRecord, backref="+", on_delete="RESTRICT")
    position = IntegerField()
    point = ForeignKeyField(InspectionPointRecord, null=True, backref="+", on_delete="RESTRICT")
    unit = ForeignKeyField(UnitRecord, null=True, backref="+", on_delete="RESTRICT")
    version = ForeignKeyField(TemplateVersionRecord, backref="+", on_delete="RESTRICT")
    limits = JSONField(default=dict)

    sheet_id: int
    point_id: int | None
    unit_id: int | None
    version_id: int

    class Meta:
        table_name = "sheet_line"
        primary_key = CompositeKey("sheet", "position")
        without_rowid = True


class InspectionRoundRecord(OfficeTable):
    """One walk of a plan at one time."""

    plan = ForeignKeyField(InspectionPlanRecord, backref="+", on_delete="RESTRICT")
    planned_on = DayField()
    planned_time = TextField(default="")
    due_at = LocalDateTimeField()
    latest_on = DayField(null=True)
    postponed_from = DayField(null=True)
    state = TextField()
    sheet = ForeignKeyField(InspectionSheetRecord, null=True, backref="+", on_delete="RESTRICT")
    makes_up = ForeignKeyField("self", null=True, backref="+", on_delete="RESTRICT")
    walker = TextField(default="")
    started_at = LocalDateTimeField(null=True)
    done_at = LocalDateTimeField(null=True)
    entered_at = LocalDateTimeField(null=True)
    entered_staff = ForeignKeyField(StaffRecord, null=True, backref="+", on_delete="RESTRICT")
    items = IntegerField(default=0)
    filled = IntegerField(default=0)
    abnormal = IntegerField(default=0)
    note = TextField(default="")
    cancel_reason = TextField(default="")
    version = IntegerField(default=1)

    plan_id: int
    sheet_id: int | None
    makes_up_id: int | None
    entered_staff_id: int | None

    class Meta:
        table_name = "inspection_round"


class InspectionResultRecord(OfficeTable):
    """What was seen; a correction is a new row."""

    round = ForeignKeyField(InspectionRoundRecord, backref="+", on_delete="RESTRICT")
    position = IntegerField()
    item = ForeignKeyField(CheckItemRecord, backref="+", on_delete="RESTRICT")
    point = ForeignKeyField(InspectionPointRecord, null=True, backref="+", on_delete="RESTRICT")
    verdict = TextField()
    value_milli = IntegerField(null=True)
    lower_milli = IntegerField(null=True)
    upper_milli = IntegerField(null=True)
    words = TextField(default="")
    score = IntegerField(null=True)
    note = TextField(default="")
    photos = TextField(default="")
    performed_at = LocalDateTimeField()
    entered_at = LocalDateTimeField()
    staff = ForeignKeyField(StaffRecord, backref="+", on_delete="RESTRICT")
    replaces = ForeignKeyField("self", null=True, backref="+", on_delete="RESTRICT")
    reason = TextField()

    round_id: int
    item_id: int
    point_id: int | None
    staff_id: int
    replaces_id: int | None

    class Meta:
        table_name = "inspection_result"


class RectificationRecord(OfficeTable):
    """A rectification notice with deadline and re-check."""

    number = TextField(unique=True)
    addressee = TextField()
    vendor = ForeignKeyField(VendorRecord, null=True, backref="+", on_delete="RESTRICT")
    unit = ForeignKeyField(UnitRecord, null=True, backref="+", on_delete="RESTRICT")
    place = TextField(default="")
    problem = TextField()
    basis = TextField(default="")
    demand = TextField(default="")
    deadline_on = DayField()
    issued_at = LocalDateTimeField()
    staff = ForeignKeyField(StaffRecord, backref="+", on_delete="RESTRICT")
    receiver = TextField(default="")
    received_on = DayField(null=True)
    refused = BooleanField(default=False)
    recheck = TextField(default="")
    rechecked_on = DayField(null=True)
    recheck_note = TextField(default="")
    voided_at = LocalDateTimeField(null=True)
    void_reason = TextField(default="")
    version = IntegerField(default=1)

    vendor_id: int | None
    unit_id: int | None
    staff_id: int

    class Meta:
        table_name = "rectification"


class FindingRecord(OfficeTable):
    """What a round found wrong, until it is put right."""

    round = ForeignKeyField(InspectionRoundRecord, backref="+", on_delete="RESTRICT")
    result = ForeignKeyField(InspectionResultRecord, backref="+", on_delete="RESTRICT")
    point = ForeignKeyField(InspectionPointRecord, null=True, backref="+", on_delete="RESTRICT")
    unit = ForeignKeyField(UnitRecord, null=True, backref="+", on_delete="RESTRICT")
    asset = ForeignKeyField(AssetRecord, null=True, backref="+", on_delete="RESTRICT")
    template = ForeignKeyField(CheckTemplateRecord, backref="+", on_delete="RESTRICT")
    key = TextField(default="")
    text = TextField()
    found_at = LocalDateTimeField()
    state = TextField()
    ticket = ForeignKeyField(TicketRecord, null=True, backref="+", on_delete="RESTRICT")
    rectification = ForeignKeyField(
        RectificationRecord, null=True, backref="+", on_delete="RESTRICT"
    )
    needs_improvement = BooleanField(default=False)
    rectified_on = DayField(null=True)
    note = TextField(default="")
    staff = ForeignKeyField(StaffRecord, backref="+", on_delete="RESTRICT")
    version = IntegerField(default=1)

    round_id: int
    result_id: int
    point_id: int | None
    unit_id: int | None
    asset_id: int | None
    template_id: int
    ticket_id: int | None
    rectification_id: int | None
    staff_id: int

    class Meta:
        table_name = "finding"
