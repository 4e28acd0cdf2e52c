"""What a house goes through: moves, gate passes, keys and cards, pets, decoration."""

from peewee import BooleanField, ForeignKeyField, IntegerField, JSONField, TextField

from propdesk.storage.database import DayField, LocalDateTimeField, OfficeTable
from propdesk.storage.inspections import FindingRecord, InspectionRoundRecord
from propdesk.storage.persons import PersonRecord
from propdesk.storage.staff import StaffRecord
from propdesk.storage.tickets import TicketRecord
from propdesk.storage.units import UnitRecord


class MoveRecord(OfficeTable):
    """Somebody moves in or out, or the house changes hands; `settlement` are lines of fen.

    `open_reason` is why somebody may leave with keys or sums open; `effects` is what the move did
    to the people and the state of the house.
    """

    number = TextField(null=True, unique=True)
    unit = ForeignKeyField(UnitRecord, on_delete="RESTRICT")
    kind = TextField()
    on_day = DayField()
    until_on = DayField(null=True)
    told_on = DayField(null=True)
    reason = TextField(default="")
    reason_text = TextField(default="")
    person = ForeignKeyField(PersonRecord, null=True, on_delete="RESTRICT")
    name = TextField(default="")
    handled_by = TextField(default="")
    meters = JSONField(default=dict)
    settlement = JSONField(default=list)
    settled_on = DayField(null=True)
    new_address = TextField(default="")
    new_phone = TextField(default="")
    note = TextField(default="")
    open_reason = TextField(default="")
    effects = JSONField(default=dict)
    entered_at = LocalDateTimeField()
    staff = ForeignKeyField(StaffRecord, backref="+", on_delete="RESTRICT")
    voided_at = LocalDateTimeField(null=True)
    void_reason = TextField(default="")
    version = IntegerField(default=1)

    unit_id: int
    person_id: int | None
    staff_id: int

    class Meta:
        table_name = "move"


class GatePassRecord(OfficeTable):
    """A pass for things that are carried out (放行条)."""

    number = TextField(unique=True)
    unit = ForeignKeyField(UnitRecord, on_delete="RESTRICT")
    move = ForeignKeyField(MoveRecord, null=True, on_delete="RESTRICT")
    carrier = TextField()
    carrier_phone = TextField(default="")
    items = TextField()
    plate = TextField(default="")
    valid_on = DayField()
    hours = TextField(default="")
    confirmed_by = TextField(default="")
    written_at = LocalDateTimeField()
    staff = ForeignKeyField(StaffRecord, backref="+", on_delete="RESTRICT")
    voided_at = LocalDateTimeField(null=True)

    unit_id: int
    move_id: int | None
    staff_id: int

    class Meta:
        table_name = "gate_pass"


class UnitKeyRecord(OfficeTable):
    """Keys or cards of one kind that somebody holds, and what became of them."""

    unit = ForeignKeyField(UnitRecord, on_delete="RESTRICT")
    person = ForeignKeyField(PersonRecord, null=True, on_delete="RESTRICT")
    holder = TextField(default="")
    kind = TextField()
    label = TextField(default="")
    count = IntegerField(default=1)
    deposit_fen = IntegerField(default=0)
    deposit_back_fen = IntegerField(null=True)
    from_on = DayField()
    ended_on = DayField(null=True)
    outcome = TextField(default="")
    with_office = BooleanField(default=False)
    note = TextField(default="")
    staff = ForeignKeyField(StaffRecord, backref="+", on_delete="RESTRICT")
    version = IntegerField(default=1)

    unit_id: int
    person_id: int | None
    staff_id: int

    class Meta:
        table_name = "unit_key"


class PetRecord(OfficeTable):
    """A pet of a house."""

    unit = ForeignKeyField(UnitRecord, on_delete="RESTRICT")
    person = ForeignKeyField(PersonRecord, null=True, on_delete="RESTRICT")
    kind = TextField()
    name = TextField(default="")
    breed = TextField(default="")
    licence = TextField(default="")
    vaccinated_until = DayField(null=True)
    from_on = DayField(null=True)
    to_on = DayField(null=True)
    note = TextField(default="")
    version = IntegerField(default=1)

    unit_id: int
    person_id: int | None

    class Meta:
        table_name = "pet"


class DecorationRecord(OfficeTable):
    """The file of one decoration: permit, builder, deposit, acceptance."""

    number = TextField(unique=True)
    unit = ForeignKeyField(UnitRecord, on_delete="RESTRICT")
    applied_on = DayField()
    permitted_on = DayField(null=True)
    permitted_staff = ForeignKeyField(StaffRecord, null=True, backref="+", on_delete="RESTRICT")
    from_on = DayField(null=True)
    until_on = DayField(null=True)
    accepted_on = DayField(null=True)
    cancelled_on = DayField(null=True)
    applicant = TextField(default="")
    company = TextField(default="")
    foreman = TextField(default="")
    phone = TextField(default="")
    workers = IntegerField(null=True)
    scope = TextField(default="")
    touches_structure = BooleanField(default=False)
    structure_consent = TextField(default="")
    told = TextField(default="")
    deposit_fen = IntegerField(default=0)
    deposit_note = TextField(default="")
    deposit_returned_fen = IntegerField(null=True)
    deposit_returned_on = DayField(null=True)
    deduction_reason = TextField(default="")
    outcome = TextField(default="")
    note = TextField(default="")
    staff = ForeignKeyField(StaffRecord, backref="+", on_delete="RESTRICT")
    version = IntegerField(default=1)

    unit_id: int
    staff_id: int
    permitted_staff_id: int | None

    class Meta:
        table_name = "decoration"


class DecorationPatrolRecord(OfficeTable):
    """A look at a decoration under way; `kind` is empty where nothing was found."""

    decoration = ForeignKeyField(DecorationRecord, on_delete="RESTRICT")
    at = LocalDateTimeField()
    entered_at = LocalDateTimeField()
    staff = ForeignKeyField(StaffRecord, backref="+", on_delete="RESTRICT")
    patrolled_by = TextField(default="")
    result = TextField(default="looked")
    finding = TextField(default="")
    kind = TextField(default="")
    due_on = DayField(null=True)
    rectified_on = DayField(null=True)
    ticket = ForeignKeyField(TicketRecord, null=True, on_delete="RESTRICT")
    round = ForeignKeyField(InspectionRoundRecord, null=True, backref="+", on_delete="RESTRICT")
    found = ForeignKeyField(FindingRecord, null=True, backref="+", on_delete="RESTRICT")

    decoration_id: int
    staff_id: int
    ticket_id: int | None
    round_id: int | None
    found_id: int | None

    class Meta:
        table_name = "decoration_patrol"
