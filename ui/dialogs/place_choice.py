"""Where a thing or a point stands: a building, a community, or outside of every building."""

from propdesk.i18n import _
from propdesk.services.queries.places import Place, list_places
from ui.theme import Theme
from ui.widgets.choices import Choice
from ui.widgets.fields import PickField

_OUTSIDE = Place(None, None, "")


class ThingPlaceField(PickField):
    """The buildings of the office; outside of all stands first."""

    def __init__(self, theme: Theme, name: str) -> None:
        self._places = (_OUTSIDE, *list_places())
        choices = [
            Choice(str(place), one.name or _("In no building"))
            for place, one in enumerate(self._places)
        ]
        super().__init__(theme, name, choices)

    def place(self) -> Place:
        """Return what was chosen."""
        return self._places[int(self.value())]

    def choose_place(self, community_id: int | None, building_id: int | None) -> None:
        """Choose a place by its ids; one that is unknown here stays outside."""
        for at, one in enumerate(self._places):
            if (one.community_id, one.building_id) == (community_id, building_id):
                self.choose(str(at))
                return
