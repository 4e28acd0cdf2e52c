"""Migrations: the schema they make is the one the tables expect; a failed step leaves nothing."""

from contextlib import closing
from datetime import datetime

import pytest
from peewee import (
    AutoField,
    BooleanField,
    CompositeKey,
    ForeignKeyField,
    IntegerField,
    Model,
    OperationalError,
)
from sqlcipher3 import dbapi2

from propdesk.domain.errors import RuleError
from propdesk.storage import (
    assets,
    attachments,
    backup_folders,
    backups,
    charging,
    clocks,
    contacts,
    dunning,
    houses,
    inspections,
    meters,
    papers,
    persons,
    phrases,
    prices,
    privacy,
    search,
    staff,
    surveys,
    tickets,
    till,
    units,
    upgrades,
)
from propdesk.storage import database as db
from propdesk.storage import office as office_tables
from propdesk.storage.data_file import DATA_FILE
from propdesk.storage.database import OfficeTable
from propdesk.storage.migrations import runner
from propdesk.storage.opening import close_office, open_office

# Every module with tables, so that all of them are known below.
MODULES = (
    assets,
    attachments,
    charging,
    clocks,
    contacts,
    dunning,
    houses,
    inspections,
    meters,
    office_tables,
    papers,
    persons,
    phrases,
    prices,
    privacy,
    search,
    staff,
    surveys,
    tickets,
    till,
    units,
    upgrades,
)


def models(base: type[Model] = OfficeTable) -> list[type[Model]]:
    """All tables that the program knows."""
    return [found for child in base.__subclasses__() for found in (child, *models(child))]


def expected(model: type[Model]) -> dict[str, tuple[str, bool, bool]]:
    """What a table's columns must be: type, NOT NULL, part of the primary key."""
    meta = model._meta
    key = (
        {meta.fields[name].column_name for name in meta.primary_key.field_names}
        if isinstance(meta.primary_key, CompositeKey)
        else {meta.primary_key.column_name}
    )
    whole = (AutoField, BooleanField, ForeignKeyField, IntegerField)
    return {
        field.column_name: (
            "INTEGER" if isinstance(field, whole) else "TEXT",
            not field.null,
            field.column_name in key,
        )
        for field in meta.sorted_fields
    }


@pytest.fixture(scope="module")
def schema(tmp_path_factory, as_the_program):
    """Ask a new office, made by the steps, for its schema."""
    folder = tmp_path_factory.mktemp("new") / "office"
    with pytest.MonkeyPatch.context() as patch:
        as_the_program(patch)
        close_office(open_office(folder, now=datetime(2026, 11, 21, 10, 32)))
    with closing(dbapi2.connect(str(folder / DATA_FILE))) as data:
        yield lambda sql, *values: data.execute(sql, values).fetchall()


@pytest.mark.parametrize("model", models(), ids=lambda model: model._meta.table_name)
def test_the_final_schema_equals_the_tables(schema, model):
    table = model._meta.table_name
    found = {
        name: (kind, bool(not_null), bool(key))
        for _place, name, kind, not_null, _default, key in schema(f"PRAGMA table_info({table})")
    }
    assert found == expected(model)
    assert schema("SELECT strict FROM pragma_table_list WHERE name = ?", table) == [(1,)]
    points = {row[3]: (row[2], row[6]) for row in schema(f"PRAGMA foreign_key_list({table})")}
    for field in model._meta.sorted_fields:
        if isinstance(field, ForeignKeyField):
            assert points[field.column_name] == (field.rel_model._meta.table_name, "RESTRICT")


@pytest.mark.parametrize("model", models(), ids=lambda model: model._meta.table_name)
def test_an_index_stands_for_every_unique_field(schema, model):
    table = model._meta.table_name
    unique = set()
    for _place, index, is_unique, *_more in schema(f"PRAGMA index_list({table})"):
        if is_unique:
            unique.add(tuple(row[2] for row in schema(f"PRAGMA index_info({index})")))
    for field in model._meta.sorted_fields:
        if field.unique:
            assert (field.column_name,) in unique


def test_no_table_is_without_its_class(schema):
    known = {model._meta.table_name for model in models()}
    found = {
        name
        for (name,) in schema(
            "SELECT name FROM pragma_table_list WHERE type = 'table' AND schema = 'main'"
        )
        if not name.startswith("sqlite_")
    }
    assert found == known


def test_only_the_append_only_guards_are_triggers(schema):
    assert schema("SELECT name FROM sqlite_schema WHERE type = 'trigger' ORDER BY name") == [
        ("fee_letter_printed",),
        ("inspection_result_is_kept",),
        ("inspection_result_stays",),
        ("ledger_line_no_delete",),
        ("ledger_line_no_update",),
        ("payment_no_delete",),
        ("ticket_event_no_delete",),
        ("ticket_event_no_update",),
    ]
    assert schema("SELECT name FROM sqlite_schema WHERE type = 'view'") == []


def everything() -> list[tuple]:
    """The whole schema and the rows that a step could harm."""
    return [
        *db.rows("SELECT type, name, sql FROM sqlite_schema ORDER BY name"),
        *db.rows("SELECT id, number, matter FROM ticket ORDER BY id"),
        *db.rows("SELECT count(*) FROM ticket_event"),
        *db.rows("PRAGMA user_version"),
    ]


GOOD = (
    "ALTER TABLE ticket ADD COLUMN colour TEXT NOT NULL DEFAULT ''",
    "CREATE TABLE photo (id INTEGER NOT NULL PRIMARY KEY) STRICT",
    "UPDATE ticket SET matter = 'changed'",
)


@pytest.mark.parametrize("place", range(len(GOOD) + 1))
def test_a_step_that_fails_in_the_middle_leaves_the_file_as_it_was(
    office, add_tickets, now, future, place
):
    add_tickets(3)
    before = everything()
    present = runner.VERSION
    statements = [*GOOD[:place], "INSERT INTO nowhere VALUES (1)", *GOOD[place:]]
    with future(["CREATE TABLE first (x)"], statements), pytest.raises(OperationalError):
        runner.migrate(present, now)
    assert everything() == before
    assert db.rows("PRAGMA foreign_keys") == [(1,)]
    with future(GOOD):
        runner.migrate(present, now)
    assert db.rows("PRAGMA user_version") == [(present + 1,)]
    assert db.rows("SELECT DISTINCT matter, colour FROM ticket") == [("changed", "")]


def test_a_step_that_leaves_rows_pointing_nowhere_is_taken_back(office, add_tickets, now, future):
    add_tickets(3)
    before = everything()
    present = runner.VERSION
    wrong = ["UPDATE ticket SET first_receiver_id = 99"]
    with future(wrong), pytest.raises(ValueError, match="3 rows that point nowhere"):
        runner.migrate(present, now)
    assert everything() == before


def test_a_rebuilt_parent_table_keeps_its_childrens_rows(office, now, future, add_tickets):
    add_tickets(3)
    rebuild = [
        "CREATE TABLE community_new (id INTEGER NOT NULL PRIMARY KEY, name TEXT NOT NULL) STRICT",
        "INSERT INTO community_new SELECT id, name FROM community",
        "DROP TABLE community",
        "ALTER TABLE community_new RENAME TO community",
    ]
    db.database.execute_sql("INSERT INTO community (id, name) VALUES (1, '云澜花园')")
    db.database.execute_sql("INSERT INTO building (community_id, name) VALUES (1, '3')")
    present = runner.VERSION
    with future(rebuild):
        runner.migrate(present, now)
    assert db.rows("SELECT community_id, name FROM building") == [(1, "3")]
    assert db.rows("PRAGMA foreign_key_check") == []


def test_older_data_is_backed_up_before_the_step_and_stays_when_that_fails(
    folder, add_tickets, now, future
):
    office = open_office(folder, now=now)
    add_tickets(3)
    close_office(office)
    whole = office.data_file.read_bytes()
    made = []

    def back_up(opened) -> str:
        made.append(backups.make_backup(opened, now=now))
        return made[0].path.name

    def fail(_opened) -> str:
        raise RuleError("disk-full", "full")

    present = runner.VERSION
    with future(GOOD):
        with pytest.raises(RuleError, match="full"):
            open_office(folder, now=now, before_migration=fail)
        assert office.data_file.read_bytes() == whole
        office = open_office(folder, now=now, before_migration=back_up)
        assert office.upgraded_after == made[0].path.name
        assert db.rows("SELECT DISTINCT matter FROM ticket") == [("changed",)]
        assert made[0].manifest.schema == present
        assert backup_folders.verify_backup(made[0].path).rows["ticket"] == 3
        restored = backups.restore_backup(made[0].path, folder.parent / "before")
        close_office(office)
        older = open_office(restored.folder, now=now)
        assert db.rows("PRAGMA user_version") == [(present + 1,)]
        assert db.rows("SELECT count(*) FROM ticket") == [(3,)]
        close_office(older)


def test_nothing_is_done_to_present_data(office, now):
    before = everything()
    runner.migrate(runner.VERSION, now, before=pytest.fail)
    assert everything() == before
