"""The people of a house in the window: the fold, the known person, shares, merge, death (F47)."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from PySide6.QtWidgets import QLabel

from propdesk.domain.consents import ConsentWay
from propdesk.domain.moves import MoveKind
from propdesk.domain.persons import Guardian, PersonDraft, PersonKind, ResidentRole
from propdesk.domain.units import Address
from propdesk.i18n import set_language
from propdesk.services import residents, units
from propdesk.services.persons import preview_merge
from propdesk.services.queries.persons import get_person
from propdesk.services.queries.residents import list_residents
from ui.dialogs.death_dialog import DeathDialog
from ui.dialogs.move_dialog import MoveDialog
from ui.dialogs.person_link_dialog import PersonLinkDialog
from ui.dialogs.person_merge_dialog import PersonMergeDialog
from ui.dialogs.person_picker import PersonPicker
from ui.dialogs.shares_dialog import SharesDialog
from ui.pages.house_people import HousePeople
from ui.pages.residents import ResidentsPage
from ui.widgets.buttons import Button


@pytest.fixture
def other(house):
    return units.add_unit(Address("1", "2", "502"), community="云澜花园", by=house.desk.id)


@pytest.fixture
def page(office_context, house, other, showing):
    set_language("en")
    clerk = office_context.staff.id
    office_context.memory.remember(f"residents/clerk-{clerk}/view", "table")
    made = ResidentsPage(office_context)
    office_context.changes.residents_changed.connect(made.mark_stale)
    showing(made, 1366, 692)
    made.catch_up()
    made.enter()
    return made


@pytest.fixture
def part(office_context, house, showing):
    """The part alone, with the owner chosen."""
    set_language("en")
    made = HousePeople(office_context)
    showing(made, 760, 500)
    made.show_unit(house.home)
    made.enter()
    return made


@pytest.fixture
def people(house, now):
    def listed(unit=None):
        return list_residents((unit or house.home).id, now.date())

    return listed


def name_of(widget):
    return widget.accessibleName()


def test_f47_a_child_is_asked_for_its_guardian(
    page, house, other, people, press, type_words, focus
):
    page.show_unit(other.id)
    page.show_unit(house.home.id)
    press("Ins")
    type_words("张小宝")
    press("Alt+M")
    assert name_of(focus()) == "Relation"
    type_words("女儿")
    press("Tab", "Right")
    assert name_of(focus()) == "Child under 14"
    press("Ctrl+S")
    assert "only counted" in page._side._person_form.rows.problem("guardian")
    while name_of(focus()) != "Guardian":
        press("Tab")
    type_words("张伟丰")
    press("Ctrl+S")
    (child,) = [one for one in people() if one.name == "张小宝"]
    assert (child.role, child.relation) == (ResidentRole.FAMILY, "女儿")
    assert child.guardian == Guardian("张伟丰", ConsentWay.PAPER, date(2026, 11, 21))


def test_the_form_is_short_until_more_is_wanted(page, house, other, press, focus):
    page.show_unit(other.id)
    page.show_unit(house.home.id)
    form = page._side._person_form
    press("Ins")
    walked = [name_of(focus())]
    while focus() is not form.fold:
        press("Tab")
        walked.append(name_of(focus()))
    press("Tab")
    assert focus() is form.save
    # A narrow pane keeps some roles behind a chip of their own.
    asked = [name for name in walked[:-1] if name != "More"]
    assert asked == ["Name", "Salutation", "Family", "Phones", "Since"]


def test_f47_the_known_person_is_offered_and_linked(
    page, house, other, people, press, type_words, messages, focus
):
    def save_the_same(answer):
        messages.expect(answer)
        press("Ins")
        type_words("张伟丰")
        while name_of(focus()) != "Phones":
            press("Tab")
        type_words("+86 138-0000-1234")
        press("Ctrl+S")

    page.show_unit(other.id)
    save_the_same("back")
    assert people(other) == ()
    messages.expect("link")
    press("Ctrl+S")
    (linked,) = people(other)
    assert linked.person_id == house.owner.person_id
    save_the_same("another")
    assert len({one.person_id for one in people(other)}) == 2
    assert "1-2-501 Owner" in messages.asked[0][1]
    assert "138****1234" in messages.asked[0][1]


def test_shares_are_set_and_what_is_missing_is_told(
    part, house, now, people, press, type_words, in_dialog
):
    wife = PersonDraft("李秀兰", relation="配偶")
    residents.add_resident(house.home.id, wife, by=house.desk.id, now=now)
    part.show_unit(house.home)
    told = []

    def fill(dialog):
        type_words("1/2")
        told.append(dialog._hint.text())
        press("Tab")
        type_words("60%")
        told.append(dialog._hint.text())
        press("Ctrl+S")
        told.append(dialog.rows.problem(list(dialog.rows._rows)[-1]))
        press("Ctrl+A")
        type_words("33.3%")
        press("Ctrl+S")

    in_dialog(SharesDialog, fill)
    press("Alt+M", "S")
    assert [one.share for one in people()] == [Fraction(1, 2), Fraction(333, 1000)]
    assert told[0] == "Some owners have no share written; 1/2 is left for them."
    assert told[1] == "Together they are more than the whole house."
    assert "at most the whole house" in told[2]
    part.show_unit(house.home)
    assert part._shares.text() == "The shares make 83.3%; 16.7% is missing."


@pytest.mark.parametrize("is_merged", [False, True])
def test_f47_two_are_compared_before_they_are_one(
    part, house, other, now, people, press, in_dialog, is_merged
):
    twin = residents.add_resident(
        other.id, PersonDraft("张伟丰", phones=("13900005678",)), by=house.desk.id, now=now
    )
    stored = []
    part.stored.connect(stored.append)

    def compare(dialog):
        assert dialog.focusWidget().accessibleName() == "Leave them apart"
        press(*(("Tab", "Return") if is_merged else ("Escape",)))

    def pick(_dialog):
        in_dialog(PersonMergeDialog, compare)
        press("Return")

    in_dialog(PersonPicker, pick)
    press("Alt+M", "T")
    merged = get_person(twin.person_id, now.date()).merged_into_id
    assert merged == (house.owner.person_id if is_merged else None)
    assert stored == (["张伟丰 is now one with 张伟丰"] if is_merged else [])
    assert [one.person_id for one in people(other)] == [merged or twin.person_id]


def test_a_person_is_linked_by_the_digits_of_the_phone(
    office_context, house, other, people, press, type_words, in_dialog, showing, focus
):
    set_language("en")
    part = HousePeople(office_context)
    showing(part, 760, 500)
    part.show_unit(other)
    press("Tab")
    while not isinstance(focus(), Button):
        press("Tab")

    def link(dialog):
        press("Return")
        assert dialog.isVisible()
        type_words("1234")
        press("Return")

    in_dialog(PersonLinkDialog, link)
    press("Alt+M", "K")
    (linked,) = people(other)
    assert (linked.person_id, linked.role) == (house.owner.person_id, ResidentRole.OWNER)


def test_f47_a_death_is_noted_and_his_houses_wait(
    part, house, people, press, type_words, in_dialog
):
    said = []

    def note(dialog):
        type_words("2027-01-01")
        press("Ctrl+S")
        said.append(dialog.rows.problem("died_on"))
        press("Ctrl+A")
        type_words("2026-11-20")
        press("Ctrl+S")

    in_dialog(DeathDialog, note)
    press("Alt+M", "D")
    assert said == ["The day has not come yet."]
    (owner,) = people()
    assert (owner.died_on, owner.present) == (date(2026, 11, 20), True)
    part.show_unit(house.home)
    assert "Deceased" in [part.table.records.cell(0, n).words for n in range(7)]


def test_f47_from_a_death_straight_to_the_inheritance(part, house, people, press, in_dialog):
    kinds = []

    def look(dialog):
        kinds.append(dialog.kind.chosen())
        press("Esc")

    def note(_dialog):
        in_dialog(MoveDialog, look)
        press("Ctrl+I")

    in_dialog(DeathDialog, note)
    press("Alt+M", "D")
    assert kinds == [MoveKind.INHERITANCE]
    (owner,) = people()
    assert owner.died_on is not None


def test_badges_and_states_say_who_is_what(part, house, now):
    drafts = (
        PersonDraft("云澜贸易", ResidentRole.TENANT, kind=PersonKind.COMPANY,
                    to_on=date(2027, 1, 1)),
        PersonDraft("李四", ResidentRole.EMERGENCY, relation="邻居"),
        PersonDraft("王五", ResidentRole.TENANT, from_on=date(2026, 12, 1), special="独居"),
        PersonDraft("何六", ResidentRole.TENANT, to_on=date(2020, 1, 1)),
    )  # fmt: skip
    for draft in drafts:
        residents.add_resident(house.home.id, draft, by=house.desk.id, now=now)
    part.show_unit(house.home)
    records = part.table.records
    lines = [
        tuple(records.cell(place, n).words for n in (0, 1, 5, 6))
        for place in range(records.rowCount())
    ]
    assert lines[1:] == [
        ("云澜贸易", "Tenant", "Leaves later", "Company"),
        ("李四", "Emergency contact 邻居", "Present", "Emergency"),
        ("王五", "Tenant", "Comes later", "Special customer"),
        ("何六", "Tenant", "Moved out", "—"),
    ]
    assert part.count() == 3


def test_r85_who_may_not_read_names_reads_none_in_the_dialogs(
    office_context, house, other, now, people
):
    set_language("en")
    twin = residents.add_resident(other.id, PersonDraft("张伟丰"), by=house.desk.id, now=now)
    settings = office_context.settings
    office_context.settings = replace(settings, masked_names_for=(house.desk.role.value,))
    preview = preview_merge(house.owner.person_id, twin.person_id, now=now)
    dialogs = (
        DeathDialog(office_context, None, people()[0]),
        SharesDialog(office_context, None, house.home),
        PersonMergeDialog(office_context, None, preview),
    )
    for dialog in dialogs:
        said = " ".join(each.text() for each in dialog.findChildren(QLabel))
        assert "张*丰" in said
        assert "伟" not in said
    picker = PersonPicker(office_context, None, "?", "!", proposed=(preview.stays,))
    assert picker.table.records.cell(0, 0).words == "张*丰"


def test_f47_who_is_compared_is_told_apart_by_houses_not_by_numbers(
    office_context, house, other, now
):
    set_language("en")
    twin = residents.add_resident(other.id, PersonDraft("张伟丰"), by=house.desk.id, now=now)
    preview = preview_merge(house.owner.person_id, twin.person_id, now=now)
    dialog = PersonMergeDialog(office_context, None, preview)
    said = [each.text() for each in dialog.findChildren(QLabel)]
    assert "Who stays: 张伟丰" in said
    assert any(house.home.short in words for words in said)
    assert any(other.short in words for words in said)
    assert not any(f"({twin.person_id})" in words for words in said)
