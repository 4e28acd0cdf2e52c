"""Take in a price list of fees: preview first, then all rows that can be stored, or nothing.

A price that follows an open one closes it; every other overlap is rejected with both named. The
same file twice adds nothing.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from propdesk.domain.cells import CellError
from propdesk.domain.errors import RuleError
from propdesk.domain.fee_items import FeeItem
from propdesk.domain.fee_periods import day_before
from propdesk.domain.imported_tariffs import ImportedTariff, read_tariff
from propdesk.domain.imports import ImportPreview, Outcome, RowOutcome
from propdesk.domain.money import price_words
from propdesk.domain.tariff_drafts import (
    TariffDraft,
    check_tariff,
    clashing,
    clean_tariff,
    closes,
    doubts,
    overlap,
)
from propdesk.domain.tariffs import Tariff
from propdesk.domain.texts import elide, fold
from propdesk.i18n import _, run_on
from propdesk.services.parts.bulk import Report
from propdesk.services.parts.fee_tables import load_tariffs
from propdesk.services.parts.import_frame import Frame, Writing, rejected_row
from propdesk.services.parts.import_runs import Source, make_preview
from propdesk.services.parts.new_tariffs import place_name, store_tariff
from propdesk.services.parts.price_rules import price_rules
from propdesk.services.queries.fee_bases import list_bases
from propdesk.services.queries.fee_items import find_item
from propdesk.services.queries.places import find_place

_SHOWN = 60
_SAID = ("item", "price", "from_on", "community", "building")

Planned = tuple[TariffDraft, FeeItem]


def _plan(
    source: Source, _home: str, _now: datetime, step: Report
) -> tuple[ImportPreview, list[Planned]]:
    """Return what comes of each row; prices of one place follow each other by their days."""
    columns = source.columns
    outcomes: list[RowOutcome] = []
    planned: list[Planned] = []
    said: list[tuple[ImportedTariff, int]] = []
    rows = source.table.rows
    for place, row in enumerate(rows):
        try:
            said.append((read_tariff(columns, row.values), place))
        except CellError as error:
            outcomes.append(rejected_row(columns, row, str(error), _SAID))
    known = list(load_tariffs())
    for one, place in sorted(said, key=lambda pair: (pair[0].from_on, pair[1])):
        row = rows[place]
        what = elide(f"{one.item} {price_words(one.price_e4)} {one.from_on}", _SHOWN)
        try:
            new, remarks = _one(one, known)
        except RuleError as error:
            outcomes.append(RowOutcome(row.line, Outcome.REJECTED, what, row.values, str(error)))
            continue
        outcome = Outcome.ADDED if new else Outcome.UNCHANGED
        outcomes.append(
            RowOutcome(row.line, outcome, what, row.values, needs_person=run_on(*remarks))
        )
        if new:
            planned.append(new)
    step(1, 1)
    return make_preview(source, sorted(outcomes, key=lambda one: one.line), {}), planned


def _one(said: ImportedTariff, known: list[Tariff]) -> tuple[Planned | None, Sequence[str]]:
    """Return the price of a row, None where it stands already; `known` gets what is planned."""
    item = find_item(said.item)
    community_id, building_id = find_place(said.community, said.building)
    draft = clean_tariff(
        TariffDraft(
            fee_item_id=item.id,
            price_e4=said.price_e4,
            from_on=said.from_on,
            until_on=said.until_on,
            community_id=community_id,
            building_id=building_id,
            basis_id=_basis(said.basis),
            basis_note=said.clause,
            cap_e4=said.cap_e4,
            cap_source=said.cap_source,
            vacancy_percent=said.vacancy_percent,
            note=said.note,
            closes_open=True,
        )
    )
    problems = check_tariff(draft, item)
    if problems:
        raise RuleError("draft-incomplete", " ".join(problem.text for problem in problems))
    found = clashing(draft, known)
    if any(_is_same(draft, other) for other in found):
        return None, ()
    if len(found) == 1 and closes(draft, found[0]):
        known[known.index(found[0])] = replace(found[0], until_on=day_before(draft.from_on))
    elif found:
        raise overlap(draft, found[0], item.name, place_name(found[0]))
    known.append(
        Tariff(
            0,
            item.id,
            draft.from_on,
            draft.until_on,
            community_id,
            building_id,
            draft.price_e4,
            place=f"{said.community} {said.building}".strip(),
        )
    )
    return (draft, item), doubts(draft, item, price_rules(draft.from_on))


def _is_same(draft: TariffDraft, other: Tariff) -> bool:
    """Tell whether a price stands already; one that was open may have been closed since."""
    return (other.from_on, other.price_e4) == (draft.from_on, draft.price_e4) and (
        draft.until_on in (None, other.until_on)
    )


def _basis(text: str) -> int | None:
    """Return the contract or approval that a row names, or refuse one that nobody entered."""
    if not text:
        return None
    wanted = fold(text)
    for basis in list_bases():
        if wanted in (fold(basis.name), fold(basis.number), fold(basis.label)):
            return basis.id
    raise RuleError(
        "basis-not-found",
        _("There is no contract or approval «{name}»; enter it first.").format(
            name=elide(text, 40)
        ),
    )


def _write(planned: Sequence[Planned], to: Writing) -> None:
    for draft, item in planned:
        store_tariff(draft, item, by=to.by, now=to.now, import_id=to.import_id)


TARIFFS = Frame(_plan, _write)
