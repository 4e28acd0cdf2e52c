"""What interrupts nothing but suspends the limitation of a house, and own words in both languages.

Civil Code 194: obstacles in the last six months of the period suspend it; it ends six months after
the obstacle is gone. A public notice keeps which medium printed it (Provisions on Limitation 8).
"""

from playhouse.migrate import SqliteMigrator

_TIME = "GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9]'"
_DAY = "GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'"

STATEMENTS = (
    (
        "ALTER TABLE fee_template ADD COLUMN language TEXT NOT NULL DEFAULT 'zh_CN'"
        " CHECK (language IN ('zh_CN', 'en'))"
    ),
    (
        "ALTER TABLE dunning_act ADD COLUMN medium TEXT NOT NULL DEFAULT ''"
        " CHECK (medium IN ('', 'national', 'provincial', 'local'))"
    ),
    f"""CREATE TABLE limitation_suspension (
        id INTEGER NOT NULL PRIMARY KEY,
        unit_id INTEGER NOT NULL REFERENCES unit (id) ON DELETE RESTRICT,
        obstacle TEXT NOT NULL CHECK (obstacle IN
            ('force-majeure', 'no-representative', 'no-heir', 'controlled', 'other')),
        from_on TEXT NOT NULL CHECK (from_on {_DAY}),
        until_on TEXT CHECK (until_on {_DAY}),
        note TEXT NOT NULL,
        entered_at TEXT NOT NULL CHECK (entered_at {_TIME}),
        staff_id INTEGER NOT NULL REFERENCES staff (id) ON DELETE RESTRICT,
        voided_at TEXT CHECK (voided_at {_TIME}),
        voided_staff_id INTEGER REFERENCES staff (id) ON DELETE RESTRICT,
        void_reason TEXT NOT NULL,
        CHECK (until_on >= from_on),
        CHECK (obstacle <> 'other' OR note <> '')
    ) STRICT""",
    "CREATE INDEX limitation_suspension_unit ON limitation_suspension (unit_id)",
)


def upgrade(migrator: SqliteMigrator) -> None:
    """Create the table of suspensions; own templates so far are Chinese ones."""
    for statement in STATEMENTS:
        migrator.database.execute_sql(statement)
