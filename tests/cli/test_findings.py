"""Findings, their tickets, notices and faults of things by words alone (idea 10, R70)."""

from datetime import timedelta

import pytest

from propdesk import clock
from propdesk.domain.assets import AssetDraft, AssetKind, PointDraft
from propdesk.domain.check_items import CheckItem, InspectionKind, ItemKind, Verdict
from propdesk.domain.check_templates import TemplateDraft
from propdesk.domain.inspection_plans import PlanDraft, Stop
from propdesk.domain.inspection_results import Answer, Walk
from propdesk.services import assets, check_templates, inspection_plans, offices
from propdesk.services.inspection_results import enter_results
from propdesk.services.inspection_sheets import make_sheets
from propdesk.services.queries.staff import first_desk


@pytest.fixture
def found(run, data) -> str:
    """A pump whose round found two items wrong; the number of the sheet."""
    run("units", "add", "3-2-501", "--community", "云澜花园", "--area", "89.56")
    now = clock.now()
    office = offices.open_office(data, now=now, write=True)
    by = first_desk().id
    pump = assets.add_asset(AssetDraft("生活泵", AssetKind.WATER), by=by, now=now)
    point = assets.add_point(PointDraft("泵房", asset_id=pump.id), by=by)
    items = (CheckItem("", ItemKind.TICK, "异响"), CheckItem("", ItemKind.TICK, "渗漏"))
    template = check_templates.add_template(
        TemplateDraft("泵房", InspectionKind.EQUIPMENT, items), by=by, now=now
    )
    plan = inspection_plans.add_plan(
        PlanDraft("泵房日检", InspectionKind.EQUIPMENT, "FREQ=DAILY", now.date(),
                  stops=(Stop(point.id, template.id),), before_days=1),
        by=by, now=now,
    )  # fmt: skip
    (sheet,) = make_sheets(plan.id, now.date(), by=by, now=now)
    one = sheet.rounds[0].round_id
    answers = [Answer(one, 1, item.id, verdict=Verdict.ABNORMAL) for item in sheet.places[0].items]
    walk = Walk("李国强", None, now.replace(tzinfo=None) - timedelta(minutes=5))
    enter_results(sheet.number, answers, {one: walk}, by=by, now=now)
    offices.close_office(office)
    return sheet.number


def test_findings_tickets_notices_and_faults_by_words_alone(run, found) -> None:
    leak, noise = run("inspections", "findings", "--open", "--json").json
    assert (leak["text"], leak["point"], leak["sheet"]) == ("渗漏", "P-01 泵房", found)
    assert run("inspections", "findings", "--improvement").out == "No finding.\n"
    ticket = run("inspections", "finding-ticket", leak["id"]).out.strip()
    assert run("tickets", "show", ticket, "--json").json["channel"] == "patrol"
    again = run("inspections", "finding-ticket", leak["id"])
    assert ticket in again.err
    closed = run(
        "inspections", "finding-close", noise["id"], "--as", "dropped", "--note", "误记", "--json"
    )
    assert closed.json["state"] == "dropped"

    refused = run("inspections", "notice", "write", "--finding", leak["id"], "--to", "工程部")
    assert refused.err == "The finding is settled already.\n"
    made = run(
        "inspections", "notice", "write", "--to", "工程部", "--problem", "地面积水",
        "--house", "3-2-501", "--json",
    ).json  # fmt: skip
    number = made["number"]
    received = run("inspections", "notice", "receive", number, "--receiver", "王工", "--json").json
    assert received["receiver"] == "王工"
    late = run("inspections", "notice", "recheck", number, "--result", "partly")
    assert "new deadline" in late.err
    done = run("inspections", "notice", "recheck", number, "--result", "rectified", "--json").json
    assert done["recheck"] == "rectified"
    assert run("inspections", "notice", "list", "--open").out == "No notice.\n"
    run("inspections", "notice", "void", number, "--reason", "发错")
    assert run("inspections", "notice", "list", "--json").json[0]["void"]

    (pump,) = run("inspections", "faults", "--json").json
    assert (pump["name"], pump["faults"], pump["tickets"]) == ("生活泵", 1, 1)
    assert run("inspections", "faults", "--month", "2001-01", "--json").json == []
