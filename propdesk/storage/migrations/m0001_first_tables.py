"""The first tables: office, staff, houses, people, tickets with their journal, search."""

from playhouse.migrate import SqliteMigrator

_TIME = "GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9]'"
_DAY = "GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'"


def _one_of(column: str, words: str) -> str:
    """Return a CHECK for a column of fixed words.

    `IN` with more than two words builds a table for each row: bulk inserts take twice as long
    (measured). NULL passes, as it does with `IN`.
    """
    cases = " ".join(f"WHEN '{word}' THEN 1" for word in words.split())
    return f"CHECK (CASE {column} {cases} ELSE {column} IS NULL END)"


_FLAG = "INTEGER NOT NULL CHECK ({0} IN (0, 1))"

STATEMENTS = (
    f"""CREATE TABLE office (
        id INTEGER NOT NULL PRIMARY KEY,
        uid TEXT NOT NULL,
        created_at TEXT NOT NULL CHECK (created_at {_TIME})
    ) STRICT""",
    "CREATE TABLE setting (key TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) STRICT",
    f"""CREATE TABLE draft (
        form TEXT NOT NULL PRIMARY KEY,
        fields TEXT NOT NULL,
        saved_at TEXT NOT NULL CHECK (saved_at {_TIME})
    ) STRICT""",
    f"""CREATE TABLE import (
        id INTEGER NOT NULL PRIMARY KEY,
        kind TEXT NOT NULL {_one_of("kind", "complaints residents")},
        file_name TEXT NOT NULL,
        at TEXT NOT NULL CHECK (at {_TIME}),
        staff_id INTEGER NOT NULL REFERENCES staff (id) ON DELETE RESTRICT,
        rows INTEGER NOT NULL,
        added INTEGER NOT NULL,
        unchanged INTEGER NOT NULL,
        rejected INTEGER NOT NULL,
        undone_at TEXT CHECK (undone_at {_TIME}),
        CHECK (rows = added + unchanged + rejected)
    ) STRICT""",
    """CREATE TABLE department (
        id INTEGER NOT NULL PRIMARY KEY,
        code TEXT NOT NULL UNIQUE,
        name TEXT NOT NULL UNIQUE,
        position INTEGER NOT NULL
    ) STRICT""",
    f"""CREATE TABLE staff (
        id INTEGER NOT NULL PRIMARY KEY,
        code TEXT NOT NULL UNIQUE,
        name TEXT NOT NULL UNIQUE,
        department_id INTEGER REFERENCES department (id) ON DELETE RESTRICT,
        role TEXT NOT NULL
            {_one_of("role", "front-desk worker cashier supervisor manager")},
        active {_FLAG.format("active")}
    ) STRICT""",
    "CREATE TABLE community (id INTEGER NOT NULL PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT",
    """CREATE TABLE building (
        id INTEGER NOT NULL PRIMARY KEY,
        community_id INTEGER NOT NULL REFERENCES community (id) ON DELETE RESTRICT,
        name TEXT NOT NULL,
        UNIQUE (community_id, name)
    ) STRICT""",
    """CREATE TABLE entrance (
        id INTEGER NOT NULL PRIMARY KEY,
        building_id INTEGER NOT NULL REFERENCES building (id) ON DELETE RESTRICT,
        name TEXT NOT NULL,
        UNIQUE (building_id, name)
    ) STRICT""",
    f"""CREATE TABLE unit (
        id INTEGER NOT NULL PRIMARY KEY,
        entrance_id INTEGER NOT NULL REFERENCES entrance (id) ON DELETE RESTRICT,
        kind TEXT NOT NULL {_one_of("kind", "home shop parking storage")},
        number TEXT NOT NULL,
        floor INTEGER,
        short TEXT NOT NULL,
        area_dm2 INTEGER CHECK (area_dm2 BETWEEN 0 AND 100000000),
        note TEXT NOT NULL,
        import_id INTEGER REFERENCES import (id) ON DELETE RESTRICT,
        version INTEGER NOT NULL,
        UNIQUE (entrance_id, kind, number)
    ) STRICT""",
    "CREATE INDEX unit_short ON unit (short)",
    "CREATE INDEX unit_import_id ON unit (import_id) WHERE import_id IS NOT NULL",
    """CREATE TABLE person (
        id INTEGER NOT NULL PRIMARY KEY,
        name TEXT NOT NULL CHECK (name <> ''),
        salutation TEXT NOT NULL,
        note TEXT NOT NULL,
        import_id INTEGER REFERENCES import (id) ON DELETE RESTRICT,
        version INTEGER NOT NULL
    ) STRICT""",
    "CREATE INDEX person_name ON person (name)",
    "CREATE INDEX person_import_id ON person (import_id) WHERE import_id IS NOT NULL",
    """CREATE TABLE phone (
        id INTEGER NOT NULL PRIMARY KEY,
        person_id INTEGER NOT NULL REFERENCES person (id) ON DELETE RESTRICT,
        phone TEXT NOT NULL,
        digits TEXT NOT NULL CHECK (digits <> '' AND digits NOT GLOB '*[^0-9]*'),
        UNIQUE (person_id, digits)
    ) STRICT""",
    "CREATE INDEX phone_digits ON phone (digits)",
    f"""CREATE TABLE residency (
        id INTEGER NOT NULL PRIMARY KEY,
        unit_id INTEGER NOT NULL REFERENCES unit (id) ON DELETE RESTRICT,
        person_id INTEGER NOT NULL REFERENCES person (id) ON DELETE RESTRICT,
        role TEXT NOT NULL {_one_of("role", "owner tenant family staff other")},
        from_on TEXT CHECK (from_on {_DAY}),
        to_on TEXT CHECK (to_on {_DAY}),
        CHECK (to_on >= from_on)
    ) STRICT""",
    "CREATE INDEX residency_unit ON residency (unit_id)",
    "CREATE INDEX residency_person ON residency (person_id)",
    """CREATE TABLE vehicle (
        id INTEGER NOT NULL PRIMARY KEY,
        unit_id INTEGER NOT NULL REFERENCES unit (id) ON DELETE RESTRICT,
        plate TEXT NOT NULL,
        UNIQUE (unit_id, plate)
    ) STRICT""",
    f"""CREATE TABLE desk_key (
        key TEXT NOT NULL,
        kind TEXT NOT NULL {_one_of("kind", "person phone plate unit")},
        target INTEGER NOT NULL,
        PRIMARY KEY (key, kind, target)
    ) STRICT, WITHOUT ROWID""",
    f"""CREATE TABLE ticket (
        id INTEGER NOT NULL PRIMARY KEY,
        number TEXT NOT NULL UNIQUE,
        series_kind TEXT NOT NULL,
        series_month TEXT NOT NULL,
        series_sequence INTEGER NOT NULL CHECK (series_sequence > 0),
        kind TEXT NOT NULL {
        _one_of("kind", "repair complaint enquiry suggestion praise bill-query")
    },
        class_code TEXT NOT NULL,
        class_suggested {_FLAG.format("class_suggested")},
        status TEXT NOT NULL {
        _one_of(
            "status",
            "received dispatched in-progress suspended completed replied "
            "following-up closed void merged not-ours",
        )
    },
        is_open {_FLAG.format("is_open")},
        round INTEGER NOT NULL CHECK (round > 0),
        dispatches INTEGER NOT NULL CHECK (dispatches >= 0),
        unit_id INTEGER REFERENCES unit (id) ON DELETE RESTRICT,
        place TEXT NOT NULL,
        spot TEXT NOT NULL,
        common_part {_FLAG.format("common_part")},
        matter TEXT NOT NULL,
        text TEXT NOT NULL CHECK (text <> ''),
        wish TEXT NOT NULL,
        channel TEXT NOT NULL {
        _one_of("channel", "phone visit letter hotline online patrol internal other")
    },
        urgency TEXT NOT NULL {_one_of("urgency", "p0 p1 p2 p3")},
        reporter_id INTEGER REFERENCES person (id) ON DELETE RESTRICT,
        reporter_name TEXT NOT NULL,
        reporter_phone TEXT NOT NULL,
        reporter_kind TEXT NOT NULL {_one_of("reporter_kind", "resident internal partner")},
        first_receiver_id INTEGER NOT NULL REFERENCES staff (id) ON DELETE RESTRICT,
        handler_id INTEGER REFERENCES staff (id) ON DELETE RESTRICT,
        department_id INTEGER REFERENCES department (id) ON DELETE RESTRICT,
        appointment TEXT NOT NULL,
        promised_at TEXT CHECK (promised_at {_TIME}),
        received_at TEXT NOT NULL CHECK (received_at {_TIME}),
        closed_at TEXT CHECK (closed_at {_TIME}),
        satisfaction TEXT {_one_of("satisfaction", "satisfied fair dissatisfied")},
        external_number TEXT UNIQUE,
        text_hash TEXT,
        duplicate_of_id INTEGER REFERENCES ticket (id) ON DELETE RESTRICT,
        needs_person TEXT NOT NULL,
        import_id INTEGER REFERENCES import (id) ON DELETE RESTRICT,
        version INTEGER NOT NULL,
        UNIQUE (series_kind, series_month, series_sequence),
        CHECK (unit_id IS NOT NULL OR place <> '')
    ) STRICT""",
    "CREATE INDEX ticket_received ON ticket (received_at, id)",
    "CREATE INDEX ticket_kind ON ticket (kind, received_at, id)",
    "CREATE INDEX ticket_class ON ticket (class_code, received_at, id)",
    "CREATE INDEX ticket_status ON ticket (status, received_at, id)",
    "CREATE INDEX ticket_unit ON ticket (unit_id, received_at) WHERE unit_id IS NOT NULL",
    "CREATE INDEX ticket_reporter ON ticket (reporter_id) WHERE reporter_id IS NOT NULL",
    "CREATE INDEX ticket_open ON ticket (received_at, id) WHERE is_open = 1",
    "CREATE INDEX ticket_promise ON ticket (promised_at) WHERE is_open = 1",
    "CREATE INDEX ticket_import ON ticket (import_id) WHERE import_id IS NOT NULL",
    "CREATE INDEX ticket_text_hash ON ticket (text_hash) WHERE text_hash IS NOT NULL",
    """CREATE INDEX ticket_to_class ON ticket (received_at, id) WHERE
        (class_suggested = 1 OR (class_code = 'unclassed' AND kind = 'complaint'))
        AND status NOT IN ('void', 'merged', 'not-ours')""",
    "CREATE INDEX ticket_needs_person ON ticket (received_at, id) WHERE needs_person <> ''",
    f"""CREATE TABLE ticket_event (
        sequence INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        ticket_id INTEGER NOT NULL REFERENCES ticket (id) ON DELETE RESTRICT,
        at TEXT NOT NULL CHECK (at {_TIME}),
        utc_offset INTEGER NOT NULL,
        entered_at TEXT NOT NULL CHECK (entered_at {_TIME}),
        kind TEXT NOT NULL,
        status TEXT NOT NULL,
        round INTEGER NOT NULL,
        ticket_kind TEXT NOT NULL,
        reporter_kind TEXT NOT NULL,
        department_id INTEGER REFERENCES department (id) ON DELETE RESTRICT,
        staff_id INTEGER NOT NULL REFERENCES staff (id) ON DELETE RESTRICT,
        satisfaction TEXT,
        text TEXT NOT NULL,
        detail TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX ticket_event_ticket ON ticket_event (ticket_id, sequence)",
    "CREATE INDEX ticket_event_at ON ticket_event (at)",
    """CREATE TRIGGER ticket_event_no_update BEFORE UPDATE ON ticket_event
        BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END""",
    """CREATE TRIGGER ticket_event_no_delete BEFORE DELETE ON ticket_event
        BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END""",
    """CREATE TABLE number_series (
        kind TEXT NOT NULL,
        month TEXT NOT NULL,
        last INTEGER NOT NULL,
        PRIMARY KEY (kind, month)
    ) STRICT""",
    """CREATE VIRTUAL TABLE ticket_words USING fts5
        (words, content='', contentless_delete=1, tokenize='unicode61')""",
)


def upgrade(migrator: SqliteMigrator) -> None:
    """Create the first tables."""
    for statement in STATEMENTS:
        migrator.database.execute_sql(statement)
