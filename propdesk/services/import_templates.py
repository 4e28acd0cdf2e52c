"""Workbooks to fill in: the columns that an import reads, an example, and what to write where.

What comes out here is read by `import` without any mapping; a column of personal data that the
office did not switch on is not offered.
"""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from propdesk import i18n, paths
from propdesk.domain.assets import ASSET_KIND_LABELS, ASSET_STATE_LABELS
from propdesk.domain.import_kinds import FIELDS
from propdesk.domain.imports import ImportField, ImportKind
from propdesk.domain.meters import METER_LABELS, READING_LABELS
from propdesk.domain.persons import ROLE_LABELS
from propdesk.domain.units import (
    OWN_USE,
    UNIT_KIND_LABELS,
    UNIT_STATE_LABELS,
    UNIT_USAGE_LABELS,
)
from propdesk.domain.vehicles import VEHICLE_LABELS
from propdesk.i18n import LazyText, _
from propdesk.services.parts.settings import load_settings
from propdesk.services.parts.targets import check_target
from propdesk.sheets.writing import SheetOut, write_workbook

_CHOICES: Mapping[tuple[ImportKind, str], Sequence[LazyText]] = {
    (ImportKind.RESIDENTS, "role"): tuple(ROLE_LABELS.values()),
    (ImportKind.UNITS, "kind"): tuple(UNIT_KIND_LABELS.values()),
    (ImportKind.UNITS, "state"): (*UNIT_STATE_LABELS.values(), OWN_USE),
    (ImportKind.UNITS, "usage"): tuple(UNIT_USAGE_LABELS.values()),
    (ImportKind.VEHICLES, "kind"): tuple(VEHICLE_LABELS.values()),
    (ImportKind.READINGS, "kind"): tuple(METER_LABELS.values()),
    (ImportKind.READINGS, "how"): tuple(READING_LABELS.values()),
    (ImportKind.ASSETS, "kind"): tuple(ASSET_KIND_LABELS.values()),
    (ImportKind.ASSETS, "state"): tuple(ASSET_STATE_LABELS.values()),
}
_NUMBERS = frozenset({"area", "floor", "amount", "paid", "value"})
_AS_TEXT = "@"
_NOTES_WIDTHS = (20.0, 90.0)


def write_template(kind: ImportKind, target: Path) -> tuple[str, ...]:
    """Write the workbook to fill in for a kind of import; return its columns.

    All columns but numbers are text, so that Excel keeps each digit of a phone (F37). Raises
    RuleError where the target is no .xlsx or cannot be written.
    """
    check_target(target, ".xlsx")
    kept = frozenset(load_settings("kept_fields").kept_fields)
    fields = [one for one in FIELDS[kind] if not one.catalogued or one.catalogued in kept]
    header = tuple(str(field.label) for field in fields)
    words = _words(i18n.language())
    said = words[kind.value]
    formats = [None if field.name in _NUMBERS else _AS_TEXT for field in fields]
    choices = {
        at: [str(label) for label in _CHOICES[kind, field.name]]
        for at, field in enumerate(fields)
        if (kind, field.name) in _CHOICES
    }
    widths = [max(12.0, 2.2 * len(name)) for name in header]
    examples = [[one.get(field.name) for field in fields] for one in said["examples"]]
    notes = [["", text] for text in words["general"]]
    notes += [[str(field.label), _note(field, said["notes"])] for field in fields]
    write_workbook(
        target,
        [
            SheetOut(_("Fill in"), header, [], widths, formats, choices=choices),
            SheetOut(_("Example"), header, examples, widths, formats, choices=choices),
            SheetOut(_("What to write"), (_("Column"), _("What to write")), notes, _NOTES_WIDTHS),
        ],
    )
    return header


def _note(field: ImportField, notes: Mapping[str, str]) -> str:
    return notes.get(field.name, "")


@cache
def _words(language: str) -> dict[str, Any]:
    file = paths.resources() / "import_templates" / f"{language}.json"
    read: dict[str, Any] = json.loads(file.read_text("utf-8"))
    return read
