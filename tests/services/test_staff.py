"""Staff on a real file: codes, doubles, leaving (decision 24)."""

from dataclasses import replace

import pytest

from propdesk.domain.errors import DraftError, RuleError
from propdesk.domain.staff import Role
from propdesk.services import staff
from propdesk.services.queries.staff import find_staff, first_desk, list_staff


def test_codes_are_given_in_order_and_names_found_by_either(world):
    assert [one.code for one in list_staff()] == ["01", "02", "03"]
    assert find_staff("02") == find_staff("王建国")
    assert find_staff("王建国").department == "工程部"


@pytest.mark.parametrize(("name", "code"), [("王建国", ""), ("新人", "02")])
def test_a_double_name_or_code_is_refused(world, name, code):
    with pytest.raises(RuleError) as refusal:
        staff.add_staff(name, by=world.desk.id, code=code)
    assert refusal.value.code == "staff-exists"
    assert len(list_staff(everybody=True)) == 3


def test_a_name_of_blanks_is_refused(world):
    with pytest.raises(DraftError):
        staff.add_staff(" \u200b ", by=world.desk.id)


def test_who_left_is_listed_no_more_and_the_last_one_stays(world):
    staff.change_staff(replace(world.worker, active=False), by=world.desk.id)
    assert [one.name for one in list_staff()] == ["前台", "赵敏"]
    assert len(list_staff(everybody=True)) == 3
    with pytest.raises(RuleError, match="前台"):
        find_staff("王建国")
    staff.change_staff(replace(world.cashier, active=False), by=world.desk.id)
    with pytest.raises(RuleError) as refusal:
        staff.change_staff(replace(world.desk, active=False), by=world.desk.id)
    assert refusal.value.code == "staff-last"
    assert first_desk() == world.desk


def test_a_role_can_be_changed(world):
    changed = staff.change_staff(replace(world.cashier, role=Role.MANAGER), by=world.desk.id)
    assert find_staff("赵敏") == changed
