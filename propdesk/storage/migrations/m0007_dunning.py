"""What became of arrears: why, promises, letters and how they arrived, what was published.

`demand_line` says which bills a letter, an act or a promise was about and what was open then: each
bill's limitation is counted from the last proved one of them (Civil Code 188, 195). A letter that
was printed is never changed; its PDF lies among the files under the hash of its content.
"""

from playhouse.migrate import SqliteMigrator

_TIME = "GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9]'"
_DAY = "GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'"
_SHA256 = "GLOB '" + "[0-9a-f]" * 64 + "'"
_STAFF = "INTEGER NOT NULL REFERENCES staff (id) ON DELETE RESTRICT"
_STAFF_OR_NONE = "INTEGER REFERENCES staff (id) ON DELETE RESTRICT"
_UNIT = "INTEGER NOT NULL REFERENCES unit (id) ON DELETE RESTRICT"
_UNIT_OR_NONE = "INTEGER REFERENCES unit (id) ON DELETE RESTRICT"
_PERSON_OR_NONE = "INTEGER REFERENCES person (id) ON DELETE RESTRICT"
_FEN = "CHECK ({0} BETWEEN 0 AND 100000000000)"

STATEMENTS = (
    # Why a house does not pay (idea 6), and whether it is held or sued; no row: not asked yet.
    f"""CREATE TABLE arrears_case (
        unit_id INTEGER NOT NULL PRIMARY KEY REFERENCES unit (id) ON DELETE RESTRICT,
        reason TEXT NOT NULL CHECK (reason IN ('', 'forgot', 'service', 'quality', 'hardship',
            'vacant', 'unreachable', 'waiting', 'unwilling')),
        reason_text TEXT NOT NULL,
        held_until TEXT CHECK (held_until {_DAY}),
        held_reason TEXT NOT NULL,
        legal_state TEXT NOT NULL CHECK (legal_state IN
            ('', 'lawyer', 'mediation', 'payment-order', 'suit', 'judgement', 'enforcement')),
        changed_at TEXT NOT NULL CHECK (changed_at {_TIME}),
        staff_id {_STAFF},
        version INTEGER NOT NULL
    ) STRICT""",
    # What was changed in a case, and each demand made although a complaint was open (override).
    f"""CREATE TABLE arrears_note (
        id INTEGER NOT NULL PRIMARY KEY,
        unit_id {_UNIT},
        kind TEXT NOT NULL CHECK (kind IN
            ('reason', 'held', 'released', 'override', 'legal', 'note')),
        text TEXT NOT NULL,
        ticket_id INTEGER REFERENCES ticket (id) ON DELETE RESTRICT,
        at TEXT NOT NULL CHECK (at {_TIME}),
        staff_id {_STAFF}
    ) STRICT""",
    "CREATE INDEX arrears_note_unit ON arrears_note (unit_id, at)",
    # A promise to pay is a plan of one part; signed or written it interrupts the period (规定 14).
    f"""CREATE TABLE payment_plan (
        id INTEGER NOT NULL PRIMARY KEY,
        number TEXT NOT NULL UNIQUE,
        unit_id {_UNIT},
        kind TEXT NOT NULL CHECK (kind IN ('promise', 'plan')),
        promised_on TEXT NOT NULL CHECK (promised_on {_DAY}),
        promised_by TEXT NOT NULL,
        relation TEXT NOT NULL CHECK (relation IN ('self', 'adult-family', 'authorised', 'user')),
        way TEXT NOT NULL CHECK (way IN ('spoken', 'message', 'written')),
        total_fen INTEGER NOT NULL {_FEN.format("total_fen")},
        note TEXT NOT NULL,
        entered_at TEXT NOT NULL CHECK (entered_at {_TIME}),
        staff_id {_STAFF},
        ended_at TEXT CHECK (ended_at {_TIME}),
        outcome TEXT NOT NULL CHECK (outcome IN ('', 'kept', 'broken', 'withdrawn', 'voided')),
        version INTEGER NOT NULL,
        CHECK ((ended_at IS NULL) = (outcome = ''))
    ) STRICT""",
    "CREATE INDEX payment_plan_unit ON payment_plan (unit_id)",
    f"""CREATE TABLE payment_part (
        plan_id INTEGER NOT NULL REFERENCES payment_plan (id) ON DELETE RESTRICT,
        position INTEGER NOT NULL CHECK (position > 0),
        due_on TEXT NOT NULL CHECK (due_on {_DAY}),
        amount_fen INTEGER NOT NULL {_FEN.format("amount_fen")},
        PRIMARY KEY (plan_id, position)
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX payment_part_due ON payment_part (due_on)",
    # A template of a stage as the office words it, in named fields; the program's own are not rows.
    f"""CREATE TABLE fee_template (
        id INTEGER NOT NULL PRIMARY KEY,
        stage INTEGER NOT NULL CHECK (stage BETWEEN 0 AND 6),
        paragraphs TEXT NOT NULL,
        entered_at TEXT NOT NULL CHECK (entered_at {_TIME}),
        staff_id {_STAFF},
        voided_at TEXT CHECK (voided_at {_TIME})
    ) STRICT""",
    # Letters that were made in one go.
    f"""CREATE TABLE letter_batch (
        id INTEGER NOT NULL PRIMARY KEY,
        stage INTEGER NOT NULL CHECK (stage BETWEEN 0 AND 6),
        letters INTEGER NOT NULL CHECK (letters >= 0),
        total_fen INTEGER NOT NULL {_FEN.format("total_fen")},
        written_at TEXT NOT NULL CHECK (written_at {_TIME}),
        staff_id {_STAFF},
        pdf_sha256 TEXT CHECK (pdf_sha256 {_SHA256}),
        pdf_pages INTEGER CHECK (pdf_pages > 0)
    ) STRICT""",
    # `content` is all that the letter says, in JSON; `content_sha256` its hash, whose short form
    # stands in the small print; the PDF is a file under its own hash (or that of its batch).
    f"""CREATE TABLE fee_letter (
        id INTEGER NOT NULL PRIMARY KEY,
        number TEXT NOT NULL UNIQUE,
        unit_id {_UNIT},
        stage INTEGER NOT NULL CHECK (stage BETWEEN 0 AND 6),
        times INTEGER NOT NULL CHECK (times > 0),
        state TEXT NOT NULL CHECK (state IN ('draft', 'approved', 'printed', 'sent', 'delivered',
            'refused', 'returned', 'settled', 'withdrawn', 'voided')),
        person_id {_PERSON_OR_NONE},
        payer_id {_PERSON_OR_NONE},
        dated_on TEXT NOT NULL CHECK (dated_on {_DAY}),
        pay_by TEXT CHECK (pay_by {_DAY}),
        total_fen INTEGER NOT NULL {_FEN.format("total_fen")},
        late_fen INTEGER NOT NULL {_FEN.format("late_fen")},
        content TEXT NOT NULL,
        content_sha256 TEXT NOT NULL CHECK (content_sha256 {_SHA256}),
        rules TEXT NOT NULL,
        batch_id INTEGER REFERENCES letter_batch (id) ON DELETE RESTRICT,
        first_page INTEGER CHECK (first_page > 0),
        pages INTEGER CHECK (pages > 0),
        pdf_sha256 TEXT CHECK (pdf_sha256 {_SHA256}),
        corrects_id INTEGER REFERENCES fee_letter (id) ON DELETE RESTRICT,
        written_at TEXT NOT NULL CHECK (written_at {_TIME}),
        staff_id {_STAFF},
        approved_at TEXT CHECK (approved_at {_TIME}),
        approved_staff_id {_STAFF_OR_NONE},
        printed_at TEXT CHECK (printed_at {_TIME}),
        prints INTEGER NOT NULL CHECK (prints >= 0),
        sent_at TEXT CHECK (sent_at {_TIME}),
        ended_at TEXT CHECK (ended_at {_TIME}),
        note TEXT NOT NULL,
        version INTEGER NOT NULL,
        CHECK ((printed_at IS NULL) = (pdf_sha256 IS NULL))
    ) STRICT""",
    "CREATE INDEX fee_letter_unit ON fee_letter (unit_id, stage)",
    "CREATE INDEX fee_letter_batch ON fee_letter (batch_id) WHERE batch_id IS NOT NULL",
    """CREATE INDEX fee_letter_open ON fee_letter (state, dated_on)
        WHERE state IN ('draft', 'approved', 'printed', 'sent')""",
    """CREATE TRIGGER fee_letter_printed BEFORE UPDATE OF content, content_sha256, pdf_sha256,
        number, unit_id, stage, dated_on, pay_by, total_fen, late_fen ON fee_letter
        WHEN OLD.printed_at IS NOT NULL
        BEGIN SELECT RAISE(ABORT, 'a printed letter is never changed'); END""",
    # Each act of urging with its proof (law.md 1.3, 1.6); a wrong one is voided.
    f"""CREATE TABLE dunning_act (
        id INTEGER NOT NULL PRIMARY KEY,
        unit_id {_UNIT},
        letter_id INTEGER REFERENCES fee_letter (id) ON DELETE RESTRICT,
        stage INTEGER NOT NULL CHECK (stage BETWEEN 0 AND 6),
        way TEXT NOT NULL CHECK (way IN ('in-person', 'phone', 'ems', 'post', 'posted-at-door',
            'mailbox', 'sms', 'wechat', 'e-mail', 'public-notice', 'lawyer', 'mediation',
            'payment-order', 'suit', 'arbitration', 'police', 'acknowledgement')),
        result TEXT NOT NULL CHECK (result IN ('signed', 'arrived', 'spoken', 'recorded', 'refused',
            'left', 'returned', 'sent', 'unreached', 'filed')),
        at TEXT NOT NULL CHECK (at {_TIME}),
        entered_at TEXT NOT NULL CHECK (entered_at {_TIME}),
        staff_id {_STAFF},
        done_by TEXT NOT NULL,
        witness TEXT NOT NULL,
        receiver TEXT NOT NULL,
        relation TEXT NOT NULL CHECK (relation IN
            ('', 'self', 'adult-family', 'authorised', 'user', 'other')),
        address TEXT NOT NULL,
        express_number TEXT NOT NULL,
        arrived_on TEXT CHECK (arrived_on {_DAY}),
        has_proof INTEGER NOT NULL CHECK (has_proof IN (0, 1)),
        open_fen INTEGER NOT NULL {_FEN.format("open_fen")},
        note TEXT NOT NULL,
        override_reason TEXT NOT NULL,
        voided_at TEXT CHECK (voided_at {_TIME}),
        voided_staff_id {_STAFF_OR_NONE},
        void_reason TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX dunning_act_unit ON dunning_act (unit_id, at)",
    "CREATE INDEX dunning_act_letter ON dunning_act (letter_id) WHERE letter_id IS NOT NULL",
    # Which bills a letter, an act or a promise was about, and what was open of each.
    f"""CREATE TABLE demand_line (
        id INTEGER NOT NULL PRIMARY KEY,
        bill_id INTEGER NOT NULL REFERENCES bill (id) ON DELETE RESTRICT,
        letter_id INTEGER REFERENCES fee_letter (id) ON DELETE RESTRICT,
        act_id INTEGER REFERENCES dunning_act (id) ON DELETE RESTRICT,
        plan_id INTEGER REFERENCES payment_plan (id) ON DELETE RESTRICT,
        open_fen INTEGER NOT NULL {_FEN.format("open_fen")},
        CHECK ((letter_id IS NOT NULL) + (act_id IS NOT NULL) + (plan_id IS NOT NULL) = 1)
    ) STRICT""",
    "CREATE INDEX demand_line_bill ON demand_line (bill_id)",
    "CREATE INDEX demand_line_letter ON demand_line (letter_id) WHERE letter_id IS NOT NULL",
    "CREATE INDEX demand_line_act ON demand_line (act_id) WHERE act_id IS NOT NULL",
    "CREATE INDEX demand_line_plan ON demand_line (plan_id) WHERE plan_id IS NOT NULL",
    # What was published of fees and accounts (Civil Code 943), as it hung there.
    f"""CREATE TABLE publication (
        id INTEGER NOT NULL PRIMARY KEY,
        number TEXT NOT NULL UNIQUE,
        kind TEXT NOT NULL CHECK (kind IN
            ('fee-items', 'accounts', 'public-income', 'arrears', 'other')),
        title TEXT NOT NULL CHECK (title <> ''),
        from_on TEXT CHECK (from_on {_DAY}),
        until_on TEXT CHECK (until_on {_DAY}),
        content TEXT NOT NULL,
        place TEXT NOT NULL,
        written_at TEXT NOT NULL CHECK (written_at {_TIME}),
        staff_id {_STAFF},
        posted_on TEXT CHECK (posted_on {_DAY}),
        taken_down_on TEXT CHECK (taken_down_on {_DAY}),
        pdf_sha256 TEXT CHECK (pdf_sha256 {_SHA256}),
        voided_at TEXT CHECK (voided_at {_TIME}),
        version INTEGER NOT NULL,
        CHECK (until_on >= from_on)
    ) STRICT""",
)

# A CHECK cannot be changed: the table is made anew and takes the old rows.
_ATTACHMENT = f"""CREATE TABLE attachment_new (
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
    unit_id {_UNIT_OR_NONE},
    basis_id INTEGER REFERENCES fee_basis (id) ON DELETE RESTRICT,
    reading_id INTEGER REFERENCES meter_reading (id) ON DELETE RESTRICT,
    act_id INTEGER REFERENCES dunning_act (id) ON DELETE RESTRICT,
    plan_id INTEGER REFERENCES payment_plan (id) ON DELETE RESTRICT,
    publication_id INTEGER REFERENCES publication (id) ON DELETE RESTRICT,
    person_id {_PERSON_OR_NONE},
    topic TEXT NOT NULL DEFAULT '' CHECK (topic IN ('', 'ownership', 'lease', 'identity',
        'consent', 'decoration', 'moving', 'vehicle', 'other')),
    on_paper INTEGER NOT NULL CHECK (on_paper IN (0, 1)),
    removed_at TEXT CHECK (removed_at {_TIME}),
    removed_staff_id {_STAFF_OR_NONE},
    CHECK ((ticket_id IS NOT NULL) + (contact_id IS NOT NULL) + (unit_id IS NOT NULL)
        + (basis_id IS NOT NULL) + (reading_id IS NOT NULL) + (act_id IS NOT NULL)
        + (plan_id IS NOT NULL) + (publication_id IS NOT NULL) = 1)
) STRICT"""

_INDEXES_OF_ATTACHMENT = (
    *(f"CREATE INDEX attachment_{one} ON attachment ({one}_id) WHERE {one}_id IS NOT NULL"
      for one in ("ticket", "contact", "unit", "basis", "reading", "act", "plan", "publication")),
    "CREATE INDEX attachment_sha256 ON attachment (sha256)",
)  # fmt: skip


def upgrade(migrator: SqliteMigrator) -> None:
    """Create the tables of dunning, and let files hang on what proves it."""
    run = migrator.database.execute_sql
    for statement in STATEMENTS:
        run(statement)
    columns = ", ".join(row[1] for row in run("PRAGMA table_info(attachment)").fetchall())
    run(_ATTACHMENT)
    run(f"INSERT INTO attachment_new ({columns}) SELECT {columns} FROM attachment")  # noqa: S608
    run("DROP TABLE attachment")
    run("ALTER TABLE attachment_new RENAME TO attachment")
    for statement in _INDEXES_OF_ATTACHMENT:
        run(statement)
