"""Undoing an import: what nobody used goes, what somebody used stays and is named."""

from datetime import date

import openpyxl
import pytest

from propdesk.domain.access import AccessAct
from propdesk.domain.errors import RuleError
from propdesk.domain.imports import ImportKind
from propdesk.domain.persons import PersonDraft
from propdesk.domain.tickets import EventKind, Kind, Status, TicketDraft
from propdesk.services import residents, tickets
from propdesk.services.importing import import_file
from propdesk.services.imports import list_imports, undo_import, write_error_rows
from propdesk.services.parts.access import note_access
from propdesk.services.parts.writing import writing
from propdesk.services.queries.desk import search_desk
from propdesk.services.queries.residents import list_residents
from propdesk.services.queries.tickets import find_ticket
from propdesk.services.queries.units import find_unit
from propdesk.sheets.reading import read_table
from propdesk.storage.database import rows

TODAY = date(2026, 11, 21)
COMPLAINTS = (
    ("编号", "时间", "主题", "内容"),
    (1, "2019/7/1", "灯", "灯坏"),
    (2, "2019/7/2", "）", "门坏"),
    (3, "昨天", "窗", "窗坏"),
)
HOUSES = (
    ("房号", "业主姓名", "联系电话", "车牌"),
    ("5-1-101", "张三", 13811112222, "苏A12345"),
    ("5-1-102", "李四", 13811113333, None),
    ("5-1-103", "李四", 13811113333, None),
    ("3-2-501", "张伟丰", 13811114444, "苏B12345"),
)
REGISTER = (
    "community", "building", "entrance", "unit", "person", "phone", "residency", "vehicle",
    "desk_key",
)  # fmt: skip


@pytest.fixture
def take(world, tmp_path):
    def run(kind, lines):
        book = openpyxl.Workbook()
        for line in lines:
            book.active.append(line)
        book.save(tmp_path / "in.xlsx")
        return import_file(kind, tmp_path / "in.xlsx", by=world.desk.id, now=world.now)

    return run


@pytest.fixture
def undo(world):
    return lambda number: undo_import(number, by=world.desk.id, now=world.now)


def register():
    return {table: rows(f"SELECT * FROM {table} ORDER BY 1, 2") for table in REGISTER}


def test_complaints_become_void_with_a_line_each(take, undo, world):
    import_id = take(ImportKind.COMPLAINTS, COMPLAINTS).import_id
    undone = undo(import_id)
    assert (undone.tickets, undone.left) == (2, ())
    ticket = find_ticket("TS-201907-0001")
    assert ticket.status is Status.VOID
    last = ticket.events[-1]
    assert (last.kind, last.status, last.by) == (EventKind.VOIDED, Status.VOID, "前台")
    assert last.detail == {"external_number": "1"}
    assert str(import_id) in last.text
    assert rows("SELECT count(*) FROM ticket WHERE is_open") == [(0,)]


def test_the_corrected_file_can_come_in_again(take, undo):
    undo(take(ImportKind.COMPLAINTS, COMPLAINTS).import_id)
    again = take(ImportKind.COMPLAINTS, COMPLAINTS)
    assert again.preview.counts["added"] == 2
    assert again.preview.counts["duplicates"] == 0
    assert find_ticket("TS-201907-0003").external_number == "1"


def test_a_ticket_that_moved_on_is_left_and_named(take, undo, world):
    import_id = take(ImportKind.COMPLAINTS, COMPLAINTS).import_id
    ticket = find_ticket("TS-201907-0002")
    tickets.confirm_class(ticket.id, "facilities", by=world.desk.id, now=world.now)
    assert undo(import_id).left == ("TS-201907-0002",)
    assert find_ticket("TS-201907-0002").status is Status.RECEIVED
    assert find_ticket("TS-201907-0001").status is Status.VOID


def test_only_once_and_only_what_there_is(take, undo):
    import_id = take(ImportKind.COMPLAINTS, COMPLAINTS).import_id
    undo(import_id)
    for number, code in ((import_id, "import-undone"), (99, "import-unknown")):
        with pytest.raises(RuleError) as refused:
            undo(number)
        assert refused.value.code == code


def test_unused_houses_and_people_are_removed(take, undo):
    before = register()
    import_id = take(ImportKind.RESIDENTS, HOUSES).import_id
    undone = undo(import_id)
    assert (undone.units, undone.persons, undone.left) == (3, 2, ())
    # Only the version tells that the register was changed in between.
    after = register()
    assert {name: len(found) for name, found in after.items()} == {
        name: len(found) for name, found in before.items()
    }
    assert after["desk_key"] == before["desk_key"]
    assert not search_desk("13811112222", today=TODAY)


def test_houses_in_use_stay_with_their_people(take, undo, world):
    import_id = take(ImportKind.RESIDENTS, HOUSES).import_id
    house = find_unit("5-1-102")
    draft = TicketDraft(Kind.REPAIR, "漏水", unit_id=house.id)
    tickets.register_ticket(draft, by=world.desk.id, now=world.now)
    undone = undo(import_id)
    assert (undone.units, undone.persons) == (1, 1)
    assert undone.left == ("5-1-102", "5-1-103", "李四")
    assert [one.phones for one in list_residents(house.id, TODAY)] == [("13811113333",)]
    assert search_desk("13811113333", today=TODAY)


def test_a_house_that_was_only_looked_at_goes_and_the_look_stays(take, undo, world):
    import_id = take(ImportKind.RESIDENTS, HOUSES).import_id
    unit = find_unit("5-1-102")
    with writing():
        note_access(AccessAct.OPENED, world.desk.id, world.now, unit_id=unit.id, what="house")
    done = undo(import_id)
    assert done.left == ()
    assert rows("SELECT unit_id, what FROM access_line") == [(None, "house 5-1-102")]


def test_people_who_got_another_house_stay(take, undo, world):
    import_id = take(ImportKind.RESIDENTS, HOUSES).import_id
    house = find_unit("5-1-101")
    residents.add_resident(house.id, PersonDraft("王五"), by=world.desk.id, now=world.now)
    assert undo(import_id).left == ("5-1-101", "张三")
    assert {one.name for one in list_residents(house.id, TODAY)} == {"张三", "王五"}


def test_the_list_of_imports(take, undo, world):
    first = take(ImportKind.COMPLAINTS, COMPLAINTS).import_id
    take(ImportKind.RESIDENTS, HOUSES)
    undo(first)
    second, one = list_imports()
    assert (one.kind, one.rows, one.added, one.rejected, one.by) == ("complaints", 3, 2, 1, "前台")
    assert one.undone_at == world.now.replace(tzinfo=None)
    assert second.undone_at is None


def test_rows_come_back_with_the_reason_in_the_last_column(take, tmp_path):
    preview = take(ImportKind.COMPLAINTS, COMPLAINTS).preview
    target = tmp_path / "back.xlsx"
    assert write_error_rows(preview, target) == 2
    rejected = read_table(target)
    assert rejected.header[:-1] == COMPLAINTS[0]
    assert rejected.rows[0].values == (3, "昨天", "窗", "窗坏", preview.rejected[0].reason)
    (doubtful,) = read_table(target, sheet=rejected.sheet_names[1]).rows
    assert doubtful.values[0] == 2


def test_without_errors_the_file_has_only_its_header(take, tmp_path):
    preview = take(ImportKind.COMPLAINTS, COMPLAINTS[:2]).preview
    assert write_error_rows(preview, tmp_path / "back.xlsx") == 0
    sheet = openpyxl.load_workbook(tmp_path / "back.xlsx").active
    assert [cell.value for cell in sheet[1]][:-1] == list(COMPLAINTS[0])
