"""How the words are kept of which threats are made, for each language that letters are written in.

Sayings threaten as they stand (停水, 黑名单). A paraphrase is a pair: a thing of the resident's
(供水, 门禁, 电梯) and an act against it (暂停, 收回, 不予), near each other in one sentence. What
names neither is a consequence: whatever else than a lawful way is to follow on not paying (law.md
1.6). A new wording is one more word in one list, not a pattern.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from propdesk.domain.fee_threats import Threat


@dataclass(frozen=True, slots=True)
class Pair:
    """A thing and an act that are a threat together, each a list of words by its name.

    `tied` pairs are one only where the sentence speaks of what is owed: 晚上上门 is a service,
    晚上上门催款 is not. `hinted` pairs name no act, only what hangs on payment and, behind it, the
    thing (不结账，家里就只能点蜡烛); nothing in the sentence may be `calm`. `reach` is how many
    letters may stand between the two.
    """

    threat: Threat
    thing: str
    act: str
    reach: int = 12
    tied: bool = False
    hinted: bool = False


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of one language: what threatens, and what makes the same words lawful.

    `denial` denies what stands behind it unless `taken_back` stands between, `denial_inside` what
    stands around it, `allowed_after` what stands before it in the sentence. `works` are of who
    maintains or reports and `asked` asks the resident to do it himself: both only where nothing in
    the sentence is `owed`. What follows (`consequence`) on what is not paid (`unpaid`) is a threat
    unless the sentence is `calm`: names a lawful way, or what the law lets a letter say. `warned`
    warns of others who threaten or cheat; `judged` names the judgment that a credit record or an
    enforcement needs.
    """

    ends: frozenset[str]
    clause_ends: frozenset[str]
    sayings: tuple[tuple[Threat, re.Pattern[str]], ...]
    words: Mapping[str, re.Pattern[str]]
    pairs: tuple[Pair, ...]
    owed: re.Pattern[str]
    denial: re.Pattern[str]
    denial_inside: re.Pattern[str]
    taken_back: re.Pattern[str]
    allowed_after: re.Pattern[str]
    works: re.Pattern[str]
    asked: re.Pattern[str]
    unpaid: re.Pattern[str]
    consequence: re.Pattern[str]
    calm: re.Pattern[str]
    warned: re.Pattern[str]
    judged: re.Pattern[str]
