"""The linter of fee letters: what it refuses, what it lets pass (F65, decision 37)."""

from pathlib import Path

import pytest

from propdesk.domain.errors import RuleError
from propdesk.domain.fee_lint import lint_letter, refuse_threats
from propdesk.domain.fee_threats import BANS, Threat
from propdesk.i18n import set_language

CORPORA = Path(__file__).parents[1] / "data" / "fee_letters"
FORBIDDEN = [
    line.split("|", 1) for line in (CORPORA / "forbidden.txt").read_text("utf-8").splitlines()
]
ALLOWED = (CORPORA / "allowed.txt").read_text("utf-8").splitlines()


def _sentences(name):
    return (CORPORA / f"{name}.txt").read_text("utf-8").splitlines()


# Paraphrases, Chinese and English, written before the rules were looked at and parted at random:
# `tune` the rules were mended by, `blind` they were not. Measured once, blind: 117 of 120 threats
# found (43 before), 2 of 103 lawful sentences refused (8 before); those five were mended after.
# `free` are harder ones by the same hand, written in five rounds against the rules as they stood;
# the rules were mended by each round after it was measured. At first sight the rounds found 6 of
# 40, 19 of 50, 16 of 40, 21 of 40 and 8 of 24 (old rules: 17 of 194), and refused 16 of 195 lawful
# sentences: of new free paraphrases expect two in five to be found, not nineteen in twenty.
@pytest.mark.parametrize(("corpus", "floor"), [("tune", 0.98), ("blind", 0.95), ("free", 0.9)])
def test_f65_paraphrased_threats_are_found_and_lawful_sentences_pass(corpus, floor):
    threats = _sentences(f"threats_{corpus}")
    missed = [text for text in threats if not lint_letter(text)]
    assert len(missed) <= len(threats) * (1 - floor), missed
    assert [text for text in _sentences(f"lawful_{corpus}") if lint_letter(text)] == []


def test_f65_there_are_forty_sentences_of_each_and_every_threat_has_one():
    assert len(FORBIDDEN) >= 40 <= len(ALLOWED)
    assert {threat for threat, _text in FORBIDDEN} == set(Threat) == set(BANS)


@pytest.mark.parametrize(("threat", "text"), FORBIDDEN)
def test_f65_a_threat_is_found_with_its_words(threat, text):
    found = lint_letter(text)
    assert threat in {one.threat.value for one in found}
    for one in found:
        assert text[one.start :].startswith(one.words)


@pytest.mark.parametrize("text", ALLOWED)
def test_f65_a_lawful_sentence_passes(text):
    assert [(one.threat.value, one.words) for one in lint_letter(text)] == []


@pytest.mark.parametrize(
    "between", ["", " ", "-", "..", "　", "*", "·", "【", "\u200b", "，", "。", "_"]
)
@pytest.mark.parametrize("word", ["停水", "断电", "斷電", "停氣", "限電"])
def test_f65_nothing_between_the_letters_hides_a_threat(between, word):
    assert lint_letter(f"逾期一律{between.join(word)}。")[0].threat is Threat.UTILITIES


@pytest.mark.parametrize(
    "text",
    [
        "不得不停水。",
        "我们不会吓唬您，将停水。",
        "我们不会吓唬您将停水。",
        "如不缴费，停水。",
        "停水，这不违法。",
        "逾期停电。本公司不会通融。",
    ],
)
def test_f65_a_denial_of_something_else_excuses_no_threat(text):
    assert lint_letter(text)


def test_f65_lawful_and_unlawful_words_in_one_text_are_told_apart():
    text = "水、电的供应不受影响。\n逾期冻结门禁卡，并停水。"
    assert [(one.threat, one.words) for one in lint_letter(text)] == [
        (Threat.ACCESS, "冻结门禁"),
        (Threat.UTILITIES, "停水"),
    ]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Otherwise we will cut off your water.", {Threat.UTILITIES}),
        ("We shall block your access card and tell your employer.", {Threat.ACCESS, Threat.FAMILY}),
        ("We will never cut off your water or block your card.", set()),
        ("Supply of water, power, gas and heat is not affected.", set()),
        ("Please pay the water bill at the desk.", set()),
    ],
)
def test_f65_english_papers_are_looked_at_too(text, wanted):
    assert {one.threat for one in lint_letter(text)} == wanted


def test_f65_the_refusal_names_the_words_and_the_article():
    set_language("en")
    with pytest.raises(RuleError) as refusal:
        refuse_threats("您好。", "逾期停 水，由保安上门收取。")
    assert refusal.value.code == "letter-threatens"
    assert "«停 水»" in str(refusal.value)
    assert "Civil Code 944" in str(refusal.value)
    assert "Regulations on security services 26, 30" in str(refusal.value)
    refuse_threats("请您于 2026 年 12 月 10 日前付清。")
