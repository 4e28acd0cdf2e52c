"""How a workbook fills the register, whatever it holds: read all rows, bring in each, write once.

Sources: decisions 10, 30 and 32, F35-F37, F47. All rows that can be stored are, or nothing at all;
the same file twice adds nothing. A kind of import says how a row is read and what comes of it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Generic, Protocol, TypeVar

from propdesk.domain.cells import Cell, CellError
from propdesk.domain.import_facts import Facts, contradictions
from propdesk.domain.import_kinds import FIELDS
from propdesk.domain.imported_places import PlaceReader
from propdesk.domain.imports import Columns, ImportPreview, Outcome, RowOutcome
from propdesk.domain.texts import elide
from propdesk.domain.units import Address
from propdesk.i18n import _, run_on
from propdesk.services.parts.bulk import Report
from propdesk.services.parts.import_frame import Frame, Writing, rejected_row
from propdesk.services.parts.import_runs import Source, make_preview
from propdesk.services.parts.register import Register
from propdesk.services.parts.register_rows import HeldUnit
from propdesk.services.parts.register_store import store_register
from propdesk.services.parts.settings import load_settings
from propdesk.services.parts.writing import local
from propdesk.sheets.tables import Row

_SHOWN = 60
_SAID = ("building", "entrance", "room", "unit", "name", "plate")


class Said(Protocol):
    """What a row of any kind says: which house, facts about it, and what is doubtful."""

    @property
    def community(self) -> str:
        """The community that the row names, or ''."""

    @property
    def address(self) -> Address:
        """The house."""

    @property
    def facts(self) -> Facts:
        """What the row says of the house itself."""

    @property
    def doubts(self) -> tuple[str, ...]:
        """What a person has to look at."""


SaidRow = TypeVar("SaidRow", bound=Said)


@dataclass(frozen=True, slots=True)
class Kind(Generic[SaidRow]):
    """One kind of import.

    `read` reads a row, `find` finds or makes its house, `take` brings in the rest and returns what
    is doubtful, `say` names the row in a list.
    """

    read: Callable[[Columns, Sequence[Cell], PlaceReader, date], SaidRow]
    find: Callable[[Register, str, SaidRow], tuple[HeldUnit, bool]]
    take: Callable[[Register, HeldUnit, SaidRow, str], list[str]]
    say: Callable[[SaidRow], str]


def register_frame(kind: Kind[SaidRow]) -> Frame[Register]:
    """Return the import of a kind whose rows fill the register."""
    return Frame(partial(_plan, kind), _write)


def _write(register: Register, to: Writing) -> None:
    store_register(
        register,
        to.import_id,
        by=to.by,
        now=to.now,
        identity_field=_scope(to.source),
        course=to.course,
        step=to.step,
    )


def _register(source: Source, now: datetime) -> Register:
    return Register(local(now).date(), consent_scope=_scope(source))


def _scope(source: Source) -> str:
    """Return the scope of consent that the file's personal data needs, '' where it has none."""
    fields = (field for field in FIELDS[source.kind] if field.catalogued)
    return next((field.catalogued for field in fields if source.columns.has(field.name)), "")


def _plan(
    kind: Kind[SaidRow],
    source: Source,
    community: str,
    now: datetime,
    step: Report,
) -> tuple[ImportPreview, Register]:
    columns, register = source.columns, _register(source, now)
    home = community or _home(register)
    rows = source.table.rows
    total = len(rows)
    said, rejected = _said_rows(kind, source, register, home, step)
    clashes = contradictions(
        (line, (where, *_parts(one.address)), one.facts) for line, (one, where) in said.items()
    )
    outcomes: list[RowOutcome] = []
    changed = 0
    for index, row in enumerate(rows):
        if index % 200 == 0:
            step(total + index, 2 * total)
        if row.line in rejected:
            outcomes.append(rejected_row(columns, row, rejected[row.line], _SAID))
            continue
        one, where = said[row.line]
        try:
            outcome = _bring_in(kind, register, row, one, where, clashes.get(row.line))
        except CellError as error:
            outcomes.append(rejected_row(columns, row, str(error), _SAID))
            continue
        changed += outcome.outcome is Outcome.ADDED and not _is_new(outcome)
        outcomes.append(outcome)
    step(total, total)
    preview = make_preview(source, outcomes, {**register.made(), "changed": changed})
    return preview, register


def _said_rows(
    kind: Kind[SaidRow],
    source: Source,
    register: Register,
    home: str,
    step: Report,
) -> tuple[dict[int, tuple[SaidRow, str]], dict[int, str]]:
    """Return by line what each row says with its community, and why a row cannot be read."""
    columns = source.columns
    rows = source.table.rows
    places = PlaceReader(columns, (row.values for row in rows))
    said: dict[int, tuple[SaidRow, str]] = {}
    rejected: dict[int, str] = {}
    for index, row in enumerate(rows):
        if index % 200 == 0:
            step(index, 2 * len(rows))
        try:
            one = kind.read(columns, row.values, places, register.today)
            said[row.line] = one, _community(one, register, home)
        except CellError as error:
            rejected[row.line] = str(error)
    return said, rejected


def _bring_in(
    kind: Kind[SaidRow],
    register: Register,
    row: Row,
    said: SaidRow,
    community: str,
    clash: tuple[frozenset[str], str] | None,
) -> RowOutcome:
    """Bring a row into the register; tell what became of it and what is doubtful."""
    before = register.changes
    unit, is_new = kind.find(register, community, said)
    facts, doubts = said.facts, list(said.doubts)
    if clash is not None:
        facts = {name: value for name, value in facts.items() if name not in clash[0]}
        doubts.append(clash[1])
    doubts += register.fill_unit(unit, facts, is_new=is_new)
    doubts += kind.take(register, unit, said, community)
    return RowOutcome(
        row.line,
        Outcome.ADDED if register.changes > before else Outcome.UNCHANGED,
        elide(kind.say(said), _SHOWN),
        row.values,
        needs_person=run_on(*doubts),
        changes=register.said(),
    )


def _parts(address: Address) -> tuple[str, str, str, str]:
    return address.building, address.entrance, address.unit, address.kind.value


def _is_new(outcome: RowOutcome) -> bool:
    return any(change.what == "unit" for change in outcome.changes)


def _home(register: Register) -> str:
    """Return the community of rows that name none: the only one, or the office's own name.

    With several it has to be said ('' then, and the rows are rejected that do not say it).
    """
    known = register.communities
    return "" if len(known) > 1 else next(iter(known), load_settings().office_name)


def _community(said: Said, register: Register, home: str) -> str:
    community = said.community or home
    if not community:
        raise CellError(
            _("There are several communities ({names}); say which one it is.").format(
                names=", ".join(register.communities)
            )
        )
    return community
