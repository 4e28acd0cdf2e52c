"""The guide of a new office, by keys: its steps, what is refused, and taking it up again."""

from itertools import pairwise

import pytest

from propdesk import clock, paths
from propdesk.domain.first_start import Step
from propdesk.domain.staff import RIGHTS, Right, Role
from propdesk.i18n import _
from propdesk.services import offices
from propdesk.services.queries.fee_rules import office_place
from propdesk.services.queries.office import guide_step
from propdesk.services.queries.staff import list_staff
from propdesk.services.queries.units import list_communities
from propdesk.services.settings import get_settings
from ui.first_start.steps import BackupsPage, CommunityPage, OfficePage, StaffPage
from ui.first_start.window import StepMarks
from ui.widgets.fields import PickField

NAME = "云澜花园物业服务中心"


@pytest.fixture
def settled(qtbot):
    """Wait until a page of this kind is in sight and has the keyboard."""

    def wait(window, kind):
        def is_there():
            pages = window.findChildren(kind)
            return any(one.isVisible() and one.isAncestorOf(window.focusWidget()) for one in pages)

        qtbot.waitUntil(is_there)

    return wait


@pytest.fixture
def fill_office(press, type_words, settled):
    """Take the first way and write the office's name and phone."""

    def fill(window, name=NAME):
        press("1")
        settled(window, OfficePage)
        type_words(name)
        press("Enter")
        type_words("0571-88001234")
        press("Enter")

    return fill


@pytest.fixture
def on_screen(qtbot):
    """Return what stands on the screen where a part of the window is; nothing is drawn for it."""

    def look(window, kind):
        qtbot.wait(50)
        part = window.findChild(kind)
        at = part.mapTo(window, part.rect().topLeft())
        return window.screen().grabWindow(window.winId(), at.x(), at.y(), *part.size().toTuple())

    return look


def test_the_marks_on_the_screen_go_on_with_the_steps(
    begin, fill_office, settled, press, on_screen
):
    def act(window):
        seen = []
        press("1")
        settled(window, OfficePage)
        seen.append(on_screen(window, StepMarks).toImage())
        press("Esc")
        fill_office(window)
        for page in (CommunityPage, StaffPage):
            settled(window, page)
            seen.append(on_screen(window, StepMarks).toImage())
            press("Enter")
            if page is StaffPage:
                press("Enter")
        settled(window, BackupsPage)
        seen.append(on_screen(window, StepMarks).toImage())
        assert not any(one.isNull() for one in seen)
        assert all(one != other for one, other in pairwise(seen))

    assert begin(act) is None


def test_four_steps_by_keys_make_a_whole_office(
    begin, fill_office, settled, press, type_words, tmp_path
):
    second = tmp_path / "stick"
    second.mkdir()

    def act(window):
        fill_office(window)
        settled(window, CommunityPage)
        type_words("云澜花园")
        press("Enter")
        type_words("云澜二期")
        press("Enter", "Enter")
        settled(window, StaffPage)
        type_words("李敏")
        press("Enter")
        type_words("王建国")
        press("Enter")
        type_words("赵敏")
        press("Tab", "Tab", "Down", "Down")  # worker, front desk, cashier
        press("Enter", "Enter")
        settled(window, BackupsPage)
        type_words(str(second))
        press("Enter")
        settled(window, BackupsPage)  # on the data's own disk: asked once more
        press("Enter")
        press("3")

    begun = begin(act)
    assert begun is not None
    assert begun.errand == "ticket"
    assert begun.office.folder == paths.user_data()
    assert offices.remembered_office() == begun.office.folder
    settings = get_settings()
    assert (settings.office_name, settings.phone) == (NAME, "0571-88001234")
    assert settings.second_backup_folder == str(second)
    assert list_communities() == ("云澜二期", "云澜花园")
    assert [(one.name, one.department, one.role) for one in list_staff()] == [
        ("李敏", "客服部", Role.FRONT_DESK),
        ("王建国", "工程部", Role.WORKER),
        ("赵敏", "工程部", Role.CASHIER),
    ]
    assert guide_step() is None


def test_everything_but_the_name_may_wait(begin, fill_office, settled, press):
    def act(window):
        fill_office(window)
        settled(window, CommunityPage)
        press("Enter")
        settled(window, StaffPage)
        press("Enter", "Enter")
        settled(window, BackupsPage)
        press("Enter", "Esc")

    begun = begin(act)
    assert begun is not None
    assert begun.errand == ""
    assert [one.name for one in list_staff()] == ["前台"]
    assert list_communities() == ()
    assert get_settings().second_backup_folder == ""
    assert guide_step() is None


@pytest.mark.parametrize("typed", ["", "   ", "\u200b"])
def test_an_office_without_a_name_is_not_made(begin, press, type_words, settled, words, typed):
    def act(window):
        press("1")
        settled(window, OfficePage)
        type_words(typed)
        press("Enter", "Enter")
        settled(window, OfficePage)
        assert _("The office needs a name; it stands on every paper.") in words(window)

    assert begin(act) is None
    assert not paths.user_data().exists()


@pytest.mark.parametrize("name", ["😀 物业", "长" * 200, "A<B>&\"'"])
def test_odd_names_are_kept_as_they_are(begin, fill_office, settled, name):
    def act(window):
        fill_office(window, name)
        settled(window, CommunityPage)

    assert begin(act) is None  # left at the second step
    assert offices.look_at(paths.user_data()).name == name


def test_a_place_that_cannot_be_is_said_under_the_choice(
    begin, press, type_words, settled, words, messages, tmp_path
):
    cloud = tmp_path / "Dropbox" / "data"
    cloud.mkdir(parents=True)

    def act(window):
        press("1")
        settled(window, OfficePage)
        type_words(NAME)
        press("Tab", "Tab")
        messages.expect(cloud)
        press("Right")
        assert str(cloud) in words(window)
        press("Enter")
        assert any("Dropbox" in one for one in words(window) if one != str(cloud))

    assert begin(act) is None
    assert list(cloud.iterdir()) == []
    assert offices.remembered_office() is None


def test_an_office_may_lie_in_another_folder(begin, press, type_words, settled, messages, tmp_path):
    folder = tmp_path / "D"
    folder.mkdir()
    (folder / "a.jpg").touch()

    def act(window):
        press("1")
        settled(window, OfficePage)
        type_words(NAME)
        press("Tab", "Tab")
        messages.expect(folder)
        press("Right", "Enter")
        settled(window, CommunityPage)

    assert begin(act) is None
    assert offices.look_at(folder / "propdesk").name == NAME
    assert offices.remembered_office() == folder / "propdesk"


def test_an_office_for_all_users_lies_in_the_shared_folder_of_the_system(
    begin, press, type_words, settled, words, monkeypatch, tmp_path
):
    shared = tmp_path / "Public" / "Documents" / "propdesk"
    monkeypatch.setattr("propdesk.paths.shared_data", lambda: shared)

    def act(window):
        press("1")
        settled(window, OfficePage)
        type_words(NAME)
        press("Tab", "Tab", "Right")
        assert str(shared) in words(window)
        press("Enter")
        settled(window, CommunityPage)

    assert begin(act) is None
    assert offices.remembered_office() == shared
    assert not paths.user_data().exists()


def test_names_that_come_twice_are_refused_in_their_row(
    begin, fill_office, settled, press, type_words, words
):
    def act(window):
        fill_office(window)
        settled(window, CommunityPage)
        type_words("云澜花园")
        press("Enter")
        type_words("云澜花园")
        press("Enter", "Enter")
        assert _("There is already a community «{name}».").format(name="云澜花园") in words(window)
        type_words("云澜二期")
        press("Enter", "Enter")
        settled(window, StaffPage)
        type_words("李敏")
        press("Enter")
        type_words("李敏")
        press("Enter", "Enter")
        settled(window, StaffPage)
        assert any("李敏" in one and len(one) > 8 for one in words(window))

    assert begin(act) is None
    assert offices.look_at(paths.user_data()).name == NAME


def test_back_and_on_again_changes_what_was_stored(begin, fill_office, settled, press, type_words):
    def act(window):
        fill_office(window)
        settled(window, CommunityPage)
        type_words("云澜")
        press("Enter", "Enter")
        settled(window, StaffPage)
        press("Esc")
        settled(window, CommunityPage)
        type_words("云澜花园")
        press("Enter", "Enter")
        settled(window, StaffPage)
        press("Esc", "Esc")
        settled(window, OfficePage)
        type_words("新名字")
        press("Enter", "Enter")
        settled(window, CommunityPage)

    assert begin(act) is None

    def look(window):
        settled(window, CommunityPage)
        press("Enter", "Enter")
        settled(window, StaffPage)
        press("Enter", "Enter")
        settled(window, BackupsPage)
        press("Enter", "Esc")

    assert begin(look) is not None
    assert list_communities() == ("云澜花园",)
    assert get_settings().office_name == "新名字"


@pytest.mark.parametrize("keys", [("Esc",), ()])
def test_the_guide_is_taken_up_where_it_was_left_with_what_was_typed(
    begin, fill_office, settled, press, type_words, words, keys
):
    def leave(window):
        fill_office(window)
        settled(window, CommunityPage)
        press("Enter")
        settled(window, StaffPage)
        type_words("李敏")
        press("Enter")
        type_words("王建")

    def go_on(window):
        settled(window, StaffPage)
        assert {"李敏", "王建"} <= set(words(window))
        press("Enter")
        type_words("王建国")
        press("Enter", "Enter")
        settled(window, BackupsPage)
        press("Enter", "Enter")

    assert begin(leave) is None
    begun = begin(go_on)
    assert begun is not None
    assert begun.errand == "residents"
    assert [one.name for one in list_staff()] == ["李敏", "王建国"]
    assert guide_step() is None


def test_law_1_2_the_guide_asks_for_the_place_and_says_what_is_to_be_verified(
    begin, press, type_words, settled, words
):
    said = []

    def act(window):
        press("1")
        settled(window, OfficePage)
        type_words(NAME)
        press("Tab", "Tab", "Tab")  # phone, data, place: who is in a hurry leaves it
        place = window.findChild(OfficePage).findChild(PickField)
        said.append(words(window))
        while place.currentText() != "山东 滨州":
            press("Down")
        said.append(words(window))
        press("Shift+Tab", "Shift+Tab", "Enter")
        settled(window, CommunityPage)
        said.append(office_place().code)

    assert begin(act) is None
    assert any("全国" in one for one in said[0])
    assert any("待核实" in one and "空置房" in one for one in said[1])
    assert said[2] == "binzhou"


def test_the_first_desk_keeps_its_rights_also_when_the_guide_is_taken_up_again(
    begin, fill_office, settled, press, type_words
):
    offered = []

    def look(window):
        settled(window, StaffPage)
        position = window.findChild(StaffPage).findChildren(PickField)[1]
        offered.append([position.itemData(n) for n in range(position.count())])

    def leave_amid_the_staff(window):
        fill_office(window)
        settled(window, CommunityPage)
        press("Enter")
        look(window)
        type_words("李敏")

    assert begin(leave_amid_the_staff) is None
    assert begin(look) is None
    allowed = [role for role in Role if Right.MANAGE_OFFICE in RIGHTS[role]]
    assert offered == [allowed, allowed]


def test_a_second_place_that_is_gone_is_refused(
    begin, fill_office, settled, press, type_words, words, tmp_path
):
    gone = tmp_path / "gone" / "stick"

    def act(window):
        fill_office(window)
        settled(window, CommunityPage)
        press("Enter")
        settled(window, StaffPage)
        press("Enter", "Enter")
        settled(window, BackupsPage)
        type_words(str(gone))
        press("Enter")
        settled(window, BackupsPage)
        assert any("stick" in one and one != str(gone) for one in words(window))

    assert begin(act) is None
    assert not gone.parent.exists()
    with_step = offices.open_office(paths.user_data(), now=clock.now(), create=False)
    assert guide_step() is Step.BACKUPS
    assert get_settings().second_backup_folder == ""
    offices.close_office(with_step)
