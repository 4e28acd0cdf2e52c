"""What is kept of one person about fees: bills, receipts, deposits, letters and promises."""

from collections.abc import Mapping

from propdesk.domain.bills import BILL_KIND_LABELS
from propdesk.domain.dunning import (
    LETTER_STATE_LABELS,
    RELATION_LABELS,
    RESULT_LABELS,
    STAGE_LABELS,
    WAY_LABELS,
    Stage,
)
from propdesk.domain.money import money_words
from propdesk.domain.person_data import DataEntry, joined
from propdesk.domain.till import DEPOSIT_LABELS, PAYMENT_LABELS
from propdesk.i18n import _
from propdesk.services.queries.person_records import Asked, Reader, label_of, time_words
from propdesk.storage.database import rows


def _bills(asked: Asked) -> list[DataEntry]:
    found = rows(
        "SELECT b.due_on, u.short, b.kind, i.name, b.from_on, b.until_on, b.amount_fen, "
        "b.settled_fen, b.note, b.voided_at, b.void_reason FROM bill b "
        "JOIN unit u ON u.id = b.unit_id JOIN fee_item i ON i.id = b.fee_item_id "
        f"WHERE b.person_id IN ({asked.marks}) OR b.payer_id IN ({asked.marks}) "
        "ORDER BY b.due_on, b.id",
        *asked.ids, *asked.ids,
    )  # fmt: skip
    return [
        DataEntry(
            due_on,
            unit,
            joined(
                label_of(BILL_KIND_LABELS, kind),
                item,
                f"{from_on} – {until_on}",
                money_words(amount),
                _("settled {amount}").format(amount=money_words(settled)) if settled else "",
                note,
                _("void") if voided_at else "",
                void_reason,
            ),
        )
        for (due_on, unit, kind, item, from_on, until_on, amount, settled, note, voided_at,
             void_reason) in found
    ]  # fmt: skip


def _payments(asked: Asked) -> list[DataEntry]:
    receipts = rows(
        "SELECT p.at, u.short, p.number, p.kind, p.total_fen, p.payer, p.note, p.void_reason "
        f"FROM payment p JOIN unit u ON u.id = p.unit_id WHERE p.person_id IN ({asked.marks}) "
        "ORDER BY p.at, p.id",
        *asked.ids,
    )
    deposits = rows(
        "SELECT d.taken_on, u.short, d.kind, d.label, d.note, "
        "-(SELECT coalesce(sum(amount_fen), 0) FROM ledger_line WHERE deposit_id = d.id) "
        f"FROM deposit d JOIN unit u ON u.id = d.unit_id WHERE d.person_id IN ({asked.marks}) "
        "ORDER BY d.taken_on, d.id",
        *asked.ids,
    )
    return [
        DataEntry(
            time_words(at),
            unit,
            joined(
                label_of(PAYMENT_LABELS, kind), number, money_words(total), payer, note, void_reason
            ),
        )
        for at, unit, number, kind, total, payer, note, void_reason in receipts
    ] + [
        DataEntry(
            taken_on,
            unit,
            joined(label_of(DEPOSIT_LABELS, kind), label, money_words(balance), note),
        )
        for taken_on, unit, kind, label, note, balance in deposits
    ]


def _dunning(asked: Asked) -> list[DataEntry]:
    letters = rows(
        "SELECT l.dated_on, u.short, l.number, l.stage, l.state, l.total_fen, l.note "
        "FROM fee_letter l JOIN unit u ON u.id = l.unit_id "
        f"WHERE l.person_id IN ({asked.marks}) OR l.payer_id IN ({asked.marks}) "
        "ORDER BY l.dated_on, l.id",
        *asked.ids, *asked.ids,
    )  # fmt: skip
    acts = rows(
        "SELECT a.at, u.short, a.way, a.result, a.receiver, a.relation, a.address, a.note "
        "FROM dunning_act a JOIN unit u ON u.id = a.unit_id "
        "LEFT JOIN fee_letter l ON l.id = a.letter_id "
        f"WHERE l.person_id IN ({asked.marks}) OR l.payer_id IN ({asked.marks}) "
        f"OR a.receiver IN ({', '.join('?' * len(asked.words)) or 'NULL'}) ORDER BY a.at, a.id",
        *asked.ids, *asked.ids, *asked.words,
    )  # fmt: skip
    said = [
        DataEntry(
            dated_on,
            unit,
            joined(
                STAGE_LABELS[Stage(stage)],
                number,
                label_of(LETTER_STATE_LABELS, state),
                money_words(total),
                note,
            ),
        )
        for dated_on, unit, number, stage, state, total, note in letters
    ]
    return said + [
        DataEntry(
            time_words(at),
            unit,
            joined(
                label_of(WAY_LABELS, way),
                label_of(RESULT_LABELS, result),
                receiver,
                label_of(RELATION_LABELS, relation) if relation else "",
                address,
                note,
            ),
        )
        for at, unit, way, result, receiver, relation, address, note in acts
    ]


FEE_READERS: Mapping[str, Reader] = {"bills": _bills, "payments": _payments, "dunning": _dunning}
