"""The data remembers its upgrades, so that an older program can name the way back (F27, F30).

One row for each run of migrations and one for the making of an office: the program that ran them
can open the data, and so can newer ones; `backup` is the file made just before. Programs of this
version and later read these five columns of data that is newer than they are: later steps may add
columns, but never rename, remove or reinterpret one of these. The runner writes the rows.
"""

from playhouse.migrate import SqliteMigrator

_TIME = "GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9]'"

STATEMENTS = (
    f"""CREATE TABLE upgrade (
        id INTEGER NOT NULL PRIMARY KEY,
        at TEXT NOT NULL CHECK (at {_TIME}),
        from_version INTEGER NOT NULL CHECK (from_version >= 0),
        to_version INTEGER NOT NULL CHECK (to_version > from_version),
        program TEXT NOT NULL CHECK (program <> ''),
        backup TEXT
    ) STRICT""",
)


def upgrade(migrator: SqliteMigrator) -> None:
    """Create the table of upgrades."""
    for statement in STATEMENTS:
        migrator.database.execute_sql(statement)
