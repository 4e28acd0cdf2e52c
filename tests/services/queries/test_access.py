"""Who has looked at this house, at this person, and at what one of us has looked."""

from datetime import timedelta

import pytest

from propdesk.domain.access import AccessAct
from propdesk.services.parts.access import note_access
from propdesk.services.parts.writing import writing
from propdesk.services.queries.access import AccessFilter, count_access, list_access
from propdesk.storage.database import rows


@pytest.fixture
def looks(world):
    """Five looks on three days: at the house, at its owner elsewhere, at the villa, at nothing."""
    owner = rows("SELECT id FROM person")[0][0]
    with writing():
        for days, staff, act, values in (
            (2, world.desk, AccessAct.OPENED, {"unit_id": world.home.id}),
            (1, world.cashier, AccessAct.REVEALED, {"person_id": owner, "what": "phone"}),
            (1, world.desk, AccessAct.PRINTED, {"unit_id": world.villa.id, "what": "house-file"}),
            (0, world.desk, AccessAct.REVEALED, {"unit_id": world.home.id, "person_id": owner}),
            (0, world.desk, AccessAct.EXPORTED, {"what": "residents 1", "purpose": "核对"}),
        ):
            note_access(act, staff.id, world.now - timedelta(days=days), **values)
    return owner


def _acts(**wanted):
    found = list_access(AccessFilter(**wanted))
    assert count_access(AccessFilter(**wanted)) == len(found)
    return [line.act.value for line in found]


def test_who_has_looked_at_a_house_is_who_looked_at_its_people_too(world, looks):
    assert _acts(unit_id=world.home.id) == ["revealed", "revealed", "opened"]
    assert _acts(unit_id=world.villa.id) == ["printed"]


def test_by_person_staff_member_act_and_period(world, looks):
    today = world.now.date()
    assert _acts(person_id=looks) == ["revealed", "revealed"]
    assert _acts(staff_id=world.cashier.id) == ["revealed"]
    assert _acts(act=AccessAct.PRINTED) == ["printed"]
    assert _acts(from_on=today) == ["exported", "revealed"]
    assert _acts(to_on=today - timedelta(days=2)) == ["opened"]
    assert _acts(from_on=today, to_on=today, staff_id=world.cashier.id) == []


@pytest.mark.usefixtures("looks")
def test_a_line_says_who_where_what_and_why_and_lists_go_by_key():
    first, second, *rest = list_access(AccessFilter())
    assert (first.staff, first.what, first.purpose, first.house) == (
        "前台", "residents 1", "核对", "",
    )  # fmt: skip
    assert (second.house, second.person) == ("3-2-501", "张伟丰")
    assert list_access(AccessFilter(), after=second.id) == tuple(rest)
    assert len(list_access(AccessFilter(), limit=2)) == 2
