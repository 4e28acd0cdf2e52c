"""中止时效: obstacles that suspend the limitation of a house's bills (Civil Code 194)."""

from collections.abc import Sequence

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from propdesk.domain.errors import DraftError, Problem, RuleError
from propdesk.domain.moments import parse_day
from propdesk.domain.suspensions import (
    OBSTACLE_LABELS,
    NotedSuspension,
    Obstacle,
    SuspensionDraft,
)
from propdesk.i18n import _, _lazy
from propdesk.services.queries.suspensions import list_suspensions
from propdesk.services.queries.units import Unit
from propdesk.services.suspensions import end_suspension, note_suspension, void_suspension
from ui.context import AppContext
from ui.dialogs.base import Dialog
from ui.dialogs.small_form import SmallForm
from ui.tables.columns import CellKind, Column, Mark
from ui.tables.view import RecordTable
from ui.theme import Ink, Tone
from ui.widgets.buttons import Button, Kind
from ui.widgets.choices import Choice
from ui.widgets.fields import LineField, PickField, TextField
from ui.widgets.labels import Label

_WIDTH, _ROWS, _DAY = 760, 4, 130


class SuspensionsDialog(Dialog):
    """The obstacles of a house: note one, say that it is gone, void one."""

    def __init__(self, context: AppContext, parent: QWidget, unit: Unit) -> None:
        title = _("Suspension of limitation: {house}").format(house=unit.short)
        super().__init__(context.theme, parent, title, width=_WIDTH)
        self.context = context
        self._unit = unit
        self.add_sentence(
            _(
                "An obstacle in the last six months of the three years suspends them; they end six "
                "months after it is gone (Civil Code 194)."
            ),
            is_quiet=True,
        )
        self.table = RecordTable(
            context.theme, _("Obstacles"), _columns(), lambda one: one.id, now=context.now
        )
        self.table.make_dense()
        self.table.setFixedHeight(self.table.height_of(_ROWS))
        self.table.opened.connect(lambda _one: self._on_gone())
        self.table.left.connect(self.reject)
        self.table.current_changed.connect(lambda _one: self._tell())
        self.body.addWidget(self.table)
        self.told = Label(context.theme, ink=Ink.TEXT_2, wrap=True, selectable=True)
        self.body.addWidget(self.told)
        self.add_verb("", _("Close"))
        for word, key, act, kind in (
            (_("Void it"), "Del", self._on_void, Kind.PLAIN),
            (_("It is gone"), "Ctrl+G", self._on_gone, Kind.PLAIN),
            (_("Note an obstacle"), "Ctrl+N", self._on_note, Kind.PRIMARY),
        ):
            button = Button(context.theme, word, hint=key, kind=kind)
            button.clicked.connect(act)
            within = self.table if key == "Del" else self
            QShortcut(QKeySequence(key), within).activated.connect(act)
            self._foot.addWidget(button)
        self._fill()
        self.table.setFocus()

    def _fill(self) -> None:
        self.table.show_rows(list_suspensions(self._unit.id, with_void=True))
        self._tell()

    def _tell(self) -> None:
        one: NotedSuspension | None = self.table.current_row()
        if one is None:
            self.told.show_text(_("Nothing suspends the bills of this house."))
            return
        void = _("voided: {reason}").format(reason=one.void_reason) if one.voided_at else ""
        self.told.show_text(" · ".join(filter(None, (one.note, one.by, void))))

    def _show(self, form: SmallForm) -> None:
        if form.ask():
            self.context.changes.fees_changed.emit()
            self._fill()

    def _on_note(self) -> None:
        self._show(SuspensionForm(self.context, self, self._unit))

    def _on_gone(self) -> None:
        one: NotedSuspension | None = self.table.current_row()
        if one is not None and one.until_on is None and one.voided_at is None:
            self._show(_GoneForm(self.context, self, one))

    def _on_void(self) -> None:
        one: NotedSuspension | None = self.table.current_row()
        if one is not None and one.voided_at is None:
            self._show(_VoidForm(self.context, self, one))


def _columns() -> Sequence[Column]:
    return (
        Column("obstacle", _lazy("Obstacle"), lambda one: str(OBSTACLE_LABELS[one.obstacle]),
               width=260, least=180, stretches=True, is_strong=True),
        Column("from", _lazy("Since"), lambda one: str(one.from_on), width=100),
        Column("until", _lazy("Gone on"), lambda one: str(one.until_on or ""), width=100),
        Column("state", _lazy("State"), _state, CellKind.STATUS, width=110),
    )  # fmt: skip


def _state(one: NotedSuspension) -> Mark:
    if one.voided_at is not None:
        return Mark(_("void"), Tone.DANGER)
    return Mark(_("gone"), Tone.OK) if one.until_on else Mark(_("goes on"), Tone.WARN)


class SuspensionForm(SmallForm):
    """Note an obstacle."""

    def __init__(self, context: AppContext, parent: QWidget, unit: Unit) -> None:
        title = _("Note an obstacle: {house}").format(house=unit.short)
        super().__init__(context, parent, title, _("Note it"), width=620)
        self._unit = unit
        theme = context.theme
        choices = [Choice(one.value, str(OBSTACLE_LABELS[one])) for one in Obstacle]
        self.obstacle = PickField(theme, _("Obstacle"), choices)
        self.first = LineField(theme, _("Since"), width=_DAY, longest=20)
        self.gone = LineField(theme, _("Gone on"), width=_DAY, longest=20)
        self.note = TextField(theme, _("How it is known"), lines=2, longest=500)
        self.rows.add_row("obstacle", _("Obstacle"), self.obstacle)
        self.rows.add_row("from_on", _("Since"), self.first)
        hint = Label(theme, _("empty while it goes on"), ink=Ink.TEXT_3)
        self.rows.add_row("until_on", _("Gone on"), self.gone, note=hint)
        self.rows.add_row("note", _("How it is known"), self.note)
        self.obstacle.setFocus()

    def act(self) -> NotedSuspension:
        """Note it."""
        today = self.context.now().date()
        found = {}
        problems = []
        for field, line in (("from_on", self.first), ("until_on", self.gone)):
            if not line.words():
                if field == "from_on":
                    problems.append(Problem(field, _("Say since when.")))
                continue
            try:
                found[field] = parse_day(line.words(), today)
            except RuleError as refusal:
                problems.append(Problem(field, str(refusal)))
        if problems:
            raise DraftError(tuple(problems))
        draft = SuspensionDraft(
            Obstacle(self.obstacle.value()), found["from_on"], found.get("until_on"),
            self.note.words(),
        )  # fmt: skip
        who = {"by": self.context.staff.id}
        return note_suspension(self._unit.id, draft, now=self.context.now(), **who)


class _GoneForm(SmallForm):
    """On which day an obstacle was gone."""

    def __init__(self, context: AppContext, parent: QWidget, one: NotedSuspension) -> None:
        super().__init__(context, parent, str(OBSTACLE_LABELS[one.obstacle]), _("It is gone"))
        self._one = one
        self.gone = LineField(context.theme, _("Gone on"), width=_DAY, longest=20)
        self.gone.show_words(context.now().date().isoformat())
        self.rows.add_row("until_on", _("Gone on"), self.gone)
        self.gone.setFocus()
        self.gone.selectAll()

    def act(self) -> NotedSuspension:
        """Note it."""
        now = self.context.now()
        try:
            day = parse_day(self.gone.words(), now.date())
        except RuleError as refusal:
            raise DraftError((Problem("until_on", str(refusal)),)) from refusal
        return end_suspension(self._one.id, day, by=self.context.staff.id, now=now)


class _VoidForm(SmallForm):
    """Void an obstacle that was noted by mistake."""

    def __init__(self, context: AppContext, parent: QWidget, one: NotedSuspension) -> None:
        super().__init__(context, parent, str(OBSTACLE_LABELS[one.obstacle]), _("Void it"))
        self._one = one
        self.reason = LineField(context.theme, _("Reason"))
        self.rows.add_row("text", _("Reason"), self.reason)
        self.reason.setFocus()

    def act(self) -> NotedSuspension:
        """Void it."""
        by, now = self.context.staff.id, self.context.now()
        return void_suspension(self._one.id, self.reason.words(), by=by, now=now)
