"""The retention table says what law.md 1.8 says, and the office never goes below the law."""

import pytest

from propdesk import i18n
from propdesk.domain.errors import RuleError
from propdesk.domain.field_catalogue import FIELDS
from propdesk.domain.retention import (
    BY_CODE,
    DEFAULT_MONTHS,
    RETENTIONS,
    check_retention,
    kept_words,
    span_words,
)

# Typed from law.md 1.8: the usual months, and the least that the law asks for.
LAW = {
    "moved-out": (12, 1),
    "tickets": (60, 36),
    "house-papers": (60, 36),
    "fees": (36, 36),
    "proofs": (36, 36),
    "logs": (36, 6),
    "backups": (12, 0),
}


def test_the_numbers_are_those_of_the_law():
    assert {row.code: (row.months, row.least) for row in RETENTIONS if row.months} == LAW
    check_retention(DEFAULT_MONTHS)


@pytest.mark.parametrize(
    ("code", "months"), [("tickets", 35), ("logs", 5), ("proofs", 0), ("fees", 1201)]
)
def test_a_span_below_the_law_is_refused_with_its_source(code, months):
    i18n.set_language("en")
    with pytest.raises(RuleError) as refused:
        check_retention({code: months})
    assert refused.value.code == "setting-retention"
    assert str(BY_CODE[code].source) in str(refused.value)


def test_what_no_law_numbers_is_marked_to_be_verified():
    unverified = {row.code for row in RETENTIONS if not row.is_verified}
    assert {"moved-out", "vouchers", "lifts", "fire"} <= unverified
    assert not {"tickets", "logs", "proofs", "invoices"} & unverified


def test_each_field_of_the_catalogue_has_a_row():
    assert {one.retention for one in FIELDS} <= BY_CODE.keys()


def test_spans_in_words():
    i18n.set_language("en")
    assert [span_words(months) for months in (1, 12, 18, 36)] == [
        "1 month", "12 months", "18 months", "3 years",
    ]  # fmt: skip
    assert kept_words(BY_CODE["tickets"], {"tickets": 48}).startswith("4 years after closing")
