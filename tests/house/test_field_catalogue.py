"""Nobody adds a column about people without saying in the catalogue what it is kept for (PIPL 17).

Each text column and each day of the data file is named by a field of the catalogue, or stands here
with the reason why it is nobody's personal data.
"""

import re
from datetime import UTC, datetime

import pytest

from propdesk.domain.field_catalogue import FIELDS
from propdesk.services import offices
from propdesk.storage.database import rows

# Tables that hold nothing about residents.
OFFICE_TABLES = {
    "asset": "equipment",
    "building": "places",
    "calendar_day": "working days",
    "charge_line": "work and material of a ticket, no person",
    "check_item": "what is looked at",
    "check_template": "what is looked at",
    "clock_rule": "limits",
    "community": "places",
    "department": "departments",
    "entrance": "places",
    "fee_basis": "contracts of the estate",
    "fee_item": "what is charged",
    "fee_rule": "numbers of laws",
    "fee_template": "words of letters",
    "inspection_plan": "rounds, no resident",
    "inspection_point": "places",
    "inspection_round": "rounds; walkers are staff",
    "inspection_sheet": "papers of rounds; walkers are staff",
    "notice": "what hangs at the door; addressed to all",
    "number_series": "numbers",
    "office": "the data file's own mark",
    "phrase": "the office's phrases",
    "point_limit": "limits",
    "price_item": "prices",
    "segment": "names of segments and their guides, no person",
    "setting": "choices of the office",
    "shared_cost": "costs of a building and how they are shared",
    "survey": "questions",
    "tariff": "prices",
    "template_version": "versions",
    "upgrade": "programs",
    "vendor": "companies and whom to call there",
    "vendor_contract": "contracts of the office",
}
# What the engine makes itself; `ticket_words` is the text index of tickets and contacts.
ENGINE_TABLES = ("sqlite_", "ticket_words")
CODES = "a code of the program's, which says nothing without the fields beside it"
NOT_PERSONAL = {
    "arrears_note": {"kind": CODES},
    "attachment": {"suffix": CODES, "topic": CODES},
    "bill": {"kind": CODES},
    "bill_run": dict.fromkeys(("number", "items", "note", "undone_reason"), "a run, no house"),
    "contact": {"counterparty": CODES, "way": CODES, "stage": CODES, "type": CODES},
    "contact_change": {"kind": CODES},
    "desk_key": {"kind": CODES},
    "deposit": {"kind": CODES},
    "dunning_act": {"way": CODES, "result": CODES, "medium": CODES},
    "finding": {"key": CODES, "state": CODES},
    "fee_letter": {
        "state": CODES, "pay_by": "a day", "rules": "versions of rules", "content_sha256": CODES,
        "pdf_sha256": CODES,
    },
    "limitation_suspension": {"obstacle": CODES},
    "hand_over": {"shift": CODES},
    "import": {"kind": CODES},
    "import_change": {"record": CODES},
    "letter": {"number": CODES, "checked_by": "a staff member's name, as in `staff`"},
    "inspection_result": {"verdict": CODES, "reason": "why a reading was corrected"},
    "rectification": {"number": CODES, "recheck": CODES},
    "sheet_line": {"limits": "limits of readings"},
    "ledger_line": {"act": CODES, "account": CODES},
    "letter_batch": {"pdf_sha256": CODES},
    "meeting": {"number": CODES, "kind": CODES, "title": "a meeting's title"},
    "meter": {"kind": CODES},
    "meter_reading": {"kind": CODES},
    "paper": {"kind": CODES},
    "payment": dict.fromkeys(("number", "book", "kind", "invoice_state"), CODES),
    "payment_means": {"means": CODES},
    "payment_plan": {"kind": CODES, "way": CODES, "outcome": CODES},
    "publication": dict.fromkeys(
        ("number", "kind", "title", "content", "place", "pdf_sha256"),
        "hangs at the door; names masked, off by default",
    ),
    "ticket": dict.fromkeys(
        ("number", "series_kind", "series_month", "kind", "class_code", "status", "channel",
         "urgency", "reporter_kind", "satisfaction", "next_clock", "severity", "validity",
         "cause_kind", "violation", "payment", "archive_number"), CODES,
    ),
    "ticket_event": dict.fromkeys(
        ("kind", "status", "ticket_kind", "reporter_kind", "satisfaction"), CODES
    ),
    "till_close": dict.fromkeys(
        ("number", "sums", "first_number", "last_number", "difference_reason", "note"),
        "the office's own till",
    ),
    "unit_change": {"field": CODES},
    "unit_fee": {"kind": CODES},
}  # fmt: skip
# Times and days stand beside what they tell the time of.
TIMES = re.compile("at|since|on_day|.*_(at|on|until)")


@pytest.fixture
def columns(tmp_path):
    now = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
    office = offices.open_office(tmp_path / "office", now=now)
    found = {
        (table, column[1]): column[2]
        for (table,) in rows("SELECT name FROM sqlite_schema WHERE type = 'table'")
        for column in rows(f"PRAGMA table_info({table})")
        if not table.startswith(ENGINE_TABLES)
    }
    offices.close_office(office)
    return found


def test_each_text_column_is_in_the_catalogue_or_says_why_not(columns):
    named = {column for field in FIELDS for column in field.columns}
    unnamed = [
        f"{table}.{name}"
        for (table, name), kind in sorted(columns.items())
        if kind == "TEXT"
        and f"{table}.{name}" not in named
        and table not in OFFICE_TABLES
        and not TIMES.fullmatch(name)
        and name not in NOT_PERSONAL.get(table, {})
    ]
    assert unnamed == [], "name these in propdesk/domain/field_catalogue.py, or here with a reason"


def test_the_catalogue_and_the_list_name_columns_that_are_there(columns):
    there = {f"{table}.{name}" for table, name in columns}
    named = {column for field in FIELDS for column in field.columns}
    excepted = {f"{table}.{name}" for table, names in NOT_PERSONAL.items() for name in names}
    assert named | excepted <= there
    assert not named & excepted
    assert OFFICE_TABLES.keys() <= {table for table, _name in columns}
