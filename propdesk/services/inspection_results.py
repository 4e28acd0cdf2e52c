"""Enter what was seen on a round from its sheet, and correct it: results are only added to.

The time of the walk and the time of entering are both kept (law.md 1.9).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from propdesk.domain.check_items import CheckItem, Verdict
from propdesk.domain.errors import RuleError
from propdesk.domain.inspection_results import (
    Answer,
    Sheet,
    SheetPlace,
    Walk,
    answer_problems,
    check_walk,
    verdict_of,
)
from propdesk.domain.inspection_settings import InspectionSettings
from propdesk.domain.rounds import PlanScope, RoundState
from propdesk.domain.staff import Right
from propdesk.domain.texts import clean_line, clean_text
from propdesk.i18n import _
from propdesk.services.parts.actors import actor
from propdesk.services.parts.decoration_finds import note_round_patrols
from propdesk.services.parts.finding_making import drop_finding, make_finding
from propdesk.services.parts.inspection_settings import load_inspection_settings
from propdesk.services.parts.round_making import make_next_round
from propdesk.services.parts.writing import local, writing
from propdesk.services.queries.inspection_plans import get_plan
from propdesk.services.queries.inspection_sheets import KeptAnswer, get_sheet, list_answers
from propdesk.storage.inspections import (
    InspectionResultRecord,
    InspectionRoundRecord,
    InspectionSheetRecord,
)


class AnswersError(RuleError):
    """Answers that cannot be stored; `problems` tells round, position and item of each sentence."""

    def __init__(self, problems: Sequence[tuple[Answer, str]]) -> None:
        super().__init__("answers-wrong", " ".join(words for _answer, words in problems[:5]))
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class Entered:
    """What became of an entry: the sheet as it is now, how many results were new, corrected."""

    sheet: Sheet
    added: int
    corrected: int
    findings: int


def enter_results(
    number: str,
    answers: Sequence[Answer],
    walks: Mapping[int, Walk],
    *,
    weather: str = "",
    by: int,
    now: datetime,
) -> Entered:
    """Store answers to a sheet; `walks` tells for each round that is entered who walked it when.

    A round is done as soon as each of its items has an answer. What stands already is not written
    again; a different answer needs `reason` and is a correction.

    Raises AnswersError naming each answer that is wrong (nothing is stored then), and RuleError for
    times that cannot be.
    """
    with writing():
        staff = actor(by, Right.DO_ROUNDS)
        sheet = get_sheet(number)
        if sheet.voided_at is not None:
            raise RuleError("sheet-voided", _("The sheet was taken back already."))
        settings = load_inspection_settings()
        kept = {_place_of(one.answer): one for one in list_answers(sheet.id)}
        fresh, corrections = _sorted_out(sheet, answers, kept)
        plan = get_plan(sheet.plan_id)
        touched = {answer.round_id for answer in (*fresh, *corrections)}
        times = _times(sheet, walks, touched, plan.draft.before_days, settings, local(now))
        found = 0
        for answer in fresh:
            found += _store(sheet, answer, times[answer.round_id], None, staff.id, now, settings)
        for answer in corrections:
            old = kept[_place_of(answer)]
            drop_finding(old.id, answer.reason)
            walk = replace(times[answer.round_id], done_at=old.performed_at)
            found += _store(sheet, answer, walk, old.id, staff.id, now, settings)
        for round_id in sorted(touched):
            _update_round(round_id, times[round_id], staff.id, now)
        if plan.draft.scope is PlanScope.DECORATING:
            note_round_patrols(sheet, times, staff, now)
        if weather.strip():
            InspectionSheetRecord.update(weather=clean_line(weather)).where(
                InspectionSheetRecord.id == sheet.id
            ).execute()
        _close_sheet(sheet.id, now)
        if plan.draft.anchor == "completed" and plan.ended_at is None:
            make_next_round(plan)
        return Entered(get_sheet(sheet.number), len(fresh), len(corrections), found)


def _sorted_out(
    sheet: Sheet, answers: Sequence[Answer], kept: Mapping[tuple[int, int, int], KeptAnswer]
) -> tuple[list[Answer], list[Answer]]:
    """Return what is new and what corrects; raise AnswersError for what is wrong."""
    rounds = {one.round_id for one in sheet.rounds}
    fresh: list[Answer] = []
    corrections: list[Answer] = []
    problems: list[tuple[Answer, str]] = []
    for answer in map(_clean, answers):
        if answer.round_id not in rounds:
            raise RuleError("round-unknown", _("There is no such round."))
        _place, item = sheet.item_at(answer.position, answer.item_id)
        found = [
            _("{item}: {words}").format(item=item.name, words=words)
            for words in answer_problems(item, answer)
        ]
        problems += [(answer, words) for words in found]
        answer = replace(answer, verdict=verdict_of(item, answer))  # noqa: PLW2901
        old = kept.get(_place_of(answer))
        if old is None:
            fresh.append(answer)
        elif replace(old.answer, reason="") != replace(answer, reason=""):
            if not answer.reason:
                sentence = _("{item} was entered already. Say why it is corrected.")
                problems.append((answer, sentence.format(item=item.name)))
            corrections.append(answer)
    if problems:
        raise AnswersError(problems)
    if len({_place_of(answer) for answer in fresh}) < len(fresh):
        raise RuleError("answer-twice", _("An item is answered twice."))
    return fresh, corrections


def _clean(answer: Answer) -> Answer:
    return replace(
        answer,
        words=clean_text(answer.words),
        note=clean_text(answer.note),
        photos=clean_line(answer.photos),
        reason=clean_line(answer.reason),
    )


def _place_of(answer: Answer) -> tuple[int, int, int]:
    return answer.round_id, answer.position, answer.item_id


def _times(
    sheet: Sheet,
    walks: Mapping[int, Walk],
    touched: set[int],
    before_days: int,
    settings: InspectionSettings,
    now: datetime,
) -> dict[int, Walk]:
    times = {}
    for one in sheet.rounds:
        if one.round_id not in touched:
            continue
        walk = walks.get(one.round_id)
        if one.is_done and one.done_at is not None:
            # A correction does not change when the round was walked.
            walk = Walk(one.walker, one.started_at, one.done_at)
        elif walk is None:
            raise RuleError("walk-missing", _("Say when the round ended."))
        else:
            check_walk(
                walk,
                sheet.day,
                before_days=before_days,
                entry_hours=settings.entry_hours,
                now=now,
            )
        times[one.round_id] = walk
    return times


def _store(
    sheet: Sheet,
    answer: Answer,
    walk: Walk,
    replaces: int | None,
    staff_id: int,
    now: datetime,
    settings: InspectionSettings,
) -> bool:
    """Write a result and what it found wrong; tell whether it found something."""
    place, item = sheet.item_at(answer.position, answer.item_id)
    record = InspectionResultRecord.create(
        round=answer.round_id,
        position=answer.position,
        item=answer.item_id,
        point=place.point_id,
        **_values(item, answer),
        performed_at=walk.done_at,
        entered_at=local(now),
        staff=staff_id,
        replaces=replaces,
        reason=answer.reason if replaces else "",
    )
    return _found(record.id, place, item, answer, walk, staff_id, settings)


def _values(item: CheckItem, answer: Answer) -> dict[str, object]:
    is_reading = answer.value_milli is not None
    return {
        "verdict": (answer.verdict or Verdict.NORMAL).value,
        "value_milli": answer.value_milli,
        "lower_milli": item.lower_milli if is_reading else None,
        "upper_milli": item.upper_milli if is_reading else None,
        "words": answer.words,
        "score": answer.score,
        "note": answer.note,
        "photos": answer.photos,
    }


def _found(
    result_id: int,
    place: SheetPlace,
    item: CheckItem,
    answer: Answer,
    walk: Walk,
    staff_id: int,
    settings: InspectionSettings,
) -> bool:
    if answer.verdict is not Verdict.ABNORMAL:
        return False
    make_finding(
        result_id,
        place,
        item,
        answer,
        found_at=walk.done_at,
        staff_id=staff_id,
        settings=settings,
    )
    return True


def _update_round(round_id: int, walk: Walk, staff_id: int, now: datetime) -> None:
    record = InspectionRoundRecord.get_by_id(round_id)
    newer = InspectionResultRecord.alias()
    standing = InspectionResultRecord.select().where(
        InspectionResultRecord.round == round_id,
        InspectionResultRecord.id.not_in(
            newer.select(newer.replaces).where(
                newer.round == round_id, newer.replaces.is_null(False)
            )
        ),
    )
    record.filled = standing.count()
    record.abnormal = standing.where(
        InspectionResultRecord.verdict == Verdict.ABNORMAL.value
    ).count()
    record.walker = clean_line(walk.walker) or record.walker
    record.entered_at, record.entered_staff_id = local(now), staff_id
    if record.filled == record.items:
        record.state = RoundState.DONE.value
        record.started_at, record.done_at = walk.started_at, walk.done_at
    else:
        record.state = RoundState.RUNNING.value
        record.started_at = walk.started_at
    record.version += 1
    record.save()


def _close_sheet(sheet_id: int, now: datetime) -> None:
    """Note that a sheet is back as soon as all of its rounds are over."""
    rounds = InspectionRoundRecord
    open_ones = rounds.select().where(
        rounds.sheet == sheet_id,
        rounds.state.in_([RoundState.PLANNED.value, RoundState.RUNNING.value]),
    )
    if not open_ones.exists():
        InspectionSheetRecord.update(
            entered_at=local(now), version=InspectionSheetRecord.version + 1
        ).where(
            InspectionSheetRecord.id == sheet_id, InspectionSheetRecord.entered_at.is_null()
        ).execute()
