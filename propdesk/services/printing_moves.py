"""Fill and draw the papers of a move: record, settlement, gate pass, the year's reasons (R83, R84).

Phones are masked on all of them (decision 29); a plate is not, because the gate compares it.
"""

from datetime import date, datetime
from pathlib import Path

from propdesk.domain.access import AccessAct
from propdesk.domain.gate_passes import GatePass
from propdesk.domain.leave_reasons import REASON_LABELS
from propdesk.domain.masking import mask_phone
from propdesk.domain.money import in_capitals, money_words
from propdesk.domain.moves import METER_LABELS, MOVE_LABELS, MOVE_RULES, Meter, Move, reason_words
from propdesk.domain.papers import PaperLanguage, PaperSize
from propdesk.domain.persons import ROLE_LABELS
from propdesk.domain.settings import OfficeSettings
from propdesk.domain.settlements import SettlementSums, sum_settlement
from propdesk.domain.shares import share_words
from propdesk.domain.staff import Right, Staff
from propdesk.domain.unit_keys import OUTCOME_LABELS, UnitKey
from propdesk.i18n import _
from propdesk.reports.gate_passes import GatePassSheet, render_gate_pass
from propdesk.reports.move_reasons import MoveReasonsSheet, ReasonBar, render_move_reasons
from propdesk.reports.moves import Balance, MoveSheet, render_move_in, render_move_out
from propdesk.reports.parts.register_frame import RegisterFrame
from propdesk.reports.parts.sheet import PrintedPaper
from propdesk.services.parts.access import note_access
from propdesk.services.parts.actors import actor
from propdesk.services.parts.drawing import draw_paper
from propdesk.services.parts.printed import Printed
from propdesk.services.parts.writing import local, writing
from propdesk.services.queries.gate_passes import get_gate_pass, list_gate_passes
from propdesk.services.queries.moves import (
    get_move,
    get_reason_year,
    list_arrivals,
    list_move_keys,
    list_open_tickets,
)
from propdesk.services.queries.units import get_unit


def print_move(
    move_id: int,
    target: Path,
    *,
    by: Staff,
    now: datetime,
    settlement: bool | None = None,
    language: PaperLanguage | None = None,
) -> Printed:
    """Draw a move's paper into the PDF file `target`: the record, or the settlement.

    `settlement` None takes the one that the kind has; a change of owner has both, and its
    settlement is the first. Raises RuleError for a move that does not exist.
    """
    actor(by.id, Right.TAKE_TICKETS)
    move = get_move(move_id)
    settles = MOVE_RULES[move.kind].settles if settlement is None else settlement

    def draw(settings: OfficeSettings, chosen: PaperLanguage) -> PrintedPaper:
        paper = _move_sheet(move, settings, by=by, now=now, settles=settles)
        render = render_move_out if settles else render_move_in
        return render(paper, target, language=chosen)

    return draw_paper(target, language, draw)


def print_gate_pass(
    pass_id: int,
    target: Path,
    *,
    by: Staff,
    now: datetime,
    size: PaperSize = PaperSize.A5,
    language: PaperLanguage | None = None,
) -> Printed:
    """Draw a pass into the PDF file `target`, on A5 or as two copies on A4."""
    actor(by.id, Right.TAKE_TICKETS)
    gate_pass = get_gate_pass(pass_id)

    def draw(settings: OfficeSettings, chosen: PaperLanguage) -> PrintedPaper:
        paper = _gate_pass_sheet(gate_pass, settings, by=by, now=now)
        return render_gate_pass(paper, target, size=size, language=chosen)

    return draw_paper(target, language, draw)


def print_move_reasons(
    year: int, target: Path, *, by: Staff, now: datetime, language: PaperLanguage | None = None
) -> Printed:
    """Draw why customers left in a year beside the reference split (R84); names nobody."""
    actor(by.id, Right.REPORT)
    found = get_reason_year(year)

    def draw(settings: OfficeSettings, chosen: PaperLanguage) -> PrintedPaper:
        paper = MoveReasonsSheet(
            frame=RegisterFrame(
                office_name=settings.office_name,
                office_name_en=settings.office_name_en,
                title=move_reasons_title(year),
                narrowed=_("{first} to {last}").format(
                    first=date(year, 1, 1), last=date(year, 12, 31)
                ),
                printed_at=local(now),
                printed_by=by.name,
            ),
            year=year,
            bars=[
                ReasonBar(
                    str(REASON_LABELS[row.reason]),
                    row.count,
                    row.share,
                    row.reference,
                    found.before[row.reason],
                )
                for row in found.rows
            ],
            total=found.total,
            total_before=found.total_before,
        )
        return render_move_reasons(paper, target, language=chosen)

    return draw_paper(target, language, draw)


def move_reasons_title(year: int) -> str:
    """Return the name of a year's chart."""
    return _("Why customers left in {year}").format(year=year)


def note_move_print(move_id: int, *, by: int, now: datetime) -> None:
    """Note that a move's paper left the printer: it shows whose house it is."""
    with writing():
        who = actor(by, Right.TAKE_TICKETS)
        move = get_move(move_id)
        note_access(AccessAct.PRINTED, who.id, now, move.unit_id, move.person_id, move.number)


def note_gate_pass_print(pass_id: int, *, by: int, now: datetime) -> None:
    """Note that a pass left the printer."""
    with writing():
        who = actor(by, Right.TAKE_TICKETS)
        gate_pass = get_gate_pass(pass_id)
        note_access(AccessAct.PRINTED, who.id, now, gate_pass.unit_id, what=gate_pass.number)


# -- the sheets


def _move_sheet(
    move: Move, settings: OfficeSettings, *, by: Staff, now: datetime, settles: bool
) -> MoveSheet:
    passes = [one.number for one in list_gate_passes(move_id=move.id) if one.voided_at is None]
    arrivals = [] if settles else list_arrivals(move)
    return MoveSheet(
        office_name=settings.office_name,
        office_name_en=settings.office_name_en,
        office_phone=settings.phone,
        number=move.number,
        house=get_unit(move.unit_id).long,
        kind=str(MOVE_LABELS[move.kind]),
        day=str(move.on_day),
        who=move.name,
        handled_by=move.handled_by,
        printed_at=local(now),
        printed_by=by.name,
        until=_day(move.until_on),
        told=_day(move.told_on),
        reason=reason_words(move),
        new_address=move.new_address,
        new_phone=mask_phone(move.new_phone),
        note=move.note,
        open_reason=move.open_reason,
        void_reason=move.void_reason if move.voided_at else None,
        meters=[(METER_LABELS[meter], move.meters.get(meter, "")) for meter in Meter]
        if MOVE_RULES[move.kind].meters
        else (),
        people=[
            (
                one.name,
                _(", ").join(filter(None, (str(ROLE_LABELS[one.role]), one.relation))),
                share_words(one.share),
                _(", ").join(map(mask_phone, one.phones)),
            )
            for one in arrivals
        ],
        settlement=_settlement(move) if settles else (),
        balance=_balance(move, sum_settlement(move.settlement)) if settles else None,
        keys=[_key(key) for key in list_move_keys(move, leaving=settles)],
        gate_passes=_(", ").join(passes),
        open_tickets=_(", ").join(list_open_tickets(move.unit_id)),
    )


def _settlement(move: Move) -> list[tuple[str, str, str, str, str, str]]:
    sums = sum_settlement(move.settlement)
    lines = [
        (
            line.item,
            _day(line.until),
            money_words(line.due_fen),
            money_words(line.paid_fen),
            money_words(line.difference_fen),
            money_words(line.deposit_fen) if line.deposit_fen else "–",
        )
        for line in move.settlement
    ]
    figures = (sums.due_fen, sums.paid_fen, sums.difference_fen, sums.deposit_fen)
    due, paid, difference, deposit = map(money_words, figures)
    return [*lines, (_("Total"), "", due, paid, difference, deposit)]


def _balance(move: Move, sums: SettlementSums) -> Balance:
    """Return who pays whom: difference less the deposits given back."""
    owed = sums.balance_fen
    if owed > 0:
        label = _("The resident pays (difference - deposits), yuan")
    elif owed < 0:
        label = _("The office gives back (deposits - difference), yuan")
    else:
        label = _("Nothing is open between the two, yuan")
    settled = _("Settled on {day}") if move.settled_on else _("Settled on ________________")
    return Balance(
        label=label,
        amount=money_words(abs(owed)),
        capitals=in_capitals(abs(owed)),
        settled=settled.format(day=move.settled_on),
    )


def _key(key: UnitKey) -> tuple[str, str, str, str, str]:
    became = _("Not returned")
    if key.outcome is not None:
        became = f"{OUTCOME_LABELS[key.outcome]} {key.ended_on}"
    elif key.with_office:
        became = _("Kept by the office")
    back = "–" if key.deposit_back_fen is None else money_words(key.deposit_back_fen)
    return key.words, key.holder, str(key.from_on), became, back


def _gate_pass_sheet(
    gate_pass: GatePass, settings: OfficeSettings, *, by: Staff, now: datetime
) -> GatePassSheet:
    return GatePassSheet(
        office_name=settings.office_name,
        office_name_en=settings.office_name_en,
        office_phone=settings.phone,
        number=gate_pass.number,
        house=get_unit(gate_pass.unit_id).long,
        valid=str(gate_pass.valid_on),
        hours=gate_pass.hours,
        carrier=gate_pass.carrier,
        phone=mask_phone(gate_pass.carrier_phone),
        plate=gate_pass.plate,
        items=gate_pass.items,
        agreed=gate_pass.confirmed_by,
        move=gate_pass.move,
        printed_at=local(now),
        printed_by=by.name,
        is_void=gate_pass.voided_at is not None,
    )


def _day(day: date | None) -> str:
    return str(day) if day else ""
