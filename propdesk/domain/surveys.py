"""Questionnaires (满意度调查): what is asked, the sheets that came back, what they say together.

The template asks the seven needs of R68 and the five dimensions of R66 with their weights, 1 to 5
(forms.md 5.7). A question may stay unanswered. 满意 is a score of 4 or 5; each rate carries its
numerator and denominator.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from propdesk.domain.errors import Problem, RuleError
from propdesk.domain.fields import Problems, check_line, check_text
from propdesk.domain.rates import Rate, rounded
from propdesk.domain.texts import elide, fold, half_width
from propdesk.i18n import LazyText, _, _lazy

LEAST, MOST = 1, 5
SATISFIED_FROM = 4
MOST_QUESTIONS = 40
LARGEST_HAND_OUT = 1_000_000


class QuestionKind(StrEnum):
    """What a question is about: a need of R68, a dimension of R66, or one of the office's own."""

    NEED = "need"
    DIMENSION = "dimension"
    OWN = "own"


QUESTION_KIND_LABELS: Mapping[QuestionKind, LazyText] = {
    QuestionKind.NEED: _lazy("What residents need"),
    QuestionKind.DIMENSION: _lazy("How staff serve"),
    QuestionKind.OWN: _lazy("Our own questions"),
}


@dataclass(frozen=True, slots=True)
class Question:
    """One line of a questionnaire; `weight` is its share of the weighted score in per cent."""

    code: str
    kind: QuestionKind
    text: str
    weight: int = 0


@dataclass(frozen=True, slots=True)
class SurveyDraft:
    """A questionnaire as it was written."""

    title: str
    questions: tuple[Question, ...]
    from_on: date
    until_on: date | None = None
    intro: str = ""
    handed_out: int = 0


@dataclass(frozen=True, slots=True)
class Survey:
    """A questionnaire as it was asked; `returned` sheets came back, `closed_at` once counted."""

    id: int
    title: str
    intro: str
    questions: tuple[Question, ...]
    from_on: date
    until_on: date | None
    handed_out: int
    written_at: datetime
    written_by: str
    closed_at: datetime | None
    returned: int
    version: int


Answers = tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class SurveySheet:
    """A sheet that came back: scores in the order of the questions, and what was written on it."""

    id: int
    position: int
    answers: Answers
    remark: str
    is_valid: bool
    entered_at: datetime
    entered_by: str
    unit_short: str = ""


@dataclass(frozen=True, slots=True)
class QuestionResult:
    """What valid sheets say of a question; `counts` are the sheets with 1, 2, 3, 4, 5."""

    question: Question
    counts: tuple[int, ...]

    @property
    def answered(self) -> int:
        """Return how many sheets answer it."""
        return sum(self.counts)

    @property
    def total(self) -> int:
        """Return the sum of the scores."""
        return sum(score * count for score, count in enumerate(self.counts, LEAST))

    @property
    def mean(self) -> Decimal | None:
        """Return the mean score to a hundredth, None without an answer."""
        return rounded(Decimal(self.total) / self.answered, 2) if self.answered else None

    @property
    def satisfied(self) -> Rate:
        """Return the share of scores of 4 and 5."""
        return Rate(sum(self.counts[SATISFIED_FROM - LEAST :]), self.answered)


@dataclass(frozen=True, slots=True)
class SurveyResult:
    """What all sheets say together."""

    survey: Survey
    returned: int
    valid: int
    questions: tuple[QuestionResult, ...]
    remarks: tuple[str, ...]

    @property
    def return_rate(self) -> Rate:
        """Return the share of handed out sheets that came back."""
        return Rate(self.returned, self.survey.handed_out)

    @property
    def satisfied(self) -> Rate:
        """Return the share of scores of 4 and 5 over all questions."""
        rates = [one.satisfied for one in self.questions]
        return Rate(sum(one.numerator for one in rates), sum(one.denominator for one in rates))

    @property
    def weighted(self) -> Decimal | None:
        """Return the weighted score out of 100 (R66); questions nobody answered do not weigh."""
        told = [one for one in self.questions if one.question.weight and one.answered]
        weight = sum(one.question.weight for one in told)
        if not weight:
            return None
        points = Decimal(0)
        for one in told:
            points += Decimal(one.total) / one.answered / MOST * one.question.weight
        return rounded(points * 100 / weight, 1)

    @property
    def weakest(self) -> tuple[QuestionResult, ...]:
        """Return the questions with the lowest means, at most three: where to improve first."""
        told = sorted(
            (one for one in self.questions if one.answered), key=lambda one: one.mean or 0
        )
        return tuple(told[:3])


def count_sheets(survey: Survey, sheets: Sequence[SurveySheet]) -> SurveyResult:
    """Count the valid sheets of a questionnaire."""
    valid = [sheet for sheet in sheets if sheet.is_valid]
    questions = []
    for place, question in enumerate(survey.questions):
        scores = [sheet.answers[place] for sheet in valid]
        counts = tuple(scores.count(score) for score in range(LEAST, MOST + 1))
        questions.append(QuestionResult(question, counts))
    remarks = tuple(sheet.remark for sheet in sheets if sheet.remark)
    return SurveyResult(survey, len(sheets), len(valid), tuple(questions), remarks)


def check_survey(draft: SurveyDraft) -> Problems:
    """Return what keeps a questionnaire from being stored."""
    problems = [
        *check_line("title", draft.title, _("Write the questionnaire's title.")),
        *check_text("intro", draft.intro),
    ]
    if not draft.questions:
        problems.append(Problem("questions", _("Ask at least one question.")))
    if len(draft.questions) > MOST_QUESTIONS:
        words = _("Ask at most {most} questions: nobody fills in more.")
        problems.append(Problem("questions", words.format(most=MOST_QUESTIONS)))
    for question in draft.questions:
        problems += check_line("questions", question.text, _("A question has no words."))
    asked = [fold(question.text) for question in draft.questions]
    double = next((one for one in draft.questions if asked.count(fold(one.text)) > 1), None)
    if double is not None:
        words = _("«{question}» is asked twice.").format(question=elide(double.text, 30))
        problems.append(Problem("questions", words))
    weights = [question.weight for question in draft.questions]
    if any(weight < 0 for weight in weights) or sum(weights) not in (0, 100):
        words = _("The weights must sum to 100; they are {sum} now.").format(sum=sum(weights))
        problems.append(Problem("questions", words))
    if not 0 <= draft.handed_out <= LARGEST_HAND_OUT:
        problems.append(Problem("handed_out", _("Write how many sheets went out.")))
    if draft.until_on and draft.until_on < draft.from_on:
        problems.append(Problem("until_on", _("The last day lies before the first.")))
    return tuple(problems)


_WEIGHT = re.compile(r"\s*(\d{1,3})\s*%$")


def question_lines(questions: Sequence[Question]) -> str:
    """Return questions as they are typed: one a line, a weight behind it."""
    return "\n".join(f"{one.text} {one.weight}%" if one.weight else one.text for one in questions)


def read_questions(text: str, known: Sequence[Question]) -> tuple[Question, ...]:
    """Return typed questions; those in the words of a known one keep its code and kind."""
    by_text = {fold(one.text): one for one in known}
    found = []
    for line in filter(None, map(str.strip, text.splitlines())):
        match = _WEIGHT.search(half_width(line))
        words = half_width(line)[: match.start()] if match else line
        weight = int(match[1]) if match else 0
        before = by_text.get(fold(words))
        if before is not None:
            found.append(Question(before.code, before.kind, before.text, weight))
        else:
            found.append(Question(f"own-{len(found) + 1}", QuestionKind.OWN, words, weight))
    return tuple(found)


def read_answers(text: str, questions: int) -> Answers:
    """Return scores typed in one go: `5545435544-54` or `5 5 4 …`; `-` or 0 is no answer.

    Raises RuleError where there are more or fewer than questions, or a score is none of 1 to 5.
    """
    marks = re.findall(r"\S", re.sub(r"[,;，；、]", " ", fold(text)))
    if len(marks) != questions:
        raise RuleError(
            "survey-answers",
            _("There are {count} scores for {questions} questions; write - for no answer.").format(
                count=len(marks), questions=questions
            ),
        )
    return tuple(_score(mark) for mark in marks)


def _score(mark: str) -> int | None:
    if mark in "-0x_":
        return None
    if mark in "12345":
        return int(mark)
    raise RuleError(
        "survey-score",
        _("«{mark}» is no score; write 1 to 5, or - for no answer.").format(mark=mark),
    )


def check_answers(answers: Answers, questions: int) -> None:
    """Refuse scores that do not fit the questions."""
    if len(answers) != questions:
        raise RuleError(
            "survey-answers",
            _("There are {count} scores for {questions} questions; write - for no answer.").format(
                count=len(answers), questions=questions
            ),
        )
    for score in answers:
        if score is not None and not LEAST <= score <= MOST:
            raise RuleError(
                "survey-score",
                _("«{mark}» is no score; write 1 to 5, or - for no answer.").format(mark=score),
            )
