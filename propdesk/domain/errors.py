"""The one family of refusals that people may read; everything else is a bug."""

from dataclasses import dataclass


class RuleError(Exception):
    """A refusal in one sentence that says what to do next.

    `code` is stable and listed in docs/errors.md; `str(error)` is the translated sentence.
    """

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code = code


class Cancelled(Exception):  # noqa: N818 - nothing went wrong: the person pressed cancel
    """The person cancelled the work; nothing was written and nothing is said."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one field of a form: shown under it, in one sentence."""

    field: str
    text: str


class DraftError(RuleError):
    """A form that cannot be stored yet; `problems` tells each field's sentence."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("draft-incomplete", " ".join(problem.text for problem in problems))
        self.problems = problems
