"""The demo's fees: prices, two quarters of bills, who paid and who did not, and how it was urged.

Most houses pay within weeks, some late, some a part, a few not for years: what the fees page is
for. All words stand in fees.json.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from random import Random
from typing import Any

from propdesk import paths
from propdesk.domain.arrears import ArrearsReason
from propdesk.domain.arrears_cases import CaseDraft
from propdesk.domain.bill_runs import RunOrder
from propdesk.domain.bills import BillKind
from propdesk.domain.calendar_years import years_after
from propdesk.domain.demo import SEED, days_before
from propdesk.domain.dunning import Relation, Result, Stage, Way
from propdesk.domain.dunning_acts import ActDraft
from propdesk.domain.fee_bases import BasisDraft
from propdesk.domain.fee_items import BasisKind
from propdesk.domain.fee_settings import FeeSettings
from propdesk.domain.payment_plans import Part, PlanDraft
from propdesk.domain.payments import MeansPart, PaymentDraft
from propdesk.domain.tariff_drafts import TariffDraft
from propdesk.domain.till import Means
from propdesk.i18n import speaking
from propdesk.services import (
    arrears,
    bill_runs,
    dunning_acts,
    fee_bases,
    fee_items,
    fee_letters,
    fee_settings,
    payment_plans,
    tariffs,
    till,
)
from propdesk.services.parts.billing import NewBill, debtor_on, insert_bills
from propdesk.services.parts.writing import writing
from propdesk.services.queries.accounts import get_account
from propdesk.services.queries.arrears_cases import get_case
from propdesk.services.queries.fee_items import find_item
from propdesk.services.queries.residents import list_residents
from propdesk.services.queries.units import get_unit
from propdesk.storage.database import rows

Step = Callable[[], object]
Told = Mapping[str, Any]
Steps = Iterator[tuple[datetime, Step]]

# The demo's office writes in the language of its residents, whatever the program speaks.
_LANGUAGE = "zh_CN"
_SERVICE = "wy"
# Of a hundred houses so many pay in time, late, a part only, never.
_PAY, _LATE, _PART, _NEVER = "pay", "late", "part", "never"
_HABITS = {_PAY: 84, _LATE: 7, _PART: 4, _NEVER: 5}
_MEANS = {Means.WECHAT: 46, Means.ALIPAY: 20, Means.CASH: 14, Means.TRANSFER: 12, Means.POS: 8}
_YEARS_BACK = 3


class DemoFees:
    """What the cashier of the demo did."""

    def __init__(self, now: datetime, desk: int) -> None:
        file = paths.resources() / "demo" / "fees.json"
        self._told: Told = json.loads(file.read_text("utf-8"))
        self._now, self._desk = now, desk
        self._draw = Random(SEED)  # noqa: S311 - no secret hangs on it
        self._quarter = _quarter_before(now.date())  # the first that this program bills
        self._habits: dict[int, str] = {}

    def steps(self) -> Steps:
        """Return what happens, each with its time; the houses must be there already."""
        opened = days_before(self._now, 1200)
        yield opened, self._open
        for first in (self._quarter, _next_quarter(self._quarter)):
            posted = datetime.combine(first, self._now.time(), self._now.tzinfo) + timedelta(4)
            if posted >= self._now:
                continue
            yield posted, partial(self._post, first, posted)
            if first == self._quarter:
                yield posted, partial(self._bring_old, posted)
            for day in range(2, 84, 2):
                at = posted + timedelta(day)
                if at < self._now:
                    yield at, partial(self._collect, at, day)
        for act in self._told["acts"]:
            at = days_before(self._now, act["days_before"], "10:20")
            yield at, partial(self._urge, act, at)
        yield days_before(self._now, 6), partial(self._promise, days_before(self._now, 6))
        written = self._now - timedelta(minutes=40)
        yield written, partial(self._write, written)

    def _open(self) -> None:
        """Say who claims, on which contract, at which price."""
        told, at = self._told, days_before(self._now, 1200)
        names = set(FeeSettings.__dataclass_fields__) & told.keys()
        fee_settings.save_fee_settings(
            replace(FeeSettings(), **{name: told[name] for name in names}), by=self._desk
        )
        with speaking(_LANGUAGE):
            fee_items.propose_items(by=self._desk, now=at)
        contract = told["contract"]
        basis = fee_bases.add_basis(
            BasisDraft(
                BasisKind.CONTRACT,
                contract["name"],
                contract["number"],
                signed_on=date.fromisoformat(contract["signed"]),
                from_on=date.fromisoformat(contract["from"]),
                fee_clause=contract["fee_clause"],
                due_clause=contract["due_clause"],
                late_clause=contract["late_clause"],
                address_clause=contract["address_clause"],
            ),
            by=self._desk,
        )
        for code, price_e4 in told["prices"].items():
            draft = TariffDraft(
                find_item(code).id,
                price_e4,
                date.fromisoformat(contract["from"]),
                basis_id=basis.id,
                basis_note=contract["fee_clause"],
            )
            tariffs.add_tariff(draft, by=self._desk, now=at)

    def _post(self, first: date, at: datetime) -> None:
        """Bill a quarter, and decide at the first who pays how."""
        last = _next_quarter(first) - timedelta(1)
        bill_runs.post_run(RunOrder(first, last, items=(_SERVICE,)), by=self._desk, now=at)
        for (unit_id,) in rows("SELECT DISTINCT unit_id FROM bill ORDER BY unit_id"):
            if unit_id not in self._habits:
                self._habits[unit_id] = _drawn(self._draw, _HABITS)

    def _collect(self, at: datetime, day: int) -> None:
        """Take the money of those who come on a day."""
        open_units = rows(
            "SELECT DISTINCT unit_id FROM bill WHERE settled_fen < amount_fen "
            "AND voided_at IS NULL ORDER BY unit_id"
        )
        for (unit_id,) in open_units:
            habit = self._habits.get(unit_id, _NEVER)
            late = habit in (_LATE, _PART)
            if habit == _NEVER or self._draw.random() > (0.02 if late else 0.16):
                continue
            if late and day < 50:
                continue
            owed = get_account(unit_id, at.date()).open_fen
            paid = owed // 2 // 100 * 100 if habit == _PART else owed
            if not paid:
                continue
            means = MeansPart(_drawn(self._draw, _MEANS), paid)
            till.take_payment(PaymentDraft(unit_id, (means,)), by=self._desk, now=at)

    # -- those who owe for years

    def _never(self) -> Sequence[int]:
        return [unit_id for unit_id, habit in self._habits.items() if habit == _NEVER]

    def _bring_old(self, at: datetime) -> None:
        """Bring in what was owed before this program was there, as an import of it would."""
        monthly = dict(rows("SELECT unit_id, max(amount_fen) FROM bill GROUP BY unit_id"))
        item_id, note = find_item(_SERVICE).id, self._told["old_note"]
        oldest = years_after(self._now.date(), -_YEARS_BACK)
        old = []
        for place, unit_id in enumerate(self._never()):
            # Every other one owes for three years, the rest for months; each on a day of its own.
            first = _next_quarter(_quarter_before(oldest))
            for _quarter in range(0 if place % 2 == 0 else 3 + place % 6):
                first = _next_quarter(first)
            while (due := first + timedelta(56 + place * 17 % 80)) < self._quarter:
                old.append(
                    NewBill(
                        unit_id,
                        item_id,
                        BillKind.OPENING,
                        first,
                        _next_quarter(first) - timedelta(1),
                        due,
                        3 * monthly[unit_id],
                        person_id=debtor_on(unit_id, first),
                        note=note,
                    )
                )
                first = _next_quarter(first)
        with writing():
            insert_bills(old, staff_id=self._desk, now=at)

    def _urge(self, act: Told, at: datetime) -> None:
        """Urge the houses that owe for long; the later the act, the fewer are left."""
        for place, unit_id in enumerate(self._never()):
            stage = Stage(act["stage"])
            if place % 5 < stage - 1 or not get_account(unit_id, at.date()).overdue_fen:
                continue
            people = list_residents(unit_id, at.date())
            phones = [phone for one in people for phone in one.phones]
            way = Way(act["way"])
            if way is Way.PHONE and not phones:
                continue
            draft = ActDraft(
                stage,
                way,
                Result(act["result"]),
                at.replace(tzinfo=None),
                receiver=people[0].name if people and "relation" in act else "",
                relation=Relation(act["relation"]) if "relation" in act else None,
                witness=self._told["witness"] if way is Way.IN_PERSON else "",
                address=phones[0] if way is Way.PHONE else get_unit(unit_id).long,
                express_number=act.get("express", ""),
                arrived_on=at.date() if way is Way.EMS else None,
                note=act["note"],
                override_reason=act["note"],
            )
            dunning_acts.note_act(unit_id, draft, by=self._desk, now=at)

    def _promise(self, at: datetime) -> None:
        """Let one promise to pay, one pay by instalments; note why the others do not."""
        never = self._never()
        reasons = [ArrearsReason(one) for one in self._told["reasons"]]
        for place, unit_id in enumerate(never):
            case = get_case(unit_id, at.date())
            draft = CaseDraft(reasons[place % len(reasons)])
            arrears.change_case(unit_id, draft, version=case.version, by=self._desk, now=at)
        for place, unit_id in enumerate(never[1:3]):
            owed = get_account(unit_id, at.date()).overdue_fen
            if not owed:
                continue
            days = (4, 34, 64)[: 1 + 2 * place]
            each = owed // len(days)
            parts = tuple(
                Part(at.date() + timedelta(day), each if n else owed - each * (len(days) - 1))
                for n, day in enumerate(days)
            )
            payment_plans.record_plan(unit_id, PlanDraft(parts, owed), by=self._desk, now=at)

    def _write(self, at: datetime) -> None:
        """Write to those who are ripe for the formal letter; it waits to be printed."""
        made = fee_letters.make_letters(Stage.LETTER, by=self._desk, now=at)
        fee_letters.approve_letters(made.letter_ids, by=self._desk, now=at)


def _drawn(draw: Random, weights: Mapping[Any, int]) -> Any:
    return draw.choices(list(weights), list(weights.values()))[0]


def _quarter_before(day: date) -> date:
    """Return the first day of the quarter before the one of a day."""
    month = (day.month - 1) // 3 * 3 + 1
    return day.replace(month=month - 3, day=1) if month > 3 else date(day.year - 1, 10, 1)


def _next_quarter(day: date) -> date:
    """Return the first day of the next quarter."""
    month = (day.month - 1) // 3 * 3 + 4
    return day.replace(month=month, day=1) if month <= 12 else date(day.year + 1, 1, 1)
