"""Fill and draw the delivery register and the record of a visit (forms.md 5.2)."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from propdesk.domain.access import AccessAct
from propdesk.domain.dunning import RELATION_LABELS, RESULT_LABELS, STAGE_LABELS, WAY_LABELS
from propdesk.domain.dunning_acts import DunningAct
from propdesk.domain.errors import RuleError
from propdesk.domain.house_papers import HousePaper
from propdesk.domain.masking import mask_name, mask_names
from propdesk.domain.money import money_words
from propdesk.domain.papers import PaperLanguage
from propdesk.domain.settings import OfficeSettings
from propdesk.domain.staff import Right, Staff
from propdesk.i18n import _
from propdesk.reports.dunning_acts import (
    DeliveryRow,
    DeliverySheet,
    VisitHouse,
    VisitSheet,
    render_delivery_register,
    render_visit_record,
)
from propdesk.reports.parts.register_frame import RegisterFrame
from propdesk.reports.parts.sheet import PrintedPaper
from propdesk.services.parts.access import note_access
from propdesk.services.parts.debtors import debtor_names
from propdesk.services.parts.drawing import draw_paper
from propdesk.services.parts.fee_access import fee_actor
from propdesk.services.parts.printed import Printed
from propdesk.services.parts.writing import local, writing
from propdesk.services.queries.bills import list_bills
from propdesk.services.queries.dunning_acts import list_period_acts
from propdesk.services.queries.payment_plans import list_plans
from propdesk.services.queries.units import get_unit


def print_delivery_register(
    first: date,
    last: date,
    target: Path,
    *,
    by: Staff,
    now: datetime,
    community: str = "",
    language: PaperLanguage | None = None,
) -> Printed:
    """Draw the acts of a period, both days included, into the PDF file `target`.

    Names are masked: the register hangs at the desk. Raises RuleError for a period that ends before
    it begins.
    """
    fee_actor(by.id, Right.DUN)
    if last < first:
        raise RuleError("period-reversed", _("The period ends before it begins; swap the days."))
    acts = list_period_acts(first, last, community=community)
    names = debtor_names({act.unit_id for act in acts})

    def draw(settings: OfficeSettings, chosen: PaperLanguage) -> PrintedPaper:
        period = _("{first} to {last}").format(first=first, last=last)
        frame = _frame(settings, _("Delivery register"), period, by, now)
        rows = [_row(act, names.get(act.unit_id, ""), now.date()) for act in acts]
        return render_delivery_register(DeliverySheet(frame, rows), target, language=chosen)

    return draw_paper(target, language, draw)


def print_visit_record(
    unit_ids: Sequence[int],
    target: Path,
    *,
    by: Staff,
    now: datetime,
    language: PaperLanguage | None = None,
) -> Printed:
    """Draw a record for each house to be visited, or one without a house, into `target`."""
    fee_actor(by.id, Right.DUN)
    names = debtor_names(unit_ids)
    houses = [_house(unit_id, names.get(unit_id, ""), now.date()) for unit_id in unit_ids]

    def draw(settings: OfficeSettings, chosen: PaperLanguage) -> PrintedPaper:
        frame = _frame(settings, _("Record of a visit about arrears"), "", by, now)
        return render_visit_record(
            VisitSheet(frame, houses or [VisitHouse()]), target, language=chosen
        )

    return draw_paper(target, language, draw)


def note_visit_print(unit_ids: Sequence[int], *, by: int, now: datetime) -> None:
    """Note that records left the printer: they say who owes what."""
    with writing():
        staff = fee_actor(by, Right.DUN)
        for unit_id in unit_ids:
            note_access(
                AccessAct.PRINTED, staff.id, now, unit_id, what=HousePaper.VISIT_RECORD.value
            )


def _frame(
    settings: OfficeSettings, title: str, narrowed: str, by: Staff, now: datetime
) -> RegisterFrame:
    return RegisterFrame(
        office_name=settings.office_name,
        office_name_en=settings.office_name_en,
        title=title,
        narrowed=narrowed,
        printed_at=local(now),
        printed_by=by.name,
        margin=14.0,
    )


def _row(act: DunningAct, debtor: str, today: date) -> DeliveryRow:
    relation = str(RELATION_LABELS[act.relation]) if act.relation else ""
    receiver = [mask_name(act.receiver) if act.receiver else "", relation]
    by = [act.done_by, act.witness]
    proof = [act.express_number, f"A-{act.id}" if act.proofs else ""]
    return DeliveryRow(
        at=f"{act.at:%Y-%m-%d %H:%M}",
        house=act.unit,
        debtor=mask_names(debtor),
        amount=money_words(act.open_fen),
        paper="\n".join(filter(None, (str(STAGE_LABELS[act.stage]), act.letter))),
        way=str(WAY_LABELS[act.way]),
        result=str(RESULT_LABELS[act.result]),
        receiver="\n".join(filter(None, receiver)),
        by=_(", ").join(filter(None, by)),
        promised=_promised(act, today),
        proof="\n".join(filter(None, proof)),
    )


def _promised(act: DunningAct, today: date) -> str:
    """Return the day promised on that visit or call, if one was."""
    plans = [plan for plan in list_plans(act.unit_id, today) if plan.promised_on == act.at.date()]
    return str(plans[0].parts[0].due_on) if plans and plans[0].parts else ""


def _house(unit_id: int, debtor: str, today: date) -> VisitHouse:
    due = [bill for bill in list_bills(unit_id, open_only=True) if bill.due_on <= today]
    return VisitHouse(
        house=get_unit(unit_id).long,
        debtor=debtor,
        amount=money_words(sum(bill.open_fen for bill in due)),
        since=str(min(bill.due_on for bill in due)) if due else "",
    )
