"""Find a person of the register: typing narrows the list, Enter chooses."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from propdesk.domain.masking import mask_phone
from propdesk.i18n import _, _lazy
from propdesk.services.queries.persons import PersonFile, search_persons
from ui.context import AppContext
from ui.dialogs.known_person import houses_words
from ui.dialogs.record_picker import RecordPicker
from ui.tables.columns import Column


class PersonPicker(RecordPicker):
    """Persons by name, pinyin or phone; `proposed` stand there before anything is typed.

    `left_out` is who is not meant.
    """

    WIDTH = 620

    def __init__(
        self,
        context: AppContext,
        parent: QWidget,
        title: str,
        verb: str,
        *,
        proposed: Sequence[PersonFile] = (),
        left_out: int | None = None,
    ) -> None:
        super().__init__(
            context,
            parent,
            title,
            _columns(context.shown_names),
            asked=_("Name, pinyin or digits of the phone"),
            listed=_("Persons"),
            verb=verb,
        )
        self._proposed, self._left_out = proposed, left_out
        self.narrow("")

    def pick(self) -> PersonFile | None:
        """Show the dialog; return who was chosen, None for nobody."""
        return self.person() if self.ask() == "choose" else None

    def person(self) -> PersonFile | None:
        """Return the person of the chosen line."""
        row = self.table.current_row()
        return row if isinstance(row, PersonFile) else None

    def found(self, typed: str) -> Sequence[PersonFile]:
        """Return who is called so or has this phone."""
        named = search_persons(typed, self.context.now().date()) if typed else self._proposed
        return [one for one in named if one.id != self._left_out]

    def missing(self, typed: str) -> str:
        """Say what to do as long as nobody is typed."""
        if typed:
            return _("Nobody in the register is called so or has this phone.")
        return _("Type, and who is meant appears here.")


def _columns(names: Callable[[str], str]) -> Sequence[Column]:
    return (
        Column("name", _lazy("Name"), lambda one: names(one.name), width=130, is_strong=True,
               is_name=True),
        Column("phones", _lazy("Phone"),
               lambda one: _(", ").join(map(mask_phone, one.phones)), width=120),
        Column("houses", _lazy("Houses"), houses_words, width=200, stretches=True),
    )  # fmt: skip
