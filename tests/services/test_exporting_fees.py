"""Lists of what houses owe leave the office noted, many of them with a second person (1.7)."""

from dataclasses import replace

import pytest

from propdesk.domain.access import AccessAct
from propdesk.domain.data_exports import ExportOrder
from propdesk.domain.errors import RuleError
from propdesk.domain.owed_lists import OwedList
from propdesk.domain.staff import Role
from propdesk.services import staff
from propdesk.services.exporting_fees import export_fee_list, note_fee_print
from propdesk.services.queries.access import AccessFilter, list_access, list_exports
from propdesk.services.queries.staff import find_department
from propdesk.services.settings import get_settings, save_settings

HEAD = ("房屋", "欠费")
OWN = ExportOrder("")


@pytest.fixture
def write(world, tmp_path):
    def written(count, order=OWN, *, by=None, unit_id=None, name="out.csv"):
        table = ("欠费房屋", HEAD, ([f"1-1-{n}", "217.00"] for n in range(count)))
        return export_fee_list(
            tmp_path / name, table, OwedList.ARREARS, order,
            by=(by or world.desk).id, now=world.now, unit_id=unit_id,
        )  # fmt: skip

    return written


@pytest.fixture
def boss(world):
    return staff.add_staff("罗刚", role=Role.MANAGER, by=world.desk.id)


def lines(world, act):
    found = list_access(AccessFilter())
    return [(one.what.split()[0], one.unit_id) for one in found if one.act is act]


def test_l17_a_list_of_arrears_leaves_a_line_and_is_in_the_register(world, write, tmp_path):
    export = write(3)
    assert (export.rows, export.is_plain, export.what) == (3, False, "arrears-list")
    assert (tmp_path / "out.csv").read_text(encoding="utf-8-sig").count("217.00") == 3
    assert lines(world, AccessAct.EXPORTED) == [("arrears-list", None)]
    assert [one.id for one in list_exports()] == [export.id]


def test_l17_more_than_fifty_houses_need_a_second_person(world, write, boss, tmp_path):
    write(50)
    with pytest.raises(RuleError) as refused:
        write(51, name="more.csv")
    assert refused.value.code == "export-second"
    assert "50" in str(refused.value)
    with pytest.raises(RuleError) as refused:
        write(51, ExportOrder("交律师", second_staff_id=world.desk.id), name="more.csv")
    assert refused.value.code == "export-same-staff"
    with pytest.raises(RuleError):  # a cashier may not take lists in full out, nor agree to it
        write(51, ExportOrder("交律师", second_staff_id=world.cashier.id), name="more.csv")
    assert not (tmp_path / "more.csv").exists()
    agreed = write(51, ExportOrder("交律师", second_staff_id=boss.id), name="more.csv")
    assert (agreed.rows, agreed.second) == (51, "罗刚")
    # The account of one house has many lines and is of one house.
    assert write(60, unit_id=world.home.id, name="one.csv").rows == 60
    assert (OwedList.ARREARS.value, world.home.id) in lines(world, AccessAct.EXPORTED)


def test_l17_the_offices_own_number_of_rows_holds(world, write, boss):
    settings = get_settings()
    save_settings(replace(settings, second_approver_rows=2), by=boss.id)
    with pytest.raises(RuleError):
        write(3)


def test_l16_a_print_is_noted_and_guards_neither_print_nor_export(world, write):
    note_fee_print(OwedList.AGEING, by=world.desk.id, now=world.now)
    note_fee_print(OwedList.STATEMENT, by=world.desk.id, now=world.now, unit_id=world.home.id)
    assert set(lines(world, AccessAct.PRINTED)) == {
        ("ageing-table", None), ("account-statement", world.home.id),
    }  # fmt: skip
    guard = staff.add_staff(
        "赵队长", by=world.desk.id, role=Role.SUPERVISOR, department_id=find_department("安管部").id
    )
    for act in (
        lambda: note_fee_print(OwedList.AGEING, by=guard.id, now=world.now),
        lambda: write(1, by=guard, name="guard.csv"),
    ):
        with pytest.raises(RuleError) as refused:
            act()
        assert refused.value.code == "guards-no-fees"
