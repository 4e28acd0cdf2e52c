"""The list of meters to read: on paper to carry, or as a workbook that `import` takes back."""

from pathlib import Path

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from propdesk.domain.errors import Cancelled, RuleError
from propdesk.domain.meters import METER_LABELS, MeterKind
from propdesk.i18n import _, ngettext
from propdesk.services.exporting_readings import export_reading_list
from propdesk.services.offices import working_connection
from propdesk.services.parts.printed import Printed
from propdesk.services.printing_meters import print_reading_sheet
from propdesk.services.queries.meters import list_metered_kinds, list_meters
from ui.background import Progress
from ui.context import AppContext
from ui.dialogs.base import Dialog
from ui.dialogs.work_dialog import work_through
from ui.theme import Ink
from ui.widgets.buttons import Button, Kind
from ui.widgets.choices import Choice
from ui.widgets.fields import PickField
from ui.widgets.forms import FormRows
from ui.widgets.labels import Label
from ui.widgets.place_field import PlaceField


class ReadingSheetDialog(Dialog):
    """Ctrl+P shows the paper, Ctrl+E writes the workbook; `told` is what was written."""

    def __init__(self, context: AppContext, parent: QWidget) -> None:
        super().__init__(context.theme, parent, _("List of meters to read"), width=560)
        self._context, self._page = context, parent
        self.told = ""
        theme = context.theme
        self._rows = FormRows(theme)
        kinds = list_metered_kinds() or (MeterKind.WATER,)
        self.kind = PickField(
            theme, _("Meter"), [Choice(one.value, str(METER_LABELS[one])) for one in kinds]
        )
        self.place = PlaceField(theme, _("Where"))
        self._rows.add_row("kind", _("Meter"), self.kind)
        self._rows.add_row("place", _("Where"), self.place)
        self.body.addWidget(self._rows)
        self._count = Label(theme, ink=Ink.TEXT_2, wrap=True)
        self.body.addWidget(self._count)
        self.add_verb("", _("Cancel"))
        self._export = Button(
            theme, _("Save as a workbook"), icon="file-spreadsheet", shortcut="Ctrl+E"
        )
        self._export.clicked.connect(self._on_export)
        self._foot.addWidget(self._export)
        self._show = Button(
            theme, _("Show the paper"), kind=Kind.PRIMARY, icon="printer", shortcut="Ctrl+P"
        )
        self._show.clicked.connect(self._on_show)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self._on_show)
        self._foot.addWidget(self._show)
        for field in (self.kind, self.place):
            field.picked.connect(lambda _key: self._tell())
        self._tell()
        self.kind.setFocus()

    def _tell(self) -> None:
        """Say how many meters stand on the list."""
        kind, place = MeterKind(self.kind.value()), self.place.place()
        count = len(
            list_meters(kind=kind, community_id=place.community_id, building_id=place.building_id)
        )
        words = ngettext(
            "{count} meter, in walking order", "{count} meters, in walking order", count
        )
        none = _("There is no such meter here; put it in first (list of meters, Ctrl+N).")
        self._count.show_text(words.format(count=count) if count else none)
        for button in (self._export, self._show):
            button.setEnabled(count > 0)

    def _on_show(self) -> None:
        from ui.printing import show_paper

        if not self._show.isEnabled():
            return
        kind, place = MeterKind(self.kind.value()), self.place.place()
        by, now = self._context.staff, self._context.now()

        def draw(target: Path) -> Printed:
            return print_reading_sheet(
                kind, target, by=by, now=now, community_id=place.community_id,
                building_id=place.building_id,
            )  # fmt: skip

        self.choose("shown")
        title = _("Meter readings: {kind}").format(kind=METER_LABELS[kind])
        show_paper(self._context, self._page, title, draw)

    def _on_export(self) -> None:
        """Write the workbook behind a bar: a large community has thousands of meters."""
        kind, place = MeterKind(self.kind.value()), self.place.place()
        context, by, now = self._context, self._context.staff.id, self._context.now()
        title = _("List of meters to read")
        name = f"{title} {METER_LABELS[kind]} {now:%Y-%m-%d}.xlsx"
        target = context.messages.pick_target(self, title, Path(name), "Excel (*.xlsx)")
        if target is None:
            return

        def job(_progress: Progress) -> int:
            with working_connection():
                return export_reading_list(
                    kind, target, by=by, now=now, community_id=place.community_id,
                    building_id=place.building_id,
                )  # fmt: skip

        try:
            count = work_through(self.theme, self, title, _("Writing {file}").format(
                file=target.name), job)  # fmt: skip
        except Cancelled:
            return
        except RuleError as refusal:
            context.messages.tell(self, _("This was not done"), str(refusal))
            return
        self.told = _("{count} meters were written to {file}.").format(
            count=count, file=target.name
        )
        self.choose("written")
