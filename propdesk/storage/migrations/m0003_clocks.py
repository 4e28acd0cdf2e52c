"""What the clocks ask for: is somebody to come, the office's own days and limits, what is due next.

Days and limits that an office never touched are not stored: they are those of the program. Of a
limit that holds for any kind, class, urgency or channel the column is empty text, so that the key
finds two rows for the same tickets.

`next_clock`, `next_due_at` and `warns_at` say again what the journal says. They are empty here: the
program fills them whenever its limits and calendar are not those that they were reckoned by.
"""

from playhouse.migrate import SqliteMigrator

_TIME = "GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9]'"
_DAY = "GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'"
_CLOCKS = "('contact', 'on-site', 'reply', 'department', 'solve', 'promise')"

STATEMENTS = (
    """ALTER TABLE ticket ADD COLUMN visit_wanted INTEGER NOT NULL DEFAULT 0
        CHECK (visit_wanted IN (0, 1))""",
    f"ALTER TABLE ticket ADD COLUMN next_clock TEXT CHECK (next_clock IN {_CLOCKS})",
    f"ALTER TABLE ticket ADD COLUMN next_due_at TEXT CHECK (next_due_at {_TIME})",
    f"ALTER TABLE ticket ADD COLUMN warns_at TEXT CHECK (warns_at {_TIME})",
    "UPDATE ticket SET visit_wanted = 1 WHERE kind = 'repair'",
    "DROP INDEX ticket_promise",
    "CREATE INDEX ticket_due ON ticket (next_due_at, id) WHERE is_open = 1",
    "CREATE INDEX ticket_warning ON ticket (warns_at) WHERE is_open = 1",
    f"""CREATE TABLE calendar_day (
        day TEXT NOT NULL PRIMARY KEY CHECK (day {_DAY}),
        kind TEXT NOT NULL CHECK (kind IN ('holiday', 'workday')),
        name TEXT NOT NULL
    ) STRICT""",
    f"""CREATE TABLE clock_rule (
        clock TEXT NOT NULL CHECK (clock IN {_CLOCKS}),
        kind TEXT NOT NULL CHECK (kind IN
            ('', 'repair', 'complaint', 'enquiry', 'suggestion', 'praise', 'bill-query')),
        class_prefix TEXT NOT NULL,
        urgency TEXT NOT NULL CHECK (urgency IN ('', 'p0', 'p1', 'p2', 'p3')),
        channel TEXT NOT NULL CHECK (channel IN ('', 'phone', 'visit', 'letter', 'hotline',
            'online', 'patrol', 'internal', 'other')),
        target INTEGER NOT NULL CHECK (target >= 0),
        unit TEXT NOT NULL CHECK (unit IN
            ('minutes', 'working-minutes', 'working-days', 'calendar-days', 'promised')),
        source TEXT NOT NULL CHECK (source <> ''),
        visit_only INTEGER NOT NULL CHECK (visit_only IN (0, 1)),
        warn_percent INTEGER CHECK (warn_percent BETWEEN 1 AND 99),
        warn_minutes INTEGER CHECK (warn_minutes > 0),
        PRIMARY KEY (clock, kind, class_prefix, urgency, channel),
        CHECK (warn_percent IS NULL OR warn_minutes IS NULL)
    ) STRICT""",
)


def upgrade(migrator: SqliteMigrator) -> None:
    """Add the columns and create the tables of the clocks."""
    for statement in STATEMENTS:
        migrator.database.execute_sql(statement)
