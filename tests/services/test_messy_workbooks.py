"""Workbooks as offices hand them in: what must come of each stands beside it (decision 51)."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from propdesk.domain.errors import RuleError
from propdesk.domain.imports import ImportKind, Outcome
from propdesk.domain.persons import PersonDraft, ResidentRole
from propdesk.domain.settings import OfficeSettings
from propdesk.domain.units import require_address
from propdesk.i18n import set_language
from propdesk.services import residents, settings
from propdesk.services.importing import import_file, preview_import
from propdesk.services.imports import undo_import
from propdesk.services.queries.staff import first_desk
from propdesk.services.units import add_unit
from propdesk.storage.database import rows

FOLDER = Path(__file__).parents[1] / "data" / "sheets" / "messy"
CASES = sorted(path.name for path in FOLDER.glob("*.json"))
REGISTER = (
    "community", "building", "entrance", "unit", "person", "phone", "residency", "vehicle",
    "desk_key", "person_detail",
)  # fmt: skip


@pytest.fixture(autouse=True)
def _english():
    set_language("en")


@pytest.fixture
def case(request, office, now):
    """Return a case, its file, and the office as it must stand before."""
    said = json.loads((FOLDER / request.param).read_text("utf-8"))
    by = first_desk().id
    if said.get("switched_on"):
        kept = replace(OfficeSettings(), kept_fields=tuple(said["switched_on"]))
        settings.save_settings(kept, by=by)
    for house, owner in said.get("before", ()):
        address = require_address(house)
        unit = add_unit(address, community="云澜花园", by=by)
        if owner:
            draft = PersonDraft(owner)
            residents.add_resident(unit.id, draft, by=by, now=now)
    path = (FOLDER / said.get("file", request.param.removesuffix(".json"))).resolve()
    return said, path, by


def everything():
    return {table: sorted(rows(f"SELECT * FROM {table}"), key=repr) for table in REGISTER}


def facts():
    """Return the houses that an import made, in the words of the expected results."""
    return {
        row[1]: dict(
            zip(("area", "kind", "state", "usage", "layout", "contract", "delivered_on", "floor"),
                (None if row[2] is None else row[2] / 100, *row[3:]), strict=True)
        )
        for row in rows(
            "SELECT id, short, area_dm2, kind, state, usage, layout, contract, delivered_on, floor "
            "FROM unit WHERE import_id IS NOT NULL"
        )
    }  # fmt: skip


def stays(short):
    found = rows(
        "SELECT r.person_id, p.name, r.role, r.from_on, r.relation, r.share_part, r.share_whole, "
        "p.kind FROM residency r JOIN person p ON p.id = r.person_id "
        "JOIN unit u ON u.id = r.unit_id WHERE u.short = ? ORDER BY r.id",
        short,
    )
    return [
        (*row[1:], [one[0] for one in rows("SELECT phone FROM phone WHERE person_id = ? "
                                           "ORDER BY id", row[0])])
        for row in found
    ]  # fmt: skip


def check_house(short, expected):
    found = stays(short)
    people = [[name, role, phones] for name, role, *_rest, phones in found]
    assert sorted(people) == sorted(expected["people"]), short
    assert facts()[short]["area"] == expected.get("area"), short
    for name, day in expected.get("since", {}).items():
        assert {row[2] for row in found if row[0] == name} == {day}, (short, name)
    for name, share in expected.get("shares", {}).items():
        assert [f"{row[4]}/{row[5]}" for row in found if row[0] == name] == [share], (short, name)
    for name, relation in expected.get("relations", {}).items():
        assert [row[3] for row in found if row[0] == name] == [relation], (short, name)
    companies = [row[0] for row in found if row[6] == "company"]
    assert companies == expected.get("companies", []), short
    plates = rows(
        "SELECT v.plate FROM vehicle v JOIN unit u ON u.id = v.unit_id WHERE u.short = ? "
        "ORDER BY 1",
        short,
    )
    assert [row[0] for row in plates] == expected.get("plates", []), short


def check_vehicles(expected):
    found = {}
    for short, *vehicle in rows(
        "SELECT u.short, v.plate, v.kind, p.name, s.short, v.description FROM vehicle v "
        "JOIN unit u ON u.id = v.unit_id LEFT JOIN person p ON p.id = v.person_id "
        "LEFT JOIN unit s ON s.id = v.space_id ORDER BY v.id"
    ):
        found.setdefault(short, []).append(vehicle)
    assert found == expected


def check_preview(preview, said):
    assert {row.line: row.reason for row in preview.rejected}.keys() == {
        int(line) for line in said.get("rejected", {})
    }, [(row.line, row.reason) for row in preview.rejected]
    assert {key: preview.counts[key] for key in said["counts"]} == said["counts"]
    for row in preview.rejected:
        assert said["rejected"][str(row.line)] in row.reason
    doubted = {row.line: row.needs_person for row in preview.needing_person}
    assert doubted.keys() == {int(line) for line in said.get("looked_at", {})}, doubted
    for line, words in said.get("looked_at", {}).items():
        assert words.casefold() in doubted[int(line)].casefold()
    assert {str(one.line): one.why for one in preview.left_out} == said["left_out"]
    assert list(preview.unused) == said["unused"]
    assert list(preview.hidden_columns) == said.get("hidden_columns", [])
    assert list(preview.not_taken) == said.get("not_taken", [])
    if "sheets" in said:
        assert list(preview.sheet_names) == said["sheets"]
    if "sheet_read" in said:
        assert preview.sheet_name == said["sheet_read"]


@pytest.mark.parametrize("case", CASES, indirect=True)
def test_f36_f37_what_must_come_of_a_messy_workbook(case, now):
    """Taken in it is as expected, a second time it adds nothing, undone nothing is left of it."""
    said, path, by = case
    kind = ImportKind(said["kind"])
    given = {"now": now, "sheet": said.get("sheet"), "community": "云澜花园"}
    before = everything()
    if "refused" in said:
        with pytest.raises(RuleError) as refused:
            import_file(kind, path, by=by, **given)
        assert refused.value.code == said["refused"]
        assert everything() == before
        return
    preview = preview_import(kind, path, **given)
    assert everything() == before
    check_preview(preview, said)
    result = import_file(kind, path, by=by, **given)
    assert result.preview == preview
    if "houses" in said:
        assert facts().keys() == said["houses"].keys()
        for short, expected in said["houses"].items():
            check_house(short, expected)
    if "vehicles" in said:
        check_vehicles(said["vehicles"])
    if "units" in said:
        found = facts()
        assert found.keys() == said["units"].keys()
        for short, expected in said["units"].items():
            assert {key: found[short][key] for key in expected} == expected, short
    taken_in = everything()
    again = import_file(kind, path, by=by, **given)
    assert again.import_id is None
    assert again.preview.count(Outcome.ADDED) == 0
    assert any(f"(import {result.import_id})" in sentence for sentence in again.preview.told)
    assert everything() == taken_in
    undo_import(result.import_id, by=by, now=now)
    assert everything() == before


def test_the_corpus_is_what_was_asked_for():
    """At least 15 files, five of which no openpyxl wrote, and every role is met."""
    made = {path.name: json.loads(path.read_text("utf-8")) for path in FOLDER.glob("*.json")}
    files = {one.get("file", name) for name, one in made.items()}
    assert len(files) >= 15
    assert sum("openpyxl" not in one["made"] for one in made.values()) >= 5
    roles = {person[1] for one in made.values() for house in one.get("houses", {}).values()
             for person in house["people"]}  # fmt: skip
    assert roles >= {role.value for role in ResidentRole} - {"other"}
