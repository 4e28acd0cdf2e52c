"""Bring a data file to the present schema, one step a transaction."""

from collections.abc import Callable
from types import ModuleType

from playhouse.migrate import SqliteMigrator

from propdesk.storage.database import database
from propdesk.storage.migrations import m0001_first_tables

STEPS: tuple[ModuleType, ...] = (m0001_first_tables,)
VERSION = len(STEPS)


def migrate(
    present: int,
    before: Callable[[], object] | None = None,
    steps: tuple[ModuleType, ...] = STEPS,
) -> None:
    """Run the steps after version `present`; `before` (a backup) runs once, first.

    Each step, its foreign-key check and the new version are one transaction: a step that fails
    leaves the file as it was.
    """
    if present >= len(steps):
        return
    if before is not None:
        before()
    migrator = SqliteMigrator(database)
    for version, step in enumerate(steps[present:], start=present + 1):
        with migrator.migration_context():
            step.upgrade(migrator)
            broken = database.execute_sql("PRAGMA foreign_key_check").fetchall()
            if broken:
                message = f"step {version} leaves {len(broken)} rows that point nowhere"
                raise ValueError(message)
            database.execute_sql(f"PRAGMA user_version = {version}")
