"""The ticket desk: gates and follow-up, incidents, paid work, papers, contacts, files, phrases.

What happened to a ticket stands in its journal alone, whose kinds of line are not fixed here; these
columns say its present state again, for lists and counts. Money is integer fen, quantities are
thousandths. Phrases and letter texts that an office never touched are not stored: they are those of
the program.
"""

from playhouse.migrate import SqliteMigrator

_TIME = "GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9]'"
_DAY = "GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'"
_SHA256 = "GLOB '" + "[0-9a-f]" * 64 + "'"
_STAFF = "INTEGER NOT NULL REFERENCES staff (id) ON DELETE RESTRICT"
_TICKET = "INTEGER NOT NULL REFERENCES ticket (id) ON DELETE RESTRICT"

_TICKET_COLUMNS = (
    # Who replies and follows up where it is not the first receiver (R23).
    "reply_staff_id INTEGER REFERENCES staff (id) ON DELETE RESTRICT",
    # How grave it is, whether it is justified, and why it came about (R33, R53).
    """severity TEXT NOT NULL DEFAULT 'ordinary'
        CHECK (severity IN ('ordinary', 'complex', 'grave'))""",
    "validity TEXT NOT NULL DEFAULT '' CHECK (validity IN ('', 'valid', 'invalid'))",
    """wish_basis TEXT NOT NULL DEFAULT ''
        CHECK (wish_basis IN ('', 'contract', 'law', 'request', 'unspoken'))""",
    "picked_up_in_time INTEGER CHECK (picked_up_in_time IN (0, 1))",
    """cause_kind TEXT NOT NULL DEFAULT '' CHECK (cause_kind IN ('', 'design', 'construction',
        'equipment', 'staff', 'process', 'communication', 'neighbours', 'outside'))""",
    "cause TEXT NOT NULL DEFAULT ''",
    "prevention TEXT NOT NULL DEFAULT ''",
    # A breach of the estate's rules that is dissuaded, stopped and reported (Civil Code 942).
    """violation TEXT NOT NULL DEFAULT '' CHECK (violation IN
        ('', 'security', 'environment', 'fire', 'decoration', 'building', 'other'))""",
    # The follow-up of a ticket that closed without one: drawn once, at the rate that held.
    "follow_up_percent INTEGER CHECK (follow_up_percent BETWEEN 0 AND 100)",
    "follow_up_drawn INTEGER CHECK (follow_up_drawn IN (0, 1))",
    f"follow_up_due_on TEXT CHECK (follow_up_due_on {_DAY})",
    # What it repeats, and the incident that it is a part of.
    "repeat_of_id INTEGER REFERENCES ticket (id) ON DELETE RESTRICT",
    "master_id INTEGER REFERENCES ticket (id) ON DELETE RESTRICT",
    "is_master INTEGER NOT NULL DEFAULT 0 CHECK (is_master IN (0, 1))",
    "tell_callers TEXT NOT NULL DEFAULT ''",
    "merged_into_id INTEGER REFERENCES ticket (id) ON DELETE RESTRICT",
    # Paid work: '' is not said yet.
    "payment TEXT NOT NULL DEFAULT '' CHECK (payment IN ('', 'free', 'paid'))",
    f"price_agreed_at TEXT CHECK (price_agreed_at {_TIME})",
    "price_agreed_by TEXT NOT NULL DEFAULT ''",
    "agreed_fen INTEGER CHECK (agreed_fen BETWEEN 0 AND 100000000000)",
    "archive_number TEXT",
)

# ADD COLUMN checks every row of a strict table again: 14 s for 80,000 tickets (measured). So the
# rows stand aside meanwhile and come back in one pass; `{columns}` are those of before.
_ROWS_AWAY = ("CREATE TABLE ticket_aside AS SELECT * FROM ticket", "DELETE FROM ticket")
_ROWS_BACK = (
    "INSERT INTO ticket ({columns}) SELECT {columns} FROM ticket_aside ORDER BY id",
    "DROP TABLE ticket_aside",
)

STATEMENTS = (
    *_ROWS_AWAY,
    *(f"ALTER TABLE ticket ADD COLUMN {column}" for column in _TICKET_COLUMNS),
    *_ROWS_BACK,
    """CREATE UNIQUE INDEX ticket_archive_number ON ticket (archive_number)
        WHERE archive_number IS NOT NULL""",
    """CREATE INDEX ticket_follow_up ON ticket (follow_up_due_on, id)
        WHERE follow_up_due_on IS NOT NULL""",
    """CREATE INDEX ticket_to_ask ON ticket (received_at, id)
        WHERE follow_up_due_on IS NOT NULL""",
    # Complaints that wait to be followed up when this step comes have three days for it, too.
    """UPDATE ticket SET follow_up_due_on = (
            SELECT date(max(at), '+3 days') FROM ticket_event AS v
            WHERE v.ticket_id = ticket.id AND v.kind = 'replied')
        WHERE kind = 'complaint' AND status IN ('replied', 'following-up')""",
    "CREATE INDEX ticket_violation ON ticket (id) WHERE violation <> '' AND is_open = 1",
    "CREATE INDEX ticket_master ON ticket (master_id) WHERE master_id IS NOT NULL",
    "CREATE INDEX ticket_masters ON ticket (id) WHERE is_master = 1 AND is_open = 1",
    """CREATE INDEX ticket_duplicate ON ticket (duplicate_of_id)
        WHERE duplicate_of_id IS NOT NULL""",
    "CREATE INDEX ticket_merged ON ticket (merged_into_id) WHERE merged_into_id IS NOT NULL",
    "CREATE INDEX ticket_repeat ON ticket (repeat_of_id) WHERE repeat_of_id IS NOT NULL",
    # What repeats what (R43): the same house, kind and sub-class within the office's days.
    """UPDATE ticket SET repeat_of_id = (
        SELECT e.id FROM ticket e WHERE e.unit_id = ticket.unit_id AND e.kind = ticket.kind
        AND e.class_code = ticket.class_code AND instr(e.class_code, '.') > 0
        AND e.status NOT IN ('void', 'merged', 'not-ours')
        AND ticket.status NOT IN ('void', 'merged', 'not-ours')
        AND (e.received_at, e.id) < (ticket.received_at, ticket.id)
        AND e.received_at >= date(ticket.received_at, '-' || coalesce(
            (SELECT CAST(value AS INTEGER) FROM setting WHERE key = 'office.repeat_days'), 30)
            || ' days')
        ORDER BY e.received_at DESC, e.id DESC LIMIT 1
    ) WHERE unit_id IS NOT NULL AND instr(class_code, '.') > 0""",
    # A special customer hears from the manager before a ticket closes (R42).
    "ALTER TABLE person ADD COLUMN special TEXT NOT NULL DEFAULT ''",
    f"ALTER TABLE person ADD COLUMN special_until TEXT CHECK (special_until {_DAY})",
    f"""CREATE TABLE ticket_link (
        ticket_id {_TICKET},
        other_id {_TICKET},
        PRIMARY KEY (ticket_id, other_id),
        CHECK (ticket_id < other_id)
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX ticket_link_other ON ticket_link (other_id)",
    # Prices shown to the public, and the lines of work that were charged by them.
    f"""CREATE TABLE price_item (
        id INTEGER NOT NULL PRIMARY KEY,
        code TEXT NOT NULL UNIQUE CHECK (code <> ''),
        kind TEXT NOT NULL CHECK (kind IN ('labour', 'material')),
        name TEXT NOT NULL CHECK (name <> ''),
        spec TEXT NOT NULL,
        unit TEXT NOT NULL,
        price_fen INTEGER NOT NULL CHECK (price_fen BETWEEN 0 AND 100000000000),
        note TEXT NOT NULL,
        active INTEGER NOT NULL CHECK (active IN (0, 1)),
        since TEXT NOT NULL CHECK (since {_DAY}),
        version INTEGER NOT NULL
    ) STRICT""",
    f"""CREATE TABLE charge_line (
        id INTEGER NOT NULL PRIMARY KEY,
        ticket_id {_TICKET},
        position INTEGER NOT NULL CHECK (position > 0),
        price_item_id INTEGER REFERENCES price_item (id) ON DELETE RESTRICT,
        kind TEXT NOT NULL CHECK (kind IN ('labour', 'material')),
        name TEXT NOT NULL CHECK (name <> ''),
        spec TEXT NOT NULL,
        unit TEXT NOT NULL,
        quantity_milli INTEGER NOT NULL CHECK (quantity_milli BETWEEN 1 AND 1000000000000),
        price_fen INTEGER NOT NULL CHECK (price_fen BETWEEN 0 AND 100000000000),
        amount_fen INTEGER NOT NULL CHECK (amount_fen >= 0),
        UNIQUE (ticket_id, position)
    ) STRICT""",
    # One row a paper that went out of a ticket's round; a second print counts copies only.
    f"""CREATE TABLE paper (
        id INTEGER NOT NULL PRIMARY KEY,
        ticket_id {_TICKET},
        kind TEXT NOT NULL CHECK (kind IN
            ('work-order', 'complaint-sheet', 'reply-letter', 'problem-report', 'follow-up-sheet')),
        round INTEGER NOT NULL CHECK (round > 0),
        printed_at TEXT NOT NULL CHECK (printed_at {_TIME}),
        prints INTEGER NOT NULL CHECK (prints > 0),
        staff_id {_STAFF},
        returned_at TEXT CHECK (returned_at {_TIME}),
        returned_staff_id INTEGER REFERENCES staff (id) ON DELETE RESTRICT,
        signed INTEGER CHECK (signed IN (0, 1)),
        lost_reason TEXT NOT NULL,
        UNIQUE (ticket_id, kind, round)
    ) STRICT""",
    """CREATE INDEX paper_out ON paper (printed_at)
        WHERE kind = 'work-order' AND returned_at IS NULL AND lost_reason = ''""",
    # What was open at the end of a shift: what came, and what was settled, after it.
    "CREATE INDEX paper_returned ON paper (returned_at)",
    "CREATE INDEX ticket_event_entered ON ticket_event (entered_at)",
    # Written replies with their number; each text is kept as it went out.
    f"""CREATE TABLE letter (
        id INTEGER NOT NULL PRIMARY KEY,
        number TEXT NOT NULL UNIQUE,
        ticket_id {_TICKET},
        round INTEGER NOT NULL CHECK (round > 0),
        addressee TEXT NOT NULL CHECK (addressee <> ''),
        care TEXT NOT NULL,
        apology TEXT NOT NULL,
        measures TEXT NOT NULL,
        deadline TEXT NOT NULL,
        thanks TEXT NOT NULL,
        contact TEXT NOT NULL,
        written_at TEXT NOT NULL CHECK (written_at {_TIME}),
        staff_id {_STAFF},
        checked_by TEXT NOT NULL,
        printed_at TEXT CHECK (printed_at {_TIME}),
        voided_at TEXT CHECK (voided_at {_TIME})
    ) STRICT""",
    "CREATE INDEX letter_ticket ON letter (ticket_id)",
    # Every contact, ticket or not (R52, R82); what is to be done about it is cleared (消项).
    f"""CREATE TABLE contact (
        id INTEGER NOT NULL PRIMARY KEY,
        at TEXT NOT NULL CHECK (at {_TIME}),
        utc_offset INTEGER NOT NULL,
        entered_at TEXT NOT NULL CHECK (entered_at {_TIME}),
        staff_id {_STAFF},
        unit_id INTEGER REFERENCES unit (id) ON DELETE RESTRICT,
        person_id INTEGER REFERENCES person (id) ON DELETE RESTRICT,
        name TEXT NOT NULL,
        phone TEXT NOT NULL,
        counterparty TEXT NOT NULL CHECK (counterparty IN ('owner', 'tenant', 'colleague',
            'developer', 'authority', 'social', 'owners-committee', 'supplier', 'other')),
        way TEXT NOT NULL CHECK (way IN ('phone', 'visit', 'home-visit', 'letter', 'meeting',
            'online', 'notice', 'event', 'other')),
        stage TEXT NOT NULL CHECK (stage IN ('before', 'during', 'after')),
        type TEXT NOT NULL CHECK (type IN ('routine', 'survey', 'proactive', 'feedback', 'forum',
            'satisfaction', 'notice', 'reception-day')),
        reason TEXT NOT NULL,
        text TEXT NOT NULL CHECK (text <> ''),
        wish TEXT NOT NULL,
        opinion TEXT NOT NULL,
        department_id INTEGER REFERENCES department (id) ON DELETE RESTRICT,
        due_on TEXT CHECK (due_on {_DAY}),
        result TEXT NOT NULL,
        is_open INTEGER NOT NULL CHECK (is_open IN (0, 1)),
        cleared_at TEXT CHECK (cleared_at {_TIME}),
        cleared_staff_id INTEGER REFERENCES staff (id) ON DELETE RESTRICT,
        ticket_id INTEGER REFERENCES ticket (id) ON DELETE RESTRICT,
        voided_at TEXT CHECK (voided_at {_TIME}),
        void_reason TEXT NOT NULL,
        version INTEGER NOT NULL,
        CHECK ((cleared_at IS NULL) = (cleared_staff_id IS NULL)),
        CHECK (cleared_at IS NULL OR is_open = 0)
    ) STRICT""",
    "CREATE INDEX contact_at ON contact (at, id)",
    "CREATE INDEX contact_unit ON contact (unit_id, at) WHERE unit_id IS NOT NULL",
    "CREATE INDEX contact_person ON contact (person_id, at) WHERE person_id IS NOT NULL",
    "CREATE INDEX contact_ticket ON contact (ticket_id) WHERE ticket_id IS NOT NULL",
    "CREATE INDEX contact_open ON contact (due_on, id) WHERE is_open = 1",
    # What a contact said before it was amended, cleared or voided, and who did it.
    f"""CREATE TABLE contact_change (
        id INTEGER NOT NULL PRIMARY KEY,
        contact_id INTEGER NOT NULL REFERENCES contact (id) ON DELETE RESTRICT,
        at TEXT NOT NULL CHECK (at {_TIME}),
        staff_id {_STAFF},
        kind TEXT NOT NULL CHECK (kind IN ('amended', 'cleared', 'voided')),
        before TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX contact_change_contact ON contact_change (contact_id)",
    # Photos and scans; the file lies under its content's hash in the folder `attachments`.
    f"""CREATE TABLE attachment (
        id INTEGER NOT NULL PRIMARY KEY,
        sha256 TEXT NOT NULL CHECK (sha256 {_SHA256}),
        suffix TEXT NOT NULL CHECK (suffix IN ('.jpg', '.png', '.pdf')),
        name TEXT NOT NULL,
        caption TEXT NOT NULL,
        bytes INTEGER NOT NULL CHECK (bytes > 0),
        width INTEGER CHECK (width > 0),
        height INTEGER CHECK (height > 0),
        added_at TEXT NOT NULL CHECK (added_at {_TIME}),
        staff_id {_STAFF},
        ticket_id INTEGER REFERENCES ticket (id) ON DELETE RESTRICT,
        contact_id INTEGER REFERENCES contact (id) ON DELETE RESTRICT,
        on_paper INTEGER NOT NULL CHECK (on_paper IN (0, 1)),
        removed_at TEXT CHECK (removed_at {_TIME}),
        removed_staff_id INTEGER REFERENCES staff (id) ON DELETE RESTRICT,
        CHECK ((ticket_id IS NULL) <> (contact_id IS NULL))
    ) STRICT""",
    "CREATE INDEX attachment_ticket ON attachment (ticket_id) WHERE ticket_id IS NOT NULL",
    "CREATE INDEX attachment_contact ON attachment (contact_id) WHERE contact_id IS NOT NULL",
    "CREATE INDEX attachment_sha256 ON attachment (sha256)",
    # Sentences to say and to write (R29); `code` names one of the program's that is said otherwise.
    """CREATE TABLE phrase (
        id INTEGER NOT NULL PRIMARY KEY,
        code TEXT NOT NULL UNIQUE CHECK (code <> ''),
        step TEXT NOT NULL CHECK (step IN ('listen', 'apologise', 'handle', 'thank', 'deadline',
            'letter-care', 'letter-apology', 'letter-measures', 'letter-deadline',
            'letter-thanks')),
        kind TEXT NOT NULL CHECK (kind IN
            ('', 'repair', 'complaint', 'enquiry', 'suggestion', 'praise', 'bill-query')),
        title TEXT NOT NULL,
        text TEXT NOT NULL,
        position INTEGER NOT NULL,
        hidden INTEGER NOT NULL CHECK (hidden IN (0, 1))
    ) STRICT""",
    # Notices to residents (停水停电) and the hand-over of a shift, kept as they were printed.
    f"""CREATE TABLE notice (
        id INTEGER NOT NULL PRIMARY KEY,
        number TEXT NOT NULL UNIQUE,
        kind TEXT NOT NULL CHECK (kind IN ('water', 'power', 'water-power', 'lift', 'gas',
            'heating', 'fire-test', 'cleaning', 'activity', 'other')),
        title TEXT NOT NULL CHECK (title <> ''),
        addressee TEXT NOT NULL,
        text TEXT NOT NULL CHECK (text <> ''),
        scope TEXT NOT NULL,
        from_at TEXT CHECK (from_at {_TIME}),
        until_at TEXT CHECK (until_at {_TIME}),
        dated_on TEXT NOT NULL CHECK (dated_on {_DAY}),
        written_at TEXT NOT NULL CHECK (written_at {_TIME}),
        staff_id {_STAFF},
        voided_at TEXT CHECK (voided_at {_TIME}),
        CHECK (until_at >= from_at)
    ) STRICT""",
    "CREATE INDEX notice_written ON notice (written_at, id)",
    f"""CREATE TABLE hand_over (
        id INTEGER NOT NULL PRIMARY KEY,
        at TEXT NOT NULL CHECK (at {_TIME}),
        shift TEXT NOT NULL,
        from_staff_id {_STAFF},
        to_staff_id INTEGER REFERENCES staff (id) ON DELETE RESTRICT,
        items TEXT NOT NULL,
        matters TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX hand_over_at ON hand_over (at, id)",
)


def upgrade(migrator: SqliteMigrator) -> None:
    """Add the columns and create the tables of the ticket desk."""
    run = migrator.database.execute_sql
    columns = ", ".join(row[1] for row in run("PRAGMA table_info(ticket)").fetchall())
    for statement in STATEMENTS:
        run(statement.replace("{columns}", columns))
