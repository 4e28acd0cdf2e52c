"""The segments of customers and their guides (客户类型与沟通方法, R81), by keyboard alone."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from propdesk.domain.errors import DraftError, RuleError
from propdesk.domain.segments import Segment, SegmentDraft
from propdesk.i18n import _, _lazy
from propdesk.services.queries.segments import count_members, list_segments
from propdesk.services.segments import hide_segment, reset_segment, save_segment
from ui.context import AppContext
from ui.dialogs.base import Dialog
from ui.dialogs.stock_dialog import StockDialog, stock_state
from ui.tables.columns import CellKind, Column
from ui.theme import Ink, Size
from ui.widgets.buttons import Kind
from ui.widgets.fields import LineField, TextField
from ui.widgets.forms import FormRows
from ui.widgets.labels import Label

_WIDTH, _ROWS = 860, 7


class SegmentsDialog(StockDialog[Segment]):
    """The segments, how many people belong to each, and how the office talks with them."""

    def __init__(self, context: AppContext, parent: QWidget) -> None:
        self._members = count_members()
        columns = (
            Column("name", _lazy("Segment"), lambda one: one.name, width=120),
            Column(
                "guide", _lazy("How to talk with them"), lambda one: one.guide, width=480,
                stretches=True,
            ),
            Column(
                "people", _lazy("People"), lambda one: self._members.get(one.code),
                CellKind.COUNT, width=60,
            ),
            Column("state", _lazy("State"), stock_state, CellKind.STATUS, width=90),
        )  # fmt: skip
        note = Label(
            context.theme,
            _("Shown beside the caller, never printed on what a resident receives."),
            ink=Ink.TEXT_2,
            size=Size.SMALL,
            wrap=True,
        )
        super().__init__(
            context,
            parent,
            _("Customer segments"),
            columns,
            add=_("Add a segment"),
            width=_WIDTH,
            rows=_ROWS,
            above=note,
        )

    def listed(self) -> Sequence[Segment]:
        """Return all segments."""
        return list_segments(hidden=True)

    def edit(self, one: Segment | None) -> Segment | None:
        """Show the segment's own dialog."""
        dialog = SegmentDialog(self._context, self, one)
        dialog.ask()
        return dialog.stored

    def hide_or_show(self, one: Segment) -> None:
        """Offer the segment no more, or again."""
        hide_segment(one.code, by=self._context.staff.id, hidden=not one.is_hidden)

    def reset(self, one: Segment) -> None:
        """Go back to the program's words."""
        reset_segment(one.code, by=self._context.staff.id)


class SegmentDialog(Dialog):
    """One segment; `stored` is what was written, None when the clerk left. Ctrl+S stores it."""

    def __init__(self, context: AppContext, parent: QWidget, segment: Segment | None) -> None:
        title = _("Add a segment") if segment is None else _("Edit a segment")
        super().__init__(context.theme, parent, title, width=560)
        self._context = context
        self._code = segment.code if segment else ""
        self.stored: Segment | None = None
        theme = context.theme
        self._name = LineField(theme, _("Segment"), longest=20)
        self._guide = TextField(theme, _("How to talk with them"), lines=4)
        self.rows = FormRows(theme)
        self.rows.add_row("name", _("Segment"), self._name)
        self.rows.add_row("guide", _("How to talk with them"), self._guide)
        self.body.addWidget(self.rows)
        if segment is not None:
            self._name.show_words(segment.name)
            self._guide.show_words(segment.guide)
        self.add_verb("cancel", _("Cancel"))
        self.add_verb("save", _("Save"), kind=Kind.PRIMARY).set_shortcut("Ctrl+S")
        (self._guide if segment else self._name).setFocus()

    def choose(self, key: str) -> None:
        """Store the segment before the dialog closes; what is wrong is said under its field."""
        if key == "save" and not self._is_stored():
            return
        super().choose(key)

    def _is_stored(self) -> bool:
        draft = SegmentDraft(self._name.words(), self._guide.words(), self._code)
        try:
            self.stored = save_segment(draft, by=self._context.staff.id)
        except DraftError as refusal:
            self.rows.show_problems(refusal.problems)
        except RuleError as refusal:
            self._context.messages.tell(self, _("This was not done"), str(refusal))
        return self.stored is not None
