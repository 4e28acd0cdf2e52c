"""How the value of a rule is said."""

import pytest

from propdesk import i18n
from propdesk.domain.fee_rules import FeeRule, Rule, value_words


@pytest.mark.parametrize(
    ("rule", "value", "said"),
    [
        (Rule.LINE_MONTHS, "1", "1 month"),
        (Rule.BILLED_MONTHS, "3", "3 months"),
        (Rule.VACANCY_PERCENT_MOST, "60", "60 %"),
    ],
)
def test_f48_a_rule_says_its_span_in_words(rule, value, said):
    i18n.set_language("en")
    assert value_words(FeeRule(rule, value, "")) == said
