"""What suspends a house's bills: noted, ended, voided; the radar and the pack reckon with it."""

from datetime import date, datetime

import pytest

from propdesk.domain.errors import DraftError, RuleError
from propdesk.domain.suspensions import Obstacle, SuspensionDraft
from propdesk.services.queries.evidence import gather_evidence
from propdesk.services.queries.evidence_limitation import limitation_pieces
from propdesk.services.queries.limitation import get_limitations, list_limitation
from propdesk.services.queries.suspensions import list_suspensions
from propdesk.services.suspensions import end_suspension, note_suspension, void_suspension
from propdesk.storage.charging import BillRecord, FeeItemRecord

TODAY = date(2026, 11, 21)
DIED = SuspensionDraft(Obstacle.NO_HEIR, date(2026, 9, 1), None, "死亡证明，继承人未定")


@pytest.fixture
def owed(world):
    """Due 2023-10-31: run out on 2026-10-31 (188), its last six months from 2026-05-01."""
    item = FeeItemRecord.create(
        code="test-fee", name="物业费", formula="area", income="service", charges="all",
        line_months=1, billed_months=1, due_month=0, due_day=1, partial="by-day",
        rounding="fen-half-up", position=1,
    )  # fmt: skip
    due = date(2023, 10, 31)
    return BillRecord.create(
        unit=world.home.id, fee_item=item.id, kind="charge", from_on=due.replace(day=1),
        until_on=due, due_on=due, amount_fen=12_000, entered_at=datetime(2023, 10, 1),
        staff=world.desk.id,
    ).id  # fmt: skip


def end_of(bill_id):
    return get_limitations([bill_id], TODAY)[bill_id].limitation


def test_c194_the_radar_and_the_pack_honour_a_suspension(world, act, owed):
    assert end_of(owed).last_on == date(2026, 10, 31)
    assert list_limitation(TODAY, 200) == []
    noted = note_suspension(world.home.id, DIED, **act())
    # It goes on: not before six months from today.
    assert (end_of(owed).last_on, end_of(owed).is_open_ended) == (date(2027, 5, 21), True)
    (row,) = list_limitation(TODAY, 200)
    assert row.last_on == date(2027, 5, 21)
    ended = end_suspension(noted.id, date(2026, 10, 15), **act())
    assert ended.until_on == date(2026, 10, 15)
    assert end_of(owed).last_on == date(2027, 4, 15)
    _words, table, _why, obstacles = limitation_pieces(gather_evidence(world.home.id, TODAY))
    assert table.rows[0][5] == "2027-04-15"
    assert "194" in table.rows[0][4]
    assert obstacles.rows[0][1:4] == ("2026-09-01", "2026-10-15", DIED.note)
    with pytest.raises(RuleError, match="消除"):
        end_suspension(noted.id, TODAY, **act())
    void_suspension(noted.id, "登记错户", **act())
    assert end_of(owed).last_on == date(2026, 10, 31)
    assert list_suspensions(world.home.id) == ()
    assert [one.void_reason for one in list_suspensions(with_void=True)] == ["登记错户"]


def test_f31_an_obstacle_to_come_is_refused(world, act, owed):
    with pytest.raises(DraftError):
        note_suspension(
            world.home.id, SuspensionDraft(Obstacle.OTHER, date(2026, 12, 1), None, "x"), **act()
        )
    assert list_suspensions() == ()
