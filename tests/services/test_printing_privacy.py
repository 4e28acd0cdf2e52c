"""The notice says what the catalogue says, no more and no less (PIPL 17)."""

import re
from dataclasses import replace

import pytest
from pypdf import PdfReader

from propdesk import i18n
from propdesk.domain.errors import RuleError
from propdesk.domain.field_catalogue import FIELDS, OPTIONAL_FIELDS, Group
from propdesk.domain.papers import PaperLanguage
from propdesk.domain.persons import PersonDraft, ResidentRole
from propdesk.domain.retention import RETENTIONS, kept_words
from propdesk.i18n import _
from propdesk.services import residents
from propdesk.services.printing_privacy import note_notice, print_catalogue, print_data_notice
from propdesk.services.settings import get_settings, save_settings
from propdesk.storage.database import rows

KEPT = ("occupation", "needs-medical")


@pytest.fixture
def draw(world, tmp_path):
    """Print the notice of a house, or the blank one, and return its text without white space."""

    def drawn(unit_id=None, language=PaperLanguage.ZH):
        target = tmp_path / "notice.pdf"
        printed = print_data_notice(
            target, unit_id, by=world.desk, now=world.now, paper_language=language
        )
        assert printed.replaced_characters == ()
        return _text(target)

    return drawn


def _text(file):
    return re.sub(r"\s+", "", "".join(page.extract_text() for page in PdfReader(file).pages))


def _packed(text, language):
    i18n.set_language(language.code)
    return re.sub(r"\s+", "", str(text))


@pytest.mark.parametrize("language", [PaperLanguage.ZH, PaperLanguage.ZH_EN, PaperLanguage.EN])
def test_every_kind_of_data_that_is_kept_stands_there_and_nothing_else(world, draw, language):
    save_settings(replace(get_settings(), kept_fields=KEPT), by=world.desk.id)
    text = draw(language=language)
    for field in FIELDS:
        if field.group is Group.STAFF:
            continue
        label = _packed(field.label, language)
        is_kept = not field.is_optional or field.code in KEPT
        if is_kept:
            assert label in text
            assert _packed(field.purpose, language) in text
        elif field.is_sensitive:
            i18n.set_language(language.code)
            assert _("{label} (sensitive)").format(label=label) not in text


def test_the_office_says_how_long_and_who_and_the_law_when_it_is_asked(world, draw):
    months = dict(get_settings().retention_months) | {"tickets": 48, "moved-out": 6}
    save_settings(
        replace(
            get_settings(), retention_months=months, phone="0571-88006110", company="云澜物业公司"
        ),
        by=world.desk.id,
    )
    text = draw(language=PaperLanguage.EN)
    for words in (
        "4yearsafterclosing", "until6monthsafterasettledmove-out", "within12months",
        "0571-88006110", "云澜物业公司", "article17", "within15days", "biometric", "guardian",
        "withdraweachconsent", "sameservice",
    ):  # fmt: skip
        assert words in text


def test_owner_and_tenant_are_named_and_the_rest_of_the_house_is_not(world, draw):
    for name, role in (
        ("李租客", ResidentRole.TENANT),
        ("王小妹", ResidentRole.FAMILY),
        ("赵急救", ResidentRole.EMERGENCY),
    ):
        residents.add_resident(
            world.home.id, PersonDraft(name, role), by=world.desk.id, now=world.now
        )
    text = draw(world.home.id)
    assert "张伟丰" in text
    assert "李租客" in text
    assert "王小妹" not in text
    assert "赵急救" not in text
    for number in ("13800001234", "138****1234"):
        assert number not in text
    assert "张伟丰" not in draw()


def test_each_consent_has_its_own_line_and_none_is_asked_for_nothing(world, draw):
    assert "Idonotagree" not in draw(language=PaperLanguage.EN)
    save_settings(replace(get_settings(), kept_fields=tuple(OPTIONAL_FIELDS)), by=world.desk.id)
    sensitive = sum(one.is_sensitive for one in OPTIONAL_FIELDS.values())
    assert draw(language=PaperLanguage.EN).count("Idonotagree") == sensitive + 1


def test_the_catalogue_prints_every_field_and_every_period(world, tmp_path):
    target = tmp_path / "catalogue.pdf"
    print_catalogue(target, by=world.desk, now=world.now, paper_language=PaperLanguage.EN)
    text = _text(target)
    months = get_settings().retention_months
    for field in FIELDS:
        assert _packed(field.label, PaperLanguage.EN) in text
        assert field.code in text
    for row in RETENTIONS:
        assert _packed(kept_words(row, months), PaperLanguage.EN) in text
    assert text.count("tobeverified") == sum(not row.is_verified for row in RETENTIONS)


def test_printing_a_house_is_noted_and_who_may_not_is_refused(world, tmp_path):
    note_notice(world.home.id, by=world.desk.id, now=world.now)
    assert rows("SELECT act, unit_id, what FROM access_line") == [
        ("printed", world.home.id, "notice-of-data")
    ]
    for act in (
        lambda: print_data_notice(tmp_path / "n.pdf", by=world.worker, now=world.now),
        lambda: note_notice(world.home.id, by=world.worker.id, now=world.now),
        lambda: print_catalogue(tmp_path / "c.pdf", by=world.worker, now=world.now),
    ):
        with pytest.raises(RuleError) as refused:
            act()
        assert refused.value.code == "not-allowed"
