"""The ledger, its points, companies and days by words alone."""

from datetime import timedelta

import pytest

from propdesk import clock
from propdesk.domain.units import Address
from propdesk.services import offices, units
from propdesk.services.queries.staff import first_desk

NOW = clock.now()


@pytest.fixture
def office(data):
    """An office with one building."""
    opened = offices.open_office(data, now=NOW)
    units.add_unit(Address("3", "2", "501"), community="云澜花园", by=first_desk().id)
    offices.close_office(opened)


def ok(answer):
    assert answer.code == 0, answer.err
    return answer


def test_a_thing_its_point_and_its_company_by_words(run, office, tmp_path):
    soon = (NOW.date() + timedelta(days=20)).isoformat()
    ok(run("inspections", "vendor", "add", "江宁电梯", "--emergency-phone", "025-110"))
    page = tmp_path / "合同.pdf"
    page.write_bytes(b"%PDF-1.4\n%%EOF\n")
    contract = ok(run(
        "inspections", "vendor", "contract", "江宁电梯", "--kind", "lift", "--subject", "维保",
        "--from", "2025-01-01", "--to", soon, "--file", page, "--json",
    )).json  # fmt: skip
    assert contract["until_on"] == soon
    lift = ok(run(
        "inspections", "asset", "add", "1# 客梯", "--kind", "lift", "--building", "3",
        "--vendor", "江宁电梯", "--installed-on", "2020-03-01", "--json",
    )).json  # fmt: skip
    assert (lift["code"], lift["where"], lift["vendor"]) == ("SB001", "3栋", "江宁电梯")
    ok(run("inspections", "point", "add", "机房", "--building", "3", "--asset", "sb001"))
    changed = ok(run(
        "inspections", "asset", "change", "SB001", "--licence-until", soon, "--state", "stopped",
        "--state-on", "2020-05-01", "--json",
    )).json  # fmt: skip
    assert (changed["state"], changed["installed_on"]) == ("stopped", "2020-03-01")
    (listed,) = ok(run("inspections", "asset", "list", "--json")).json
    assert (listed["next"]["kind"], listed["points"]) == ("reuse", ["P-01"])
    dates = ok(run("inspections", "dates", "--days", "30", "--json")).json
    assert [one["kind"] for one in dates] == ["reuse", "licence", "contract"]
    assert "20 days left" in run("inspections", "dates").out
    assert "江宁电梯" in run("inspections", "vendor", "list").out
    refused = run("inspections", "asset", "void", "SB001")
    assert (refused.code != 0, "Points, plans or tickets" in refused.err) == (True, True)
    ok(run("inspections", "point", "end", "P-01"))
    assert run("inspections", "asset", "faults", "--json").json == []


def test_import_assets_with_error_rows_and_undo(run, office, tmp_path):
    file = tmp_path / "ledger.csv"
    file.write_text("名称,楼栋,维保单位\n1# 客梯,3栋,江宁电梯\n路灯,99,\n", "utf-8")
    errors = tmp_path / "errors.xlsx"
    made = ok(run("import", "assets", file, "--errors", errors, "--json")).json
    assert (made["added"], made["rejected"], made["vendors"]) == (1, 1, 1)
    assert errors.exists()
    undone = ok(run("import", "undo", made["import"], "--json")).json
    assert (undone["assets"], undone["left"]) == (1, [])
    assert ok(run("inspections", "vendor", "list", "--json")).json == []
