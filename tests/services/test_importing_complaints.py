"""Complaints from workbooks: numbers, journal, search, doubles, and nothing half done."""

import json
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from propdesk.domain.errors import Cancelled, RuleError
from propdesk.domain.imports import ImportKind, Outcome
from propdesk.domain.tickets import Channel, EventKind, Kind, Status, TicketDraft
from propdesk.services import tickets
from propdesk.services.importing import import_file, preview_import
from propdesk.services.queries.tickets import TicketFilter, find_ticket, list_tickets
from propdesk.sheets.errors import SheetError
from propdesk.storage.database import rows

REAL = Path(__file__).parents[3] / "shared" / "data" / "complaints.xlsx"
HEADER = ("留言编号", "留言用户", "留言主题", "留言时间", "留言详情")
ROWS = (
    (11, "A1", "小区夜间施工噪音扰民", "2019/8/19 11:48:23", "工地夜间施工到凌晨，噪音扰民。"),
    (12, "A2", "停水两天", datetime(2019, 7, 3, 8, 0, 1), "小区停水两天，没有通知。"),
    (13, "A3", "）", "2019-08-02", "地下室墙体开裂。物业不管。"),
    (14, "A4", "电梯", "2019年8月19日 9:05", "工地夜间施工到凌晨，噪音扰民。"),
)
EVERY_TABLE = (
    "ticket", "ticket_event", "ticket_words_docsize", "number_series", "import", "setting",
)  # fmt: skip


@pytest.fixture
def workbook(tmp_path):
    def write(*lines, header=HEADER, name="complaints.xlsx"):
        book = openpyxl.Workbook()
        for line in (header, *lines):
            book.active.append(line)
            for cell in book.active[book.active.max_row]:
                # A text that begins like a formula is written as text.
                cell.data_type = "s" if isinstance(cell.value, str) else cell.data_type
        book.save(tmp_path / name)
        return tmp_path / name

    return write


@pytest.fixture
def take(world):
    def run(path, **given):
        return import_file(ImportKind.COMPLAINTS, path, by=world.desk.id, now=world.now, **given)

    return run


def counts():
    return {table: rows(f"SELECT count(*) FROM {table}")[0][0] for table in EVERY_TABLE}


def test_rows_become_tickets_of_their_month(workbook, take, world):
    result = take(workbook(*ROWS))
    found = result.preview.counts
    suggested = rows("SELECT count(*) FROM ticket WHERE class_suggested = 1")[0][0]
    assert found.pop("suggested") == suggested >= 2
    assert found == {
        "rows": 4, "added": 4, "unchanged": 0, "rejected": 0, "needs_person": 1, "duplicates": 1,
    }  # fmt: skip
    july, second, third, fourth = (
        find_ticket(number)
        for number in ("TS-201907-0001", "TS-201908-0001", "TS-201908-0002", "TS-201908-0003")
    )
    assert (july.kind, july.status, july.channel) == (
        Kind.COMPLAINT, Status.RECEIVED, Channel.ONLINE,
    )  # fmt: skip
    assert (july.matter, july.place, july.reporter_name) == ("停水两天", "停水两天", "A2")
    assert (july.external_number, july.class_code, july.class_suggested) == (
        "12", "incident.water", True,
    )  # fmt: skip
    assert july.urgency.value == "p1"
    assert july.first_receiver == "前台"
    assert second.matter == second.place == "地下室墙体开裂"
    assert "）" in second.needs_person
    # Numbers follow the time of receipt: the same text that came earlier is the original.
    assert (third.external_number, fourth.external_number) == ("14", "11")
    assert fourth.duplicate_of == third.number
    assert fourth.class_code == "service.environment"


def test_one_journal_line_each_with_both_times(workbook, take, world):
    take(workbook(*ROWS))
    (event,) = find_ticket("TS-201907-0001").events
    assert event.kind is EventKind.REGISTERED
    assert event.at == datetime(2019, 7, 3, 8, 0, 1)
    assert event.entered_at == world.now.replace(tzinfo=None)
    assert event.by == "前台"
    assert event.detail == {"import": "1", "channel": "online"}


def test_imported_texts_are_found(workbook, take, world):
    take(workbook(*ROWS))
    for words in ("开裂", "停水", "A3"):
        assert len(list_tickets(TicketFilter(words=words), now=world.now).rows) == 1


def test_the_same_file_twice_adds_nothing(workbook, take):
    path = workbook(*ROWS)
    take(path)
    before = counts()
    again = take(path)
    assert again.import_id is None
    assert again.preview.counts["unchanged"] == 4
    assert counts() == before


def test_a_longer_file_adds_the_rest_without_gaps(workbook, take):
    take(workbook(*ROWS))
    more = (15, "A5", "路灯", "2019/8/1", "路灯不亮")
    assert take(workbook(*ROWS, more)).preview.counts["added"] == 1
    assert find_ticket("TS-201908-0004").external_number == "15"


def test_numbers_go_on_from_those_given_by_hand(workbook, take, world):
    draft = TicketDraft(Kind.COMPLAINT, "灯坏", place="大门")
    tickets.register_ticket(
        draft, by=world.desk.id, now=world.now, at=datetime(2019, 7, 9, tzinfo=world.now.tzinfo)
    )
    take(workbook(*ROWS))
    assert find_ticket("TS-201907-0002").external_number == "12"


def test_a_known_number_with_another_text_is_refused(workbook, take):
    take(workbook(*ROWS))
    result = take(workbook((11, "A1", "别的", "2019/8/19", "别的内容"), name="b.xlsx"))
    (row,) = result.preview.rows
    assert row.outcome is Outcome.REJECTED
    assert "TS-201908-0003" in row.reason


def test_a_number_twice_in_one_file(workbook, take):
    result = take(
        workbook(ROWS[0], ROWS[0], (11, "A9", "别的", "2019/8/19", "别的内容"))
    )  # fmt: skip
    outcomes = [row.outcome for row in result.preview.rows]
    assert outcomes == [Outcome.ADDED, Outcome.UNCHANGED, Outcome.REJECTED]


def test_rows_without_numbers_are_known_by_text_time_and_reporter(workbook, take):
    path = workbook(*(row[1:] for row in ROWS), header=HEADER[1:])
    assert take(path).preview.counts["added"] == 4
    assert take(path).preview.counts["unchanged"] == 4


def test_our_own_export_is_not_taken_for_new(workbook, take, world):
    draft = TicketDraft(Kind.COMPLAINT, "灯坏", place="大门")
    ticket = tickets.register_ticket(draft, by=world.desk.id, now=world.now)
    path = workbook((ticket.number, "A1", "灯", "2026-11-20", "灯坏"))
    assert take(path).preview.counts["unchanged"] == 1


def test_rows_that_cannot_be_stored_come_back_with_reasons(workbook, take):
    result = take(
        workbook(
            (1, "A", "灯", "昨天", "灯坏"), (2, "A", None, "2019/8/1", None),
            (3, "A", "灯", "2027/1/1", "灯坏"), (4, "A", "灯", 43696.5, "灯坏"),
        )
    )  # fmt: skip
    assert result.preview.counts["rejected"] == 3
    assert all(row.reason for row in result.preview.rejected)
    assert [row.line for row in result.preview.rejected] == [2, 3, 4]
    assert find_ticket("TS-201908-0001").received_at == datetime(2019, 8, 19, 12)


def test_houses_are_found_where_they_are_known(workbook, take, world):
    header = ("时间", "内容", "房号", "电话", "姓名")
    take(
        workbook(
            ("2019/7/1", "灯坏", "3栋2单元501室", 13800001234, "张伟丰"),
            ("2019/7/2", "门坏", "9-9-909", None, None),
            header=header,
        )
    )
    known, unknown = (find_ticket(f"TS-201907-000{n}") for n in (1, 2))
    assert known.unit == "3-2-501"
    assert known.reporter_phone == "13800001234"
    assert not known.needs_person
    assert (unknown.unit_id, unknown.place) == (None, "门坏")
    assert "9-9-909" in unknown.needs_person


def test_odd_characters_are_stored_literally(workbook, take):
    path = workbook(
        (1, "=HYPERLINK(1)", "𠮷 <img src=x>", "2019/7/1", "A<B 😀\u202e\u200b\n\n=1+1")
    )
    take(path)
    ticket = find_ticket("TS-201907-0001")
    assert ticket.text == "A<B 😀\n=1+1"
    assert (ticket.matter, ticket.reporter_name) == ("𠮷 <img src=x>", "=HYPERLINK(1)")


def test_the_longest_text_is_taken(tmp_path, take):
    path = tmp_path / "long.csv"
    path.write_text(f"时间,主题,内容\n2019/7/1,长,{'长' * 100_000}\n", "utf-8")
    take(path)
    assert len(find_ticket("TS-201907-0001").text) == 100_000


def test_preview_writes_nothing_and_says_the_same(workbook, take, world):
    path, before = workbook(*ROWS), counts()
    preview = preview_import(ImportKind.COMPLAINTS, path, now=world.now)
    assert counts() == before
    assert take(path).preview == preview


def test_a_chosen_mapping_is_remembered_for_its_header(workbook, take, world):
    header = ("号", "谁", "一", "二", "三")
    with pytest.raises(RuleError) as refused:
        preview_import(ImportKind.COMPLAINTS, workbook(*ROWS, header=header), now=world.now)
    assert refused.value.code == "columns-missing"
    mapping = {
        "external_number": ("号",), "matter": ("一",), "time": ("二",), "text": ("三",),
    }  # fmt: skip
    take(workbook(*ROWS[:2], header=header), mapping=mapping)
    preview = preview_import(ImportKind.COMPLAINTS, workbook(*ROWS, header=header), now=world.now)
    assert preview.mapping == mapping
    assert preview.counts["added"] == 2


def test_a_file_without_times_is_refused(workbook, take):
    with pytest.raises(RuleError) as refused:
        take(workbook(("灯坏",), header=("内容",)))
    assert refused.value.code == "columns-missing"


def test_who_may_not_import(workbook, world):
    with pytest.raises(RuleError) as refused:
        import_file(ImportKind.COMPLAINTS, workbook(*ROWS), by=world.worker.id, now=world.now)
    assert refused.value.code == "not-allowed"


def test_a_missing_file_is_a_refusal(tmp_path, take):
    with pytest.raises(SheetError):
        take(tmp_path / "gone.xlsx")


class Stopper:
    """Presses cancel as soon as so much of the work is done."""

    def __init__(self, share):
        self.share, self.pressed, self.seen = share, False, []

    def progress(self, done, total):
        self.seen.append(done / total)
        self.pressed = self.pressed or done / total >= self.share

    def cancelled(self):
        return self.pressed


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_cancelled_at_any_time_nothing_is_left(workbook, take, share):
    path = workbook(
        *((n, "A", f"事 {n}", "2019/7/1", f"第 {n} 件事") for n in range(3000)), name="many.xlsx"
    )
    before, stopper = counts(), Stopper(share)
    with pytest.raises(Cancelled):
        take(path, on_progress=stopper.progress, cancelled=stopper.cancelled)
    assert counts() == before
    assert take(path).preview.counts["added"] == 3000


def test_progress_only_grows_and_ends_whole(workbook, take):
    stopper = Stopper(2)
    take(workbook(*ROWS), on_progress=stopper.progress)
    assert stopper.seen == sorted(stopper.seen)
    assert stopper.seen[-1] == 1


def test_the_real_workbook(take, world):
    if not REAL.exists():
        pytest.skip("the workbook of real complaints is not on this machine")
    result = take(REAL)
    found = result.preview.counts
    assert (found["rows"], found["added"], found["rejected"]) == (1456, 1456, 0)
    assert (found["needs_person"], found["duplicates"]) == (1, 37)
    assert found["suggested"] > 700
    (month,) = rows(
        "SELECT sum(received_at < '2019-07-01'), sum(received_at GLOB '2019-07-*') FROM ticket"
    )
    assert month == (706, 139)
    assert rows("SELECT count(*) FROM ticket_event") == [(1456,)]
    assert rows(
        "SELECT count(*), max(last - n) FROM number_series JOIN (SELECT series_month AS month, "
        "max(series_sequence) AS n FROM ticket GROUP BY 1) USING (month)"
    ) == [(13, 0)]
    out_of_order = rows(
        "SELECT count(*) FROM ticket a JOIN ticket b ON a.series_month = b.series_month "
        "AND a.series_sequence + 1 = b.series_sequence AND a.received_at > b.received_at"
    )
    assert out_of_order == [(0,)]
    assert take(REAL).preview.counts["unchanged"] == 1456
    assert json.loads(rows("SELECT detail FROM ticket_event LIMIT 1")[0][0]) == {
        "import": "1",
        "channel": "online",
    }
