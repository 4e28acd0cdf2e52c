"""Pictures of the register's import: houses, residents and vehicles, from books made here."""

import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from propdesk.domain.assets import ASSET_KIND_LABELS, AssetKind
from propdesk.domain.import_kinds import FIELDS
from propdesk.domain.imports import ImportKind
from propdesk.domain.meters import METER_LABELS, MeterKind
from propdesk.domain.units import UNIT_STATE_LABELS, UnitState
from propdesk.services.queries.residents import list_residents
from propdesk.services.queries.units import UnitRow, list_units
from ui.dialogs.import_dialog import ImportDialog

if TYPE_CHECKING:
    from ui.screenshots import Stage

# As Excel leaves a phone that it took for a number, and a plate that nobody has.
_CUT_PHONE, _PLATE = "1.38E+10", "A{number:05d}"
_PREVIEW = 2


def _labels(kind: ImportKind, *names: str) -> list[str]:
    fields = {field.name: str(field.label) for field in FIELDS[kind]}
    return [fields[name] for name in names]


def _houses(stage: "Stage") -> list[UnitRow]:
    return [one for one in list_units(today=stage.context.now().date()) if one.residents][:8]


def _fill_units(sheet: Worksheet, stage: "Stage") -> None:
    """Houses: known, filled in, different, new, twice with other areas, and not to be read."""
    sheet.append(_labels(ImportKind.UNITS, "unit", "area", "state", "layout"))
    state = str(UNIT_STATE_LABELS[UnitState.OWNER_OCCUPIED])
    for place, house in enumerate(_houses(stage)):
        area = (house.area_dm2 or 0) / 100 + place % 3
        sheet.append((house.short, area, state if place % 2 else None, None))
    for number in (101, 102, 201):
        sheet.append((f"98-1-{number}", 89.5, state, "3-2-1"))
    sheet.append(("98-1-101", 120, None, None))
    sheet.append(("???", 60, None, None))


def _fill_residents(sheet: Worksheet, stage: "Stage") -> None:
    """Residents: known, with a new phone, a phone that was cut; the last row is hidden."""
    sheet.append(_labels(ImportKind.RESIDENTS, "unit", "name", "phone", "area", "plate"))
    today = stage.context.now().date()
    for place, house in enumerate(_houses(stage)):
        person = list_residents(house.id, today)[0]
        phone = _CUT_PHONE if place == 1 else f"1391111{place:04d}"
        sheet.append((house.short, person.name, phone, None, _PLATE.format(number=place)))
    sheet.append(("98-2-101", stage.context.staff.name, "13822223333", 90, None))
    sheet.row_dimensions[sheet.max_row].hidden = True
    book = sheet.parent
    if book is not None:
        other = book.create_sheet("2")
        other.append(_labels(ImportKind.RESIDENTS, "unit", "name"))
        other.append(("98-2-102", stage.context.staff.name))


def _fill_vehicles(sheet: Worksheet, stage: "Stage") -> None:
    sheet.append(_labels(ImportKind.VEHICLES, "unit", "plate", "name", "space"))
    for place, house in enumerate(_houses(stage)):
        sheet.append((house.short, _PLATE.format(number=place), None, f"B1-{place:03d}"))
    sheet.append(("98-9-909", _PLATE.format(number=99), None, None))


def _fill_unnamed(sheet: Worksheet, stage: "Stage") -> None:
    """Columns that nothing can be told by."""
    sheet.append(("A1", "A2", "A3"))
    for house in _houses(stage):
        sheet.append((house.short, house.community, 1))


def _fill_payments(sheet: Worksheet, stage: "Stage") -> None:
    """Write a statement: two houses in remarks, one unknown, two in one row, one that went out."""
    names = ("time", "amount", "reference", "payer", "remark")
    sheet.append(_labels(ImportKind.PAYMENTS, *names))
    day = stage.context.now().date()
    houses = [house.short for house in _houses(stage)]
    for place, (remark, amount) in enumerate(
        ((houses[0], 300), (houses[1], 150.5), ("?", 88), (f"{houses[2]}, {houses[3]}", 60),
         (houses[4], -20))
    ):  # fmt: skip
        name = stage.context.staff.name
        sheet.append((f"{day} 08:{place:02d}", amount, f"B2026{place:06d}", name, remark))


def _fill_readings(sheet: Worksheet, stage: "Stage") -> None:
    """Write readings of houses, a part of which have no such meter."""
    sheet.append(_labels(ImportKind.READINGS, "unit", "kind", "value", "on_day"))
    day = stage.context.now().date()
    for place, house in enumerate(_houses(stage)):
        kind = str(METER_LABELS[MeterKind.WATER])
        sheet.append((house.short, kind, 40 + place if place % 3 else None, f"{day}"))


def _fill_assets(sheet: Worksheet, stage: "Stage") -> None:
    """Write a ledger: lifts of houses' buildings, one that nobody knows, a rounded number."""
    names = ("name", "building", "serial", "installed_on", "vendor")
    sheet.append(_labels(ImportKind.ASSETS, *names))
    lift = str(ASSET_KIND_LABELS[AssetKind.LIFT])
    for place, house in enumerate(_houses(stage)[:4]):
        serial = "1.38E+10" if place == 1 else f"1122{place:04d}"
        building = house.short.split("-")[0]
        sheet.append((f"{place + 1}# {lift}", building, serial, "2020-03-01", lift))
    sheet.append((f"9# {lift}", "98", "11229999", "?", lift))


_FILLS: Mapping[str, Callable[[Worksheet, "Stage"], None]] = {
    "units": _fill_units,
    "residents": _fill_residents,
    "vehicles": _fill_vehicles,
    "unnamed": _fill_unnamed,
    "payments": _fill_payments,
    "readings": _fill_readings,
    "assets": _fill_assets,
}


def _book(stage: "Stage", name: str) -> Path:
    """Write a book beside the copy that is pictured; it goes away with it."""
    file = Path(tempfile.mkdtemp(dir=stage.context.office.folder.parent)) / f"{name}.xlsx"
    book = openpyxl.Workbook()
    sheet = book.active
    if isinstance(sheet, Worksheet):
        _FILLS[name](sheet, stage)
    book.save(file)
    return file


def _read(
    name: str, *, take: bool = False, asked: ImportKind = ImportKind.RESIDENTS
) -> Callable[["Stage"], None]:
    """Return the act that reads a book; `take` takes it in.

    What a file holds is told by its column names, whatever list was `asked` for.
    """

    def show(stage: "Stage") -> None:
        dialog = ImportDialog(stage.context, stage.window, asked)
        dialog._path.show_words(str(_book(stage, name)))  # noqa: SLF001 - pictures look inside
        dialog._on_read()  # noqa: SLF001
        _wait(stage, dialog)
        if take:
            dialog._on_import()  # noqa: SLF001
            _wait(stage, dialog)
        dialog.open()

    return show


def _wait(stage: "Stage", dialog: ImportDialog) -> None:
    # A file of another kind than the one asked for is read twice.
    stage.until(
        lambda: not dialog._work.is_running() and dialog._steps.currentIndex() >= _PREVIEW,  # noqa: SLF001
        "the import",
    )


def _begin(stage: "Stage") -> None:
    """Show what a list of arrears needs."""
    ImportDialog(stage.context, stage.window, ImportKind.BILLS).ask()


def _broken(stage: "Stage") -> None:
    """Read what is no workbook."""
    file = Path(tempfile.mkdtemp(dir=stage.context.office.folder.parent)) / "broken.xlsx"
    file.write_bytes(b"PK\x03\x04 and nothing else")
    dialog = ImportDialog(stage.context, stage.window, ImportKind.RESIDENTS)
    dialog._path.show_words(str(file))  # noqa: SLF001
    dialog._on_read()  # noqa: SLF001
    stage.until(lambda: dialog._problem.text() != "", "the refusal")  # noqa: SLF001
    dialog.open()


DIALOGS: Sequence[tuple[str, Callable[["Stage"], None]]] = (
    ("import-read-units", _read("units")),
    ("import-read-residents", _read("residents")),
    ("import-read-vehicles", _read("vehicles")),
    ("import-columns", _read("unnamed")),
    ("import-broken", _broken),
    ("import-read-payments", _read("payments", asked=ImportKind.BILLS)),
    ("import-read-readings", _read("readings", asked=ImportKind.BILLS)),
    ("import-read-assets", _read("assets", asked=ImportKind.ASSETS)),
    ("import-bills", _begin),
    # It writes into the copy that is pictured, and so does what follows it.
    ("import-done", _read("units", take=True)),
)
