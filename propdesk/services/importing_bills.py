"""Take in what houses owed before the office used this program: preview first, then all or nothing.

The same file twice adds nothing: a bill is known by its number in the other program, else by house,
item, days and due day. What a run has billed, or another file has brought in, is not taken again.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from propdesk.domain.bills import BillKind
from propdesk.domain.cells import CellError
from propdesk.domain.imported_bills import ImportedBill, read_bill
from propdesk.domain.imported_names import name_key
from propdesk.domain.imported_places import PlaceReader
from propdesk.domain.imports import ImportPreview, Outcome, RowOutcome
from propdesk.domain.money import money_words
from propdesk.domain.texts import elide, fold
from propdesk.i18n import _, run_on
from propdesk.services.parts.billing import NewBill
from propdesk.services.parts.bulk import Report
from propdesk.services.parts.import_frame import Frame, Writing, rejected_row
from propdesk.services.parts.import_runs import Source, make_preview
from propdesk.services.parts.opening_bills import write_opening_bills
from propdesk.storage.database import rows

_SHOWN = 60
_SAID = ("building", "entrance", "room", "unit", "item", "period")

Planned = tuple[NewBill, int]
"""A bill to write, and what of it was paid already."""


@dataclass(slots=True)
class _Books:
    """What the office knows already: houses, items, who lived there, bills by their key."""

    units: dict[str, dict[str, int]] = field(default_factory=dict)
    items: dict[str, int] = field(default_factory=dict)
    people: dict[int, dict[str, int]] = field(default_factory=dict)
    owners: dict[int, list[tuple[int, str, str]]] = field(default_factory=dict)
    bills: dict[str, int] = field(default_factory=dict)
    charged: dict[tuple[int, int], list[tuple[str, str]]] = field(default_factory=dict)


def _plan(
    source: Source, home: str, _now: datetime, step: Report
) -> tuple[ImportPreview, list[Planned]]:
    books = _load_books()
    columns, table = source.columns, source.table
    places = PlaceReader(columns, (row.values for row in table.rows))
    outcomes: list[RowOutcome] = []
    bills: list[Planned] = []
    for index, row in enumerate(table.rows):
        if index % 200 == 0:
            step(index, len(table.rows))
        try:
            said = read_bill(columns, row.values, places)
            bill, doubts = _bill(said, home, books)
        except CellError as error:
            outcomes.append(rejected_row(columns, row, str(error), _SAID))
            continue
        what = elide(f"{said.address.short} {said.item} {said.from_on}", _SHOWN)
        outcome = Outcome.UNCHANGED if bill is None else Outcome.ADDED
        outcomes.append(
            RowOutcome(row.line, outcome, what, row.values, needs_person=run_on(*doubts))
        )
        if bill is not None:
            bills.append((bill, said.paid_fen))
    step(1, 1)
    return make_preview(source, outcomes, {}), bills


def _write(bills: Sequence[Planned], to: Writing) -> None:
    write_opening_bills(bills, to.import_id, staff_id=to.by, now=to.now, course=to.course)


def _bill(said: ImportedBill, community: str, books: _Books) -> tuple[NewBill | None, list[str]]:
    """Return the bill of a row, None where it stands already, and what is doubtful about it."""
    unit_id = _unit(said, community, books)
    item_id = books.items.get(fold(said.item))
    if item_id is None:
        raise CellError(
            _("There is no fee item «{item}»; add it first, or write one that is there.").format(
                item=elide(said.item, 40)
            )
        )
    key = said.external or f"{unit_id}|{item_id}|{said.from_on}|{said.until_on}|{said.due_on}"
    standing = books.bills.get(key)
    if standing == said.amount_fen:
        return None, []
    if standing is not None:
        raise CellError(
            _("This bill is here already with {amount} yuan; void it first.").format(
                amount=money_words(standing)
            )
        )
    days = said.from_on.isoformat(), said.until_on.isoformat()
    for first, last in books.charged.get((unit_id, item_id), ()):
        if first <= days[1] and days[0] <= last:
            raise CellError(
                _("{first} to {last} is billed already; undo that run or void that bill.").format(
                    first=first, last=last
                )
            )
    books.bills[key] = said.amount_fen
    person_id, doubts = _debtor(said, unit_id, books)
    bill = NewBill(
        unit_id=unit_id,
        fee_item_id=item_id,
        kind=BillKind.OPENING,
        from_on=said.from_on,
        until_on=said.until_on,
        due_on=said.due_on,
        amount_fen=said.amount_fen,
        person_id=person_id,
        external=key,
        note=said.note,
    )
    return bill, doubts


def _unit(said: ImportedBill, community: str, books: _Books) -> int:
    there = books.units.get(said.address.short.upper(), {})
    wanted = said.community or community
    found = {name: one for name, one in there.items() if not wanted or name == wanted}
    if not found:
        raise CellError(
            _("There is no house {house} in the register; import the houses first.").format(
                house=said.address.short
            )
        )
    if len(found) > 1:
        raise CellError(
            _("There are several communities ({names}); say which one it is.").format(
                names=", ".join(found)
            )
        )
    return next(iter(found.values()))


def _debtor(said: ImportedBill, unit_id: int, books: _Books) -> tuple[int | None, list[str]]:
    """Return who owes: who is named, else the owner of the first day; a stranger is doubted."""
    day = said.from_on.isoformat()
    owner = next(
        (
            person
            for person, from_on, to_on in books.owners.get(unit_id, ())
            if from_on <= day and (not to_on or to_on > day)
        ),
        None,
    )
    if not said.debtor:
        return owner, []
    named = books.people.get(unit_id, {}).get(name_key(said.debtor))
    if named is not None:
        return named, []
    sentence = _("{name} is nobody of this house; the bill names its owner of that time.")
    return owner, [sentence.format(name=elide(said.debtor, 40))]


def _load_books() -> _Books:
    books = _Books()
    for unit_id, short, name in rows(
        "SELECT u.id, u.short, c.name FROM unit u JOIN entrance e ON e.id = u.entrance_id "
        "JOIN building b ON b.id = e.building_id JOIN community c ON c.id = b.community_id"
    ):
        books.units.setdefault(short.upper(), {})[name] = unit_id
    for item_id, code, name in rows("SELECT id, code, name FROM fee_item ORDER BY id DESC"):
        books.items |= {fold(code): item_id, fold(name): item_id}
    for unit_id, person_id, name, role, from_on, to_on in rows(
        "SELECT r.unit_id, p.id, p.name, r.role, coalesce(r.from_on, ''), coalesce(r.to_on, '') "
        "FROM residency r JOIN person p ON p.id = r.person_id ORDER BY r.id"
    ):
        books.people.setdefault(unit_id, {}).setdefault(name_key(name), person_id)
        if role == "owner":
            books.owners.setdefault(unit_id, []).append((person_id, from_on, to_on))
    for external, amount in rows(
        "SELECT external, amount_fen FROM bill WHERE external <> '' AND voided_at IS NULL"
    ):
        books.bills[external] = amount
    books.charged = _charged()
    return books


def _charged() -> dict[tuple[int, int], list[tuple[str, str]]]:
    """Return the days that runs have billed, by house and item."""
    found: dict[tuple[int, int], list[tuple[str, str]]] = {}
    for unit_id, item_id, first, last in rows(
        "SELECT unit_id, fee_item_id, from_on, until_on FROM bill "
        "WHERE kind = ? AND voided_at IS NULL",
        BillKind.CHARGE.value,
    ):
        found.setdefault((unit_id, item_id), []).append((first, last))
    return found


BILLS = Frame(_plan, _write)
