"""The complaint report from a real office: figures, files, refusals; five figures by plain SQL."""

import json
from dataclasses import replace
from datetime import date, datetime, timedelta

import openpyxl
import pytest

from propdesk.domain.complaint_rows import Balance
from propdesk.domain.errors import Cancelled, RuleError
from propdesk.domain.months import Month
from propdesk.domain.papers import PaperLanguage
from propdesk.domain.tickets import Kind, ReporterKind, Satisfaction, TicketDraft
from propdesk.domain.units import UnitState
from propdesk.services import follow_ups, reporting, tickets, units
from propdesk.services.queries.complaints import read_complaint_records
from propdesk.services.reporting import complaint_figures, write_complaint_report
from propdesk.storage.database import database, rows

OCTOBER, NOVEMBER = Month(2026, 10), Month(2026, 11)


@pytest.fixture
def busy(world):
    """Two months of the desk's work through its own commands."""
    desk, now = world.desk.id, world.now

    def take(day, **more):
        values = {
            "kind": Kind.COMPLAINT,
            "text": "楼道垃圾三天没人收",
            "unit_id": world.home.id,
            "class_code": "service.environment",
            "reporter_name": "张伟丰",
        }
        at = datetime.fromisoformat(day)
        draft = TicketDraft(**(values | more))
        return tickets.register_ticket(draft, by=desk, now=now, at=at).id, at

    def close(ticket, at, answer=Satisfaction.SATISFIED):
        by = {"by": desk, "now": now}
        tickets.dispatch_ticket(ticket, department_id=world.engineering, at=at, **by)
        tickets.complete_ticket(ticket, text="已清运", at=at + timedelta(hours=2), **by)
        tickets.reply_ticket(ticket, text="已告知", at=at + timedelta(hours=3), **by)
        later = at + timedelta(days=1)
        follow_ups.follow_up_ticket(ticket, answer, text="回访", at=later, **by)

    close(*take("2026-10-05T09:00"))
    old, _at = take("2026-10-20T19:30")
    again, at = take("2026-11-02T08:10")
    close(again, at, Satisfaction.DISSATISFIED)
    close(again, at + timedelta(days=2))
    take("2026-11-03T09:00", class_code="fees.shared", class_suggested=True, unit_id=world.villa.id)
    void, _at = take("2026-11-04T09:00", unit_id=None, place="地下车库", class_code="unclassed")
    tickets.void_ticket(void, reason="登记两次", by=desk, now=now)
    take("2026-11-05T09:00", kind=Kind.PRAISE)
    take("2026-11-05T09:00", kind=Kind.BILL_QUERY)
    take("2026-11-05T10:00", reporter_kind=ReporterKind.INTERNAL)
    repair, _at = take("2026-11-06T09:00", kind=Kind.REPAIR)
    ticket = tickets.get_ticket(repair)
    draft = TicketDraft(Kind.COMPLAINT, ticket.text, unit_id=world.home.id)
    tickets.amend_ticket(repair, draft, version=ticket.version, by=desk, now=now)
    draft = replace(draft, promised_at=datetime(2026, 11, 20))
    ticket = tickets.get_ticket(old)
    tickets.amend_ticket(old, draft, version=ticket.version, by=desk, now=now)
    return world


def test_the_figures_of_a_real_office(busy):
    figures = complaint_figures(NOVEMBER, now=busy.now)
    assert figures.balance == Balance(
        carried_over=1, received=3, moved_in=1, removed=1, closed=1, open=3
    )
    assert figures.is_running
    assert figures.summary.overdue == 3
    assert figures.summary.rework == 1
    assert figures.suggested == 1
    assert (figures.summary.contacts.praise, figures.summary.contacts.bill_queries) == (1, 1)
    assert figures.summary.contacts.internal == 1
    assert figures.households == 1
    assert [row.name for row in figures.departments][:1] == ["工程部"]
    assert figures.previous is not None
    assert figures.previous.balance == Balance(received=2, closed=1, open=1)
    assert figures.last_year is None


def test_five_figures_recounted_by_plain_sql(busy):
    figures = complaint_figures(NOVEMBER, now=busy.now)
    first = rows(
        "SELECT DISTINCT ticket_id FROM ticket_event "
        "WHERE ticket_kind = 'complaint' AND reporter_kind <> 'internal'"
    )
    received = rows(
        "SELECT count(*) FROM ticket_event WHERE kind = 'registered' AND at >= '2026-11-01' "
        "AND at < '2026-12-01' AND ticket_kind = 'complaint' AND reporter_kind <> 'internal'"
    )
    carried = rows(
        "SELECT count(*) FROM ticket t WHERE (SELECT v.status NOT IN ('closed', 'void', 'merged', "
        "'not-ours') AND v.ticket_kind = 'complaint' AND v.reporter_kind <> 'internal' "
        "FROM ticket_event v WHERE v.ticket_id = t.id AND v.at < '2026-11-01' "
        "ORDER BY v.sequence DESC LIMIT 1)"
    )
    open_ = rows(
        # Nobody had a word for longer than a working day (R03), or a promise was broken (R08).
        "SELECT count(*), total(promised_at < '2026-11-21T09:30:00' OR (received_at < '2026-11-19' "
        "AND id NOT IN (SELECT ticket_id FROM ticket_event WHERE kind = 'replied'))) "
        "FROM ticket WHERE is_open "
        "AND kind = 'complaint' AND reporter_kind <> 'internal' AND received_at < '2026-12-01'"
    )
    closed = rows(
        "SELECT count(*) FROM ticket_event WHERE kind = 'closed' AND at >= '2026-11-01' "
        "AND at < '2026-12-01' AND ticket_kind = 'complaint' AND reporter_kind <> 'internal'"
    )
    assert len(first) == 6
    assert figures.balance.received == received[0][0]
    assert figures.balance.carried_over == carried[0][0]
    assert (figures.balance.open, figures.summary.overdue) == open_[0]
    assert figures.balance.closed == closed[0][0]


def test_json_is_the_same_figures(busy, tmp_path):
    target = tmp_path / "r.json"
    written = write_complaint_report(NOVEMBER, target, now=busy.now, by=busy.desk)
    values = json.loads(target.read_text("utf-8"))
    assert values == reporting.complaint_values(written.figures)
    assert values["month"] == "2026-11"
    came = values["carried_over"] + values["received"] + values["reopened"] + values["moved_in"]
    assert came - values["closed"] - values["removed"] == values["open"] == 3
    assert values["overdue"] == 3
    assert sum(row["received"] for row in values["by_class"]) == values["received"]
    assert [row["class"] for row in values["by_class"]][-1] == "unclassed"
    fees = next(row for row in values["by_class"] if row["class"] == "fees")
    assert (fees["received"], fees["suggested"]) == (1, 1)
    assert len(values["open_list"]) == values["open"]


@pytest.mark.parametrize("language", PaperLanguage)
def test_the_workbook_holds_the_same_figures(busy, tmp_path, language):
    target = tmp_path / "r.xlsx"
    written = write_complaint_report(
        NOVEMBER, target, now=busy.now, by=busy.desk, paper_language=language
    )
    workbook = openpyxl.load_workbook(target)
    assert len(workbook.sheetnames) == 13
    cells = [row[1] for row in workbook.worksheets[0].iter_rows(min_row=5, values_only=True)]
    balance = written.figures.balance
    assert cells[:8] == [
        balance.carried_over,
        balance.received,
        balance.reopened,
        balance.moved_in,
        balance.removed,
        balance.to_handle,
        balance.closed,
        balance.open,
    ]
    classes, months = workbook.worksheets[1:3]
    *_rows, total = classes.iter_rows(values_only=True)
    carried, came, again, moved, closed, gone, left = total[2:9]
    assert (came, left) == (balance.received, balance.open)
    assert carried + came + again + moved - closed - gone == left
    for row in months.iter_rows(min_row=2, values_only=True):
        carried, came, again, moved, closed, gone, left = row[6:]
        assert carried + came + again + moved - closed - gone == left
    workbook.close()


def test_the_workbook_of_a_running_month_says_until_when_it_counts(busy, tmp_path):
    target = tmp_path / "r.xlsx"
    write_complaint_report(
        NOVEMBER, target, now=busy.now, by=busy.desk, paper_language=PaperLanguage.ZH
    )
    workbook = openpyxl.load_workbook(target)
    top = [row[0] for row in workbook.worksheets[0].iter_rows(max_row=3, values_only=True)]
    workbook.close()
    assert top[0] == "投诉月报 2026 年 11 月"
    assert f"截至 {busy.now:%Y-%m-%d %H:%M}" in top[1]


@pytest.mark.parametrize("suffix", [".pdf", ".PDF", ".xlsx", ".json"])
def test_a_month_without_data_is_a_report(world, tmp_path, suffix):
    target = tmp_path / f"r{suffix}"
    steps = []
    written = write_complaint_report(
        OCTOBER,
        target,
        now=world.now,
        by=world.desk,
        on_progress=lambda done, of: steps.append((done, of)),
    )
    assert target.stat().st_size > 0
    assert written.figures.is_empty
    assert steps[-1] == (3, 3)
    assert (written.pages > 0) == (suffix.lower() == ".pdf")


@pytest.mark.parametrize("name", ["r.docx", "r", "report.pdf.zip"])
def test_another_ending_is_refused_naming_the_three(world, tmp_path, name):
    with pytest.raises(RuleError, match=r"\.pdf.*\.xlsx.*\.json") as refused:
        write_complaint_report(NOVEMBER, tmp_path / name, now=world.now, by=world.desk)
    assert refused.value.code == "file-ending"
    assert list(tmp_path.glob("r*")) == []


def test_a_folder_that_is_not_there_is_refused(world, tmp_path):
    with pytest.raises(RuleError) as refused:
        write_complaint_report(NOVEMBER, tmp_path / "no" / "r.pdf", now=world.now, by=world.desk)
    assert refused.value.code == "folder-not-found"


@pytest.mark.parametrize("suffix", reporting.ENDINGS)
def test_a_place_that_cannot_be_written_is_refused(world, tmp_path, suffix):
    target = tmp_path / f"r{suffix}"
    target.mkdir()
    with pytest.raises(RuleError) as refused:
        write_complaint_report(NOVEMBER, target, now=world.now, by=world.desk)
    assert refused.value.code == "file-not-writable"
    assert list(tmp_path.glob("*.part")) == []


def test_a_worker_may_not_see_reports(world, tmp_path):
    with pytest.raises(RuleError) as refused:
        write_complaint_report(NOVEMBER, tmp_path / "r.pdf", now=world.now, by=world.worker)
    assert refused.value.code == "not-allowed"


def test_cancelled_leaves_the_older_report(busy, tmp_path):
    target = tmp_path / "r.pdf"
    target.write_text("the older one")

    def cancel(done, _of):
        if done:
            raise Cancelled

    with pytest.raises(Cancelled):
        write_complaint_report(NOVEMBER, target, now=busy.now, by=busy.desk, on_progress=cancel)
    assert target.read_text() == "the older one"
    assert list(tmp_path.glob("*.part")) == []


def test_reading_changes_nothing(busy):
    database.execute_sql("PRAGMA query_only = 1")
    try:
        assert complaint_figures(NOVEMBER, now=busy.now).balance.open == 3
    finally:
        database.execute_sql("PRAGMA query_only = 0")


def test_older_complaints_that_no_longer_matter_are_not_read(busy):
    later = Month(2028, 6)
    records = read_complaint_records(later, repeat_days=30)
    assert {fact.id for fact in records.tickets} == {
        row[0] for row in rows("SELECT id FROM ticket WHERE is_open AND kind = 'complaint' "
                               "AND reporter_kind <> 'internal'")
    }  # fmt: skip
    assert records.first_at == datetime(2026, 10, 5, 9)


def test_repeats_go_by_the_offices_own_span(busy):
    figures = complaint_figures(NOVEMBER, now=busy.now)
    assert figures.rules.repeat_days == 30
    assert [row.days for row in figures.repeats] == [28]


@pytest.mark.parametrize(("state", "since", "households"), [
    (UnitState.OWNER_OCCUPIED, date(2026, 11, 30), 1),
    (UnitState.LET, date(2026, 11, 30), 1),
    (UnitState.VACANT, date(2026, 11, 30), 0),  # handed over, its owner known, nobody moved in
    (UnitState.VACANT, date(2026, 12, 1), 1),
    (UnitState.DECORATING, date(2026, 11, 30), 0),
    (UnitState.UNDELIVERED, date(2026, 11, 30), 0),
])  # fmt: skip
def test_a_household_is_one_that_moved_in(world, state, since, households):
    """已入住: the complaint rate is told per household that lives there (sizes.md)."""
    assert complaint_figures(NOVEMBER, now=world.now).households == 1  # no state was ever said
    units.set_states([world.home.id], state, by=world.desk.id, now=world.now, from_on=since)
    figures = complaint_figures(NOVEMBER, now=world.now)
    assert figures.households == households
    assert sum(row.households or 0 for row in figures.buildings) == households
