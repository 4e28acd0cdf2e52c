"""A round from its paper and its workbook into the office by words alone (R99, law.md 1.9)."""

import pypdf
import pytest
from openpyxl import load_workbook

from propdesk import clock
from propdesk.domain.assets import PointDraft
from propdesk.services import offices
from propdesk.services.assets import add_point
from propdesk.services.queries.staff import first_desk

READINGS = ("0.28", "0.50", "0.98", "1.92", "21.6", "21.4")


@pytest.fixture
def plan(run, data) -> str:
    """A pump room twice a day on one sheet, today."""
    run("units", "add", "3-2-501", "--community", "云澜花园", "--area", "89.56")
    office = offices.open_office(data, now=clock.now(), write=True)
    add_point(PointDraft("生活水泵房", floor="B1 层"), by=first_desk().id)
    offices.close_office(office)
    run("inspections", "template", "adopt", "pump-room")
    added = run(
        "inspections", "plan", "add", "泵房日检", "--kind", "equipment", "--rule", "FREQ=DAILY",
        "--points", "P-01", "--template", "SB-01", "--times", "08:30,14:30", "--one-sheet", "yes",
        "--json",
    )  # fmt: skip
    code: str = added.json["code"]
    return code


def fill(file, answers) -> None:
    """Type into a workbook: answers by row of the first round, a cell for each column named."""
    book = load_workbook(file)
    sheet = book.active
    heads = {cell.value: cell.column for cell in sheet[2]}
    for at, cells in answers.items():
        for name, value in cells.items():
            cell = sheet.cell(2 + at, heads[name])
            assert not cell.protection.locked
            cell.value = value
    assert sheet.protection.sheet
    assert sheet["A3"].protection.locked
    book.save(file)


def in_order() -> dict[int, dict[str, object]]:
    found: dict[int, dict[str, object]] = {
        at: {"Reading or words": float(value)} for at, value in enumerate(READINGS, 1)
    }
    return found | {at: {"Result of the look": "In order"} for at in range(7, 12)}


def test_r99_a_round_on_paper_and_by_words(run, plan, tmp_path) -> None:
    paper = tmp_path / "sheet.pdf"
    printed = run("inspections", "sheet", plan, "-o", paper, "--json").json
    (number,) = printed["numbers"]
    assert printed["pages"] == 1
    assert number in pypdf.PdfReader(paper).pages[0].extract_text().replace(" ", "")
    again = run("inspections", "sheets", "-o", paper, "--paper-lang", "en", "--json").json
    assert again["numbers"] == [number]
    shown = run("inspections", "show", number.lower(), "--json").json
    assert (shown["prints"], len(shown["rounds"]), len(shown["rounds"][0]["items"])) == (2, 2, 11)
    for words, code in (
        (("--item", 1, "--value", "0.28"), "round-which"),
        (("--item", 12, "--value", "0.28", "--round", 1), "item-unknown"),
        (("--item", 1, "--value", "十二", "--round", 1), "reading-unreadable"),
        (("--item", 1, "--value", "1e9", "--round", 1), "reading-unreadable"),
        (("--item", 1, "--value", "1000000000", "--round", 1), "reading-large"),
        (("--item", 8, "--value", "maybe", "--round", 1), "result-unreadable"),
        (("--item", 8, "--value", "normal", "--round", 3), "round-unknown"),
    ):
        refused = run("inspections", "record", number, *words, "--json")
        assert (refused.code, refused.json["error"]["code"]) == (1, code)
    one = run(
        "inspections", "record", number, "--item", 1, "--value", "0.38", "--round", 1,
        "--note", "管网抢修", "--json",
    ).json  # fmt: skip
    assert (one["added"], one["findings"], one["complete"]) == (1, 1, False)
    said = run("inspections", "record", number, "--item", 1, "--value", "0.30", "--round", 1)
    assert said.code == 1
    fixed = run(
        "inspections", "record", number, "--item", 1, "--value", "0.30", "--round", 1,
        "--reason", "抄错", "--json",
    ).json  # fmt: skip
    assert (fixed["added"], fixed["corrected"]) == (0, 1)
    run("inspections", "record", number, "--item", 8, "--value", "not-applicable", "--round", 1)
    lines = run("inspections", "show", number).out.splitlines()
    assert lines[2].endswith("0.20-0.35 MPa\t0.30\tIn order")
    assert lines[9].endswith("Not applicable")


def test_r99_a_workbook_goes_out_and_comes_back_whole_or_not_at_all(run, plan, tmp_path) -> None:
    (number,) = run("inspections", "sheet", plan, "-o", tmp_path / "p.pdf", "--json").json[
        "numbers"
    ]
    file, errors = tmp_path / "round.xlsx", tmp_path / "errors.xlsx"
    assert run("inspections", "sheet-file", number, "-o", file, "--json").json["rows"] == 22
    enter = ("inspections", "enter", number, "--file", file, "--errors", errors)
    assert run(*enter, "--json").json["error"]["code"] == "results-empty"
    wrong = {1: {"Reading or words": "十二"}, 2: {"Reading or words": 1e9},
             8: {"Result of the look": "hm"}}  # fmt: skip
    fill(file, in_order() | wrong)
    refused = run(*enter)
    assert refused.code == 1
    assert [f"Row {line}" in refused.err for line in (3, 4, 10)] == [True, True, True]
    back = list(load_workbook(errors).active.iter_rows(values_only=True))
    assert [row[0] for row in back[1:]] == [3, 4, 10]
    assert "十二" in back[1][1]
    shown = run("inspections", "show", number, "--json").json
    assert {one["verdict"] for one in shown["rounds"][0]["items"]} == {None}
    # What the office refuses while it stores is named by its row as well.
    fill(file, in_order() | {1: {"Reading or words": None, "What was wrong": "表坏"}})
    missing = run(*enter)
    assert "Row 3: " in missing.err
    fill(file, {1: {"Reading or words": 0.38, "What was wrong": "=1+1"}})
    done = run(*enter, "--json").json
    assert (done["added"], done["findings"], done["complete"]) == (11, 1, False)
    once_more = run(*enter, "--json").json
    assert (once_more["added"], once_more["corrected"]) == (0, 0)
    other = run("inspections", "enter", "XJ-202611-0999", "--file", file, "--json").json
    assert other["error"]["code"] == "sheet-unknown"
    rest = tmp_path / "rest.xlsx"
    assert run("inspections", "sheet-file", number, "-o", rest, "--json").json["rows"] == 11
