"""Fill and draw the papers of arrears: ageing, limitation, collection rate, instalment agreement.

Names and phones are masked: who owes is nobody's business on a table that is left lying (law.md
1.7). The agreement is the debtor's own paper and names him whole.
"""

from datetime import date, datetime
from pathlib import Path

from propdesk.domain.ageing import AGE_LABELS, Ages
from propdesk.domain.arrears import ARREARS_REASON_LABELS
from propdesk.domain.collection_rates import Collection, percent_words, sum_collection
from propdesk.domain.dunning import STAGE_LABELS
from propdesk.domain.limitation import EventKind, Limitation
from propdesk.domain.masking import mask_names, mask_phone
from propdesk.domain.money import in_capitals, money_words
from propdesk.domain.papers import PaperLanguage
from propdesk.domain.settings import OfficeSettings
from propdesk.domain.staff import Right, Staff
from propdesk.i18n import LazyText, _, _lazy, ngettext
from propdesk.reports.arrears_tables import (
    AgeingLine,
    AgeingSheet,
    CollectionLine,
    CollectionSheet,
    LimitationLine,
    LimitationSheet,
    render_ageing,
    render_collection,
    render_limitation,
)
from propdesk.reports.parts.register_frame import RegisterFrame
from propdesk.reports.parts.sheet import PrintedPaper
from propdesk.reports.parts.tables import RowKind
from propdesk.reports.payment_agreements import AgreementSheet, render_agreement
from propdesk.services.parts.debtors import debtor_names, debtor_phones
from propdesk.services.parts.drawing import draw_paper
from propdesk.services.parts.fee_access import fee_actor
from propdesk.services.parts.fee_settings import load_fee_settings
from propdesk.services.parts.printed import Printed
from propdesk.services.parts.writing import local
from propdesk.services.queries.arrears import (
    ArrearsFilter,
    ArrearsRow,
    ArrearsSort,
    list_ages_by_building,
    list_arrears,
    sum_ages,
)
from propdesk.services.queries.bills import get_bill
from propdesk.services.queries.collection import list_collection
from propdesk.services.queries.limitation import list_limitation
from propdesk.services.queries.payment_plans import get_plan
from propdesk.services.queries.units import get_unit

_MOST = 100_000
_EVENTS = {
    EventKind.ACT: _lazy("demand"),
    EventKind.PAYMENT: _lazy("part payment"),
    EventKind.PROMISE: _lazy("promise or plan"),
}
_NOTHING = "—"


def print_ageing(
    target: Path,
    *,
    by: Staff,
    now: datetime,
    building_id: int | None = None,
    language: PaperLanguage | None = None,
) -> Printed:
    """Draw the ageing table of all houses in arrears, or of a building's, in walking order."""
    fee_actor(by.id, Right.SEE_FEES)
    today = local(now).date()
    found = list_arrears(
        ArrearsFilter(building_id=building_id), today=today, sort=ArrearsSort.PLACE, limit=_MOST
    )
    buildings = {
        row.id: row
        for row in list_ages_by_building(today)
        if building_id in (None, row.id)
    }  # fmt: skip
    phones = debtor_phones([row.unit_id for row in found])

    def draw(settings: OfficeSettings, chosen: PaperLanguage) -> PrintedPaper:
        lines: list[AgeingLine] = []
        place = None
        for row in found:
            if row.building_id != place:
                place = row.building_id
                of = buildings[place]
                name = _("Building {name}").format(name=of.name)
                count = ngettext("{count} house", "{count} houses", of.units)
                lines.append(_sum_line(name, of.ages, RowKind.CLASS, count.format(count=of.units)))
            lines.append(_age_line(row, phones.get(row.unit_id, "")))
        paper = AgeingSheet(
            frame=_frame(settings, ageing_title(), _as_of(today), by, now, 10.0),
            classes=tuple(str(label) for label in AGE_LABELS.values()),
            lines=lines,
            total=_sum_line(
                _("Total"),
                sum_ages(list(buildings.values())),
                RowKind.TOTAL,
                ngettext("{count} house", "{count} houses", len(found)).format(count=len(found)),
            ),
            notes=(
                _("In yuan. Counted from the day after the day of payment; a year is a "
                  "calendar year. The total is what is overdue."),
                _("Limitation: the earliest day on which a claim of the house runs out, by the "
                  "last proved interruption (Civil Code 188, 195)."),
            ),
        )  # fmt: skip
        return render_ageing(paper, target, language=chosen)

    return draw_paper(target, language, draw)


def print_limitation(
    target: Path,
    *,
    by: Staff,
    now: datetime,
    days: int = 90,
    language: PaperLanguage | None = None,
) -> Printed:
    """Draw the list of bills whose period ends within so many days, the nearest first."""
    fee_actor(by.id, Right.SEE_FEES)
    today = local(now).date()
    found = list_limitation(today, days)
    bills = {
        one.bill_id: get_bill(one.bill_id) for row in found for one in row.bills
    }  # fmt: skip

    def draw(settings: OfficeSettings, chosen: PaperLanguage) -> PrintedPaper:
        lines = []
        for row in found:
            owner = mask_names(row.debtor)
            for one in row.bills:
                bill = bills[one.bill_id]
                lines.append(
                    LimitationLine(
                        house=row.unit,
                        owner=owner,
                        item=bill.item,
                        period=_period(bill.from_on, bill.until_on),
                        due=str(one.due_on),
                        open=money_words(one.open_fen),
                        since=str(one.limitation.since),
                        cause=_cause(one.limitation),
                        last_on=str(one.limitation.last_on),
                        days_left=str(one.limitation.days_left(today)),
                    )
                )
        narrowed = _("As of {day}, within {days} days").format(day=today, days=days)
        paper = LimitationSheet(
            frame=_frame(settings, limitation_title(), narrowed, by, now, 12.0),
            lines=lines,
            total=money_words(sum(row.open_fen for row in found)),
            notes=(
                _("Each bill is counted for itself: three years from its day of payment or from "
                  "the last proved interruption (Civil Code 188, 195; Provisions on Limitation "
                  "8-15). What was only sent, posted or said moves nothing."),
                _("An end on a day off is put off by the law (Civil Code 203); this list names "
                  "the earlier day."),
            ),
        )  # fmt: skip
        return render_limitation(paper, target, language=chosen)

    return draw_paper(target, language, draw)


def print_collection(
    from_on: date,
    until_on: date,
    target: Path,
    *,
    by: Staff,
    now: datetime,
    language: PaperLanguage | None = None,
) -> Printed:
    """Draw the collection rate of a period by building; names nobody."""
    fee_actor(by.id, Right.SEE_FEES)
    found = list_collection(from_on, until_on)

    def draw(settings: OfficeSettings, chosen: PaperLanguage) -> PrintedPaper:
        narrowed = _("Bills due {first} to {last}, as of {day}").format(
            first=from_on, last=until_on, day=local(now).date()
        )
        paper = CollectionSheet(
            frame=_frame(settings, collection_title(), narrowed, by, now, 14.0),
            lines=[_rate_line(one, one.building) for one in found],
            total=_rate_line(sum_collection(found), _("Total")),
            notes=(
                _("Billed: bills that fell due in the period, less what was waived. Collected: "
                  "what was settled of them up to the day of this paper. Rate by amount: "
                  "collected / billed."),
                _("Rate by household: houses that owe nothing of these bills / houses that had "
                  "one. Earlier years: what came in during the period for bills due before {year}."
                  ).format(year=from_on.year),
            ),
        )  # fmt: skip
        return render_collection(paper, target, language=chosen)

    return draw_paper(target, language, draw)


def print_agreement(
    plan_id: int, target: Path, *, by: Staff, now: datetime, language: PaperLanguage | None = None
) -> Printed:
    """Draw the agreement of an instalment plan or promise, to be signed by both sides."""
    fee_actor(by.id, Right.DUN)
    plan = get_plan(plan_id, local(now).date())
    bills = [get_bill(bill_id) for bill_id in plan.bill_ids]
    unit = get_unit(plan.unit_id)
    debtor = plan.promised_by or debtor_names([plan.unit_id]).get(plan.unit_id, "")

    def draw(settings: OfficeSettings, chosen: PaperLanguage) -> PrintedPaper:
        fees = load_fee_settings()
        left = plan.total_fen
        parts = []
        for number, part in enumerate(plan.parts, 1):
            left -= part.amount_fen
            parts.append(
                (str(number), str(part.due_on), money_words(part.amount_fen), money_words(left))
            )
        if fees.account:
            pay = _(
                "Paid to {payee}, {bank}, account {account}, or at the office: {place}."
            ).format(
                payee=fees.bank_payee or fees.payee,
                bank=fees.bank,
                account=fees.account,
                place=fees.pay_place or settings.office_name,
            )
        else:
            pay = _("Paid at the office against a receipt.")
        paper = AgreementSheet(
            frame=_frame(settings, agreement_title(), plan.number, by, now, 18.0, internal=False),
            number=plan.number,
            payee=fees.payee or settings.company or settings.office_name,
            debtor=debtor,
            house=f"{unit.community} {unit.long}",
            agreed_on=plan.promised_on,
            total=money_words(plan.total_fen),
            capitals=in_capitals(plan.total_fen),
            bills=[
                (bill.item, _period(bill.from_on, bill.until_on), str(bill.due_on),
                 money_words(bill.open_fen))
                for bill in bills
            ],
            bills_total=money_words(sum(bill.open_fen for bill in bills)),
            parts=parts,
            pay_words=pay,
        )  # fmt: skip
        return render_agreement(paper, target, language=chosen)

    return draw_paper(target, language, draw)


def ageing_title() -> str:
    """Return the table's name (欠费账龄表)."""
    return _("Arrears by age")


def limitation_title() -> str:
    """Return the list's name (时效清单)."""
    return _("Claims near limitation")


def collection_title() -> str:
    """Return the table's name (收缴率表)."""
    return _("Collection rate")


def agreement_title() -> str:
    """Return the paper's name (分期协议)."""
    return _("Instalment agreement")


# --- filling ---------------------------------------------------------------------------------


def _frame(
    settings: OfficeSettings,
    title: str,
    narrowed: str,
    by: Staff,
    now: datetime,
    margin: float,
    *,
    internal: bool = True,
) -> RegisterFrame:
    return RegisterFrame(
        office_name=settings.office_name,
        office_name_en=settings.office_name_en,
        title=title,
        narrowed=narrowed,
        printed_at=local(now),
        printed_by=by.name,
        margin=margin,
        is_internal=internal,
    )


def _as_of(today: date) -> str:
    return _("As of {day}").format(day=today)


def _fen(fen: int) -> str:
    return money_words(fen) if fen else _NOTHING


def _sum_line(name: str, ages: Ages, kind: RowKind, houses: str) -> AgeingLine:
    return AgeingLine(
        house=name,
        owner=houses,
        not_due=_fen(ages.not_due_fen),
        ages=tuple(map(_fen, ages.by_bucket)),
        total=_fen(ages.total_fen),
        kind=kind,
    )


def _age_line(row: ArrearsRow, phone: str) -> AgeingLine:
    stage: str | LazyText = STAGE_LABELS[row.stage] if row.stage is not None else ""
    last = f"{row.last_on:%m-%d} {stage}" if row.last_on else _NOTHING
    reason = str(ARREARS_REASON_LABELS[row.reason]) if row.reason else ""
    return AgeingLine(
        house=row.unit,
        owner=mask_names(row.debtor) or _NOTHING,
        phone=mask_phone(phone),
        not_due=_fen(row.ages.not_due_fen),
        ages=tuple(map(_fen, row.ages.by_bucket)),
        total=_fen(row.total_fen),
        last=last,
        reason=reason,
        limitation=str(row.limitation.last_on or _("run out")),
    )


def _cause(limitation: Limitation) -> str:
    if limitation.cause is None:
        return _("none: day of payment")
    return f"{_EVENTS[limitation.cause.kind]}, {limitation.cause.weight.article}"


def _period(from_on: date, until_on: date) -> str:
    return f"{from_on} – {until_on}" if from_on != until_on else str(from_on)


def _rate_line(one: Collection, name: str) -> CollectionLine:
    return CollectionLine(
        building=name,
        billed=money_words(one.billed_fen),
        waived=_fen(one.waived_fen),
        collected=money_words(one.collected_fen),
        rate=percent_words(one.rate),
        share=None if one.rate is None else float(one.rate),
        houses=f"{one.units:,}",
        paid_houses=f"{one.paid_units:,}",
        house_rate=percent_words(one.unit_rate),
        earlier=_fen(one.earlier_fen),
    )
