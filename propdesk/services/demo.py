"""Make a demo office through the office's own commands: the same every time (decision 23)."""

import shutil
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta, timezone
from functools import partial
from heapq import heappop, heappush
from itertools import chain, count
from pathlib import Path
from random import Random

from propdesk import paths
from propdesk.domain.demo import (
    DEMO_DAY,
    DEMO_TIME,
    FIRST_LOOK_MONTHS,
    HOUSEHOLDS,
    SEED,
    DemoStory,
    Happening,
    by_day,
    days_before,
)
from propdesk.domain.errors import RuleError
from propdesk.domain.gaps import GAP
from propdesk.domain.letters import LetterDraft
from propdesk.domain.paper_returns import PaperReturn
from propdesk.domain.paper_trail import PaperKind
from propdesk.domain.scores import Asked, Check, Dimension
from propdesk.domain.settings import OfficeSettings
from propdesk.domain.staff import Role
from propdesk.domain.tickets import Channel, EventKind, Kind, Satisfaction, Status, TicketDraft
from propdesk.domain.violations import StepDraft, Violation
from propdesk.held_files import move
from propdesk.services import (
    follow_ups,
    letters,
    offices,
    papers,
    returns,
    settings,
    staff,
    tickets,
    urging,
    violations,
)
from propdesk.services.demo_desk import DemoDesk
from propdesk.services.demo_fees import DemoFees
from propdesk.services.demo_houses import DemoHouses
from propdesk.services.demo_inspections import DemoInspections
from propdesk.services.demo_meetings import DemoMeetings
from propdesk.services.parts.settings import put
from propdesk.services.queries.letters import propose_letter
from propdesk.services.queries.office import DEMO_KEY, demo_moment
from propdesk.services.queries.staff import first_desk, list_departments, list_staff
from propdesk.services.queries.tickets import get_ticket
from propdesk.storage.database import database, rows
from propdesk.storage.faults import explained
from propdesk.storage.opening import OpenOffice

# The demo's office keeps Chinese time wherever it is made.
ZONE = timezone(timedelta(hours=8))

Step = Callable[[], object]

# What sampled callers answer; None is not reached.
_SAMPLED = (Satisfaction.SATISFIED, Satisfaction.FAIR, None)


def _at_once(at: datetime) -> datetime:
    return at


def _dispatches(ticket: int) -> int:
    count: int = rows("SELECT dispatches FROM ticket WHERE id = ?", ticket)[0][0]
    return count


@dataclass(frozen=True, slots=True)
class DemoMade:
    """What the demo holds, and the ticket whose work order is printed."""

    households: int
    tickets: int
    sample_number: str


def make_demo(
    office: OpenOffice,
    *,
    households: int,
    months: int,
    seed: int,
    today: date,
    on_progress: Callable[[int, int], None],
) -> DemoMade:
    """Fill the open, empty office; all or nothing."""
    folder = paths.resources() / "demo"
    pool = {k: (folder / "texts" / f"{k}.json").read_text("utf-8") for k in Kind}
    story = DemoStory((folder / "story.json").read_text("utf-8"), pool, seed)
    with explained(), database.atomic("IMMEDIATE"):
        return _Demo(office, story, today).fill(households, months, on_progress)


def prepare_demo(folder: Path, *, now: datetime, on_progress: Callable[[int, int], None]) -> None:
    """Leave a whole demo office, closed, in `folder`, a place that is the demo's alone.

    The one that is there stays as its visitors left it; one that is damaged or half is made anew;
    an office that is no demo is refused. It appears in one step: cancelled or killed on the way,
    nothing of it is there. It is made with the database of this process, so no other office may be
    open.
    """
    if _is_whole(folder, now):
        return
    part = folder.with_name(f".{folder.name}.part")
    with explained():
        for stale in (part, folder):
            if stale.exists():
                shutil.rmtree(stale)
        try:
            office = offices.open_office(part, now=now)
            try:
                make_demo(
                    office,
                    households=HOUSEHOLDS,
                    months=FIRST_LOOK_MONTHS,
                    seed=SEED,
                    today=DEMO_DAY,
                    on_progress=on_progress,
                )
            finally:
                offices.close_office(office)
            move(part, folder)
        except BaseException:
            shutil.rmtree(part, ignore_errors=True)
            raise


def _is_whole(folder: Path, now: datetime) -> bool:
    """Tell whether a demo lies in a folder; an older one counts, as opening it brings it along."""
    try:
        office = offices.open_office(folder, now=now, write=False, create=False)
    except RuleError as refusal:
        return refusal.code == "data-older"
    try:
        if demo_moment() is None:
            raise offices.office_exists(folder)
        return True
    finally:
        offices.close_office(office)


class _Demo:
    """The hands of the demo: who works there, and each ticket's way through the desk."""

    def __init__(self, office: OpenOffice, story: DemoStory, today: date) -> None:
        self.office = office
        self.story = story
        self.phrases: dict[str, str] = story.material["phrases"]
        self.now = datetime.combine(today, datetime.min.time(), ZONE) + DEMO_TIME
        self.today = today
        self._order = count()
        self._steps: list[tuple[datetime, int, Step]] = []
        self._desks: list[int] = []
        self._workers: dict[str, list[int]] = {}
        self._departments: dict[str, int] = {}
        self._manager = 0
        # Apart from the story's own chance, so that the story stays as it is.
        self._draw = Random(SEED)  # noqa: S311 - no secret hangs on it

    def fill(
        self, households: int, months: int, on_progress: Callable[[int, int], None]
    ) -> DemoMade:
        self._houses = DemoHouses(self.story, self.now)
        self._office()
        houses = self.story.houses(households)
        opened = days_before(self.now, 2000)
        self._desk = DemoDesk(self.office, self.now, self._manager, self._desks)
        self._desk.open(opened)
        happenings = self.story.happenings(houses, self.today, months)
        total = len(houses) + len(happenings)
        for done, _step in enumerate(self._houses.open(houses, self._desks)):
            on_progress(done, total)
        units, people = self._houses.units, self._houses.people
        for happening in happenings:
            self._plan(happening.at, self._receiver(happening, units, people))
        fees = DemoFees(self.now, self._manager)
        walkers = {one.code: one.id for one in list_staff()}
        inspections = DemoInspections(
            self.now, self._manager, walkers, households=households, months=months
        )
        talks = DemoMeetings(self._houses.material, self.now, self._manager, self._desks)
        for at, act in chain(
            self._desk.steps(houses, units),
            self._houses.steps(houses),
            talks.steps(houses),
            fees.steps(),
            inspections.steps(),
        ):
            self._plan(at, act)
        done = len(houses)
        while self._steps:
            _at, _order, step = heappop(self._steps)
            if step() == "received":
                done += 1
                on_progress(done, total)
        self._breach()
        sample = rows(
            "SELECT number FROM ticket WHERE kind = 'repair' AND unit_id IS NOT NULL "
            "AND dispatches > 0 AND is_open "
            "ORDER BY appointment <> '' DESC, dispatches DESC, received_at DESC LIMIT 1"
        ) or rows("SELECT number FROM ticket ORDER BY received_at DESC LIMIT 1")
        put(DEMO_KEY, self.now.isoformat())
        ((told,),) = rows("SELECT count(*) FROM ticket")
        return DemoMade(len(houses), told, sample[0][0] if sample else "")

    def _breach(self) -> None:
        """Let the latest open complaint about the surroundings be a breach that goes on."""
        found = rows(
            "SELECT id FROM ticket WHERE kind = 'complaint' AND is_open = 1 "
            "AND class_code = 'service.environment' ORDER BY received_at DESC LIMIT 1"
        )
        for (ticket,) in found:
            violations.mark_violation(ticket, Violation.ENVIRONMENT, by=self._manager, now=self.now)
            said = StepDraft(
                self.phrases["dissuaded"],
                means=self.phrases["dissuaded_how"],
                evidence=self.phrases["dissuaded_proof"],
            )
            violations.take_step(ticket, EventKind.DISSUADED, said, by=self._manager, now=self.now)

    def _office(self) -> None:
        material = self.story.material
        self._manager = first_desk().id
        place = material["community"]
        settings.save_settings(
            replace(
                OfficeSettings(),
                office_name=place["office"],
                office_name_en="Yunlan Garden Property Service Centre",
                phone=place["phone"],
                kept_fields=tuple(self._houses.material["kept_fields"]),
            ),
            by=self._manager,
        )
        self._departments = {one.code: one.id for one in list_departments()}
        first, *others = material["staff"]
        staff.change_staff(
            replace(first_desk(), name=first["name"], code=first["code"]), by=self._manager
        )
        for member in others:
            staff.add_staff(
                member["name"],
                by=self._manager,
                department_id=self._departments[member["department"]],
                role=Role(member["role"]),
                code=member["code"],
            )
        codes = {one.id: one.department_id for one in list_staff()}
        names = {number: code for code, number in self._departments.items()}
        for one in list_staff():
            if one.role is Role.FRONT_DESK:
                self._desks.append(one.id)
            if one.role is Role.WORKER:
                self._workers.setdefault(names[codes[one.id] or 0], []).append(one.id)
        for one in list_staff():  # where nobody but the heads could go, they go themselves
            code = names.get(one.department_id or 0, "")
            if one.role is Role.SUPERVISOR and code not in self._workers:
                self._workers[code] = [one.id]

    def _plan(self, at: datetime, step: Step) -> None:
        """Do something later, unless the demo's day ends before."""
        moment = at if at.tzinfo else at.replace(tzinfo=ZONE)
        if moment < self.now:
            heappush(self._steps, (moment, next(self._order), step))

    def _minutes(self, low: float, high: float, pace: float) -> timedelta:
        return timedelta(minutes=max(1, round(self.story.chance.uniform(low, high) * pace)))

    def _receiver(
        self, one: Happening, units: dict[str, int], people: dict[tuple[int, str], int]
    ) -> Step:
        at = one.at.replace(tzinfo=ZONE)

        def receive() -> str:
            desk = self.story.chance.choice(self._desks)
            unit = units.get(one.unit)
            draft = TicketDraft(
                kind=one.said.kind,
                text=one.said.text,
                unit_id=unit,
                place=one.place if unit is None else "",
                spot=one.said.location if unit is not None else "",
                common_part=unit is None or one.said.is_common,
                class_code=one.said.class_code or "unclassed",
                matter=one.said.matter,
                wish=one.said.wish,
                channel=one.channel,
                urgency=one.said.urgency,
                reporter_id=people.get((unit, one.phone)) if unit is not None else None,
                reporter_name=one.person,
                reporter_phone=one.phone,
                promised_at=one.promised_at,
                appointment=one.appointment,
            )
            ticket = tickets.register_ticket(draft, by=desk, now=at)
            self._go_on(ticket.id, desk, one, at, 0)
            return "received"

        return receive

    def _go_on(self, ticket: int, desk: int, one: Happening, at: datetime, round_: int) -> None:
        """Plan the next round of a ticket: dispatch, work, reply, follow-up."""
        if one.is_void:
            when = at + self._minutes(5, 60, 1)
            self._plan(when, lambda: tickets.void_ticket(
                ticket, reason=self.phrases["void"], by=desk, now=when))  # fmt: skip
            return
        if one.said.kind in {Kind.REPAIR, Kind.COMPLAINT}:
            at = self._work(ticket, desk, one, at)
        is_last = round_ + 1 >= len(one.answers)
        if is_last and not one.ends:
            for words in one.waiting:
                at = by_day(at + self._minutes(30_000, 110_000, 1))
                self._note(ticket, words, desk, at)
            return
        replied = by_day(at + self._minutes(20, 1400, one.pace))
        reply = one.said.reply or self.phrases["replied"]
        tell = partial(self._reply, ticket, reply, desk, replied)
        self._plan(replied, self._guarded(ticket, tell))
        if one.said.kind is Kind.COMPLAINT:
            self._follow_up(ticket, desk, one, replied, round_)

    def _work(self, ticket: int, desk: int, one: Happening, at: datetime) -> datetime:
        """Plan dispatch, arrival and completion; return when the work is done."""
        shift = _at_once if one.is_urgent else by_day
        sent = shift(at + self._minutes(2, 90, one.pace))
        team = self._workers.get(one.said.department, [])
        worker = self.story.chance.choice(team) if team else None
        department = self._departments[one.said.department]
        self._plan(sent, lambda: tickets.dispatch_ticket(
            ticket, by=desk, now=sent, department_id=department, handler_id=worker,
            note=one.note))  # fmt: skip
        self._plan(sent, lambda: self._print(ticket, desk, sent))
        if one.is_urgent and one.said.kind is Kind.COMPLAINT:
            self._plan(sent, lambda: self._report_up(ticket, desk, sent))
        came = shift(sent + self._minutes(8, 300, one.pace))
        done = shift(came + self._minutes(30, 2000, one.pace))
        doer = worker or desk
        self._plan(came, lambda: tickets.arrive_ticket(ticket, by=doer, now=came))
        if one.ends:
            text = one.said.work_done or self.phrases["done"]
            self._plan(done, lambda: self._enter_paper(ticket, desk, one, text, done))
        return done

    def _print(self, ticket: int, desk: int, at: datetime) -> None:
        """Print the order of the dispatch that was just made; the worker takes it along."""
        papers.note_print(ticket, PaperKind.WORK_ORDER, _dispatches(ticket), by=desk, now=at)

    def _enter_paper(self, ticket: int, desk: int, one: Happening, text: str, at: datetime) -> None:
        """Enter the order as it comes back; what the customer thinks of it is asked later."""
        paper = PaperReturn(finished_at=at.replace(tzinfo=None), work=text, signed=True)
        charge = self._desk.charge(ticket, one.said.matter, one.person, desk, at)
        returns.return_paper(ticket, _dispatches(ticket), paper, by=desk, now=at, charge=charge)

    def _reply(self, ticket: int, text: str, desk: int, at: datetime) -> None:
        """Tell the caller; who is drawn as the ticket closes is asked some days later."""
        way = self._write(ticket, desk, at)
        done = tickets.reply_ticket(
            ticket, text=text, way=way, by=desk, now=at, chance=lambda: self._draw.randint(1, 100)
        )
        if done.follow_up_drawn:
            asked = by_day(at + timedelta(minutes=self._draw.randint(300, 4000)))
            answer = self._draw.choices(_SAMPLED, (80, 15, 5))[0]
            self._plan(asked, lambda: self._ask(ticket, answer, desk, asked))

    def _write(self, ticket: int, desk: int, at: datetime) -> str:
        """Answer a complaint that came as a letter by one (R04); return the way of the reply."""
        whole = get_ticket(ticket)
        if whole.kind is not Kind.COMPLAINT or whole.channel is not Channel.LETTER:
            return "phone"
        draft = propose_letter(whole, now=at)
        filled = {
            name: text.replace(GAP, self.phrases["prevented"])
            for name, text in asdict(draft).items()
        }
        letters.write_letter(ticket, LetterDraft(**filled), by=desk, now=at)
        return "letter"

    def _report_up(self, ticket: int, desk: int, at: datetime) -> None:
        """Tell the supervisor of an urgent complaint (R30)."""
        supervisors = (one for one in list_staff() if one.role is Role.SUPERVISOR)
        to = next(supervisors).name
        urging.report_up(
            ticket, "supervisor", to=to, text=self.phrases["reported"], by=desk, now=at
        )

    def _ask(self, ticket: int, answer: Satisfaction | None, desk: int, at: datetime) -> None:
        scores = tuple(self._draw.choices((5, 4, 3), (6, 3, 1))[0] for _one in Dimension)
        asked = Asked(scores if answer else (), {Check.SOLVED: True} if answer else {})
        follow_ups.follow_up_ticket(ticket, answer, asked=asked, by=desk, now=at)
        if answer is None:  # not reached: he is called again
            again = by_day(at + timedelta(hours=26))
            self._plan(again, lambda: self._ask(ticket, Satisfaction.SATISFIED, desk, again))

    def _follow_up(
        self, ticket: int, desk: int, one: Happening, replied: datetime, round_: int
    ) -> None:
        asked = by_day(replied + self._minutes(600, 4800, one.pace))
        answer = one.answers[round_]
        remark = next(iter(one.remarks[round_ : round_ + 1]), "") or self.phrases["dissatisfied"]

        def ask() -> None:
            text = remark if answer is Satisfaction.DISSATISFIED else ""
            why = self.phrases["closed_unclear"] if answer is Satisfaction.FAIR else ""
            follow_ups.follow_up_ticket(ticket, answer, text=text, reason=why, by=desk, now=asked)
            if answer is Satisfaction.DISSATISFIED:
                self._go_on(ticket, desk, one, asked, round_ + 1)

        self._plan(asked, self._guarded(ticket, ask))

    def _note(self, ticket: int, words: str, desk: int, at: datetime) -> None:
        self._plan(at, lambda: tickets.note_ticket(ticket, text=words, by=desk, now=at))

    def _guarded(self, ticket: int, step: Step) -> Step:
        """Do a step only while the ticket is open: work that was never done gets no reply."""

        def go() -> object:
            status = rows("SELECT status FROM ticket WHERE id = ?", ticket)[0][0]
            return step() if Status(status) is not Status.IN_PROGRESS else None

        return go
