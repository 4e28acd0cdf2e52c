"""A clerk's day with the residents on a fresh office, in the whole window and by keys alone.

Two messy workbooks come in, one of them twice; a tenant calls, leaves with a reason, and another
one comes (R81, R83, R84, R85).
"""

import openpyxl
import pytest
from PySide6.QtWidgets import QApplication

from propdesk.domain.access import AccessAct
from propdesk.domain.leave_reasons import LeaveReason
from propdesk.domain.moves import MoveKind
from propdesk.domain.units import UnitState
from propdesk.i18n import set_language
from propdesk.services.queries.access import AccessFilter, list_access
from propdesk.services.queries.contacts import ContactFilter, list_contacts
from propdesk.services.queries.moves import list_moves
from propdesk.services.queries.residents import list_residents
from propdesk.services.queries.unit_keys import list_keys
from propdesk.services.queries.units import find_unit
from propdesk.services.queries.vehicles import list_plates
from propdesk.storage.database import rows
from ui.dialogs.contact_dialog import ContactDialog
from ui.dialogs.import_dialog import ImportDialog
from ui.dialogs.keys_dialog import GiveKeyDialog
from ui.dialogs.move_dialog import MoveDialog
from ui.dialogs.vehicle_dialog import VehicleDialog
from ui.main_window import MainWindow

UNITS = (
    ("云澜花园房屋台账", None, None, None),
    ("楼栋", "房号", "建筑面积(㎡)", "状态"),
    ("1#", "1-101", "89.56", "自住"),
    ("1#", "1-102", "９０", "出租"),
    ("1#", "2-101", "89.56", "空置"),
    (None, "商铺3", 45, "自用"),
)
PEOPLE = (
    ("房屋", "姓名", "电话", "身份"),
    ("1栋1单元101室", "单雄信", 13811112222, "业主"),
    ("1-1-102", "罗成/罗松", "138 1111 3333", "业主"),
    ("1-1-102", "程咬金", "13811114444", "租户"),
)


@pytest.fixture
def window(office_context, showing):
    """The whole window on an office in which nobody has entered anything yet."""
    set_language("en")
    made = MainWindow(office_context.theme, office_context.memory)
    made.sit_down(office_context)
    return showing(made, 1366, 768)


@pytest.fixture
def workbook(tmp_path):
    def write(lines, name):
        book = openpyxl.Workbook()
        for line in lines:
            book.active.append(line)
        book.save(tmp_path / name)
        return tmp_path / name

    return write


@pytest.fixture
def back(window, qtbot):
    """Give the window the keyboard again after a dialog: a platform without a screen does not."""

    def give_back():
        window.activateWindow()
        qtbot.waitUntil(lambda: window.isActiveWindow() and QApplication.focusWidget() is not None)

    return give_back


@pytest.fixture
def take_in(in_dialog, type_words, press, qtbot, back):
    """Press the key that opens the import, take a file in, press some keys more, and leave."""

    def take(file, *then):
        def act(dialog):
            press("Ctrl+A")
            type_words(str(file))
            press("Return")
            QApplication.sendPostedEvents()
            qtbot.waitUntil(dialog._take.isVisible, timeout=10_000)
            press("Ctrl+Return")
            qtbot.waitUntil(lambda: dialog._result is not None, timeout=10_000)
            press(*then)
            qtbot.waitUntil(lambda: not dialog._work.is_running(), timeout=10_000)

        in_dialog(ImportDialog, act)
        press("Space")
        back()

    return take


@pytest.fixture
def fill(in_dialog, press, back):
    """Press a key that opens a dialog, and act in it."""

    def fill_in(kind, key, act, *, shows_paper=False):
        in_dialog(kind, lambda _dialog: act())
        press(key)
        if not shows_paper:
            back()

    return fill_in


def test_r81_r83_r84_r85_a_day_of_a_clerk(
    window, take_in, workbook, press, type_words, fill, go_to, back, messages, pages_of, now
):
    # The empty page offers the import; afterwards the keyboard stands on the houses.
    press("Ctrl+3")
    take_in(workbook(UNITS, "房屋.xlsx"))
    assert rows("SELECT short, state FROM unit ORDER BY id") == [
        ("1-1-101", "owner-occupied"),
        ("1-1-102", "let"),
        ("1-2-101", "vacant"),
        ("商铺3", "owner-occupied"),
    ]
    people = workbook(PEOPLE, "住户.xlsx")
    messages.expect("act")
    go_to("Import", "Shift+Tab")
    take_in(people, "Shift+Tab", "Space")
    assert rows("SELECT count(*) FROM person") == [(0,)]
    go_to("Import", "Shift+Tab")
    take_in(people)
    assert rows("SELECT count(*) FROM person") == [(4,)]
    home = find_unit("1-1-102", "")

    # The phone rings: three letters, a note, and the house file.
    def talk():
        type_words("问退租怎么办")
        press("Ctrl+S")

    press("Ctrl+K")
    type_words("cyj")
    fill(ContactDialog, "F3", talk)
    (noted,) = list_contacts(ContactFilter(unit_id=home.id)).rows
    assert noted.name == "程咬金"
    press("Ctrl+K")
    type_words("cyj")
    press("F4")

    # He leaves with something open, which asks why; the paper comes at once.
    def leave():
        press("4")
        go_to("Reason")
        press("Down", "Down", "Ctrl+P")
        type_words("三天内转账结清")
        press("Ctrl+P")

    press("Alt+8")
    fill(MoveDialog, "Ins", leave, shows_paper=True)
    (gone,) = list_moves(unit_id=home.id)
    assert (gone.kind, gone.reason) == (MoveKind.LEASE_END, LeaveReason.MOVED_AWAY)
    paper = pages_of(window)
    assert gone.number in paper
    assert "程咬金" in paper
    press("Esc")
    back()
    assert find_unit("1-1-102", "").state is UnitState.VACANT

    # Another one comes, with a key and a car.
    def come():
        press("3")
        go_to("Name")
        type_words("秦琼")
        go_to("Children")
        type_words("1")
        press("Ctrl+S")

    fill(MoveDialog, "Ins", come)
    assert "秦琼" in [one.name for one in list_residents(home.id, now.date()) if one.present]
    home = find_unit("1-1-102", "")
    assert (home.state, home.minors) == (UnitState.LET, 1)
    press("Alt+7")
    fill(GiveKeyDialog, "Ins", lambda: press("Ctrl+S"))
    assert [key.count for key in list_keys(home.id, held_only=True)] == [1]

    def car():
        type_words("粤B7Q32K")
        press("Ctrl+S")

    press("Alt+5")
    fill(VehicleDialog, "Ins", car)
    assert list_plates(home.id, today=now.date()) == ("粤B7Q32K",)

    # Back on the board, one house to the left, into its file; its phone is looked at.
    press("Esc", "Left", "Return")
    go_to("Show numbers", "Shift+Tab")
    press("Space")
    looks = [(line.house, line.act) for line in list_access(AccessFilter())]
    assert looks[:2] == [("1-1-101", AccessAct.REVEALED), ("1-1-101", AccessAct.OPENED)]
