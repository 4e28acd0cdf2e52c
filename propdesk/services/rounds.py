"""Rounds: bring them up to date, postpone one, call one off, make up for a missed one."""

from datetime import date, datetime

from propdesk.domain.errors import RuleError
from propdesk.domain.inspection_plans import occasion
from propdesk.domain.rounds import OPEN_STATES, Round, RoundState
from propdesk.domain.staff import Right
from propdesk.i18n import _
from propdesk.services.parts.actors import actor
from propdesk.services.parts.noting import noted
from propdesk.services.parts.round_making import begin_day, make_next_round
from propdesk.services.parts.versions import check_version
from propdesk.services.parts.writing import local, writing
from propdesk.services.queries.inspection_plans import get_plan, list_plans
from propdesk.services.queries.rounds import get_round
from propdesk.storage.database import rows, stored_time
from propdesk.storage.inspections import InspectionRoundRecord


def bring_rounds_up_to_date(now: datetime) -> None:
    """Store what the plans ask for up to today, as a new day begins while the window is open."""
    begin_day(now.date(), list_plans)


def postpone_round(
    round_id: int, day: date, reason: str, *, version: int, by: int, now: datetime
) -> Round:
    """Move an open round to a later day, with the reason, never past its latest lawful day.

    One whose time is over is missed: it is made up for, not moved.
    """
    with writing():
        actor(by, Right.PLAN_ROUNDS)
        record = _open(round_id, now)
        check_version(record.version, version)
        words = noted(reason, _("Say why the round is moved."))
        if day < max(now.date(), record.planned_on):
            raise RuleError("round-moved-back", _("A round moves to a later day."))
        if record.latest_on is not None and day > record.latest_on:
            raise RuleError(
                "round-latest",
                _("The last lawful day is {day}; a round does not move past it.").format(
                    day=record.latest_on
                ),
            )
        plan = get_plan(record.plan_id)
        moved = occasion(plan.draft, day, record.planned_time)
        if rows(
            "SELECT 1 FROM inspection_round WHERE plan_id = ? AND planned_on = ? "
            "AND planned_time = ? AND makes_up_id IS NULL AND id <> ?",
            record.plan_id,
            day.isoformat(),
            record.planned_time,
            round_id,
        ):
            raise RuleError("round-there", _("On that day the plan has a round already."))
        record.postponed_from = record.postponed_from or record.planned_on
        record.planned_on, record.due_at = day, moved.due_at
        record.note = "\n".join(filter(None, (record.note, words)))
        record.version += 1
        record.save()
        return get_round(round_id, now)


def cancel_round(round_id: int, reason: str, *, version: int, by: int, now: datetime) -> Round:
    """Call an open round off, with the reason; what the plan asks for next stays."""
    with writing():
        actor(by, Right.PLAN_ROUNDS)
        record = _open(round_id, now)
        check_version(record.version, version)
        record.cancel_reason = noted(reason, _("Say why the round is called off."))
        record.state = RoundState.CANCELLED.value
        record.version += 1
        record.save()
        if record.makes_up_id is None:
            plan = get_plan(record.plan_id)
            if plan.draft.anchor == "completed" and plan.ended_at is None:
                make_next_round(plan)
        return get_round(round_id, now)


def make_up_round(round_id: int, day: date, *, by: int, now: datetime) -> Round:
    """Plan a round that makes up for a missed one; the missed one stays missed for ever.

    One whose sheet is still out may be made up for as well: the office knows that nobody walked.
    A make-up that was called off is planned anew; why it was called off stays in its note.
    """
    with writing():
        actor(by, Right.PLAN_ROUNDS)
        missed = get_round(round_id, now)
        if missed.made_up_by is not None:
            raise RuleError("round-made-up", _("Another round makes up for it already."))
        if not missed.may_be_made_up_for(local(now)):
            raise RuleError("round-not-missed", _("Only a missed round is made up for."))
        if day < now.date():
            raise RuleError("round-moved-back", _("A round moves to a later day."))
        due = occasion(get_plan(missed.plan_id).draft, day, "")
        record = InspectionRoundRecord.get_or_none(InspectionRoundRecord.makes_up == round_id)
        if record is None:
            record = InspectionRoundRecord(plan=missed.plan_id, planned_time="", makes_up=round_id)
        else:
            record.note = "\n".join(filter(None, (record.note, record.cancel_reason)))
            record.cancel_reason = ""
            record.version += 1
        record.planned_on, record.due_at = day, due.due_at
        record.state = RoundState.PLANNED.value
        record.save()
        return get_round(record.id, now)


def _open(round_id: int, now: datetime) -> InspectionRoundRecord:
    record = InspectionRoundRecord.get_or_none(InspectionRoundRecord.id == round_id)
    if record is None:
        raise RuleError("round-unknown", _("There is no such round."))
    if record.state not in OPEN_STATES:
        raise RuleError("round-over", _("The round is over."))
    if stored_time(local(now)) > stored_time(record.due_at):
        raise RuleError(
            "round-missed",
            _("Its time is over. Enter its sheet, or plan a round that makes up for it."),
        )
    return record
