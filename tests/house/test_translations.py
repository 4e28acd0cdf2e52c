"""Both languages are complete, and the Chinese is that of the trade."""

import ast
import gettext
import re
from collections.abc import Callable
from pathlib import Path
from string import Formatter
from types import ModuleType

import pytest

# Texts that are the same in both languages: abbreviations and names of things.
SAME_IN_BOTH = {"CSV", "PDF", "XLSX", "propdesk", "English", "Enter", "Esc"}


@pytest.fixture(scope="session")
def translations(script: Callable[[str], ModuleType]) -> ModuleType:
    return script("translations")


@pytest.fixture(scope="session")
def wanted(translations: ModuleType) -> set[str | tuple[str, ...]]:
    """Return every text of the source."""
    return {message.id for message in translations.collect() if message.id}


@pytest.fixture(scope="session")
def source(root: Path) -> dict[Path, tuple[list[ast.Call], list[ast.Constant]]]:
    """Return of each file the calls that translate, and the words in quotes but docstrings."""
    found = {}
    for folder in ("propdesk", "ui"):
        for path in sorted((root / folder).rglob("*.py")):
            nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
            docstrings = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
            found[path.relative_to(root)] = (
                [n for n in nodes if isinstance(n, ast.Call) and is_translation(n)],
                [n for n in nodes if is_words(n) and id(n) not in docstrings],
            )
    return found


def is_translation(call: ast.Call) -> bool:
    return getattr(call.func, "id", "") in {"_", "_lazy", "ngettext"}


def is_words(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def texts(message) -> tuple[str, ...]:
    return message.string if isinstance(message.string, tuple) else (message.string,)


def sources(message) -> tuple[str, ...]:
    return message.id if isinstance(message.id, tuple) else (message.id,)


def test_every_text_is_collected(source, wanted: set[str | tuple[str, ...]]) -> None:
    """The collector looks into no f-string: a text in one would stay English."""
    collected = {one for text in wanted for one in (text if isinstance(text, tuple) else (text,))}
    lost = [
        f"{path}: {call.args[0].value}"
        for path, (calls, _words) in source.items()
        for call in calls
        if call.args and is_words(call.args[0]) and call.args[0].value not in collected
    ]
    assert lost == []


def test_every_text_of_the_source_has_its_chinese(
    translations: ModuleType, wanted: set[str | tuple[str, ...]]
) -> None:
    catalogue = translations.load()
    assert wanted
    have = {
        message.id for message in catalogue if message.id and translations.is_translated(message)
    }
    assert sorted(map(str, wanted - have)) == []


def test_the_catalogue_holds_nothing_that_the_source_does_not_say(
    translations: ModuleType, wanted: set[str | tuple[str, ...]]
) -> None:
    catalogue = translations.load()
    assert sorted(str(one.id) for one in catalogue if one.id and one.id not in wanted) == []
    assert not catalogue.obsolete


def test_no_chinese_text_is_just_its_english_source(translations: ModuleType) -> None:
    same = {
        message.id
        for message in translations.load()
        if isinstance(message.id, str) and message.id == message.string
    }
    has_words = {text for text in same if re.search(r"[A-Za-z]{2}", re.sub(r"\{\w*\}", "", text))}
    assert has_words <= SAME_IN_BOTH


def test_placeholders_are_the_same_in_both(translations: ModuleType) -> None:
    def fields(text: str) -> set[str]:
        return {name for _literal, name, _spec, _conversion in Formatter().parse(text) if name}

    wrong = [
        message.id
        for message in translations.load()
        if message.id
        and translations.is_translated(message)
        and any(fields(text) != fields(sources(message)[-1]) for text in texts(message))
    ]
    assert wrong == []


def test_the_chinese_uses_the_words_and_signs_of_the_trade(translations: ModuleType) -> None:
    forbidden = re.compile("派单|首问负责|[“”‘’·•]|(?<=[一-鿿])[,;:!?](?=[一-鿿])")
    wrong = [text for one in translations.load() for text in texts(one) if forbidden.search(text)]
    assert wrong == []


def test_the_compiled_catalogue_is_that_of_the_texts(translations: ModuleType) -> None:
    with translations.PO.with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    for message in translations.load():
        if isinstance(message.id, tuple):
            assert compiled.ngettext(*message.id, 2) == texts(message)[0]
        elif message.id:
            assert compiled.gettext(message.id) == (message.string or message.id)
    translated = [one for one in translations.load() if one.id and translations.is_translated(one)]
    assert len([key for key in compiled._catalog if key]) == len(translated)


def test_only_whole_literal_texts_are_translated(
    source: dict[Path, tuple[list[ast.Call], list[ast.Constant]]],
) -> None:
    """An f-string or a variable cannot be collected and would stay English."""
    wrong = []
    for path, (calls, _words) in source.items():
        for call in calls:
            wanted = call.args[:2] if getattr(call.func, "id", "") == "ngettext" else call.args[:1]
            if not all(map(is_words, wanted)):
                wrong.append(f"{path}:{call.lineno}")
    assert wrong == []


def test_no_chinese_where_people_are_spoken_to(
    source: dict[Path, tuple[list[ast.Call], list[ast.Constant]]],
) -> None:
    """Chinese belongs into the catalogue or into resources; patterns of input stay with domain.

    Single characters are allowed: the numerals of an amount are Chinese in any language.
    """
    chinese = re.compile("[一-鿿]{2}")
    spoken = ("ui", "propdesk/cli", "propdesk/services", "propdesk/reports")
    wrong = [
        f"{path}:{node.lineno}: {node.value[:40]!r}"
        for path, (_calls, words) in source.items()
        if any(path.is_relative_to(folder) for folder in spoken)
        for node in words
        if chinese.search(node.value)
    ]
    assert wrong == []
