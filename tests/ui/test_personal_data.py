"""Personal data in the window, by keyboard: shown on request and noted, consented, exported."""

import json
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from propdesk.domain.consents import ConsentDraft, ConsentWay
from propdesk.domain.staff import Role
from propdesk.domain.tickets import Kind, TicketDraft
from propdesk.i18n import set_language
from propdesk.services import staff, tickets
from propdesk.services.consents import give_consent
from propdesk.services.person_details import set_details
from propdesk.services.queries.access import AccessFilter, list_access, list_exports
from propdesk.services.queries.consents import list_consents
from propdesk.services.queries.person_details import list_details
from propdesk.services.revealing import reveal_house
from propdesk.services.settings import get_settings, save_settings
from propdesk.storage.database import rows
from ui.desk_search import DeskSearch
from ui.dialogs.access_log_dialog import AccessLogDialog
from ui.dialogs.consents_dialog import ConsentDialog, ConsentsDialog
from ui.dialogs.export_residents_dialog import ExportResidentsDialog
from ui.dialogs.person_details_dialog import PersonDetailsDialog
from ui.dialogs.settings_dialog import SettingsDialog
from ui.pages.list_export import export_as_seen
from ui.pages.tickets import TicketsPage
from ui.tables.columns import FixedRows
from ui.widgets.search import SearchField

NUMBER = "11010519491231002X"


@pytest.fixture(autouse=True)
def in_english():
    set_language("en")


@pytest.fixture
def window(showing):
    return showing(QWidget(), 1280, 720)


@pytest.fixture
def keep(house, office_context):
    """Switch optional fields on."""

    def switch(*codes):
        save_settings(replace(get_settings(), kept_fields=codes), by=house.desk.id)
        office_context.changes.settings_changed.emit()

    return switch


@pytest.fixture
def agree(house, now):
    def given(scope):
        draft = ConsentDraft(scope, ConsentWay.PAPER, now.date())
        return give_consent(house.owner.person_id, draft, by=house.desk.id, now=now)

    return given


@pytest.fixture
def tab_to(press, focus):
    def walk(name):
        for _stop in range(40):
            if focus().accessibleName() == name:
                return
            press("Tab")
        pytest.fail(f"Tab never comes to {name}")

    return walk


def looks():
    return [(one.act.value, one.person, one.what) for one in list_access(AccessFilter())]


def words_of(widget):
    return " ".join(each.text() for each in widget.findChildren(QLabel) if each.isVisible())


# -- shown in full


@pytest.fixture
def desk(office_context, house, showing):
    below = QWidget()
    column = QVBoxLayout(below)
    field = SearchField(office_context.theme, "search", "Ctrl+K")
    stack = QStackedWidget()
    stack.addWidget(QLineEdit())
    column.addWidget(field)
    column.addWidget(stack)
    search = DeskSearch(office_context, field, stack)
    showing(below, 1000, 700)
    return search


def test_r85_a_phone_on_the_caller_card_is_shown_on_request_and_noted(
    desk, press, type_words, tab_to
):
    press("Ctrl+K")
    type_words("1234")
    assert "13800001234" not in words_of(desk.sheet)
    assert looks() == []
    tab_to("Show")
    press("Space")
    assert "13800001234" in words_of(desk.sheet)
    assert looks() == [("revealed", "张伟丰", "phone")]
    tab_to("Hide")
    press("Space")
    assert "13800001234" not in words_of(desk.sheet)


def test_r85_who_may_not_reveal_sees_the_mask_and_the_reason(
    desk, house, office_context, messages, press, type_words, tab_to
):
    office_context.staff = house.worker
    press("Ctrl+K")
    type_words("1234")
    messages.expect("")
    tab_to("Show")
    press("Space")
    assert "13800001234" not in words_of(desk.sheet)
    assert "王建国" in messages.asked[0][1]
    assert looks() == []


def test_r85_the_phone_on_a_ticket(house, office_context, now, showing, press, tab_to):
    draft = TicketDraft(
        Kind.REPAIR, "厨房漏水", unit_id=house.home.id, reporter_phone="13800001234"
    )
    ticket = tickets.register_ticket(draft, by=house.desk.id, now=now)
    page = TicketsPage(office_context)
    showing(page, 1366, 692)
    page.catch_up()
    page.enter()
    press("Return")
    assert "13800001234" not in words_of(page.detail)
    tab_to("Show")
    press("Space")
    assert "13800001234" in words_of(page.detail)
    assert looks() == [("revealed", "", f"phone {ticket.number}")]


# -- names


def test_r85_names_are_masked_for_the_roles_that_the_office_says(
    desk, house, office_context, press, type_words
):
    press("Ctrl+K")
    type_words("1-2-501")
    assert "张伟丰" in words_of(desk.sheet)
    press("Esc")
    office_context.staff = house.worker
    press("Ctrl+K")
    type_words("1-2-501")
    assert "张伟丰" not in words_of(desk.sheet)
    assert "张*丰" in words_of(desk.sheet)


@pytest.mark.parametrize("is_worker", [False, True])
def test_names_of_a_list_leave_the_window_masked_whoever_sees_them(
    house, office_context, now, showing, tmp_path, messages, is_worker
):
    draft = TicketDraft(Kind.REPAIR, "厨房漏水", unit_id=house.home.id, reporter_name="张伟丰")
    tickets.register_ticket(draft, by=house.desk.id, now=now)
    page = TicketsPage(office_context)
    if is_worker:
        office_context.staff = house.worker
    showing(page, 1366, 692)
    page.catch_up()
    table = page.list.table
    place = [column.key for column in table.records.columns].index("reporter")
    assert table.records.cell(0, place).words == ("张*丰" if is_worker else "张伟丰")
    office_context.staff = house.desk
    messages.expect(tmp_path / "list.csv")
    seen = FixedRows([table.records.row_at(0)])
    export_as_seen(office_context, page, table, seen, "工单", 1)
    text = (tmp_path / "list.csv").read_text("utf-8-sig")
    assert "张*丰" in text
    assert "张伟丰" not in text


# -- details and consents


def test_r80_without_switched_on_fields_the_form_says_where(office_context, window, house):
    dialog = PersonDetailsDialog(office_context, window, house.owner.person_id, "张伟丰")
    dialog.open()
    assert "settings" in words_of(dialog)
    dialog.reject()


def test_r80_a_detail_is_asked_consent_for_then_stored(
    office_context, window, house, keep, agree, press, type_words, focus, tab_to, in_dialog, back_to
):
    keep("occupation", "identity-number")
    agree("profile")
    person = house.owner.person_id

    def consent(_dialog):
        press("Ctrl+S")

    def fill(dialog):
        assert focus().accessibleName() == "Occupation"
        type_words("教师")
        in_dialog(ConsentDialog, consent)
        tab_to("Note the consent")
        press("Space")
        back_to(dialog)
        assert focus().accessibleName() == "Identity number"
        type_words("110105194912310021")
        press("Ctrl+S")
        assert "check digit" in dialog.rows.problem("identity-number")
        press("Ctrl+A")
        type_words(NUMBER)
        press("Ctrl+S")

    in_dialog(PersonDetailsDialog, fill)
    dialog = PersonDetailsDialog(office_context, window, person, "张伟丰")
    dialog.ask()
    assert dialog.is_stored
    assert [one.shown for one in list_details(person)] == ["教师", "110***********002X"]
    assert {one.scope for one in list_consents(person)} == {"profile", "identity-number"}


def test_r80_a_masked_value_stays_when_nobody_touches_it_and_is_noted_when_shown(
    office_context, window, house, keep, agree, now, press, tab_to, focus, in_dialog
):
    keep("gender", "identity-number")
    agree("profile")
    agree("identity-number")
    person = house.owner.person_id
    set_details(person, {"identity-number": NUMBER}, by=house.desk.id, now=now)

    def choose_gender(_dialog):
        assert focus().accessibleName() == "Gender"
        press("Down", "Ctrl+S")

    in_dialog(PersonDetailsDialog, choose_gender)
    PersonDetailsDialog(office_context, window, person, "张伟丰").ask()
    stored = dict(rows("SELECT field, value FROM person_detail"))
    assert stored == {"gender": "female", "identity-number": NUMBER}
    assert looks() == []

    def reveal_and_delete(_dialog):
        tab_to("Show")
        press("Space")
        assert focus().text() == NUMBER
        press("Ctrl+A", "Del", "Ctrl+S")

    in_dialog(PersonDetailsDialog, reveal_and_delete)
    PersonDetailsDialog(office_context, window, person, "张伟丰").ask()
    assert looks() == [("revealed", "张伟丰", "identity-number")]
    assert dict(rows("SELECT field, value FROM person_detail")) == {"gender": "female"}


def test_a_consent_is_noted_and_withdrawn(
    office_context, window, house, keep, press, type_words, messages, now, in_dialog, back_to
):
    keep("occupation")
    person = house.owner.person_id

    def note(dialog):
        press("Ctrl+S")

    def manage(dialog):
        in_dialog(ConsentDialog, note)
        press("Ctrl+N")
        back_to(dialog)
        assert list_consents(person)[0].scope == "profile"
        set_details(person, {"occupation": "教师"}, by=house.desk.id, now=now)
        messages.expect("keep")
        press("Del")
        assert list_consents(person)[0].holds
        messages.expect("act")
        press("Del")
        assert dialog.toast.words() == "Withdrawn; deleted: Occupation"

    in_dialog(ConsentsDialog, manage)
    ConsentsDialog(office_context, window, person, "张伟丰").ask()
    assert not list_consents(person)[0].holds
    assert rows("SELECT count(*) FROM person_detail") == [(0,)]


def test_a_childs_consent_asks_for_the_guardian(
    office_context, window, house, press, type_words, tab_to, in_dialog
):
    told = []

    def note(dialog):
        press("Ctrl+S")
        told.append(dialog.rows.problem("given_by"))
        tab_to("Given by")
        type_words("父亲")
        press("Ctrl+S")

    in_dialog(ConsentDialog, note)
    person = house.owner.person_id
    ConsentDialog(office_context, window, person, "张伟丰", scope="minor").ask()
    assert told == ["Say which guardian agreed."]
    assert [one.given_by for one in list_consents(person)] == ["父亲"]


# -- who has looked, and what went out


def test_who_has_looked_at_a_house_and_what_of(
    office_context, window, house, now, press, in_dialog
):
    reveal_house(house.home.id, by=house.desk.id, now=now)
    seen = []

    def look(dialog):
        table = dialog.table
        seen.append([table.records.cell(0, n).words for n in range(1, 6)])

    in_dialog(AccessLogDialog, look)
    AccessLogDialog(office_context, window, house.home.id, house.home.short).ask()
    assert seen == [[house.desk.name, "Shown in full", "1-2-501", "张伟丰", "Phone"]]


def test_residents_leave_in_full_only_with_a_purpose_and_a_second_person(
    office_context, window, house, messages, tmp_path, press, type_words, tab_to, in_dialog, back_to
):
    manager = staff.add_staff("李经理", by=house.desk.id, role=Role.MANAGER)
    save_settings(replace(get_settings(), second_approver_rows=0), by=house.desk.id)
    office_context.changes.settings_changed.emit()
    target = tmp_path / "out.json"

    def give(dialog):
        press("Right", "Ctrl+S")
        assert dialog.rows.problem("purpose")
        tab_to("Purpose")
        type_words("核对")
        messages.expect(target)
        press("Ctrl+S")
        back_to(dialog)
        assert "second" in dialog.rows.problem("second")
        assert not target.exists()
        tab_to("Second person")
        press("Down")
        messages.expect(target)
        press("Ctrl+S")

    in_dialog(ExportResidentsDialog, give)
    dialog = ExportResidentsDialog(office_context, window)
    dialog.ask()
    assert dialog.told == "1 row is in out.json"
    assert json.loads(target.read_text("utf-8"))[0]["phones"] == ["13800001234"]
    (export,) = list_exports()
    assert (export.second, export.purpose) == (manager.name, "核对")


# -- the settings


def test_r80_fields_are_switched_on_and_off_and_what_they_held_is_asked_for(
    office_context, window, house, agree, now, press, tab_to, messages, in_dialog
):
    def tick(_dialog):
        tab_to("Occupation")
        press("Space", "Ctrl+S")

    in_dialog(SettingsDialog, tick)
    SettingsDialog(office_context, window, "privacy").ask()
    assert get_settings().kept_fields == ("occupation",)
    agree("profile")
    person = house.owner.person_id
    set_details(person, {"occupation": "教师"}, by=house.desk.id, now=now)
    messages.expect("keep")
    in_dialog(SettingsDialog, tick)
    SettingsDialog(office_context, window, "privacy").ask()
    assert get_settings().kept_fields == ("occupation",)
    messages.expect("act")
    in_dialog(SettingsDialog, tick)
    SettingsDialog(office_context, window, "privacy").ask()
    assert get_settings().kept_fields == ()
    assert rows("SELECT count(*) FROM person_detail") == [(0,)]


def test_a_period_below_the_law_stays_under_its_field(
    office_context, window, press, type_words, tab_to, in_dialog
):
    told = []

    def shorten(_dialog):
        tab_to("Who has looked, printed or exported")
        press("Ctrl+A")
        type_words("5")
        press("Ctrl+S")
        told.append(words_of(_dialog))

    in_dialog(SettingsDialog, shorten)
    SettingsDialog(office_context, window, "privacy").ask()
    assert "Cybersecurity Law" in told[0]
    assert get_settings().retention_months["logs"] == 36
