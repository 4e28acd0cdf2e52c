"""What a scanned code means in this office: its order, or a sentence why not (decision 27)."""

from datetime import timedelta

import pytest

from propdesk.domain.errors import RuleError
from propdesk.domain.numbers import PaperCode, office_mark, paper_digits, qr_text
from propdesk.domain.paper_returns import Outcome, PaperReturn
from propdesk.domain.paper_trail import Course, PaperKind
from propdesk.domain.tickets import Kind, TicketDraft
from propdesk.services import papers, returns, tickets
from propdesk.services.queries.papers import find_scanned, work_order_of
from propdesk.storage.database import rows


@pytest.fixture
def mark(world):
    return office_mark(rows("SELECT uid FROM office")[0][0])


@pytest.fixture
def order(world):
    """A repair that was sent out and printed once: BX-202611-0001."""
    draft = TicketDraft(Kind.REPAIR, "水管滴水", unit_id=world.home.id)
    by = {"by": world.desk.id, "now": world.now}
    ticket = tickets.register_ticket(draft, **by)
    tickets.dispatch_ticket(ticket.id, department_id=world.engineering, **by)
    return papers.note_print(ticket.id, PaperKind.WORK_ORDER, 1, **by)


def code(mark: int, sequence: int = 1, round_: int = 1) -> str:
    return paper_digits(PaperCode(Kind.REPAIR, "202611", sequence, round_, mark))


def refusal(text: str) -> RuleError:
    with pytest.raises(RuleError) as refused:
        find_scanned(text)
    return refused.value


@pytest.mark.parametrize("kind", ["digits", "qr", "digits of before", "qr of before"])
def test_both_codes_lead_to_the_order(order, mark, kind):
    mark = 0 if kind.endswith("before") else mark
    text = code(mark) if kind.startswith("digits") else qr_text(order.number, 1, mark)
    found = find_scanned(text)
    assert (found.ticket.id, found.round, found.course) == (order.id, 1, Course.WORK)
    assert not found.is_replaced


def test_another_offices_paper_is_refused_though_its_number_is_here(order, mark):
    other = mark % 9 + 1
    for text in (code(other), qr_text(order.number, 1, other)):
        assert refusal(text).code == "scan-other-office"
        assert order.number in str(refusal(text))


def test_an_unknown_number_is_named_as_this_office_writes_it(order, mark):
    assert refusal(code(mark, 77)).code == "scan-unknown"
    assert "BX-202611-0077" in str(refusal(code(mark, 77)))
    assert "BX-202611-0078" in str(refusal(qr_text("BX-202611-0078", 1, mark)))


def test_a_misread_digit_asks_for_another_scan(order, mark):
    text = code(mark)
    wrong = text[:-1] + str((int(text[-1]) + 1) % 10)
    assert refusal(wrong).code == "scan-misread"


def test_a_dispatch_that_never_was_is_refused(order, mark):
    assert refusal(code(mark, round_=2)).code == "paper-unknown"


def test_a_paper_that_was_entered_says_so(world, order, mark):
    draft = PaperReturn(Outcome.SATISFIED, work="换垫片", signed=True)
    returns.return_paper(order.id, 1, draft, by=world.desk.id, now=world.now)
    refused = refusal(code(mark))
    assert refused.code == "paper-returned"
    assert "前台" in str(refused)


def test_an_older_dispatch_is_known_as_such(world, order, mark):
    later = {"by": world.desk.id, "now": world.now + timedelta(minutes=5)}
    tickets.dispatch_ticket(order.id, department_id=world.engineering, **later)
    assert find_scanned(code(mark)).course is Course.WORK
    ticket = papers.note_print(order.id, PaperKind.WORK_ORDER, 2, **later)
    older = find_scanned(code(mark))
    assert (older.is_replaced, older.course) == (True, Course.FILE)
    assert work_order_of(ticket).round == 2
