"""Which thing of the ledger: typing narrows the list, Enter chooses (R70)."""

from collections.abc import Sequence

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from propdesk.domain.assets import ASSET_KIND_LABELS, Asset
from propdesk.i18n import _, _lazy
from propdesk.services.queries.assets import search_assets
from ui.context import AppContext
from ui.dialogs.record_picker import RecordPicker
from ui.tables.columns import Column
from ui.widgets.buttons import Button, Kind


class AssetPicker(RecordPicker):
    """Things by number, name or place.

    `first` are those of the ticket's building, which stand there before anything is typed. Ctrl+D
    says that the matter is about no thing.
    """

    WIDTH = 660

    def __init__(
        self,
        context: AppContext,
        parent: QWidget,
        title: str,
        *,
        first: Sequence[Asset] = (),
        present: Asset | None = None,
    ) -> None:
        super().__init__(
            context,
            parent,
            title,
            _columns(),
            asked=_("Number, name, place, serial no."),
            listed=_("Ledger of equipment"),
            verb=_("Choose"),
        )
        self._first = first
        self.narrow("")
        if present is not None:
            none = Button(context.theme, _("No thing"), hint="Ctrl+D", kind=Kind.QUIET)
            none.clicked.connect(lambda: self.choose("none"))
            QShortcut(QKeySequence("Ctrl+D"), self).activated.connect(none.click)
            self._foot.insertWidget(0, none)
            self.table.select_key(present.id)

    def asset(self) -> Asset | None:
        """Return the thing of the chosen line."""
        row = self.table.current_row()
        return row if isinstance(row, Asset) else None

    def found(self, typed: str) -> Sequence[Asset]:
        """Return the things of the building, or those that fit what is typed."""
        return search_assets(typed) if typed.strip() else (self._first or search_assets(""))

    def missing(self, typed: str) -> str:
        """Say where things are entered as long as there is none."""
        if typed:
            return _("Nothing in the ledger is called so.")
        return _("The ledger is empty: Inspections > More > Equipment and companies.")


def _columns() -> Sequence[Column]:
    return (
        Column("code", _lazy("Number"), lambda one: one.draft.code, width=90, least=76),
        Column("name", _lazy("Name of the thing"), lambda one: one.draft.name, width=170,
               stretches=True, is_strong=True),
        Column("kind", _lazy("Kind"), lambda one: str(ASSET_KIND_LABELS[one.draft.kind]),
               width=100),
        Column("where", _lazy("Place"), lambda one: one.where, width=180),
    )  # fmt: skip
