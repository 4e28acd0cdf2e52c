"""Publications to read, what a new one would say, and which are due (Civil Code 943)."""

import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from propdesk.domain.attachments import Attachment
from propdesk.domain.errors import RuleError
from propdesk.domain.fee_items import Formula
from propdesk.domain.fee_rules import Rule, source_words
from propdesk.domain.money import money_words, price_words
from propdesk.domain.publications import (
    Publication,
    PublicationDraft,
    PublicationDue,
    PublicationKind,
    content_from_json,
    next_period,
    percent_words,
)
from propdesk.i18n import LazyText, _, _lazy, ngettext
from propdesk.services.parts.fee_rules import get_rule, rule_value, rule_word
from propdesk.services.queries.attachments import to_attachment
from propdesk.services.queries.fee_items import list_items
from propdesk.services.queries.tariffs import list_tariffs
from propdesk.storage.attachments import AttachmentRecord
from propdesk.storage.database import rows

Table = tuple[list[tuple[str, float, bool]], Sequence[tuple[str, ...]], tuple[str, ...]]

_UNITS: dict[Formula, LazyText] = {
    Formula.AREA: _lazy("yuan a m² and month"),
    Formula.FIXED: _lazy("yuan a month and piece"),
    Formula.METER: _lazy("yuan a unit of usage"),
    Formula.SHARED: _lazy("shared as it was spent"),
    Formula.ONE_OFF: _lazy("yuan each time"),
}
_PERIODS = {
    PublicationKind.FEE_ITEMS: Rule.PUBLISH_FEES_MONTHS,
    PublicationKind.ACCOUNTS: Rule.PUBLISH_FEES_MONTHS,
    PublicationKind.PUBLIC_INCOME: Rule.PUBLISH_INCOME_MONTHS,
}
_PUBLICATIONS = (
    "SELECT p.id, p.number, p.kind, p.title, p.from_on, p.until_on, p.content, p.place, "
    "p.written_at, s.name, p.posted_on, p.taken_down_on, p.pdf_sha256, "
    "(SELECT count(*) FROM attachment a WHERE a.publication_id = p.id AND a.removed_at IS NULL), "
    "p.voided_at, p.version FROM publication p JOIN staff s ON s.id = p.staff_id WHERE "
)


def list_publications(
    kind: PublicationKind | None = None, *, limit: int = 200
) -> list[Publication]:
    """Return publications, the latest first, void ones included."""
    found = rows(
        f"{_PUBLICATIONS}? IN ('', p.kind) ORDER BY p.id DESC LIMIT ?",
        kind.value if kind else "",
        limit,
    )
    return [_publication(row) for row in found]


def find_publication(number: str) -> Publication:
    """Return the publication of a number, or refuse."""
    found = rows(f"{_PUBLICATIONS}p.number = ?", number.strip().upper())
    if not found:
        raise RuleError(
            "publication-unknown",
            _("There is no publication {number}.").format(number=number.strip()[:40]),
        )
    return _publication(found[0])


def list_due_publications(today: date) -> list[PublicationDue]:
    """Return what the rules want published now: by kind, the last whole period not published."""
    found = []
    for kind, rule in _PERIODS.items():
        row = get_rule(rule, today)
        last = rows(
            "SELECT max(until_on) FROM publication WHERE kind = ? AND voided_at IS NULL "
            "AND posted_on IS NOT NULL",
            kind.value,
        )[0][0]
        until = date.fromisoformat(last) if last else None
        first, end = next_period(until, row.number, today)
        if end < today:
            due_on = date.fromordinal(end.toordinal() + 1)
            found.append(PublicationDue(kind, first, end, due_on, source_words(row)))
    return found


def may_list_arrears(today: date) -> bool:
    """Tell whether the rules of the place name lists of arrears at all (law.md 1.2)."""
    return rule_word(Rule.PUBLIC_LIST, today) == "named"


def propose_period(kind: PublicationKind, today: date) -> tuple[date, date]:
    """Return the period that a new publication is about: the one due, else the last whole one."""
    if kind in (PublicationKind.FEE_ITEMS, PublicationKind.ARREARS):
        return today, today  # prices and arrears are those of a day
    for due in list_due_publications(today):
        if due.kind is kind:
            return due.from_on, due.until_on
    return next_period(None, rule_value(_PERIODS[kind], today), today)


def list_photos(publication_id: int) -> tuple[Attachment, ...]:
    """Return the photos of a publication where it hangs."""
    found = AttachmentRecord.select().where(
        AttachmentRecord.publication == publication_id, AttachmentRecord.removed_at.is_null()
    )
    return tuple(map(to_attachment, found.order_by(AttachmentRecord.id)))


def published_table(draft: PublicationDraft) -> Table:
    """Return heads, rows and total of what would be published."""
    match draft.kind:
        case PublicationKind.FEE_ITEMS:
            return _fee_items(draft.until_on)
        case PublicationKind.ACCOUNTS:
            return _accounts(draft.from_on, draft.until_on)
        case PublicationKind.PUBLIC_INCOME:
            return _public_income(draft.from_on, draft.until_on)
        case PublicationKind.ARREARS:
            return _arrears(draft)


def published_notes(draft: PublicationDraft, phone: str, bank: str) -> list[str]:
    """Return the sentences below the table: objections, where to pay, what was left out."""
    days = rule_value(Rule.OBJECTION_DAYS, draft.until_on)
    words = ngettext("{count} day", "{count} days", days).format(count=days)
    notes = [_("Published under Civil Code 943.")]
    if draft.kind is PublicationKind.FEE_ITEMS:
        notes.append(_("Nothing is charged that does not stand here."))
        if bank:
            notes.append(_("Pay to this account only: {bank}").format(bank=bank))
    if draft.kind is PublicationKind.ACCOUNTS:
        notes.append(
            _("Charged is what fell due in the period; collected is what came in for any period.")
        )
    if draft.kind is PublicationKind.PUBLIC_INCOME:
        notes.append(
            _(
                "Income of common parts belongs to the owners after reasonable cost (Civil Code "
                "282)."
            )
        )
    if draft.kind is PublicationKind.ARREARS:
        notes.append(_("House numbers only; who has paid meanwhile is asked to tell us."))
    question = _("Questions and objections: {phone}. We answer within {days}.")
    notes.append(question.format(phone=phone or _("at the service centre"), days=words))
    return notes


# -- the tables


def _fee_items(day: date) -> Table:
    heads = [
        (_("Item"), 36.0, False), (_("Price"), 24.0, True), (_("Unit"), 36.0, False),
        (_("For"), 30.0, False), (_("Rests on"), 0.0, False),
    ]  # fmt: skip
    found = []
    for item in list_items(active_only=True):
        tariffs = list_tariffs(item.id, on=day)
        for tariff in sorted(tariffs, key=lambda one: (one.place, one.id)):
            price = price_words(tariff.price_e4)
            if tariff.tiers or item.formula is Formula.SHARED:
                price = _("by its table")
            basis = [tariff.basis, tariff.basis_note]
            if tariff.cap_e4 is not None:
                basis.append(
                    _("guidance price at most {price} {source}").format(
                        price=price_words(tariff.cap_e4), source=tariff.cap_source
                    )
                )
            found.append((
                item.name, price, str(_UNITS[item.formula]), tariff.place or _("all houses"),
                "\n".join(filter(None, basis)),
            ))  # fmt: skip
    return heads, found, ()


# What came in for a bill in the period: payments less what went back, and what was taken from the
# prepaid account; what was waived came in from nobody.
_COLLECTED = (
    "SELECT b.fee_item_id, -sum(l.amount_fen) FROM ledger_line l JOIN bill b ON b.id = l.bill_id "
    "WHERE l.account = 'bill' AND l.on_day BETWEEN ? AND ? AND l.act NOT IN "
    "('waiver', 'waiver-undo', 'opening', 'opening-undo') GROUP BY b.fee_item_id"
)
_CHARGED = (
    "SELECT i.id, i.name, i.income, coalesce(sum(b.amount_fen), 0), "
    "coalesce(sum(b.settled_fen), 0) FROM fee_item i LEFT JOIN bill b ON b.fee_item_id = i.id "
    "AND b.due_on BETWEEN ? AND ? AND b.voided_at IS NULL GROUP BY i.id ORDER BY i.position, i.id"
)


def _accounts(first: date, last: date) -> Table:
    collected = dict(rows(_COLLECTED, first.isoformat(), last.isoformat()))
    heads = [
        (_("Item"), 0.0, False), (_("Charged, yuan"), 34.0, True),
        (_("Of it paid, yuan"), 34.0, True), (_("Rate"), 20.0, True),
        (_("Collected in the period, yuan"), 36.0, True),
    ]  # fmt: skip
    found, sums = [], [0, 0, 0]
    for item_id, name, _income, charged, paid in rows(
        _CHARGED, first.isoformat(), last.isoformat()
    ):
        came = collected.get(item_id, 0)
        if not (charged or came):
            continue
        found.append((name, money_words(charged), money_words(paid), percent_words(paid, charged),
                      money_words(came)))  # fmt: skip
        sums = [sums[0] + charged, sums[1] + paid, sums[2] + came]
    total = (_("Total"), money_words(sums[0]), money_words(sums[1]),
             percent_words(sums[1], sums[0]), money_words(sums[2]))  # fmt: skip
    return heads, found, total if found else ()


def _public_income(first: date, last: date) -> Table:
    collected = dict(rows(_COLLECTED, first.isoformat(), last.isoformat()))
    heads = [(_("Item"), 0.0, False), (_("Collected, yuan"), 50.0, True)]
    items = rows("SELECT id, name FROM fee_item WHERE income = 'public' ORDER BY position, id")
    found = [(name, money_words(collected.get(id_, 0))) for id_, name in items]
    total = sum(collected.get(id_, 0) for id_, _name in items)
    return heads, found, (_("Total"), money_words(total)) if found else ()


def _arrears(draft: PublicationDraft) -> Table:
    heads = [(_("House"), 0.0, False)]
    if draft.with_months:
        heads.append((_("Months owed"), 40.0, True))
    if draft.with_amounts:
        heads.append((_("Owed, yuan"), 50.0, True))
    owed = rows(
        "SELECT u.short, count(DISTINCT substr(b.from_on, 1, 7)), "
        "sum(b.amount_fen - b.settled_fen) FROM bill b JOIN unit u ON u.id = b.unit_id "
        "WHERE b.settled_fen < b.amount_fen AND b.voided_at IS NULL AND b.due_on < ? "
        "AND NOT EXISTS (SELECT 1 FROM ticket t WHERE t.unit_id = u.id AND t.kind = 'complaint' "
        "AND t.is_open = 1) GROUP BY u.id ORDER BY u.short",
        draft.until_on.isoformat(),
    )
    found = []
    for short, months, fen in owed:
        cells = [short]
        if draft.with_months:
            cells.append(str(months))
        if draft.with_amounts:
            cells.append(money_words(fen))
        found.append(tuple(cells))
    return heads, found, ()


def _publication(row: tuple[Any, ...]) -> Publication:
    return Publication(
        id=row[0],
        number=row[1],
        kind=PublicationKind(row[2]),
        title=row[3],
        from_on=_day(row[4]),
        until_on=_day(row[5]),
        content=content_from_json(json.loads(row[6])),
        place=row[7],
        written_at=datetime.fromisoformat(row[8]),
        by=row[9],
        posted_on=_day(row[10]),
        taken_down_on=_day(row[11]),
        pdf_sha256=row[12],
        photos=row[13],
        voided_at=datetime.fromisoformat(row[14]) if row[14] else None,
        version=row[15],
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
