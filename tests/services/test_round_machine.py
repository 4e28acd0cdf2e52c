"""Anything in any order at the rounds: what was missed, done or entered stays as it was.

The real commands run on a real office whose clock steps forward and sometimes back. Most are
refused, which is right; a refusal writes nothing.
"""

from datetime import date, datetime, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from propdesk.domain.check_items import CheckItem, InspectionKind, ItemKind, Verdict
from propdesk.domain.check_templates import TemplateDraft
from propdesk.domain.errors import RuleError
from propdesk.domain.findings import FindingState
from propdesk.domain.inspection_plans import PlanDraft, Stop
from propdesk.domain.inspection_results import Answer, Walk
from propdesk.domain.months import Month
from propdesk.domain.rounds import Anchor, Standing
from propdesk.services import check_templates, findings, inspection_plans, rounds
from propdesk.services.inspection_results import enter_results
from propdesk.services.inspection_sheets import make_sheets, void_sheet
from propdesk.services.queries.findings import list_findings
from propdesk.services.queries.inspection_checks import INSPECTION_CHECKS
from propdesk.services.queries.inspection_plans import list_plans
from propdesk.services.queries.inspection_report import read_inspection_figures
from propdesk.services.queries.inspection_sheets import get_sheet
from propdesk.services.queries.inspections_today import count_waiting
from propdesk.services.queries.rounds import count_days, list_due, list_rounds
from propdesk.storage.assets import InspectionPointRecord
from propdesk.storage.database import database, rows

TABLES = (
    "inspection_plan", "inspection_round", "inspection_sheet", "inspection_result", "finding",
    "number_series", "ticket",
)  # fmt: skip
RULES = ("FREQ=DAILY", "FREQ=DAILY;INTERVAL=3", "FREQ=WEEKLY;BYDAY=MO,FR", "FREQ=MONTHLY")
nth = st.integers(0, 11)
values = st.sampled_from([460, 500, 550, 380, 620])


class Rounds(RuleBasedStateMachine):
    """An office with a point and a template; `world` is given by the test."""

    world = None

    def __init__(self):
        super().__init__()
        self.now = self.world.now
        self.missed: dict[int, tuple[object, ...]] = {}
        self.results: list[tuple[object, ...]] = []
        self.taken_back = database.atomic()
        self.taken_back.__enter__()

    def teardown(self):
        self.taken_back.__exit__(Exception, None, None)

    def act(self, command, *args, **more):
        """Run a command; a refusal must leave everything as it was."""
        before = [rows(f"SELECT * FROM {table} ORDER BY 1") for table in TABLES]
        try:
            return command(*args, **more, by=self.world.desk.id, now=self.now)
        except RuleError:
            assert before == [rows(f"SELECT * FROM {table} ORDER BY 1") for table in TABLES]
            return None

    @initialize()
    def a_place_to_look_at(self):
        items = (
            CheckItem("01", ItemKind.NUMBER, "压力", unit="MPa", lower_milli=450,
                      upper_milli=550, digits=1, decimals=2),
            CheckItem("02", ItemKind.TICK, "渗漏"),
        )  # fmt: skip
        draft = TemplateDraft("泵房", InspectionKind.EQUIPMENT, items)
        template = check_templates.add_template(draft, by=self.world.desk.id, now=self.now)
        point = InspectionPointRecord.create(code="P-01", name="泵房")
        self.route = (Stop(point.id, template.id),)
        self.a_plan(RULES[0], 1, is_completed=False)

    @rule(text=st.sampled_from(RULES), times=st.integers(0, 2), is_completed=st.booleans())
    def a_plan(self, text, times, is_completed):
        draft = PlanDraft(
            "泵房", InspectionKind.EQUIPMENT, text, self.now.date(), stops=self.route,
            times=("08:30", "14:30")[: min(times, 1) if is_completed else times],
            one_sheet=times == 2, anchor=Anchor.COMPLETED if is_completed else Anchor.CALENDAR,
            tolerance_minutes=60, before_days=1,
        )  # fmt: skip
        self.act(inspection_plans.add_plan, draft)

    @rule(hours=st.sampled_from([1, 5, 24, 24, 73, 400, -30]))
    def the_clock_steps(self, hours):
        self.now += timedelta(hours=hours)
        rounds.bring_rounds_up_to_date(self.now)

    @rule(n=nth, text=st.sampled_from(RULES))
    def a_plan_changes(self, n, text):
        plans = list_plans()
        if plans:
            plan = plans[n % len(plans)]
            draft = PlanDraft(**{
                **{name: getattr(plan.draft, name) for name in plan.draft.__slots__}, "rule": text
            })  # fmt: skip
            self.act(inspection_plans.change_plan, plan.id, draft, version=plan.version)

    @rule(n=nth)
    def a_plan_ends(self, n):
        plans = list_plans()
        if len(plans) > 1:
            plan = plans[n % len(plans)]
            self.act(inspection_plans.end_plan, plan.id, version=plan.version)

    @rule(n=nth, ahead=st.integers(0, 2))
    def sheets_are_made(self, n, ahead):
        plans = list_plans()
        if plans:
            day = self.now.date() + timedelta(ahead)
            self.act(make_sheets, plans[n % len(plans)].id, day)

    @rule(
        n=nth,
        seen=st.lists(st.tuples(values, st.booleans()), min_size=1, max_size=2),
        back=st.sampled_from([0, 1, 20, 30]),
        reason=st.sampled_from(["", "录错"]),
    )
    def a_sheet_is_entered_or_corrected(self, n, seen, back, reason):
        numbers = rows("SELECT number FROM inspection_sheet ORDER BY id DESC LIMIT 12")
        if not numbers:
            return
        sheet = get_sheet(numbers[n % len(numbers)][0])
        answers, walks = [], {}
        done_at = self.now.replace(tzinfo=None) - timedelta(hours=back)
        for one, (value, is_good) in zip(sheet.rounds, seen, strict=False):
            pressure, leak = sheet.places[0].items
            walks[one.round_id] = Walk("赵海生", None, done_at)
            answers.append(Answer(one.round_id, 1, pressure.id, value_milli=value, reason=reason))
            if is_good or n % 2:
                verdict = Verdict.NORMAL if is_good else Verdict.ABNORMAL
                answers.append(Answer(one.round_id, 1, leak.id, verdict, reason=reason))
        self.act(enter_results, sheet.number, answers, walks)

    @rule(n=nth)
    def a_sheet_is_taken_back(self, n):
        numbers = rows("SELECT number FROM inspection_sheet ORDER BY id")
        if numbers:
            self.act(void_sheet, numbers[n % len(numbers)][0], "打错了")

    @rule(n=nth, what=st.sampled_from(["later", "off", "again"]), ahead=st.integers(-1, 4))
    def a_round_is_moved_called_off_or_made_up_for(self, n, what, ahead):
        found = [one for one in list_due(self.now, days=1) if one.id]
        if not found:
            return
        one, day = found[n % len(found)], self.now.date() + timedelta(ahead)
        if what == "later":
            self.act(rounds.postpone_round, one.id, day, "停电", version=one.version)
        elif what == "off":
            self.act(rounds.cancel_round, one.id, "停电", version=one.version)
        else:
            self.act(rounds.make_up_round, one.id, day)

    @rule(n=nth, is_closed=st.booleans())
    def a_finding_is_settled(self, n, is_closed):
        found = list_findings()
        if found:
            one = found[n % len(found)]
            if is_closed:
                state = FindingState.RECTIFIED
                self.act(findings.close_finding, one.id, state, "已修", version=one.version)
            else:
                self.act(findings.write_ticket_of_finding, one.id)

    @invariant()
    def rounds_sheets_results_and_findings_agree(self):
        for name, _label, wrong in INSPECTION_CHECKS:
            assert not wrong(), (name, wrong())

    @invariant()
    def what_was_missed_or_seen_stays(self):
        results = rows("SELECT * FROM inspection_result ORDER BY id")
        assert results[: len(self.results)] == self.results
        self.results = results
        now = self.now.replace(tzinfo=None).isoformat(timespec="seconds")
        stored = {
            row[0]: row[1:]
            for row in rows(
                "SELECT id, plan_id, planned_on, planned_time, due_at, state FROM inspection_round"
            )
        }
        # Before a clock that was set back what was missed is open again; it is never gone.
        assert self.missed.keys() <= stored.keys()
        self.missed = {one: told for one, told in self.missed.items() if told[3] < now}
        for round_id, told in self.missed.items():
            assert stored[round_id][:4] == told
            assert stored[round_id][4] != "cancelled"
        self.missed |= {
            one: told[:4]
            for one, told in stored.items()
            if told[4] in {"planned", "running"} and told[3] < now
        }

    @invariant()
    def a_round_is_told_once(self):
        first, last = date(2026, 11, 1), self.now.date() + timedelta(9)
        found = list_rounds(first, last, self.now)
        keys = [(one.plan_id, one.day, one.clock) for one in found if one.makes_up is None]
        assert len(keys) == len(set(keys))
        counts: dict[date, dict[Standing, int]] = {}
        for one in found:
            of_day = counts.setdefault(one.day, {})
            of_day[one.standing] = of_day.get(one.standing, 0) + 1
        assert counts == count_days(first, last, self.now)
        month = Month(self.now.year, self.now.month)
        asked = [
            one.standing
            for one in list_rounds(month.start.date(), self.now.date(), self.now)
            if one.id and one.makes_up is None and one.standing is not Standing.CANCELLED
        ]
        walked = read_inspection_figures(month, self.now.replace(tzinfo=None)).walked
        assert (walked.planned, walked.in_time, walked.late, walked.missed) == (
            len(asked),
            asked.count(Standing.DONE),
            asked.count(Standing.DONE_LATE),
            asked.count(Standing.MISSED),
        )
        # Today asks for each missed round until another is planned for it.
        waiting = [
            one for one in found if one.standing is Standing.MISSED and one.made_up_by is None
        ]
        assert count_waiting(self.now).missed == len(waiting)
        due = [one for one in list_due(self.now) if one.standing is Standing.MISSED]
        assert sorted(one.id for one in due) == sorted(one.id for one in waiting)


def test_r99_whatever_is_done_on_rounds_nothing_missed_or_seen_is_lost(world):
    class TheseRounds(Rounds):
        pass

    TheseRounds.world = world
    assert datetime(2026, 11, 21, 9, 30) == world.now.replace(tzinfo=None)
    run_state_machine_as_test(
        TheseRounds, settings=settings(max_examples=10, stateful_step_count=20, deadline=None)
    )
