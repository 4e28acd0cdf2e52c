"""What a paper about fees may not say (F65, decision 37, law.md 1.1, 1.2, 1.6).

Who collects fees may demand, sue and arbitrate, and nothing else (Civil Code 944). Looked at are
the letters of a text without what somebody put between them (停 水, 断..电, 停x水), full width and
traditional characters as plain ones. What a sentence denies is no threat: 我们不会停水. Notices of
works are never looked at here: 停水通知 is lawful. There is no way around a refusal, for nobody.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace

from propdesk.domain.errors import RuleError
from propdesk.domain.fee_rules import FeeRule
from propdesk.domain.fee_threats import (
    BANS,
    ENGLISH,
    ENGLISH_DENIAL,
    PATTERNS,
    PRESSURE,
    Ban,
    Threat,
)
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


# What denies the words behind it; 不得不停水 denies nothing, nor does 不缴费.
_DENIAL = re.compile(
    "(?:不会(?!缴|交|付|不)|不得(?!不)|不因|不以|绝不|决不|从不|永不|不可(?!不)|不应|不能(?!按|及|缴|交|付|支|不)"
    "|无权|无需|未(?:曾|采取|因|以)|没有(?:采取|实施|因|以|权)|不采取|不使用|不实施|不存在|不影响|严禁|并非|不是"
    "|杜绝|反对|不参与|不负责|不接受|不涉及|不需|不用|与.{1,6}无关|谢绝|请勿|不要|从未)"
)
# The same between whom it is about and what is done: 门禁卡不会锁, 保安不参与收费.
_DENIAL_INSIDE = re.compile("不会(?!不)|不参与|不负责|不得参与|无权|绝不|决不|从不|不接受|不因")
# Between a denial and the words: this takes it back.
_RETURN = re.compile("将|就会|就要|必将|立即|否则|但是|而是|只好|只能|马上|不得不")
_LAWFUL_AFTER = re.compile(
    "不受.{0,4}影响|照常|(?<!不)(?<!没有)(?:属于?)?违法|被禁止|不合法|法律禁止|明令禁止|不参与|不负责|不得参与"
)
# Who maintains says when; nobody is meant who owes.
_WORKS = re.compile("检修|维修|抢修|施工|年检|故障|保养|清洗")
_WHO_OWES = re.compile("您|你|欠|缴|交|逾期|拖|未付|费")
_COURT = re.compile("法院|判决|裁定|仲裁裁决")
_FALSE_COLLECTOR = re.compile("冒充|假冒|诈骗|骗子|防骗|谨防")
_SENTENCE_END = frozenset("。！？；!?;\n")
_CLAUSE_END = _SENTENCE_END | frozenset("，,:：")
_REACH = 60


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
    letters = _letters(text)
    for seen in (letters, _without_strays(letters)):
        for threat, pattern in PATTERNS:
            for match in pattern.finditer(seen.squeezed):
                start, end = match.span()
                if _is_one_saying(seen, start, end) and not _is_lawful(seen, start, end, threat):
                    words = seen.between(start, end)
                    place = seen.places[start]
                    found.setdefault((place, threat), Finding(words, place, threat))
    for finding in _english(text):
        found.setdefault((finding.start, finding.threat), finding)
    kept = _outermost(sorted(found.values(), key=lambda one: (one.start, -len(one.words))))
    return tuple(replace(one, local=_local(one.threat, here)) for one in kept)


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


def _is_one_saying(letters: _Letters, start: int, end: int) -> bool:
    """Tell whether a match is one saying: only two or three letters may have a full stop inside."""
    inside = letters.between(start, end)
    return end - start <= 3 or not any(mark in _SENTENCE_END for mark in inside)


def _is_lawful(letters: _Letters, start: int, end: int, threat: Threat) -> bool:
    """Tell whether the sentence denies what it names, or names who may do it."""
    before = _before(letters, start, _CLAUSE_END)
    if _DENIAL_INSIDE.search(letters.squeezed[start:end]):
        return True
    denials = list(_DENIAL.finditer(before))
    if denials and not _RETURN.search(before[denials[-1].end() :]):
        return True
    after = _after(letters, end)
    if _LAWFUL_AFTER.search(after):
        return True
    sentence = _before(letters, start, _SENTENCE_END) + letters.squeezed[start:end] + after
    if threat in {Threat.UTILITIES, Threat.LIFT}:
        return _WORKS.search(sentence) is not None and _WHO_OWES.search(sentence) is None
    if threat in {Threat.CREDIT, Threat.SEIZURE}:
        return _COURT.search(sentence) is not None
    return threat is Threat.POLICE and _FALSE_COLLECTOR.search(sentence) is not None


def _before(letters: _Letters, start: int, ends: frozenset[str]) -> str:
    """Return the letters of the sentence or clause before a place."""
    first = start
    while first > 0 and start - first < _REACH:
        gap = letters.text[letters.places[first - 1] + 1 : letters.places[first]]
        if any(mark in ends for mark in gap):
            break
        first -= 1
    return letters.squeezed[first:start]


def _after(letters: _Letters, end: int) -> str:
    """Return the letters of the sentence behind a place."""
    last = end
    while last < len(letters.squeezed) and last - end < _REACH:
        gap = letters.text[letters.places[last - 1] + 1 : letters.places[last]]
        if any(mark in _SENTENCE_END for mark in gap):
            break
        last += 1
    return letters.squeezed[end:last]


def _english(text: str) -> Iterator[Finding]:
    lower = text.lower()
    for threat, pattern in ENGLISH:
        for match in pattern.finditer(lower):
            sentence = re.split(r"[.!?;\n]", lower[: match.start()])[-1]
            if not ENGLISH_DENIAL.search(sentence + lower[match.start() : match.end()]):
                yield Finding(text[match.start() : match.end()], match.start(), threat)


def refuse_threats(*texts: str) -> None:
    """Refuse texts that threaten, with the words and the article of each (F65)."""
    found = [finding for text in texts for finding in lint_letter(text)]
    if found:
        raise RuleError("letter-threatens", "\n".join(one.sentence for one in found))
