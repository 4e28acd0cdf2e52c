"""Every day that law or contract sets, sorted by the days that are left (law.md 1.9)."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QWidget

from propdesk.domain.statutory_dates import DATE_LABELS, DateKind, StatutoryDate
from propdesk.i18n import _, _lazy, ngettext
from propdesk.services.parts.inspection_settings import load_inspection_settings
from propdesk.services.parts.printed import Printed
from propdesk.services.printing_assets import print_statutory_dates
from propdesk.services.queries.statutory_dates import list_statutory_dates
from ui.context import AppContext
from ui.dialogs.asset_sheet import AssetSheet
from ui.dialogs.asset_words import date_mark
from ui.dialogs.list_dialog import ListDialog
from ui.tables.columns import CellKind, Column
from ui.theme import Space
from ui.widgets.buttons import Kind
from ui.widgets.choices import Chips, Choice

_WIDTH, _ROWS = 1120, 12
_EVERY = "all"


class StatutoryDatesDialog(ListDialog[StatutoryDate]):
    """Enter opens what a day is about, Ctrl+P prints the list."""

    def __init__(self, context: AppContext, parent: QWidget) -> None:
        self._warnings = load_inspection_settings().warnings
        super().__init__(
            context, parent, _("Statutory dates"), _columns(self._warnings[-1]),
            lambda one: (one.kind, one.subject, one.day, one.contract_id), width=_WIDTH,
            rows=_ROWS, details=1,
        )  # fmt: skip
        self.within = Chips(context.theme, _("How far ahead"), self._choices())
        self.within.chosen_changed.connect(lambda _key: self.refill())
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        row.addWidget(self.within)
        row.addStretch(1)
        self.body.insertLayout(1, row)
        self._open = self.add_act(_("Open"), self._on_open, "Enter", kind=Kind.PRIMARY)
        self.add_act(_("Print the list"), self._on_print, "Ctrl+P", icon="printer",
                     needs_row=False)  # fmt: skip
        self.refill()
        self.table.setFocus()

    def _choices(self) -> list[Choice]:
        """Return the steps of the office's warnings, with how many days each holds."""
        found = self._all()
        over = sum(one.is_overdue for one in found)
        choices = [Choice(_EVERY, _("All"), len(found))]
        choices += [
            Choice(
                str(step),
                ngettext("within {count} day", "within {count} days", step).format(count=step),
                sum(one.days_left <= step for one in found),
            )
            for step in self._warnings
        ]
        return [*choices, Choice("-1", _("Overdue"), over, is_bad=True)]

    def _all(self) -> list[StatutoryDate]:
        return list_statutory_dates(self.context.now().date())

    def listed(self) -> Sequence[StatutoryDate]:
        """Return the days within the chosen step, the longest overdue first."""
        days = self._days()
        return [one for one in self._all() if days is None or one.days_left <= days]

    def _days(self) -> int | None:
        key = self.within.chosen()
        return None if key == _EVERY else int(key)

    def hint_words(self, found: Sequence[StatutoryDate]) -> str:
        """Say what stands here; of an empty list how days come into it."""
        if not found:
            return _(
                "No day is set here. Days come from the ledger (registration, warranty), from "
                "contracts and licences of companies, and from statutory plans."
            )
        return _("What is overdue stays here until it is done. Rounds of every few weeks stand "
                 "in the list of rounds.")  # fmt: skip

    def detail_words(self, row: StatutoryDate) -> str:
        """Say where the day comes from."""
        source = _("Source: {source}").format(source=row.source) if row.source else ""
        doubt = "" if row.verified else _("to be verified")
        return " · ".join(filter(None, (row.subject, row.where, source, doubt)))

    def _on_open(self) -> None:
        """Open the thing, the company, or for a route of several things the ledger."""
        from ui.dialogs.assets_dialog import AssetsDialog
        from ui.dialogs.vendors_dialog import VendorsDialog

        row = self.current()
        if row is None:
            return
        if len(row.asset_ids) == 1:
            if AssetSheet(self.context, self, row.asset_ids[0]).ask() == "ticket":
                self.reject()
                return
        elif row.kind in (DateKind.CONTRACT, DateKind.VENDOR_LICENCE):
            dialog = VendorsDialog(self.context, self)
            dialog.table.select_key(row.vendor_id)
            dialog.ask()
        else:
            AssetsDialog(self.context, self).ask()
        self.within.set_choices(self._choices())
        self.refill()
        self.table.setFocus()

    def _on_print(self) -> None:
        from ui.printing import show_paper

        by, now, days = self.context.staff.id, self.context.now(), self._days()

        def draw(target: Path) -> Printed:
            return print_statutory_dates(target, by=by, now=now, days=days)

        show_paper(self.context, self, _("Statutory dates"), draw)


def _columns(nearest: int) -> Sequence[Column]:
    return (
        Column("day", _lazy("Day"), lambda one: f"{one.day}", width=100, least=96),
        Column("left", _lazy("Still"), lambda one: date_mark(one, nearest), CellKind.STATUS,
               width=136, least=110),
        Column("kind", _lazy("What is due"), lambda one: str(DATE_LABELS[one.kind]), width=170,
               least=110),
        Column("subject", _lazy("Thing or company"), lambda one: one.subject, width=190, least=150,
               is_strong=True),
        Column("where", _lazy("Place"), lambda one: one.where, width=140, least=80, rank=1),
        Column("source", _lazy("Source"), lambda one: one.source, width=150, least=80, rank=2,
               stretches=True, is_quiet=True),
    )  # fmt: skip
