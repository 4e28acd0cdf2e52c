"""Importing a workbook: which column is what, and what comes of each row.

A field knows the names that offices and their old programs give to its column. What is recognised
may be put right by hand (`--mapping`, the preview's boxes); the choice is remembered by the header.
Every row ends as one of added, unchanged and rejected; rows = added + unchanged + rejected.
"""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple, TypeVar

from propdesk.domain.cells import Cell
from propdesk.domain.errors import RuleError
from propdesk.domain.simplified import simplified
from propdesk.domain.texts import fold
from propdesk.i18n import LANGUAGES, LazyText, _


class ImportKind(StrEnum):
    """What a workbook holds."""

    COMPLAINTS = "complaints"
    RESIDENTS = "residents"
    UNITS = "units"
    VEHICLES = "vehicles"
    TARIFFS = "tariffs"
    READINGS = "readings"
    PAYMENTS = "payments"
    BILLS = "bills"
    ASSETS = "assets"


class Outcome(StrEnum):
    """What comes of a row; a row that changed something that stood already is `added` too."""

    ADDED = "added"
    UNCHANGED = "unchanged"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class ImportField:
    """What a column may mean: its stable name, label, and the headings by which it is known.

    `several` fields take all columns of their name (电话, 电话 2), others the first. A `catalogued`
    one is taken only where the office keeps that field of the catalogue of personal data.
    """

    name: str
    label: LazyText
    headings: tuple[str, ...]
    several: bool = False
    catalogued: str = ""


ColumnMapping = Mapping[str, tuple[str, ...]]
"""Field name -> the columns of the file that say it."""


class ChangeMark(StrEnum):
    """What an import does with a value: it is new, fills an empty place, or differs and is left."""

    NEW = "new"
    FILLED = "filled"
    DIFFERENT = "different"


class CellChange(NamedTuple):
    """What a row brings: `what` names it (`area`, `phone` ...), `before` is what stands already.

    What is different is never written over what stands (decision 10): it is shown, old and new.
    """

    mark: ChangeMark
    what: str
    after: str
    before: str = ""


class LeftOutLine(NamedTuple):
    """A line of the file that is no row of its table: a sum, a note, a hidden row ..."""

    line: int
    why: str


@dataclass(frozen=True, slots=True)
class RowOutcome:
    """What comes of one row: `line` is its line in the file, `values` its cells as found.

    `reason` says why it was rejected; `needs_person` what somebody has to look at although it was
    taken; `suggested` is a class code; `duplicate_of` names the row or ticket of the same text.
    """

    line: int
    outcome: Outcome
    what: str
    values: tuple[Cell, ...]
    reason: str = ""
    needs_person: str = ""
    suggested: str = ""
    duplicate_of: str = ""
    changes: tuple[CellChange, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """What an import will do, or has done: columns, rows, and what is new beside the rows.

    `made` counts what comes along with the rows (communities, buildings, units, persons ...).
    `told` are sentences about the file as a whole: it was imported before, columns are hidden or
    may not be taken. `left_out` are its lines that are no rows.
    """

    kind: ImportKind
    file_name: str
    sheet_name: str
    sheet_names: tuple[str, ...]
    header: tuple[str, ...]
    mapping: ColumnMapping
    rows: tuple[RowOutcome, ...]
    made: Mapping[str, int]
    told: tuple[str, ...] = ()
    left_out: tuple[LeftOutLine, ...] = ()
    hidden_columns: tuple[str, ...] = ()
    not_taken: tuple[str, ...] = ()

    def count(self, outcome: Outcome) -> int:
        """Return how many rows end so."""
        return sum(row.outcome is outcome for row in self.rows)

    @property
    def rejected(self) -> tuple[RowOutcome, ...]:
        """The rows that cannot be stored."""
        return tuple(row for row in self.rows if row.outcome is Outcome.REJECTED)

    @property
    def needing_person(self) -> tuple[RowOutcome, ...]:
        """The rows that are taken but that somebody has to look at."""
        return tuple(row for row in self.rows if row.needs_person)

    @property
    def unused(self) -> tuple[str, ...]:
        """The columns that are not taken."""
        used = {column for columns in self.mapping.values() for column in columns}
        return tuple(column for column in self.header if column not in used)

    @property
    def counts(self) -> dict[str, int]:
        """All counts under the names that JSON uses."""
        return {
            "rows": len(self.rows),
            **{outcome.value: self.count(outcome) for outcome in Outcome},
            "needs_person": len(self.needing_person),
            **self.made,
        }


@dataclass(frozen=True, slots=True)
class ImportResult:
    """A finished import; `import_id` is what it is undone by, None where nothing was added."""

    import_id: int | None
    preview: ImportPreview


@dataclass(frozen=True, slots=True)
class Undone:
    """What undoing an import did: counts, and what was left because somebody used it since.

    `values` are those that were taken back from records that stood before the import.
    """

    import_id: int
    tickets: int = 0
    units: int = 0
    persons: int = 0
    vehicles: int = 0
    readings: int = 0
    values: int = 0
    receipts: int = 0
    bills: int = 0
    assets: int = 0
    left: tuple[str, ...] = ()


GROUP_SIGN = " / "
"""Stands between a group of columns and the name below it: `业主信息 / 姓名`."""

_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】")
_COPY = re.compile(r"\s\(\d+\)$")
_NOISE = re.compile(r"[\s*:#·.、_-]+")


def heading_key(heading: str) -> str:
    """Return a heading as it is compared: `* 建筑面积（㎡）：` is 建筑面积."""
    text = simplified(fold(_COPY.sub("", heading)))
    return _NOISE.sub("", _BRACKETS.sub("", text)) or _NOISE.sub("", text)


Meant = TypeVar("Meant")


def words_meaning(
    words: Mapping[Meant, Sequence[str]], labels: Mapping[Meant, LazyText]
) -> dict[str, Meant]:
    """Return what each word of a column means: our own labels in each language, and other words."""
    said = {word: one for one, others in words.items() for word in others}
    ours = {fold(label.in_(code)): one for one, label in labels.items() for code in LANGUAGES}
    return said | ours


def headings_of(fields: Sequence[ImportField]) -> tuple[str, ...]:
    """Return all headings that are known, for the search of the header row."""
    return tuple(heading for field in fields for heading in _headings(field))


def _headings(field: ImportField) -> tuple[str, ...]:
    """Our own exports carry the field's label as heading, in one of the languages."""
    return (*field.headings, *(field.label.in_(code) for code in LANGUAGES))


_OF_GROUP = re.compile(r"(?:基本)?(?:信息|资料|情况)$")


def recognise_columns(
    header: Sequence[str], fields: Sequence[ImportField], hidden: Collection[str] = ()
) -> ColumnMapping:
    """Return which columns say which field; earlier headings of a field win over later ones.

    Hidden columns are not taken unless somebody names them.
    """
    known = {heading_key(heading) for heading in headings_of(fields)}
    bare = Counter(heading_key(column.rpartition(GROUP_SIGN)[2]) for column in header)
    columns: dict[str, list[str]] = {}
    for column in header:
        if column not in hidden:
            columns.setdefault(_grouped_key(column, known, bare), []).append(column)
    mapping: dict[str, tuple[str, ...]] = {}
    taken: set[str] = set()
    for field in fields:
        found = [
            column
            for key in dict.fromkeys(map(heading_key, _headings(field)))
            for column in columns.get(key, ())
            if column not in taken
        ]
        if found:
            mapping[field.name] = tuple(found if field.several else found[:1])
            taken.update(mapping[field.name])
    return mapping


def _grouped_key(column: str, known: Collection[str], bare: Mapping[str, int]) -> str:
    """Return what a column is called: `租户信息 / 姓名` is 租户姓名.

    The name alone counts where the two together say nothing and no other group has the same name:
    the phone of 家庭成员 is not the owner's.
    """
    group, sign, name = column.rpartition(GROUP_SIGN)
    key = heading_key(name)
    if not sign:
        return key
    together = heading_key(_OF_GROUP.sub("", simplified(group)) + name)
    return key if together not in known and bare[key] == 1 else together


def parse_mapping(text: str, fields: Sequence[ImportField]) -> ColumnMapping:
    """Read a mapping file: JSON `{field: column}` or `{field: [column, column]}`."""
    try:
        found = json.loads(text)
    except json.JSONDecodeError as error:
        raise RuleError(
            "mapping-unreadable",
            _("The mapping is not readable JSON: line {line}, column {column}.").format(
                line=error.lineno, column=error.colno
            ),
        ) from error
    mapping = {}
    for name, said in found.items() if isinstance(found, dict) else ((None, None),):
        columns = [said] if isinstance(said, str) else said
        if not (isinstance(columns, list) and all(isinstance(one, str) for one in columns)):
            raise RuleError(
                "mapping-unreadable",
                _("A mapping names a column for each field, like {example}.").format(
                    example='{"unit": "房间", "phone": ["电话1", "电话2"]}'
                ),
            )
        mapping[str(name)] = tuple(columns)
    known = [field.name for field in fields]
    for name in mapping:
        if name not in known:
            raise RuleError(
                "mapping-field",
                _("There is no field «{name}»; the fields are {names}.").format(
                    name=name[:40], names=", ".join(known)
                ),
            )
    return mapping


def check_columns(mapping: ColumnMapping, header: Sequence[str]) -> None:
    """Refuse a mapping that names columns that the file does not have."""
    for columns in mapping.values():
        for column in columns:
            if column not in header:
                raise RuleError(
                    "mapping-column",
                    _("The file has no column «{column}»; it has {names}.").format(
                        column=column[:40], names=", ".join(header)
                    ),
                )


class ColumnsMissingError(RuleError):
    """The needed columns were not found; `header` is what the file has, to choose from."""

    def __init__(self, wanted: Sequence[ImportField], header: Sequence[str]) -> None:
        super().__init__(
            "columns-missing",
            _("No column says «{wanted}». The file has {names}. Say which column it is.").format(
                wanted=", ".join(str(field.label) for field in wanted),
                names=", ".join(header[:30]),
            ),
        )
        self.header = tuple(header)


def columns_missing(wanted: Sequence[ImportField], header: Sequence[str]) -> ColumnsMissingError:
    """Return the refusal of a file whose needed columns were not found."""
    return ColumnsMissingError(wanted, header)


def header_mark(header: Sequence[str]) -> str:
    """Return the mark under which a mapping is remembered for files with this header."""
    return hashlib.sha256("\n".join(header).encode()).hexdigest()[:16]


class Columns:
    """Picks a field's cells out of a row; fields without a column are empty."""

    __slots__ = ("_at", "days_from_1904")

    def __init__(
        self, mapping: ColumnMapping, header: Sequence[str], *, days_from_1904: bool = False
    ) -> None:
        self.days_from_1904 = days_from_1904
        place = {column: index for index, column in enumerate(header)}
        self._at = {name: tuple(place[one] for one in mapping[name]) for name in mapping}

    def has(self, name: str) -> bool:
        """Tell whether the file says this field at all."""
        return bool(self._at.get(name))

    def cell(self, values: Sequence[Cell], name: str) -> Cell:
        """Return the cell of a field, None where there is none."""
        at = self._at.get(name)
        return values[at[0]] if at else None

    def cells(self, values: Sequence[Cell], name: str) -> list[Cell]:
        """Return all filled cells of a field."""
        return [values[at] for at in self._at.get(name, ()) if values[at] is not None]
