"""Where: all houses, a community, a building."""

from propdesk.i18n import _
from propdesk.services.queries.places import Place, list_places
from ui.theme import Theme
from ui.widgets.choices import Choice
from ui.widgets.fields import PickField

_ALL = Place(None, None, "")


class PlaceField(PickField):
    """The places of the office; everything stands first, `everywhere` in other words."""

    def __init__(self, theme: Theme, name: str, *, everywhere: str = "") -> None:
        self._places = (_ALL, *list_places())
        choices = [
            Choice(str(place), one.name or everywhere or _("All houses"))
            for place, one in enumerate(self._places)
        ]
        super().__init__(theme, name, choices)

    def place(self) -> Place:
        """Return the community or building that was chosen; neither is everywhere."""
        return self._places[int(self.value())]
