"""Phrases are filled once, by name, and never run (R29); what is filled in is never read again."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from propdesk import paths
from propdesk.domain.gaps import GAP, has_gap
from propdesk.domain.phrases import (
    FIELD_NAMES,
    SPOKEN,
    Field,
    PhraseDraft,
    Step,
    check_phrase,
    fill_phrase,
)
from propdesk.domain.tickets import Kind
from propdesk.i18n import LANGUAGES

VALUES = {field: f"<{field}>" for field in Field}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("field", Field)
def test_r29_a_field_is_filled_under_its_name_in_every_language(field, language):
    name = FIELD_NAMES[field].in_(language)
    assert fill_phrase(f"a{{{name}}}b", VALUES) == f"a<{field}>b"


def test_r29_what_the_ticket_does_not_say_is_a_gap_to_be_typed_over():
    filled = fill_phrase("我们会在{期限}前给您答复", {Field.DEADLINE: ""})
    assert filled == f"我们会在{GAP}前给您答复"
    assert has_gap(filled)
    assert not has_gap("我们会在明天前给您答复")


def test_r29_braces_in_the_data_stay_as_they_are_and_nothing_is_run():
    evil = "{称谓}{0.__class__}{self}%s$(id)"
    assert (
        fill_phrase("事项：{事项}", {Field.MATTER: evil, Field.SALUTATION: "X"}) == f"事项：{evil}"
    )
    for text in ("{0.__class__}", "{称谓!r}", "{称谓:>9999999}", "{称谓", "}{", "{}", "{{}}"):
        assert fill_phrase(text, VALUES) == text


@given(st.text(), st.text())
def test_r29_any_text_and_any_value_come_out_as_they_went_in(text, value):
    plain = text.replace("{", "(")
    assert fill_phrase(plain, VALUES) == plain
    assert fill_phrase("{事项}", {Field.MATTER: value or "-"}) == (value or "-")


def test_r29_an_unknown_field_is_told_with_the_known_ones():
    (problem,) = check_phrase(PhraseDraft(Step.HANDLE, "请{姓名}来一趟"))
    assert problem.field == "text"
    assert "姓名" in problem.text
    assert all(str(name) in problem.text for name in FIELD_NAMES.values())
    assert check_phrase(PhraseDraft(Step.HANDLE, "请{称谓}来一趟")) == ()
    assert check_phrase(PhraseDraft(Step.HANDLE, "Dear {salutation}")) == ()


@pytest.mark.parametrize("text", ["", " \n ", "长" * 100_001])
def test_a_phrase_without_words_or_with_too_many_is_refused(text):
    assert [one.field for one in check_phrase(PhraseDraft(Step.THANK, text))] == ["text"]


# What the program brings


def shipped(language):
    file = paths.resources() / "phrases" / f"{language}.json"
    return json.loads(file.read_text("utf-8"))["phrases"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("step", Step)
def test_r29_each_step_has_at_least_six_phrases_for_each_kind(language, step, kind):
    fitting = [p for p in shipped(language) if p["step"] == step and p["kind"] in ("", kind)]
    assert len(fitting) >= 6
    if step in SPOKEN:
        assert [p["kind"] for p in fitting].count(kind.value) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_r29_what_is_shipped_is_whole(language):
    phrases = shipped(language)
    assert len({p["code"] for p in phrases}) == len(phrases)
    assert len({p["text"] for p in phrases}) == len(phrases)
    for p in phrases:
        kind = Kind(p["kind"]) if p["kind"] else None
        assert p["title"], p
        assert check_phrase(PhraseDraft(Step(p["step"]), p["text"], p["title"], kind)) == (), p


def test_both_languages_have_the_same_phrases_with_the_same_fields():
    def facts(language):
        return [
            (p["code"], p["step"], p["kind"], p["text"].count("{"), p["text"].count(GAP))
            for p in shipped(language)
        ]

    assert facts("zh_CN") == facts("en")
