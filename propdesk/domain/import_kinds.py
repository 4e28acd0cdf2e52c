"""What a workbook may hold, the columns that each kind needs, and which kind a header speaks of."""

from collections.abc import Callable, Mapping, Sequence

from propdesk.domain import (
    imported_assets,
    imported_bills,
    imported_complaints,
    imported_payments,
    imported_readings,
    imported_tariffs,
)
from propdesk.domain.imported_assets import ASSET_FIELDS
from propdesk.domain.imported_bills import BILL_FIELDS
from propdesk.domain.imported_complaints import COMPLAINT_FIELDS
from propdesk.domain.imported_payments import PAYMENT_FIELDS
from propdesk.domain.imported_places import says_place
from propdesk.domain.imported_readings import READING_FIELDS
from propdesk.domain.imported_residents import RESIDENT_FIELDS
from propdesk.domain.imported_tariffs import TARIFF_FIELDS
from propdesk.domain.imported_units import UNIT_FIELDS
from propdesk.domain.imported_vehicles import VEHICLE_FIELDS
from propdesk.domain.imports import (
    Columns,
    ImportField,
    ImportKind,
    recognise_columns,
)
from propdesk.domain.staff import Right
from propdesk.i18n import LazyText, _lazy

FIELDS: Mapping[ImportKind, tuple[ImportField, ...]] = {
    ImportKind.COMPLAINTS: COMPLAINT_FIELDS,
    ImportKind.RESIDENTS: RESIDENT_FIELDS,
    ImportKind.UNITS: UNIT_FIELDS,
    ImportKind.VEHICLES: VEHICLE_FIELDS,
    ImportKind.TARIFFS: TARIFF_FIELDS,
    ImportKind.PAYMENTS: PAYMENT_FIELDS,
    ImportKind.READINGS: READING_FIELDS,
    ImportKind.BILLS: BILL_FIELDS,
    ImportKind.ASSETS: ASSET_FIELDS,
}

KIND_LABELS: Mapping[ImportKind, LazyText] = {
    ImportKind.COMPLAINTS: _lazy("Complaints"),
    ImportKind.RESIDENTS: _lazy("Residents"),
    ImportKind.UNITS: _lazy("Houses"),
    ImportKind.VEHICLES: _lazy("Vehicles"),
    ImportKind.TARIFFS: _lazy("Prices of fees"),
    ImportKind.PAYMENTS: _lazy("Payments"),
    ImportKind.READINGS: _lazy("Meter readings"),
    ImportKind.BILLS: _lazy("Earlier arrears"),
    ImportKind.ASSETS: _lazy("Ledger of equipment"),
}

REGISTER_KINDS = (ImportKind.RESIDENTS, ImportKind.UNITS, ImportKind.VEHICLES)
"""The kinds that fill the register of houses and people."""

FEE_KINDS = (ImportKind.BILLS, ImportKind.PAYMENTS, ImportKind.READINGS, ImportKind.TARIFFS)
"""The kinds that bring in fees."""

PLACED_KINDS = (*REGISTER_KINDS, ImportKind.BILLS, ImportKind.READINGS, ImportKind.ASSETS)
"""The kinds whose rows name houses, so that a community may be said for all of them."""

TEMPLATE_KINDS = (*REGISTER_KINDS, *FEE_KINDS, ImportKind.ASSETS)
"""The kinds for which there is a workbook to fill in."""

IMPORT_RIGHTS: Mapping[ImportKind, tuple[Right, ...]] = {
    **dict.fromkeys((ImportKind.COMPLAINTS, *REGISTER_KINDS), (Right.IMPORT,)),
    ImportKind.BILLS: (Right.IMPORT, Right.CHARGE),
    ImportKind.READINGS: (Right.IMPORT, Right.CHARGE),
    ImportKind.TARIFFS: (Right.IMPORT, Right.SET_PRICES),
    # The cashier takes the money of a statement as any other.
    ImportKind.PAYMENTS: (Right.TAKE_MONEY,),
    ImportKind.ASSETS: (Right.IMPORT, Right.PLAN_ROUNDS),
}
"""What the staff member who takes a file in must be allowed to do."""

_NEEDED: Mapping[ImportKind, tuple[str, ...]] = {
    ImportKind.RESIDENTS: ("unit", "name"),
    ImportKind.UNITS: ("unit",),
    ImportKind.VEHICLES: ("unit", "plate"),
}
_NEEDS: Mapping[ImportKind, Callable[[Columns], tuple[str, ...]]] = {
    ImportKind.ASSETS: imported_assets.needs,
    ImportKind.COMPLAINTS: imported_complaints.needs,
    ImportKind.BILLS: imported_bills.needs,
    ImportKind.PAYMENTS: imported_payments.needs,
    ImportKind.READINGS: imported_readings.needs,
    ImportKind.TARIFFS: imported_tariffs.needs,
}
# A column of these alone says little: a list of residents has an area and a note, too.
_TELLING: Mapping[ImportKind, tuple[str, ...]] = {
    ImportKind.RESIDENTS: ("name", "phone", "role", "tenant", "salutation", "share", "emergency"),
    ImportKind.UNITS: ("floor", "kind", "usage", "state", "layout", "contract", "delivered_on"),
    ImportKind.VEHICLES: ("plate", "space", "kind", "description"),
    ImportKind.BILLS: ("item", "period", "until_on", "due_on", "paid", "debtor"),
    ImportKind.PAYMENTS: ("reference", "remark", "payer", "direction", "state"),
    ImportKind.READINGS: ("number", "value", "how", "turned"),
    ImportKind.TARIFFS: ("price", "basis", "clause", "cap", "vacancy"),
}


def kinds_beside(kind: ImportKind) -> tuple[ImportKind, ...]:
    """Return the kinds that the file may hold as well, where somebody asked for this one."""
    groups = (REGISTER_KINDS, FEE_KINDS)
    return next((group for group in groups if kind in group), (kind,))


def missing_fields(kind: ImportKind, columns: Columns) -> tuple[str, ...]:
    """Return the names of the fields that a file needs and does not say."""
    if kind in _NEEDS:
        return _NEEDS[kind](columns)
    return tuple(
        name
        for name in _NEEDED[kind]
        if not (says_place(columns) if name == "unit" else columns.has(name))
    )


def likely_kind(header: Sequence[str], asked: ImportKind) -> ImportKind:
    """Return what a file holds by its header; `asked` where nothing speaks against it.

    What was asked for stands where its columns are there: a list of residents with a column of
    plates is one of residents. Else it is the kind beside it whose own columns the header names
    most.
    """
    kinds = kinds_beside(asked)
    found = {kind: recognise_columns(header, FIELDS[kind]) for kind in kinds}
    able = [kind for kind in kinds if not missing_fields(kind, Columns(found[kind], header))]
    if not able or kinds == (asked,):
        return asked
    telling = {kind: sum(name in found[kind] for name in _TELLING[kind]) for kind in able}
    best = max(able, key=lambda kind: (telling[kind], kind is asked))
    if asked in able and asked is not ImportKind.UNITS and telling[best] < telling[asked] + 2:
        return asked
    return best
