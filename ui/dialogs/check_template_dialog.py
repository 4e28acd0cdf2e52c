"""A template, item by item, without leaving the keys: the list above, the chosen item below (R99).

Enter goes from field to field and from the last one to the next item; behind the last item a new
one begins. Alt and the arrows move an item, Del takes it out, Ctrl and the arrows walk.
"""

from dataclasses import replace

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QWidget

from propdesk.domain.check_items import (
    INSPECTION_LABELS,
    ITEM_KIND_LABELS,
    CheckItem,
    InspectionKind,
    ItemKind,
)
from propdesk.domain.check_templates import Template, TemplateDraft
from propdesk.domain.errors import DraftError, Problem, RuleError
from propdesk.i18n import _
from propdesk.services.check_templates import add_template, change_template
from ui.context import AppContext
from ui.dialogs.check_template_lines import ItemLine, item_columns
from ui.dialogs.small_form import SmallForm
from ui.tables.view import RecordTable
from ui.theme import Ink, Size, Space
from ui.widgets.buttons import Button, Kind
from ui.widgets.choices import Choice
from ui.widgets.fields import CheckField, LineField, PickField
from ui.widgets.forms import FormRows
from ui.widgets.labels import Label

_WIDTH, _ROWS, _SHORT, _CODE = 1080, 8, 84, 110


class CheckTemplateDialog(SmallForm):
    """Write a template or its next version; `stored` is the template."""

    def __init__(
        self, context: AppContext, parent: QWidget, template: Template | None = None
    ) -> None:
        title = _("Add a template") if template is None else _("Change a template")
        super().__init__(context, parent, title, _("Save"), width=_WIDTH)
        self._template = template
        self._lines: list[ItemLine] = []
        self._last = 0
        self._is_showing = False
        self._add_head()
        self._add_table()
        self._add_editor()
        for item in template.items if template else ():
            self._append(ItemLine.of(self._last + 1, item), len(self._lines))
        if not self._lines:
            self._append(self._new_line(), 0)
        self._show_lines(self._lines[0])
        self.name.setFocus()

    # -- building

    def _add_head(self) -> None:
        theme = self.theme
        self.name = LineField(theme, _("Template"), longest=60)
        self.code = LineField(
            theme, _("Number"), placeholder=_("template no."), width=_CODE, longest=20
        )
        self.kind = PickField(
            theme, _("Kind"), [Choice(one.value, str(w)) for one, w in INSPECTION_LABELS.items()]
        )
        self.rows.add_row("name", _("Template"), self.name, self.code, self.kind)
        if self._template is not None:
            self.name.show_words(self._template.name)
            self.code.show_words(self._template.code)
            self.kind.choose(self._template.kind.value)

    def _add_table(self) -> None:
        self.table = RecordTable(
            self.theme, _("Items"), item_columns(), lambda line: line.number, now=self.context.now
        )
        self.table.make_dense()
        self.table.setFixedHeight(self.table.height_of(_ROWS))
        self.table.left.connect(self.reject)
        self.table.opened.connect(lambda _line: self.item.setFocus())
        self.table.current_changed.connect(lambda _line: self._show_line())
        self.body.addWidget(self.table)
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        new = Button(self.theme, _("New item"), icon="plus", shortcut="Ctrl+N")
        new.clicked.connect(self._on_new)
        row.addWidget(new)
        for word, keys, act in (
            (_("Up"), "Alt+Up", lambda: self._move(-1)),
            (_("Down"), "Alt+Down", lambda: self._move(1)),
            (_("Take it off"), "Ctrl+D", self._take_out),
        ):
            button = Button(self.theme, word, kind=Kind.QUIET, shortcut=keys)
            button.clicked.connect(act)
            row.addWidget(button)
        QShortcut(QKeySequence("Del"), self.table).activated.connect(self._take_out)
        for keys, step in (("Ctrl+Up", -1), ("Ctrl+Down", 1)):
            QShortcut(QKeySequence(keys), self).activated.connect(
                lambda step=step: self._walk(step)
            )
        hint = Label(self.theme, _("Ctrl+Up and Ctrl+Down walk"), ink=Ink.TEXT_3, size=Size.SMALL)
        row.addWidget(hint)
        row.addStretch(1)
        self.body.addLayout(row)

    def _add_editor(self) -> None:
        theme = self.theme
        self.editor = FormRows(theme)
        self.section = LineField(theme, _("Section"), width=180, longest=40)
        self.item = LineField(theme, _("Item"), longest=80)
        self.standard = LineField(theme, _("Standard"), longest=200)
        self.item_kind = PickField(
            theme,
            _("Kind of answer"),
            [Choice(one.value, str(word)) for one, word in ITEM_KIND_LABELS.items()],
        )
        self.choices = LineField(
            theme,
            _("Choices"),
            placeholder=_("in order / not in order; several in order: a / b | c"),
        )
        self.low = LineField(theme, _("Lower limit"), width=_SHORT, longest=13)
        self.high = LineField(theme, _("Upper limit"), width=_SHORT, longest=13)
        self.unit = LineField(theme, _("Unit"), placeholder=_("unit"), width=_SHORT, longest=12)
        self.boxes = LineField(theme, _("Boxes"), placeholder="1.2", width=56, longest=4)
        meant = _("boxes before and behind the point")
        dash, boxes = Label(theme, "–"), Label(theme, meant, ink=Ink.TEXT_3)
        self.boxes.setToolTip(_("1.2 prints one box before the point and two behind it"))
        self._number_parts = (self.low, dash, self.high, self.unit, boxes, self.boxes)
        self.photo = CheckField(theme, _("photo needed"))
        self.score = LineField(theme, _("Points given"), width=_SHORT, longest=4)
        self.verified = CheckField(theme, _("verified"))
        self.source = LineField(theme, _("Source"), longest=120, is_last=True)
        add = self.editor.add_row
        add("item", _("Item"), self.item, self.section)
        add("standard", _("Standard"), self.standard)
        add("kind", _("Kind of answer"), self.item_kind, self.choices, *self._number_parts)
        add("score", _("Points given"), self.score, self.photo, self.verified, self.source)
        self.source.setPlaceholderText(_("source"))
        self.section.setPlaceholderText(_("Section"))
        self.body.addWidget(self.editor)
        for field in (
            self.section, self.item, self.standard, self.choices, self.low, self.high, self.unit,
            self.boxes, self.score, self.source,
        ):  # fmt: skip
            field.textEdited.connect(lambda _words: self._on_typed())
        self.item_kind.picked.connect(lambda _key: self._on_kind())
        for tick in (self.photo, self.verified):
            tick.toggled.connect(lambda _on: self._on_typed())
        self.source.finished.connect(self._on_last)

    # -- the items

    def _new_line(self, like: ItemLine | None = None) -> ItemLine:
        section = like.item.section if like else ""
        source = like.item.source if like else ""
        item = CheckItem("", ItemKind.TICK, "", section=section, source=source)
        return ItemLine(self._last + 1, 0, item)

    def _append(self, line: ItemLine, place: int) -> None:
        self._last += 1
        self._lines.insert(place, line)

    def _line(self) -> ItemLine | None:
        line: ItemLine | None = self.table.current_row()
        return line

    def _show_lines(self, current: ItemLine | None) -> None:
        for place, line in enumerate(self._lines, start=1):
            line.place = place
        self._is_showing = True
        self.table.show_rows(self._lines)
        if current is not None:
            self.table.select_key(current.number)
        self._is_showing = False
        self._show_line()

    def _show_line(self) -> None:
        """Show the chosen item in the fields."""
        line = self._line()
        if line is None or self._is_showing:
            return
        self._is_showing = True
        item = line.item
        for field, words in (
            (self.section, item.section), (self.item, item.name), (self.standard, item.standard),
            (self.choices, line.choices), (self.low, line.lower), (self.high, line.upper),
            (self.unit, item.unit), (self.boxes, line.boxes), (self.score, line.score),
            (self.source, item.source),
        ):  # fmt: skip
            field.show_words(words)
        self.item_kind.choose(item.kind.value)
        self.photo.setChecked(item.photo)
        self.verified.setChecked(item.verified)
        self._show_parts(item.kind)
        self._is_showing = False

    def _show_parts(self, kind: ItemKind) -> None:
        self.choices.setVisible(kind is ItemKind.CHOICE)
        for part in self._number_parts:
            part.setVisible(kind is ItemKind.NUMBER)

    def _on_kind(self) -> None:
        self._show_parts(ItemKind(self.item_kind.value()))
        self._on_typed()

    def _on_typed(self) -> None:
        """Keep what stands in the fields and show it in the list."""
        line = self._line()
        if line is None or self._is_showing:
            return
        line.item = replace(
            line.item,
            kind=ItemKind(self.item_kind.value()),
            section=self.section.words(),
            name=self.item.words(),
            standard=self.standard.words(),
            unit=self.unit.words(),
            photo=self.photo.isChecked(),
            source=self.source.words(),
            verified=self.verified.isChecked(),
        )
        line.lower, line.upper = self.low.words(), self.high.words()
        line.boxes, line.score = self.boxes.words(), self.score.words()
        line.choices = self.choices.words()
        self._is_showing = True
        self.table.refresh()
        self._is_showing = False

    # -- moving

    def _on_new(self) -> None:
        """Begin an item behind the chosen one, in its section."""
        current = self._line()
        line = self._new_line(current)
        place = self._lines.index(current) + 1 if current is not None else 0
        self._append(line, place)
        self._show_lines(line)
        self.item.setFocus()

    def _on_last(self) -> None:
        """Go on to the next item; behind the last one a new one begins."""
        line = self._line()
        if line is self._lines[-1] and not line.is_empty:
            self._on_new()
        else:
            self._walk(1)
            self.item.setFocus()

    def _walk(self, step: int) -> None:
        line = self._line()
        if line is not None:
            place = self._lines.index(line) + step
            self.table.select_key(self._lines[max(0, min(place, len(self._lines) - 1))].number)

    def _move(self, step: int) -> None:
        line = self._line()
        if line is None:
            return
        place = self._lines.index(line)
        if 0 <= place + step < len(self._lines):
            self._lines.insert(place + step, self._lines.pop(place))
            self._show_lines(line)

    def _take_out(self) -> None:
        line = self._line()
        if line is None:
            return
        place = self._lines.index(line)
        self._lines.remove(line)
        if not self._lines:
            self._append(self._new_line(), 0)
        self._show_lines(self._lines[min(place, len(self._lines) - 1)])

    # -- storing

    def act(self) -> Template:
        """Store the template; an empty item is left out."""
        draft = TemplateDraft(
            name=self.name.words(),
            kind=InspectionKind(self.kind.value()),
            items=self._items(),
            code=self.code.words(),
            shipped=self._template.shipped if self._template else "",
        )
        by, now = self.context.staff.id, self.context.now()
        if self._template is None:
            return add_template(draft, by=by, now=now)
        one = self._template
        return change_template(one.id, draft, version=one.version, by=by, now=now)

    def _items(self) -> tuple[CheckItem, ...]:
        found = []
        for line in self._lines:
            if line.is_empty:
                continue
            try:
                found.append(line.typed())
            except RuleError as refusal:
                self.table.select_key(line.number)
                words = _("Item {place}: {problem}").format(place=line.place, problem=refusal)
                raise DraftError((Problem("items", words),)) from refusal
        return tuple(found)
