"""Limits of one point where they differ from the template's: another pump, another pressure."""

from PySide6.QtWidgets import QWidget

from propdesk.domain.check_items import CheckItem, ItemKind
from propdesk.domain.check_templates import Template
from propdesk.domain.errors import DraftError, Problem, RuleError
from propdesk.domain.inspection_results import limit_words, parse_reading, reading_words
from propdesk.i18n import _
from propdesk.services.point_limits import set_point_limits
from propdesk.services.queries.assets import list_points
from propdesk.services.queries.point_limits import Limits, get_point_limits
from ui.context import AppContext
from ui.dialogs.small_form import SmallForm
from ui.theme import Ink
from ui.widgets.choices import Choice
from ui.widgets.fields import LineField, PickField
from ui.widgets.labels import Label

_WIDTH, _SHORT = 640, 108


class PointLimitsDialog(SmallForm):
    """A line for each measured item; an empty field is no limit."""

    def __init__(self, context: AppContext, parent: QWidget, template: Template) -> None:
        title = _("Limits of a point: {name}").format(name=template.name)
        super().__init__(context, parent, title, _("Save"), width=_WIDTH)
        self._template = template
        self._items = [item for item in template.items if item.kind is ItemKind.NUMBER]
        theme = context.theme
        points = [
            Choice(str(one.id), " ".join(filter(None, (one.draft.code, one.draft.name, one.where))))
            for one in list_points()
        ]
        self.point = PickField(theme, _("Point"), points)
        self.point.picked.connect(lambda _key: self._show())
        self.rows.add_row("point", _("Point"), self.point)
        self.fields: dict[str, tuple[LineField, LineField]] = {}
        for item in self._items:
            low, high = (
                LineField(theme, f"{item.name} {word}", placeholder=word, width=_SHORT, longest=13)
                for word in (_("lower limit"), _("upper limit"))
            )
            usual = _("template: {limits}").format(limits=limit_words(item))
            note = Label(theme, usual, ink=Ink.TEXT_3, elide=True)
            self.rows.add_row(item.key, item.name, low, Label(theme, "–"), high, note=note)
            self.fields[item.key] = (low, high)
        if not self._items or not points:
            words = (
                _("This template measures nothing: it has no limits.")
                if points
                else _("There are no points yet. Add places and things in the ledger first.")
            )
            self.add_sentence(words, is_quiet=True)
            self.verb.setEnabled(False)
        else:
            self._show()
        self.point.setFocus()

    def _show(self) -> None:
        """Show what holds at the point."""
        own = get_point_limits(int(self.point.value()), self._template.id)
        for item in self._items:
            limits = own.get(item.key, (item.lower_milli, item.upper_milli))
            for field, limit in zip(self.fields[item.key], limits, strict=True):
                field.show_words("" if limit is None else reading_words(item, limit))

    def act(self) -> Limits:
        """Store what differs. Raises DraftError."""
        limits: Limits = {}
        problems = []
        for item in self._items:
            try:
                low, high = (_limit(item, field.words()) for field in self.fields[item.key])
                limits[item.key] = (low, high)
            except RuleError as refusal:
                problems.append(Problem(item.key, str(refusal)))
        if problems:
            raise DraftError(tuple(problems))
        return set_point_limits(
            int(self.point.value()), self._template.id, limits, by=self.context.staff.id
        )


def _limit(item: CheckItem, words: str) -> int | None:
    return parse_reading(item, words) if words else None
