"""What is charged and what is paid: items and their prices, meters, bills, the till, the ledger.

Money is integer fen, prices are ten-thousandths of a yuan, quantities and readings thousandths.
A bill is one item of one house for one period: one debt with its own day of payment, so that age
and limitation are counted for each. What moves money is a line of the ledger and is never changed:
a mistake is undone by lines of the opposite sign. `bill.settled_fen` is the sum of the ledger's
lines of that bill, kept for lists. Periods are given by first and last day (`from_on`, `until_on`).
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
_ITEM = "INTEGER NOT NULL REFERENCES fee_item (id) ON DELETE RESTRICT"
_ITEM_OR_NONE = "INTEGER REFERENCES fee_item (id) ON DELETE RESTRICT"
_FEN = "CHECK ({0} BETWEEN 0 AND 100000000000)"
_BOOL = "CHECK ({0} IN (0, 1))"

# A CHECK cannot be changed: the table is made anew and takes the old rows.
_IMPORT = f"""CREATE TABLE import_new (
    id INTEGER NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('complaints', 'residents', 'units', 'vehicles',
        'tariffs', 'bills', 'readings', 'payments')),
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

STATEMENTS = (
    # What a price rests on: a service contract, an approval, a decision of the owners (law 938).
    f"""CREATE TABLE fee_basis (
        id INTEGER NOT NULL PRIMARY KEY,
        kind TEXT NOT NULL CHECK (kind IN
            ('early-contract', 'contract', 'approval', 'decision', 'price-list', 'other')),
        name TEXT NOT NULL CHECK (name <> ''),
        number TEXT NOT NULL,
        community_id INTEGER REFERENCES community (id) ON DELETE RESTRICT,
        signed_on TEXT CHECK (signed_on {_DAY}),
        from_on TEXT CHECK (from_on {_DAY}),
        until_on TEXT CHECK (until_on {_DAY}),
        fee_clause TEXT NOT NULL,
        due_clause TEXT NOT NULL,
        late_clause TEXT NOT NULL,
        address_clause TEXT NOT NULL,
        note TEXT NOT NULL,
        staff_id {_STAFF},
        version INTEGER NOT NULL,
        CHECK (until_on >= from_on)
    ) STRICT""",
    # An item that is charged. `charges` says whether all units of `unit_kinds` (a JSON list) pay
    # it or only those with a line in unit_fee; `rounding` is unit and manner.
    f"""CREATE TABLE fee_item (
        id INTEGER NOT NULL PRIMARY KEY,
        code TEXT NOT NULL UNIQUE CHECK (code <> ''),
        name TEXT NOT NULL CHECK (name <> ''),
        formula TEXT NOT NULL CHECK (formula IN
            ('area', 'fixed', 'meter', 'shared', 'one-off')),
        income TEXT NOT NULL CHECK (income IN
            ('service', 'collected', 'public', 'paid-work', 'late-fee', 'other')),
        charges TEXT NOT NULL CHECK (charges IN ('all', 'chosen')),
        unit_kinds TEXT NOT NULL,
        meter_kind TEXT NOT NULL CHECK (meter_kind IN
            ('', 'water', 'hot-water', 'electricity', 'gas', 'heat')),
        line_months INTEGER NOT NULL CHECK (line_months IN (1, 2, 3, 6, 12)),
        billed_months INTEGER NOT NULL CHECK (billed_months IN (1, 2, 3, 6, 12)),
        due_month INTEGER NOT NULL CHECK (due_month BETWEEN -12 AND 12),
        due_day INTEGER NOT NULL CHECK (due_day BETWEEN 1 AND 31),
        partial TEXT NOT NULL CHECK (partial IN ('whole', 'by-day', 'half-month')),
        rounding TEXT NOT NULL CHECK (rounding IN ('fen-half-up', 'fen-down', 'fen-up',
            'jiao-half-up', 'jiao-down', 'jiao-up', 'yuan-half-up', 'yuan-down', 'yuan-up')),
        position INTEGER NOT NULL,
        is_active INTEGER NOT NULL {_BOOL.format("is_active")},
        note TEXT NOT NULL,
        version INTEGER NOT NULL
    ) STRICT""",
    # A price of an item from a day on, for all houses or those of a community or building (the
    # narrower one holds). Never overwritten: a correction is a new line, the wrong one is voided.
    f"""CREATE TABLE tariff (
        id INTEGER NOT NULL PRIMARY KEY,
        fee_item_id {_ITEM},
        community_id INTEGER REFERENCES community (id) ON DELETE RESTRICT,
        building_id INTEGER REFERENCES building (id) ON DELETE RESTRICT,
        from_on TEXT NOT NULL CHECK (from_on {_DAY}),
        until_on TEXT CHECK (until_on {_DAY}),
        price_e4 INTEGER NOT NULL CHECK (price_e4 BETWEEN 0 AND 10000000000),
        tiers TEXT NOT NULL,
        share_by TEXT NOT NULL CHECK (share_by IN ('', 'area', 'households', 'usage')),
        floor_factors TEXT NOT NULL,
        vacancy_percent INTEGER CHECK (vacancy_percent BETWEEN 0 AND 100),
        vacancy_after_months INTEGER NOT NULL CHECK (vacancy_after_months BETWEEN 0 AND 120),
        basis_id INTEGER REFERENCES fee_basis (id) ON DELETE RESTRICT,
        basis_note TEXT NOT NULL,
        cap_e4 INTEGER CHECK (cap_e4 BETWEEN 0 AND 10000000000),
        cap_source TEXT NOT NULL,
        late_rate_e6 INTEGER NOT NULL CHECK (late_rate_e6 BETWEEN 0 AND 100000),
        late_clause TEXT NOT NULL,
        late_grace_days INTEGER NOT NULL CHECK (late_grace_days BETWEEN 0 AND 3650),
        late_cap_percent INTEGER CHECK (late_cap_percent BETWEEN 0 AND 1000),
        note TEXT NOT NULL,
        entered_at TEXT NOT NULL CHECK (entered_at {_TIME}),
        staff_id {_STAFF},
        import_id INTEGER REFERENCES import (id) ON DELETE RESTRICT,
        voided_at TEXT CHECK (voided_at {_TIME}),
        voided_staff_id {_STAFF_OR_NONE},
        void_reason TEXT NOT NULL,
        CHECK (until_on >= from_on),
        CHECK (community_id IS NULL OR building_id IS NULL),
        CHECK (late_rate_e6 = 0 OR late_clause <> '')
    ) STRICT""",
    "CREATE INDEX tariff_item ON tariff (fee_item_id, from_on) WHERE voided_at IS NULL",
    # Who pays an item that only some pay, who pays less or nothing, who agreed to pay instead.
    f"""CREATE TABLE unit_fee (
        id INTEGER NOT NULL PRIMARY KEY,
        unit_id {_UNIT},
        fee_item_id {_ITEM},
        kind TEXT NOT NULL CHECK (kind IN ('charged', 'exempt', 'reduced', 'vacant', 'payer')),
        from_on TEXT NOT NULL CHECK (from_on {_DAY}),
        until_on TEXT CHECK (until_on {_DAY}),
        quantity_milli INTEGER NOT NULL CHECK (quantity_milli BETWEEN 0 AND 1000000000),
        percent INTEGER CHECK (percent BETWEEN 0 AND 100),
        price_e4 INTEGER CHECK (price_e4 BETWEEN 0 AND 10000000000),
        payer_id {_PERSON_OR_NONE},
        reason TEXT NOT NULL,
        evidence TEXT NOT NULL,
        entered_at TEXT NOT NULL CHECK (entered_at {_TIME}),
        staff_id {_STAFF},
        voided_at TEXT CHECK (voided_at {_TIME}),
        voided_staff_id {_STAFF_OR_NONE},
        CHECK (until_on >= from_on)
    ) STRICT""",
    "CREATE INDEX unit_fee_unit ON unit_fee (unit_id, fee_item_id) WHERE voided_at IS NULL",
    "CREATE INDEX unit_fee_item ON unit_fee (fee_item_id) WHERE voided_at IS NULL",
    # A meter of a house, or of a building or community (unit_id NULL: its cost is shared).
    f"""CREATE TABLE meter (
        id INTEGER NOT NULL PRIMARY KEY,
        kind TEXT NOT NULL CHECK (kind IN ('water', 'hot-water', 'electricity', 'gas', 'heat')),
        unit_id {_UNIT_OR_NONE},
        building_id INTEGER REFERENCES building (id) ON DELETE RESTRICT,
        community_id INTEGER REFERENCES community (id) ON DELETE RESTRICT,
        number TEXT NOT NULL,
        place TEXT NOT NULL,
        digits INTEGER NOT NULL CHECK (digits BETWEEN 3 AND 12),
        multiplier_milli INTEGER NOT NULL CHECK (multiplier_milli BETWEEN 1 AND 1000000000),
        installed_on TEXT NOT NULL CHECK (installed_on {_DAY}),
        first_milli INTEGER NOT NULL CHECK (first_milli >= 0),
        removed_on TEXT CHECK (removed_on {_DAY}),
        last_milli INTEGER CHECK (last_milli >= 0),
        replaces_id INTEGER REFERENCES meter (id) ON DELETE RESTRICT,
        note TEXT NOT NULL,
        import_id INTEGER REFERENCES import (id) ON DELETE RESTRICT,
        version INTEGER NOT NULL,
        CHECK (removed_on >= installed_on),
        CHECK ((removed_on IS NULL) = (last_milli IS NULL)),
        CHECK ((unit_id IS NOT NULL) + (building_id IS NOT NULL) + (community_id IS NOT NULL) = 1)
    ) STRICT""",
    "CREATE INDEX meter_unit ON meter (unit_id) WHERE unit_id IS NOT NULL",
    "CREATE INDEX meter_replaces ON meter (replaces_id) WHERE replaces_id IS NOT NULL",
    # A reading; a wrong one is voided and written anew. `turned` counts passes through zero.
    f"""CREATE TABLE meter_reading (
        id INTEGER NOT NULL PRIMARY KEY,
        meter_id INTEGER NOT NULL REFERENCES meter (id) ON DELETE RESTRICT,
        on_day TEXT NOT NULL CHECK (on_day {_DAY}),
        value_milli INTEGER NOT NULL CHECK (value_milli >= 0),
        kind TEXT NOT NULL CHECK (kind IN ('read', 'told', 'estimated', 'move', 'reversed')),
        turned INTEGER NOT NULL CHECK (turned BETWEEN 0 AND 9),
        note TEXT NOT NULL,
        entered_at TEXT NOT NULL CHECK (entered_at {_TIME}),
        staff_id {_STAFF},
        import_id INTEGER REFERENCES import (id) ON DELETE RESTRICT,
        voided_at TEXT CHECK (voided_at {_TIME}),
        voided_staff_id {_STAFF_OR_NONE},
        void_reason TEXT NOT NULL
    ) STRICT""",
    """CREATE UNIQUE INDEX meter_reading_day ON meter_reading (meter_id, on_day)
        WHERE voided_at IS NULL""",
    """CREATE INDEX meter_reading_estimated ON meter_reading (meter_id)
        WHERE kind = 'estimated' AND voided_at IS NULL""",
    """CREATE INDEX meter_reading_import ON meter_reading (import_id)
        WHERE import_id IS NOT NULL""",
    # What is shared in a period and how: total, rule, base, the working as it is explained (R98).
    f"""CREATE TABLE shared_cost (
        id INTEGER NOT NULL PRIMARY KEY,
        fee_item_id {_ITEM},
        community_id INTEGER REFERENCES community (id) ON DELETE RESTRICT,
        building_id INTEGER REFERENCES building (id) ON DELETE RESTRICT,
        from_on TEXT NOT NULL CHECK (from_on {_DAY}),
        until_on TEXT NOT NULL CHECK (until_on {_DAY}),
        total_fen INTEGER NOT NULL {_FEN.format("total_fen")},
        usage_milli INTEGER CHECK (usage_milli >= 0),
        share_by TEXT NOT NULL CHECK (share_by IN ('area', 'households', 'usage')),
        working TEXT NOT NULL,
        document TEXT NOT NULL,
        entered_at TEXT NOT NULL CHECK (entered_at {_TIME}),
        staff_id {_STAFF},
        voided_at TEXT CHECK (voided_at {_TIME}),
        CHECK (until_on >= from_on)
    ) STRICT""",
    "CREATE INDEX shared_cost_item ON shared_cost (fee_item_id, from_on) WHERE voided_at IS NULL",
    f"""CREATE TABLE bill_run (
        id INTEGER NOT NULL PRIMARY KEY,
        number TEXT NOT NULL UNIQUE,
        from_on TEXT NOT NULL CHECK (from_on {_DAY}),
        until_on TEXT NOT NULL CHECK (until_on {_DAY}),
        community_id INTEGER REFERENCES community (id) ON DELETE RESTRICT,
        building_id INTEGER REFERENCES building (id) ON DELETE RESTRICT,
        items TEXT NOT NULL,
        bills INTEGER NOT NULL CHECK (bills >= 0),
        total_fen INTEGER NOT NULL {_FEN.format("total_fen")},
        prepaid_fen INTEGER NOT NULL {_FEN.format("prepaid_fen")},
        posted_at TEXT NOT NULL CHECK (posted_at {_TIME}),
        staff_id {_STAFF},
        note TEXT NOT NULL,
        undone_at TEXT CHECK (undone_at {_TIME}),
        undone_staff_id {_STAFF_OR_NONE},
        undone_reason TEXT NOT NULL
    ) STRICT""",
    # `working` is how the amount came about, in JSON: the bill explains itself for ever. The debtor
    # stands by name as he was then; who agreed to pay instead is liable with him (条例 41).
    f"""CREATE TABLE bill (
        id INTEGER NOT NULL PRIMARY KEY,
        unit_id {_UNIT},
        fee_item_id {_ITEM},
        kind TEXT NOT NULL CHECK (kind IN ('charge', 'late-fee', 'opening', 'paid-work', 'other')),
        from_on TEXT NOT NULL CHECK (from_on {_DAY}),
        until_on TEXT NOT NULL CHECK (until_on {_DAY}),
        due_on TEXT NOT NULL CHECK (due_on {_DAY}),
        amount_fen INTEGER NOT NULL {_FEN.format("amount_fen")},
        settled_fen INTEGER NOT NULL CHECK (settled_fen BETWEEN 0 AND amount_fen),
        person_id {_PERSON_OR_NONE},
        payer_id {_PERSON_OR_NONE},
        tariff_id INTEGER REFERENCES tariff (id) ON DELETE RESTRICT,
        meter_id INTEGER REFERENCES meter (id) ON DELETE RESTRICT,
        shared_cost_id INTEGER REFERENCES shared_cost (id) ON DELETE RESTRICT,
        run_id INTEGER REFERENCES bill_run (id) ON DELETE RESTRICT,
        ticket_id INTEGER REFERENCES ticket (id) ON DELETE RESTRICT,
        late_for_id INTEGER REFERENCES bill (id) ON DELETE RESTRICT,
        import_id INTEGER REFERENCES import (id) ON DELETE RESTRICT,
        external TEXT NOT NULL,
        working TEXT NOT NULL,
        note TEXT NOT NULL,
        entered_at TEXT NOT NULL CHECK (entered_at {_TIME}),
        staff_id {_STAFF},
        voided_at TEXT CHECK (voided_at {_TIME}),
        voided_staff_id {_STAFF_OR_NONE},
        void_reason TEXT NOT NULL,
        CHECK (until_on >= from_on),
        CHECK (voided_at IS NULL OR settled_fen = 0)
    ) STRICT""",
    # Arrears of 1.8 million bills in 10 ms (sizes.md 4.3): only what is open, nothing to look up;
    # `voided_at` stands in it because the engine would look up what the condition names.
    """CREATE INDEX bill_open ON bill (unit_id, due_on, amount_fen, settled_fen, voided_at)
        WHERE settled_fen < amount_fen AND voided_at IS NULL""",
    "CREATE INDEX bill_unit ON bill (unit_id, from_on)",
    # The collection rate of a period, without looking a bill up.
    "CREATE INDEX bill_due ON bill (due_on, unit_id, amount_fen, settled_fen, voided_at)",
    "CREATE INDEX bill_run_id ON bill (run_id) WHERE run_id IS NOT NULL",
    "CREATE INDEX bill_ticket ON bill (ticket_id) WHERE ticket_id IS NOT NULL",
    "CREATE INDEX bill_import ON bill (import_id) WHERE import_id IS NOT NULL",
    "CREATE INDEX bill_shared_cost ON bill (shared_cost_id) WHERE shared_cost_id IS NOT NULL",
    "CREATE INDEX bill_late_for ON bill (late_for_id) WHERE late_for_id IS NOT NULL",
    # The same run twice adds nothing; a house may have two meters, and share two costs, at a time.
    """CREATE UNIQUE INDEX bill_once ON bill (unit_id, fee_item_id, from_on, ifnull(meter_id, 0),
        ifnull(shared_cost_id, 0)) WHERE kind = 'charge' AND voided_at IS NULL""",
    # Nor does the same file of earlier arrears.
    """CREATE UNIQUE INDEX bill_external ON bill (external)
        WHERE external <> '' AND voided_at IS NULL""",
    # Money that is not ours: for decoration, keys, …; its balance is the ledger's.
    f"""CREATE TABLE deposit (
        id INTEGER NOT NULL PRIMARY KEY,
        unit_id {_UNIT},
        kind TEXT NOT NULL CHECK (kind IN ('decoration', 'key', 'parking', 'other')),
        label TEXT NOT NULL,
        person_id {_PERSON_OR_NONE},
        decoration_id INTEGER REFERENCES decoration (id) ON DELETE RESTRICT,
        unit_key_id INTEGER REFERENCES unit_key (id) ON DELETE RESTRICT,
        taken_on TEXT NOT NULL CHECK (taken_on {_DAY}),
        back_due_on TEXT CHECK (back_due_on {_DAY}),
        note TEXT NOT NULL,
        staff_id {_STAFF},
        version INTEGER NOT NULL
    ) STRICT""",
    "CREATE INDEX deposit_unit ON deposit (unit_id)",
    # One cashier's till from one close to the next.
    f"""CREATE TABLE till_close (
        id INTEGER NOT NULL PRIMARY KEY,
        number TEXT NOT NULL UNIQUE,
        staff_id {_STAFF},
        closed_at TEXT NOT NULL CHECK (closed_at {_TIME}),
        on_day TEXT NOT NULL CHECK (on_day {_DAY}),
        closed_staff_id {_STAFF},
        sums TEXT NOT NULL,
        receipts INTEGER NOT NULL CHECK (receipts >= 0),
        voided INTEGER NOT NULL CHECK (voided >= 0),
        first_number TEXT NOT NULL,
        last_number TEXT NOT NULL,
        cash_fen INTEGER NOT NULL,
        counted_fen INTEGER NOT NULL {_FEN.format("counted_fen")},
        difference_reason TEXT NOT NULL,
        checked_staff_id {_STAFF_OR_NONE},
        note TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX till_close_staff ON till_close (staff_id, closed_at)",
    # A receipt: a number of its book and year, given once. Void or refunded it stays; `total_fen`
    # of a refund is below zero. Of an invoice only number, day and state (发票管理办法 18-23).
    f"""CREATE TABLE payment (
        id INTEGER NOT NULL PRIMARY KEY,
        number TEXT NOT NULL UNIQUE,
        book TEXT NOT NULL CHECK (book <> ''),
        year INTEGER NOT NULL CHECK (year BETWEEN 2000 AND 9999),
        sequence INTEGER NOT NULL CHECK (sequence > 0),
        kind TEXT NOT NULL CHECK (kind IN ('receipt', 'refund')),
        refund_of_id INTEGER REFERENCES payment (id) ON DELETE RESTRICT,
        unit_id {_UNIT},
        person_id {_PERSON_OR_NONE},
        payer TEXT NOT NULL,
        at TEXT NOT NULL CHECK (at {_TIME}),
        entered_at TEXT NOT NULL CHECK (entered_at {_TIME}),
        staff_id {_STAFF},
        total_fen INTEGER NOT NULL CHECK (total_fen BETWEEN -100000000000 AND 100000000000),
        tendered_fen INTEGER NOT NULL {_FEN.format("tendered_fen")},
        note TEXT NOT NULL,
        external TEXT UNIQUE,
        import_id INTEGER REFERENCES import (id) ON DELETE RESTRICT,
        close_id INTEGER REFERENCES till_close (id) ON DELETE RESTRICT,
        prints INTEGER NOT NULL CHECK (prints >= 0),
        invoice_number TEXT NOT NULL,
        invoice_on TEXT CHECK (invoice_on {_DAY}),
        invoice_state TEXT NOT NULL CHECK (invoice_state IN ('', 'issued', 'red', 'void')),
        voided_at TEXT CHECK (voided_at {_TIME}),
        voided_staff_id {_STAFF_OR_NONE},
        void_reason TEXT NOT NULL,
        approved_staff_id {_STAFF_OR_NONE},
        version INTEGER NOT NULL,
        UNIQUE (book, year, sequence),
        CHECK ((kind = 'refund') = (total_fen < 0) OR total_fen = 0),
        CHECK ((voided_at IS NULL) = (void_reason = ''))
    ) STRICT""",
    "CREATE INDEX payment_unit ON payment (unit_id, at)",
    "CREATE INDEX payment_at ON payment (at)",
    "CREATE INDEX payment_open ON payment (staff_id, at) WHERE close_id IS NULL",
    "CREATE INDEX payment_close ON payment (close_id) WHERE close_id IS NOT NULL",
    "CREATE INDEX payment_import ON payment (import_id) WHERE import_id IS NOT NULL",
    # How a payment came in; what is taken from the prepaid account is a line of the ledger only.
    """CREATE TABLE payment_means (
        payment_id INTEGER NOT NULL REFERENCES payment (id) ON DELETE RESTRICT,
        means TEXT NOT NULL CHECK (means IN
            ('cash', 'transfer', 'wechat', 'alipay', 'pos', 'cheque', 'other')),
        amount_fen INTEGER NOT NULL CHECK (amount_fen <> 0),
        reference TEXT NOT NULL,
        PRIMARY KEY (payment_id, means)
    ) STRICT, WITHOUT ROWID""",
    # Each move of money, by double entry: debit above zero, credit below, and the lines of one act
    # (`act_no`) add up to zero. What comes into `money` settles bills or stands on a prepaid
    # account or as a deposit, so these have credits: their balances are the negated sums.
    f"""CREATE TABLE ledger_line (
        id INTEGER NOT NULL PRIMARY KEY,
        act_no INTEGER NOT NULL,
        act TEXT NOT NULL CHECK (act IN ('payment', 'void', 'refund', 'prepaid-use',
            'prepaid-undo', 'waiver', 'waiver-undo', 'deposit-kept', 'opening', 'opening-undo')),
        account TEXT NOT NULL CHECK (account IN
            ('money', 'bill', 'prepaid', 'deposit', 'waived', 'income', 'opening')),
        unit_id {_UNIT},
        bill_id INTEGER REFERENCES bill (id) ON DELETE RESTRICT,
        deposit_id INTEGER REFERENCES deposit (id) ON DELETE RESTRICT,
        payment_id INTEGER REFERENCES payment (id) ON DELETE RESTRICT,
        fee_item_id {_ITEM_OR_NONE},
        amount_fen INTEGER NOT NULL CHECK (amount_fen <> 0),
        on_day TEXT NOT NULL CHECK (on_day {_DAY}),
        entered_at TEXT NOT NULL CHECK (entered_at {_TIME}),
        staff_id {_STAFF},
        reason TEXT NOT NULL,
        CHECK ((account = 'bill') = (bill_id IS NOT NULL)),
        CHECK ((account = 'deposit') = (deposit_id IS NOT NULL))
    ) STRICT""",
    "CREATE INDEX ledger_line_bill ON ledger_line (bill_id) WHERE bill_id IS NOT NULL",
    "CREATE INDEX ledger_line_payment ON ledger_line (payment_id) WHERE payment_id IS NOT NULL",
    "CREATE INDEX ledger_line_deposit ON ledger_line (deposit_id) WHERE deposit_id IS NOT NULL",
    """CREATE INDEX ledger_line_prepaid ON ledger_line (unit_id, amount_fen)
        WHERE account = 'prepaid'""",
    "CREATE INDEX ledger_line_day ON ledger_line (on_day, account)",
    "CREATE INDEX ledger_line_act ON ledger_line (act_no)",
    "CREATE INDEX ledger_line_waived ON ledger_line (act_no) WHERE account = 'waived'",
    """CREATE TRIGGER ledger_line_no_update BEFORE UPDATE ON ledger_line
        BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END""",
    """CREATE TRIGGER ledger_line_no_delete BEFORE DELETE ON ledger_line
        BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END""",
    """CREATE TRIGGER payment_no_delete BEFORE DELETE ON payment
        BEGIN SELECT RAISE(ABORT, 'a receipt is never removed'); END""",
    # A number of a law or of practice, as the office changed it; what it never touched is the
    # program's own table (domain/fee_rules).
    f"""CREATE TABLE fee_rule (
        id INTEGER NOT NULL PRIMARY KEY,
        code TEXT NOT NULL CHECK (code <> ''),
        value TEXT NOT NULL,
        place TEXT NOT NULL,
        source TEXT NOT NULL,
        from_on TEXT NOT NULL CHECK (from_on {_DAY}),
        is_verified INTEGER NOT NULL {_BOOL.format("is_verified")},
        entered_at TEXT NOT NULL CHECK (entered_at {_TIME}),
        staff_id {_STAFF},
        voided_at TEXT CHECK (voided_at {_TIME})
    ) STRICT""",
    "CREATE INDEX fee_rule_code ON fee_rule (code, from_on) WHERE voided_at IS NULL",
)


def upgrade(migrator: SqliteMigrator) -> None:
    """Widen the imports' kinds and create the tables of charging and of the till."""
    run = migrator.database.execute_sql
    columns = ", ".join(row[1] for row in run("PRAGMA table_info(import)").fetchall())
    run(_IMPORT)
    run(f"INSERT INTO import_new ({columns}) SELECT {columns} FROM import")  # noqa: S608
    run("DROP TABLE import")
    run("ALTER TABLE import_new RENAME TO import")
    for statement in STATEMENTS:
        run(statement)
