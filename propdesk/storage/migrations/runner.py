"""Bring a data file to the present schema: all missing steps are one transaction."""

from collections.abc import Callable
from datetime import datetime
from types import ModuleType

from playhouse.migrate import SqliteMigrator

from propdesk import __version__
from propdesk.storage.database import database, stored_time
from propdesk.storage.migrations import (
    m0001_first_tables,
    m0002_upgrades,
    m0003_clocks,
    m0004_desk,
    m0005_residents,
    m0006_charging,
    m0007_dunning,
    m0008_demands,
    m0009_inspections,
)

STEPS: tuple[ModuleType, ...] = (
    m0001_first_tables,
    m0002_upgrades,
    m0003_clocks,
    m0004_desk,
    m0005_residents,
    m0006_charging,
    m0007_dunning,
    m0008_demands,
    m0009_inspections,
)
VERSION = len(STEPS)


def migrate(present: int, now: datetime, before: Callable[[], str] | None = None) -> str | None:
    """Run the steps after version `present`; `before` makes a backup first and returns its name.

    Returns that name.

    The steps, the foreign-key check, the row that remembers the upgrade and the new version are one
    transaction: whatever fails leaves the file as it was, and the backup is of exactly that file.
    """
    if present >= VERSION:
        return None
    backup = None if before is None else before()
    migrator = SqliteMigrator(database)
    with migrator.migration_context():
        for step in STEPS[present:]:
            step.upgrade(migrator)
        broken = database.execute_sql("PRAGMA foreign_key_check").fetchall()
        if broken:
            message = f"the steps from {present} leave {len(broken)} rows that point nowhere"
            raise ValueError(message)
        database.execute_sql(
            "INSERT INTO upgrade (at, from_version, to_version, program, backup) "
            "VALUES (?, ?, ?, ?, ?)",
            (stored_time(now), present, VERSION, __version__, backup),
        )
        database.execute_sql(f"PRAGMA user_version = {VERSION}")
    return backup
