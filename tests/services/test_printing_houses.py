"""The registration form and the house file: what stands on them, what never does, who is noted."""

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from pypdf import PdfReader

from propdesk.domain.access import AccessAct
from propdesk.domain.consents import ConsentDraft, ConsentWay
from propdesk.domain.errors import Cancelled, RuleError
from propdesk.domain.field_catalogue import OPTIONAL_FIELDS
from propdesk.domain.house_papers import HousePaper
from propdesk.domain.persons import PersonDraft, ResidentRole
from propdesk.domain.tickets import Kind, TicketDraft
from propdesk.domain.vehicles import VehicleDraft
from propdesk.reports.parts.sheet import Sheet
from propdesk.services import residents, segments, tickets, vehicles
from propdesk.services.consents import give_consent, withdraw_consent
from propdesk.services.house_papers import note_house_paper, note_opened
from propdesk.services.person_details import set_details
from propdesk.services.printing_houses import print_house_file
from propdesk.services.printing_registrations import print_registrations
from propdesk.services.queries.access import AccessFilter, list_access
from propdesk.services.settings import get_settings, save_settings

_MEDICAL = OPTIONAL_FIELDS["needs-medical"].scope


@pytest.fixture
def ticks(monkeypatch):
    """Count the boxes that were ticked since the last time."""
    seen = []
    draw = Sheet.tick_box

    def spy(self, x, baseline, side=3.0, *, ticked):
        seen.append(ticked)
        draw(self, x, baseline, side, ticked=ticked)

    monkeypatch.setattr(Sheet, "tick_box", spy)

    def count():
        found = sum(seen)
        seen.clear()
        return found

    return count


@pytest.fixture
def lived_in(world):
    """A let house with everything that a paper may or may not show."""
    by, now, home = world.desk.id, world.now, world.home.id
    tenant = PersonDraft(
        "何志强", ResidentRole.TENANT, "何先生", ("15012343317",), date(2025, 5, 1),
        note="说话很冲", special="独居老人",
    )  # fmt: skip
    found = residents.add_resident(home, tenant, by=by, now=now)
    segments.put_into_segment(found.person_id, "picky", by=by)
    vehicles.add_vehicle(home, VehicleDraft("粤B7Q32K", from_on=date(2024, 3, 1)), by=by, now=now)
    tickets.register_ticket(TicketDraft(Kind.REPAIR, "水管漏水", unit_id=home), by=by, now=now)
    return found


@pytest.fixture
def registration(world, tmp_path):
    """Print registration forms and return their text without white space."""

    def drawn(*unit_ids, **how):
        target = tmp_path / "form.pdf"
        printed = print_registrations(unit_ids, target, by=world.desk, now=world.now, **how)
        assert printed.replaced_characters == ()
        return _text(target)

    return drawn


@pytest.fixture
def file_of(world, tmp_path):
    """Print the file of the house and return its text without white space."""

    def drawn(**how):
        target = tmp_path / "file.pdf"
        print_house_file(world.home.id, target, by=world.desk, now=world.now, **how)
        return _text(target)

    return drawn


def _text(file):
    return re.sub(r"\s+", "", "".join(page.extract_text() for page in PdfReader(file).pages))


def test_p57_the_registration_form_is_filled_and_masked(lived_in, world, registration):
    text = registration(world.home.id)
    for said in ("住户登记表", "3栋2单元501", "张伟丰", "何志强", "138****1234", "150****3317",
                 "2025-05-01", "粤B·**32K", "个人信息使用告知", "业主或住户"):  # fmt: skip
        assert said in text
    for never in ("13800001234", "15012343317", "7Q32K", "说话很冲", "独居老人", "挑剔"):
        assert never not in text


def test_p57_a_blank_form_names_every_field(registration):
    text = registration()
    for said in ("面积", "户型", "居住性质", "证件号码（脱敏）", "工作单位", "性别", "起止", "车牌",
                 "宠物", "底数", "燃气", "特殊需求", "装修", "入住日期"):  # fmt: skip
        assert said in text


def test_special_needs_stand_there_only_with_consent(lived_in, world, registration, ticks):
    save_settings(replace(get_settings(), kept_fields=("needs-medical",)), by=world.desk.id)
    person, by, now = lived_in.person_id, world.desk.id, world.now
    registration(world.home.id)
    assert ticks() == 1, "only how the house is lived in"
    given = give_consent(
        person, ConsentDraft(_MEDICAL, ConsentWay.PAPER, now.date()), by=by, now=now
    )
    set_details(person, {"needs-medical": "心脏起搏器"}, by=by, now=now)
    text = registration(world.home.id)
    assert ticks() == 2
    assert "起搏器" not in text
    withdraw_consent(given.id, on=now.date(), by=by, now=now)
    registration(world.home.id)
    assert ticks() == 1


def test_p57_the_forms_of_many_houses_are_one_file_and_can_be_stopped(
    world, registration, tmp_path
):
    seen = []
    text = registration(world.home.id, world.villa.id, on_progress=lambda *step: seen.append(step))
    assert seen == [(1, 2), (2, 2)]
    assert len(PdfReader(tmp_path / "form.pdf").pages) == 2
    assert text.count("个人信息使用告知") == 2

    def stop(_done, _total):
        raise Cancelled

    (tmp_path / "form.pdf").unlink()
    with pytest.raises(Cancelled):
        registration(world.home.id, world.villa.id, on_progress=stop)
    assert list(tmp_path.glob("form*")) == []


def test_p57_the_house_file_is_masked_and_internal(lived_in, file_of):
    text = file_of()
    for said in ("住户档案3-2-501", "张*丰", "138****1234", "粤B·**32K", "水管漏水", "内部资料",
                 "何*强租户"):  # fmt: skip
        assert said in text
    for never in ("张伟丰", "何志强", "13800001234", "7Q32K", "说话很冲", "独居老人", "挑剔"):
        assert never not in text


def test_r85_the_house_file_in_full_asks_for_purpose_and_right_and_is_noted(
    lived_in, world, file_of
):
    with pytest.raises(RuleError) as refused:
        file_of(plain=True)
    assert refused.value.code == "purpose-missing"
    assert list_access(AccessFilter(unit_id=world.home.id)) == ()
    text = file_of(plain=True, purpose="法院调取")
    for said in ("张伟丰", "何志强", "13800001234", "粤B7Q32K", "法院调取"):
        assert said in text
    (line,) = list_access(AccessFilter(unit_id=world.home.id))
    assert (line.act, line.what, line.purpose) == (AccessAct.REVEALED, "house-file", "法院调取")


def test_r85_without_the_right_nothing_is_drawn(lived_in, world, tmp_path):
    target = tmp_path / "file.pdf"
    with pytest.raises(RuleError) as refused:
        print_house_file(
            world.home.id, target, by=world.worker, now=world.now, plain=True, purpose="看看"
        )
    assert refused.value.code == "not-allowed"
    assert not target.exists()


def test_the_years_of_the_time_line_are_the_readers_choice(lived_in, file_of):
    assert "粤B·**32K小汽车" in file_of(years=3)
    short = file_of(years=1)
    assert short.count("粤B·**32K") == 1, "the present vehicle, not the day it came"
    for years in (0, 100):
        with pytest.raises(RuleError) as refused:
            file_of(years=years)
        assert refused.value.code == "house-file-years"


def test_r85_printing_and_reading_are_noted(world):
    by, now = world.desk.id, world.now
    houses = [world.home.id, world.villa.id]
    note_house_paper(houses, HousePaper.REGISTRATION, by=by, now=now)
    assert note_opened(world.home.id, by=by, now=now + timedelta(minutes=5)) is True
    assert note_opened(world.home.id, by=by, now=now + timedelta(hours=3)) is False
    assert note_opened(world.home.id, by=world.worker.id, now=now + timedelta(hours=4)) is True
    assert note_opened(world.home.id, by=by, now=now + timedelta(days=1)) is True
    lines = [(line.act, line.what) for line in list_access(AccessFilter(unit_id=world.home.id))]
    assert lines == [(AccessAct.OPENED, "house-file")] * 3 + [(AccessAct.PRINTED, "registration")]
