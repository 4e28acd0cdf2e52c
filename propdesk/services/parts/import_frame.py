"""What a kind of import gives and gets: which rows it plans, and how it writes what it planned.

`services/importing.py` reads the file, asks for the plan and has it written; the same plan is what
the preview shows.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from propdesk.domain.cells import cell_line
from propdesk.domain.import_kinds import FEE_KINDS, IMPORT_RIGHTS
from propdesk.domain.imports import Columns, ImportKind, ImportPreview, Outcome, RowOutcome
from propdesk.domain.staff import Staff
from propdesk.domain.texts import elide
from propdesk.services.parts.actors import actor
from propdesk.services.parts.bulk import Course, Report
from propdesk.services.parts.fee_access import fee_actor
from propdesk.services.parts.import_runs import Source
from propdesk.sheets.tables import Row

_SHOWN = 60

Planned = TypeVar("Planned")


@dataclass(frozen=True, slots=True)
class Writing:
    """An import that is being written: its id, by whom and when, and how far it is."""

    import_id: int
    by: int
    now: datetime
    source: Source
    course: Course
    step: Report


@dataclass(frozen=True, slots=True)
class Frame(Generic[Planned]):
    """One kind of import: `plan` tells what comes of each row and what is to be written of it.

    `plan` gets the community of houses whose row names none, or ''; `write` writes what it planned.
    """

    plan: Callable[[Source, str, datetime, Report], tuple[ImportPreview, Planned]]
    write: Callable[[Planned, Writing], None]


def import_actor(kind: ImportKind, staff_id: int) -> Staff:
    """Return who takes a file in, or refuse: a right is missing, or guards take no part in fees."""
    who = fee_actor if kind in FEE_KINDS else actor
    return [who(staff_id, right) for right in IMPORT_RIGHTS[kind]][-1]


def named_row(columns: Columns, row: Row, names: Sequence[str]) -> str:
    """Return a row in a few words as it stands, by the cells of these fields."""
    said = (cell_line(columns.cell(row.values, name)) for name in names)
    return elide(" ".join(filter(None, said)), _SHOWN)


def rejected_row(columns: Columns, row: Row, reason: str, names: Sequence[str]) -> RowOutcome:
    """Return the outcome of a row that cannot be stored, named by the cells of these fields."""
    what = named_row(columns, row, names)
    return RowOutcome(row.line, Outcome.REJECTED, what, row.values, reason)
