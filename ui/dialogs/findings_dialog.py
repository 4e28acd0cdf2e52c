"""What rounds found wrong: who takes care, what comes again and again, what was put right."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QWidget

from propdesk.domain.findings import (
    FINDING_GROUP_LABELS,
    Finding,
    FindingGroup,
    FindingState,
)
from propdesk.i18n import _, _lazy
from propdesk.services.queries.findings import count_findings, list_findings
from ui.context import AppContext
from ui.dialogs.finding_words import care_words, place_words, state_mark, times_mark
from ui.dialogs.list_dialog import ListDialog
from ui.dialogs.round_dialogs import SettleFindingDialog
from ui.finding_acts import show_notice_paper, show_notices, write_ticket
from ui.keyboard import add_entry
from ui.pages.list_export import export_as_seen, print_as_seen
from ui.tables.columns import CellKind, Column, FixedRows
from ui.widgets.buttons import Button, Kind
from ui.widgets.choices import Chips, Choice

_WIDTH, _ROWS = 1080, 12


class FindingsDialog(ListDialog[Finding]):
    """F9 writes the ticket, Ctrl+D settles, Ctrl+N writes a notice about the chosen ones."""

    def __init__(
        self, context: AppContext, parent: QWidget, group: FindingGroup = FindingGroup.OPEN
    ) -> None:
        super().__init__(
            context,
            parent,
            _("What rounds found"),
            _columns(),
            lambda one: one.id,
            width=_WIDTH,
            rows=_ROWS,
        )
        self._chips = Chips(context.theme, _("Which findings"), self._choices())
        self._chips.choose(group.value)
        self._chips.chosen_changed.connect(lambda _key: self.refill())
        self.body.insertWidget(1, self._chips)
        self._ticket = self.add_act(
            _("Write the ticket"), self._on_ticket, "F9", icon="wrench", kind=Kind.PRIMARY
        )
        self._settle = self.add_act(_("Settle it"), self._on_settle, "Ctrl+D", icon="check")
        self._notice = self.add_act(_("Notice"), self._on_notice, "Ctrl+N", icon="file-text")
        self._open = self.add_act(_("Open"), self._on_open, "Enter")
        self._sheet = self.add_act(
            _("Open the sheet"), self._on_sheet, "Ctrl+O", icon="clipboard-list"
        )
        self.add_act(_("Print"), self._on_print, "Ctrl+P", icon="printer", needs_row=False)
        self._more = Button(context.theme, _("More"), icon="ellipsis")
        self._more.clicked.connect(self._on_more)
        self._foot.insertWidget(0, self._more)
        self.refill()
        (self._chips if self.table.is_empty() else self.table).setFocus()

    # -- what is listed

    def _choices(self) -> list[Choice]:
        counts = count_findings()
        return [
            Choice(group.value, str(FINDING_GROUP_LABELS[group]), counts[group])
            for group in FindingGroup
        ]

    def _group(self) -> FindingGroup:
        return FindingGroup(self._chips.chosen())

    def listed(self) -> Sequence[Finding]:
        """Return the findings of the chosen group, the latest first."""
        return list_findings(self._group())

    def hint_words(self, found: Sequence[Finding]) -> str:
        """Say what the group is for."""
        group = self._group()
        if not count_findings()[FindingGroup.ALL]:
            return _("Nothing was found yet. What is abnormal on a sheet stands here.")
        if not found:
            return {
                FindingGroup.OPEN: _("Everything that rounds found is taken care of."),
                FindingGroup.IMPROVEMENT: _("Nothing was found again and again."),
            }.get(group, _("There is no such finding."))
        return {
            FindingGroup.OPEN: _(
                "F9 writes the ticket in one press; a notice may be about several of one place."
            ),
            FindingGroup.IMPROVEMENT: _(
                "The same was found again and again in the span: look for the cause, not for the "
                "single case."
            ),
        }.get(group, _("The latest stands first."))

    def detail_words(self, row: Finding) -> str:
        """Say the round, who walked, the thing, the photos, what was noted."""
        is_open = row.standing is FindingState.OPEN
        for button in (self._ticket, self._settle, self._notice):
            button.setEnabled(is_open)
        self._sheet.setEnabled(bool(row.sheet))
        settled = row.rectified_on
        return "    ".join(
            filter(
                None,
                (
                    row.plan,
                    row.sheet,
                    row.walker,
                    row.asset,
                    _("Photos: {numbers}").format(numbers=row.photos) if row.photos else "",
                    _("put right {day}").format(day=settled) if settled else "",
                    row.note,
                ),
            )
        )

    # -- acts

    def _changed(self, words: str) -> None:
        self.context.changes.inspections_changed.emit()
        group = self._chips.chosen()
        self._chips.set_choices(self._choices())
        self._chips.choose(group)
        self.refill()
        self.toast.show_message(words)
        self.table.setFocus()

    def _on_ticket(self) -> None:
        row = self.current()
        ticket = write_ticket(self.context, self, row.id) if row else None
        if ticket is not None:
            self._changed(_("Ticket {number} is written").format(number=ticket.number))

    def _on_settle(self) -> None:
        row = self.current()
        if row is not None and SettleFindingDialog(self.context, self, row).ask():
            self._changed(_("The finding is settled"))

    def _on_notice(self) -> None:
        from ui.dialogs.rectification_dialog import write_notice

        chosen = [one.id for one in self.table.selected_rows()]
        made = write_notice(self.context, self, chosen)
        if made is not None:
            show_notice_paper(self.context, self, made.number)
            self._changed(_("Notice {number} is written").format(number=made.number))

    def _on_open(self) -> None:
        """Open what takes care of a finding, else the sheet that it stands on."""
        row = self.current()
        if row is None:
            return
        if row.ticket_id is not None and row.ticket:
            self.accept()
            self.context.navigation.ticket_wanted.emit(row.ticket_id)
        elif row.rectification:
            show_notices(self.context, self, row.rectification)
            self.refill()
        else:
            self._on_sheet()

    def _on_sheet(self) -> None:
        row = self.current()
        if row is not None and row.sheet:
            self.accept()
            self.context.navigation.sheet_wanted.emit(row.sheet)

    def _on_print(self) -> None:
        fetch = FixedRows(tuple(self.listed()))
        narrowed = str(FINDING_GROUP_LABELS[self._group()])
        print_as_seen(self.context, self, self.table, fetch, _("What rounds found"), narrowed)

    def _on_export(self) -> None:
        found = tuple(self.listed())
        words = export_as_seen(
            self.context, self, self.table, FixedRows(found), _("What rounds found"), len(found)
        )
        if words:
            self.toast.show_message(words)

    def _on_more(self) -> None:
        row = self.current()
        menu = QMenu(self)
        house, thing = (row.unit_id, row.asset_id) if row else (None, None)
        add_entry(menu, _("Open the house"), "H", partial(self._on_house, house)).setEnabled(
            house is not None
        )
        add_entry(menu, _("Show the thing"), "T", partial(self._on_thing, thing)).setEnabled(
            thing is not None
        )
        add_entry(menu, _("Notices to rectify"), "N", partial(show_notices, self.context, self))
        add_entry(menu, _("Export this list"), "E", self._on_export)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._more.mapToGlobal(QPoint(0, self._more.height())))

    def _on_thing(self, asset_id: int | None) -> None:
        from ui.dialogs.asset_sheet import AssetSheet

        if asset_id is not None:
            AssetSheet(self.context, self, asset_id).ask()
            self.refill()

    def _on_house(self, unit_id: int | None) -> None:
        if unit_id is not None:
            self.accept()
            self.context.navigation.unit_wanted.emit(unit_id)


def _columns() -> tuple[Column, ...]:
    return (
        Column("at", _lazy("Found at"), lambda one: one.found_at, CellKind.TIME, width=92,
               least=80),
        Column("place", _lazy("Place"), place_words, width=190, least=120, is_strong=True),
        Column("text", _lazy("Problem"), lambda one: one.text, width=280, least=140,
               stretches=True),
        Column("times", _lazy("Times found"), times_mark, CellKind.BADGE, width=86, least=70),
        Column("care", _lazy("Ticket or notice"), care_words, width=132, least=116, rank=1),
        Column("state", _lazy("State"), state_mark, CellKind.STATUS, width=140, least=110),
    )  # fmt: skip
