"""Inspections: places and things, templates, plans, rounds, sheets, results, findings, vendors.

A round is one walk of a plan at one time. It is stored as soon as its day has come, so that a plan
that changes later cannot take a missed round out of the past. A sheet is the paper of a day's
rounds; it keeps the versions of the templates that it was printed with. Results are only added to:
a correction is a new row that replaces the old one (law.md 1.9; TSG T5002 article 10).
"""

from playhouse.migrate import SqliteMigrator

_TIME = "GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9]'"
_DAY = "GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'"
_CLOCK = "GLOB '[0-2][0-9]:[0-5][0-9]'"
_SHA256 = "GLOB '" + "[0-9a-f]" * 64 + "'"
_STAFF = "INTEGER NOT NULL REFERENCES staff (id) ON DELETE RESTRICT"
_STAFF_OR_NONE = "INTEGER REFERENCES staff (id) ON DELETE RESTRICT"
_UNIT_OR_NONE = "INTEGER REFERENCES unit (id) ON DELETE RESTRICT"
_BUILDING_OR_NONE = "INTEGER REFERENCES building (id) ON DELETE RESTRICT"
_COMMUNITY_OR_NONE = "INTEGER REFERENCES community (id) ON DELETE RESTRICT"
# Readings in thousandths of their unit; a thousand million units is a slip of the pen.
_MILLI = "CHECK ({0} BETWEEN -1000000000000 AND 1000000000000)"
# R99 and law.md 1.9: what a round looks after.
_KINDS = """CHECK (kind IN ('equipment', 'statutory', 'fire', 'building', 'security', 'cleaning',
            'green', 'decoration', 'vacant', 'conduct', 'management'))"""
_ASSET_KINDS = """CHECK (kind IN ('lift', 'fire', 'water', 'power', 'lightning', 'drainage',
            'ventilation', 'access', 'monitoring', 'lighting', 'gate', 'playground', 'charging',
            'other'))"""

STATEMENTS = (
    # Who looks after lifts, fire protection and the like for the office, and until when.
    """CREATE TABLE vendor (
        id INTEGER NOT NULL PRIMARY KEY,
        name TEXT NOT NULL UNIQUE CHECK (name <> ''),
        work TEXT NOT NULL,
        licence_number TEXT NOT NULL,
        licence_until TEXT CHECK (licence_until """ + _DAY + """),
        contact TEXT NOT NULL,
        phone TEXT NOT NULL,
        emergency_phone TEXT NOT NULL,
        note TEXT NOT NULL,
        import_id INTEGER REFERENCES import (id) ON DELETE RESTRICT,
        ended_at TEXT CHECK (ended_at """ + _TIME + """),
        version INTEGER NOT NULL
    ) STRICT""",
    "CREATE INDEX vendor_import ON vendor (import_id) WHERE import_id IS NOT NULL",
    f"""CREATE TABLE vendor_contract (
        id INTEGER NOT NULL PRIMARY KEY,
        vendor_id INTEGER NOT NULL REFERENCES vendor (id) ON DELETE RESTRICT,
        number TEXT NOT NULL,
        kind TEXT NOT NULL {_ASSET_KINDS},
        subject TEXT NOT NULL CHECK (subject <> ''),
        from_on TEXT NOT NULL CHECK (from_on {_DAY}),
        until_on TEXT NOT NULL CHECK (until_on {_DAY}),
        note TEXT NOT NULL,
        entered_at TEXT NOT NULL CHECK (entered_at {_TIME}),
        staff_id {_STAFF},
        voided_at TEXT CHECK (voided_at {_TIME}),
        version INTEGER NOT NULL,
        CHECK (until_on >= from_on)
    ) STRICT""",
    "CREATE INDEX vendor_contract_until ON vendor_contract (until_on) WHERE voided_at IS NULL",
    # The ledger of equipment (设备台账). Where it stands may be outside every building.
    f"""CREATE TABLE asset (
        id INTEGER NOT NULL PRIMARY KEY,
        code TEXT NOT NULL UNIQUE COLLATE NOCASE CHECK (code <> ''),
        name TEXT NOT NULL CHECK (name <> ''),
        kind TEXT NOT NULL {_ASSET_KINDS},
        maker TEXT NOT NULL,
        model TEXT NOT NULL,
        serial TEXT NOT NULL,
        community_id {_COMMUNITY_OR_NONE},
        building_id {_BUILDING_OR_NONE},
        place TEXT NOT NULL,
        installed_on TEXT CHECK (installed_on {_DAY}),
        inspected_on TEXT CHECK (inspected_on {_DAY}),
        warranty_until TEXT CHECK (warranty_until {_DAY}),
        licence_number TEXT NOT NULL,
        licence_until TEXT CHECK (licence_until {_DAY}),
        vendor_id INTEGER REFERENCES vendor (id) ON DELETE RESTRICT,
        state TEXT NOT NULL CHECK (state IN ('in-use', 'stopped', 'scrapped')),
        state_on TEXT CHECK (state_on {_DAY}),
        note TEXT NOT NULL,
        import_id INTEGER REFERENCES import (id) ON DELETE RESTRICT,
        entered_at TEXT NOT NULL CHECK (entered_at {_TIME}),
        staff_id {_STAFF},
        voided_at TEXT CHECK (voided_at {_TIME}),
        version INTEGER NOT NULL
    ) STRICT""",
    "CREATE INDEX asset_building ON asset (building_id)",
    "CREATE INDEX asset_import ON asset (import_id) WHERE import_id IS NOT NULL",
    # A place on a route (点位); at most one thing stands at it.
    f"""CREATE TABLE inspection_point (
        id INTEGER NOT NULL PRIMARY KEY,
        code TEXT NOT NULL UNIQUE COLLATE NOCASE CHECK (code <> ''),
        name TEXT NOT NULL CHECK (name <> ''),
        community_id {_COMMUNITY_OR_NONE},
        building_id {_BUILDING_OR_NONE},
        floor TEXT NOT NULL,
        area TEXT NOT NULL,
        asset_id INTEGER REFERENCES asset (id) ON DELETE RESTRICT,
        ended_at TEXT CHECK (ended_at {_TIME}),
        version INTEGER NOT NULL
    ) STRICT""",
    "CREATE INDEX inspection_point_asset ON inspection_point (asset_id)",
    # `shipped` is the key of the program's own template that it was adopted from.
    f"""CREATE TABLE check_template (
        id INTEGER NOT NULL PRIMARY KEY,
        code TEXT NOT NULL UNIQUE COLLATE NOCASE CHECK (code <> ''),
        name TEXT NOT NULL CHECK (name <> ''),
        kind TEXT NOT NULL {_KINDS},
        shipped TEXT NOT NULL,
        ended_at TEXT CHECK (ended_at {_TIME}),
        version INTEGER NOT NULL
    ) STRICT""",
    # A version is never changed: a change makes the next one.
    f"""CREATE TABLE template_version (
        id INTEGER NOT NULL PRIMARY KEY,
        template_id INTEGER NOT NULL REFERENCES check_template (id) ON DELETE RESTRICT,
        number INTEGER NOT NULL CHECK (number > 0),
        note TEXT NOT NULL,
        entered_at TEXT NOT NULL CHECK (entered_at {_TIME}),
        staff_id {_STAFF},
        UNIQUE (template_id, number)
    ) STRICT""",
    # `key` stays the same from version to version: readings of years make one line.
    f"""CREATE TABLE check_item (
        id INTEGER NOT NULL PRIMARY KEY,
        version_id INTEGER NOT NULL REFERENCES template_version (id) ON DELETE RESTRICT,
        position INTEGER NOT NULL CHECK (position > 0),
        key TEXT NOT NULL CHECK (key <> ''),
        section TEXT NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('tick', 'choice', 'number', 'text')),
        name TEXT NOT NULL CHECK (name <> ''),
        standard TEXT NOT NULL,
        unit TEXT NOT NULL,
        lower_milli INTEGER {_MILLI.format("lower_milli")},
        upper_milli INTEGER {_MILLI.format("upper_milli")},
        digits INTEGER NOT NULL CHECK (digits BETWEEN 0 AND 9),
        decimals INTEGER NOT NULL CHECK (decimals BETWEEN 0 AND 3),
        choices TEXT NOT NULL,
        in_order INTEGER NOT NULL CHECK (in_order BETWEEN 1 AND 20),
        photo INTEGER NOT NULL CHECK (photo IN (0, 1)),
        score INTEGER NOT NULL CHECK (score BETWEEN 0 AND 1000),
        source TEXT NOT NULL,
        verified INTEGER NOT NULL CHECK (verified IN (0, 1)),
        UNIQUE (version_id, position),
        UNIQUE (version_id, key),
        CHECK (upper_milli >= lower_milli)
    ) STRICT""",
    # Limits of one place where they differ from the template's.
    f"""CREATE TABLE point_limit (
        point_id INTEGER NOT NULL REFERENCES inspection_point (id) ON DELETE RESTRICT,
        template_id INTEGER NOT NULL REFERENCES check_template (id) ON DELETE RESTRICT,
        key TEXT NOT NULL,
        lower_milli INTEGER {_MILLI.format("lower_milli")},
        upper_milli INTEGER {_MILLI.format("upper_milli")},
        PRIMARY KEY (point_id, template_id, key),
        CHECK (upper_milli >= lower_milli)
    ) STRICT, WITHOUT ROWID""",
    # `rule` is RFC 5545 (RRULE, RDATE, EXDATE lines without DTSTART, which is `starts_on`).
    # Anchor "completed": the next is due a cycle after the last done one, and never later than
    # `latest_days` after it (or the day that the rule says for a date of law).
    # Scope: a route of points, or every vacant house, or every house with works going on.
    f"""CREATE TABLE inspection_plan (
        id INTEGER NOT NULL PRIMARY KEY,
        code TEXT NOT NULL UNIQUE COLLATE NOCASE CHECK (code <> ''),
        name TEXT NOT NULL CHECK (name <> ''),
        kind TEXT NOT NULL {_KINDS},
        shipped TEXT NOT NULL,
        scope TEXT NOT NULL CHECK (scope IN ('route', 'vacant', 'decorating')),
        template_id INTEGER REFERENCES check_template (id) ON DELETE RESTRICT,
        community_id {_COMMUNITY_OR_NONE},
        building_id {_BUILDING_OR_NONE},
        asset_id INTEGER REFERENCES asset (id) ON DELETE RESTRICT,
        rule TEXT NOT NULL CHECK (rule <> ''),
        starts_on TEXT NOT NULL CHECK (starts_on {_DAY}),
        ends_on TEXT CHECK (ends_on {_DAY}),
        times TEXT NOT NULL,
        one_sheet INTEGER NOT NULL CHECK (one_sheet IN (0, 1)),
        shift TEXT NOT NULL CHECK (shift IN ('', 'day', 'early', 'middle', 'late', 'night')),
        anchor TEXT NOT NULL CHECK (anchor IN ('calendar', 'completed')),
        latest_days INTEGER CHECK (latest_days BETWEEN 1 AND 4000),
        before_days INTEGER NOT NULL CHECK (before_days BETWEEN 0 AND 366),
        tolerance_minutes INTEGER NOT NULL CHECK (tolerance_minutes BETWEEN 0 AND 600000),
        department_id INTEGER REFERENCES department (id) ON DELETE RESTRICT,
        walker_id {_STAFF_OR_NONE},
        vendor_id INTEGER REFERENCES vendor (id) ON DELETE RESTRICT,
        source TEXT NOT NULL,
        verified INTEGER NOT NULL CHECK (verified IN (0, 1)),
        note TEXT NOT NULL,
        made_until TEXT CHECK (made_until {_DAY}),
        entered_at TEXT NOT NULL CHECK (entered_at {_TIME}),
        staff_id {_STAFF},
        ended_at TEXT CHECK (ended_at {_TIME}),
        version INTEGER NOT NULL,
        CHECK (ends_on >= starts_on),
        CHECK ((scope = 'route') = (template_id IS NULL))
    ) STRICT""",
    "CREATE INDEX inspection_plan_asset ON inspection_plan (asset_id) WHERE asset_id IS NOT NULL",
    """CREATE TABLE plan_line (
        plan_id INTEGER NOT NULL REFERENCES inspection_plan (id) ON DELETE RESTRICT,
        position INTEGER NOT NULL CHECK (position > 0),
        point_id INTEGER NOT NULL REFERENCES inspection_point (id) ON DELETE RESTRICT,
        template_id INTEGER NOT NULL REFERENCES check_template (id) ON DELETE RESTRICT,
        PRIMARY KEY (plan_id, position)
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX plan_line_point ON plan_line (point_id)",
    f"""CREATE TABLE inspection_sheet (
        id INTEGER NOT NULL PRIMARY KEY,
        number TEXT NOT NULL UNIQUE,
        plan_id INTEGER NOT NULL REFERENCES inspection_plan (id) ON DELETE RESTRICT,
        planned_on TEXT NOT NULL CHECK (planned_on {_DAY}),
        walker TEXT NOT NULL,
        made_at TEXT NOT NULL CHECK (made_at {_TIME}),
        staff_id {_STAFF},
        printed_at TEXT CHECK (printed_at {_TIME}),
        prints INTEGER NOT NULL CHECK (prints >= 0),
        entered_at TEXT CHECK (entered_at {_TIME}),
        weather TEXT NOT NULL,
        voided_at TEXT CHECK (voided_at {_TIME}),
        void_reason TEXT NOT NULL,
        version INTEGER NOT NULL
    ) STRICT""",
    """CREATE INDEX inspection_sheet_out ON inspection_sheet (planned_on)
        WHERE entered_at IS NULL AND voided_at IS NULL""",
    # The places (or houses) in walking order, each with the version of its template and what
    # limits of its own held there when the sheet was made, in JSON: key, lower and upper.
    f"""CREATE TABLE sheet_line (
        sheet_id INTEGER NOT NULL REFERENCES inspection_sheet (id) ON DELETE RESTRICT,
        position INTEGER NOT NULL CHECK (position > 0),
        point_id INTEGER REFERENCES inspection_point (id) ON DELETE RESTRICT,
        unit_id {_UNIT_OR_NONE},
        version_id INTEGER NOT NULL REFERENCES template_version (id) ON DELETE RESTRICT,
        limits TEXT NOT NULL DEFAULT '{{}}',
        PRIMARY KEY (sheet_id, position),
        CHECK ((point_id IS NULL) + (unit_id IS NULL) = 1)
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX sheet_line_unit ON sheet_line (unit_id) WHERE unit_id IS NOT NULL",
    # Late and missed are told from the times, never stored.
    f"""CREATE TABLE inspection_round (
        id INTEGER NOT NULL PRIMARY KEY,
        plan_id INTEGER NOT NULL REFERENCES inspection_plan (id) ON DELETE RESTRICT,
        planned_on TEXT NOT NULL CHECK (planned_on {_DAY}),
        planned_time TEXT NOT NULL CHECK (planned_time = '' OR planned_time {_CLOCK}),
        due_at TEXT NOT NULL CHECK (due_at {_TIME}),
        latest_on TEXT CHECK (latest_on {_DAY}),
        postponed_from TEXT CHECK (postponed_from {_DAY}),
        state TEXT NOT NULL CHECK (state IN ('planned', 'running', 'done', 'cancelled')),
        sheet_id INTEGER REFERENCES inspection_sheet (id) ON DELETE RESTRICT,
        makes_up_id INTEGER UNIQUE REFERENCES inspection_round (id) ON DELETE RESTRICT,
        walker TEXT NOT NULL,
        started_at TEXT CHECK (started_at {_TIME}),
        done_at TEXT CHECK (done_at {_TIME}),
        entered_at TEXT CHECK (entered_at {_TIME}),
        entered_staff_id {_STAFF_OR_NONE},
        items INTEGER NOT NULL CHECK (items >= 0),
        filled INTEGER NOT NULL CHECK (filled BETWEEN 0 AND items),
        abnormal INTEGER NOT NULL CHECK (abnormal BETWEEN 0 AND filled),
        note TEXT NOT NULL,
        cancel_reason TEXT NOT NULL,
        version INTEGER NOT NULL,
        CHECK ((state = 'done') = (done_at IS NOT NULL)),
        CHECK (done_at >= started_at)
    ) STRICT""",
    """CREATE UNIQUE INDEX inspection_round_planned
        ON inspection_round (plan_id, planned_on, planned_time) WHERE makes_up_id IS NULL""",
    "CREATE INDEX inspection_round_day ON inspection_round (planned_on, state, due_at)",
    """CREATE INDEX inspection_round_open ON inspection_round (due_at)
        WHERE state IN ('planned', 'running')""",
    """CREATE INDEX inspection_round_sheet ON inspection_round (sheet_id)
        WHERE sheet_id IS NOT NULL""",
    """CREATE INDEX inspection_round_done ON inspection_round (plan_id, done_at)
        WHERE state = 'done'""",
    # `lower_milli`, `upper_milli`: the limits that were right when the reading was taken.
    f"""CREATE TABLE inspection_result (
        id INTEGER NOT NULL PRIMARY KEY,
        round_id INTEGER NOT NULL REFERENCES inspection_round (id) ON DELETE RESTRICT,
        position INTEGER NOT NULL CHECK (position > 0),
        item_id INTEGER NOT NULL REFERENCES check_item (id) ON DELETE RESTRICT,
        point_id INTEGER REFERENCES inspection_point (id) ON DELETE RESTRICT,
        verdict TEXT NOT NULL CHECK (verdict IN ('normal', 'abnormal', 'not-applicable')),
        value_milli INTEGER {_MILLI.format("value_milli")},
        lower_milli INTEGER,
        upper_milli INTEGER,
        words TEXT NOT NULL,
        score INTEGER CHECK (score BETWEEN 0 AND 1000),
        note TEXT NOT NULL,
        photos TEXT NOT NULL,
        performed_at TEXT NOT NULL CHECK (performed_at {_TIME}),
        entered_at TEXT NOT NULL CHECK (entered_at {_TIME}),
        staff_id {_STAFF},
        replaces_id INTEGER UNIQUE REFERENCES inspection_result (id) ON DELETE RESTRICT,
        reason TEXT NOT NULL,
        CHECK (replaces_id IS NULL OR reason <> '')
    ) STRICT""",
    """CREATE UNIQUE INDEX inspection_result_first
        ON inspection_result (round_id, position, item_id) WHERE replaces_id IS NULL""",
    "CREATE INDEX inspection_result_round ON inspection_result (round_id)",
    """CREATE INDEX inspection_result_reading
        ON inspection_result (point_id, item_id, performed_at) WHERE value_milli IS NOT NULL""",
    """CREATE INDEX inspection_result_abnormal
        ON inspection_result (performed_at) WHERE verdict = 'abnormal'""",
    """CREATE TRIGGER inspection_result_stays BEFORE UPDATE ON inspection_result
        BEGIN SELECT RAISE(ABORT, 'a result is never changed: a correction is a new row'); END""",
    """CREATE TRIGGER inspection_result_is_kept BEFORE DELETE ON inspection_result
        BEGIN SELECT RAISE(ABORT, 'a result is never deleted'); END""",
    # A rectification notice (整改通知单) to a vendor, a house or a department.
    f"""CREATE TABLE rectification (
        id INTEGER NOT NULL PRIMARY KEY,
        number TEXT NOT NULL UNIQUE,
        addressee TEXT NOT NULL CHECK (addressee <> ''),
        vendor_id INTEGER REFERENCES vendor (id) ON DELETE RESTRICT,
        unit_id {_UNIT_OR_NONE},
        place TEXT NOT NULL,
        problem TEXT NOT NULL CHECK (problem <> ''),
        basis TEXT NOT NULL,
        demand TEXT NOT NULL,
        deadline_on TEXT NOT NULL CHECK (deadline_on {_DAY}),
        issued_at TEXT NOT NULL CHECK (issued_at {_TIME}),
        staff_id {_STAFF},
        receiver TEXT NOT NULL,
        received_on TEXT CHECK (received_on {_DAY}),
        refused INTEGER NOT NULL CHECK (refused IN (0, 1)),
        recheck TEXT NOT NULL CHECK (recheck IN ('', 'rectified', 'partly', 'not')),
        rechecked_on TEXT CHECK (rechecked_on {_DAY}),
        recheck_note TEXT NOT NULL,
        voided_at TEXT CHECK (voided_at {_TIME}),
        void_reason TEXT NOT NULL,
        version INTEGER NOT NULL,
        CHECK ((recheck = '') = (rechecked_on IS NULL))
    ) STRICT""",
    """CREATE INDEX rectification_open ON rectification (deadline_on)
        WHERE recheck <> 'rectified' AND voided_at IS NULL""",
    "CREATE INDEX rectification_unit ON rectification (unit_id) WHERE unit_id IS NOT NULL",
    # What a round found wrong, until it is put right.
    f"""CREATE TABLE finding (
        id INTEGER NOT NULL PRIMARY KEY,
        round_id INTEGER NOT NULL REFERENCES inspection_round (id) ON DELETE RESTRICT,
        result_id INTEGER NOT NULL UNIQUE REFERENCES inspection_result (id) ON DELETE RESTRICT,
        point_id INTEGER REFERENCES inspection_point (id) ON DELETE RESTRICT,
        unit_id {_UNIT_OR_NONE},
        asset_id INTEGER REFERENCES asset (id) ON DELETE RESTRICT,
        template_id INTEGER NOT NULL REFERENCES check_template (id) ON DELETE RESTRICT,
        key TEXT NOT NULL,
        text TEXT NOT NULL CHECK (text <> ''),
        found_at TEXT NOT NULL CHECK (found_at {_TIME}),
        state TEXT NOT NULL CHECK (state IN
            ('open', 'fixed-on-site', 'ticket', 'rectification', 'rectified', 'dropped')),
        ticket_id INTEGER REFERENCES ticket (id) ON DELETE RESTRICT,
        rectification_id INTEGER REFERENCES rectification (id) ON DELETE RESTRICT,
        needs_improvement INTEGER NOT NULL CHECK (needs_improvement IN (0, 1)),
        rectified_on TEXT CHECK (rectified_on {_DAY}),
        note TEXT NOT NULL,
        staff_id {_STAFF},
        version INTEGER NOT NULL,
        CHECK (state <> 'ticket' OR ticket_id IS NOT NULL),
        CHECK (state <> 'rectification' OR rectification_id IS NOT NULL)
    ) STRICT""",
    "CREATE INDEX finding_same ON finding (point_id, template_id, key, found_at)",
    "CREATE INDEX finding_round ON finding (round_id)",
    "CREATE INDEX finding_open ON finding (found_at) WHERE state = 'open'",
    "CREATE INDEX finding_ticket ON finding (ticket_id) WHERE ticket_id IS NOT NULL",
    """CREATE INDEX finding_rectification ON finding (rectification_id)
        WHERE rectification_id IS NOT NULL""",
    "CREATE INDEX finding_unit ON finding (unit_id, found_at) WHERE unit_id IS NOT NULL",
    "CREATE INDEX finding_asset ON finding (asset_id, found_at) WHERE asset_id IS NOT NULL",
    # Which thing a ticket is about: faults are counted for each (R70).
    """CREATE TABLE ticket_asset (
        ticket_id INTEGER NOT NULL PRIMARY KEY REFERENCES ticket (id) ON DELETE RESTRICT,
        asset_id INTEGER NOT NULL REFERENCES asset (id) ON DELETE RESTRICT
    ) STRICT""",
    "CREATE INDEX ticket_asset_asset ON ticket_asset (asset_id)",
    # A patrol that a round of inspections made, and which of its findings the line is.
    """ALTER TABLE decoration_patrol
        ADD COLUMN round_id INTEGER REFERENCES inspection_round (id) ON DELETE RESTRICT""",
    """ALTER TABLE decoration_patrol
        ADD COLUMN found_id INTEGER REFERENCES finding (id) ON DELETE RESTRICT""",
    """CREATE UNIQUE INDEX decoration_patrol_found ON decoration_patrol (found_id)
        WHERE found_id IS NOT NULL""",
    """CREATE INDEX decoration_patrol_round ON decoration_patrol (round_id)
        WHERE round_id IS NOT NULL""",
)  # fmt: skip

# A CHECK cannot be changed: these two tables are made anew and take the old rows.
_IMPORT = f"""CREATE TABLE import_new (
    id INTEGER NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('complaints', 'residents', 'units', 'vehicles',
        'tariffs', 'bills', 'readings', 'payments', 'assets', 'results')),
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
) STRICT"""

_OWNERS = (
    "ticket", "contact", "unit", "basis", "reading", "act", "plan", "publication",
    "asset", "round", "contract", "rectification",
)  # fmt: skip
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
    asset_id INTEGER REFERENCES asset (id) ON DELETE RESTRICT,
    round_id INTEGER REFERENCES inspection_round (id) ON DELETE RESTRICT,
    contract_id INTEGER REFERENCES vendor_contract (id) ON DELETE RESTRICT,
    rectification_id INTEGER REFERENCES rectification (id) ON DELETE RESTRICT,
    person_id INTEGER REFERENCES person (id) ON DELETE RESTRICT,
    topic TEXT NOT NULL DEFAULT '' CHECK (topic IN ('', 'ownership', 'lease', 'identity',
        'consent', 'decoration', 'moving', 'vehicle', 'other')),
    on_paper INTEGER NOT NULL CHECK (on_paper IN (0, 1)),
    removed_at TEXT CHECK (removed_at {_TIME}),
    removed_staff_id {_STAFF_OR_NONE},
    CHECK ({" + ".join(f"({one}_id IS NOT NULL)" for one in _OWNERS)} = 1)
) STRICT"""
_INDEXES_OF_ATTACHMENT = (
    *(f"CREATE INDEX attachment_{one} ON attachment ({one}_id) WHERE {one}_id IS NOT NULL"
      for one in _OWNERS),
    "CREATE INDEX attachment_sha256 ON attachment (sha256)",
)  # fmt: skip


def upgrade(migrator: SqliteMigrator) -> None:
    """Create the tables of inspections, and let files and imports belong to them."""
    run = migrator.database.execute_sql
    for statement in STATEMENTS:
        run(statement)
    for table, made in (("attachment", _ATTACHMENT), ("import", _IMPORT)):
        columns = ", ".join(row[1] for row in run(f"PRAGMA table_info({table})").fetchall())
        run(made)
        run(
            f"INSERT INTO {table}_new ({columns}) SELECT {columns} FROM {table}"  # noqa: S608
        )
        run(f"DROP TABLE {table}")
        run(f"ALTER TABLE {table}_new RENAME TO {table}")
    for statement in _INDEXES_OF_ATTACHMENT:
        run(statement)
