"""The register's commands on a real file: houses, people, and what the desk finds them by."""

from datetime import date

import pytest

from propdesk.domain.errors import DraftError, RuleError
from propdesk.domain.persons import PersonDraft, ResidentRole
from propdesk.domain.units import Address, UnitKind, parse_address
from propdesk.services import residents, units
from propdesk.services.queries.desk import HitKind, search_desk
from propdesk.services.queries.residents import list_residents
from propdesk.services.queries.units import (
    UnitGroup,
    count_listed,
    count_units,
    list_buildings,
    list_units,
)
from propdesk.storage.database import rows

TABLES = ("community", "building", "entrance", "unit", "person", "phone", "residency", "vehicle",
          "desk_key")  # fmt: skip


TODAY = date(2026, 11, 21)


def everything():
    return {table: sorted(map(repr, rows(f"SELECT * FROM {table}"))) for table in TABLES}


@pytest.fixture
def refused():
    """Expect a refusal with a code, and that it wrote nothing."""

    def refuse(code, act):
        before = everything()
        with pytest.raises(RuleError) as caught:
            act()
        assert caught.value.code == code
        assert str(caught.value)
        assert everything() == before
        return caught.value

    return refuse


def counted(day):
    counts = count_units(day)
    return (counts.total, counts.groups[UnitGroup.OPEN_TICKETS], counts.groups[UnitGroup.NOBODY])


def keys_of(kind, target):
    found = rows("SELECT key FROM desk_key WHERE kind = ? AND target = ?", kind, target)
    return {row[0] for row in found}


def houses(typed):
    return [hit.where for hit in search_desk(typed, today=TODAY)]


# -- people


def add(world, draft, unit=None):
    unit = unit or world.home
    return residents.add_resident(unit.id, draft, by=world.desk.id, now=world.now)


def test_a_person_is_in_the_house_from_today(world):
    tenant = add(
        world, PersonDraft("李\u200b秀兰", ResidentRole.TENANT, "李阿姨", ("136 0000 8802",))
    )
    assert (tenant.name, tenant.salutation, tenant.role) == ("李秀兰", "李阿姨", "tenant")
    assert tenant.phones == ("136 0000 8802",)
    assert (tenant.from_on, tenant.to_on, tenant.present) == (date(2026, 11, 21), None, True)
    assert [one.name for one in list_residents(world.home.id, TODAY)] == ["张伟丰", "李秀兰"]


def test_somebody_of_before_has_no_first_day_made_up(world):
    past = add(world, PersonDraft("何志强", to_on=date(2019, 5, 30)))
    assert (past.from_on, past.to_on, past.present) == (None, date(2019, 5, 30), False)
    assert list_residents(world.home.id, TODAY)[-1] == past


def test_two_of_the_same_name_stay_two(world):
    draft = PersonDraft("张伟", phones=("13811112222",))
    first, second = add(world, draft), add(world, draft)
    assert first.person_id != second.person_id
    assert [one.name for one in list_residents(world.home.id, TODAY)].count("张伟") == 2
    assert len(search_desk("张伟", today=TODAY)) == 3


@pytest.mark.parametrize(
    ("draft", "fields"),
    [
        (PersonDraft(" "), ["name"]),
        (PersonDraft("\u200b"), ["name"]),
        (PersonDraft("王芳", phones=("1.38E+10",)), ["phones"]),
        (PersonDraft("", phones=("abc",)), ["name", "phones"]),
        (PersonDraft("王芳", from_on=date(2020, 2, 1), to_on=date(2020, 1, 1)), ["to_on"]),
    ],
)
def test_a_person_that_cannot_be_stored(world, refused, draft, fields):
    refusal = refused("draft-incomplete", lambda: add(world, draft))
    assert isinstance(refusal, DraftError)
    assert [problem.field for problem in refusal.problems] == fields
    owner = list_residents(world.home.id, TODAY)[0]
    refused(
        "draft-incomplete",
        lambda: residents.change_resident(
            world.home.id,
            owner.residency_id,
            draft,
            version=owner.version,
            by=world.desk.id,
            now=world.now,
        ),
    )


def rewrite(world, resident, draft, **more):
    values = {"version": resident.version, "by": world.desk.id, "now": world.now, **more}
    return residents.change_resident(world.home.id, resident.residency_id, draft, **values)


def test_a_renamed_person_is_found_under_the_new_name_only(world):
    owner = list_residents(world.home.id, TODAY)[0]
    assert houses("张伟丰") == houses("zwf") == houses("1234") == ["3-2-501"]
    draft = PersonDraft(
        "欧阳娜娜", ResidentRole.FAMILY, "欧阳女士", ("075526001234", "13900005678"),
        date(2020, 1, 1), note="先发短信",
    )  # fmt: skip
    changed = rewrite(world, owner, draft)
    assert (changed.name, changed.role, changed.note) == ("欧阳娜娜", "family", "先发短信")
    assert (changed.from_on, changed.version) == (date(2020, 1, 1), owner.version + 1)
    assert changed.phones == ("075526001234", "13900005678")
    assert houses("张伟丰") == houses("zwf") == houses("13800001234") == []
    for typed in ("欧阳", "娜娜", "oynn", "ouyang", "欧阳女士", "5678", "26001234"):
        assert houses(typed) == ["3-2-501"], typed


def test_keys_hold_nothing_of_what_was_taken_away(world):
    owner = list_residents(world.home.id, TODAY)[0]
    phones = rows("SELECT id FROM phone WHERE person_id = ?", owner.person_id)
    rewrite(world, owner, PersonDraft("张伟丰", phones=()))
    assert keys_of("phone", phones[0][0]) == set()
    assert {"张伟丰", "伟丰", "zwf"} <= keys_of("person", owner.person_id)
    # A salutation that was given up is no word for him any more.
    assert "张先生" not in keys_of("person", owner.person_id)


def test_a_person_that_somebody_changed_meanwhile_is_refused(world, refused):
    owner = list_residents(world.home.id, TODAY)[0]
    rewrite(world, owner, PersonDraft("张伟锋"))
    refused("changed-meanwhile", lambda: rewrite(world, owner, PersonDraft("张卫丰")))
    assert list_residents(world.home.id, TODAY)[0].name == "张伟锋"


def test_moving_out_keeps_the_history_and_leaves_the_search(world):
    owner = list_residents(world.home.id, TODAY)[0]
    day = TODAY
    gone = residents.end_residency(
        world.home.id, owner.residency_id, to_on=day, by=world.desk.id, now=world.now
    )
    assert (gone.to_on, gone.present) == (day, False)
    assert [one.name for one in list_residents(world.home.id, TODAY)] == ["张伟丰"]
    assert search_desk("张伟丰", today=TODAY) == ()
    back = rewrite(world, gone, PersonDraft("张伟丰", from_on=gone.from_on))
    assert back.present
    assert houses("张伟丰") == ["3-2-501"]


def test_who_leaves_later_is_still_there(world):
    owner = list_residents(world.home.id, TODAY)[0]
    last = date(2026, 12, 31)
    leaving = residents.end_residency(
        world.home.id, owner.residency_id, to_on=last, by=world.desk.id, now=world.now
    )
    assert (leaving.to_on, leaving.present) == (last, True)
    assert houses("张伟丰") == ["3-2-501"]
    assert next(iter(list_units(today=TODAY))).owners == "张伟丰"
    assert counted(TODAY) == (2, 0, 1)
    assert list_residents(world.home.id, last)[0].present is False
    assert search_desk("张伟丰", today=last) == ()
    assert next(iter(list_units(today=last))).owners == ""
    assert counted(last) == (2, 0, 2)


def test_who_comes_later_is_found_but_not_yet_there(world):
    coming = add(
        world, PersonDraft("何志强", ResidentRole.TENANT, from_on=date(2026, 12, 1)), world.villa
    )
    assert not coming.present
    assert houses("何志强") == ["12#"]
    assert [row.residents for row in list_units(today=TODAY)] == [1, 0]
    assert [row.residents for row in list_units(today=date(2026, 12, 1))] == [1, 1]


def test_nobody_leaves_before_he_came(world, refused):
    owner = list_residents(world.home.id, TODAY)[0]
    refusal = refused(
        "draft-incomplete",
        lambda: residents.end_residency(
            world.home.id,
            owner.residency_id,
            to_on=date(2026, 11, 20),
            by=world.desk.id,
            now=world.now,
        ),
    )
    assert [problem.field for problem in refusal.problems] == ["to_on"]


def test_a_person_of_another_house_is_refused(world, refused):
    owner = list_residents(world.home.id, TODAY)[0]
    refused(
        "resident-unknown",
        lambda: residents.change_resident(
            world.villa.id,
            owner.residency_id,
            PersonDraft("甲"),
            version=1,
            by=world.desk.id,
            now=world.now,
        ),
    )
    refused(
        "resident-unknown",
        lambda: residents.end_residency(
            world.home.id, 9999, to_on=date(2026, 12, 1), by=world.desk.id, now=world.now
        ),
    )


def test_only_who_may_edit_the_register_does(world, refused):
    owner = list_residents(world.home.id, TODAY)[0]
    for staff in (world.worker, world.cashier):
        refused(
            "not-allowed",
            lambda by=staff.id: units.add_unit(Address("9", "", "1"), community="x", by=by),
        )
        refused(
            "not-allowed",
            lambda by=staff.id: residents.add_resident(
                world.home.id, PersonDraft("甲"), by=by, now=world.now
            ),
        )
        refused("not-allowed", lambda by=staff.id: rewrite(world, owner, PersonDraft("甲"), by=by))
        refused(
            "not-allowed",
            lambda by=staff.id: residents.end_residency(
                world.home.id, owner.residency_id, to_on=date(2027, 1, 1), by=by, now=world.now
            ),
        )


# -- found by what people say


@pytest.mark.parametrize(
    "typed",
    ["3-2-501", "3栋2单元501", "３－２－５０１", "三栋二单元501室", "张", "zwf", "ZHANGWEI",
     "张先生", "1380000", "0000 1234", "1234"],
)  # fmt: skip
def test_the_desk_finds_the_owner(world, typed):
    hits = search_desk(typed, today=TODAY)
    assert [(hit.kind, hit.where) for hit in hits] == [(HitKind.PERSON, "3-2-501")]
    assert hits[0].phone == "138****1234"


def test_the_desk_finds_a_house_without_people(world):
    for typed in ("12#", "12#别墅"):
        hits = search_desk(typed, today=TODAY)
        assert [(hit.kind, hit.where) for hit in hits] == [(HitKind.UNIT, "12#")], typed


# -- the list of houses


def listed(**wanted):
    found = [row.short for row in list_units(**wanted, today=TODAY)]
    assert count_listed(**wanted, today=TODAY) == len(found)
    return found


def test_houses_stand_in_walking_order(world):
    for text in ("商铺12", "3-2-1001", "3-1-101", "A-1201", "10-1-101"):
        units.add_unit(parse_address(text), community="云澜花园", by=world.desk.id)
    expected = ["3-1-101", "3-2-501", "3-2-1001", "10-1-101", "12#", "A-1201", "商铺12"]
    assert listed() == expected
    pages, after = [], None
    while page := list_units(today=TODAY, after=after, limit=2):
        pages += [row.short for row in page]
        after = page[-1].sort_key
    assert pages == expected


def test_houses_are_narrowed_down(world):
    assert (
        listed(words="３栋２单元５０１")
        == listed(words="伟丰")
        == listed(words="2-50")
        == ["3-2-501"]
    )
    assert listed(words="%") == listed(words="_") == []
    assert listed(group=UnitGroup.NOBODY) == ["12#"]
    assert listed(group=UnitGroup.OPEN_TICKETS) == []
    building = {name: building_id for building_id, _community, name in list_buildings()}
    assert listed(building_id=building["12"]) == ["12#"]
    assert counted(TODAY) == (2, 0, 1)
    home = next(row for row in list_units(today=TODAY) if row.short == "3-2-501")
    assert (home.owners, home.residents, home.community) == ("张伟丰", 1, "云澜花园")
    assert home.kind is UnitKind.HOME
