"""Arrears at 1.8 million bill lines (5,000 houses x 3 items x 120 months) against a bare query."""

import random
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from propdesk.domain.months import Month
from propdesk.services import offices
from propdesk.services.queries.arrears import (
    ArrearsFilter,
    list_ages_by_building,
    list_ages_by_house,
    list_arrears,
)
from propdesk.services.queries.limitation import near_bills
from propdesk.storage.charging import FeeItemRecord
from propdesk.storage.database import database, rows
from propdesk.storage.migrations import runner

GROSS = 2
UNITS, MONTHS, ITEMS = 5_000, 120, 3
_COLUMNS = (
    "unit_id, fee_item_id, kind, from_on, until_on, due_on, amount_fen, settled_fen, person_id, "
    "external, working, note, entered_at, staff_id, void_reason"
)
_VALUES = "?, ?, 'charge', ?, ?, ?, 21700, ?, ?, '', '{}', '', ?, 1, ''"


@pytest.fixture(scope="module")
def billed(kept_office) -> Path:
    """The office of the benches with ten years of bills, made now or in an earlier run."""
    folder = kept_office(1_000)
    kept = folder.with_name(f"bills-data-{runner.VERSION}")
    if not (kept / "done").exists():
        import shutil

        shutil.rmtree(kept, ignore_errors=True)
        shutil.copytree(folder, kept)
        (kept / "done").unlink(missing_ok=True)
        now = datetime(2026, 11, 21, 9, 30).astimezone()
        office = offices.open_office(kept, now=now)
        try:
            with database.atomic():
                for number in range(ITEMS):
                    FeeItemRecord.create(
                        id=1001 + number, code=f"bench-{number}", name=f"项目{number}",
                        formula="area", income="service", charges="all", line_months=1,
                        billed_months=1, due_month=0, due_day=20, partial="whole",
                        rounding="fen-half-up", position=number,
                    )  # fmt: skip
                for batch in _bills(random.Random(3)):
                    database.cursor().executemany(
                        f"INSERT INTO bill ({_COLUMNS}) VALUES ({_VALUES})", batch
                    )
        finally:
            offices.close_office(office)
        (kept / "done").touch()
    return kept


def _bills(chance: random.Random) -> Iterator[list[tuple[object, ...]]]:
    """Yield a month's bills; 600 houses have paid ill for years, most owe of the last one."""
    bad = set(chance.sample(range(1, UNITS + 1), 600))
    first = Month(2016, 12)
    for number in range(MONTHS):
        month = first.shifted(number)
        start = month.start.date()
        days = (str(start), str(month.last_day), str(start.replace(day=20)))
        batch = []
        for unit in range(1, UNITS + 1):
            for item in range(ITEMS):
                if unit in bad:
                    paid = chance.random() < (0.9 if number < 80 else 0.3)
                else:
                    paid = number < MONTHS - 10 or chance.random() < 0.95
                batch.append((unit, 1001 + item, *days, 21700 * paid, unit, "2026-11-01T00:00:00"))
        yield batch


def test_arrears_at_ten_years_of_bills(billed, told, together, floors, now):
    today = date(2026, 11, 21)
    office = offices.open_office(billed, now=now, write=False, check=False)
    try:
        assert rows("SELECT count(*) FROM bill") == [(UNITS * MONTHS * ITEMS,)]
        for name, ours, wanted in (
            ("arrears by house with ageing", lambda: list_ages_by_house(today), 3),
            ("arrears by building with ageing", lambda: list_ages_by_building(today), 3),
            ("limitation radar, 180 days", lambda: near_bills(today, 180), 3),
            ("first page of arrears, all columns",
             lambda: list_arrears(ArrearsFilter(), today=today), 12),
        ):  # fmt: skip
            ours()
            mine, least = together(ours, lambda: floors.arrears(office.data_file), 11)
            told(name, mine, least, wanted)
            assert mine / least < wanted * GROSS, f"{name}: {mine / least:.2f} times the floor"
    finally:
        offices.close_office(office)
