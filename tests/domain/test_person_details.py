"""What may be typed into an optional field, and what of it is shown (R80)."""

from datetime import date

import pytest

from propdesk import i18n
from propdesk.domain.errors import RuleError
from propdesk.domain.field_catalogue import (
    FIELDS,
    OPTIONAL_FIELDS,
    Basis,
    check_switched_on,
    fields_in_use,
    optional_field,
)
from propdesk.domain.person_details import check_value, clean_value, shown_value

TODAY = date(2026, 11, 21)


def _problems(code, typed):
    field = OPTIONAL_FIELDS[code]
    return [problem.field for problem in check_value(field, clean_value(field, typed), TODAY)]


@pytest.mark.parametrize(
    ("code", "typed"),
    [("gender", "female"), ("birth-year", "1979"), ("occupation", " 教师\u200b"),
     ("education", "college"), ("email", "a.b@example.com"),
     ("identity-number", "11010519491231002x"), ("bank-account", "6222 0212 3456 7890"),
     ("needs-medical", "胰岛素")],
)  # fmt: skip
def test_r80_what_fits(code, typed):
    assert _problems(code, typed) == []


@pytest.mark.parametrize(
    ("code", "typed"),
    [("gender", "女"), ("birth-year", "79"), ("birth-year", "2027"), ("birth-year", "１９79x"),
     ("education", "?"), ("email", "a.b"), ("email", "@a"), ("email", "a b@c"),
     ("identity-number", "110105194912310021"), ("bank-account", "12"),
     ("occupation", "x" * 201)],
)  # fmt: skip
def test_r80_what_does_not_fit_has_its_sentence(code, typed):
    assert _problems(code, typed) == [code]


def test_r80_sensitive_values_are_never_shown_by_themselves():
    assert shown_value(OPTIONAL_FIELDS["identity-number"], "11010519491231002X") == (
        "110***********002X"
    )
    assert shown_value(OPTIONAL_FIELDS["needs-medical"], "胰岛素") == "***"
    assert shown_value(OPTIONAL_FIELDS["email"], "zhang@example.com") == "z***@"
    i18n.set_language("en")
    assert shown_value(OPTIONAL_FIELDS["gender"], "female") == "Female"


def test_r80_an_optional_field_is_off_until_the_office_switches_it_on():
    assert {one.code for one in fields_in_use(())} == {
        one.code for one in FIELDS if not one.is_optional
    }
    assert "employer" in {one.code for one in fields_in_use(("employer",))}
    assert check_switched_on(("employer", "gender", "employer")) == ("gender", "employer")
    with pytest.raises(RuleError) as refused:
        check_switched_on(("religion",))
    assert refused.value.code == "field-unknown"
    assert optional_field("gender").label


def test_sensitive_fields_stand_on_a_consent_of_their_own():
    for field in OPTIONAL_FIELDS.values():
        assert field.basis is Basis.CONSENT
        assert field.scope == (field.code if field.is_sensitive else "profile")
    assert [one.scope for one in FIELDS if not one.is_optional] == [""] * (
        len(FIELDS) - len(OPTIONAL_FIELDS)
    )
    assert len({one.code for one in FIELDS}) == len(FIELDS)
