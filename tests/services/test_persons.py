"""Persons beyond one house: linked, shared, made one with a double, deceased (F47)."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from propdesk import i18n
from propdesk.domain.consents import ConsentDraft, ConsentWay
from propdesk.domain.contacts import ContactDraft
from propdesk.domain.errors import DraftError, RuleError
from propdesk.domain.person_merges import MergedThing
from propdesk.domain.persons import Guardian, PersonDraft, PersonKind, ResidentRole
from propdesk.domain.staff import Role
from propdesk.domain.tickets import Kind, TicketDraft
from propdesk.services import contacts, persons, residents, staff, tickets
from propdesk.services.consents import give_consent
from propdesk.services.persons import StayDraft
from propdesk.services.queries.desk import search_desk
from propdesk.services.queries.persons import find_person, get_person, list_known, list_twins
from propdesk.services.queries.residents import draft_of, list_residents
from propdesk.storage.database import database, rows

TODAY = date(2026, 11, 21)
HALF = Fraction(1, 2)


@pytest.fixture
def add(world):
    def run(draft, unit=None, now=None):
        unit = unit or world.home
        return residents.add_resident(unit.id, draft, by=world.desk.id, now=now or world.now)

    return run


@pytest.fixture
def owner(world):
    return list_residents(world.home.id, TODAY)[0]


@pytest.fixture
def refused():
    """Expect a refusal with a code, and that it wrote nothing."""

    def everything():
        tables = ("person", "phone", "residency", "consent", "desk_key")
        return [sorted(map(repr, rows(f"SELECT * FROM {table}"))) for table in tables]

    def refuse(code, act):
        before = everything()
        with pytest.raises(RuleError) as caught:
            act()
        assert caught.value.code == code
        assert str(caught.value)
        assert everything() == before
        return caught.value

    return refuse


def people(unit):
    return list_residents(unit.id, TODAY)


# -- linking


def test_r83_one_person_in_two_houses(world, owner):
    draft = StayDraft(ResidentRole.TENANT, date(2026, 11, 1), relation="合租")
    linked = persons.link_person(
        world.villa.id, owner.person_id, draft, by=world.desk.id, now=world.now
    )
    assert (linked.person_id, linked.role, linked.relation) == (
        owner.person_id, "tenant", "合租",
    )  # fmt: skip
    assert (linked.from_on, linked.present) == (date(2026, 11, 1), True)
    assert [hit.where for hit in search_desk("张伟丰", today=TODAY)] == ["12#", "3-2-501"]
    stays = get_person(owner.person_id, TODAY).stays
    assert [(stay.where, stay.role.value) for stay in stays] == [
        ("12#", "tenant"), ("3-2-501", "owner"),
    ]  # fmt: skip


def test_a_link_needs_no_day_and_may_be_of_before(world, owner):
    by = {"by": world.desk.id, "now": world.now}
    here = persons.link_person(world.villa.id, owner.person_id, StayDraft(ResidentRole.OWNER), **by)
    assert here.from_on == TODAY
    past = StayDraft(ResidentRole.TENANT, to_on=date(2020, 1, 1))
    before = persons.link_person(world.villa.id, owner.person_id, past, **by)
    assert (before.from_on, before.present) == (None, False)


def test_nobody_is_twice_in_a_house_in_one_role_at_one_time(world, owner, refused):
    def link(role, **days):
        return persons.link_person(
            world.home.id, owner.person_id, StayDraft(role, **days), by=world.desk.id, now=world.now
        )

    refused("already-there", lambda: link(ResidentRole.OWNER))
    refused("already-there", lambda: link(ResidentRole.OWNER, from_on=date(2027, 1, 1)))
    assert link(ResidentRole.EMERGENCY).role is ResidentRole.EMERGENCY
    residents.end_residency(
        world.home.id, owner.residency_id, to_on=TODAY, by=world.desk.id, now=world.now
    )
    assert link(ResidentRole.OWNER).present


def test_f47_who_is_known_by_name_and_phone_is_offered(world, add, owner):
    def known(name, *phones):
        return [one.id for one in list_known(name, phones, TODAY)]

    assert known("张伟丰", "+86 138 0000 1234") == [owner.person_id]
    assert known("　张 伟丰", "13800001234") == [owner.person_id]
    assert known("张伟丰") == []
    assert known("张伟丰", "13900005678") == []
    assert known("张伟", "13800001234") == []
    assert known("", "") == []
    add(PersonDraft("张伟丰", phones=("13800001234",)), world.villa)
    assert len(known("张伟丰", "13800001234")) == 2


def test_a_person_is_named_by_number_or_by_a_name_that_one_has(world, add, owner):
    assert find_person(str(owner.person_id), TODAY).name == "张伟丰"
    assert find_person(" 张伟丰 ", TODAY).id == owner.person_id
    second = add(PersonDraft("张伟丰"), world.villa)
    with pytest.raises(RuleError) as refusal:
        find_person("张伟丰", TODAY)
    assert refusal.value.code == "person-ambiguous"
    assert f"{second.person_id} (12#)" in str(refusal.value)
    for text in ("王芳", "9999"):
        with pytest.raises(RuleError) as refusal:
            find_person(text, TODAY)
        assert refusal.value.code == "person-unknown"


# -- shares


def test_joint_owners_have_exact_shares(world, add, owner):
    wife = add(PersonDraft("李秀兰", relation="配偶", share=Fraction(1, 3)))
    assert (wife.share, wife.relation) == (Fraction(1, 3), "配偶")
    shares = {owner.residency_id: Fraction(2, 3), wife.residency_id: Fraction(1, 3)}
    shared = persons.share_house(world.home.id, shares, by=world.desk.id, now=world.now)
    assert [one.share for one in shared] == [Fraction(2, 3), Fraction(1, 3)]
    none = dict.fromkeys(shares)
    shared = persons.share_house(world.home.id, none, by=world.desk.id, now=world.now)
    assert [one.share for one in shared] == [None, None]


def test_shares_above_the_whole_are_refused_everywhere(world, add, owner, refused):
    by = {"by": world.desk.id, "now": world.now}
    persons.share_house(world.home.id, {owner.residency_id: Fraction(3, 4)}, **by)
    wife = add(PersonDraft("李秀兰"))
    more = Fraction(1, 4) + Fraction(1, 1_000_000)
    refusals = [
        lambda: persons.share_house(world.home.id, {wife.residency_id: more}, **by),
        lambda: add(PersonDraft("王芳", share=more)),
        lambda: residents.change_resident(
            world.home.id, wife.residency_id, replace(draft_of(wife), share=more),
            version=wife.version, **by,
        ),
        lambda: persons.share_house(
            world.home.id, {owner.residency_id: HALF, wife.residency_id: Fraction(2, 3)}, **by
        ),
    ]  # fmt: skip
    for act in refusals:
        assert [one.field for one in refused("draft-incomplete", act).problems] == ["share"]
    persons.share_house(world.home.id, {wife.residency_id: Fraction(1, 4)}, **by)


def test_a_share_passes_on_the_day_that_the_house_changes_hands(world, add, owner):
    by = {"by": world.desk.id, "now": world.now}
    persons.share_house(world.home.id, {owner.residency_id: Fraction(1)}, **by)
    residents.end_residency(world.home.id, owner.residency_id, to_on=date(2026, 12, 1), **by)
    buyer = PersonDraft("王芳", from_on=date(2026, 12, 1), share=Fraction(1))
    assert add(buyer).share == 1
    with pytest.raises(DraftError):
        add(replace(buyer, name="李四", from_on=date(2026, 11, 30), share=Fraction(1, 100)))


def test_only_an_owner_has_a_share(world, add, refused):
    tenant = add(PersonDraft("李四", ResidentRole.TENANT))
    shares = {tenant.residency_id: HALF}
    refused(
        "draft-incomplete",
        lambda: persons.share_house(world.home.id, shares, by=world.desk.id, now=world.now),
    )
    refused("draft-incomplete", lambda: add(PersonDraft("王五", ResidentRole.TENANT, share=HALF)))


# -- companies and children


def test_a_company_has_staff_in_the_house(world, add, refused):
    company = add(PersonDraft("云澜贸易有限公司", kind=PersonKind.COMPANY), world.villa)
    assert company.kind is PersonKind.COMPANY
    clerk = add(PersonDraft("李四", ResidentRole.STAFF, relation="行政"), world.villa)
    assert (clerk.role, clerk.relation) == ("staff", "行政")
    draft = StayDraft(ResidentRole.FAMILY)
    refused(
        "draft-incomplete",
        lambda: persons.link_person(
            world.home.id, company.person_id, draft, by=world.desk.id, now=world.now
        ),
    )


def test_f47_a_child_is_kept_by_name_only_with_a_guardian(world, add, refused):
    i18n.set_language("en")
    child = PersonDraft("张小宝", ResidentRole.FAMILY, relation="子女", is_child=True)
    refusal = refused("draft-incomplete", lambda: add(child))
    assert [one.field for one in refusal.problems] == ["guardian"]
    assert "counted" in str(refusal)
    agreed = Guardian("张伟丰", ConsentWay.PAPER, date(2026, 11, 20))
    tomorrow = replace(agreed, given_on=date(2026, 11, 22))
    refused("draft-incomplete", lambda: add(replace(child, guardian=tomorrow)))
    added = add(replace(child, guardian=agreed))
    assert added.guardian == agreed
    assert rows("SELECT person_id, scope, given_by, way, given_on FROM consent") == [
        (added.person_id, "minor", "张伟丰", "paper", "2026-11-20")
    ]
    residents.change_resident(
        world.home.id, added.residency_id, replace(draft_of(added), note="对花生过敏"),
        version=added.version, by=world.desk.id, now=world.now,
    )  # fmt: skip
    assert len(rows("SELECT 1 FROM consent")) == 1


# -- merging


@pytest.fixture
def double(world, add):
    """The owner once more: in the villa, with a second phone and everything that may hang on him.

    In the house of the first one he stands as an owner, too, and for longer.
    """
    draft = PersonDraft(
        "张伟峰", salutation="张总", phones=("138 0000 1234", "13900005678"),
        from_on=date(2020, 1, 1), note="先发短信", special="独居老人",
    )  # fmt: skip
    one = add(draft, world.villa)
    by = {"by": world.desk.id, "now": world.now}
    persons.link_person(
        world.home.id, one.person_id, StayDraft(ResidentRole.OWNER, date(2019, 5, 1)), **by
    )
    ticket = TicketDraft(Kind.REPAIR, "厨房漏水", unit_id=world.villa.id, reporter_id=one.person_id)
    tickets.register_ticket(ticket, **by)
    contacts.log_contact(
        ContactDraft(text="问停车", unit_id=world.villa.id, person_id=one.person_id), **by
    )
    consent = give_consent(one.person_id, ConsentDraft("profile", ConsentWay.PAPER, TODAY), **by)
    at = "2026-11-21T09:30:00"
    for sql in (
        "INSERT INTO vehicle (unit_id, plate, person_id) VALUES (:unit, '苏A12345', :person)",
        (
            "INSERT INTO pet (unit_id, person_id, kind, name, breed, licence, note, version) "
            "VALUES (:unit, :person, 'dog', '', '', '', '', 1)"
        ),
        (
            "INSERT INTO unit_key (unit_id, person_id, holder, kind, label, count, deposit_fen, "
            "from_on, outcome, with_office, note, staff_id, version) VALUES (:unit, :person, '', "
            "'house-key', '', 2, 0, '2020-01-01', '', 0, '', :staff, 1)"
        ),
        (
            "INSERT INTO move (unit_id, kind, on_day, reason, reason_text, person_id, name, "
            "handled_by, meters, settlement, new_address, new_phone, note, open_reason, effects, "
            "entered_at, staff_id, void_reason, version) VALUES (:unit, 'move-in', '2020-01-01', "
            "'', '', :person, '', '', '{}', '[]', '', '', '', '', '{}', :at, :staff, '', 1)"
        ),
        (
            "INSERT INTO data_request (person_id, kind, text, received_at, due_on, staff_id, "
            "result, reason) VALUES (:person, 'copy', '', :at, '2026-12-06', :staff, '', '')"
        ),
        (
            "INSERT INTO person_detail (person_id, field, value, set_at, staff_id, consent_id) "
            "VALUES (:person, 'occupation', '教师', :at, :staff, :consent)"
        ),
        (
            "INSERT INTO attachment (sha256, suffix, name, caption, bytes, added_at, staff_id, "
            "unit_id, person_id, topic, on_paper) VALUES (:sha, '.pdf', 'a.pdf', '', 9, :at, "
            ":staff, :unit, :person, 'identity', 0)"
        ),
        (
            "INSERT INTO fee_item (id, code, name, formula, income, charges, unit_kinds, "
            "meter_kind, line_months, billed_months, due_month, due_day, partial, rounding, "
            "position, is_active, note, version) VALUES (9, 'wy', '物业服务费', 'area', 'service', "
            "'all', '[]', '', 1, 1, 0, 31, 'by-day', 'fen-half-up', 1, 1, '', 1)"
        ),
        (
            "INSERT INTO unit_fee (unit_id, fee_item_id, kind, from_on, quantity_milli, payer_id, "
            "reason, evidence, entered_at, staff_id) VALUES (:unit, 9, 'payer', '2020-01-01', "
            "1000, :person, '', '', :at, :staff)"
        ),
        (
            "INSERT INTO bill (unit_id, fee_item_id, kind, from_on, until_on, due_on, amount_fen, "
            "settled_fen, person_id, payer_id, external, working, note, entered_at, staff_id, "
            "void_reason) VALUES (:unit, 9, 'charge', '2026-10-01', '2026-10-31', '2026-10-31', "
            "9900, 0, :person, :person, '', '{}', '', :at, :staff, '')"
        ),
        (
            "INSERT INTO deposit (unit_id, kind, label, person_id, taken_on, note, staff_id, "
            "version) VALUES (:unit, 'key', '', :person, '2026-01-01', '', :staff, 1)"
        ),
        (
            "INSERT INTO payment (number, book, year, sequence, kind, unit_id, person_id, payer, "
            "at, entered_at, staff_id, total_fen, tendered_fen, note, prints, invoice_number, "
            "invoice_state, void_reason, version) VALUES ('SJ-2026-000001', 'SJ', 2026, 1, "
            "'receipt', :unit, :person, '', :at, :at, :staff, 0, 0, '', 0, '', '', '', 1)"
        ),
        (
            "INSERT INTO fee_letter (number, unit_id, stage, times, state, person_id, payer_id, "
            "dated_on, total_fen, late_fen, content, content_sha256, rules, written_at, staff_id, "
            "prints, note, version) VALUES ('1', :unit, 1, 1, 'draft', :person, :person, "
            "'2026-11-01', 9900, 0, '{}', :sha, '{}', :at, :staff, 0, '', 1)"
        ),
    ):
        values = {
            "unit": world.villa.id, "person": one.person_id, "staff": world.desk.id, "at": at,
            "consent": consent.id, "sha": "0" * 64,
        }  # fmt: skip
        database.execute_sql(sql, {name: values[name] for name in values if f":{name}" in sql})
    return one


# Who looked at him and what was sealed is told of the person as he stood then.
STAY_BEHIND = {("access_line", "person_id"), ("erasure", "person_id"), ("person", "merged_into_id")}


def columns_of_persons():
    tables = [row[0] for row in rows("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    return {
        (table, row[3])
        for table in tables
        for row in rows(f"PRAGMA foreign_key_list({table})")
        if row[2] == "person"
    } - STAY_BEHIND


def test_f47_a_merge_moves_everything_that_a_person_has(world, owner, double):
    columns = columns_of_persons()
    for table, column in columns:
        found = rows(f"SELECT 1 FROM {table} WHERE {column} = ?", double.person_id)
        assert found, f"the double has no {table}: the test would prove nothing"
    preview = persons.preview_merge(owner.person_id, double.person_id, now=world.now)
    assert {thing.value for thing in MergedThing} == {table for table, _column in columns}
    assert preview.counts[MergedThing.STAY] == preview.counts[MergedThing.PHONE] == 2
    assert all(preview.counts.values())
    assert get_person(double.person_id, TODAY) == preview.goes
    done = persons.merge_persons(owner.person_id, double.person_id, by=world.desk.id, now=world.now)
    assert done == preview
    for table, column in columns:
        assert not rows(f"SELECT 1 FROM {table} WHERE {column} = ?", double.person_id), table
        assert rows(f"SELECT 1 FROM {table} WHERE {column} = ?", owner.person_id), table
    assert rows(
        "SELECT merged_into_id, merged_staff_id, merged_at FROM person WHERE id = ?",
        double.person_id,
    ) == [(owner.person_id, world.desk.id, "2026-11-21T09:30:00")]
    assert not rows("SELECT 1 FROM pragma_foreign_key_check")


def test_f47_what_both_have_is_kept_once_and_search_follows(world, owner, double):
    persons.merge_persons(owner.person_id, double.person_id, by=world.desk.id, now=world.now)
    one = get_person(owner.person_id, TODAY)
    assert (one.name, one.salutation, one.note, one.special) == (
        "张伟丰", "张先生", "先发短信", "独居老人",
    )  # fmt: skip
    assert one.phones == ("13800001234", "13900005678")
    assert [(stay.where, stay.from_on) for stay in one.stays] == [
        ("12#", date(2020, 1, 1)), ("3-2-501", date(2019, 5, 1)),
    ]  # fmt: skip
    assert [one.name for one in people(world.home)] == ["张伟丰"]
    for typed in ("张伟丰", "5678", "1234", "张先生"):
        assert [hit.where for hit in search_desk(typed, today=TODAY)] == ["12#", "3-2-501"], typed
    for typed in ("张伟峰", "张总"):
        assert search_desk(typed, today=TODAY) == (), typed
    assert not rows("SELECT 1 FROM desk_key WHERE kind = 'person' AND target = ?", double.person_id)


def test_a_detail_that_both_have_stays_as_it_is_and_is_told_before(world, owner, double):
    database.execute_sql(
        "INSERT INTO person_detail (person_id, field, value, set_at, staff_id) "
        "VALUES (?, 'occupation', '医生', '2026-11-21T09:30:00', ?)",
        (owner.person_id, world.desk.id),
    )
    preview = persons.preview_merge(owner.person_id, double.person_id, now=world.now)
    assert preview.given_up == ("occupation",)
    persons.merge_persons(owner.person_id, double.person_id, by=world.desk.id, now=world.now)
    assert rows("SELECT person_id, value FROM person_detail") == [(owner.person_id, "医生")]


def test_two_terms_of_one_role_stay_two(world, add, owner):
    """Who rented, left, and came back years later was there twice."""
    double = add(
        PersonDraft("张伟丰", from_on=date(2015, 1, 1), to_on=date(2017, 1, 1)), world.home
    )
    persons.merge_persons(owner.person_id, double.person_id, by=world.desk.id, now=world.now)
    assert [(one.from_on, one.to_on) for one in people(world.home)] == [
        (owner.from_on, None), (date(2015, 1, 1), date(2017, 1, 1)),
    ]  # fmt: skip


def test_who_was_merged_before_stands_behind_the_last_one(world, add, owner):
    second, third = add(PersonDraft("甲"), world.villa), add(PersonDraft("乙"), world.villa)
    by = {"by": world.desk.id, "now": world.now}
    persons.merge_persons(second.person_id, third.person_id, **by)
    persons.merge_persons(owner.person_id, second.person_id, **by)
    for one in (second, third):
        assert get_person(one.person_id, TODAY).merged_into_id == owner.person_id


def test_f47_nobody_is_merged_by_name_and_some_never(world, add, owner, refused):
    by = {"by": world.desk.id, "now": world.now}

    def merge(stays, goes):
        return lambda: persons.merge_persons(stays.person_id, goes.person_id, **by)

    twin = add(PersonDraft("张伟丰"), world.villa)
    assert [one.id for one in list_twins(owner.person_id, TODAY)] == [twin.person_id]
    assert get_person(twin.person_id, TODAY).merged_into_id is None
    refused("merge-same-person", merge(owner, owner))
    company = add(PersonDraft("云澜贸易", kind=PersonKind.COMPANY), world.villa)
    refused("merge-kinds", merge(owner, company))
    sealed, erased = add(PersonDraft("甲"), world.villa), add(PersonDraft("乙"), world.villa)
    at = "2026-11-21T09:30:00"
    database.execute_sql("UPDATE person SET sealed_at = ? WHERE id = ?", (at, sealed.person_id))
    database.execute_sql("UPDATE person SET erased_at = ? WHERE id = ?", (at, erased.person_id))
    for one in (sealed, erased):
        refused("person-sealed", merge(owner, one))
        refused("person-sealed", merge(one, owner))
    merge(owner, twin)()
    refused("person-merged", merge(owner, twin))
    refused("person-merged", merge(twin, owner))
    draft = StayDraft(ResidentRole.TENANT)
    refused("person-unknown", lambda: persons.link_person(
        world.villa.id, twin.person_id, draft, **by))  # fmt: skip
    refused("person-sealed", lambda: persons.link_person(
        world.home.id, sealed.person_id, draft, **by))  # fmt: skip


def test_a_sealed_person_is_in_no_search(world, owner):
    database.execute_sql(
        "UPDATE person SET sealed_at = '2026-11-21T09:30:00' WHERE id = ?", (owner.person_id,)
    )
    assert search_desk("张伟丰", today=TODAY) == ()
    assert [hit.name for hit in search_desk("3-2-501", today=TODAY)] == [""]
    assert list_known("张伟丰", ("13800001234",), TODAY) == ()
    with pytest.raises(RuleError):
        find_person("张伟丰", TODAY)


# -- death


def test_f47_a_death_ends_nothing_and_names_his_houses(world, owner, refused):
    by = {"by": world.desk.id, "now": world.now}

    def die(day, version=1):
        return persons.note_death(owner.person_id, day, version=version, **by)

    refused("draft-incomplete", lambda: die(date(2026, 11, 22)))
    refused("changed-meanwhile", lambda: die(TODAY, version=9))
    dead = die(date(2026, 11, 20))
    assert dead.died_on == date(2026, 11, 20)
    assert [one.where for one in dead.owned] == ["3-2-501"]
    (still,) = people(world.home)
    assert (still.present, still.died_on) == (True, date(2026, 11, 20))
    assert die(None, dead.version).died_on is None


def test_a_company_does_not_die(world, add, refused):
    company = add(PersonDraft("云澜贸易", kind=PersonKind.COMPANY), world.villa)
    refused("draft-incomplete", lambda: persons.note_death(
        company.person_id, TODAY, version=1, by=world.desk.id, now=world.now))  # fmt: skip


def test_only_who_may_edit_the_register_does(world, owner, refused):
    cashier = staff.add_staff("出纳", by=world.desk.id, role=Role.CASHIER)
    person, unit, now = owner.person_id, world.villa.id, world.now
    for who in (world.worker, cashier):
        for act in (
            lambda by: persons.link_person(
                unit, person, StayDraft(ResidentRole.OWNER), by=by, now=now
            ),
            lambda by: persons.share_house(unit, {}, by=by, now=now),
            lambda by: persons.merge_persons(person, person, by=by, now=now),
            lambda by: persons.note_death(person, TODAY, version=1, by=by, now=now),
        ):
            refused("not-allowed", lambda act=act, by=who.id: act(by))
