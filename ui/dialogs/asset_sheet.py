"""The sheet of one thing: what it is, its next days, points and plans, what happened, readings.

A scanned label opens it. Files are dropped or pasted anywhere on it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from propdesk.domain.assets import ASSET_KIND_LABELS, Asset
from propdesk.domain.cycles import rule_words
from propdesk.domain.erasure import months_later
from propdesk.domain.findings import FINDING_LABELS, FindingState
from propdesk.domain.rounds import STANDING_LABELS, Standing
from propdesk.domain.statutory_dates import DATE_LABELS, StatutoryDate
from propdesk.domain.tickets import STATUS_LABELS, Status
from propdesk.i18n import _, _lazy, ngettext
from propdesk.services.asset_files import add_asset_files, remove_asset_file
from propdesk.services.parts.inspection_settings import load_inspection_settings
from propdesk.services.queries.asset_history import (
    Happening,
    HappeningKind,
    list_happenings,
    list_measured,
)
from propdesk.services.queries.assets import get_asset, list_asset_files, list_points
from propdesk.services.queries.findings import count_faults
from propdesk.services.queries.inspection_plans import list_plans
from propdesk.services.queries.statutory_dates import list_statutory_dates
from ui.context import AppContext
from ui.dialogs.asset_dialog import AssetDialog
from ui.dialogs.asset_words import date_mark, state_mark
from ui.dialogs.base import Dialog
from ui.forms.kept_files import FileActs, KeptFiles
from ui.incoming_files import Drops
from ui.pages.inspection_words import STANDING_TONES
from ui.pages.sheet_trend import SheetTrend
from ui.pages.ticket_words import STATUS_TONES
from ui.tables.columns import CellKind, Column, Mark
from ui.tables.view import RecordTable
from ui.theme import Ink, Space, Tone
from ui.widgets.badges import Badge, Toast
from ui.widgets.buttons import Button
from ui.widgets.choices import Chips, Choice
from ui.widgets.facts import Fact, Facts
from ui.widgets.fields import PickField
from ui.widgets.labels import Label

_WIDTH, _LEFT, _ROWS = 1040, 400, 9
_DAYS, _ROUTES, _PAST, _READINGS, _FILES = "days", "routes", "past", "readings", "files"
_PARTS = (
    (_DAYS, _lazy("Next days")),
    (_ROUTES, _lazy("Points and plans")),
    (_PAST, _lazy("Rounds and tickets")),
    (_READINGS, _lazy("Readings")),
    (_FILES, _lazy("Photos and files")),
)
_YEAR = 12
_HAPPENINGS = {
    HappeningKind.ROUND: _lazy("Inspection round"),
    HappeningKind.FINDING: _lazy("Finding"),
    HappeningKind.TICKET: _lazy("Ticket"),
}


@dataclass(frozen=True, slots=True)
class _Route:
    """A point where the thing stands, or a plan that leads to it."""

    number: str
    name: str
    words: str
    is_plan: bool


class AssetSheet(Dialog):
    """All of one thing. Left and right walk between the parts; F2 corrects; Ctrl+I adds files."""

    def __init__(self, context: AppContext, parent: QWidget, asset_id: int) -> None:
        super().__init__(context.theme, parent, "", width=_WIDTH)
        self.context, self._asset_id = context, asset_id
        self.has_changed = False
        theme = context.theme
        self._state = Badge(theme)
        self._facts = Facts(theme)
        self._note = Label(theme, ink=Ink.TEXT_2, wrap=True, selectable=True)
        self._faults = Label(theme, ink=Ink.TEXT_2, wrap=True)
        left = QWidget()
        known = QVBoxLayout(left)
        known.setContentsMargins(0, 0, 0, 0)
        known.setSpacing(Space.S)
        line = QHBoxLayout()
        line.addWidget(self._state)
        line.addStretch(1)
        known.addLayout(line)
        for widget in (self._facts, self._faults, self._note):
            known.addWidget(widget)
        known.addStretch(1)
        left.setFixedWidth(theme.px(_LEFT))
        self.parts = Chips(theme, _("What to look at"), [Choice(k, str(w)) for k, w in _PARTS])
        self._stack = QStackedWidget()
        self._make_parts()
        right = QVBoxLayout()
        right.setSpacing(Space.S)
        right.addWidget(self.parts)
        right.addWidget(self._stack, 1)
        halves = QHBoxLayout()
        halves.setSpacing(Space.XL)
        halves.addWidget(left)
        halves.addLayout(right, 1)
        self.body.addLayout(halves)
        self.parts.chosen_changed.connect(self._show_part)
        edit = Button(theme, _("Correct it"), icon="pencil", hint="F2")
        edit.clicked.connect(self._on_edit)
        self._foot.addWidget(edit)
        QShortcut(QKeySequence("F2"), self).activated.connect(self._on_edit)
        self.add_verb("", _("Close"))
        self.toast = Toast(theme, self)
        Drops(self, self.files.take, context.now)
        self.refill()
        self.parts.setFocus()

    # -- building

    def _make_parts(self) -> None:
        theme, now = self.context.theme, self.context.now
        nearest = load_inspection_settings().warnings[-1]
        self.days = RecordTable(theme, _("Next days"), _day_columns(nearest),
                                lambda one: (one.kind, one.day, one.plan_id), now=now)  # fmt: skip
        self.routes = RecordTable(theme, _("Points and plans"), _route_columns(),
                                  lambda one: (one.is_plan, one.number), now=now)  # fmt: skip
        self.past = RecordTable(theme, _("Rounds and tickets"), _past_columns(),
                                lambda one: (one.kind, one.number, one.at), now=now)  # fmt: skip
        self.past.opened.connect(self._on_happening)
        self._empty: dict[str, Label] = {}
        self._of_part: dict[str, QWidget] = {}
        for key, table in ((_DAYS, self.days), (_ROUTES, self.routes), (_PAST, self.past)):
            table.make_dense()
            table.setFixedHeight(table.height_of(_ROWS))
            table.left.connect(self.reject)
            self._add_part(key, table)
        self.item = PickField(theme, _("What was measured"))
        self.item.picked.connect(lambda _key: self._show_trend())
        self.trend = SheetTrend(self.context)
        measured = QWidget()
        column = QVBoxLayout(measured)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.item)
        column.addWidget(self.trend)
        self._add_part(_READINGS, measured)
        self.files = KeptFiles(
            self.context, FileActs(list_asset_files, add_asset_files, remove_asset_file)
        )
        self.files.stored.connect(self._on_stored)
        self._add_part(_FILES, self.files)

    def _add_part(self, key: str, widget: QWidget) -> None:
        page = QWidget()
        self._of_part[key] = widget
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(widget)
        self._empty[key] = Label(self.context.theme, ink=Ink.TEXT_2, wrap=True)
        column.addWidget(self._empty[key])
        column.addStretch(1)
        self._stack.addWidget(page)

    # -- filling

    def refill(self) -> None:
        """Read the thing anew."""
        asset, now = get_asset(self._asset_id), self.context.now()
        draft, today = asset.draft, now.date()
        self.setWindowTitle(draft.name)
        self.heading.show_text(f"{draft.code}  {draft.name}")
        state = state_mark(draft.state)
        since = _("{state} since {day}").format(state=state.words, day=draft.state_on)
        self._state.show_badge(since if draft.state_on else state.words, state.tone or Tone.NEUTRAL)
        self._facts.show_facts(_facts(asset))
        self._note.show_text(draft.note)
        self._note.setVisible(bool(draft.note))
        self._faults.show_text(self._fault_words())
        days = list_statutory_dates(today, asset_id=asset.id)
        routes = self._list_routes()
        past = list_happenings(asset.id, now)
        self._measured = list_measured(asset.id)
        self.days.show_rows(days)
        self.routes.show_rows(routes)
        self.past.show_rows(past)
        self.item.set_choices(
            [Choice(str(at), f"{one.point} · {one.item.name}")
             for at, one in enumerate(self._measured)]
        )  # fmt: skip
        self.item.setVisible(bool(self._measured))
        self._show_trend()
        self.files.show_owner(asset.id)
        counts = (len(days), len(routes), len(past), len(self._measured), asset.files)
        keys = [key for key, _word in _PARTS]
        self.parts.show_counts(dict(zip(keys, counts, strict=True)))
        for key, count in zip(keys, counts, strict=True):
            self._empty[key].show_text("" if count else str(_EMPTY[key]))
            self._empty[key].setVisible(not count)
            if key != _FILES:
                self._of_part[key].setVisible(count > 0)

    def _fault_words(self) -> str:
        """Say how often it failed within a year, and the days between two faults (R70)."""
        today = self.context.now().date()
        found = [
            one
            for one in count_faults(months_later(today, -_YEAR), today)
            if one.asset_id == self._asset_id
        ]
        if not found:
            return _("No fault within a year.")
        one = found[0]
        words = ngettext("{count} fault within a year", "{count} faults within a year", one.faults)
        said = [words.format(count=one.faults), _("the last on {day}").format(day=one.last_on)]
        if one.days_between is not None:
            said.append(_("{days} days between two").format(days=one.days_between))
        return _(", ").join(said)

    def _list_routes(self) -> list[_Route]:
        """Return the points of the thing, then the plans that lead there."""
        points = [one for one in list_points() if one.draft.asset_id == self._asset_id]
        ids = {one.id for one in points}
        plans = [
            one
            for one in list_plans()
            if one.draft.asset_id == self._asset_id
            or any(stop.point_id in ids for stop in one.draft.stops)
        ]
        found = [_Route(p.draft.code, p.draft.name, p.where, is_plan=False) for p in points]
        return found + [
            _Route(p.draft.code, p.draft.name, rule_words(p.draft.rule), is_plan=True)
            for p in plans
        ]

    def _show_part(self, key: str) -> None:
        self._stack.setCurrentIndex([one for one, _word in _PARTS].index(key))

    def _show_trend(self) -> None:
        if not self._measured:
            self.trend.hide()
            return
        one = self._measured[int(self.item.value())]
        self.trend.show_item(one.point_id, one.template_id, one.item)
        is_blank = self.trend.isHidden()
        self._empty[_READINGS].show_text(_("Nothing was read here so far.") if is_blank else "")
        self._empty[_READINGS].setVisible(is_blank)

    # -- acts

    def _on_edit(self) -> None:
        dialog = AssetDialog(self.context, self, get_asset(self._asset_id))
        if dialog.ask():
            self._on_stored(_("Stored: {title}").format(title=dialog.stored.draft.name))

    def _on_stored(self, words: str) -> None:
        self.has_changed = True
        self.context.changes.inspections_changed.emit()
        self.refill()
        self.toast.show_message(words)

    def _on_happening(self, row: Happening | None) -> None:
        """Leave for the ticket of the line."""
        if row is not None and row.ticket_id is not None:
            self.choose("ticket")
            self.context.navigation.ticket_wanted.emit(row.ticket_id)


_EMPTY = {
    _DAYS: _lazy("No day is set. Enter until when it is registered, or plan its inspections."),
    _ROUTES: _lazy("No route leads here. Put in a point for it, then plan a round."),
    _PAST: _lazy("Nothing was noted of it so far."),
    _READINGS: _lazy("No plan reads figures here."),
    _FILES: _lazy("Keep its manual, certificate and photos here: Ctrl+I, or drop them."),
}


def _facts(asset: Asset) -> list[Fact | tuple[Fact, Fact]]:
    draft = asset.draft
    day = _day_words
    return [
        Fact(_("Kind"), str(ASSET_KIND_LABELS[draft.kind])),
        Fact(_("Place"), asset.where),
        Fact(_("Maker, model"), " ".join(filter(None, (draft.maker, draft.model)))),
        Fact(_("Serial number"), draft.serial),
        (Fact(_("Installed on"), day(draft.installed_on)),
         Fact(_("First inspection"), day(draft.inspected_on))),
        Fact(_("Registration certificate"), draft.licence_number),
        (Fact(_("Valid until"), day(draft.licence_until)),
         Fact(_("Warranty until"), day(draft.warranty_until))),
        Fact(_("Maintained by"), asset.vendor),
    ]  # fmt: skip


def _day_words(day: object) -> str:
    return "" if day is None else str(day)


def _day_columns(nearest: int) -> Sequence[Column]:
    return (
        Column("day", _lazy("Day"), lambda one: f"{one.day}", width=100, least=96),
        Column("left", _lazy("Still"), lambda one: date_mark(one, nearest), CellKind.STATUS,
               width=130, least=100),
        Column("what", _lazy("What is due"), _what, width=200, is_strong=True),
        Column("source", _lazy("Source"), lambda one: one.source, width=130, rank=1,
               stretches=True, is_quiet=True),
    )  # fmt: skip


def _what(one: StatutoryDate) -> str:
    if one.plan_id is not None:
        return one.subject.split(" · ")[0]
    return str(DATE_LABELS[one.kind])


def _route_columns() -> Sequence[Column]:
    return (
        Column("kind", _lazy("Kind"), lambda one: _("Plan") if one.is_plan else _("Point"),
               width=70),
        Column("number", _lazy("Number"), lambda one: one.number, width=90),
        Column("name", _lazy("Point or plan"), lambda one: one.name, width=170, is_strong=True),
        Column("words", _lazy("Where or how often"), lambda one: one.words, width=180,
               stretches=True),
    )  # fmt: skip


def _past_columns() -> Sequence[Column]:
    return (
        Column("at", _lazy("When"), lambda one: one.at, CellKind.TIME, width=92),
        Column("kind", _lazy("Kind"), lambda one: str(_HAPPENINGS[one.kind]), width=60),
        Column("number", _lazy("Number"), lambda one: one.number, width=120),
        Column("words", _lazy("Subject"), lambda one: one.words, width=160, stretches=True),
        Column("state", _lazy("State"), _state_of, CellKind.STATUS, width=104, least=90),
    )  # fmt: skip


def _state_of(one: Happening) -> Mark:
    if one.kind is HappeningKind.TICKET:
        return Mark(str(STATUS_LABELS[Status(one.state)]), STATUS_TONES[Status(one.state)])
    if one.kind is HappeningKind.ROUND:
        return Mark(str(STANDING_LABELS[Standing(one.state)]), STANDING_TONES[Standing(one.state)])
    state = FindingState(one.state)
    tone = Tone.WARN if state is FindingState.OPEN else Tone.NEUTRAL
    return Mark(str(FINDING_LABELS[state]), tone)
