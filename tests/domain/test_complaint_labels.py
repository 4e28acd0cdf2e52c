"""The words of the complaint report: every code has its name, in both languages."""

import pytest

from propdesk.domain.complaint_breakdowns import count_quality
from propdesk.domain.complaint_facts import ReportRules
from propdesk.domain.complaint_labels import (
    KEY_FIGURE_LABELS,
    QUALITY_LABELS,
    TERM_LABELS,
    building_label,
    class_row_label,
    class_row_number,
    definitions,
    quality_label,
)
from propdesk.domain.complaint_rows import Balance
from propdesk.domain.key_figures import DEFINITIONS
from propdesk.i18n import speaking

RULES = ReportRules(repeat_days=45)


def test_every_key_figure_term_and_check_has_a_name():
    assert [definition.code for definition in DEFINITIONS] == list(KEY_FIGURE_LABELS)
    assert {row.code for row in count_quality([], [], [], RULES)} == set(QUALITY_LABELS)
    assert all(isinstance(getattr(Balance(), term), int) for term in TERM_LABELS)


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_the_definitions_name_the_offices_own_numbers(language):
    with speaking(language):
        texts = dict(definitions(RULES))
        assert any("45" in text for text in texts.values())
        assert "24" in quality_label("late-entry", RULES)


def test_rows_and_buildings_have_their_names():
    with speaking("zh_CN"):
        assert building_label("3") == "3 栋"
        assert building_label("") == "公共区域及其他"
        assert building_label("商铺") == "商铺"
        assert class_row_label("fees", is_sub=True) == "未细分"
        assert class_row_label("fees", is_sub=False) == "收费"
    assert class_row_number("fees", is_sub=True) == "3.0"
    assert class_row_number("service.environment", is_sub=True) == "2.5"
    assert class_row_number("unclassed", is_sub=False) == ""
