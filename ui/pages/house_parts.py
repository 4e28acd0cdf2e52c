"""The parts of the house file, in the order of their tabs: one line each."""

from collections.abc import Mapping

from propdesk.domain.house_events import EventGroup
from ui.pages.house_changes import HouseChanges
from ui.pages.house_contacts import HouseContacts
from ui.pages.house_decoration import HouseDecoration
from ui.pages.house_fees import HouseFees
from ui.pages.house_files import HouseFiles
from ui.pages.house_keys import HouseKeys
from ui.pages.house_meters import HouseMeters
from ui.pages.house_moves import HouseMoves
from ui.pages.house_overview import HouseOverview
from ui.pages.house_part import HousePart
from ui.pages.house_people import HousePeople
from ui.pages.house_tickets import HouseTickets
from ui.pages.house_vehicles import HouseVehicles

HOUSE_PARTS: tuple[type[HousePart], ...] = (
    HouseOverview,
    HousePeople,
    HouseTickets,
    HouseContacts,
    HouseVehicles,
    HouseDecoration,
    HouseKeys,
    HouseMoves,
    HouseFiles,
    HouseChanges,
    HouseMeters,
    HouseFees,
)

# Which part opens a line of the time line; tickets and rounds open elsewhere, papers nowhere.
OPENS: Mapping[EventGroup, type[HousePart]] = {
    EventGroup.PEOPLE: HousePeople,
    EventGroup.CONTACTS: HouseContacts,
    EventGroup.MOVES: HouseMoves,
    EventGroup.FEES: HouseFees,
    EventGroup.KEYS: HouseKeys,
    EventGroup.VEHICLES: HouseVehicles,
    EventGroup.PETS: HouseVehicles,
    EventGroup.DECORATION: HouseDecoration,
    EventGroup.HOUSE: HouseChanges,
    EventGroup.DOCUMENTS: HouseFiles,
}
