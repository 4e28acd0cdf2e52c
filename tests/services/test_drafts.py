"""Half-typed forms on a real file (decision 33)."""

from datetime import timedelta

from propdesk.services import drafts, offices


def test_a_draft_is_kept_replaced_and_dropped(office, now):
    assert drafts.get_draft("ticket") is None
    drafts.keep_draft("ticket", {"text": "卫生间"}, now=now)
    later = now + timedelta(seconds=2)
    drafts.keep_draft("ticket", {"text": "卫生间漏水", "house": "3-2-501"}, now=later)
    fields, kept_at = drafts.get_draft("ticket")
    assert fields == {"text": "卫生间漏水", "house": "3-2-501"}
    assert kept_at == later.replace(tzinfo=None)
    drafts.drop_draft("ticket")
    assert drafts.get_draft("ticket") is None


def test_a_draft_outlives_the_program(tmp_path, now):
    first = offices.open_office(tmp_path / "office", now=now)
    drafts.keep_draft("ticket", {"text": "电梯"}, now=now)
    offices.close_office(first)
    again = offices.open_office(tmp_path / "office", now=now)
    try:
        assert drafts.get_draft("ticket")[0] == {"text": "电梯"}
    finally:
        offices.close_office(again)
