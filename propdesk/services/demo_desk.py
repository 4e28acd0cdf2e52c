"""What the demo's desk has beside its tickets: prices, talks, notices, an incident, photos."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from functools import partial
from itertools import cycle
from typing import Any

from propdesk import paths
from propdesk.domain.causes import CauseKind
from propdesk.domain.contacts import ContactDraft, ContactType, Counterparty, Stage, Way
from propdesk.domain.demo import House
from propdesk.domain.hand_overs import HandOverDraft
from propdesk.domain.judgements import Judgement, Validity
from propdesk.domain.money import parse_money, parse_quantity
from propdesk.domain.notices import NoticeDraft, NoticeKind
from propdesk.domain.phrases import PhraseDraft
from propdesk.domain.phrases import Step as PhraseStep
from propdesk.domain.prices import (
    AgreedBy,
    Agreement,
    ChargeKind,
    ChargeLine,
    PriceDraft,
    PriceItem,
)
from propdesk.domain.promises import PromiseDraft
from propdesk.domain.staff import Role
from propdesk.domain.tickets import Kind, Severity, Status, TicketDraft, Urgency, is_open
from propdesk.services import (
    attachments,
    charges,
    contacts,
    hand_overs,
    incidents,
    judging,
    letters,
    notices,
    phrases,
    prices,
    problem_reports,
    promises,
    relations,
    residents,
    tickets,
    urging,
)
from propdesk.services.queries.letters import propose_letter
from propdesk.services.queries.residents import draft_of, list_residents
from propdesk.services.queries.staff import list_departments, list_staff
from propdesk.services.queries.tickets import get_ticket
from propdesk.storage.database import rows
from propdesk.storage.opening import OpenOffice

Step = Callable[[], object]
Told = Mapping[str, Any]


@dataclass(slots=True)
class DemoDesk:
    """The clerks at the desk on the demo's last days; all they say stands in desk.json.

    What has no house or ticket to happen to, in a demo that is too small for it, does not happen.
    """

    office: OpenOffice
    now: datetime
    manager: int
    desks: Sequence[int]
    material: Told = field(init=False)
    _items: dict[str, PriceItem] = field(init=False, default_factory=dict)
    _departments: dict[str, int] = field(init=False)

    def __post_init__(self) -> None:
        file = paths.resources() / "demo" / "desk.json"
        self.material = json.loads(file.read_text("utf-8"))
        self._departments = {one.code: one.id for one in list_departments()}

    def open(self, at: datetime) -> None:
        """Post the price list and the office's own phrases."""
        for one in self.material["prices"]:
            draft = PriceDraft(
                kind=ChargeKind(one["kind"]),
                name=one["name"],
                price_fen=parse_money(one["yuan"]),
                code=one["code"],
                spec=one.get("spec", ""),
                unit=one["unit"],
                note=one.get("note", ""),
            )
            self._items[one["code"]] = prices.add_price(draft, by=self.manager, now=at)
        for one in self.material["phrases"]:
            kind = Kind(one["kind"]) if "kind" in one else None
            phrase = PhraseDraft(PhraseStep(one["step"]), one["text"], one["title"], kind)
            phrases.save_phrase(phrase, by=self.manager)

    def charge(
        self, ticket: int, matter: str, name: str, by: int, at: datetime
    ) -> Sequence[ChargeLine] | None:
        """Return what a repair costs, once its customer signed for it; None where it is free."""
        wanted: Mapping[str, str] = self.material["charged"].get(matter, {})
        lines = [
            ChargeLine(
                kind=item.kind,
                name=item.name,
                spec=item.spec,
                unit=item.unit,
                quantity_milli=parse_quantity(quantity),
                price_fen=item.price_fen,
                price_item_id=item.id,
            )
            for code, quantity in wanted.items()
            for item in (self._items[code],)
        ]
        if not lines:
            return None
        agreed = Agreement(sum(line.amount_fen for line in lines), name, AgreedBy.PAPER)
        charges.agree_price(ticket, agreed, by=by, now=at)
        return lines

    def steps(
        self, houses: Sequence[House], units: Mapping[str, int]
    ) -> Iterator[tuple[datetime, Step]]:
        """Return what happens on the last days, each with its time."""
        told = self.material
        lived_in = [house for house in houses if house.dwellers]
        desks = cycle(self.desks)
        for house, one in zip(lived_in[7::31] or lived_in, told["contacts"], strict=False):
            yield self._before(one), partial(self._talk, one, house, units, next(desks))
        for one in told["notices"]:
            yield self._before(one), partial(self._notice, one)
        yield self._before(told["hand_over"]), partial(self._hand_over, told["hand_over"])
        for house, one in zip(lived_in[3::37], told["calls"], strict=False):
            yield self._before(one), partial(self._call, one, house, units, next(desks))
            if "suspended" in one:
                wait = {"matter": one["matter"], **one["suspended"]}
                yield self._before(wait), partial(self._suspend, wait)
            if "repeats" in one:
                at = self._at(one["merged_minutes_before"])
                yield at, partial(self._merge, one, at)
        yield self._before(told["suspended"]), partial(self._suspend, told["suspended"])
        yield from self._incident(told["incident"], lived_in, units)
        yield from self._care(told["cared"])
        yield self._before(told["photos"]), partial(self._photos, told["photos"])

    def _before(self, told: Told) -> datetime:
        return self._at(told["minutes_before"])

    def _at(self, minutes_before: int) -> datetime:
        return self.now - timedelta(minutes=minutes_before)

    def _day(self, days: int) -> datetime:
        return datetime.combine(self.now.date() + timedelta(days=days), time())

    def _superior(self, role: Role) -> str:
        return next(one.name for one in list_staff() if one.role is role)

    def _latest(self, matter: str) -> list[int]:
        """Return the last open ticket about a matter, alone in a list; none in a small demo."""
        found = rows(
            "SELECT id FROM ticket WHERE matter = ? AND is_open ORDER BY received_at DESC LIMIT 1",
            matter,
        )
        return [row[0] for row in found]

    def _talk(self, told: Told, house: House, units: Mapping[str, int], by: int) -> None:
        due = told.get("due_days")
        outside = "counterparty" in told
        salutation, phone = house.dwellers[0][1:3]
        draft = ContactDraft(
            text=told["text"],
            unit_id=None if outside else units[house.address.short],
            name=told["name"] if outside else salutation,
            phone="" if outside else phone,
            counterparty=Counterparty(told.get("counterparty", "owner")),
            way=Way(told["way"]),
            stage=Stage(told["stage"]),
            type=ContactType(told["type"]),
            reason=told["reason"],
            wish=told.get("wish", ""),
            opinion=told.get("opinion", ""),
            department_id=self._departments.get(told.get("department", "")),
            due_on=None if due is None else self._day(due).date(),
            result=told.get("result", ""),
            is_open=due is not None,
        )
        contacts.log_contact(draft, by=by, now=self._before(told))

    def _notice(self, told: Told) -> None:
        day = self._day(told["from_days"])
        span = {
            end: datetime.combine(day, time.fromisoformat(told[end])) for end in ("from", "until")
        }
        draft = NoticeDraft(
            kind=NoticeKind(told["kind"]),
            title=told["title"],
            text=told["text"].format_map(span),
            addressee=self.material["addressee"],
            scope=told["scope"],
            from_at=span["from"],
            until_at=span["until"],
        )
        notices.write_notice(draft, by=self.manager, now=self._before(told))

    def _hand_over(self, told: Told) -> None:
        giver, taker = self.desks[-1], self.desks[0]
        draft = HandOverDraft(told["shift"], taker, told["items"], told["matters"])
        hand_overs.write_hand_over(draft, by=giver, now=self._before(told))

    def _call(self, told: Told, house: House, units: Mapping[str, int], by: int) -> int:
        at = self._before(told)
        salutation, phone = house.dwellers[0][1:3]
        day = self._day(told.get("appointment_days", 0))
        hours = told.get("appointment", "")
        draft = TicketDraft(
            kind=Kind(told["kind"]),
            text=told["text"],
            unit_id=units[house.address.short],
            spot=told.get("location", ""),
            matter=told["matter"],
            class_code=told.get("class", "unclassed"),
            urgency=Urgency(told["urgency"]),
            reporter_name=salutation,
            reporter_phone=phone,
            appointment=f"{day:%m-%d} {hours}" if hours else "",
        )
        if earlier := self._latest(told.get("repeats", "")):
            same = rows("SELECT unit_id, reporter_phone FROM ticket WHERE id = ?", earlier[0])[0]
            draft = replace(draft, unit_id=same[0], reporter_phone=same[1])
        ticket = tickets.register_ticket(draft, by=by, now=at).id
        if "department" in told:
            department = self._departments[told["department"]]
            tickets.dispatch_ticket(ticket, by=by, now=at, department_id=department)
        return ticket

    def _merge(self, told: Told, at: datetime) -> None:
        pairs = zip(self._latest(told["matter"]), self._latest(told["repeats"]), strict=False)
        for ticket, into in pairs:
            relations.merge_ticket(ticket, into, by=self.manager, now=at, text=told["merged"])

    def _suspend(self, told: Told) -> None:
        for ticket in self._latest(told["matter"]):
            tickets.suspend_ticket(
                ticket, told["waiting"], text=told["text"], by=self.manager, now=self._before(told)
            )

    def _incident(
        self, told: Told, lived_in: Sequence[House], units: Mapping[str, int]
    ) -> Iterator[tuple[datetime, Step]]:
        there = [house for house in lived_in if house.address.building == told["building"]]
        parts: list[int] = []

        def call(one: Told, house: House, by: int) -> None:
            parts.append(self._call(one, house, units, by))

        def join() -> None:
            if len(parts) < len(told["calls"]):
                return
            at = self._before(told)
            draft = TicketDraft(
                kind=Kind.REPAIR,
                text=told["text"],
                place=told["place"],
                common_part=True,
                matter=told["matter"],
                urgency=Urgency.P1,
            )
            master = incidents.create_incident(
                parts,
                draft=draft,
                class_code=told["class"],
                tell_callers=told["tell"],
                by=self.desks[0],
                now=at,
            )
            department = self._departments[told["department"]]
            tickets.dispatch_ticket(master.id, by=self.desks[0], now=at, department_id=department)

        for house, one, by in zip(
            there[2 :: max(len(there) // 5, 1)], told["calls"], cycle(self.desks), strict=False
        ):
            yield self._before(one), partial(call, one, house, by)
        yield self._before(told), join

    def _care(self, told: Told) -> Iterator[tuple[datetime, Step]]:
        """Return how a complaint gone wrong is taken care of (R04, R07, R09, R30, R33, R42)."""

        def on(part: str, act: Callable[[int, Told, datetime], object]) -> tuple[datetime, Step]:
            what: Told = told[part]
            at = self._before(what)
            return at, lambda: [act(ticket, what, at) for ticket in self._latest(told["matter"])]

        yield on("urged", self._urge)
        yield on("reported", self._report_up)
        yield on("promised", self._promise)
        yield on("judged", self._judge)
        yield on("problem", self._problem)
        yield on("letter", self._letter)
        yield self._at(told["problem"]["minutes_before"]), partial(self._relate, told)

    def _urge(self, ticket: int, told: Told, at: datetime) -> None:
        urging.urge_ticket(ticket, text=told["text"], by=self.manager, now=at)

    def _report_up(self, ticket: int, told: Told, at: datetime) -> None:
        boss = self._superior(Role.MANAGER)
        urging.report_up(ticket, "manager", to=boss, text=told["text"], by=self.manager, now=at)

    def _promise(self, ticket: int, told: Told, at: datetime) -> None:
        until = self._day(told["days"]).replace(hour=told["hour"])
        boss = self._superior(Role.MANAGER)
        draft = PromiseDraft(told["text"], until, boss, at.replace(tzinfo=None))
        promises.promise_ticket(ticket, draft, by=self.manager, now=at)

    def _judge(self, ticket: int, told: Told, at: datetime) -> None:
        judgement = Judgement(
            severity=Severity(told["severity"]),
            validity=Validity(told["validity"]),
            cause_kind=CauseKind(told["cause_kind"]),
            cause=told["cause"],
            prevention=told["prevention"],
        )
        judging.judge_ticket(ticket, judgement, by=self.manager, now=at)

    def _problem(self, ticket: int, told: Told, at: datetime) -> None:
        problem_reports.report_problem(
            ticket,
            department_id=self._departments[told["department"]],
            text=told["text"],
            by=self.manager,
            now=at,
        )

    def _letter(self, ticket: int, told: Told, at: datetime) -> None:
        draft = replace(
            propose_letter(get_ticket(ticket), now=at),
            measures=told["measures"],
            deadline=told["deadline"],
        )
        letters.write_letter(ticket, draft, by=self.manager, now=at)

    def _relate(self, told: Told) -> None:
        """Link it with what went before, and mark the customer as one to take special care of."""
        at = self._at(told["problem"]["minutes_before"])
        earlier = rows(
            "SELECT id, status FROM ticket WHERE matter = ? ORDER BY received_at DESC LIMIT 1",
            told["related"],
        )
        for ticket, (other, status) in zip(self._latest(told["matter"]), earlier, strict=False):
            relations.link_tickets(ticket, other, by=self.manager, now=at)
            if is_open(Status(status)):
                self._judge(other, told["closed"], self._before(told["closed"]))
            ((unit,),) = rows("SELECT unit_id FROM ticket WHERE id = ?", ticket)
            owner = list_residents(unit, at.date())[0]
            draft = replace(
                draft_of(owner),
                special=self.material["special"],
                special_until=self._day(self.material["special_days"]).date(),
            )
            residents.change_resident(
                unit, owner.residency_id, draft, version=owner.version, by=self.manager, now=at
            )

    def _photos(self, told: Told) -> None:
        folder = paths.resources() / "demo" / "photos"
        for ticket in self._latest(told["matter"]):
            for name, caption in told["files"].items():
                attachments.add_attachments(
                    self.office,
                    ticket,
                    [folder / name],
                    by=self.desks[0],
                    now=self._before(told),
                    caption=caption,
                    on_paper=True,
                )
