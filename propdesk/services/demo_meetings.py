"""The demo's meetings and questionnaires; all that is said stands in houses.json."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from random import Random
from typing import Any

from propdesk.domain.demo import SEED, House, days_before
from propdesk.domain.meetings import ActionDraft, Attendee, MeetingDraft, MeetingKind, Section
from propdesk.domain.surveys import Answers, SurveyDraft
from propdesk.services import meetings, surveys
from propdesk.services.queries.staff import list_departments, list_staff
from propdesk.services.queries.survey_template import survey_template
from propdesk.storage.database import rows

Step = Callable[[], object]
Told = Mapping[str, Any]
Steps = Iterator[tuple[datetime, Step]]

# The demo's office asks in the language of its residents, whatever the program speaks.
_LANGUAGE = "zh_CN"
# Of a hundred scores so many are 5, 4, 3, 2, 1, before a question's leaning; some stay empty.
_SCORES, _EMPTY = {5: 34, 4: 42, 3: 15, 2: 6, 1: 3}, 0.03


class DemoMeetings:
    """A forum, a weekly meeting, a questionnaire that is counted and one that runs."""

    def __init__(self, material: Told, now: datetime, manager: int, desks: Sequence[int]) -> None:
        self._material = material
        self._now = now
        self._manager = manager
        self._desks = desks
        self._draw = Random(SEED)  # noqa: S311 - no secret hangs on it
        self._departments = {one.code: one.id for one in list_departments()}

    def steps(self, houses: Sequence[House]) -> Steps:
        """Return what happens, each with its time."""
        lived_in = [house for house in houses if house.dwellers]
        for told in self._material["meetings"]:
            yield from self._meeting(told, lived_in)
        for told in self._material["surveys"]:
            yield from self._survey(told, len(lived_in))

    # -- meetings

    def _meeting(self, told: Told, lived_in: Sequence[House]) -> Steps:
        began = days_before(self._now, told["days_before"], told["at"])
        written = began.replace(hour=began.hour + 2)
        residents = [
            Attendee(house.dwellers[0][0], house.address.short)
            for house in lived_in[3::13][: told["residents"]]
        ]
        names = {one.name: one.department for one in list_staff()}
        draft = MeetingDraft(
            MeetingKind(told["kind"]),
            told["title"],
            began.replace(tzinfo=None),
            place=told["place"],
            host=told["staff"][0],
            recorder=told["staff"][1],
            attendees=(*(Attendee(one, names.get(one, "")) for one in told["staff"]), *residents),
            sections={Section(name): text for name, text in told["sections"].items()},
            actions=tuple(
                ActionDraft(
                    one["text"],
                    one["responsible"],
                    self._departments[one["department"]],
                    days_before(self._now, one["due"]).date(),
                    needs_improvement=one.get("needs_improvement", False),
                )
                for one in told["actions"]
            ),
        )
        yield written, partial(meetings.write_meeting, draft, by=self._manager, now=written)
        for one in told["actions"]:
            if "done" in one:
                done = days_before(self._now, one["done"], "17:20")
                yield done, partial(self._finish, one["text"], one["result"], done)

    def _finish(self, text: str, result: str, done: datetime) -> None:
        for (action,) in rows("SELECT id FROM meeting_action WHERE text = ?", text):
            meetings.finish_action(action, result, on=done.date(), by=self._manager, now=done)

    # -- questionnaires

    def _survey(self, told: Told, homes: int) -> Steps:
        begins = days_before(self._now, told["from"], "09:00")
        made: list[int] = []

        def write() -> None:
            template = survey_template(_LANGUAGE, begins.date())
            draft = SurveyDraft(
                f"{begins.year} {told['title']}",
                template.questions,
                begins.date(),
                days_before(self._now, told["until"]).date(),
                template.intro,
                min(told["handed_out"], homes),
            )
            made.append(surveys.write_survey(draft, by=self._manager, now=begins).id)

        yield begins, write
        most = min(told["sheets"], max(homes // 3, 1))
        entered = days_before(self._now, max(told["until"], 1), "16:00")
        yield entered, lambda: self._sheets(made[0], told, most, entered)
        if "closed" in told:
            at = days_before(self._now, told["closed"], "10:00")
            yield at, lambda: surveys.close_survey(made[0], by=self._manager, now=at)

    def _sheets(self, survey: int, told: Told, most: int, at: datetime) -> None:
        for number in range(most):
            remark = told["remarks"][number // 7 : number // 7 + 1] if number % 7 == 2 else []
            surveys.add_sheet(
                survey,
                self._answers(told["leanings"], is_blank=number == 31),
                remark="".join(remark),
                by=self._desks[number % len(self._desks)],
                now=at,
            )

    def _answers(self, leanings: Sequence[float], *, is_blank: bool) -> Answers:
        """Return a sheet as somebody fills it in: his mood, and what each question leans to."""
        mood = self._draw.gauss(0, 0.4)
        scores: list[int | None] = []
        for leaning in leanings:
            score = self._draw.choices(list(_SCORES), list(_SCORES.values()))[0]
            leaned = min(5, max(1, round(score + leaning + mood)))
            scores.append(None if is_blank or self._draw.random() < _EMPTY else leaned)
        return tuple(scores)
