"""The part of the settings about personal data: what is kept, who sees names, for how long."""

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from propdesk.domain.field_catalogue import OPTIONAL_FIELDS, DataField
from propdesk.domain.retention import BY_CODE, DEFAULT_MONTHS
from propdesk.domain.settings import OfficeSettings
from propdesk.domain.staff import ROLE_LABELS, Role
from propdesk.i18n import _, ngettext
from propdesk.services.queries.person_details import count_details
from ui.context import AppContext
from ui.theme import Ink
from ui.widgets.fields import CheckField, LineField
from ui.widgets.forms import FormRows
from ui.widgets.labels import Label

_WIDTH, _IN_A_ROW, _LONG_IN_A_ROW = 52, 4, 3


class PrivacyPart(FormRows):
    """Optional fields, masked names, the second person for exports, the months of retention."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(context.theme)
        theme, shown = context.theme, context.settings
        self._kept: dict[str, CheckField] = {}
        sensitive = [one for one in OPTIONAL_FIELDS.values() if one.is_sensitive]
        ordinary = [one for one in OPTIONAL_FIELDS.values() if not one.is_sensitive]
        self._add_fields(context, "fields", _("Optional details"), ordinary)
        self._add_fields(context, "sensitive", _("Sensitive details"), sensitive)
        self._roles: dict[Role, CheckField] = {}
        for role in Role:
            self._roles[role] = CheckField(theme, str(ROLE_LABELS[role]))
            self._roles[role].setChecked(role.value in shown.masked_names_for)
        first, *others = self._roles.values()
        self.add_row("roles", _("Names masked for"), first, *others)
        self._second = LineField(theme, _("Second person"), width=_WIDTH, longest=3)
        self._second.show_words(str(shown.second_approver_rows))
        words = Label(theme, _("rows in full may one person export alone"), ink=Ink.TEXT_3)
        self.add_row("second", _("Second person"), self._second, note=words)
        self._months: dict[str, LineField] = {}
        for code in DEFAULT_MONTHS:
            self._add_months(context, code)

    def _add_fields(
        self, context: AppContext, key: str, label: str, fields: list[DataField]
    ) -> None:
        """Add the boxes of some fields, a few in a row."""
        count = _LONG_IN_A_ROW if any(one.is_sensitive for one in fields) else _IN_A_ROW
        for start in range(0, len(fields), count):
            boxes: list[QWidget] = []
            for field in fields[start : start + count]:
                box = CheckField(context.theme, str(field.label))
                box.setChecked(field.code in context.settings.kept_fields)
                box.setToolTip(str(field.purpose))
                self._kept[field.code] = box
                boxes.append(box)
            self.add_row(f"{key}-{start}" if start else key, "" if start else label, *boxes)

    def _add_months(self, context: AppContext, code: str) -> None:
        row, theme = BY_CODE[code], context.theme
        what = str(row.what)
        field = LineField(theme, what, width=_WIDTH, longest=4)
        field.show_words(str(context.settings.retention_months[code]))
        note = Label(theme, what, ink=Ink.TEXT_3, wrap=True)
        note.setToolTip(f"{what}\n{row.source}")
        label = "" if self._months else _("Kept for (months)")
        self._months[code] = field
        self.add_row(f"months-{code}", label, field, note=note)

    def taken(self, settings: OfficeSettings) -> OfficeSettings:
        """Return the settings with what was chosen here."""
        return replace(
            settings,
            kept_fields=tuple(code for code, box in self._kept.items() if box.isChecked()),
            masked_names_for=tuple(
                role.value for role, box in self._roles.items() if box.isChecked()
            ),
            second_approver_rows=_number(self._second),
            retention_months={code: _number(field) for code, field in self._months.items()},
        )

    def may_drop(self, context: AppContext, wanted: OfficeSettings) -> bool:
        """Ask before fields are switched off that hold something: it is deleted with them."""
        off = set(context.settings.kept_fields) - set(wanted.kept_fields)
        count = count_details(off)
        if not count:
            return True
        labels = ", ".join(str(OPTIONAL_FIELDS[code].label) for code in sorted(off))
        words = ngettext(
            "{count} entry in {fields} is deleted for good.",
            "{count} entries in {fields} are deleted for good.",
            count,
        )
        return context.messages.confirm(
            self,
            _("Keep these details no longer?"),
            words.format(count=count, fields=labels),
            act=_("Delete them"),
            keep=_("Go on keeping them"),
        )


def _number(field: LineField) -> int:
    """Return a whole number, and one that is refused where none was typed."""
    words = field.words()
    return int(words) if words.isascii() and words.isdecimal() else -1
