"""The columns of the list of houses."""

from collections.abc import Callable, Sequence

from propdesk.i18n import _lazy
from propdesk.services.queries.units import UnitRow
from ui.pages.house_file import area_words
from ui.tables.columns import CellKind, Column, Mark
from ui.theme import Tone
from ui.unit_words import state_mark


def house_columns(
    names: Callable[[str], str], long_words: Callable[[UnitRow], str]
) -> Sequence[Column]:
    """Return the columns; `names` masks names for the reader, `long_words` says the address."""
    return (
        Column("short", _lazy("House"), lambda row: row.short, width=92, least=76),
        Column("long", _lazy("Address"), long_words, width=130, least=90, rank=2,
               is_quiet=True),
        Column("floor", _lazy("Floor"), lambda row: row.floor, CellKind.COUNT, width=52,
               least=44, rank=1),
        Column("area", _lazy("Area (m²)"), lambda row: area_words(row.area_dm2),
               CellKind.COUNT, width=84, least=76, rank=3),
        Column("state", _lazy("State"), lambda row: state_mark(row.state, row.kind),
               CellKind.BADGE, width=124, least=72),
        Column("owners", _lazy("Owner"), lambda row: names(row.owners), width=110,
               least=80, stretches=True, is_name=True),
        Column("people", _lazy("People"), lambda row: row.residents or None, CellKind.COUNT,
               width=56, least=48, rank=4),
        Column("tickets", _lazy("Open tickets"), _tickets_mark, CellKind.BADGE, width=100,
               least=60),
    )  # fmt: skip


def _tickets_mark(row: UnitRow) -> Mark | None:
    return Mark(str(row.open_tickets), Tone.WARN) if row.open_tickets else None
