"""The demo's inspections: things, routes, months of rounds, what they found and what became of it.

Rounds of days gone by are written as rows, a day at a time; today's are entered as the desk does.
All words stand in inspections.json.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from random import Random
from typing import Any

from propdesk import paths
from propdesk.domain.assets import AssetDraft, AssetKind, PointDraft
from propdesk.domain.check_items import CheckItem, ItemKind, Verdict
from propdesk.domain.check_templates import Template
from propdesk.domain.demo import SEED, days_before
from propdesk.domain.findings import Recheck, RectificationDraft
from propdesk.domain.inspection_plans import Plan
from propdesk.domain.inspection_results import Answer, SheetPlace, Walk
from propdesk.domain.inspection_settings import InspectionSettings
from propdesk.domain.paper_returns import PaperReturn
from propdesk.domain.paper_trail import PaperKind
from propdesk.domain.rounds import Anchor, PlanScope, Shift
from propdesk.domain.units import UnitState
from propdesk.domain.vendors import ContractDraft, VendorDraft
from propdesk.services import (
    assets,
    findings,
    inspection_plans,
    inspection_results,
    inspection_sheets,
    papers,
    rectifications,
    returns,
    rounds,
    tickets,
    vendors,
)
from propdesk.services.parts.round_making import make_rounds
from propdesk.services.parts.round_rows import Walked, WalkedSheet, store_walked
from propdesk.services.printing_inspections import note_sheet_prints
from propdesk.services.queries.check_templates import get_template, list_templates
from propdesk.services.queries.findings import find_rectification
from propdesk.services.queries.inspection_plans import list_plans
from propdesk.services.queries.units import list_houses_in_state
from propdesk.storage.database import rows

Step = Callable[[], object]
Told = Mapping[str, Any]
Steps = Iterator[tuple[datetime, Step]]

# How far the rounds of the demo go back, and how many days a month of it has.
_MOST_DAYS, _MONTH_DAYS = 120, 30
_MILLI = 1000
# From this hour on a round is entered in the next morning.
_EVENING = 17
# Of a thousand rounds beside those that inspections.json names.
_LATE, _MISSED = 12, 6


class DemoInspections:
    """What those who walk and the desk that enters have done."""

    def __init__(
        self, now: datetime, desk: int, workers: Mapping[str, int], *, households: int, months: int
    ) -> None:
        file = paths.resources() / "demo" / "inspections.json"
        self._told: Told = json.loads(file.read_text("utf-8"))
        self._now, self._desk, self._workers = now, desk, workers
        # A small demo has a small share.
        self._days = min(_MOST_DAYS, _MONTH_DAYS * months, 4 + households)
        self._draw = Random(f"inspections {SEED}")  # noqa: S311 - no secret hangs on it
        self._plans: dict[str, Plan] = {}
        self._codes: dict[int, str] = {}  # the key of each plan in inspections.json
        self._templates: dict[int, Template] = {}
        self._points: dict[str, int] = {}
        self._assets: dict[int, int | None] = {}
        self._vendors: dict[str, int] = {}

    def steps(self) -> Steps:
        """Return what happens, each with its time; the houses must be there already."""
        yield days_before(self._now, self._days, "07:00"), self._open
        for days in range(self._days - 1, 0, -1):
            day = days_before(self._now, days).date()
            yield days_before(self._now, days - 1, "00:05"), partial(self._walk, day, days)
        yield from self._afterwards()
        yield self._now - timedelta(minutes=25), self._today

    # -- what there is to look after

    def _open(self) -> None:
        at = days_before(self._now, self._days, "07:00")
        by = self._desk
        for one in self._told["vendors"]:
            self._vendors[one["ref"]] = vendors.add_vendor(self._vendor(one), by=by).id
            vendors.add_contract(
                self._vendors[one["ref"]], self._contract(one["contract"]), by=by, now=at
            )
        buildings: dict[str, int] = dict(rows("SELECT name, min(id) FROM building GROUP BY name"))
        things: dict[str, int] = {}
        for one in self._told["assets"]:
            building = buildings.get(one.get("building", ""))
            things[one["code"]] = assets.add_asset(self._asset(one, building), by=by, now=at).id
        for one in self._told["points"]:
            draft = PointDraft(
                one["name"],
                one["code"],
                building_id=buildings.get(one.get("building", "")),
                floor=one.get("floor", ""),
                area=one.get("area", ""),
                asset_id=things.get(one.get("asset", "")),
            )
            self._points[one["code"]] = assets.add_point(draft, by=by).id
            self._assets[self._points[one["code"]]] = draft.asset_id
        for one in self._told["plans"]:
            self._adopt(one, at)
        self._templates = {one.id: one for one in list_templates()}

    def _vendor(self, one: Told) -> VendorDraft:
        fields = ("name", "work", "licence_number", "contact", "phone", "emergency_phone")
        until = self._day(-one["licence_days"])
        return VendorDraft(**{field: one[field] for field in fields}, licence_until=until)

    def _contract(self, one: Told) -> ContractDraft:
        days = (self._day(-one["from_days"]), self._day(-one["until_days"]))
        return ContractDraft(AssetKind(one["kind"]), one["subject"], *days, number=one["number"])

    def _asset(self, one: Told, building: int | None) -> AssetDraft:
        fields = ("code", "place", "maker", "model", "serial", "licence_number")
        return AssetDraft(
            one["name"],
            AssetKind(one["kind"]),
            **{field: one.get(field, "") for field in fields},
            building_id=building,
            installed_on=self._day(one["installed_days"]),
            inspected_on=self._day(one["inspected_days"]) if "inspected_days" in one else None,
            warranty_until=self._day(-one["warranty_days"]) if "warranty_days" in one else None,
            vendor_id=self._vendors.get(one.get("vendor", "")),
        )

    def _adopt(self, one: Told, at: datetime) -> None:
        """Take a shipped schedule over; some times and tolerances are the office's own."""
        made = inspection_plans.adopt_plan(
            one["key"],
            starts_on=self._day(min(one.get("first_days", self._days), self._days - 1)),
            point_ids=tuple(self._points[code] for code in one.get("points", ())),
            vendor_id=self._vendors.get(one.get("vendor", "")),
            walker_id=self._workers.get(one.get("walker", "")),
            by=self._desk,
            now=at,
        )
        for plan in made.plans:
            own = replace(
                plan.draft,
                times=tuple(one.get("times", plan.draft.times)),
                tolerance_minutes=one.get("tolerance_minutes", plan.draft.tolerance_minutes),
                shift=Shift(one.get("shift", plan.draft.shift)),
            )
            kept = plan
            if own != plan.draft:
                kept = inspection_plans.change_plan(
                    plan.id, own, version=plan.version, by=self._desk, now=at
                )
            self._plans[one["key"]] = kept
            self._codes[plan.id] = one["key"]

    # -- a day of rounds

    def _walk(self, day: date, days: int) -> None:
        """Write the rounds of a day gone by: those done, late and missed."""
        at = days_before(self._now, days, "23:30")
        for plan in list_plans():
            make_rounds(plan, day)
        plans = {plan.id: plan for plan in list_plans()}
        found = rows(
            "SELECT plan_id, id, planned_time, due_at FROM inspection_round "
            "WHERE planned_on = ? AND state = 'planned' ORDER BY plan_id, planned_time, id",
            day.isoformat(),
        )
        groups: dict[object, list[tuple[int, str, datetime]]] = {}
        for plan_id, round_id, clock, due_at in found:
            if self._is_missed(self._codes[plan_id], days, clock):
                continue
            plan = plans[plan_id]
            group = plan_id if plan.draft.one_sheet else (plan_id, round_id)
            groups.setdefault(group, []).append((round_id, clock, datetime.fromisoformat(due_at)))
        sheets = []
        for group, due in groups.items():
            plan = plans[group if isinstance(group, int) else group[0]]  # type: ignore[index]
            if plan.draft.scope is PlanScope.DECORATING:
                self._enter_walked(plan, day, due, days)
            elif sheet := self._sheet(plan, day, due, days):
                sheets.append(sheet)
        store_walked(sheets, settings=InspectionSettings(), staff_id=self._desk)
        if self._is(self._told["made_up"], days + 1):
            self._make_up(at)
        for plan in plans.values():
            if plan.draft.anchor is Anchor.COMPLETED:
                make_rounds(plan, day)

    def _sheet(
        self, plan: Plan, day: date, due: Sequence[tuple[int, str, datetime]], days: int
    ) -> WalkedSheet | None:
        places, versions = self._places(plan)
        if not places:
            return None
        code = self._codes[plan.id]
        walked = []
        for round_id, clock, due_at in due:
            walk = self._times(plan, day, clock, due_at, days)
            entered = walk.done_at.replace(hour=17, minute=10, second=0)
            if walk.done_at.hour >= _EVENING:
                entered = walk.done_at.replace(hour=23, minute=50, second=0)
            answers = self._answers(code, round_id, clock, places, days)
            walked.append(Walked(round_id, walk, entered, answers))
        made_at = datetime.combine(day, datetime.min.time()).replace(hour=0, minute=0)
        return WalkedSheet(plan, made_at, places, versions, walked)

    def _places(self, plan: Plan) -> tuple[list[SheetPlace], list[int]]:
        """Return the places of a plan as its sheet has them, and the versions of its templates."""
        draft = plan.draft
        stops: list[tuple[int | None, int | None, int]] = [
            (stop.point_id, None, stop.template_id) for stop in draft.stops
        ]
        if draft.scope is PlanScope.VACANT and draft.template_id is not None:
            houses = list_houses_in_state(UnitState.VACANT)
            stops = [(None, unit_id, draft.template_id) for unit_id in houses]
        places, versions = [], []
        for position, (point_id, unit_id, template_id) in enumerate(stops, start=1):
            template = self._templates.get(template_id) or get_template(template_id)
            versions.append(template.version_id)
            asset_id = self._assets.get(point_id) if point_id else None
            places.append(SheetPlace(
                position, "", "", "", point_id, unit_id, asset_id, template_id, template.items,
            ))  # fmt: skip
        return places, versions

    def _times(self, plan: Plan, day: date, clock: str, due_at: datetime, days: int) -> Walk:
        """Return who walked from when to when; where it was late, after the tolerance."""
        walker_id, vendor_id = plan.draft.walker_id, plan.draft.vendor_id
        names = rows(
            "SELECT coalesce((SELECT name FROM staff WHERE id = ?), "
            "(SELECT contact FROM vendor WHERE id = ?), '')",
            walker_id,
            vendor_id,
        )
        start = datetime.fromisoformat(f"{day} {clock or f'{self._draw.randint(9, 15):02d}:00'}")
        start += timedelta(minutes=self._draw.randint(0, 12))
        late = any(self._is(one, days, clock, plan) for one in self._told["late"])
        if clock and start.hour < _EVENING and (late or self._draw.randrange(1000) < _LATE):
            start = due_at + timedelta(minutes=self._draw.randint(5, 40))
        done_at = start + timedelta(minutes=self._draw.randint(8, 25))
        return Walk(names[0][0], start, done_at)

    def _is_missed(self, code: str, days: int, clock: str) -> bool:
        missed = [*self._told["missed"], self._told["made_up"]]
        if any(one["plan"] == code and self._is(one, days, clock) for one in missed):
            return True
        # What was missed long ago would still be asked for.
        return bool(clock) and days < _MONTH_DAYS and self._draw.randrange(1000) < _MISSED

    def _is(self, one: Told, days: int, clock: str | None = None, plan: Plan | None = None) -> bool:
        return (
            one["days"] == days
            and clock in (None, one.get("clock", clock))
            and (plan is None or self._codes[plan.id] == one["plan"])
        )

    # -- what was seen

    def _answers(
        self, code: str, round_id: int, clock: str, places: Sequence[SheetPlace], days: int
    ) -> list[Answer]:
        found = [
            one for one in self._told["found"] if one["plan"] == code and self._is(one, days, clock)
        ]
        answers = []
        for place in places:
            shipped = self._templates[place.template_id].shipped
            for item in place.items:
                answer = self._seen(shipped, round_id, place, item, days)
                for one in found:
                    if (one.get("place", 1), one["item"]) == (place.position, item.key):
                        answer = _wrong(answer, one)
                answers.append(answer)
        return answers

    def _seen(
        self, shipped: str, round_id: int, place: SheetPlace, item: CheckItem, days: int
    ) -> Answer:
        value, words = None, ""
        if item.kind is ItemKind.NUMBER:
            value = self._reading(shipped, item, days)
        elif item.kind is ItemKind.CHOICE:
            words = item.choices[0]
        elif item.kind is ItemKind.TEXT:
            words = self._told["words"].get(f"{shipped}/{item.key}", self._told["words"][""])
        photos = "1" if item.photo else ""
        verdict = Verdict.NORMAL
        return Answer(round_id, place.position, item.id, verdict, value, words, photos=photos)

    def _reading(self, shipped: str, item: CheckItem, days: int) -> int:
        """Draw a reading within the limits, to the places that the item has."""
        sinking = self._told["sinking"]
        middle, spread = self._told["readings"].get(shipped, {}).get(item.key, (1, 0))
        if (shipped, item.key) == (sinking["template"], sinking["item"]) and days < sinking["days"]:
            part = days / sinking["days"]
            middle = sinking["to"] + (sinking["from"] - sinking["to"]) * part
            spread = 0.006
        value = round(self._draw.uniform(middle - spread, middle + spread), item.decimals)
        value = round(value * _MILLI)
        if item.upper_milli is not None:
            value = min(value, item.upper_milli)
        return value if item.lower_milli is None else max(value, item.lower_milli)

    # -- what became of it

    def _afterwards(self) -> Steps:
        """Yield the tickets and notices of what was found, in the mornings after."""
        for one in self._told["found"]:
            if one["days"] >= self._days:
                continue
            at = days_before(self._now, one["days"] - 1, "08:35")
            if one.get("ticket") is not None:
                yield at, partial(self._write_ticket, one, at)
            if "notice" in one:
                notice = self._told["notices"][one["notice"]]
                yield at, partial(self._write_notice, one, notice, at)

    def _finding(self, one: Told) -> int | None:
        """Return what a round of inspections.json found; a plan may not have walked that day."""
        found = rows(
            "SELECT f.id FROM finding f JOIN inspection_round r ON r.id = f.round_id "
            "WHERE r.plan_id = ? AND r.planned_on = ? AND f.key = ? AND f.state = 'open'",
            self._plans[one["plan"]].id,
            self._day(one["days"]).isoformat(),
            one["item"],
        )
        return found[0][0] if found else None

    def _write_ticket(self, one: Told, at: datetime) -> None:
        """Write the ticket of a finding; what was mended has the words of the work."""
        finding_id = self._finding(one)
        if finding_id is None:
            return
        ticket = findings.write_ticket_of_finding(finding_id, by=self._desk, now=at)
        worker = self._workers["GC01"]
        sent = at + timedelta(minutes=20)
        if sent >= self._now:
            return
        words = self._told["dispatched"]
        tickets.dispatch_ticket(ticket.id, by=self._desk, now=sent, handler_id=worker, note=words)
        papers.note_print(ticket.id, PaperKind.WORK_ORDER, 1, by=self._desk, now=sent)
        if one["ticket"]:
            came, done = sent + timedelta(hours=1), sent + timedelta(hours=3)
            tickets.arrive_ticket(ticket.id, by=worker, now=came)
            paper = PaperReturn(
                finished_at=done.replace(tzinfo=None), work=one["ticket"], signed=True
            )
            returns.return_paper(ticket.id, 1, paper, by=self._desk, now=done)
            tickets.reply_ticket(
                ticket.id, text=self._told["replied"], by=self._desk, now=done, chance=lambda: 100
            )

    def _write_notice(self, one: Told, notice: Told, at: datetime) -> None:
        """Write the notice of a finding, received the same day; one was looked at again."""
        finding_id = self._finding(one)
        if finding_id is None:
            return
        draft = RectificationDraft(
            notice["addressee"],
            one["note"],
            notice["demand"],
            self._day(notice["deadline_days"]),
            place=notice["place"],
            basis=notice["basis"],
            vendor_id=self._vendors.get(notice.get("vendor", "")),
        )
        number = rectifications.write_rectification(
            draft, (finding_id,), by=self._desk, now=at
        ).number
        later = at + timedelta(minutes=50)
        rectifications.receive_rectification(
            number, notice["receiver"], at.date(), by=self._desk, now=later
        )
        if "rechecked_days" in notice:
            rectifications.recheck_rectification(
                number,
                Recheck.RECTIFIED,
                notice["recheck"],
                version=find_rectification(number).version,
                by=self._desk,
                now=days_before(self._now, notice["rechecked_days"], "15:00"),
            )

    def _make_up(self, at: datetime) -> None:
        """Walk on the next day for the one round that was made up for."""
        one = self._told["made_up"]
        plan = self._plans[one["plan"]]
        missed = rows(
            "SELECT id FROM inspection_round WHERE plan_id = ? AND planned_on = ? "
            "AND planned_time = ? AND makes_up_id IS NULL",
            plan.id,
            self._day(one["days"]).isoformat(),
            one["clock"],
        )
        if not missed:
            return
        morning = at.replace(hour=8, minute=10)
        made = rounds.make_up_round(missed[0][0], at.date(), by=self._desk, now=morning)
        days = one["days"] - 1
        if sheet := self._sheet(plan, at.date(), [(made.id, "", made.due_at)], days):
            store_walked([sheet], settings=InspectionSettings(), staff_id=self._desk)

    # -- as the desk enters it

    def _enter_walked(
        self, plan: Plan, day: date, due: Sequence[tuple[int, str, datetime]], days: int
    ) -> None:
        """Enter a round through the houses with works: it writes their patrols too."""
        if not list_houses_in_state(UnitState.DECORATING):
            return
        at = days_before(self._now, days, "18:00")
        for sheet in inspection_sheets.make_sheets(plan.id, day, by=self._desk, now=at):
            for round_id, clock, due_at in due:
                walk = self._times(plan, day, clock, due_at, days)
                answers = self._answers(self._codes[plan.id], round_id, clock, sheet.places, days)
                inspection_results.enter_results(
                    sheet.number, answers, {round_id: walk}, by=self._desk, now=at
                )

    def _today(self) -> None:
        """Print the day's sheets; one round is entered, one in part, the rest is out."""
        day, by = self._now.date(), self._desk
        rounds.bring_rounds_up_to_date(self._now)
        morning = self._now.replace(hour=7, minute=40)
        made = inspection_sheets.make_sheets_of_day(day, by=by, now=morning)
        note_sheet_prints(made.numbers, by=by, now=morning)
        for one in self._told["today"]:
            plan = self._plans[one["plan"]]
            sheet, first = next(
                (sheet, each)
                for sheet in inspection_sheets.make_sheets(plan.id, day, by=by, now=morning)
                for each in sheet.rounds
                if each.clock == one["clock"]
            )
            start = datetime.fromisoformat(f"{day} {one['clock']}") + timedelta(minutes=2)
            walk = Walk(sheet.walker, start, start + timedelta(minutes=20))
            answers = self._answers(one["plan"], first.round_id, one["clock"], sheet.places, 0)
            item_ids = {item.id: item.key for place in sheet.places for item in place.items}
            if "item" in one:
                answers = [
                    _wrong(each, one) if item_ids[each.item_id] == one["item"] else each
                    for each in answers
                ]
            inspection_results.enter_results(
                sheet.number,
                answers[: one.get("items", len(answers))],
                {first.round_id: walk},
                weather=self._told["weather"],
                by=by,
                now=self._now - timedelta(minutes=20),
            )

    def _day(self, days: int) -> date:
        return days_before(self._now, days).date()


def _wrong(answer: Answer, one: Told) -> Answer:
    """Return the answer of somebody who found something wrong."""
    value = round(one["value"] * _MILLI) if "value" in one else answer.value_milli
    return replace(
        answer,
        verdict=Verdict.ABNORMAL,
        value_milli=value,
        note=one["note"],
        fixed=one.get("fixed", False),
    )
