"""Which import takes which kind of workbook in: window and command line ask this table.

All are asked alike: `mapping`, `sheet`, `take_hidden`, `on_progress`, `cancelled`, `now`; those
of PLACED_KINDS also `community`; and whoever takes in says `by` whom.
"""

from collections.abc import Callable, Mapping

from propdesk.domain.imports import ImportKind, ImportPreview, ImportResult
from propdesk.services.importing_assets import import_assets, preview_assets
from propdesk.services.importing_bills import import_bills, preview_bills
from propdesk.services.importing_complaints import import_complaints, preview_complaints
from propdesk.services.importing_payments import import_payments, preview_payments
from propdesk.services.importing_readings import import_readings, preview_readings
from propdesk.services.importing_residents import import_residents, preview_residents
from propdesk.services.importing_tariffs import import_tariffs, preview_tariffs
from propdesk.services.importing_units import import_units, preview_units
from propdesk.services.importing_vehicles import import_vehicles, preview_vehicles

PREVIEWS: Mapping[ImportKind, Callable[..., ImportPreview]] = {
    ImportKind.COMPLAINTS: preview_complaints,
    ImportKind.RESIDENTS: preview_residents,
    ImportKind.UNITS: preview_units,
    ImportKind.VEHICLES: preview_vehicles,
    ImportKind.TARIFFS: preview_tariffs,
    ImportKind.PAYMENTS: preview_payments,
    ImportKind.READINGS: preview_readings,
    ImportKind.BILLS: preview_bills,
    ImportKind.ASSETS: preview_assets,
}
IMPORTS: Mapping[ImportKind, Callable[..., ImportResult]] = {
    ImportKind.COMPLAINTS: import_complaints,
    ImportKind.RESIDENTS: import_residents,
    ImportKind.UNITS: import_units,
    ImportKind.VEHICLES: import_vehicles,
    ImportKind.TARIFFS: import_tariffs,
    ImportKind.PAYMENTS: import_payments,
    ImportKind.READINGS: import_readings,
    ImportKind.BILLS: import_bills,
    ImportKind.ASSETS: import_assets,
}
