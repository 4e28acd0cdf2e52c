"""The ways in that are no new office: one from a backup, one on this PC, the demo, or none."""

import shutil

import pytest

from propdesk import clock, paths
from propdesk.domain.demo import DEMO_DAY
from propdesk.domain.settings import OfficeSettings
from propdesk.domain.tickets import Kind, TicketDraft
from propdesk.i18n import _, ngettext
from propdesk.services import backups, offices, tickets
from propdesk.services.queries.office import demo_moment
from propdesk.services.queries.staff import first_desk
from propdesk.services.queries.tickets import TicketFilter, count_tickets, find_ticket
from ui.dialogs.work_dialog import WorkDialog
from ui.first_start.drives import Drive
from ui.first_start.window import FirstStart
from ui.widgets.ways import WayList


@pytest.fixture
def office_elsewhere(tmp_path):
    """An office that was made in some folder, with one ticket; closed."""
    folder = tmp_path / "公用" / "propdesk"
    office = offices.make_office(folder, OfficeSettings(office_name="云澜花园"), now=clock.now())
    draft = TicketDraft(Kind.REPAIR, "灯不亮", place="大堂")
    tickets.register_ticket(draft, by=first_desk().id, now=clock.now())
    offices.close_office(office)
    return folder


@pytest.fixture
def backup_file(office_elsewhere, tmp_path):
    """Its backup on a stick; the office itself is gone."""
    office = offices.open_office(office_elsewhere, now=clock.now())
    file = backups.make_backup(office, now=clock.now(), to=tmp_path / "stick").file
    offices.close_office(office)
    shutil.rmtree(office_elsewhere)
    return file


@pytest.fixture
def small_demo(monkeypatch):
    monkeypatch.setattr("propdesk.services.demo.HOUSEHOLDS", 30)
    monkeypatch.setattr("propdesk.services.demo.FIRST_LOOK_MONTHS", 1)


def home_of(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


@pytest.mark.parametrize("keys", [("Esc",), ("1", "Esc", "Esc"), ("2", "Esc", "Down", "3", "Esc")])
def test_leaving_without_a_choice_makes_nothing(begin, press, own_home, keys):
    before = home_of(own_home.parent)
    assert begin(lambda _window: press(*keys)) is None
    assert home_of(own_home.parent) == before


def test_an_office_comes_over_from_a_backup(begin, press, messages, words, back_in, backup_file):
    def act(window):
        press("2")
        messages.expect(backup_file)
        press("1")
        back_in(window)
        # What it holds is said before anything is brought over.
        one_ticket = ngettext("{count} ticket", "{count} tickets", 1).format(count=1)
        assert any(one_ticket in one for one in words(window))
        assert not paths.user_data().exists()
        press("Enter")

    begun = begin(act)
    assert begun is not None
    assert begun.office.folder == paths.user_data()
    assert offices.remembered_office() == paths.user_data()
    assert count_tickets(TicketFilter(), now=clock.now()) == 1


def test_a_folder_with_other_files_stays_as_it_is(begin, press, messages, back_in, backup_file):
    own = paths.user_data()
    own.mkdir(parents=True)
    (own / "workstation.ini").write_text("[window]\n")

    def act(window):
        press("2")
        messages.expect(backup_file)
        press("1")
        back_in(window)
        press("Enter")

    begun = begin(act)
    assert begun is not None
    assert begun.office.folder == own / "office"
    assert offices.remembered_office() == own / "office"


def test_a_damaged_backup_is_told_and_nothing_is_made(
    begin, press, messages, words, back_in, backup_file
):
    backup_file.write_bytes(backup_file.read_bytes()[:-300])

    def act(window):
        press("2")
        messages.expect(backup_file, None)
        press("1")
        assert any(backup_file.name in one for one in words(window))
        back_in(window)
        press("1")

    assert begin(act) is None
    assert not paths.user_data().exists()


def test_a_stick_that_is_plugged_in_offers_its_newest_backup(
    press, messages, theme, qtbot, backup_file, showing, back_in
):
    drives = [Drive(backup_file.parent, "STICK", 5_000_000_000)]
    window = FirstStart(theme, messages, None, drives=lambda: drives)
    showing(window)
    press("2")
    (ways,) = [each for each in window.findChildren(WayList) if each.isVisible()]
    qtbot.waitUntil(lambda: str(backup_file) in [way.key for way in ways.ways()])
    press("1")
    back_in(window)
    press("Enter")
    assert window.folder == paths.user_data()
    assert offices.look_at(window.folder).tickets == 1


def test_an_office_of_this_pc_is_found_by_its_folder(begin, press, messages, office_elsewhere):
    def act(_window):
        press("3")
        messages.expect(office_elsewhere.parent)  # the folder above will do
        press("1")

    begun = begin(act)
    assert begun is not None
    assert begun.office.folder == office_elsewhere
    assert not begun.office.created
    assert offices.remembered_office() == office_elsewhere


def test_an_office_in_the_shared_folder_is_offered(
    begin, press, office_elsewhere, monkeypatch, words
):
    monkeypatch.setattr("propdesk.paths.shared_data", lambda: office_elsewhere)
    begun = begin(lambda _window: press("3", "Enter"))
    assert begun is not None
    assert begun.office.folder == office_elsewhere


def test_a_folder_without_an_office_is_refused(begin, press, messages, words, tmp_path):
    empty = tmp_path / "leer"
    empty.mkdir()

    def act(window):
        press("3")
        messages.expect(empty)
        press("1")
        assert _("There is no office in «{folder}».").format(folder=empty) in words(window)

    assert begin(act) is None
    assert list(empty.iterdir()) == []


def test_the_demo_is_opened_apart_and_never_remembered(begin, press, small_demo):
    begun = begin(lambda _window: press("4"))
    assert begun is not None
    assert begun.office.folder == paths.demo_data()
    assert paths.user_data() not in begun.office.folder.parents
    assert demo_moment() is not None
    assert demo_moment().date() == DEMO_DAY
    assert offices.remembered_office() is None
    assert not offices.holds_office(paths.user_data())


def test_a_demo_that_is_there_keeps_what_was_tried(begin, press, small_demo):
    begun = begin(lambda _window: press("4"))
    draft = TicketDraft(Kind.REPAIR, "灯不亮", place="大堂")
    number = tickets.register_ticket(draft, by=first_desk().id, now=demo_moment()).number
    offices.close_office(begun.office)
    begin(lambda _window: press("4"))
    assert find_ticket(number).text == "灯不亮"


@pytest.mark.parametrize("damage", ["cut", "empty folder"])
def test_a_damaged_demo_is_made_anew(begin, press, small_demo, damage):
    folder = paths.demo_data()
    if damage == "empty folder":
        folder.mkdir(parents=True)
    else:
        offices.close_office(offices.open_office(folder, now=clock.now()))
        data = folder / "office.db"
        data.write_bytes(data.read_bytes()[:5000])
    assert begin(lambda _window: press("4")) is not None
    assert demo_moment() is not None


def test_an_office_in_the_demos_place_is_refused_and_stays(begin, press, words, small_demo):
    folder = paths.demo_data()
    offices.close_office(offices.open_office(folder, now=clock.now()))
    before = (folder / "office.db").read_bytes()

    def act(window):
        press("4")
        assert str(folder) in " ".join(words(window))

    assert begin(act) is None
    assert (folder / "office.db").read_bytes() == before


def test_the_demo_can_be_stopped_and_leaves_nothing(begin, press, monkeypatch, in_dialog, back_in):
    monkeypatch.setattr("propdesk.services.demo.HOUSEHOLDS", 120)
    monkeypatch.setattr("propdesk.services.demo.FIRST_LOOK_MONTHS", 6)

    def act(window):
        in_dialog(WorkDialog, lambda _dialog: press("Esc"))
        press("4")
        assert list(paths.demo_data().parent.iterdir()) == []
        back_in(window)
        monkeypatch.setattr("propdesk.services.demo.HOUSEHOLDS", 10)
        monkeypatch.setattr("propdesk.services.demo.FIRST_LOOK_MONTHS", 1)
        press("4")

    assert begin(act) is not None
    assert demo_moment() is not None


def test_where_no_demo_can_be_the_window_says_so_and_stays(begin, press, words, small_demo):
    paths.demo_data().parent.mkdir(parents=True)
    paths.demo_data().write_text("a file")

    def act(window):
        press("4")
        assert any(paths.demo_data().name in one for one in words(window))

    assert begin(act) is None
    assert paths.demo_data().read_text() == "a file"
