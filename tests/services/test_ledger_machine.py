"""Anything in any order at the till: after each act the books must balance and agree.

The real commands run on a real office, by whoever is there, with clocks that jump (issue 6, bad
input). Most are refused, which is right; a refusal writes nothing, and what was not refused leaves
the ledger whole.
"""

from datetime import date, timedelta
from itertools import count

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from propdesk.domain.deposits import DepositDraft, DepositReturn
from propdesk.domain.errors import RuleError
from propdesk.domain.payment_plans import PlanDraft, PlanState, equal_parts, part_days
from propdesk.domain.payments import BillPart, MeansPart, PaymentDraft, RefundDraft
from propdesk.domain.staff import Role
from propdesk.domain.till import DepositKind, Means
from propdesk.services import (
    checking,
    deposits,
    late_fees,
    payment_plans,
    prepaid,
    staff,
    till,
    till_closes,
    waivers,
)
from propdesk.services.parts.prepaid import settle_from_prepaid
from propdesk.services.queries.account_statements import list_statement
from propdesk.services.queries.accounts import get_account
from propdesk.services.queries.bills import get_bill
from propdesk.services.queries.late_fees import list_late_fees
from propdesk.services.queries.ledger_checks import LEDGER_CHECKS
from propdesk.services.queries.payment_plans import list_open_plans
from propdesk.services.queries.prepaid import get_refundable
from propdesk.services.queries.till_closes import get_open_till, list_open_tills
from propdesk.storage.charging import BillRecord, FeeItemRecord, TariffRecord
from propdesk.storage.database import database, rows

takers = st.sampled_from(["desk", "cashier", "cashier", "manager"])
nth = st.integers(0, 9)
some_fen = st.sampled_from([-1, 0, 1, 99, 1_000, 3_333, 10_000, 12_345])
a_means = st.sampled_from([Means.CASH, Means.CASH, Means.WECHAT, Means.TRANSFER])


class Till(RuleBasedStateMachine):
    """An office and whoever takes money in it; `world`, `people`, `item` are given by the test."""

    world = None
    people = None
    item = None
    tariff = None

    def __init__(self):
        super().__init__()
        self.now = self.world.now
        self.apart = count()
        self.taken_back = database.atomic()
        self.taken_back.__enter__()

    def teardown(self):
        try:
            lines = checking.check_office(self.world.office).lines
            assert not [line.text for line in lines if not line.ok]
            self.promises_follow_the_money()
            self.a_statement_ends_with_what_is_owed()
        finally:
            # Each run begins in the same office: the commands' transactions stand within this one.
            self.taken_back.__exit__(Exception, None, None)

    @initialize()
    def open_the_till(self):
        self.units = [self.world.home.id, self.world.villa.id]
        ahead = (MeansPart(Means.CASH, 5_000),)
        for unit_id in self.units:
            draft = PaymentDraft(unit_id, ahead, overpay_to_prepaid=True)
            assert self.act(till.take_payment, draft, by="cashier")
            self.bill(unit_id, 3_333, self.now.date())

    def act(self, command, *args, by, **more):
        """Run a command; a refusal must leave the books alone."""
        self.now += timedelta(minutes=3)
        before = written()
        try:
            return command(*args, by=self.people[by], now=self.now, **more)
        except RuleError:
            assert written() == before
            return None

    def bill(self, unit_id, fen, due_on, kind="other"):
        bears = kind == "charge"  # what is charged by a price has a day of its own, and delay costs
        from_on = date(2000, 1, 1) + timedelta(days=next(self.apart)) if bears else due_on
        record = BillRecord.create(
            unit=unit_id, fee_item=self.item, kind=kind, from_on=from_on, until_on=due_on,
            due_on=due_on, amount_fen=fen, entered_at=self.now.replace(tzinfo=None),
            staff=self.world.desk.id, tariff=self.tariff if bears else None,
        )  # fmt: skip
        return record.id

    def payment(self, place):
        return 1 + place % rows("SELECT max(id) FROM payment")[0][0]

    @rule(hours=st.sampled_from([1, 1, 30, 24 * 20, 24 * 200, -1, -30]))
    def the_clock_jumps(self, hours):
        self.now += timedelta(hours=hours)

    @rule(villa=st.booleans(), fen=st.sampled_from([1, 3_333, 10_000]), days=st.integers(-40, 40),
          automatic=st.booleans(),
          kind=st.sampled_from(["late-fee", "other", "charge"]))  # fmt: skip
    def charge(self, villa, fen, days, automatic, kind):
        due_on = self.now.date() + timedelta(days=days)
        bill_id = self.bill(self.units[villa], fen, due_on, kind)
        if automatic:
            settle_from_prepaid([bill_id], on_day=due_on, staff_id=self.world.desk.id, now=self.now)

    @rule(
        by=takers, villa=st.booleans(), means=st.lists(st.tuples(a_means, some_fen), max_size=2),
        named=st.lists(st.tuples(nth, st.sampled_from([None, 1, 5_000])), max_size=2),
        use=st.sampled_from([0, 0, 0, 50, 5_000]), ahead=st.booleans(),
        held=st.sampled_from([0, 0, 0, 500]),
        tendered=st.sampled_from([0, 0, 20_000]),
    )  # fmt: skip
    def pay(self, by, villa, means, named, use, ahead, held, tendered):
        unit_id = self.units[villa]
        bills = [row[0] for row in rows("SELECT id FROM bill WHERE unit_id = ?", unit_id)]
        draft = PaymentDraft(
            unit_id,
            tuple(MeansPart(one, fen) for one, fen in means),
            tuple(BillPart(bills[at % len(bills)], fen) for at, fen in named) if bills else (),
            use_prepaid_fen=use,
            overpay_to_prepaid=ahead,
            deposits=(DepositDraft(DepositKind.KEY, held),) if held else (),
            tendered_fen=tendered,
        )
        self.act(till.take_payment, draft, by=by)

    @rule(
        by=takers, villa=st.booleans(), percent=st.sampled_from([10, 50, 100, 100, 150]),
        by_wechat=st.booleans(), ahead=st.booleans(), from_prepaid=st.booleans(),
        held=st.sampled_from([0, 0, 500]),
    )  # fmt: skip
    def pay_what_is_open(self, by, villa, percent, by_wechat, ahead, from_prepaid, held):
        account = get_account(self.units[villa], self.now.date())
        fen = account.open_fen * percent // 100 + held
        use = min(account.prepaid_fen, fen - held) if from_prepaid else 0
        means = Means.WECHAT if by_wechat else Means.CASH
        draft = PaymentDraft(
            account.unit_id,
            (MeansPart(means, fen - use),) if fen > use else (),
            use_prepaid_fen=use,
            overpay_to_prepaid=ahead,
            deposits=(DepositDraft(DepositKind.KEY, held),) if held else (),
        )
        self.act(till.take_payment, draft, by=by)

    @precondition(lambda _self: rows("SELECT 1 FROM payment"))
    @rule(by=takers, one=nth)
    def void(self, by, one):
        payment_id = self.payment(one)
        version = rows("SELECT version FROM payment WHERE id = ?", payment_id)[0][0]
        self.act(till.void_payment, payment_id, "收错", version=version, by=by)

    @precondition(lambda _self: rows("SELECT 1 FROM payment"))
    @rule(
        by=takers,
        one=nth,
        bill=st.one_of(st.none(), nth),
        approved=st.sampled_from([True, True, False]),
    )
    def refund(self, by, one, bill, approved):
        draft = RefundDraft("退款", bills=() if bill is None else (1 + bill,))
        approved_by = self.people["manager"] if approved else None
        self.act(till.refund_payment, self.payment(one), draft, by=by, approved_by=approved_by)

    @precondition(lambda _self: rows("SELECT 1 FROM ledger_line WHERE account = 'prepaid'"))
    @rule(
        by=takers, villa=st.booleans(), fen=some_fen, what=st.sampled_from(["use", "undo", "back"])
    )
    def prepaid_account(self, by, villa, fen, what):
        unit_id = self.units[villa]
        if what == "use":
            self.act(prepaid.use_prepaid, unit_id, by=by)
        elif what == "undo":
            bills = [row[0] for row in rows("SELECT id FROM bill")]
            self.act(prepaid.undo_prepaid_use, unit_id, bills, "改错", by=by)
        else:
            draft = RefundDraft("搬走退余额")
            self.act(
                prepaid.refund_prepaid, unit_id, fen, draft, payee="张先生", by=by,
                approved_by=self.people["manager"],
            )  # fmt: skip

    @precondition(lambda _self: rows("SELECT 1 FROM deposit"))
    @rule(by=takers, one=nth, back=st.sampled_from([0, 1, 200, 500]),
          kept=st.sampled_from([0, 0, 300]), reason=st.sampled_from(["", "门卡遗失"]))  # fmt: skip
    def give_deposit_back(self, by, one, back, kept, reason):
        found = rows("SELECT id, version FROM deposit ORDER BY id")
        deposit_id, version = found[one % len(found)]
        draft = DepositReturn(back, kept, reason)
        self.act(deposits.return_deposit, deposit_id, draft, version=version, by=by)

    @precondition(lambda _self: list_open_tills())
    @rule(by=takers, one=nth, off=st.sampled_from([0, 0, 0, 100]),
          reason=st.sampled_from(["", "零钱"]))  # fmt: skip
    def close(self, by, one, off, reason):
        tills = list_open_tills()
        staff_id = tills[one % len(tills)][0]
        counted = get_open_till(staff_id).cash_fen + off
        self.act(till_closes.close_till, staff_id, counted, difference_reason=reason, by=by)

    @precondition(lambda _self: rows("SELECT 1 FROM bill"))
    @rule(by=takers, one=nth, fen=st.one_of(st.none(), some_fen), back=st.booleans())
    def waive(self, by, one, fen, back):
        bills = [row[0] for row in rows("SELECT id FROM bill ORDER BY id")]
        bill_id = bills[one % len(bills)]
        if back:
            self.act(waivers.take_back_waiver, bill_id, "误减", by=by)
        else:
            self.act(waivers.waive_bill, bill_id, fen, "困难", by=by)

    @rule(by=takers, villa=st.booleans())
    def penalise(self, by, villa):
        """What was billed of a penalty today is not billed again today."""
        unit_id = self.units[villa]
        if self.act(late_fees.charge_late_fees, unit_id, by=by):
            today = self.now.date()
            assert not any(one.to_charge_fen for one in list_late_fees(unit_id, today))

    @rule(by=takers, villa=st.booleans(), parts=st.integers(1, 3), off=st.sampled_from([0, 0, 1]),
          instead=st.sampled_from(["", "改约"]))  # fmt: skip
    def promise(self, by, villa, parts, off, instead):
        unit_id, today = self.units[villa], self.now.date()
        total = get_account(unit_id, today).open_fen
        agreed = PlanDraft(equal_parts(total, part_days(today, parts)), total + off)
        self.act(payment_plans.record_plan, unit_id, agreed, instead_reason=instead, by=by)

    @invariant()
    def the_books_balance(self):
        assert not {name: found for name, _label, wrong in LEDGER_CHECKS if (found := wrong())}

    @invariant()
    def money_is_where_it_should_be(self):
        """What came in and was not given back settles bills, stands prepaid, is held or income."""
        held = dict(rows("SELECT account, sum(amount_fen) FROM ledger_line GROUP BY account"))
        assert sum(held.values()) == 0
        assert held.get("money", 0) >= 0
        assert held.get("money", 0) == rows(
            "SELECT coalesce(sum(total_fen), 0) FROM payment WHERE voided_at IS NULL"
        )[0][0]  # fmt: skip
        accounts = [get_account(unit_id, date.max) for unit_id in self.units]
        assert sum(one.prepaid_fen for one in accounts) == -held.get("prepaid", 0)
        assert sum(one.deposits_fen for one in accounts) == -held.get("deposit", 0)
        assert sum(one.open_fen for one in accounts) == rows(
            "SELECT coalesce(sum(amount_fen), 0) FROM bill"
        )[0][0] + held.get("bill", 0)  # fmt: skip
        for one in accounts:
            assert min(one.prepaid_fen, one.open_fen, *(d.balance_fen for d in one.deposits)) >= 0
            assert get_refundable(one.unit_id, date.max).total_fen == one.prepaid_fen

    @invariant()
    def a_closed_till_stays_as_it_was_counted(self):
        for total, cash in rows(
            "SELECT c.cash_fen, (SELECT coalesce(sum(m.amount_fen), 0) FROM payment p "
            "JOIN payment_means m ON m.payment_id = p.id WHERE p.close_id = c.id "
            "AND p.voided_at IS NULL AND m.means = 'cash') FROM till_close c"
        ):
            assert total == cash

    def promises_follow_the_money(self):
        """A plan about all that is open is kept once nothing of its bills is; one runs a house."""
        plans = list_open_plans(self.now.date())
        assert len({plan.unit_id for plan in plans}) == len(plans)
        for plan in plans:
            open_fen = sum(get_bill(bill_id).open_fen for bill_id in plan.bill_ids)
            is_kept = plan.standing.state is PlanState.KEPT
            assert is_kept or open_fen > 0

    def a_statement_ends_with_what_is_owed(self):
        for unit_id in self.units:
            account, lines = get_account(unit_id, date.max), list_statement(unit_id)
            balance = lines[-1].balance_fen if lines else 0
            assert balance == account.open_fen - account.prepaid_fen


def written():
    """Return what every command that is not refused changes."""
    return rows(
        "SELECT (SELECT count(*) FROM ledger_line), (SELECT count(*) FROM payment), "
        "(SELECT sum(last) FROM number_series), (SELECT count(*) FROM deposit), "
        "(SELECT count(*) FROM till_close), (SELECT sum(settled_fen) FROM bill)"
    )


def test_f46_whatever_happens_at_the_till_the_ledger_balances(world):
    by = world.desk.id
    people = {
        "desk": world.desk,
        "cashier": world.cashier,
        "manager": staff.add_staff("李经理", by=by, role=Role.MANAGER),
    }
    item = FeeItemRecord.create(
        code="service", name="物业服务费", formula="area", income="service", charges="all",
        unit_kinds=[], line_months=1, billed_months=1, due_month=0, due_day=31, partial="whole",
        rounding="fen-half-up", position=1, is_active=True,
    )  # fmt: skip

    price = TariffRecord.create(
        fee_item=item.id, price_e4=18_000, from_on=date(2000, 1, 1), late_rate_e6=500,
        late_clause="5.2", entered_at=world.now.replace(tzinfo=None), staff=by,
    )  # fmt: skip

    class ThisTill(Till):
        pass

    ThisTill.world, ThisTill.item, ThisTill.tariff = world, item.id, price.id
    ThisTill.people = {name: one.id for name, one in people.items()}
    run_state_machine_as_test(
        ThisTill, settings=settings(max_examples=75, stateful_step_count=30, deadline=None)
    )
