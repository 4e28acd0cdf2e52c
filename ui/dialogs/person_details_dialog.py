"""What the office keeps of a person beyond name and phone: each field with its ground (R80)."""

from functools import partial

from PySide6.QtWidgets import QWidget

from propdesk.domain.consents import scope_label
from propdesk.domain.errors import DraftError, Problem, RuleError
from propdesk.domain.field_catalogue import BASIS_LABELS, DataField, Shape
from propdesk.domain.person_details import Detail, is_masked
from propdesk.i18n import _
from propdesk.services.person_details import set_details
from propdesk.services.queries.person_details import list_details
from propdesk.services.revealing import reveal_detail
from ui.context import AppContext
from ui.dialogs.base import Dialog
from ui.dialogs.consents_dialog import ConsentDialog
from ui.theme import Ink
from ui.widgets.buttons import Kind
from ui.widgets.choices import Choice
from ui.widgets.fields import LineField, PickField
from ui.widgets.forms import FormRows
from ui.widgets.labels import Label, LinkButton


class PersonDetailsDialog(Dialog):
    """The fields that the office switched on. Ctrl+S stores; `is_stored` tells that it was done.

    A masked value stands behind its mask until it is shown, which is noted; typed over, it is
    another one. A field without the consent that it needs is closed and asks for it.
    """

    def __init__(self, context: AppContext, parent: QWidget, person_id: int, name: str) -> None:
        title = _("Details of {name}").format(name=name)
        super().__init__(context.theme, parent, title, width=640)
        self._context, self._person_id, self._name = context, person_id, name
        self.is_stored = False
        self._fields: dict[str, LineField | PickField] = {}
        self._before: dict[str, str] = {}
        self.rows = FormRows(context.theme)
        self.body.addWidget(self.rows)
        details = list_details(person_id)
        if details:
            words = _("Optional and never printed or exported; with the person's consent only.")
        else:
            words = _(
                "The office keeps no optional details. Switch them on in the settings, under "
                "personal data."
            )
        self.add_sentence(words, is_quiet=bool(details))
        self.add_verb("cancel", _("Cancel") if details else _("Close"))
        if details:
            save = self.add_verb("save", _("Save"), kind=Kind.PRIMARY)
            save.set_shortcut("Ctrl+S")
        self._fill(details, {})

    def _fill(self, details: tuple[Detail, ...], typed: dict[str, str]) -> None:
        """Make the rows anew; what was typed and not stored stays."""
        place = self.body.indexOf(self.rows)
        self.rows.deleteLater()
        self.rows = FormRows(self._context.theme)
        self._fields.clear()
        for detail in details:
            self._add(detail)
        for code, words in typed.items():
            self._show(code, words)
        self.body.insertWidget(place, self.rows)
        first = next((one for one in self._fields.values() if one.isEnabled()), None)
        if first is not None:
            first.setFocus()

    def _add(self, detail: Detail) -> None:
        theme, field = self._context.theme, detail.field
        label = str(field.label)
        ground = str(BASIS_LABELS[field.basis])
        if field.is_sensitive:
            ground = _("{ground}, sensitive").format(ground=ground)
        box: LineField | PickField
        if field.shape is Shape.CHOICE:
            choices = [Choice(key, str(word)) for key, word in field.choices.items()]
            box = PickField(theme, label, [Choice("", "—"), *choices])
        else:
            box = LineField(theme, label, placeholder=detail.shown)
        self._fields[field.code] = box
        self._before.setdefault(field.code, "")
        if not is_masked(field):
            self._show(field.code, _stored_words(field, detail))
            self._before[field.code] = _stored_words(field, detail)
        box.setEnabled(detail.is_open)
        beside: list[QWidget] = []
        if not detail.is_open:
            link = LinkButton(theme, _("Note the consent"))
            link.followed.connect(partial(self._ask_consent, field))
            beside.append(link)
        elif detail.shown and is_masked(field):
            link = LinkButton(theme, _("Show"))
            link.followed.connect(partial(self._reveal, field, link))
            beside.append(link)
        note = Label(theme, ground, ink=Ink.TEXT_3, elide=True)
        note.setToolTip(f"{field.source}\n{field.purpose}")
        self.rows.add_row(field.code, label, box, *beside, note=note)

    def _show(self, code: str, words: str) -> None:
        box = self._fields[code]
        if isinstance(box, PickField):
            box.choose(words)
        else:
            box.show_words(words)

    def _words(self, code: str) -> str:
        box = self._fields[code]
        return box.value() if isinstance(box, PickField) else box.words()

    def _typed(self) -> dict[str, str]:
        """Return what is another than it was."""
        return {
            code: self._words(code)
            for code in self._fields
            if self._words(code) != self._before[code]
        }

    def _ask_consent(self, field: DataField) -> None:
        dialog = ConsentDialog(self._context, self, self._person_id, self._name, scope=field.scope)
        dialog.heading.show_text(
            _("{name} agrees: {scope}").format(name=self._name, scope=scope_label(field.scope))
        )
        dialog.ask()
        if dialog.stored is not None:
            self._fill(list_details(self._person_id), self._typed())
            self._fields[field.code].setFocus()

    def _reveal(self, field: DataField, link: LinkButton) -> None:
        context = self._context

        def show() -> None:
            value = reveal_detail(
                self._person_id, field.code, by=context.staff.id, now=context.now()
            )
            self._before[field.code] = value
            self._show(field.code, value)

        if context.attempt(self, _("The numbers stay masked"), show):
            self._fields[field.code].setFocus()
            link.show_text("")

    def choose(self, key: str) -> None:
        """Store before the dialog closes; what is wrong is said under its field."""
        if key == "save" and not self._is_written():
            return
        super().choose(key)

    def _is_written(self) -> bool:
        context = self._context
        try:
            if typed := self._typed():
                set_details(self._person_id, typed, by=context.staff.id, now=context.now())
        except DraftError as refusal:
            self.rows.show_problems(refusal.problems)
            return False
        except RuleError as refusal:
            self.rows.show_problems((Problem("", str(refusal)),))
            return False
        self.is_stored = bool(typed)
        return True


def _stored_words(field: DataField, detail: Detail) -> str:
    """Return what a field holds that is not masked: of a choice its code."""
    labels = {str(word): key for key, word in field.choices.items()}
    return labels.get(detail.shown, detail.shown)
