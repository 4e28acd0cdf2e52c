"""The words of fee letters: paragraphs with named fields, and nothing else: no code (law.md 1.6).

A clause that names something the office or the house does not have is left out; what a letter
cannot do without stays as a gap, and a letter with a gap is not printed.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from propdesk.domain.dunning import STAGE_LABELS, Stage
from propdesk.domain.errors import Problem, RuleError
from propdesk.domain.fee_lint import lint_letter
from propdesk.domain.fee_rules import FeeRule
from propdesk.domain.fields import Problems
from propdesk.domain.gaps import field_names, fill_fields
from propdesk.domain.texts import clean_line, clean_text
from propdesk.i18n import LazyText, _, _lazy

FIELDS: Mapping[str, LazyText] = {
    "office": _lazy("full name of who claims"),
    "community": _lazy("community"),
    "owner": _lazy("owner"),
    "user": _lazy("user who agreed to pay"),
    "house": _lazy("house"),
    "short": _lazy("house in short"),
    "area": _lazy("area in m²"),
    "contract": _lazy("name of the contract"),
    "contract_number": _lazy("number of the contract"),
    "contract_on": _lazy("day of the contract"),
    "fee_clause": _lazy("its clause on fees"),
    "due_clause": _lazy("its clause on the day of payment"),
    "late_clause": _lazy("its clause on late payment"),
    "from_on": _lazy("first day of what is owed"),
    "until_on": _lazy("last day of what is owed"),
    "total": _lazy("total in figures"),
    "capitals": _lazy("total in capitals"),
    "pay_by": _lazy("pay by"),
    "pay_days": _lazy("days until then"),
    "dated_on": _lazy("day of the letter"),
    "number": _lazy("number of the letter"),
    "times": _lazy("how many times"),
    "bank_payee": _lazy("holder of the account"),
    "bank": _lazy("bank"),
    "account": _lazy("account number"),
    "pay_place": _lazy("where to pay"),
    "pay_hours": _lazy("when to pay"),
    "contact": _lazy("whom to ask"),
    "contact_phone": _lazy("telephone"),
    "objections": _lazy("where objections go"),
    "prepaid": _lazy("prepaid balance"),
}
NEEDED = frozenset({"total", "pay_by", "house", "dated_on"})
"""What leaves a gap where it is missing; a clause that names anything else is dropped."""

LONGEST_PART, MOST_PARTS = 800, 8
LONGEST_HEADING = 12
_CLAUSE = re.compile(r"[^，,。.；;！!？?\n]*(?:[，,。.；;！!？?]+\s*|\n|$)")


@dataclass(frozen=True, slots=True)
class TemplatePart:
    """A paragraph with the word that hangs before it; the opening has none."""

    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class FeeTemplate:
    """What a stage says, opening first."""

    stage: Stage
    parts: tuple[TemplatePart, ...]
    is_own: bool = False


def clean_template(template: FeeTemplate) -> FeeTemplate:
    """Return a template as it may be stored: without controls, without empty paragraphs."""
    parts = (
        TemplatePart(clean_line(part.heading), clean_text(part.text)) for part in template.parts
    )
    return FeeTemplate(
        template.stage, tuple(part for part in parts if part.text), is_own=template.is_own
    )


def check_template(template: FeeTemplate, here: FeeRule | None = None) -> Problems:
    """Return what keeps a template from being used: unknown fields, threats, too much.

    `here` is the rule on pressure of the office's place.
    """
    if not template.parts:
        return (Problem("parts", _("Write at least one paragraph.")),)
    problems: list[Problem] = []
    if len(template.parts) > MOST_PARTS:
        sentence = _("A letter has at most {most} paragraphs; join some.")
        problems.append(Problem("parts", sentence.format(most=MOST_PARTS)))
    for place, part in enumerate(template.parts):
        field = f"parts.{place}"
        if len(part.heading) > LONGEST_HEADING or len(part.text) > LONGEST_PART:
            sentence = _("A heading has at most {heading} characters, a paragraph {text}.")
            problems.append(
                Problem(field, sentence.format(heading=LONGEST_HEADING, text=LONGEST_PART))
            )
        problems += (Problem(field, sentence) for sentence in _wrong_fields(part))
        for text in (part.heading, part.text):
            problems += (Problem(field, one.sentence) for one in lint_letter(text, here))
    return tuple(problems)


def _wrong_fields(part: TemplatePart) -> list[str]:
    """Return the sentences about fields that are unknown, or braces that are no field."""
    text = f"{part.heading}\n{part.text}"
    sentence = _("{field} is no field of a fee letter; possible: {fields}.")
    possible = " ".join("{" + one + "}" for one in FIELDS)
    found = [
        sentence.format(field="{" + name + "}", fields=possible)
        for name in field_names(text)
        if name not in FIELDS
    ]
    rest = text
    for name in field_names(text):
        rest = rest.replace("{" + name + "}", "")
    if "{" in rest or "}" in rest:
        found.append(_("Braces stand around the name of a field only; take the others out."))
    return found


def fill_template(template: FeeTemplate, values: Mapping[str, str]) -> tuple[TemplatePart, ...]:
    """Return the paragraphs of a letter; one that has nothing left to say is left out."""
    filled = (TemplatePart(part.heading, _fill(part.text, values)) for part in template.parts)
    return tuple(part for part in filled if part.text)


_MARKS = "，,。.；;！!？?：: "


def _fill(text: str, values: Mapping[str, str]) -> str:
    kept: list[str] = []
    for match in _CLAUSE.finditer(text):
        clause = match[0]
        names = field_names(clause)
        if any(not values.get(name) and name not in NEEDED for name in names):
            # What ends a sentence goes on ending it where its last clause is left out.
            mark = clause.rstrip()[-1:]
            if kept and mark in "。.；;！!？?" and kept[-1].rstrip()[-1:] in "，,":
                kept[-1] = kept[-1].rstrip()[:-1] + clause[len(clause.rstrip()) - 1 :]
            continue
        kept.append(fill_fields(clause, {name: values.get(name, "") for name in names}))
    return "".join(kept).strip().lstrip(_MARKS)


def stage_of(typed: str) -> Stage:
    """Return the stage of a number 0 to 6, or refuse with all of them named."""
    try:
        return Stage(int(typed))
    except ValueError:
        raise RuleError(
            "stage-unknown",
            _("«{text}» is no stage; possible: {stages}.").format(
                text=typed[:40],
                stages=", ".join(f"{one.value} {STAGE_LABELS[one]}" for one in Stage),
            ),
        ) from None
