"""The pets whose vaccination has ended or ends soon; Enter opens the house."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from propdesk.domain.pets import PET_LABELS, Pet
from propdesk.i18n import _, _lazy
from propdesk.services.queries.pets import list_vaccinations
from ui.context import AppContext
from ui.dialogs.base import Dialog
from ui.tables.columns import CellKind, Column, Mark
from ui.tables.view import RecordTable
from ui.theme import Tone
from ui.widgets.buttons import Button

_ROWS = 10


class VaccinationsDialog(Dialog):
    """A list to call from; the first to end stands first."""

    def __init__(self, context: AppContext, parent: QWidget) -> None:
        super().__init__(context.theme, parent, _("Vaccinations that are due"), width=720)
        self._context = context
        self.table = RecordTable(
            context.theme, _("Vaccinations that are due"), self._columns(), lambda row: row.id,
            now=context.now,
        )  # fmt: skip
        self.table.make_dense()
        self.table.setFixedHeight(self.table.height_of(_ROWS))
        self.table.opened.connect(self._on_opened)
        self.table.left.connect(self.reject)
        self.body.addWidget(self.table)
        self._none = self.add_sentence(_("No vaccination ends soon."), is_quiet=True)
        self._open = Button(context.theme, _("Open the house"), icon="house", hint="Enter")
        self._open.clicked.connect(lambda: self._on_opened(self.table.current_row()))
        acts = QHBoxLayout()
        acts.addWidget(self._open)
        acts.addStretch(1)
        self.body.addLayout(acts)
        self.add_verb("close", _("Close"))
        self.table.show_rows(list_vaccinations(today=context.now().date()))
        self._none.setVisible(self.table.is_empty())
        self._open.setEnabled(not self.table.is_empty())
        self.table.setFocus()

    def _columns(self) -> tuple[Column, ...]:
        names = self._context.shown_names
        return (
            Column("house", _lazy("House"), lambda one: one.house, width=110, least=80),
            Column("pet", _lazy("Pet"), _pet_words, width=120, least=80, stretches=True),
            Column("licence", _lazy("Dog licence"), lambda one: one.licence, width=120, least=80),
            Column("person", _lazy("Whose it is"), lambda one: names(one.person), width=90,
                   least=60, is_name=True),
            Column("until", _lazy("Vaccinated until"), self._until, CellKind.BADGE, width=120,
                   least=100),
        )  # fmt: skip

    def _until(self, one: Pet) -> Mark:
        today = self._context.now().date()
        is_past = one.vaccinated_until is not None and one.vaccinated_until < today
        return Mark(str(one.vaccinated_until), Tone.DANGER if is_past else Tone.WARN)

    def _on_opened(self, one: object) -> None:
        if isinstance(one, Pet):
            self.accept()
            self._context.navigation.unit_wanted.emit(one.unit_id)


def _pet_words(one: Pet) -> str:
    return f"{PET_LABELS[one.kind]} {one.name}".strip()
