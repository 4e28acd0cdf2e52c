"""What the tables themselves refuse, whoever writes: types, checks, an append-only journal."""

from datetime import UTC, date, datetime

import pytest
from peewee import IntegrityError

from propdesk.domain.classes import CLASSES
from propdesk.domain.staff import Role
from propdesk.domain.tickets import Channel, Kind, ReporterKind, Satisfaction, Status, Urgency
from propdesk.storage import database as db
from propdesk.storage.persons import PersonRecord, PhoneRecord, ResidencyRecord
from propdesk.storage.tickets import TicketEventRecord, TicketRecord
from propdesk.storage.units import BuildingRecord, CommunityRecord, EntranceRecord, UnitRecord


@pytest.fixture
def ticket(office, add_tickets) -> TicketRecord:
    """One complaint with its journal line."""
    add_tickets(1)
    return TicketRecord.get()


def put(column: str, value: object) -> None:
    """Write one value into every ticket's row."""
    db.database.execute_sql(f"UPDATE ticket SET {column} = ?", (value,))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ticket_event SET text = 'changed'",
        "UPDATE ticket_event SET at = '2020-01-01T00:00:00' WHERE sequence = 1",
        "DELETE FROM ticket_event",
        "REPLACE INTO ticket_event SELECT * FROM ticket_event",
    ],
)
def test_the_journal_is_append_only(ticket, statement):
    before = db.rows("SELECT * FROM ticket_event")
    with pytest.raises(IntegrityError, match="append-only"):
        db.database.execute_sql(statement)
    assert db.rows("SELECT * FROM ticket_event") == before


def test_a_journal_line_that_is_taken_back_leaves_no_gap(ticket, office):
    with db.database.atomic() as transaction:
        TicketEventRecord.insert_from(
            TicketEventRecord.select(
                *[f for f in TicketEventRecord._meta.sorted_fields if f.name != "sequence"]
            ),
            [f for f in TicketEventRecord._meta.sorted_fields if f.name != "sequence"],
        ).execute()
        transaction.rollback()
    assert db.rows("SELECT seq FROM sqlite_sequence WHERE name = 'ticket_event'") == [(1,)]


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("kind", "Complaint"),
        ("status", "open"),
        ("channel", "wechat"),
        ("urgency", "p4"),
        ("reporter_kind", ""),
        ("satisfaction", "happy"),
        ("is_open", 2),
        ("round", 0),
        ("dispatches", -1),
        ("series_sequence", 0),
        ("text", ""),
        ("text", None),
        ("number", None),
        ("place", ""),
        ("received_at", "2026-11-21"),
        ("received_at", "2026-11-21 09:30:00"),
        ("received_at", "2026-11-21T09:30:00+08:00"),
        ("promised_at", "soon"),
        ("closed_at", ""),
        ("round", "many"),
        ("version", 1.5),
        ("unit_id", 4711),
        ("first_receiver_id", 4711),
        ("duplicate_of_id", 4711),
    ],
)
def test_a_ticket_row_refuses_what_no_command_writes(ticket, column, value):
    with pytest.raises(IntegrityError):
        put(column, value)


@pytest.mark.parametrize(
    ("column", "words"),
    [
        ("kind", Kind),
        ("status", Status),
        ("channel", Channel),
        ("urgency", Urgency),
        ("reporter_kind", ReporterKind),
        ("satisfaction", Satisfaction),
        ("class_code", CLASSES),
    ],
)
def test_a_ticket_row_takes_every_word_of_the_domain(ticket, column, words):
    for word in words:
        put(column, str(word))


def test_a_staff_row_takes_every_role(ticket):
    for role in Role:
        db.database.execute_sql("UPDATE staff SET role = ?", (role.value,))


def test_the_same_number_is_refused(ticket, office, add_tickets):
    add_tickets(1)
    with pytest.raises(IntegrityError):
        db.database.execute_sql("UPDATE ticket SET number = 'TS-202611-0001'")
    with pytest.raises(IntegrityError):
        db.database.execute_sql("UPDATE ticket SET series_sequence = 1")


@pytest.fixture
def unit(office) -> UnitRecord:
    """3-2-501 of a community."""
    community = CommunityRecord.create(name="云澜花园")
    building = BuildingRecord.create(community=community, name="3")
    entrance = EntranceRecord.create(building=building, name="2")
    return UnitRecord.create(entrance=entrance, kind="home", number="501", floor=5, short="3-2-501")


def test_what_others_point_at_is_not_removed(unit):
    person = PersonRecord.create(name="张伟丰")
    ResidencyRecord.create(unit=unit, person=person, role="owner", from_on=date(2020, 2, 29))
    for record in (person, unit, EntranceRecord.get(), BuildingRecord.get(), CommunityRecord.get()):
        with pytest.raises(IntegrityError):
            record.delete_instance()
    assert ResidencyRecord.get().from_on == date(2020, 2, 29)
    assert ResidencyRecord.get().to_on is None


@pytest.mark.parametrize(
    ("from_on", "to_on"), [(date(2020, 1, 2), date(2020, 1, 1)), ("2020", None), (None, "x")]
)
def test_a_residency_ends_after_it_begins(unit, from_on, to_on):
    person = PersonRecord.create(name="张伟丰")
    with pytest.raises((IntegrityError, AttributeError)):
        ResidencyRecord.create(unit=unit, person=person, role="owner", from_on=from_on, to_on=to_on)


@pytest.mark.parametrize("digits", ["", "138x", "１３８", "138-1"])
def test_a_phones_digits_are_digits(unit, digits):
    person = PersonRecord.create(name="张伟丰")
    with pytest.raises(IntegrityError):
        PhoneRecord.create(person=person, phone="138", digits=digits)


@pytest.mark.parametrize("area", [-1, 100_000_001, 1e308, "big"])
def test_an_area_is_possible(unit, area):
    with pytest.raises(IntegrityError):
        db.database.execute_sql("UPDATE unit SET area_dm2 = ?", (area,))


def test_times_come_back_as_they_went_in(ticket):
    moment = datetime(2026, 2, 28, 23, 59, 59, 999, tzinfo=UTC)
    TicketRecord.update(promised_at=moment).execute()
    assert TicketRecord.get().promised_at == datetime(2026, 2, 28, 23, 59, 59)
    TicketRecord.update(promised_at=None).execute()
    assert TicketRecord.get().promised_at is None


def test_a_days_text_sorts_as_the_day(unit):
    assert db.DayField().db_value(date(800, 1, 2)) == "0800-01-02"
    assert db.stored_time(datetime(800, 1, 2)) == "0800-01-02T00:00:00"
