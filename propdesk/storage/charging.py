"""What is charged: bases, items, prices, exceptions, shared costs, runs and bills."""

from peewee import BooleanField, ForeignKeyField, IntegerField, JSONField, TextField

from propdesk.storage.database import DayField, LocalDateTimeField, OfficeTable
from propdesk.storage.meters import MeterRecord
from propdesk.storage.persons import PersonRecord
from propdesk.storage.staff import StaffRecord
from propdesk.storage.tickets import TicketRecord
from propdesk.storage.units import BuildingRecord, CommunityRecord, UnitRecord


class FeeBasisRecord(OfficeTable):
    """What a price rests on: contract, approval, decision of the owners."""

    kind = TextField()
    name = TextField()
    number = TextField(default="")
    community = ForeignKeyField(CommunityRecord, null=True, backref="+", on_delete="RESTRICT")
    signed_on = DayField(null=True)
    from_on = DayField(null=True)
    until_on = DayField(null=True)
    fee_clause = TextField(default="")
    due_clause = TextField(default="")
    late_clause = TextField(default="")
    address_clause = TextField(default="")
    note = TextField(default="")
    staff = ForeignKeyField(StaffRecord, backref="+", on_delete="RESTRICT")
    version = IntegerField(default=1)

    community_id: int | None
    staff_id: int

    class Meta:
        table_name = "fee_basis"


class FeeItemRecord(OfficeTable):
    """An item that is charged."""

    code = TextField(unique=True)
    name = TextField()
    formula = TextField()
    income = TextField()
    charges = TextField()
    unit_kinds = JSONField(default=list)
    meter_kind = TextField(default="")
    line_months = IntegerField()
    billed_months = IntegerField()
    due_month = IntegerField()
    due_day = IntegerField()
    partial = TextField()
    rounding = TextField()
    position = IntegerField()
    is_active = BooleanField(default=False)
    note = TextField(default="")
    version = IntegerField(default=1)

    class Meta:
        table_name = "fee_item"


class TariffRecord(OfficeTable):
    """A price of an item from a day on; corrections are new rows."""

    fee_item = ForeignKeyField(FeeItemRecord, backref="+", on_delete="RESTRICT")
    community = ForeignKeyField(CommunityRecord, null=True, backref="+", on_delete="RESTRICT")
    building = ForeignKeyField(BuildingRecord, null=True, backref="+", on_delete="RESTRICT")
    from_on = DayField()
    until_on = DayField(null=True)
    price_e4 = IntegerField()
    tiers = JSONField(default=list)
    share_by = TextField(default="")
    floor_factors = JSONField(default=dict)
    vacancy_percent = IntegerField(null=True)
    vacancy_after_months = IntegerField(default=0)
    basis = ForeignKeyField(FeeBasisRecord, null=True, backref="+", on_delete="RESTRICT")
    basis_note = TextField(default="")
    cap_e4 = IntegerField(null=True)
    cap_source = TextField(default="")
    late_rate_e6 = IntegerField(default=0)
    late_clause = TextField()
    late_grace_days = IntegerField(default=0)
    late_cap_percent = IntegerField(null=True)
    note = TextField(default="")
    entered_at = LocalDateTimeField()
    staff = ForeignKeyField(StaffRecord, backref="+", on_delete="RESTRICT")
    import_id = IntegerField(null=True)
    voided_at = LocalDateTimeField(null=True)
    voided_staff = ForeignKeyField(StaffRecord, null=True, backref="+", on_delete="RESTRICT")
    void_reason = TextField(default="")

    fee_item_id: int
    community_id: int | None
    building_id: int | None
    basis_id: int | None
    staff_id: int
    voided_staff_id: int | None

    class Meta:
        table_name = "tariff"


class UnitFeeRecord(OfficeTable):
    """Who pays an item that only some pay, pays less, or pays instead."""

    unit = ForeignKeyField(UnitRecord, backref="+", on_delete="RESTRICT")
    fee_item = ForeignKeyField(FeeItemRecord, backref="+", on_delete="RESTRICT")
    kind = TextField()
    from_on = DayField()
    until_on = DayField(null=True)
    quantity_milli = IntegerField()
    percent = IntegerField(null=True)
    price_e4 = IntegerField(null=True)
    payer = ForeignKeyField(PersonRecord, null=True, backref="+", on_delete="RESTRICT")
    reason = TextField(default="")
    evidence = TextField(default="")
    entered_at = LocalDateTimeField()
    staff = ForeignKeyField(StaffRecord, backref="+", on_delete="RESTRICT")
    voided_at = LocalDateTimeField(null=True)
    voided_staff = ForeignKeyField(StaffRecord, null=True, backref="+", on_delete="RESTRICT")

    unit_id: int
    fee_item_id: int
    payer_id: int | None
    staff_id: int
    voided_staff_id: int | None

    class Meta:
        table_name = "unit_fee"


class SharedCostRecord(OfficeTable):
    """What is shared in a period, by which rule, with its working."""

    fee_item = ForeignKeyField(FeeItemRecord, backref="+", on_delete="RESTRICT")
    community = ForeignKeyField(CommunityRecord, null=True, backref="+", on_delete="RESTRICT")
    building = ForeignKeyField(BuildingRecord, null=True, backref="+", on_delete="RESTRICT")
    from_on = DayField()
    until_on = DayField()
    total_fen = IntegerField()
    usage_milli = IntegerField(null=True)
    share_by = TextField()
    working = JSONField(default=dict)
    document = TextField(default="")
    entered_at = LocalDateTimeField()
    staff = ForeignKeyField(StaffRecord, backref="+", on_delete="RESTRICT")
    voided_at = LocalDateTimeField(null=True)

    fee_item_id: int
    community_id: int | None
    building_id: int | None
    staff_id: int

    class Meta:
        table_name = "shared_cost"


class BillRunRecord(OfficeTable):
    """Bills that were posted in one go."""

    number = TextField(unique=True)
    from_on = DayField()
    until_on = DayField()
    community = ForeignKeyField(CommunityRecord, null=True, backref="+", on_delete="RESTRICT")
    building = ForeignKeyField(BuildingRecord, null=True, backref="+", on_delete="RESTRICT")
    items = JSONField(default=list)
    bills = IntegerField()
    total_fen = IntegerField()
    prepaid_fen = IntegerField(default=0)
    posted_at = LocalDateTimeField()
    staff = ForeignKeyField(StaffRecord, backref="+", on_delete="RESTRICT")
    note = TextField(default="")
    undone_at = LocalDateTimeField(null=True)
    undone_staff = ForeignKeyField(StaffRecord, null=True, backref="+", on_delete="RESTRICT")
    undone_reason = TextField(default="")

    community_id: int | None
    building_id: int | None
    staff_id: int
    undone_staff_id: int | None

    class Meta:
        table_name = "bill_run"


class BillRecord(OfficeTable):
    """One item of one house for one period; `working` explains the amount."""

    unit = ForeignKeyField(UnitRecord, backref="+", on_delete="RESTRICT")
    fee_item = ForeignKeyField(FeeItemRecord, backref="+", on_delete="RESTRICT")
    kind = TextField()
    from_on = DayField()
    until_on = DayField()
    due_on = DayField()
    amount_fen = IntegerField()
    settled_fen = IntegerField(default=0)
    person = ForeignKeyField(PersonRecord, null=True, backref="+", on_delete="RESTRICT")
    payer = ForeignKeyField(PersonRecord, null=True, backref="+", on_delete="RESTRICT")
    tariff = ForeignKeyField(TariffRecord, null=True, backref="+", on_delete="RESTRICT")
    meter = ForeignKeyField(MeterRecord, null=True, backref="+", on_delete="RESTRICT")
    shared_cost = ForeignKeyField(SharedCostRecord, null=True, backref="+", on_delete="RESTRICT")
    run = ForeignKeyField(BillRunRecord, null=True, backref="+", on_delete="RESTRICT")
    ticket = ForeignKeyField(TicketRecord, null=True, backref="+", on_delete="RESTRICT")
    late_for = ForeignKeyField("self", null=True, backref="+", on_delete="RESTRICT")
    import_id = IntegerField(null=True)
    external = TextField(default="")
    working = JSONField(default=dict)
    note = TextField(default="")
    entered_at = LocalDateTimeField()
    staff = ForeignKeyField(StaffRecord, backref="+", on_delete="RESTRICT")
    voided_at = LocalDateTimeField(null=True)
    voided_staff = ForeignKeyField(StaffRecord, null=True, backref="+", on_delete="RESTRICT")
    void_reason = TextField(default="")

    unit_id: int
    fee_item_id: int
    person_id: int | None
    payer_id: int | None
    tariff_id: int | None
    meter_id: int | None
    shared_cost_id: int | None
    run_id: int | None
    ticket_id: int | None
    late_for_id: int | None
    staff_id: int
    voided_staff_id: int | None

    class Meta:
        table_name = "bill"


class FeeRuleRecord(OfficeTable):
    """A number of a law or of practice as the office changed it."""

    code = TextField()
    value = TextField(default="")
    place = TextField(default="")
    source = TextField(default="")
    from_on = DayField()
    is_verified = BooleanField(default=False)
    entered_at = LocalDateTimeField()
    staff = ForeignKeyField(StaffRecord, backref="+", on_delete="RESTRICT")
    voided_at = LocalDateTimeField(null=True)

    staff_id: int

    class Meta:
        table_name = "fee_rule"
