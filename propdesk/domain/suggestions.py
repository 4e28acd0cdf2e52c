"""Suggest the class of a complaint from its words, so that a clerk confirms instead of searching.

The word list is data (`resources/words/complaint-classes.json`): groups of words, each with a class
and a weight. A suggestion names the words that decided. When the evidence is thin or two classes
come close, there is none and the ticket stays unclassed: a wrong class costs more than an open one.
Sources: requirements R50 (four classes and their sub-classes), decisions 12 and 19.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from propdesk.domain.classes import CLASSES, SUBCLASSES
from propdesk.domain.texts import half_width

# A group of this class gathers evidence that the matter is none of the office's classes
# (schools, bus routes, title deeds ...). Where it leads, nothing is suggested.
OUTSIDE = "outside"


class WordListError(ValueError):
    """The word list cannot be used; the text says where (line and column, or group and word)."""


@dataclass(frozen=True, slots=True)
class WeightedWord:
    """One word of the list: the class that it speaks for, and how loudly (1 weak, 3 sure)."""

    word: str
    class_code: str
    weight: int


@dataclass(frozen=True, slots=True)
class WordList:
    """A checked word list, ready to search.

    `matter_factor` multiplies words that stand in the matter, `least_score` is the evidence needed,
    `least_lead` the distance to the second class, `body_characters` how much of either is read
    (people say first what it is about, and a text of 100,000 characters costs no more than others).
    """

    words: Mapping[str, WeightedWord]
    pattern: re.Pattern[str]
    matter_factor: int
    least_score: int
    least_lead: int
    body_characters: int


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A proposed class, the words that decided (strongest first) and the evidence they gave."""

    class_code: str
    words: tuple[str, ...]
    score: int


def parse_word_list(text: str) -> WordList:
    """Read and check a word list (JSON text). Raise `WordListError` that says where it is wrong."""
    try:
        root = json.loads(text)
    except json.JSONDecodeError as error:
        raise WordListError(f"line {error.lineno}, column {error.colno}: {error.msg}") from error
    if not isinstance(root, dict):
        raise WordListError("the word list must be an object")
    groups = root.get("groups")
    if not isinstance(groups, list) or not groups:
        raise WordListError("groups: must be a list with at least one group")
    words: dict[str, WeightedWord] = {}
    for number, group in enumerate(groups, start=1):
        for word in _read_group(group, f"group {number}"):
            if word.word in words:
                raise WordListError(f"group {number}, word {word.word!r}: stands twice")
            words[word.word] = word
    return WordList(
        words=words,
        pattern=_one_of(words),
        matter_factor=_whole_number(root, "matter_factor", "the word list"),
        least_score=_whole_number(root, "least_score", "the word list"),
        least_lead=_whole_number(root, "least_lead", "the word list"),
        body_characters=_whole_number(root, "body_characters", "the word list"),
    )


def _one_of(words: Iterable[str]) -> re.Pattern[str]:
    """Return the pattern that finds the longest of the words at a place.

    Alternatives are tried in order: a word that names the matter exactly must not be cut short by
    the common word inside it. They are grouped by their first character, which finds them three
    times as fast.
    """
    groups: dict[str, list[str]] = {}
    for word in sorted(words, key=lambda word: (-len(word), word)):
        groups.setdefault(word[0], []).append(re.escape(word[1:]))
    return re.compile(
        "|".join(f"{re.escape(first)}(?:{'|'.join(rests)})" for first, rests in groups.items())
    )


def suggest_class(word_list: WordList, matter: str, text: str) -> Suggestion | None:
    """Return the class that the words speak for, or None when they do not say enough.

    `matter` is the subject line, `text` the caller's own words. Each word counts once, in the
    matter `matter_factor` times.
    """
    scores: dict[str, dict[str, int]] = {}
    for part, factor in ((matter, word_list.matter_factor), (text, 1)):
        beginning = part[: word_list.body_characters]
        for said in set(word_list.pattern.findall(_fold(beginning))):
            word = word_list.words[said]
            found = scores.setdefault(word.class_code, {})
            found[word.word] = max(found.get(word.word, 0), word.weight * factor)
    totals = sorted(((sum(found.values()), code) for code, found in scores.items()), reverse=True)
    if not totals:
        return None
    best, code = totals[0]
    second = totals[1][0] if len(totals) > 1 else 0
    if code == OUTSIDE or best < word_list.least_score or best - second < word_list.least_lead:
        return None
    deciding = sorted(scores[code].items(), key=lambda item: (-item[1], item[0]))
    return Suggestion(code, tuple(word for word, _score in deciding), best)


def _fold(text: str) -> str:
    """Full-width and half-width letters are the same, and so are KTV and ktv."""
    return half_width(text).lower()


def _is_suggestible(code: str) -> bool:
    return code in CLASSES or code in SUBCLASSES or code == OUTSIDE


def _read_group(group: object, where: str) -> list[WeightedWord]:
    if not isinstance(group, dict):
        raise WordListError(f"{where}: must be an object")
    code = group.get("class")
    if not isinstance(code, str) or not _is_suggestible(code):
        raise WordListError(f"{where}: unknown class {code!r}")
    weight = _whole_number(group, "weight", where)
    raw = group.get("words")
    if not isinstance(raw, list) or not raw:
        raise WordListError(f"{where}: words must be a list with at least one word")
    words = []
    for position, word in enumerate(raw, start=1):
        if not isinstance(word, str) or not word.strip():
            raise WordListError(f"{where}, word {position}: must be a text that is not empty")
        words.append(WeightedWord(_fold(word.strip()), code, weight))
    return words


def _whole_number(holder: Mapping[str, object], field: str, where: str) -> int:
    value = holder.get(field)
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise WordListError(f"{where}: {field} must be a whole number above zero")
    return value
