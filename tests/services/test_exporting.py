"""Exports for the office's own Excel: masked unless asked for, whole or not at all."""

from datetime import datetime

import pytest

from propdesk import i18n
from propdesk.domain.data_exports import ExportOrder
from propdesk.domain.errors import Cancelled, RuleError
from propdesk.domain.months import Month
from propdesk.domain.tickets import Kind, TicketDraft
from propdesk.services import tickets
from propdesk.services.exporting import export_tickets
from propdesk.sheets.reading import read_table

MASKED, IN_FULL = ExportOrder(""), ExportOrder("对账", is_plain=True)


@pytest.fixture
def two_tickets(world):
    """Register a repair in the house in November and a complaint about the gate in October."""
    for kind, at, place in (
        (Kind.REPAIR, datetime(2026, 11, 20, 9), {"unit_id": world.home.id}),
        (Kind.COMPLAINT, datetime(2026, 10, 20, 9), {"place": "=大门"}),
    ):
        draft = TicketDraft(
            kind,
            "=HYPERLINK(1) 𠮷 😀",
            reporter_name="张伟丰",
            reporter_phone="13800001234",
            **place,
        )
        moment = at.replace(tzinfo=world.now.tzinfo)
        tickets.register_ticket(draft, by=world.desk.id, now=world.now, at=moment)


def read(path):
    table = read_table(path)
    return [dict(zip(table.header, row.values, strict=True)) for row in table.rows]


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
@pytest.mark.usefixtures("two_tickets")
def test_tickets(world, tmp_path, suffix):
    i18n.set_language("en")
    target = tmp_path / f"out{suffix}"
    assert export_tickets(target, MASKED, by=world.desk.id, now=world.now).rows == 2
    complaint, repair = read(target)
    assert repair["Number"] == "BX-202611-0001"
    assert (repair["House"], repair["Kind"], repair["Status"]) == (
        "3-2-501", "Repair", "To dispatch",
    )  # fmt: skip
    assert (repair["Reporter"], repair["Phone"]) == ("张*丰", "138****1234")
    assert complaint["Place"] == "=大门"
    assert complaint["Text"] == "=HYPERLINK(1) 𠮷 😀"
    received = repair["Received at"]
    expected = datetime(2026, 11, 20, 9)
    assert received == (expected if suffix == ".xlsx" else str(expected))


@pytest.mark.usefixtures("two_tickets")
def test_one_month_in_full_in_chinese(world, tmp_path):
    i18n.set_language("zh_CN")
    export = export_tickets(
        tmp_path / "out.xlsx", IN_FULL, by=world.desk.id, now=world.now, month=Month(2026, 10)
    )
    assert export.rows == 1
    table = read_table(tmp_path / "out.xlsx")
    assert "2026-10" in table.sheet_name
    assert {"张伟丰", "13800001234"} <= set(table.rows[0].values)


@pytest.mark.usefixtures("two_tickets")
def test_a_month_without_tickets_is_a_header(world, tmp_path):
    export = export_tickets(
        tmp_path / "out.csv", MASKED, by=world.desk.id, now=world.now, month=Month(2020, 1)
    )
    assert export.rows == 0
    assert len((tmp_path / "out.csv").read_text("utf-8-sig").splitlines()) == 1


def test_another_kind_of_file_is_refused(world, tmp_path):
    with pytest.raises(RuleError) as refused:
        export_tickets(tmp_path / "out.pdf", MASKED, by=world.desk.id, now=world.now)
    assert refused.value.code == "file-ending"
    assert not (tmp_path / "out.pdf").exists()


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
@pytest.mark.usefixtures("two_tickets")
def test_a_cancelled_export_leaves_the_old_file(world, tmp_path, suffix):
    target = tmp_path / f"out{suffix}"
    target.write_text("alt")
    with pytest.raises(Cancelled):
        export_tickets(target, MASKED, by=world.desk.id, now=world.now, cancelled=lambda: True)
    assert target.read_text() == "alt"
    assert not list(tmp_path.glob("*.part"))
