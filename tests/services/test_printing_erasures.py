"""The certificate says what went and what stays, and names nobody (PIPL 47)."""

import re
from datetime import date, timedelta

import pytest
from pypdf import PdfReader

from propdesk.domain.data_requests import RequestKind
from propdesk.domain.erasure import months_later
from propdesk.domain.errors import RuleError
from propdesk.domain.papers import PaperLanguage
from propdesk.domain.persons import PersonDraft, ResidentRole
from propdesk.domain.tickets import Kind, TicketDraft
from propdesk.services import data_requests, erasures, residents, tickets
from propdesk.services.backups import make_backup
from propdesk.services.printing_erasures import print_erasure

NAME, PHONE = "欧阳修竹", "13955501234"
LATER = timedelta(weeks=53 * 6)


@pytest.fixture
def gone(world, now):
    """Somebody who had a ticket and left; all is settled."""
    by = {"by": world.desk.id, "now": now}
    stay = residents.add_resident(
        world.home.id, PersonDraft(NAME, ResidentRole.TENANT, "", (PHONE,), date(2026, 1, 1)), **by
    )
    draft = TicketDraft(
        Kind.REPAIR, "厨房漏水", unit_id=world.home.id, reporter_id=stay.person_id,
        reporter_name=NAME, reporter_phone=PHONE,
    )  # fmt: skip
    ticket = tickets.register_ticket(draft, **by)
    tickets.complete_ticket(ticket.id, text="已修", **by)
    tickets.reply_ticket(ticket.id, text="已答复", **by)
    residents.end_residency(
        world.home.id, stay.residency_id, to_on=now.date() - timedelta(days=1), **by
    )
    return stay.person_id


@pytest.fixture
def draw(world, tmp_path):
    def drawn(number, now, language=PaperLanguage.ZH_EN):
        target = tmp_path / "certificate.pdf"
        printed = print_erasure(
            world.office, target, number, by=world.desk, now=now, paper_language=language
        )
        assert printed.replaced_characters == ()
        return re.sub(r"\s+", "", "".join(p.extract_text() for p in PdfReader(target).pages))

    return drawn


@pytest.mark.parametrize("language", list(PaperLanguage))
def test_the_certificate_tells_numbers_and_copies_and_no_name(world, now, gone, draw, language):
    later = now + LATER
    make_backup(world.office, now=later - timedelta(hours=1))
    request = data_requests.receive_request(gone, RequestKind.DELETE, by=world.desk.id, now=later)
    done = erasures.erase_person(
        world.office, gone, "本人要求", by=world.desk.id, now=later, request_id=request.id
    )
    text = draw(done.id, later, language)
    assert f"{later:%Y-%m-%d}" in text
    assert "本人要求" in text
    assert f"{months_later(later.date(), 12)}" in text
    for secret in (NAME, PHONE):
        assert secret not in text


def test_a_sealing_names_what_the_law_keeps_and_until_when(world, now, gone, draw):
    done = erasures.seal_person(gone, "三年未满", by=world.desk.id, now=now)
    text = draw(done.id, now, PaperLanguage.ZH)
    assert "2031-11-21" in text
    assert NAME not in text
    undone = erasures.unseal_person(gone, "法院调取", by=world.desk.id, now=now)
    with pytest.raises(RuleError) as refused:
        draw(undone.id, now)
    assert refused.value.code == "erasure-undone"
    with pytest.raises(RuleError) as refused:
        draw(99, now)
    assert refused.value.code == "erasure-unknown"
