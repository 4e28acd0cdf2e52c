"""The delivery register and the record of a visit, read back out of the PDF (forms.md 5.2)."""

from datetime import date, datetime

import pypdf
import pytest

from propdesk.domain.dunning import Relation, Result, Stage, Way
from propdesk.domain.dunning_acts import ActDraft
from propdesk.domain.errors import RuleError
from propdesk.domain.papers import PaperLanguage
from propdesk.services import staff
from propdesk.services.dunning_acts import note_act
from propdesk.services.printing_dunning_acts import (
    note_visit_print,
    print_delivery_register,
    print_visit_record,
)
from propdesk.services.queries.staff import find_department
from propdesk.storage.charging import BillRecord, FeeItemRecord
from propdesk.storage.database import rows
from propdesk.storage.persons import PersonRecord


@pytest.fixture
def urged(world, act):
    item = FeeItemRecord.create(
        code="t-fee", name="物业费", formula="area", income="service", charges="all",
        line_months=1, billed_months=1, due_month=0, due_day=1, partial="by-day",
        rounding="fen-half-up", position=1,
    )  # fmt: skip
    owner = PersonRecord.get(PersonRecord.name == "张伟丰")
    BillRecord.create(
        unit=world.home.id, fee_item=item.id, kind="charge", from_on=date(2026, 9, 1),
        until_on=date(2026, 9, 30), due_on=date(2026, 9, 30), amount_fen=25_077,
        person=owner.id, entered_at=datetime(2026, 9, 1), staff=world.desk.id,
    )  # fmt: skip
    draft = ActDraft(
        Stage.SLIP, Way.IN_PERSON, Result.SIGNED, datetime(2026, 11, 17, 15, 0),
        receiver="张伟丰", relation=Relation.SELF, witness="王建国",
    )  # fmt: skip
    return note_act(world.home.id, draft, **act())


def text(file):
    return "".join("".join(page.extract_text().split()) for page in pypdf.PdfReader(file).pages)


def test_the_register_tells_who_got_what_how_and_masks_names(world, urged, tmp_path):
    file = tmp_path / "登记.pdf"
    made = print_delivery_register(
        date(2026, 11, 1), date(2026, 11, 30), file, by=world.desk, now=world.now
    )
    page = text(file)
    assert made.pages == 1
    for words in ("送达登记表", "3-2-501", "250.77", "当面", "已签收", "王建国", "张*丰"):
        assert words in page
    assert "张伟丰" not in page
    box = pypdf.PdfReader(file).pages[0].mediabox
    assert box.width > box.height, "A4 on its side"


def test_a_period_without_deliveries_says_so(world, urged, tmp_path):
    file = tmp_path / "登记.pdf"
    print_delivery_register(date(2026, 1, 1), date(2026, 1, 31), file, by=world.desk, now=world.now)
    assert "本期没有送达记录" in text(file)
    with pytest.raises(RuleError) as refusal:
        print_delivery_register(
            date(2026, 2, 1), date(2026, 1, 1), file, by=world.desk, now=world.now
        )
    assert refusal.value.code == "period-reversed"


def test_law_1_6_a_visit_is_recorded_by_two_with_photo_numbers(world, urged, tmp_path):
    file = tmp_path / "上门.pdf"
    print_visit_record([world.home.id], file, by=world.desk, now=world.now)
    page = text(file)
    for words in ("上门人一", "上门人二", "照片编号", "250.77", "2026-09-30", "保安员不得参与"):
        assert words in page
    note_visit_print([world.home.id], by=world.desk.id, now=world.now)
    assert ("visit-record",) in rows("SELECT what FROM access_line WHERE act = 'printed'")


def test_a_blank_record_names_nobody(world, urged, tmp_path):
    file = tmp_path / "空白.pdf"
    made = print_visit_record([], file, by=world.desk, now=world.now, language=PaperLanguage.EN)
    assert made.pages == 1
    assert "Photonumber" in text(file)
    assert "张伟丰" not in text(file)


def test_guards_print_neither(world, urged, tmp_path):
    guard = staff.add_staff("李保安", by=world.desk.id, department_id=find_department("安管部").id)
    for who in (guard, world.worker):
        with pytest.raises(RuleError):
            print_visit_record([], tmp_path / "x.pdf", by=who, now=world.now)
        with pytest.raises(RuleError):
            print_delivery_register(
                date(2026, 11, 1), date(2026, 11, 2), tmp_path / "x.pdf", by=who, now=world.now
            )
    assert not (tmp_path / "x.pdf").exists()
