"""Bill runs, bills and shared costs by words alone."""

import subprocess
import sys

import pytest

from propdesk.services import offices
from propdesk.storage.database import database


@pytest.fixture
def charging(run, data, residents_file):
    """An office with three houses and the service fee at 2.35 yuan for a m² and month."""
    run("import", "residents", residents_file)
    office = offices.open_office(data, now=_now())
    try:
        with database.atomic():
            database.execute_sql("UPDATE unit SET area_dm2 = 8956")
            database.execute_sql("UPDATE residency SET from_on = NULL")
            for code, name, formula, income in (
                ("wy", "物业费", "area", "service"),
                ("share", "公摊电费", "shared", "collected"),
                ("card", "门禁卡", "one-off", "other"),
            ):
                charges = "chosen" if formula == "one-off" else "all"
                database.execute_sql(
                    "INSERT INTO fee_item (code, name, formula, income, charges, unit_kinds, "
                    "meter_kind, line_months, billed_months, due_month, due_day, partial, "
                    "rounding, position, is_active, note, version) VALUES (?, ?, ?, ?, ?, '[]', "
                    "'', 1, 1, 0, 31, 'by-day', 'fen-half-up', 1, 1, '', 1)",
                    (code, name, formula, income, charges),
                )
            database.execute_sql(
                "INSERT INTO tariff (fee_item_id, from_on, price_e4, tiers, share_by, "
                "floor_factors, vacancy_after_months, basis_note, cap_source, late_rate_e6, "
                "late_clause, late_grace_days, note, entered_at, staff_id, void_reason) VALUES "
                "(1, '2020-01-01', 23500, '[]', '', '[]', 0, '合同第 12 条', '', 0, '', 0, '', "
                "'2026-01-01T00:00:00', 1, '')"
            )
    finally:
        offices.close_office(office)
    return run("units", "list", "--json").json


def _now():
    from datetime import UTC, datetime

    return datetime(2026, 11, 21, 9, 30, tzinfo=UTC)


def test_a_month_is_shown_posted_and_undone(run, charging, tmp_path):
    shown = run("fees", "run", "--period", "2026-11", "--dry-run", "--json").json
    # 89.56 m² x 2.35 = 210.466, so 210.47 for each of the three houses: 631.41.
    assert (shown["run"], shown["bills"], shown["total_fen"]) == (None, 3, 63141)
    assert run("fees", "runs", "--json").json == []
    posted = run("fees", "run", "--period", "2026-11", "--json").json
    number = posted["run"]["number"]
    assert posted["run"]["items"] == ["wy"]
    assert run("fees", "run", "--period", "2026-11", "--json").json["unchanged"] == 3
    bills = run("fees", "bills", charging[0]["unit"], "--json").json
    assert [(bill["item"], bill["amount_fen"], bill["run"]) for bill in bills] == [
        ("wy", 21047, number)
    ]
    explained = run("fees", "bill", "explain", bills[0]["id"])
    assert "89.56 m²" in explained.out
    assert "合同第 12 条" in explained.out
    assert number in explained.out
    paper = run("print", "bill", bills[0]["id"], "-o", tmp_path / "bill.pdf", "--json").json
    assert paper["pages"] == 1
    undone = run("fees", "undo-run", number, "--reason", "价格有误", "--json").json
    assert undone["undone_reason"] == "价格有误"
    assert run("fees", "bills", charging[0]["unit"], "--open", "--json").json == []


def test_the_run_says_in_words_what_it_did(run, charging):
    told = run("fees", "run", "--period", "2026-Q4", "--items", "wy").out
    assert "9 bills, 1,894.23 yuan; 0 billed before" in told
    assert "fees undo-run" in told
    assert "nothing new to bill" in run("fees", "run", "--period", "2026-Q4").out


def test_law_1_2_a_year_that_was_mistyped_is_noticed(run, charging):
    for words in (("--dry-run",), ()):
        assert (
            "2036-11-30, more than 12 months"
            in run("fees", "run", "--period", "2036-11", *words).out
        )
    told = run("fees", "run", "--period", "2026-11", "--dry-run", "--json").json["warning"]
    assert told is None


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("--period", "2026-13"),
        ("--period", "20261"),
        ("--from", "2026-11-01"),
        ("--period", "2026-11", "--from", "2026-11-01", "--until", "2026-11-02"),
        ("--period", "2026-11", "--items", "gas"),
        ("--period", "2026-11", "--building", "77"),
        ("--from", "2026-11-30", "--until", "2026-11-01"),
    ],
)
def test_f46_a_period_item_or_place_that_is_none_is_refused(run, charging, words):
    refused = run("fees", "run", *words)
    assert (refused.code, refused.out) == (1, "")
    assert run("fees", "runs", "--json").json == []


def test_a_bill_by_hand_is_written_and_voided(run, charging):
    unit = charging[0]["unit"]
    bill = run("fees", "bill", "add", unit, "--item", "card", "--amount", "20", "--note",
               "补卡", "--due", "2026-12-01", "--json").json  # fmt: skip
    assert (bill["amount_fen"], bill["due"], bill["kind"]) == (2000, "2026-12-01", "other")
    assert run("fees", "bill", "add", unit, "--item", "card", "--amount", "-5", "--note",
               "补卡").code == 1  # fmt: skip
    gone = run("fees", "bill", "void", bill["id"], "--reason", "登记错房号", "--json").json
    assert gone["void_reason"] == "登记错房号"
    assert run("fees", "bill", "void", bill["id"], "--reason", "再").code == 1


def test_r98_a_shared_cost_is_entered_billed_and_explained(run, charging):
    cost = run("fees", "shared", "add", "--item", "share", "--period", "2026-11", "--total",
               "100.00", "--document", "电费单 7", "--json").json  # fmt: skip
    assert (cost["total_fen"], cost["share_by"]) == (10000, "area")
    posted = run("fees", "run", "--period", "2026-11", "--items", "share", "--json").json
    assert posted["total_fen"] == 10000
    assert run("fees", "shared", "void", cost["id"]).code == 1
    assert [one["bills"] for one in run("fees", "shared", "list", "--json").json] == [3]
    bill = run("fees", "bills", charging[0]["unit"], "--json").json[0]
    words = run("fees", "bill", "explain", bill["id"], "--json").json
    assert words["document"] == "电费单 7"
    assert "268.68" in words["words"][0]


KILLED = """
import os, sys
from propdesk.services import bill_runs
bill_runs.settle_from_prepaid = lambda *given, **named: os._exit(9)
from propdesk.cli.main import main
main(sys.argv[1:])
"""


def test_a_run_that_is_killed_after_its_bills_were_written_leaves_nothing(run, charging, data):
    words = ["--data", str(data), "fees", "run", "--period", "2026-11"]
    killed = subprocess.run([sys.executable, "-c", KILLED, *words], timeout=60, check=False)
    assert killed.returncode == 9
    assert run("fees", "runs", "--json").json == []
    assert run("fees", "bills", charging[0]["unit"], "--json").json == []
    assert run("fees", "run", "--period", "2026-11", "--json").json["bills"] == 3
