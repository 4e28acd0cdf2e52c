"""What a paper about fees may not say (F65, decision 37, law.md 1.1, 1.2, 1.6).

Who collects fees may demand, sue and arbitrate, and nothing else (Civil Code 944). Looked at are
the letters of a text without what somebody put between them (停 水, 断..电, 停x水), full width and
traditional characters as plain ones. What a sentence denies is no threat: 我们不会停水. Notices of
works are never looked at here: 停水通知 is lawful. There is no way around a refusal, for nobody.
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace

from propdesk.domain.errors import RuleError
from propdesk.domain.fee_lint_english import ENGLISH
from propdesk.domain.fee_lint_lexicon import Lexicon, Pair
from propdesk.domain.fee_lint_words import CHINESE
from propdesk.domain.fee_rules import FeeRule
from propdesk.domain.fee_threats import BANS, PRESSURE, Ban, Threat
from propdesk.domain.simplified import simplified
from propdesk.domain.texts import elide
from propdesk.i18n import _, run_on


@dataclass(frozen=True, slots=True)
class Finding:
    """Words that may not be said: as they stand in the text, where, and what they threaten.

    `local` is what the rules of the office's own place say of it, with the fine.
    """

    words: str
    start: int
    threat: Threat
    local: str = ""

    @property
    def sentence(self) -> str:
        """What is wrong, with the article, and what to do."""
        ban = BANS[self.threat]
        return run_on(self._national(ban), self.local)

    def _national(self, ban: Ban) -> str:
        return _(
            "«{words}» may not stand on a paper about fees: {ban} ({article}). Take it out; lawful "
            "ways are mediation, a payment order, arbitration and suit."
        ).format(words=elide(self.words, 40), ban=ban.words, article=ban.article)


# Who maintains, or asks the resident to, means nobody who owes: of these threats only.
_OF_WORKS = frozenset({Threat.UTILITIES, Threat.LIFT, Threat.ACCESS, Threat.PARKING})
_ASKED_FOR = frozenset({Threat.UTILITIES, Threat.POLICE})
_BY_JUDGMENT = frozenset({Threat.CREDIT, Threat.SEIZURE, Threat.DECEIT})
_REACH = 60
_Span = tuple[int, int]
_Threats = Iterator[tuple[Threat, int, int]]


@dataclass(frozen=True, slots=True)
class _Letters:
    """A text without what is no letter: its letters, where each stands, and the text itself."""

    text: str
    squeezed: str
    places: tuple[int, ...]

    def between(self, start: int, end: int) -> str:
        """Return the part of the text from one letter to before another, marks included."""
        if start >= end:
            return ""
        return self.text[self.places[start] : self.places[end - 1] + 1]


def _letters(text: str) -> _Letters:
    squeezed: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        for plain in simplified(unicodedata.normalize("NFKC", character)).casefold():
            if plain.isalnum():
                squeezed.append("水" if plain == "氺" else plain)
                places.append(place)
    return _Letters(text, "".join(squeezed), tuple(places))


_STRAY = re.compile(r"(?<=[^\x00-\x7f])[a-z0-9]{1,2}(?=[^\x00-\x7f])")


def _without_strays(letters: _Letters) -> _Letters:
    """Return a text without single Latin letters and digits that stand between Chinese: 停x水."""
    drop = {place for match in _STRAY.finditer(letters.squeezed) for place in range(*match.span())}
    kept = [place for place in range(len(letters.squeezed)) if place not in drop]
    return _Letters(
        letters.text,
        "".join(letters.squeezed[place] for place in kept),
        tuple(letters.places[place] for place in kept),
    )


def lint_letter(text: str, here: FeeRule | None = None) -> tuple[Finding, ...]:
    """Return what may not stand on a paper about fees, in the order of the text; each place once.

    Looked at is every fee letter, template and delivery slip; never a notice (decision 37). `here`
    is the rule on pressure of the office's place: its article and fine are named beside the law.
    """
    found: dict[tuple[int, Threat], Finding] = {}
    readings = tuple(_readings(text))
    for hinted in (False, True):
        for letters, lexicon in readings:
            for threat, start, end in _threats(letters, lexicon, hinted=hinted):
                one = Finding(letters.between(start, end), letters.places[start], threat)
                if not hinted or not any(_overlap(one, other) for other in found.values()):
                    found.setdefault((one.start, threat), one)
    kept = _outermost(sorted(found.values(), key=lambda one: (one.start, -len(one.words))))
    return tuple(replace(one, local=_local(one.threat, here)) for one in kept)


def _readings(text: str) -> Iterator[tuple[_Letters, Lexicon]]:
    """Return a text as Chinese is read, without strays where there are any, and as English is."""
    letters = _letters(text)
    yield letters, CHINESE
    without = _without_strays(letters)
    if len(without.places) < len(letters.places):
        yield without, CHINESE
    plain = "".join(one.lower() if len(one.lower()) == 1 else one for one in text)
    yield _Letters(text, plain, tuple(range(len(text)))), ENGLISH


def _threats(letters: _Letters, lexicon: Lexicon, *, hinted: bool) -> _Threats:
    """Return what a text threatens with and where: what it names, or what it only hints at."""
    yield from (_consequences if hinted else _sayings)(letters, lexicon)
    yield from _paraphrases(letters, lexicon, hinted=hinted)


def _sayings(letters: _Letters, lexicon: Lexicon) -> _Threats:
    """Return the sayings that threaten as they stand, and where."""
    for threat, saying in lexicon.sayings:
        for match in saying.finditer(letters.squeezed):
            start, end = match.span()
            if (
                _is_one_saying(letters, start, end, lexicon)
                and not lexicon.denial_inside.search(match.group())
                and not _is_lawful(letters, start, end, threat, lexicon)
            ):
                yield threat, start, end


def _paraphrases(letters: _Letters, lexicon: Lexicon, *, hinted: bool) -> _Threats:
    """Return the things and acts that threaten together, and where."""
    pairs = [pair for pair in lexicon.pairs if pair.hinted is hinted]
    spans = {
        name: [match.span() for match in lexicon.words[name].finditer(letters.squeezed)]
        for name in {name for pair in pairs for name in (pair.thing, pair.act)}
    }
    for pair in pairs:
        for before, after in _pairs(spans[pair.thing], spans[pair.act], pair):
            if _is_threat(letters, before, after, pair, lexicon):
                yield pair.threat, before[0], after[1]


def _consequences(letters: _Letters, lexicon: Lexicon) -> _Threats:
    """Return what a text says will follow on not paying that is none of the lawful ways."""
    for unpaid in lexicon.unpaid.finditer(letters.squeezed):
        start, end = unpaid.span()
        before = _before(letters, start, lexicon.ends)
        rest = _after(letters, end, lexicon.ends)
        if (
            _is_one_saying(letters, start, end, lexicon)
            and (lexicon.consequence.search(rest) or lexicon.consequence.search(before))
            and not lexicon.calm.search(before + letters.squeezed[start:end] + rest)
            and not _is_lawful(letters, start, end, Threat.CONSEQUENCE, lexicon)
        ):
            yield Threat.CONSEQUENCE, start, end + len(rest)


def _is_threat(
    letters: _Letters, before: _Span, after: _Span, pair: Pair, lexicon: Lexicon
) -> bool:
    """Tell whether a thing and an act near each other are said together, and not lawfully."""
    start, end = before[0], after[1]
    if not _is_one_saying(letters, start, end, lexicon):
        return False
    if _is_denied(letters.squeezed[before[1] : after[0]], lexicon):
        return False
    sentence = _sentence(letters, start, end, lexicon)
    if pair.tied and not lexicon.owed.search(sentence):
        return False
    if pair.hinted and lexicon.calm.search(sentence):
        return False
    return not _is_lawful(letters, start, end, pair.threat, lexicon)


def _pairs(things: list[_Span], acts: list[_Span], pair: Pair) -> Iterator[tuple[_Span, _Span]]:
    """Return the pairs of a thing and an act near each other, what stands first first."""
    starts = [start for start, _end in acts]
    for thing in things:
        first = bisect_left(starts, thing[0] - (0 if pair.hinted else pair.reach * 2))
        for act in acts[first : bisect_left(starts, thing[1] + pair.reach + 1)]:
            before, after = sorted((thing, act))
            if 0 <= after[0] - before[1] <= pair.reach:
                yield before, after


def _local(threat: Threat, here: FeeRule | None) -> str:
    """Return what the place says of a threat, '' where the country's law is all there is."""
    if here is None or not here.place or threat not in PRESSURE.get(here.value, frozenset()):
        return ""
    words = (
        _("Here {source}, {clause} holds too: {note}.")
        if here.note
        else _("Here {source}, {clause} holds too.")
    )
    return words.format(source=here.source, clause=here.clause, note=here.note)


def _overlap(one: Finding, other: Finding) -> bool:
    """Tell whether two findings share words."""
    return one.start < other.start + len(other.words) and other.start < one.start + len(one.words)


def _outermost(findings: list[Finding]) -> tuple[Finding, ...]:
    """Leave out what lies within another finding of the same kind."""
    kept: list[Finding] = []
    for one in findings:
        if not any(
            other.threat is one.threat and one.start < other.start + len(other.words)
            for other in kept
        ):
            kept.append(one)
    return tuple(kept)


def _is_one_saying(letters: _Letters, start: int, end: int, lexicon: Lexicon) -> bool:
    """Tell whether a match is one saying: only two or three letters may have a full stop inside."""
    inside = letters.between(start, end)
    return end - start <= 3 or not any(mark in lexicon.ends for mark in inside)


def _is_owed(letters: _Letters, start: int, end: int, lexicon: Lexicon) -> bool:
    """Tell whether the sentence speaks of what is owed."""
    return lexicon.owed.search(_sentence(letters, start, end, lexicon)) is not None


def _is_denied(before: str, lexicon: Lexicon) -> bool:
    """Tell whether what stands before some words denies them."""
    denials = list(lexicon.denial.finditer(before))
    return bool(denials) and not lexicon.taken_back.search(before[denials[-1].end() :])


def _is_lawful(letters: _Letters, start: int, end: int, threat: Threat, lexicon: Lexicon) -> bool:
    """Tell whether the sentence denies what it names, or names who may do it."""
    before = _before(letters, start, lexicon.clause_ends)
    if _is_denied(before, lexicon):
        return True
    sentence = _sentence(letters, start, end, lexicon)
    if lexicon.allowed_after.search(_after(letters, end, lexicon.ends)):
        return True
    if lexicon.warned.search(sentence):
        return True
    if threat in _BY_JUDGMENT:
        return lexicon.judged.search(sentence) is not None
    if _is_owed(letters, start, end, lexicon):
        return False
    return (threat in _OF_WORKS and lexicon.works.search(sentence) is not None) or (
        threat in _ASKED_FOR and lexicon.asked.search(before) is not None
    )


def _sentence(letters: _Letters, start: int, end: int, lexicon: Lexicon) -> str:
    """Return the letters of the sentence around a match."""
    before = _before(letters, start, lexicon.ends)
    return before + letters.squeezed[start:end] + _after(letters, end, lexicon.ends)


def _before(letters: _Letters, start: int, ends: frozenset[str]) -> str:
    """Return the letters of the sentence or clause before a place."""
    first = start
    while first > 0 and start - first < _REACH:
        gap = letters.text[letters.places[first - 1] + 1 : letters.places[first]]
        if any(mark in ends for mark in gap):
            break
        first -= 1
    return letters.squeezed[first:start]


def _after(letters: _Letters, end: int, ends: frozenset[str]) -> str:
    """Return the letters of the sentence behind a place."""
    last = end
    while last < len(letters.squeezed) and last - end < _REACH:
        gap = letters.text[letters.places[last - 1] + 1 : letters.places[last]]
        if any(mark in ends for mark in gap):
            break
        last += 1
    return letters.squeezed[end:last]


def refuse_threats(*texts: str) -> None:
    """Refuse texts that threaten, with the words and the article of each (F65)."""
    found = [finding for text in texts for finding in lint_letter(text)]
    if found:
        raise RuleError("letter-threatens", "\n".join(one.sentence for one in found))
