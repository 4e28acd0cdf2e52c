"""Inspections after ten years: 500 plans and 550,000 results against 5,000, and a bare grid."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from propdesk.domain.findings import FindingGroup
from propdesk.domain.months import Month
from propdesk.services import offices
from propdesk.services.queries.findings import count_faults, list_findings
from propdesk.services.queries.rounds import count_days, list_due, list_due_on
from propdesk.storage.database import database, rows, stored_time
from propdesk.storage.migrations import runner
from ui.theme import Theme
from ui.widgets.month_grid import MonthGrid

GROSS_DUE, GROSS_GRID = 3, 2
PLANS, ITEMS = 500, 10
FEW, MANY = 5_000, 550_000
DUE_MS, MONTH_MS = 50, 100
MONTH = Month(2026, 11)
_RULES = (
    ["RRULE:FREQ=DAILY"] * 6
    + ["RRULE:FREQ=WEEKLY;BYDAY=MO", "RRULE:FREQ=MONTHLY;BYDAY=1MO"]
    + ["RRULE:FREQ=MONTHLY;BYMONTHDAY=20", "RRULE:FREQ=MONTHLY;INTERVAL=6"]
)
_PLAN = (
    "INSERT INTO inspection_plan (id, code, name, kind, shipped, scope, rule, starts_on, times, "
    "one_sheet, shift, anchor, before_days, tolerance_minutes, source, verified, note, made_until, "
    "entered_at, staff_id, version) VALUES (?, ?, ?, 'equipment', '', 'route', ?, '2016-12-01', "
    "'[]', 0, '', ?, 0, 0, '', 0, '', '2026-11-21', '2016-12-01T08:00:00', 1, 1)"
)
_ROUND = (
    "INSERT INTO inspection_round (id, plan_id, planned_on, planned_time, due_at, state, walker, "
    "done_at, items, filled, abnormal, note, cancel_reason, version) "
    "VALUES (?, ?, ?, '', ?, ?, '赵海生', ?, ?, ?, ?, '', '', 1)"
)
_RESULT = (
    "INSERT INTO inspection_result (id, round_id, position, item_id, point_id, verdict, "
    "value_milli, words, note, photos, performed_at, entered_at, staff_id, reason) "
    "VALUES (?, ?, 1, ?, 1, ?, 500, '', '', '', ?, ?, 1, '')"
)
_FINDING = (
    "INSERT INTO finding (round_id, result_id, point_id, asset_id, template_id, key, text, "
    "found_at, state, needs_improvement, note, staff_id, version) "
    "VALUES (?, ?, 1, 1, 1, '01', '出口压力', ?, 'rectified', 0, '', 1, 1)"
)


@pytest.fixture(scope="module")
def walked(kept_office):
    """Return the folder of an office with so many results, made now or in an earlier run."""

    def find(results: int) -> Path:
        folder = kept_office(1_000)
        kept = folder.with_name(f"rounds-{results}-data-{runner.VERSION}")
        if not (kept / "done").exists():
            import shutil

            shutil.rmtree(kept, ignore_errors=True)
            shutil.copytree(folder, kept)
            (kept / "done").unlink(missing_ok=True)
            office = offices.open_office(kept, now=datetime(2026, 11, 21, 9, 30).astimezone())
            try:
                with database.atomic():
                    _fill(results)
            finally:
                offices.close_office(office)
            (kept / "done").touch()
        return kept

    return find


def _fill(results: int) -> None:
    """Make the plans, ten years of their rounds, and today's, which are still to be walked."""
    for statement in (
        (
            "INSERT INTO asset (id, code, name, kind, maker, model, serial, place, licence_number, "
            "state, note, entered_at, staff_id, version) VALUES (1, 'GS-01', '水泵', 'water', '', "
            "'', '', '', '', 'in-use', '', '2016-12-01T08:00:00', 1, 1)"
        ),
        (
            "INSERT INTO inspection_point (id, code, name, floor, area, asset_id, version) "
            "VALUES (1, 'P-01', '水泵房', '', '', 1, 1)"
        ),
        (
            "INSERT INTO check_template (id, code, name, kind, shipped, version) "
            "VALUES (1, 'SB-01', '水泵房', 'equipment', '', 1)"
        ),
        (
            "INSERT INTO template_version (id, template_id, number, note, entered_at, staff_id) "
            "VALUES (1, 1, 1, '', '2016-12-01T08:00:00', 1)"
        ),
    ):
        database.execute_sql(statement)
    cursor = database.cursor()
    cursor.executemany(
        "INSERT INTO check_item (id, version_id, position, key, section, kind, name, standard, "
        "unit, digits, decimals, choices, in_order, photo, score, source, verified) VALUES "
        "(?, 1, ?, ?, '', 'number', '压力', '', 'MPa', 1, 2, '[]', 1, 0, 0, '', 0)",
        [(number, number, f"{number:02d}") for number in range(1, ITEMS + 1)],
    )
    anchors = {rule: "completed" if "INTERVAL=6" in rule else "calendar" for rule in _RULES}
    cursor.executemany(_PLAN, [
        (n, f"JH{n:03d}", f"计划 {n}", _RULES[n % 10], anchors[_RULES[n % 10]])
        for n in range(1, PLANS + 1)
    ])  # fmt: skip
    cursor.executemany(
        "INSERT INTO plan_line (plan_id, position, point_id, template_id) VALUES (?, ?, 1, 1)",
        [(plan, position) for plan in range(1, PLANS + 1) for position in range(1, 9)],
    )
    for batch in _rounds(random.Random(7), results // ITEMS):
        for statement, values in zip((_ROUND, _RESULT, _FINDING), batch, strict=True):
            cursor.executemany(statement, values)


def _rounds(chance: random.Random, count: int) -> Iterator[tuple[list[tuple[object, ...]], ...]]:
    """Yield rounds done over the years, 100 missed and 300 of today, with what they found."""
    round_id = result_id = 0
    per_day = max(1, count // 3650)
    for back in range(count // per_day, 0, -1):
        at = datetime(2026, 11, 21, 9, 0) - timedelta(back)
        day, moment = str(at.date()), stored_time(at)
        rounds, results, findings = [], [], []
        for plan in range(1, per_day + 1):
            round_id += 1
            abnormal = int(chance.random() < 0.05)
            rounds.append((round_id, plan, day, moment, "done", moment, ITEMS, ITEMS, abnormal))
            for item in range(1, ITEMS + 1):
                result_id += 1
                verdict = "abnormal" if abnormal and item == 1 else "normal"
                results.append((result_id, round_id, item, verdict, moment, moment))
                if verdict == "abnormal":
                    findings.append((round_id, result_id, moment))
        yield rounds, results, findings
    missed = [(plan, "2026-11-20") for plan in range(301, 401)]
    for plan, day in [*missed, *((plan, "2026-11-21") for plan in range(101, 401))]:
        round_id += 1
        yield [(round_id, plan, day, f"{day}T23:59:59", "planned", None, 0, 0, 0)], [], []


@pytest.fixture
def opened(walked, now):
    """Return a function that opens the office with so many results in place of the last one."""
    held = []

    def open_it(results: int) -> None:
        if held:
            offices.close_office(held.pop())
        held.append(offices.open_office(walked(results), now=now))

    yield open_it
    while held:
        offices.close_office(held.pop())


def test_due_rounds_after_ten_years(opened, now, timed, told):
    spent = {}
    for results in (FEW, MANY):
        opened(results)
        assert rows("SELECT count(*) FROM inspection_result")[0][0] >= 0.99 * results
        assert len([one for one in list_due(now) if one.id]) >= 400
        spent[results] = [
            timed(lambda: list_due(now), 15),
            timed(lambda: list_due_on(now.date(), now), 15),
            timed(lambda: list_findings(FindingGroup.OPEN), 15),
            timed(lambda: count_days(MONTH.start.date(), MONTH.last_day, now), 15),
        ]
        if results == MANY:
            faults = timed(lambda: count_faults(MONTH.start.date(), MONTH.last_day), 5)
    for name, few, many in zip(
        ("rounds due", "rounds of the page", "open findings", "month counted"),
        spent[FEW], spent[MANY], strict=True,
    ):  # fmt: skip
        told(f"{name}: 550,000 results and 5,000", many, few, GROSS_DUE)
        assert many < GROSS_DUE * max(few, 0.002)
    told("rounds due", spent[MANY][0], DUE_MS / 1e3, 1)
    told("month counted", spent[MANY][3], MONTH_MS / 1e3, 1)
    told("faults of a month", faults, MONTH_MS / 1e3, 1)
    assert spent[MANY][0] < DUE_MS / 1e3
    assert max(spent[MANY][3], faults) < MONTH_MS / 1e3


def test_the_month_grid_against_an_empty_one(opened, now, qapp, qtbot, together, told):
    """The drawing alone, which each key in the grid does; what is counted is measured above."""
    theme = Theme()
    theme.apply(qapp, "light")
    opened(MANY)
    grids = [MonthGrid(theme, "月历", "一 二 三 四 五 六 日", now.date()) for _ in range(2)]
    for grid in grids:
        qtbot.addWidget(grid)
        grid.resize(720, 480)
        with qtbot.waitExposed(grid):
            grid.show()
    grids[0].show_counts(count_days(MONTH.start.date(), MONTH.last_day, now), now.date())
    ours, empty = together(grids[0].grab, grids[1].grab, 41)
    told("the grid of a month, drawn", ours, empty, GROSS_GRID)
    assert ours < GROSS_GRID * empty
