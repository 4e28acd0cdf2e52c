"""The papers of arrears: their figures are read back out of the PDF."""

from datetime import date

import pytest
from pypdf import PdfReader

from propdesk.domain.papers import PaperLanguage
from propdesk.domain.payment_plans import PlanDraft, equal_parts
from propdesk.domain.staff import Role
from propdesk.services import payment_plans, printing_arrears, staff, waivers
from propdesk.services.queries.collection import list_collection
from propdesk.storage.charging import BillRecord, FeeItemRecord
from propdesk.storage.database import rows
from propdesk.storage.persons import PersonRecord

TODAY = date(2026, 11, 21)


@pytest.fixture
def bills(world):
    """Three bills of the home, 1,234.56 in all, and one of the villa that is paid."""
    item = FeeItemRecord.create(
        code="service", name="物业服务费", formula="area", income="service", charges="all",
        unit_kinds=[], line_months=1, billed_months=1, due_month=0, due_day=31, partial="whole",
        rounding="fen-half-up", position=1, is_active=True,
    )  # fmt: skip
    owner = PersonRecord.get(PersonRecord.name == "张伟丰").id
    found = []
    for unit, fen, due_on, settled in (
        (world.home, 1_000_00, date(2023, 12, 31), 0),
        (world.home, 200_00, date(2026, 6, 30), 0),
        (world.home, 34_56, date(2026, 11, 10), 0),
        (world.villa, 100_00, date(2026, 6, 30), 100_00),
    ):
        record = BillRecord.create(
            unit=unit.id, fee_item=item.id, kind="charge", from_on=due_on.replace(day=1),
            until_on=due_on, due_on=due_on, amount_fen=fen, settled_fen=settled, person=owner,
            entered_at=world.now.replace(tzinfo=None), staff=world.desk.id,
        )  # fmt: skip
        found.append(record.id)
    return found


def words(file):
    return "\n".join(page.extract_text() for page in PdfReader(file).pages)


@pytest.mark.parametrize("language", PaperLanguage)
def test_the_ageing_table_says_what_the_bills_say(world, bills, tmp_path, now, language):
    file = tmp_path / "ageing.pdf"
    printing_arrears.print_ageing(file, by=world.desk, now=now, language=language)
    text = words(file)
    for figure in ("1,234.56", "1,000.00", "200.00", "34.56", "3-2-501", "2026-12-31"):
        assert figure in text
    assert "138****1234" in text
    assert "13800001234" not in text


def test_law_md_1_7_names_of_who_owes_are_masked_on_every_table(world, bills, tmp_path, now):
    for name, draw in (
        ("ageing", printing_arrears.print_ageing),
        ("limitation", printing_arrears.print_limitation),
    ):
        draw(tmp_path / f"{name}.pdf", by=world.desk, now=now)
        assert "张伟丰" not in words(tmp_path / f"{name}.pdf")
        assert "张*丰" in words(tmp_path / f"{name}.pdf")


def test_the_limitation_list_names_bill_and_day(world, bills, tmp_path, now):
    file = tmp_path / "limitation.pdf"
    printing_arrears.print_limitation(file, by=world.desk, now=now, days=90)
    text = words(file)
    assert "2026-12-31" in text
    assert "1,000.00" in text
    assert "200.00" not in text.replace("1,200.00", "")


def test_the_collection_rate_by_amount_and_by_household(world, bills, tmp_path, now, act):
    manager = staff.add_staff("周经理", by=world.desk.id, role=Role.MANAGER)
    waivers.waive_bill(bills[1], 50_00, "空置", **act(manager))
    # Due in June 2026: 200.00 + 100.00, 50.00 waived; 100.00 came in: 100 / 250 = 40 %.
    home, villa = list_collection(date(2026, 6, 1), date(2026, 6, 30))
    assert (home.billed_fen, home.collected_fen, home.waived_fen) == (150_00, 0, 50_00)
    assert (villa.billed_fen, villa.collected_fen, villa.paid_units) == (100_00, 100_00, 1)
    file = tmp_path / "collection.pdf"
    printing_arrears.print_collection(
        date(2026, 6, 1), date(2026, 6, 30), file, by=world.desk, now=now
    )
    text = words(file)
    assert "40.0 %" in text
    assert "50.0 %" in text  # one of two households
    assert list_collection(date(2020, 1, 1), date(2020, 12, 31)) == []


def test_the_agreement_names_every_bill_and_adds_up(world, bills, tmp_path, now, act):
    days = [date(2026, 12, 31), date(2027, 1, 31), date(2027, 2, 28)]
    draft = PlanDraft(equal_parts(1_000_00, days), 1_000_00, promised_by="张伟丰")
    plan = payment_plans.record_plan(world.home.id, draft, bills[:1], **act())
    file = tmp_path / "agreement.pdf"
    printing_arrears.print_agreement(plan.id, file, by=world.desk, now=now)
    text = words(file)
    for part in (plan.number, "张伟丰", "壹仟元整", "333.33", "333.34", "2023-12-31", "2027-02-28"):
        assert part in text
    assert rows("SELECT count(*) FROM demand_line WHERE plan_id = ?", plan.id) == [(1,)]
