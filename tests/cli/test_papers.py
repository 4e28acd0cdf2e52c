"""`papers out|return|lost` and the print that makes a paper go out (idea 1, R40, R41)."""

import pytest

from propdesk import clock
from propdesk.domain.numbers import PaperCode, office_mark, paper_digits
from propdesk.domain.tickets import Kind
from propdesk.services import offices
from propdesk.storage.database import rows


@pytest.fixture
def sent(run):
    """A repair that was registered and sent to work, by its number."""
    ticket = run(
        "tickets", "register", "--place", "3栋大堂", "--kind", "repair", "--text", "灯不亮",
        "--at", "2026-11-02T09:00", "--json",
    ).json  # fmt: skip
    run("tickets", "dispatch", ticket["number"], "--department", "工程部",
        "--at", "2026-11-02T09:10")  # fmt: skip
    return ticket["number"]


@pytest.fixture
def printed(run, sent, tmp_path):
    """The number of a repair whose order was printed."""
    answer = run("print", "work-order", sent, "-o", tmp_path / "order.pdf")
    assert answer.code == 0, answer.err
    return sent


def out(run, *more):
    answer = run("papers", "out", "--json", *more)
    assert answer.code == 0, answer.err
    return [(row["number"], row["round"]) for row in answer.json]


def kinds(ticket):
    return [event["kind"] for event in ticket["events"]]


def test_a_printed_order_is_out_until_it_comes_back(run, printed):
    assert out(run) == [(printed, 1)]
    assert out(run, "--days", "3") == []
    line = run("papers", "out").out
    assert printed in line
    assert "Dispatched" in line
    ticket = run(
        "papers", "return", printed, "--arrived", "2026-11-02T09:40", "--done", "2026-11-02T10:05",
        "--text", "换灯管", "--cause", "老化", "--signed", "--satisfaction", "satisfied", "--json",
    ).json  # fmt: skip
    assert ticket["status"] == "closed"
    assert kinds(ticket)[-5:] == ["arrived", "completed", "replied", "paper-returned", "closed"]
    assert out(run) == []


def test_a_scanned_code_names_the_order_too(run, data, printed):
    with_office = offices.open_office(data, now=clock.now(), write=False)
    mark = office_mark(rows("SELECT uid FROM office")[0][0])
    offices.close_office(with_office)
    digits = paper_digits(PaperCode(Kind.REPAIR, "202611", 1, 1, mark))
    answer = run("papers", "return", digits, "--text", "换灯管", "--json")
    assert answer.json["status"] == "completed"
    again = run("papers", "return", digits, "--text", "换灯管", "--json")
    assert (again.code, again.json["error"]["code"]) == (1, "paper-returned")
    other = paper_digits(PaperCode(Kind.REPAIR, "202611", 1, 1, mark % 9 + 1))
    assert run("papers", "return", other, "--json").json["error"]["code"] == "scan-other-office"


def test_r40_a_dissatisfied_customer_sends_it_back_to_work(run, printed):
    ticket = run(
        "papers", "return", printed, "--text", "换灯管", "--satisfaction", "dissatisfied",
        "--opinion", "还是不亮", "--json",
    ).json  # fmt: skip
    assert (ticket["status"], ticket["round"]) == ("received", 2)


def test_what_was_not_done_waits_with_its_reason(run, printed):
    ticket = run("papers", "return", printed, "--not-done", "material", "--text", "缺灯管",
                 "--json").json  # fmt: skip
    assert ticket["status"] == "suspended"


@pytest.mark.parametrize(("words", "code"), [
    (("--arrived", "2026-11-01T09:40", "--text", "换灯管"), "draft-incomplete"),
    (("--arrived", "2999-11-01T09:40", "--text", "换灯管"), "draft-incomplete"),
    ((), "draft-incomplete"),
    (("--satisfaction", "great"), "word-unknown"),
    (("--round", "2", "--text", "换灯管"), "paper-unknown"),
])  # fmt: skip
def test_what_cannot_be_is_refused_and_the_paper_stays_out(run, printed, words, code):
    refused = run("papers", "return", printed, *words, "--json")
    assert (refused.code, refused.json["error"]["code"]) == (1, code)
    assert out(run) == [(printed, 1)]


def test_a_lost_paper_wants_a_reason(run, printed):
    refused = run("papers", "lost", printed, "--json")
    assert refused.json["error"]["code"] == "draft-incomplete"
    assert run("papers", "lost", printed, "--reason", "弄湿了").code == 0
    assert out(run) == []


def test_decision_8_beside_an_open_window_it_is_printed_and_said_that_nobody_noted_it(
    run, data, sent, tmp_path
):
    window = offices.open_office(data, now=clock.now())
    try:
        answer = run("print", "work-order", sent, "-o", tmp_path / "order.pdf")
    finally:
        offices.close_office(window)
    assert answer.code == 0, answer.err
    assert (tmp_path / "order.pdf").exists()
    assert "not noted" in answer.out
    assert out(run) == []
    # It can be entered all the same.
    ticket = run("papers", "return", sent, "--text", "换灯管", "--json").json
    assert ticket["status"] == "completed"
