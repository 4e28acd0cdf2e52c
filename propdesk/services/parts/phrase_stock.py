"""The phrases that are offered: the program's, with the office's own words over them (R29).

Only what an office says otherwise is stored; so better sentences come with the next program, and
never over a word of the office's own.
"""

import json
from dataclasses import dataclass, replace
from functools import cache

from propdesk import paths
from propdesk.domain.phrases import Phrase, Step
from propdesk.domain.tickets import Kind
from propdesk.storage.phrases import PhraseRecord

_OWN_FROM = 1000  # phrases of the office's own stand behind the program's


@dataclass(frozen=True, slots=True)
class Stock:
    """The program's phrases in one language, and the pattern of its letters' numbers."""

    phrases: tuple[Phrase, ...]
    letter_number: str


@cache
def shipped(language: str) -> Stock:
    """Return what comes with the program, in the order in which it is offered."""
    file = paths.resources() / "phrases" / f"{language}.json"
    read = json.loads(file.read_text("utf-8"))
    phrases = tuple(
        Phrase(
            code=one["code"],
            step=Step(one["step"]),
            kind=Kind(one["kind"]) if one["kind"] else None,
            title=one["title"],
            text=one["text"],
            position=place,
        )
        for place, one in enumerate(read["phrases"])
    )
    return Stock(phrases, read["letter_number"])


def load_phrases(language: str) -> tuple[Phrase, ...]:
    """Return all phrases, hidden ones too, by step and in the order of the cards."""
    known = {phrase.code: phrase for phrase in shipped(language).phrases}
    steps = list(Step)
    for record in PhraseRecord.select().order_by(PhraseRecord.id):
        if record.text or record.code in known:  # the program may have dropped a hidden one
            known[record.code] = _over(known.get(record.code), record)
    return tuple(sorted(known.values(), key=lambda one: (steps.index(one.step), one.position)))


def _over(program: Phrase | None, record: PhraseRecord) -> Phrase:
    """Return a phrase as the office has it; a hidden one of the program's keeps its words."""
    if program is not None and not record.text:
        return replace(program, is_hidden=record.hidden)
    return Phrase(
        code=record.code,
        step=Step(record.step),
        kind=Kind(record.kind) if record.kind else None,
        title=record.title,
        text=record.text,
        position=_OWN_FROM + record.id if program is None else program.position,
        is_own=program is None,
        is_changed=program is not None,
        is_hidden=record.hidden,
    )
