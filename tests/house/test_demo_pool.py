"""The demo's texts: enough, varied, printable and worth reading (decision 23)."""

import json
import re
from collections import Counter
from functools import cache
from typing import Any

import pytest

from propdesk import paths
from propdesk.domain.classes import CLASSES, SUBCLASSES

CLASS_CODES = {*CLASSES, *SUBCLASSES}
KINDS = ("repair", "complaint", "enquiry", "suggestion", "praise", "bill-query")
DEPARTMENTS = {"engineering", "cleaning", "security", "office", "service"}
SEASONS = {"winter", "spring", "summer", "autumn", "any"}
NEEDED = {"text", "matter", "class", "season", "place", "department", "urgency", "reply"}
OPTIONAL = {"location", "wish", "work_done"}
# A pair of texts that shares this part of its two-character pieces reads like one template.
TOO_ALIKE = 0.4


@cache
def pool(kind: str) -> tuple[dict[str, Any], ...]:
    file = paths.resources() / "demo" / "texts" / f"{kind}.json"
    return tuple(json.loads(file.read_text(encoding="utf-8")))


@cache
def houses() -> dict[str, Any]:
    file = paths.resources() / "demo" / "houses.json"
    told: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return told


@cache
def story() -> dict[str, Any]:
    file = paths.resources() / "demo" / "story.json"
    told: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return told


def all_entries() -> list[dict[str, Any]]:
    return [entry for kind in KINDS for entry in pool(kind)]


def story_tickets() -> list[dict[str, Any]]:
    bursts = [ticket for outage in story()["outages"] for ticket in outage["tickets"]]
    return [*bursts, *story()["hopeless_house"]["episodes"]]


def all_strings(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for part in value.values() for text in all_strings(part)]
    if isinstance(value, list | tuple):
        return [text for part in value for text in all_strings(part)]
    return []


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_at_least_150_sentences(kind):
    assert len(pool(kind)) >= 150


@pytest.mark.parametrize("kind", KINDS)
def test_every_entry_has_valid_fields(kind):
    for entry in pool(kind):
        assert set(entry) >= NEEDED, entry
        assert set(entry) <= NEEDED | OPTIONAL, entry
        assert entry["season"] in SEASONS, entry
        assert entry["place"] in {"home", "common"}, entry
        assert entry["department"] in DEPARTMENTS, entry
        assert entry["urgency"] in {"p1", "p2", "p3"}, entry
        assert 8 <= len(entry["text"]) <= 120, entry
        assert 2 <= len(entry["matter"]) <= 14, entry
        if kind == "complaint":
            assert entry["class"] in CLASS_CODES, entry
        else:
            assert entry["class"] is None, entry
        if kind in {"repair", "complaint"}:
            assert entry["work_done"], entry
            assert entry["location"], entry
        for field in NEEDED | OPTIONAL:
            if field in entry and field != "class":
                assert entry[field] == entry[field].strip() != "", entry


def test_every_complaint_class_is_told_and_the_common_ones_lead():
    told = Counter(entry["class"] for entry in pool("complaint"))
    assert set(SUBCLASSES) <= set(told)
    assert told.most_common(1)[0][0] == "service.environment"
    assert min(told["service.convenience"], told["service.safety"]) > 3 * told["incident.burglary"]


def test_incidents_are_urgent():
    for entry in pool("complaint"):
        if str(entry["class"]).startswith("incident"):
            assert entry["urgency"] == "p1", entry  # rule R50


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_knows_the_four_seasons(kind):
    assert {entry["season"] for entry in pool(kind)} == SEASONS


def test_no_text_and_no_title_stands_twice():
    texts = Counter(entry["text"] for entry in [*all_entries(), *story_tickets()])
    assert [text for text, times in texts.items() if times > 1] == []
    matters = Counter(entry["matter"] for entry in all_entries())
    assert [matter for matter, times in matters.items() if times > 1] == []


def test_no_two_texts_read_like_one_template():
    texts = [entry["text"] for entry in [*all_entries(), *story_tickets()]]
    pieces = [{text[i : i + 2] for i in range(len(text) - 1)} for text in texts]
    alike = [
        (texts[i], texts[j])
        for i in range(len(texts))
        for j in range(i)
        if len(pieces[i] & pieces[j]) > TOO_ALIKE * len(pieces[i] | pieces[j])
    ]
    assert alike == []


def test_texts_are_of_varied_length():
    for kind in KINDS:
        lengths = sorted(len(entry["text"]) for entry in pool(kind))
        assert lengths[-1] >= 2 * lengths[len(lengths) // 10], kind


def test_chinese_is_set_as_the_house_sets_it():
    """No curly quotes, no middle dots, a blank between Chinese and digits or letters."""
    tight = re.compile(r"[\u4e00-\u9fff][0-9A-Za-z]|[0-9A-Za-z][\u4e00-\u9fff]")
    for entry in [*all_entries(), *story_tickets()]:
        for text in all_strings(entry):
            assert not re.search("[\u201c\u201d\u2018\u2019\u00b7]", text), text
            assert not tight.search(text), text


def test_the_printing_font_has_every_character():
    """A glyph that is missing is dropped silently on paper (decision 39)."""
    from reportlab.pdfbase.ttfonts import TTFont

    font = TTFont("Pool", str(paths.resources() / "fonts" / "NotoSansSC-Regular.ttf"))
    used = set("".join(all_strings([*all_entries(), story(), houses()]))) - {"\n"}
    missing = sorted(character for character in used if ord(character) not in font.face.charToGlyph)
    assert missing == []


def test_the_staff_of_the_demo_fill_the_five_departments():
    staff = story()["staff"]
    assert set(story()["departments"]) == DEPARTMENTS
    assert {person["department"] for person in staff} == DEPARTMENTS
    assert {person["role"] for person in staff} == {
        "front-desk",
        "worker",
        "cashier",
        "supervisor",
        "manager",
    }
    assert len({person["code"] for person in staff}) == len(staff)
    assert len({person["name"] for person in staff}) == len(staff)


def test_the_buildings_hold_the_demo_households():
    homes = sum(
        building["entrances"] * building["floors"] * building["units_per_floor"]
        for building in story()["buildings"]
    )
    assert homes >= 300


def test_names_are_many_and_not_repeated():
    names = story()["given_names"]
    surnames = story()["surnames"]
    assert len(surnames) == len(set(surnames)) >= 80
    for gender in ("female", "male"):
        assert len(names[gender]) == len(set(names[gender])) >= 40
    places = story()["places"]
    assert len(places) == len(set(places)) >= 20


def test_the_two_outages_are_bursts_of_real_callers():
    outages = story()["outages"]
    buildings = {building["name"] for building in story()["buildings"]}
    assert [outage["kind"] for outage in outages] == ["power", "water"]
    for outage in outages:
        assert outage["building"] in buildings
        assert re.fullmatch(r"\d\d:\d\d", outage["starts_at"])
        minutes = [ticket["minute"] for ticket in outage["tickets"]]
        assert minutes == sorted(minutes)
        assert sum(minute < outage["minutes"] for minute in minutes) >= 8


def test_the_tickets_of_the_story_are_valid():
    for ticket in story_tickets():
        assert ticket["kind"] in KINDS, ticket
        assert ticket["urgency"] in {"p0", "p1", "p2", "p3"}, ticket
        assert 2 <= len(ticket["matter"]) <= 14, ticket
        assert 8 <= len(ticket["text"]) <= 120, ticket
        assert (ticket["kind"] == "complaint") == ("class" in ticket), ticket
        if "class" in ticket:
            assert ticket["class"] in CLASS_CODES, ticket


def test_the_hopeless_house_goes_from_bad_to_worse_in_order():
    house = story()["hopeless_house"]
    days = [episode["days_before_today"] for episode in house["episodes"]]
    assert days == sorted(days, reverse=True)
    assert house["class"] in CLASS_CODES
    reopened = [one for one in house["episodes"] if one["outcome"] == "reopened"]
    assert len(reopened) >= 3
    assert all(one["satisfaction"] == "dissatisfied" and one["remark"] for one in reopened)
    assert house["episodes"][-1]["outcome"] == "open"
