"""The house file: effective dates, people and their shares, moves, keys, vehicles, decoration.

What changes with a date is never overwritten: `unit_change` keeps each value and the day from which
it holds, and the unit's own columns say the present value again, for lists. Who looked at, printed
or gave away what is somebody's stands in `access_line`. Money is integer fen, areas are hundredths
of a square metre, shares are fractions. Segments and questions that an office never touched are not
stored: they are those of the program.
"""

from playhouse.migrate import SqliteMigrator

_TIME = "GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9]'"
_DAY = "GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'"
_SHA256 = "GLOB '" + "[0-9a-f]" * 64 + "'"
_STAFF = "INTEGER NOT NULL REFERENCES staff (id) ON DELETE RESTRICT"
_STAFF_OR_NONE = "INTEGER REFERENCES staff (id) ON DELETE RESTRICT"
_UNIT = "INTEGER NOT NULL REFERENCES unit (id) ON DELETE RESTRICT"
_UNIT_OR_NONE = "INTEGER REFERENCES unit (id) ON DELETE RESTRICT"
_PERSON = "INTEGER NOT NULL REFERENCES person (id) ON DELETE RESTRICT"
_PERSON_OR_NONE = "INTEGER REFERENCES person (id) ON DELETE RESTRICT"
_FEN = "CHECK ({0} BETWEEN 0 AND 100000000000)"

_UNIT_COLUMNS = (
    # '' is not said yet.
    """state TEXT NOT NULL DEFAULT '' CHECK (state IN
        ('', 'unsold', 'undelivered', 'decorating', 'owner-occupied', 'let', 'vacant'))""",
    """usage TEXT NOT NULL DEFAULT '' CHECK (usage IN
        ('', 'residential', 'commercial', 'office', 'public', 'mixed', 'other'))""",
    "layout TEXT NOT NULL DEFAULT ''",
    # The service contract that the house is kept under.
    "contract TEXT NOT NULL DEFAULT ''",
    f"delivered_on TEXT CHECK (delivered_on {_DAY})",
    # Children under 14 are a count unless a guardian agreed (PIPL 28, 31).
    "minors INTEGER CHECK (minors BETWEEN 0 AND 99)",
)

_PERSON_COLUMNS = (
    "kind TEXT NOT NULL DEFAULT 'person' CHECK (kind IN ('person', 'company'))",
    # How to talk with them (R81); never on paper that a resident sees.
    "segment TEXT NOT NULL DEFAULT ''",
    f"died_on TEXT CHECK (died_on {_DAY})",
    "merged_into_id INTEGER REFERENCES person (id) ON DELETE RESTRICT",
    f"merged_at TEXT CHECK (merged_at {_TIME})",
    "merged_staff_id INTEGER REFERENCES staff (id) ON DELETE RESTRICT",
    # Sealed: kept because the law asks for it, used for nothing else (PIPL 47).
    f"sealed_at TEXT CHECK (sealed_at {_TIME})",
    f"erased_at TEXT CHECK (erased_at {_TIME})",
)

# A CHECK cannot be changed: these tables are made anew and take the old rows.
_REBUILT = {
    "import": f"""CREATE TABLE import_new (
        id INTEGER NOT NULL PRIMARY KEY,
        kind TEXT NOT NULL CHECK (kind IN ('complaints', 'residents', 'units', 'vehicles')),
        file_name TEXT NOT NULL,
        at TEXT NOT NULL CHECK (at {_TIME}),
        staff_id {_STAFF},
        rows INTEGER NOT NULL,
        added INTEGER NOT NULL,
        unchanged INTEGER NOT NULL,
        rejected INTEGER NOT NULL,
        undone_at TEXT CHECK (undone_at {_TIME}),
        undone_staff_id {_STAFF_OR_NONE},
        sha256 TEXT CHECK (sha256 {_SHA256}),
        CHECK (rows = added + unchanged + rejected)
    ) STRICT""",
    "residency": f"""CREATE TABLE residency_new (
        id INTEGER NOT NULL PRIMARY KEY,
        unit_id {_UNIT},
        person_id {_PERSON},
        role TEXT NOT NULL CHECK (role IN
            ('owner', 'tenant', 'family', 'staff', 'emergency', 'other')),
        from_on TEXT CHECK (from_on {_DAY}),
        to_on TEXT CHECK (to_on {_DAY}),
        relation TEXT NOT NULL DEFAULT '',
        share_part INTEGER CHECK (share_part > 0),
        share_whole INTEGER CHECK (share_whole BETWEEN share_part AND 1000000),
        CHECK (to_on >= from_on),
        CHECK ((share_part IS NULL) = (share_whole IS NULL))
    ) STRICT""",
    "vehicle": f"""CREATE TABLE vehicle_new (
        id INTEGER NOT NULL PRIMARY KEY,
        unit_id {_UNIT},
        plate TEXT NOT NULL,
        person_id {_PERSON_OR_NONE},
        kind TEXT NOT NULL DEFAULT 'car' CHECK (kind IN
            ('car', 'electric-car', 'van', 'motorcycle', 'electric-bike', 'other')),
        description TEXT NOT NULL DEFAULT '',
        space_id {_UNIT_OR_NONE},
        from_on TEXT CHECK (from_on {_DAY}),
        to_on TEXT CHECK (to_on {_DAY}),
        note TEXT NOT NULL DEFAULT '',
        import_id INTEGER REFERENCES import (id) ON DELETE RESTRICT,
        version INTEGER NOT NULL DEFAULT 1,
        CHECK (to_on >= from_on)
    ) STRICT""",
    "attachment": f"""CREATE TABLE attachment_new (
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
        person_id {_PERSON_OR_NONE},
        topic TEXT NOT NULL DEFAULT '' CHECK (topic IN ('', 'ownership', 'lease', 'identity',
            'consent', 'decoration', 'moving', 'vehicle', 'other')),
        on_paper INTEGER NOT NULL CHECK (on_paper IN (0, 1)),
        removed_at TEXT CHECK (removed_at {_TIME}),
        removed_staff_id {_STAFF_OR_NONE},
        CHECK ((ticket_id IS NOT NULL) + (contact_id IS NOT NULL) + (unit_id IS NOT NULL) = 1)
    ) STRICT""",
}

_INDEXES_OF_REBUILT = (
    "CREATE INDEX residency_unit ON residency (unit_id)",
    "CREATE INDEX residency_person ON residency (person_id)",
    "CREATE UNIQUE INDEX vehicle_present ON vehicle (unit_id, plate) WHERE to_on IS NULL",
    "CREATE INDEX vehicle_unit ON vehicle (unit_id)",
    "CREATE INDEX vehicle_person ON vehicle (person_id) WHERE person_id IS NOT NULL",
    "CREATE INDEX vehicle_space ON vehicle (space_id) WHERE space_id IS NOT NULL",
    "CREATE INDEX vehicle_import_id ON vehicle (import_id) WHERE import_id IS NOT NULL",
    "CREATE INDEX attachment_ticket ON attachment (ticket_id) WHERE ticket_id IS NOT NULL",
    "CREATE INDEX attachment_contact ON attachment (contact_id) WHERE contact_id IS NOT NULL",
    "CREATE INDEX attachment_unit ON attachment (unit_id) WHERE unit_id IS NOT NULL",
    "CREATE INDEX attachment_sha256 ON attachment (sha256)",
)

STATEMENTS = (
    *(f"ALTER TABLE unit ADD COLUMN {column}" for column in _UNIT_COLUMNS),
    *(f"ALTER TABLE person ADD COLUMN {column}" for column in _PERSON_COLUMNS),
    # A value of a house and the day from which it holds; the first line of a field says what was
    # before (from_on NULL: as long as is known). Corrections are new lines, wrong ones are voided.
    f"""CREATE TABLE unit_change (
        id INTEGER NOT NULL PRIMARY KEY,
        unit_id {_UNIT},
        field TEXT NOT NULL CHECK (field IN
            ('state', 'area', 'usage', 'layout', 'contract', 'number')),
        value TEXT NOT NULL,
        from_on TEXT CHECK (from_on {_DAY}),
        entered_at TEXT NOT NULL CHECK (entered_at {_TIME}),
        staff_id {_STAFF},
        note TEXT NOT NULL,
        voided_at TEXT CHECK (voided_at {_TIME}),
        voided_staff_id {_STAFF_OR_NONE}
    ) STRICT""",
    "CREATE INDEX unit_change_unit ON unit_change (unit_id, field, from_on)",
    "CREATE INDEX unit_change_from ON unit_change (from_on) WHERE voided_at IS NULL",
    # The catalogue's fields beyond name and phone; what is sensitive names its consent.
    f"""CREATE TABLE person_detail (
        person_id {_PERSON},
        field TEXT NOT NULL CHECK (field <> ''),
        value TEXT NOT NULL CHECK (value <> ''),
        set_at TEXT NOT NULL CHECK (set_at {_TIME}),
        staff_id {_STAFF},
        consent_id INTEGER REFERENCES consent (id) ON DELETE RESTRICT,
        PRIMARY KEY (person_id, field)
    ) STRICT, WITHOUT ROWID""",
    f"""CREATE TABLE consent (
        id INTEGER NOT NULL PRIMARY KEY,
        person_id {_PERSON},
        scope TEXT NOT NULL CHECK (scope <> ''),
        given_on TEXT NOT NULL CHECK (given_on {_DAY}),
        way TEXT NOT NULL CHECK (way IN ('paper', 'spoken', 'online')),
        given_by TEXT NOT NULL,
        note TEXT NOT NULL,
        entered_at TEXT NOT NULL CHECK (entered_at {_TIME}),
        staff_id {_STAFF},
        withdrawn_on TEXT CHECK (withdrawn_on {_DAY}),
        withdrawn_staff_id {_STAFF_OR_NONE}
    ) STRICT""",
    "CREATE INDEX consent_person ON consent (person_id)",
    # What a person asks about his own data (PIPL 44-50), and when it was answered.
    f"""CREATE TABLE data_request (
        id INTEGER NOT NULL PRIMARY KEY,
        person_id {_PERSON},
        kind TEXT NOT NULL CHECK (kind IN
            ('access', 'copy', 'correct', 'delete', 'explain', 'withdraw')),
        text TEXT NOT NULL,
        received_at TEXT NOT NULL CHECK (received_at {_TIME}),
        due_on TEXT NOT NULL CHECK (due_on {_DAY}),
        staff_id {_STAFF},
        answered_at TEXT CHECK (answered_at {_TIME}),
        answered_staff_id {_STAFF_OR_NONE},
        result TEXT NOT NULL CHECK (result IN ('', 'done', 'partly', 'refused')),
        reason TEXT NOT NULL,
        CHECK ((answered_at IS NULL) = (result = ''))
    ) STRICT""",
    "CREATE INDEX data_request_open ON data_request (due_on) WHERE answered_at IS NULL",
    "CREATE INDEX data_request_person ON data_request (person_id)",
    # One line each time somebody looked at, printed or gave away what is somebody's.
    f"""CREATE TABLE access_line (
        id INTEGER NOT NULL PRIMARY KEY,
        at TEXT NOT NULL CHECK (at {_TIME}),
        staff_id {_STAFF},
        act TEXT NOT NULL CHECK (act IN ('opened', 'revealed', 'printed', 'exported')),
        unit_id {_UNIT_OR_NONE},
        person_id {_PERSON_OR_NONE},
        what TEXT NOT NULL,
        purpose TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX access_line_unit ON access_line (unit_id, at) WHERE unit_id IS NOT NULL",
    "CREATE INDEX access_line_person ON access_line (person_id, at) WHERE person_id IS NOT NULL",
    "CREATE INDEX access_line_at ON access_line (at)",
    f"""CREATE TABLE data_export (
        id INTEGER NOT NULL PRIMARY KEY,
        at TEXT NOT NULL CHECK (at {_TIME}),
        staff_id {_STAFF},
        second_staff_id {_STAFF_OR_NONE},
        what TEXT NOT NULL CHECK (what <> ''),
        is_plain INTEGER NOT NULL CHECK (is_plain IN (0, 1)),
        purpose TEXT NOT NULL CHECK (purpose <> ''),
        manner TEXT NOT NULL CHECK (manner IN ('own', 'entrusted', 'provided', 'public')),
        receiver TEXT NOT NULL,
        rows INTEGER NOT NULL CHECK (rows >= 0),
        file_name TEXT NOT NULL,
        sha256 TEXT NOT NULL CHECK (sha256 {_SHA256})
    ) STRICT""",
    # Erasing and sealing a person; the line is what the certificate is printed from.
    f"""CREATE TABLE erasure (
        id INTEGER NOT NULL PRIMARY KEY,
        person_id {_PERSON},
        kind TEXT NOT NULL CHECK (kind IN ('erased', 'sealed', 'unsealed')),
        at TEXT NOT NULL CHECK (at {_TIME}),
        staff_id {_STAFF},
        reason TEXT NOT NULL CHECK (reason <> ''),
        request_id INTEGER REFERENCES data_request (id) ON DELETE RESTRICT,
        counts TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX erasure_person ON erasure (person_id)",
    # Moving in and out, change of owner, lease (R83, R84; Civil Code 945).
    f"""CREATE TABLE move (
        id INTEGER NOT NULL PRIMARY KEY,
        number TEXT UNIQUE,
        unit_id {_UNIT},
        kind TEXT NOT NULL CHECK (kind IN ('delivery', 'move-in', 'move-out', 'transfer', 'lease',
            'lease-end', 'right-of-residence', 'inheritance')),
        on_day TEXT NOT NULL CHECK (on_day {_DAY}),
        until_on TEXT CHECK (until_on {_DAY}),
        told_on TEXT CHECK (told_on {_DAY}),
        reason TEXT NOT NULL,
        reason_text TEXT NOT NULL,
        person_id {_PERSON_OR_NONE},
        name TEXT NOT NULL,
        handled_by TEXT NOT NULL,
        meters TEXT NOT NULL,
        settlement TEXT NOT NULL,
        settled_on TEXT CHECK (settled_on {_DAY}),
        new_address TEXT NOT NULL,
        new_phone TEXT NOT NULL,
        note TEXT NOT NULL,
        open_reason TEXT NOT NULL,
        effects TEXT NOT NULL,
        entered_at TEXT NOT NULL CHECK (entered_at {_TIME}),
        staff_id {_STAFF},
        voided_at TEXT CHECK (voided_at {_TIME}),
        void_reason TEXT NOT NULL,
        version INTEGER NOT NULL,
        CHECK (until_on >= on_day)
    ) STRICT""",
    "CREATE INDEX move_unit ON move (unit_id, on_day)",
    "CREATE INDEX move_day ON move (on_day)",
    # A pass for things carried out (放行条).
    f"""CREATE TABLE gate_pass (
        id INTEGER NOT NULL PRIMARY KEY,
        number TEXT NOT NULL UNIQUE,
        unit_id {_UNIT},
        move_id INTEGER REFERENCES move (id) ON DELETE RESTRICT,
        carrier TEXT NOT NULL CHECK (carrier <> ''),
        carrier_phone TEXT NOT NULL,
        items TEXT NOT NULL CHECK (items <> ''),
        plate TEXT NOT NULL,
        valid_on TEXT NOT NULL CHECK (valid_on {_DAY}),
        hours TEXT NOT NULL,
        confirmed_by TEXT NOT NULL,
        written_at TEXT NOT NULL CHECK (written_at {_TIME}),
        staff_id {_STAFF},
        voided_at TEXT CHECK (voided_at {_TIME})
    ) STRICT""",
    "CREATE INDEX gate_pass_unit ON gate_pass (unit_id)",
    # Keys and cards handed out, and what became of them.
    f"""CREATE TABLE unit_key (
        id INTEGER NOT NULL PRIMARY KEY,
        unit_id {_UNIT},
        person_id {_PERSON_OR_NONE},
        holder TEXT NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('house-key', 'mailbox-key', 'meter-key', 'door-card',
            'lift-card', 'parking-card', 'remote', 'other')),
        label TEXT NOT NULL,
        count INTEGER NOT NULL CHECK (count BETWEEN 1 AND 999),
        deposit_fen INTEGER NOT NULL {_FEN.format("deposit_fen")},
        deposit_back_fen INTEGER CHECK (deposit_back_fen BETWEEN 0 AND deposit_fen),
        from_on TEXT NOT NULL CHECK (from_on {_DAY}),
        ended_on TEXT CHECK (ended_on {_DAY}),
        outcome TEXT NOT NULL CHECK (outcome IN ('', 'returned', 'lost', 'cancelled')),
        with_office INTEGER NOT NULL CHECK (with_office IN (0, 1)),
        note TEXT NOT NULL,
        staff_id {_STAFF},
        version INTEGER NOT NULL,
        CHECK ((ended_on IS NULL) = (outcome = ''))
    ) STRICT""",
    "CREATE INDEX unit_key_unit ON unit_key (unit_id)",
    f"""CREATE TABLE pet (
        id INTEGER NOT NULL PRIMARY KEY,
        unit_id {_UNIT},
        person_id {_PERSON_OR_NONE},
        kind TEXT NOT NULL CHECK (kind IN ('dog', 'cat', 'other')),
        name TEXT NOT NULL,
        breed TEXT NOT NULL,
        licence TEXT NOT NULL,
        vaccinated_until TEXT CHECK (vaccinated_until {_DAY}),
        from_on TEXT CHECK (from_on {_DAY}),
        to_on TEXT CHECK (to_on {_DAY}),
        note TEXT NOT NULL,
        version INTEGER NOT NULL
    ) STRICT""",
    "CREATE INDEX pet_unit ON pet (unit_id)",
    # The decoration file: permit, deposit note, patrols and what they found (Civil Code 945, 942).
    f"""CREATE TABLE decoration (
        id INTEGER NOT NULL PRIMARY KEY,
        number TEXT NOT NULL UNIQUE,
        unit_id {_UNIT},
        applied_on TEXT NOT NULL CHECK (applied_on {_DAY}),
        permitted_on TEXT CHECK (permitted_on {_DAY}),
        permitted_staff_id {_STAFF_OR_NONE},
        from_on TEXT CHECK (from_on {_DAY}),
        until_on TEXT CHECK (until_on {_DAY}),
        accepted_on TEXT CHECK (accepted_on {_DAY}),
        cancelled_on TEXT CHECK (cancelled_on {_DAY}),
        applicant TEXT NOT NULL,
        company TEXT NOT NULL,
        foreman TEXT NOT NULL,
        phone TEXT NOT NULL,
        workers INTEGER CHECK (workers BETWEEN 0 AND 999),
        scope TEXT NOT NULL,
        touches_structure INTEGER NOT NULL CHECK (touches_structure IN (0, 1)),
        structure_consent TEXT NOT NULL,
        told TEXT NOT NULL,
        deposit_fen INTEGER NOT NULL {_FEN.format("deposit_fen")},
        deposit_note TEXT NOT NULL,
        deposit_returned_fen INTEGER {_FEN.format("deposit_returned_fen")},
        deposit_returned_on TEXT CHECK (deposit_returned_on {_DAY}),
        deduction_reason TEXT NOT NULL,
        outcome TEXT NOT NULL,
        note TEXT NOT NULL,
        staff_id {_STAFF},
        version INTEGER NOT NULL,
        CHECK (until_on >= from_on)
    ) STRICT""",
    "CREATE INDEX decoration_unit ON decoration (unit_id)",
    """CREATE INDEX decoration_open ON decoration (until_on)
        WHERE accepted_on IS NULL AND cancelled_on IS NULL""",
    f"""CREATE TABLE decoration_patrol (
        id INTEGER NOT NULL PRIMARY KEY,
        decoration_id INTEGER NOT NULL REFERENCES decoration (id) ON DELETE RESTRICT,
        at TEXT NOT NULL CHECK (at {_TIME}),
        entered_at TEXT NOT NULL CHECK (entered_at {_TIME}),
        staff_id {_STAFF},
        patrolled_by TEXT NOT NULL,
        result TEXT NOT NULL CHECK (result IN ('looked', 'nobody', 'refused', 'finished')),
        finding TEXT NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('', 'structure', 'waterproofing', 'pipes', 'fire',
            'noise', 'waste', 'common-parts', 'outside-scope', 'other')),
        due_on TEXT CHECK (due_on {_DAY}),
        rectified_on TEXT CHECK (rectified_on {_DAY}),
        ticket_id INTEGER REFERENCES ticket (id) ON DELETE RESTRICT,
        CHECK ((kind = '') = (finding = ''))
    ) STRICT""",
    "CREATE INDEX decoration_patrol_decoration ON decoration_patrol (decoration_id, at)",
    # How to talk with whom (R81); `code` names one of the program's that is said otherwise.
    """CREATE TABLE segment (
        id INTEGER NOT NULL PRIMARY KEY,
        code TEXT NOT NULL UNIQUE CHECK (code <> ''),
        name TEXT NOT NULL,
        guide TEXT NOT NULL,
        position INTEGER NOT NULL,
        hidden INTEGER NOT NULL CHECK (hidden IN (0, 1))
    ) STRICT""",
    # What an import filled in records that stood before, so that undoing is exact (decision 10).
    """CREATE TABLE import_change (
        id INTEGER NOT NULL PRIMARY KEY,
        import_id INTEGER NOT NULL REFERENCES import (id) ON DELETE RESTRICT,
        record TEXT NOT NULL CHECK (record IN
            ('unit', 'person', 'residency', 'vehicle', 'phone', 'unit-change')),
        target INTEGER NOT NULL,
        field TEXT NOT NULL,
        before TEXT,
        after TEXT
    ) STRICT""",
    "CREATE INDEX import_change_import ON import_change (import_id)",
    # Questionnaires (R66, R68): the questions as they were asked, one row a sheet that came back.
    f"""CREATE TABLE survey (
        id INTEGER NOT NULL PRIMARY KEY,
        title TEXT NOT NULL CHECK (title <> ''),
        intro TEXT NOT NULL,
        questions TEXT NOT NULL,
        from_on TEXT NOT NULL CHECK (from_on {_DAY}),
        until_on TEXT CHECK (until_on {_DAY}),
        handed_out INTEGER NOT NULL CHECK (handed_out BETWEEN 0 AND 1000000),
        written_at TEXT NOT NULL CHECK (written_at {_TIME}),
        staff_id {_STAFF},
        closed_at TEXT CHECK (closed_at {_TIME}),
        version INTEGER NOT NULL,
        CHECK (until_on >= from_on)
    ) STRICT""",
    f"""CREATE TABLE survey_sheet (
        id INTEGER NOT NULL PRIMARY KEY,
        survey_id INTEGER NOT NULL REFERENCES survey (id) ON DELETE RESTRICT,
        position INTEGER NOT NULL CHECK (position > 0),
        unit_id {_UNIT_OR_NONE},
        answers TEXT NOT NULL,
        remark TEXT NOT NULL,
        is_valid INTEGER NOT NULL CHECK (is_valid IN (0, 1)),
        entered_at TEXT NOT NULL CHECK (entered_at {_TIME}),
        staff_id {_STAFF},
        UNIQUE (survey_id, position)
    ) STRICT""",
    # Meetings (R87, R88); what is to be done about them waits for the improvement board.
    f"""CREATE TABLE meeting (
        id INTEGER NOT NULL PRIMARY KEY,
        number TEXT NOT NULL UNIQUE,
        kind TEXT NOT NULL CHECK (kind IN ('forum', 'weekly', 'monthly', 'other')),
        title TEXT NOT NULL CHECK (title <> ''),
        at TEXT NOT NULL CHECK (at {_TIME}),
        place TEXT NOT NULL,
        host TEXT NOT NULL,
        recorder TEXT NOT NULL,
        attendees TEXT NOT NULL,
        sections TEXT NOT NULL,
        written_at TEXT NOT NULL CHECK (written_at {_TIME}),
        staff_id {_STAFF},
        voided_at TEXT CHECK (voided_at {_TIME}),
        version INTEGER NOT NULL
    ) STRICT""",
    "CREATE INDEX meeting_at ON meeting (at)",
    f"""CREATE TABLE meeting_action (
        id INTEGER NOT NULL PRIMARY KEY,
        meeting_id INTEGER NOT NULL REFERENCES meeting (id) ON DELETE RESTRICT,
        position INTEGER NOT NULL CHECK (position > 0),
        text TEXT NOT NULL CHECK (text <> ''),
        department_id INTEGER REFERENCES department (id) ON DELETE RESTRICT,
        responsible TEXT NOT NULL,
        due_on TEXT CHECK (due_on {_DAY}),
        needs_improvement INTEGER NOT NULL CHECK (needs_improvement IN (0, 1)),
        done_on TEXT CHECK (done_on {_DAY}),
        result TEXT NOT NULL,
        UNIQUE (meeting_id, position)
    ) STRICT""",
    "CREATE INDEX meeting_action_open ON meeting_action (due_on) WHERE done_on IS NULL",
)


def upgrade(migrator: SqliteMigrator) -> None:
    """Rebuild four tables, add the columns, and create the tables of the house file."""
    run = migrator.database.execute_sql
    for table, statement in _REBUILT.items():
        columns = ", ".join(row[1] for row in run(f"PRAGMA table_info({table})").fetchall())
        run(statement)
        run(f"INSERT INTO {table}_new ({columns}) SELECT {columns} FROM {table}")  # noqa: S608
        run(f"DROP TABLE {table}")
        run(f"ALTER TABLE {table}_new RENAME TO {table}")
    for statement in (*_INDEXES_OF_REBUILT, *STATEMENTS):
        run(statement)
