"""`propdesk check`: a sound office passes, and each kind of damage is found by its line."""

import pytest

from propdesk.domain.tickets import Kind, TicketDraft
from propdesk.services import tickets
from propdesk.services.checking import check_office
from propdesk.storage import database as db


@pytest.fixture
def worked(world):
    """An office with tickets in several states."""

    def register(kind: Kind, text: str):
        draft = TicketDraft(kind=kind, text=text, unit_id=world.home.id)
        return tickets.register_ticket(draft, by=world.desk.id, now=world.now)

    for turn in range(7):
        register(Kind.COMPLAINT, f"电梯停运 {turn}")
    repair = register(Kind.REPAIR, "水管漏水")
    tickets.dispatch_ticket(repair.id, handler_id=world.worker.id, by=world.desk.id, now=world.now)
    tickets.void_ticket(
        register(Kind.ENQUIRY, "登记错误").id, reason="重复登记", by=world.desk.id, now=world.now
    )
    return world.office


def spoil(*statements: str) -> None:
    """Write past every rule, as a tool from outside would."""
    db.database.execute_sql("PRAGMA foreign_keys = 0")
    db.database.execute_sql("PRAGMA ignore_check_constraints = 1")
    for statement in statements:
        db.database.execute_sql(statement)
    db.database.execute_sql("PRAGMA ignore_check_constraints = 0")


def test_a_sound_office_passes(worked):
    result = check_office(worked)
    assert result.ok, [line.text for line in result.lines if not line.ok]
    assert len({line.name for line in result.lines}) == len(result.lines) == 27
    assert all(line.text for line in result.lines)


def test_a_new_office_passes(office):
    assert check_office(office).ok


@pytest.mark.parametrize(
    ("statements", "wrong"),
    [
        (["UPDATE upgrade SET to_version = to_version + 1"], {"upgrades"}),
        (["INSERT INTO upgrade SELECT NULL, at, 7, 8, program, NULL FROM upgrade"], {"upgrades"}),
        (["UPDATE ticket SET unit_id = 4711 WHERE id = 1"], {"references"}),
        (["UPDATE ticket SET round = 0 WHERE id = 1"], {"structure", "status"}),
        (["UPDATE ticket SET status = 'completed' WHERE id = 2"], {"status"}),
        (["UPDATE ticket SET kind = 'praise' WHERE id = 2"], {"status", "clocks"}),
        (["UPDATE ticket SET next_due_at = '2030-01-01T09:00:00' WHERE id = 3"], {"clocks"}),
        (["UPDATE ticket SET next_clock = NULL, next_due_at = NULL WHERE id = 3"], {"clocks"}),
        (["UPDATE ticket SET status = 'closed' WHERE id = 2"], {"status", "open", "closing"}),
        (["UPDATE ticket SET is_open = 0 WHERE id = 3"], {"open"}),
        (["UPDATE ticket SET closed_at = received_at WHERE id = 3"], {"closing"}),
        (["UPDATE ticket SET series_sequence = 99 WHERE id = 3"], {"numbers"}),
        (["UPDATE number_series SET last = last + 1 WHERE kind = 'repair'"], {"numbers"}),
        (["DELETE FROM number_series WHERE kind = 'repair'"], {"numbers"}),
        (["INSERT INTO number_series VALUES ('praise', '202611', 3)"], {"numbers"}),
        (["DELETE FROM ticket_words WHERE rowid = 4"], {"search"}),
        (["INSERT INTO ticket_words (rowid, words) VALUES (4711, '水')"], {"search"}),
        (
            ["DROP TRIGGER ticket_event_no_delete", "DELETE FROM ticket_event WHERE sequence > 10"],
            {"journal", "status"},
        ),
        (
            ["DROP TRIGGER ticket_event_no_delete", "DELETE FROM ticket_event WHERE sequence = 1"],
            {"journal", "registered"},
        ),
        (
            [
                "DROP TRIGGER ticket_event_no_update",
                "UPDATE ticket_event SET kind = 'noted' WHERE sequence = 1",
            ],
            {"registered"},
        ),
    ],
)
def test_damage_is_found_by_its_line(worked, statements, wrong):
    spoil(*statements)
    result = check_office(worked)
    assert not result.ok
    found = {line.name for line in result.lines if not line.ok}
    assert wrong <= found <= wrong | {"registered", "status"}


def test_the_first_cases_are_named_and_the_rest_counted(worked):
    spoil("UPDATE ticket SET is_open = 1 - is_open")
    line = next(line for line in check_office(worked).lines if line.name == "open")
    assert "TS-202611-0001" in line.text
    assert "4" in line.text.rsplit("TS-202611-0005", 1)[1]


def test_a_file_broken_on_the_disk_gives_lines_and_no_error(worked):
    root = db.rows("SELECT rootpage FROM sqlite_schema WHERE name = 'ticket_event'")[0][0]
    db.database.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    db.database.close()
    with worked.data_file.open("r+b") as stream:
        stream.seek((root - 1) * 4096)
        stream.write(b"\xff" * 4096)
    db.database.connect()
    result = check_office(worked)
    assert not result.ok
    assert not next(line for line in result.lines if line.name == "structure").ok
