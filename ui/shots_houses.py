"""Pictures of the house file: a house with a story, its documents, what a document is about."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QColor, QImage

from propdesk.domain.contacts import ContactDraft, Way
from propdesk.domain.errors import RuleError
from propdesk.domain.house_papers import DocumentDraft, DocumentTopic
from propdesk.domain.pets import PetDraft, PetKind
from propdesk.domain.unit_keys import KeyDraft, KeyKind
from propdesk.domain.vehicles import VehicleDraft
from propdesk.services import contacts, documents, pets, unit_keys, vehicles
from propdesk.services.parts.files_in import PastedFile
from propdesk.services.queries.documents import list_documents
from propdesk.services.queries.units import Unit, UnitGroup, find_unit, get_unit, list_units
from propdesk.services.units import add_unit
from ui.dialogs.document_dialog import DocumentDialog
from ui.pages.house_changes import HouseChanges
from ui.pages.house_contacts import HouseContacts
from ui.pages.house_decoration import HouseDecoration
from ui.pages.house_files import HouseFiles
from ui.pages.house_keys import HouseKeys
from ui.pages.house_menu import PurposeDialog
from ui.pages.house_moves import HouseMoves
from ui.pages.house_overview import HouseOverview
from ui.pages.house_part import HousePart
from ui.pages.house_people import HousePeople
from ui.pages.house_tickets import HouseTickets
from ui.pages.house_vehicles import HouseVehicles
from ui.pages.residents import ResidentsPage

if TYPE_CHECKING:
    from ui.pages.house_file import HouseFile
    from ui.screenshots import Stage


def _fill(stage: "Stage") -> Unit:
    """Give a house with an open ticket a story of some years, and documents."""
    by, now = stage.context.staff.id, stage.context.now()
    row = list_units(today=now.date(), group=UnitGroup.OPEN_TICKETS, limit=1)[0]
    if not list_documents(row.id):
        day = now.date()
        vehicle = VehicleDraft("粤B7Q32K", description="BYD", from_on=day - timedelta(900))
        vehicles.add_vehicle(row.id, vehicle, by=by, now=now)
        pet = PetDraft(PetKind.DOG, "Bobby", from_on=day - timedelta(500))
        pets.add_pet(row.id, pet, by=by, now=now)
        key = KeyDraft(KeyKind.DOOR_CARD, 2, from_on=day - timedelta(890), holder="A")
        unit_keys.give_key(row.id, key, by=by, now=now)
        talk = ContactDraft("Handrail", unit_id=row.id, way=Way.VISIT, is_open=False)
        contacts.log_contact(talk, by=by, now=now)
        for n, topic in enumerate((DocumentTopic.OWNERSHIP, DocumentTopic.LEASE)):
            image = QImage(400, 300 + 40 * n, QImage.Format.Format_RGB32)
            image.fill(QColor(90 + 60 * n, 150, 160))
            data = QByteArray()
            buffer = QBuffer(data)
            buffer.open(QIODevice.OpenModeFlag.WriteOnly)
            image.save(buffer, "PNG")  # type: ignore[call-overload]
            documents.add_documents(
                stage.context.office, row.id, [PastedFile(f"scan-{n}.png", bytes(data.data()))],
                DocumentDraft(topic), by=by, now=now,
            )  # fmt: skip
    return get_unit(row.id)


def _file(stage: "Stage", unit: Unit) -> "HouseFile":
    page = cast(ResidentsPage, stage.page("residents"))
    page.show_unit(unit.id)
    return page._side.file  # noqa: SLF001 - pictures look inside


def show_file(stage: "Stage") -> None:
    """Show the overview of a house with a story."""
    _file(stage, _fill(stage)).show_part(0)


def show_documents(stage: "Stage") -> None:
    """Show the documents of a house."""
    file = _file(stage, _fill(stage))
    place = next(n for n, part in enumerate(file.parts) if isinstance(part, HouseFiles))
    file.show_part(place)
    strip = cast(HouseFiles, file.parts[place]).strip
    stage.until(strip.is_settled, "the documents")


def _part(wanted: type[HousePart], *, is_empty: bool = False) -> Callable[["Stage"], None]:
    """Return what shows a part of the house with a story, or of one without anything."""

    def show(stage: "Stage") -> None:
        file = _file(stage, _new_house(stage) if is_empty else _fill(stage))
        file.show_part([type(part) is wanted for part in file.parts].index(True))

    return show


def _new_house(stage: "Stage") -> Unit:
    """Return a house of which nothing is known."""
    known = get_unit(list_units(today=stage.context.now().date(), limit=1)[0].id)
    address = replace(known.address, unit="103")
    try:
        return find_unit(address.short)
    except RuleError:
        made = add_unit(address, community=known.community, by=stage.context.staff.id)
        stage.context.changes.residents_changed.emit()
        return made


def show_people_menu(stage: "Stage") -> None:
    """Show the rarer acts on the people of a house."""
    _part(HousePeople)(stage)
    stage.press("Alt+M")


def show_menu(stage: "Stage") -> None:
    """Show the menu of the rarer acts on a house."""
    _file(stage, _fill(stage))
    stage.press("Ctrl+M")


def document(stage: "Stage") -> None:
    """Ask what a document is about."""
    unit = _fill(stage)
    DocumentDialog(stage.context, stage.window, list_documents(unit.id)[0]).ask()


def purpose(stage: "Stage") -> None:
    """Ask what a house file in full is needed for."""
    PurposeDialog(stage.context, stage.window, _fill(stage).short).ask()


PAGES: Sequence[tuple[str, Callable[["Stage"], None]]] = (
    ("house-file", show_file),
    ("house-people", _part(HousePeople)),
    ("house-people-menu", show_people_menu),
    ("house-tickets", _part(HouseTickets)),
    ("house-contacts", _part(HouseContacts)),
    ("house-empty", _part(HouseOverview, is_empty=True)),
    ("house-empty-people", _part(HousePeople, is_empty=True)),
    ("house-empty-tickets", _part(HouseTickets, is_empty=True)),
    ("house-empty-contacts", _part(HouseContacts, is_empty=True)),
    ("house-empty-vehicles", _part(HouseVehicles, is_empty=True)),
    ("house-empty-decoration", _part(HouseDecoration, is_empty=True)),
    ("house-empty-keys", _part(HouseKeys, is_empty=True)),
    ("house-empty-moves", _part(HouseMoves, is_empty=True)),
    ("house-empty-documents", _part(HouseFiles, is_empty=True)),
    ("house-empty-changes", _part(HouseChanges, is_empty=True)),
    ("house-documents", show_documents),
    ("house-menu", show_menu),
)
DIALOGS = (("document", document), ("house-file-purpose", purpose))
