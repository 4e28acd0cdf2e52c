"""The office's folder, the clock question (decision 34), and which office was last open."""

from datetime import timedelta

import pytest

from propdesk.domain.demo import DEMO_DAY
from propdesk.domain.errors import RuleError
from propdesk.domain.tickets import Kind, TicketDraft
from propdesk.services import offices, tickets
from propdesk.services.demo import make_demo
from propdesk.services.queries.office import demo_moment
from propdesk.services.queries.staff import list_departments, list_staff


@pytest.fixture
def entered(world):
    """An office with one journal line, entered now."""
    draft = TicketDraft(kind=Kind.REPAIR, text="灯不亮", unit_id=world.home.id)
    tickets.register_ticket(draft, by=world.desk.id, now=world.now)
    return world


def test_a_new_office_has_five_departments_and_one_desk(office):
    assert office.created
    assert [one.name for one in list_departments()] == [
        "工程部",
        "保洁部",
        "安管部",
        "办公室",
        "客服部",
    ]
    assert [one.name for one in list_staff()] == ["前台"]


@pytest.mark.parametrize(
    ("later", "backwards"),
    [
        (timedelta(0), None),
        (timedelta(days=30), None),
        (timedelta(days=30, seconds=1), False),
        (timedelta(days=400), False),
        (timedelta(seconds=-1), True),
        (timedelta(days=-4000), True),
    ],
)
def test_a_clock_before_the_last_entry_or_far_after_it_is_doubted(entered, later, backwards):
    doubt = offices.doubt_clock(entered.now + later)
    if backwards is None:
        assert doubt is None
    else:
        assert doubt is not None
        assert doubt.backwards is backwards
        assert doubt.last == entered.now.replace(tzinfo=None)


def test_an_empty_office_doubts_no_clock(office, now):
    assert offices.doubt_clock(now - timedelta(days=9000)) is None


def test_a_late_entry_counts_by_its_time_of_entry(world):
    draft = TicketDraft(kind=Kind.REPAIR, text="灯不亮", unit_id=world.home.id)
    late = world.now - timedelta(days=300)
    tickets.register_ticket(draft, by=world.desk.id, now=world.now, at=late)
    assert offices.doubt_clock(world.now) is None


def test_a_demo_lives_on_its_own_day_and_doubts_no_clock(office, now):
    make_demo(
        office, households=12, months=1, seed=3, today=DEMO_DAY, on_progress=lambda _d, _t: None
    )
    moment = demo_moment()
    assert moment is not None
    assert moment.date() == DEMO_DAY
    assert offices.doubt_clock(now + timedelta(days=4000)) is None


def test_the_last_office_is_remembered(tmp_path):
    assert offices.remembered_office() is None
    offices.remember_office(tmp_path / "物业 数据")
    assert offices.remembered_office() == tmp_path / "物业 数据"


def test_a_remembered_office_that_is_gone_is_never_made_anew(tmp_path, now):
    with pytest.raises(RuleError) as refusal:
        offices.open_office(tmp_path / "gone", now=now, create=False)
    assert refusal.value.code == "office-missing"
    assert not (tmp_path / "gone").exists()


def test_an_office_of_an_older_program_is_found_and_left_as_it_is(old_office, frozen):
    before = (old_office / "office.db").read_bytes()
    found = offices.look_at(old_office)
    assert (found.folder, found.units, found.tickets) == (old_office, frozen.houses, frozen.tickets)
    assert offices.find_offices([old_office]) == ()  # a demo is nobody's office
    assert (old_office / "office.db").read_bytes() == before
    assert offices.is_older(old_office)


def test_an_office_is_older_present_or_none(old_office, tmp_path, now):
    assert not offices.is_older(tmp_path / "nowhere")
    (tmp_path / "office.db").write_text("no data")
    assert not offices.is_older(tmp_path)
    assert offices.is_older(old_office)
    offices.upgrade_office(old_office, now=now)
    assert not offices.is_older(old_office)
