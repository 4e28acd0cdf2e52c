"""Anything in any order at the register: after each act all that is kept of the houses must agree.

The real commands run on a real office, with days before and after the present one. Most are
refused, which is right; a refusal writes nothing, and what was not refused leaves the books whole.
"""

from datetime import timedelta
from fractions import Fraction
from itertools import pairwise

import openpyxl
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from propdesk.domain.decorations import DecorationDraft
from propdesk.domain.errors import RuleError
from propdesk.domain.imports import ImportKind
from propdesk.domain.leave_reasons import LeaveReason
from propdesk.domain.moves import MOVE_RULES, MoveDraft, MoveKind, Newcomer, usual_leavers
from propdesk.domain.persons import PersonDraft, ResidentRole
from propdesk.domain.shares import OwnerStay, most_shared
from propdesk.domain.staff import Role
from propdesk.domain.unit_changes import DATED
from propdesk.domain.unit_keys import KeyDraft, KeyKind, KeyOutcome
from propdesk.domain.units import Address, UnitKind, UnitState
from propdesk.domain.vehicles import VehicleDraft
from propdesk.services import (
    checking,
    decorations,
    erasures,
    imports,
    moves,
    persons,
    residents,
    staff,
    unit_keys,
    units,
    vehicles,
)
from propdesk.services.importing import import_file
from propdesk.services.parts.held_values import differing, held_values
from propdesk.services.persons import StayDraft
from propdesk.services.queries.decorations import list_told
from propdesk.services.queries.moves import get_move, list_effects, list_staying
from propdesk.services.queries.residents import draft_of, list_residents
from propdesk.storage.database import database, rows
from propdesk.storage.persons import ResidencyRecord

TABLES = (
    "unit", "unit_change", "entrance", "building", "person", "phone", "residency", "move",
    "unit_key", "vehicle", "decoration", "import", "desk_key", "number_series", "erasure",
)  # fmt: skip
NAMES = ("张三", "李四", "张三", "单雄信")
PHONES = ("13800001234", "13900005678")
PLATES = ("粤B12345", "粤B·12345", "粤BD12345")

nth = st.integers(0, 11)
days = st.sampled_from([0, 0, 0, -1, 1, -40, 40])
roles = st.sampled_from([ResidentRole.OWNER, ResidentRole.OWNER, *ResidentRole])
shares = st.sampled_from([None, Fraction(1), Fraction(1, 2), Fraction(1, 3)])
who = st.sampled_from(["desk", "desk", "desk", "manager", "worker"])


class Houses(RuleBasedStateMachine):
    """An office with two houses; `world`, `people` and `book` are given by the test."""

    world = None
    people = None
    book = None

    def __init__(self):
        super().__init__()
        self.now = self.world.now
        self.taken_back = database.atomic()
        self.taken_back.__enter__()

    def teardown(self):
        # Each run begins in the same office: the commands' transactions stand within this one.
        self.taken_back.__exit__(Exception, None, None)

    def act(self, command, *args, by, **more):
        """Run a command; a refusal must leave everything as it was."""
        self.now += timedelta(minutes=7)
        before = everything()
        try:
            return command(*args, by=self.people[by], now=self.now, **more)
        except RuleError:
            assert everything() == before
            return None

    def day(self, number):
        return self.now.date() + timedelta(days=number)

    def one(self, table, number):
        """Return the id of one of the rows of a table, 0 where it has none."""
        ids = [row[0] for row in rows(f"SELECT id FROM {table} ORDER BY id")]
        return ids[number % len(ids)] if ids else 0

    def stay(self, number):
        return ResidencyRecord.get_or_none(id=self.one("residency", number))

    @initialize()
    def open_the_office(self):
        units.follow_day(now=self.now)

    @rule(number=st.integers(1, 60))
    def days_pass(self, number):
        self.now += timedelta(days=number)
        units.follow_day(now=self.now)

    # -- houses

    @rule(by=who, number=st.sampled_from(["501", "502"]), kind=st.sampled_from(
        [UnitKind.HOME, UnitKind.HOME, UnitKind.PARKING]))  # fmt: skip
    def add_unit(self, by, number, kind):
        self.now += timedelta(minutes=1)
        before = everything()
        address = Address("3" if kind is UnitKind.HOME else "", "2", number, kind)
        try:
            units.add_unit(address, community="云澜花园", by=self.people[by])
        except RuleError:
            assert everything() == before

    @rule(by=who, unit=nth, number=st.sampled_from(["501", "503", "1"]))
    def rename(self, by, unit, number):
        self.act(units.rename_unit, self.one("unit", unit), Address("3", "2", number), by=by)

    @rule(by=who, some=st.lists(nth, min_size=1, max_size=2), state=st.sampled_from(UnitState),
          day=days)  # fmt: skip
    def set_state(self, by, some, state, day):
        ids = [self.one("unit", unit) for unit in some]
        self.act(units.set_states, ids, state, from_on=self.day(day), by=by)

    @rule(by=who, change=nth)
    def void_change(self, by, change):
        self.act(units.void_change, self.one("unit_change", change), by=by)

    # -- people

    @rule(by=who, unit=nth, name=st.sampled_from(NAMES), phone=st.sampled_from(PHONES),
          role=roles, share=shares, day=days)  # fmt: skip
    def add_person(self, by, unit, name, phone, role, share, day):
        draft = PersonDraft(name, role, phones=(phone,), from_on=self.day(day), share=share)
        self.act(residents.add_resident, self.one("unit", unit), draft, by=by)

    @rule(by=who, unit=nth, person=nth, role=roles, share=shares, first=days, last=days)
    def link(self, by, unit, person, role, share, first, last):
        draft = StayDraft(role, self.day(first), self.day(last) if last > 0 else None, "", share)
        self.act(
            persons.link_person, self.one("unit", unit), self.one("person", person), draft, by=by
        )

    @rule(by=who, stay=nth, day=days)
    def end_stay(self, by, stay, day):
        if one := self.stay(stay):
            self.act(residents.end_residency, one.unit_id, one.id, to_on=self.day(day), by=by)

    @rule(by=who, stay=nth, role=roles, share=shares, last=st.sampled_from([None, 0, 40]))
    def change_person(self, by, stay, role, share, last):
        record = self.stay(stay)
        found = list_residents(record.unit_id, self.now.date()) if record else ()
        for one in found:
            if one.residency_id == record.id:
                to_on = None if last is None else self.day(last)
                draft = draft_of(one)
                draft = PersonDraft(
                    draft.name, role, phones=draft.phones, from_on=draft.from_on, to_on=to_on,
                    share=share,
                )  # fmt: skip
                self.act(
                    residents.change_resident, record.unit_id, record.id, draft,
                    version=one.version, by=by,
                )  # fmt: skip

    @rule(by=who, one=nth, other=nth)
    def merge(self, by, one, other):
        self.act(persons.merge_persons, self.one("person", one), self.one("person", other), by=by)

    @rule(by=who, person=nth, command=st.sampled_from(
        [erasures.seal_person, erasures.unseal_person]))  # fmt: skip
    def seal(self, by, person, command):
        self.act(command, self.one("person", person), "保存期满", by=by)

    @rule(person=nth, years=st.integers(0, 6))
    def erase(self, person, years):
        self.now += timedelta(weeks=53 * years)
        units.follow_day(now=self.now)
        self.act(
            erasures.erase_person, self.world.office, self.one("person", person), "保存期满",
            by="manager",
        )  # fmt: skip

    # -- what a house goes through

    @rule(by=who, unit=nth, kind=st.sampled_from(MoveKind), day=days, known=st.booleans(),
          person=nth, share=shares, state=st.sampled_from([None, *UnitState]))  # fmt: skip
    def move(self, by, unit, kind, day, known, person, share, state):
        unit_id, on_day = self.one("unit", unit), self.day(day)
        kind_rule = MOVE_RULES[kind]
        newcomer = Newcomer("王五", phones=PHONES[:1], share=share)
        if known:
            newcomer = Newcomer(person_id=self.one("person", person), share=share)
        draft = MoveDraft(
            kind,
            on_day,
            reason=LeaveReason.MOVED_AWAY if kind_rule.reason else None,
            coming=(newcomer,) if kind_rule.must_come else (),
            leaving=usual_leavers(kind, list_staying(unit_id, on_day)),
            state=state,
            open_reason="另行结清" if kind_rule.settles else "",
        )
        self.act(moves.record_move, unit_id, draft, by=by)

    @rule(by=who, move=nth)
    def void_move(self, by, move):
        if move_id := self.one("move", move):
            version = get_move(move_id).version
            self.act(moves.void_move, move_id, "录错了", version=version, by=by)

    @rule(by=who, unit=nth, person=nth, count=st.integers(1, 3))
    def give_key(self, by, unit, person, count):
        draft = KeyDraft(KeyKind.DOOR_CARD, count, person_id=self.one("person", person))
        self.act(unit_keys.give_key, self.one("unit", unit), draft, by=by)

    @rule(by=who, key=nth, count=st.sampled_from([None, 1]), day=days,
          outcome=st.sampled_from(KeyOutcome))  # fmt: skip
    def end_key(self, by, key, count, day, outcome):
        key_id = self.one("unit_key", key)
        said = {"count": count, "on": self.day(day), "version": version_of("unit_key", key_id)}
        self.act(unit_keys.end_key, key_id, outcome, by=by, **said)

    @rule(by=who, unit=nth, plate=st.sampled_from(PLATES), person=nth, space=nth, day=days)
    def add_vehicle(self, by, unit, plate, person, space, day):
        draft = VehicleDraft(
            plate, person_id=self.one("person", person), from_on=self.day(day),
            space_id=self.one("unit", space) if space > 5 else None,
        )  # fmt: skip
        self.act(vehicles.add_vehicle, self.one("unit", unit), draft, by=by)

    @rule(by=who, vehicle=nth, day=days)
    def end_vehicle(self, by, vehicle, day):
        gone = self.one("vehicle", vehicle)
        said = {"to_on": self.day(day), "version": version_of("vehicle", gone)}
        self.act(vehicles.end_vehicle, gone, by=by, **said)

    @rule(by=who, unit=nth, first=days)
    def decorate(self, by, unit, first):
        draft = DecorationDraft(
            applicant="张三", scope="铺砖", from_on=self.day(first), until_on=self.day(90),
            company="宏图装饰", foreman="刘师傅", phone=PHONES[0], workers=6,
            told=frozenset(list_told()), deposit_fen=200_000, deposit_note="收据 0012",
        )  # fmt: skip
        made = self.act(decorations.apply_decoration, self.one("unit", unit), draft, by=by)
        if made:
            self.act(decorations.permit_decoration, made.id, by=by)

    @rule(by=who, decoration=nth, day=st.sampled_from([0, -1, -40]), accepted=st.booleans())
    def end_works(self, by, decoration, day, accepted):
        number = self.one("decoration", decoration)
        if accepted:
            self.act(decorations.accept_decoration, number, on=self.day(day), by=by)
        else:
            self.act(decorations.cancel_decoration, number, reason="业主改期", by=by)

    # -- files that come in

    @rule(by=who)
    def take_file(self, by):
        self.act(import_file, ImportKind.RESIDENTS, self.book, by=by)

    @rule(by=who, number=nth)
    def undo_file(self, by, number):
        self.act(imports.undo_import, self.one("import", number), by=by)

    # -- what holds after each act

    @invariant()
    def the_books_are_whole(self):
        lines = checking.check_office(self.world.office).lines
        assert not [line.text for line in lines if not line.ok]

    @invariant()
    def each_house_is_what_its_history_says_of_today(self):
        today = self.now.date()
        units.follow_day(now=self.now)
        assert differing(today) == []
        states = dict(rows("SELECT id, state FROM unit"))
        assert held_values(next(iter(DATED)), today).keys() == states.keys()

    @invariant()
    def nobody_owns_more_than_the_whole_or_stays_twice(self):
        owners, stays = {}, {}
        for one in ResidencyRecord.select():
            assert one.from_on is None or one.to_on is None or one.from_on <= one.to_on
            # Who left on the day he came was there on no day.
            if one.from_on is None or one.from_on != one.to_on:
                stays.setdefault((one.unit_id, one.person_id, one.role), []).append(one)
            if one.role == ResidentRole.OWNER:
                share = one.share_part and Fraction(one.share_part, one.share_whole)
                owners.setdefault(one.unit_id, []).append(OwnerStay(one.from_on, one.to_on, share))
        assert all(most_shared(of_house) <= 1 for of_house in owners.values())
        for of_one in stays.values():
            of_one.sort(key=lambda one: one.from_on or self.day(-9999))
            for one, following in pairwise(of_one):
                assert one.to_on is not None
                assert following.from_on is not None
                assert one.to_on <= following.from_on

    @invariant()
    def the_desk_finds_whom_it_may_and_nobody_else(self):
        open_ = "p.merged_into_id IS NULL AND p.sealed_at IS NULL AND p.erased_at IS NULL"
        assert keys("person") == ids(f"SELECT id FROM person p WHERE {open_}")
        assert keys("phone") == ids(
            f"SELECT f.id FROM phone f JOIN person p ON p.id = f.person_id WHERE {open_}"
        )
        assert keys("unit") == ids("SELECT id FROM unit")
        assert keys("plate") >= ids("SELECT id FROM vehicle WHERE to_on IS NULL")
        assert keys("plate") <= ids("SELECT id FROM vehicle WHERE plate <> '—'")

    @invariant()
    def nothing_belongs_to_somebody_who_was_merged(self):
        for table in ("residency", "phone", "vehicle", "unit_key", "move"):
            assert not rows(
                f"SELECT t.id FROM {table} t JOIN person p ON p.id = t.person_id "
                "WHERE p.merged_into_id IS NOT NULL"
            )

    @invariant()
    def a_house_has_a_plate_once(self):
        found = rows(
            "SELECT 1 FROM vehicle WHERE plate <> '—' AND (to_on IS NULL OR to_on > ?) "
            "GROUP BY unit_id, replace(plate, '·', '') HAVING count(*) > 1",
            self.now.date().isoformat(),
        )
        assert found == []

    @invariant()
    def a_move_says_all_that_it_did(self):
        for (move_id,) in rows("SELECT id FROM move"):
            move = get_move(move_id)
            done = sum(len(move.effects.get(key, ())) for key in ("ended", "begun"))
            assert len(list_effects(move)) >= done


def everything():
    """Return all that a command of the register may write."""
    return [sorted(map(repr, rows(f"SELECT * FROM {table}"))) for table in TABLES]


def version_of(table, number):
    """Return the version that a clerk has seen of a row, 0 where there is none."""
    return next((row[0] for row in rows(f"SELECT version FROM {table} WHERE id = ?", number)), 0)


def ids(sql):
    return {row[0] for row in rows(sql)}


def keys(kind):
    return ids(f"SELECT DISTINCT target FROM desk_key WHERE kind = '{kind}'")


@pytest.fixture
def book(tmp_path):
    """A file that brings a house, and gives another one an owner."""
    made = openpyxl.Workbook()
    for line in (
        ("房号", "业主姓名", "联系电话", "车牌"),
        ("3-2-502", "张三", "13800001234", "粤B12345"),
        ("3-2-501", "张三", "13800001234", "粤B54321"),
        ("3-2-504", "单雄信", "13700007777", ""),
    ):
        made.active.append(line)
    made.save(tmp_path / "in.xlsx")
    return tmp_path / "in.xlsx"


def test_whatever_is_done_to_the_houses_the_register_stays_whole(world, book, monkeypatch):
    manager = staff.add_staff("李经理", by=world.desk.id, role=Role.MANAGER)
    # The log cannot be emptied within the transaction in which a run is taken back.
    monkeypatch.setattr(erasures, "empty_log", lambda: None)

    class TheseHouses(Houses):
        pass

    TheseHouses.world, TheseHouses.book = world, book
    TheseHouses.people = {
        "desk": world.desk.id, "manager": manager.id, "worker": world.worker.id
    }  # fmt: skip
    run_state_machine_as_test(
        TheseHouses, settings=settings(max_examples=8, stateful_step_count=30, deadline=None)
    )
