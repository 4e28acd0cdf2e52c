"""What happened in the demo's vacant houses: decorations, leases, people who left, a sale."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from typing import Any

from propdesk.domain.decorations import (
    DecorationDraft,
    Finding,
    FindingKind,
    PatrolDraft,
    PatrolResult,
)
from propdesk.domain.demo import House, days_before
from propdesk.domain.leave_reasons import LeaveReason
from propdesk.domain.money import parse_money
from propdesk.domain.moves import Meter, MoveDraft, MoveKind, Newcomer, usual_leavers
from propdesk.domain.persons import PersonDraft, ResidentRole
from propdesk.domain.settlements import SettlementLine
from propdesk.domain.shares import read_share
from propdesk.domain.unit_keys import KeyDraft, KeyKind, KeyOutcome
from propdesk.domain.units import UnitState
from propdesk.services import decoration_patrols, decorations, moves, unit_keys, units
from propdesk.services.queries.decorations import list_told
from propdesk.services.queries.moves import list_staying
from propdesk.services.queries.unit_keys import list_keys
from propdesk.storage.database import rows

Step = Callable[[], object]
Told = Mapping[str, Any]
Steps = Iterator[tuple[datetime, Step]]


class DemoPlots:
    """The stories of houses.json, the most telling first; a small demo has the first of them."""

    def __init__(self, material: Told, now: datetime, desks: Sequence[int]) -> None:
        self._material = material
        self._now = now
        self._desks = desks
        self._given: dict[str, Told] = {}
        self._owners: dict[str, str] = {}

    def give_out(self, vacant: Sequence[House]) -> Mapping[str, Told]:
        """Give each plot a house; return the plots by the house's short address."""
        told = zip(vacant, self._material["plots"], strict=False)
        self._given = {house.address.short: plot for house, plot in told}
        self._owners = {house.address.short: house.people[0][0] for house in vacant}
        return self._given

    def earlier_tenants(self, plot: Told) -> Iterator[PersonDraft]:
        """Return who rented a house and has left it since."""
        if plot.get("kind") == "lease-end":
            name, salutation, phone = plot["tenant"]
            since = self._day(plot["since"])
            yield PersonDraft(name, ResidentRole.TENANT, salutation, (phone,), from_on=since)

    def steps(self, houses: Mapping[str, int], owners: Mapping[int, int]) -> Steps:
        """Return what happens, each with its time; `owners` are the owners by house."""
        tells: Mapping[str, Callable[[int, Told], Steps]] = {
            "decoration": self._decoration,
            "lease": self._lease,
            "lease-end": self._leave,
            "move-out": self._leave,
            "transfer": self._transfer,
            "let-since": self._let_since,
        }
        for place, (short, plot) in enumerate(self._given.items()):
            unit = houses[short]
            desk = self._desks[place % len(self._desks)]
            told = {
                **plot,
                "desk": desk,
                "owner_id": owners.get(unit),
                "owner": self._owners[short],
            }
            if plot["kind"] in tells:
                yield from tells[plot["kind"]](unit, told)

    def _at(self, days: int, clock: str) -> datetime:
        return days_before(self._now, days, clock)

    def _day(self, days: int) -> date:
        return days_before(self._now, days).date()

    # -- decorations

    def _decoration(self, unit: int, told: Told) -> Steps:
        at = self._at(told["applied"], "09:20")
        yield at, partial(self._apply, unit, told, at)
        at = self._at(told["permitted"], "09:50")
        yield at, self._on_file(unit, decorations.permit_decoration, by=told["desk"], now=at)
        for one in told["patrols"]:
            at = self._at(one["days_before"], "09:40")
            yield at, self._on_file(unit, self._patrol, one, told, at)
            if "rectified" in one:
                mended = self._at(one["rectified"], "16:30")
                yield mended, self._on_file(unit, self._rectify, told, mended)
        if "accepted" in told:
            at = self._at(told["accepted"], "15:10")
            yield at, self._on_file(
                unit, decorations.accept_decoration,
                by=told["desk"], now=at, outcome=told["outcome"],
            )  # fmt: skip
            at = self._at(told["returned"], "10:30")
            deposit = parse_money(told["deposit_yuan"])
            yield at, self._on_file(
                unit, decorations.return_deposit,
                returned_fen=deposit, by=told["desk"], now=at,
            )  # fmt: skip
        if "moves_in" in told:
            at = self._at(told["moves_in"], "09:30")
            yield at, partial(self._move_in, unit, told["owner_id"], told, at)

    def _apply(self, unit: int, told: Told, at: datetime) -> None:
        draft = DecorationDraft(
            applicant=told["owner"],
            scope=told["scope"],
            from_on=self._day(told["from"]),
            until_on=self._day(told["until"]),
            company=told["company"],
            foreman=told["foreman"],
            phone=told["phone"],
            workers=told["workers"],
            told=frozenset(list_told()),
            deposit_fen=parse_money(told["deposit_yuan"]),
            deposit_note=told["receipt"],
        )
        decorations.apply_decoration(unit, draft, by=told["desk"], now=at)

    def _on_file(self, unit: int, act: Callable[..., object], *args: Any, **more: Any) -> Step:
        """Do something with the house's decoration, once it is there."""

        def do() -> None:
            ((found,),) = rows("SELECT max(id) FROM decoration WHERE unit_id = ?", unit)
            act(found, *args, **more)

        return do

    def _patrol(self, file: int, one: Told, told: Told, at: datetime) -> None:
        findings: tuple[Finding, ...] = ()
        if "text" in one:
            due = self._day(one["due"])
            findings = (Finding(FindingKind(one["kind"]), one["text"], due),)
        draft = PatrolDraft(PatrolResult(one.get("result", "looked")), findings)
        decoration_patrols.note_patrol(file, draft, by=told["desk"], now=at)

    def _rectify(self, file: int, told: Told, at: datetime) -> None:
        for (finding,) in rows(
            "SELECT id FROM decoration_patrol "
            "WHERE decoration_id = ? AND kind <> '' AND rectified_on IS NULL",
            file,
        ):
            decoration_patrols.rectify_finding(finding, by=told["desk"], now=at)

    # -- moves

    def _lease(self, unit: int, told: Told) -> Steps:
        at = self._at(told["told"], "10:05")
        name, phone = told["tenant"], told["phone"]
        draft = MoveDraft(
            MoveKind.LEASE,
            on_day=self._day(told["day"]),
            until_on=self._day(told["until"]),
            told_on=at.date(),
            coming=(Newcomer(name, ResidentRole.TENANT, (phone,)),),
            state=UnitState.LET,
        )
        yield at, partial(moves.record_move, unit, draft, by=told["desk"], now=at)
        if told["day"] > 0:
            at = self._at(told["day"], "15:20")
            yield at, partial(self._hand_out, unit, name, 2, told, at)

    def _leave(self, unit: int, told: Told) -> Steps:
        holder = told["tenant"][0] if "tenant" in told else told["owner"]
        given = self._at(told["since"], "10:00")
        yield given, partial(self._hand_out, unit, holder, 3, told, given)
        if told["returned"]:
            back = self._at(told["day"], "09:15")
            yield back, partial(self._take_back, unit, told, back)
        at = self._at(told["day"], "10:40")
        yield at, partial(self._record_leaving, unit, told, at)

    def _record_leaving(self, unit: int, told: Told, at: datetime) -> None:
        kind = MoveKind(told["kind"])
        present = list_staying(unit, at.date())
        draft = MoveDraft(
            kind,
            on_day=at.date(),
            told_on=self._day(told["day"] + 9) if kind is MoveKind.LEASE_END else None,
            reason=LeaveReason(told["reason"]),
            reason_text=told["why"],
            leaving=usual_leavers(kind, present),
            state=UnitState.VACANT,
            meters={Meter.WATER: "1086.5", Meter.ELECTRICITY: "20417.3"},
            settlement=self._bill(told, at.date()),
            settled_on=at.date() if told["settled"] else None,
            new_address=told["address"],
            new_phone=told["phone"],
            open_reason=told.get("open", ""),
        )
        moves.record_move(unit, draft, by=told["desk"], now=at)

    def _transfer(self, unit: int, told: Told) -> Steps:
        at = self._at(told["told"], "14:25")
        yield at, partial(self._sell, unit, told, at)
        came = self._at(told["moves_in"], "09:10")
        yield came, partial(self._buyer_moves_in, unit, told, came)

    def _sell(self, unit: int, told: Told, at: datetime) -> None:
        day = self._day(told["day"])
        buyers = tuple(
            Newcomer(name, ResidentRole.OWNER, (phone,), share=read_share(share))
            for name, phone, share in told["buyers"]
        )
        draft = MoveDraft(
            MoveKind.TRANSFER,
            on_day=day,
            told_on=at.date(),
            coming=buyers,
            leaving=usual_leavers(MoveKind.TRANSFER, list_staying(unit, day)),
            settlement=self._bill(told, day),
            settled_on=at.date(),
        )
        moves.record_move(unit, draft, by=told["desk"], now=at)

    def _buyer_moves_in(self, unit: int, told: Told, at: datetime) -> None:
        first = list_staying(unit, at.date())[0]
        self._move_in(unit, first.person_id, told, at)

    def _move_in(self, unit: int, person: int, told: Told, at: datetime) -> None:
        draft = MoveDraft(
            MoveKind.MOVE_IN,
            on_day=at.date(),
            coming=(Newcomer(person_id=person),),
            state=UnitState.OWNER_OCCUPIED,
        )
        moves.record_move(unit, draft, by=told["desk"], now=at)

    def _bill(self, told: Told, until: date) -> tuple[SettlementLine, ...]:
        return tuple(
            SettlementLine(item, parse_money(due), parse_money(paid), parse_money(back), until)
            for item, due, paid, back in told["bill"]
        )

    def _hand_out(self, unit: int, holder: str, count: int, told: Told, at: datetime) -> None:
        found = (one.person_id for one in list_staying(unit, at.date()) if one.name == holder)
        cards = KeyDraft(
            KeyKind.DOOR_CARD, count, holder, next(found, None), f"{unit:04d}", 2000 * count
        )
        unit_keys.give_key(unit, cards, by=told["desk"], now=at)

    def _take_back(self, unit: int, told: Told, at: datetime) -> None:
        for key in list_keys(unit):
            unit_keys.end_key(
                key.id, KeyOutcome.RETURNED, version=key.version, by=told["desk"], now=at
            )

    def _let_since(self, unit: int, told: Told) -> Steps:
        at = self._at(told["day"] - 2, "11:15")
        since = self._day(told["day"])
        yield at, partial(
            units.set_states, [unit], UnitState.LET,
            by=told["desk"], now=at, from_on=since, note=told["note"],
        )  # fmt: skip
