"""`propdesk fees arrears|case|promise|plan|late-fee|waive|limitation|collection`, papers."""

import pytest

from propdesk.services import offices
from propdesk.services.queries.staff import first_desk
from propdesk.services.queries.units import find_unit
from propdesk.storage.charging import BillRecord, FeeItemRecord, TariffRecord


@pytest.fixture
def owing(run, residents_file, data):
    """An office in which 3-2-501 owes a bill of last month; returns the bill's id."""
    from datetime import timedelta

    from propdesk import clock

    run("import", "residents", residents_file)
    now = clock.now()
    office = offices.open_office(data, now=now)
    try:
        by = first_desk().id
        item = FeeItemRecord.create(
            code="service", name="物业服务费", formula="area", income="service", charges="all",
            unit_kinds=[], line_months=1, billed_months=1, due_month=0, due_day=31,
            partial="whole", rounding="fen-half-up", position=99, is_active=True,
        ) if not FeeItemRecord.get_or_none(FeeItemRecord.code == "service") else (
            FeeItemRecord.get(FeeItemRecord.code == "service")
        )  # fmt: skip
        tariff = TariffRecord.create(
            fee_item=item.id, from_on=now.date(), price_e4=1, late_rate_e6=500,
            late_clause="第八条", entered_at=now.replace(tzinfo=None), staff=by,
        )  # fmt: skip
        due_on = now.date() - timedelta(days=20)
        return BillRecord.create(
            unit=find_unit("3-2-501").id, fee_item=item.id, kind="charge", from_on=due_on,
            until_on=due_on, due_on=due_on, amount_fen=100_000, tariff=tariff.id,
            entered_at=now.replace(tzinfo=None, microsecond=0), staff=by,
        ).id  # fmt: skip
    finally:
        offices.close_office(office)


@pytest.fixture
def boss(run, owing):
    assert run("staff", "add", "周经理", "--role", "manager").code == 0
    return "周经理"


def test_arrears_by_house_building_and_item(run, owing):
    found = run("fees", "arrears", "--json").json
    assert [row["unit"] for row in found["houses"]] == ["3-2-501"]
    assert found["houses"][0]["ages"]["1-30"] == 100_000
    assert found["counts"]["all"] == found["counts"]["notify"] == 1
    sums = run("fees", "arrears", "--per", "building", "--json").json["sums"]
    assert sums["total_fen"] == 100_000
    assert run("fees", "arrears", "--per", "item", "--json").json["rows"][0]["houses"] == 1
    assert "1,000.00" in run("fees", "arrears").out
    assert run("fees", "arrears", "--group", "held", "--json").json["houses"] == []
    assert run("fees", "arrears", "--group", "nothing").code == 1


def test_a_case_is_changed_word_by_word(run, owing):
    assert run("fees", "case", "3-2-501", "--reason", "vacant").code == 0
    held = run("fees", "case", "3-2-501", "--hold", "2099-01-01", "--hold-reason", "等", "--json")
    assert (held.json["reason"], held.json["held_until"]) == ("vacant", "2099-01-01")
    assert run("fees", "case", "3-2-501", "--hold", "2000-01-01", "--hold-reason", "x").code == 1
    freed = run("fees", "case", "3-2-501", "--release", "--legal", "lawyer", "--json").json
    assert (freed["held"], freed["legal"]) == (False, "lawyer")
    assert (
        run("fees", "case", "3-2-501", "--legal", "-", "--note", "电话", "--json").json["notes"][0][
            "text"
        ]
        == "电话"
    )


def test_promises_and_plans(run, owing, tmp_path):
    promise = run("fees", "promise", "3-2-501", "--amount", "300", "--on", "2099-12-01", "--json")
    assert promise.code == 0, promise.out
    number = promise.json["number"]
    assert promise.json["state"] == "running"
    bad = ("--part", "2099-12-01=300", "--part", "2099-12-31=300", "--total", "700")
    assert run("fees", "plan", "3-2-501", *bad).code == 1
    assert run("fees", "plan", "3-2-501", "--part", "300", "--total", "300").code == 1
    assert run("fees", "end-plan", number, "--outcome", "withdrawn", "--reason", "改").code == 0
    good = ("--part", "2099-12-01=300", "--part", "2099-12-31=400", "--total", "700")
    plan = run("fees", "plan", "3-2-501", *good, "--way", "written", "--json").json
    assert [part["amount_fen"] for part in plan["parts"]] == [30_000, 40_000]
    assert len(run("fees", "plans", "3-2-501", "--json").json) == 2
    assert run("fees", "plans", "--json").json == []
    file = tmp_path / "分期.pdf"
    assert run("print", "instalments", plan["number"], "-o", file).code == 0
    assert file.read_bytes().startswith(b"%PDF")


def test_penalties_and_waivers(run, owing, boss):
    shown = run("fees", "late-fee", "3-2-501", "--json").json
    # 1,000.00 x 0.0005 x 20 days = 10.00
    assert shown["bills"][0]["to_charge_fen"] == 1_000
    assert shown["bills"][0]["yearly"] == "18.25 %"
    assert shown["bills"][0]["warnings"]
    (late,) = run("fees", "late-fee", "3-2-501", "--charge", "--json").json
    assert (late["kind"], late["amount_fen"]) == ("late-fee", 1_000)
    assert run("fees", "late-fee", "3-2-501", "--charge").code == 1
    assert run("fees", "waive", late["id"], "--reason", "首次").code == 1
    waived = run("fees", "waive", late["id"], "--reason", "首次", "--by", boss, "--json").json
    assert waived["open_fen"] == 0
    back = ("--take-back", "--reason", "误", "--by", boss, "--json")
    assert run("fees", "waive", late["id"], *back).json["open_fen"] == 1_000


def test_limitation_and_collection(run, owing, tmp_path):
    assert run("fees", "limitation", "--json").json == []
    (row,) = run("fees", "limitation", "--days", "1200", "--json").json
    assert (row["unit"], row["open_fen"], row["bills"][0]["weak"]) == ("3-2-501", 100_000, 0)
    day = row["bills"][0]["due"]
    found = run("fees", "collection", "--period", day[:7], "--json").json
    assert (found["total"]["billed_fen"], found["total"]["rate"]) == (100_000, 0)
    for words in (["ageing"], ["limitation"], ["collection", "--period", day[:7]]):
        file = tmp_path / f"{words[0]}.pdf"
        assert run("print", *words, "-o", file).code == 0
        assert file.stat().st_size > 1_000
