"""Take in a ledger of equipment: preview first, then all rows that can be stored, or nothing.

A building that nobody knows sends its row back; a company that nobody knows is made along with its
things. The same thing again, by its number or else by serial number or place, adds nothing.
"""

from dataclasses import dataclass, field, replace
from datetime import date, datetime

from propdesk.domain.assets import Asset, AssetDraft
from propdesk.domain.cells import CellError
from propdesk.domain.errors import DraftError, RuleError
from propdesk.domain.imported_assets import ImportedAsset, read_asset
from propdesk.domain.imports import ImportPreview, Outcome, RowOutcome
from propdesk.domain.texts import elide, fold
from propdesk.i18n import _, run_on
from propdesk.services.parts.asset_rows import check_asset_draft, checked_asset, store_asset
from propdesk.services.parts.bulk import Report
from propdesk.services.parts.import_frame import Frame, Writing, rejected_row
from propdesk.services.parts.import_runs import Source, make_preview
from propdesk.services.parts.writing import local
from propdesk.services.queries.assets import list_assets
from propdesk.services.queries.places import find_place
from propdesk.services.queries.vendors import list_vendors
from propdesk.storage.assets import VendorRecord

_SAID = ("code", "name", "building", "place")
_SHOWN = 60


@dataclass(slots=True)
class _Planned:
    """The things that are new, each with the name of its company; and the companies that are."""

    things: list[tuple[AssetDraft, str]] = field(default_factory=list)
    vendors: list[str] = field(default_factory=list)


class _Known:
    """What the ledger holds, found again without asking the file."""

    def __init__(self) -> None:
        self._codes: dict[str, AssetDraft] = {}
        self._same: set[tuple[str, ...]] = set()
        for one in list_assets(with_scrapped=True):
            self.add(one)
        self.vendors = {fold(one.draft.name): one.id for one in list_vendors(with_ended=True)}

    def add(self, one: Asset | AssetDraft) -> None:
        """Keep a thing in mind."""
        draft = one.draft if isinstance(one, Asset) else one
        if draft.code:
            self._codes[fold(draft.code).upper()] = draft
        self._same.update(_marks(draft))

    def has(self, draft: AssetDraft) -> bool:
        """Tell whether a row says a thing that is there; raises CellError for a taken number."""
        if not draft.code:
            return not self._same.isdisjoint(_marks(draft))
        other = self._codes.get(fold(draft.code).upper())
        if other is not None and fold(other.name) != fold(draft.name):
            sentence = _("{code} is the number of «{name}» already.")
            raise CellError(sentence.format(code=draft.code, name=other.name))
        return other is not None


def _marks(draft: AssetDraft) -> tuple[tuple[str, ...], ...]:
    """Return by what a thing without a number is the same: its serial number, else its place."""
    place = (fold(draft.name), str(draft.building_id or ""), fold(draft.place))
    if draft.serial:
        return (("serial", draft.kind.value, fold(draft.serial).upper()),)
    return (("place", *place),)


def _plan(source: Source, home: str, now: datetime, step: Report) -> tuple[ImportPreview, _Planned]:
    columns, today = source.columns, local(now).date()
    known, planned = _Known(), _Planned()
    outcomes: list[RowOutcome] = []
    table = source.table.rows
    for index, row in enumerate(table):
        if index % 100 == 0:
            step(index, len(table))
        try:
            said = read_asset(columns, row.values)
            draft = _placed(said, home, today)
            is_known = known.has(draft)
        except DraftError as refusal:
            reason = run_on(*(problem.text for problem in refusal.problems))
            outcomes.append(rejected_row(columns, row, reason, _SAID))
            continue
        except (CellError, RuleError) as refusal:
            outcomes.append(rejected_row(columns, row, str(refusal), _SAID))
            continue
        what = elide(f"{draft.code} {draft.name} {said.building} {draft.place}".strip(), _SHOWN)
        if is_known:
            outcomes.append(RowOutcome(row.line, Outcome.UNCHANGED, what, row.values))
            continue
        known.add(draft)
        if said.vendor and fold(said.vendor) not in known.vendors:
            known.vendors[fold(said.vendor)] = 0
            planned.vendors.append(said.vendor)
        planned.things.append((draft, said.vendor))
        doubt = run_on(*said.doubts)
        outcomes.append(RowOutcome(row.line, Outcome.ADDED, what, row.values, needs_person=doubt))
    step(len(table), len(table))
    return make_preview(source, outcomes, {"vendors": len(planned.vendors)}), planned


def _placed(said: ImportedAsset, home: str, today: date) -> AssetDraft:
    """Return the draft with the ids of its place. Raises RuleError for a place nobody knows."""
    community_id, building_id = find_place(said.community or home, said.building)
    draft = replace(said.draft, community_id=community_id, building_id=building_id)
    return check_asset_draft(draft, today)


def _write(planned: _Planned, to: Writing) -> None:
    for name in planned.vendors:
        VendorRecord.create(name=name, import_id=to.import_id)
    vendors = {fold(one.draft.name): one.id for one in list_vendors(with_ended=True)}
    # Things with numbers first: those without get the numbers that are free then.
    things = sorted(planned.things, key=lambda one: not one[0].code)
    for index, (draft, vendor) in enumerate(things):
        to.step(index, len(things))
        of_vendor = replace(draft, vendor_id=vendors.get(fold(vendor)) if vendor else None)
        checked = checked_asset(of_vendor, None, local(to.now).date())
        store_asset(checked, staff_id=to.by, now=to.now, import_id=to.import_id)


ASSETS = Frame(_plan, _write)
