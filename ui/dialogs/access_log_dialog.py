"""谁看过: who opened, showed, printed or exported what is somebody's (law.md 1.7)."""

from typing import Any

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QWidget

from propdesk.domain.access import ACT_LABELS, AccessAct, AccessLine
from propdesk.domain.field_catalogue import OPTIONAL_FIELDS
from propdesk.domain.house_papers import paper_label
from propdesk.domain.owed_lists import OWED_LIST_LABELS
from propdesk.i18n import _, _lazy
from propdesk.services.queries.access import AccessFilter, count_access, list_access
from ui.context import AppContext
from ui.dialogs.base import Dialog
from ui.pages.work_page import PRINT_KEYS
from ui.tables.columns import CellKind, Column, Fetch, Mark, Sort
from ui.tables.view import RecordTable
from ui.theme import Space, Tone
from ui.widgets.badges import Toast
from ui.widgets.buttons import Button, Kind
from ui.widgets.choices import Chips, Choice

_WIDTH, _ROWS = 900, 12
_TONES = {
    AccessAct.OPENED: Tone.NEUTRAL,
    AccessAct.REVEALED: Tone.INFO,
    AccessAct.PRINTED: Tone.INFO,
    AccessAct.EXPORTED: Tone.WARN,
}


class AccessLogDialog(Dialog):
    """The looks at a house and its people, or at everything where no house is given."""

    def __init__(
        self, context: AppContext, parent: QWidget, unit_id: int | None = None, house: str = ""
    ) -> None:
        title = _("Who has looked at {house}").format(house=house) if house else _("Who has looked")
        super().__init__(context.theme, parent, title, width=_WIDTH)
        self._context, self._title, self._unit_id = context, title, unit_id
        theme = context.theme
        self._chips = Chips(theme, _("Which looks"), self._choices())
        self._chips.chosen_changed.connect(lambda _key: self._reload())
        self.table = RecordTable(theme, title, _columns(), lambda row: row.id, now=context.now)
        self.table.make_dense()
        self.table.setFixedHeight(self.table.height_of(_ROWS))
        self.table.left.connect(self.reject)
        self.body.addWidget(self._chips)
        self.body.addWidget(self.table)
        paper = Button(theme, _("Print this list"), kind=Kind.QUIET, hint=PRINT_KEYS)
        paper.clicked.connect(self._on_print)
        QShortcut(QKeySequence(PRINT_KEYS), self).activated.connect(self._on_print)
        file = Button(theme, _("Export this list"), kind=Kind.QUIET)
        file.clicked.connect(self._on_export)
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        row.addStretch(1)
        for button in (paper, file):
            row.addWidget(button)
        self.body.addLayout(row)
        months = context.settings.retention_months["logs"]
        self.add_sentence(_("Kept for {months} months.").format(months=months), is_quiet=True)
        self.add_verb("close", _("Close"))
        self.toast = Toast(theme, self)
        self._reload()
        self.table.setFocus()

    def _choices(self) -> list[Choice]:
        counts = [(None, _("All")), *((act, str(word)) for act, word in ACT_LABELS.items())]
        return [
            Choice(act.value if act else "", word, count_access(self._wanted(act)))
            for act, word in counts
        ]

    def _wanted(self, act: AccessAct | None) -> AccessFilter:
        return AccessFilter(unit_id=self._unit_id, act=act)

    def _fetch(self) -> Fetch:
        chosen = self._chips.chosen()
        wanted = self._wanted(AccessAct(chosen) if chosen else None)

        def fetch(after: Any, limit: int, _sort: Sort) -> tuple[tuple[AccessLine, ...], Any]:
            found = list_access(wanted, after=after, limit=limit)
            return found, found[-1].id if len(found) == limit else None

        return fetch

    def _reload(self) -> None:
        self.table.show_fetch(self._fetch())

    def _on_print(self) -> None:
        from ui.pages.list_export import print_as_seen

        shown = next(one for one in self._choices() if one.key == self._chips.chosen())
        print_as_seen(self._context, self, self.table, self._fetch(), self._title, shown.word)

    def _on_export(self) -> None:
        from ui.pages.list_export import export_as_seen

        shown = next(one for one in self._choices() if one.key == self._chips.chosen())
        total = shown.count or 0
        words = export_as_seen(self._context, self, self.table, self._fetch(), self._title, total)
        if words:
            self.toast.show_message(words)


def _columns() -> tuple[Column, ...]:
    return (
        Column("at", _lazy("Time"), lambda row: row.at, CellKind.TIME, width=110),
        Column("staff", _lazy("Looked at by"), lambda row: row.staff, width=90),
        Column("act", _lazy("Kind of look"), _act, CellKind.STATUS, width=120),
        Column("house", _lazy("House"), lambda row: row.house, width=100),
        Column("person", _lazy("Person"), lambda row: row.person, width=100, is_name=True),
        Column("what", _lazy("Of what"), _what, width=130, stretches=True),
        Column("purpose", _lazy("Purpose"), lambda row: row.purpose, width=120),
    )


def _act(row: AccessLine) -> Mark:
    return Mark(str(ACT_LABELS[row.act]), _TONES[row.act])


def _what(row: AccessLine) -> str:
    """Return what was looked at: a field's label, a phone, or a paper or list as it is named."""
    first, _blank, rest = row.what.partition(" ")
    field = OPTIONAL_FIELDS.get(first)
    words: dict[str, object] = {
        "phone": _("Phone"),
        "residents": _("Residents"),
        "tickets": _("Tickets"),
        "document": _("Document"),
        "person-data": _("What is kept of a person"),
    }
    words |= {one.value: label for one, label in OWED_LIST_LABELS.items()}
    return f"{field.label if field else words.get(first) or paper_label(first)} {rest}".strip()
