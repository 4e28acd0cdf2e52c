"""What a caller is asked afterwards: a checklist, and five scores with weights (R66, forms.md 5.4).

A score is 1 to 5. All five are given or none: a mean over what was asked would compare nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from propdesk.domain.errors import Problem, RuleError
from propdesk.domain.fields import Problems
from propdesk.i18n import LazyText, _, _lazy


class Dimension(StrEnum):
    """What is scored (R66)."""

    SKILL = "skill"
    RESPONSIBILITY = "responsibility"
    APPEARANCE = "appearance"
    WARMTH = "warmth"
    EQUIPMENT = "equipment"


class Check(StrEnum):
    """What is asked with yes or no (forms.md 5.4)."""

    SOLVED = "solved"
    IN_TIME = "in-time"
    MANNERS = "manners"
    TIDY = "tidy"
    CHARGES = "charges"


DIMENSION_LABELS: Mapping[Dimension, LazyText] = {
    Dimension.SKILL: _lazy("Skill"),
    Dimension.RESPONSIBILITY: _lazy("Responsibility"),
    Dimension.APPEARANCE: _lazy("Appearance"),
    Dimension.WARMTH: _lazy("Warmth"),
    Dimension.EQUIPMENT: _lazy("Tools"),
}
CHECK_LABELS: Mapping[Check, LazyText] = {
    Check.SOLVED: _lazy("Solved"),
    Check.IN_TIME: _lazy("Came in time"),
    Check.MANNERS: _lazy("Good manners"),
    Check.TIDY: _lazy("Left clean"),
    Check.CHARGES: _lazy("Charges explained"),
}

# R66; the sum is 100.
DEFAULT_WEIGHTS: Mapping[str, int] = {
    Dimension.SKILL.value: 32,
    Dimension.RESPONSIBILITY.value: 22,
    Dimension.APPEARANCE.value: 19,
    Dimension.WARMTH.value: 16,
    Dimension.EQUIPMENT.value: 11,
}
LEAST, MOST = 1, 5


def weighted(scores: Sequence[int], weights: Mapping[str, int]) -> Decimal:
    """Return the weighted score, exact to a hundredth: the weights sum to 100."""
    pairs = zip(Dimension, scores, strict=True)
    return Decimal(sum(weights[dimension] * score for dimension, score in pairs)).scaleb(-2)


def check_scores(scores: Sequence[int]) -> Problems:
    """Return what is wrong with five scores; none at all are right."""
    if not scores:
        return ()
    if len(scores) != len(Dimension) or any(not LEAST <= one <= MOST for one in scores):
        sentence = _("Give all five scores from {least} to {most}, or none.")
        return (Problem("scores", sentence.format(least=LEAST, most=MOST)),)
    return ()


def check_weights(weights: Mapping[str, int]) -> None:
    """Refuse weights that do not share out 100."""
    values = [weights[dimension] for dimension in Dimension]
    if any(value < 0 for value in values) or sum(values) != 100:
        raise RuleError(
            "score-weights",
            _("The five weights must sum to 100; they are {sum} now.").format(sum=sum(values)),
        )


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked beside the answer; `scores` stand in the order of the dimensions."""

    scores: tuple[int, ...] = ()
    checks: Mapping[Check, bool] | None = None

    def detail(self, weights: Mapping[str, int]) -> dict[str, str]:
        """Return it as the journal keeps it: the weights too, for they may change later."""
        kept = {
            check.value: "yes" if is_so else "no" for check, is_so in (self.checks or {}).items()
        }
        if self.scores:
            kept["scores"] = ",".join(map(str, self.scores))
            kept["weights"] = ",".join(str(weights[dimension]) for dimension in Dimension)
            kept["score"] = str(weighted(self.scores, weights))
        return kept


def read_checks(detail: Mapping[str, str]) -> dict[Check, bool]:
    """Return what a journal line says of the checklist."""
    return {check: detail[check] == "yes" for check in Check if check in detail}


def read_scores(text: str) -> tuple[int, ...]:
    """Read scores as they are typed, `5,4,5,4,5`; refuse what is no number."""
    try:
        return tuple(int(part) for part in text.replace("\uff0c", ",").split(",") if part.strip())
    except ValueError:
        raise RuleError(
            "scores-not-understood",
            _("«{text}» is no row of scores; write them like 5,4,5,4,5.").format(text=text[:40]),
        ) from None


@dataclass(frozen=True, slots=True)
class ScoreMean:
    """The mean of weighted scores; without any there is none."""

    n: int = 0
    total: Decimal = Decimal(0)

    @classmethod
    def of(cls, scores: Sequence[Decimal]) -> "ScoreMean":
        """Return the mean of weighted scores."""
        return cls(len(scores), sum(scores, Decimal(0)))

    @property
    def mean(self) -> Decimal | None:
        """The mean, exact; None where nobody gave scores."""
        return self.total / self.n if self.n else None
