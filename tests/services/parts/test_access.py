"""Each look at personal data is a line, once a minute; each paper and file is one of its own."""

from datetime import timedelta

import pytest

from propdesk.domain.access import AccessAct
from propdesk.services.parts.access import note_access
from propdesk.services.parts.writing import writing
from propdesk.storage.database import rows


def _note(*looks):
    with writing():
        for act, values in looks:
            note_access(act, **values)


def _lines():
    return rows("SELECT at, act, unit_id, person_id, what, purpose FROM access_line ORDER BY id")


@pytest.fixture
def look(world):
    return {"staff_id": world.desk.id, "now": world.now, "unit_id": world.home.id}


def test_a_look_is_kept_with_house_person_and_purpose(world, look):
    _note((AccessAct.REVEALED, look | {"person_id": 1, "what": "phone", "purpose": " 回访 \n"}))
    assert _lines() == [("2026-11-21T09:30:00", "revealed", world.home.id, 1, "phone", "回访")]


def test_two_looks_in_a_minute_are_one_line_and_the_next_minute_is_another(world, look):
    times = [world.now + timedelta(seconds=second) for second in (0, 59, 60)]
    _note(*[(AccessAct.REVEALED, look | {"now": now}) for now in times])
    assert [line[0] for line in _lines()] == ["2026-11-21T09:30:00", "2026-11-21T09:31:00"]


def test_another_person_house_field_or_member_in_the_same_minute_is_a_line(world, look):
    _note(
        (AccessAct.REVEALED, look),
        (AccessAct.REVEALED, look | {"person_id": 1}),
        (AccessAct.REVEALED, look | {"unit_id": None}),
        (AccessAct.REVEALED, look | {"what": "phone"}),
        (AccessAct.REVEALED, look | {"staff_id": world.cashier.id}),
        (AccessAct.OPENED, look),
    )
    assert len(_lines()) == 6


def test_each_paper_and_each_file_is_a_line(look):
    _note(*[(act, look) for act in (AccessAct.PRINTED, AccessAct.EXPORTED) for _ in range(2)])
    assert len(_lines()) == 4
