"""What will come of each row of a workbook: groups with their counts, and the rows with reasons."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from PySide6.QtWidgets import QVBoxLayout, QWidget

from propdesk.domain.cells import cell_line
from propdesk.domain.classes import class_label
from propdesk.domain.import_facts import change_words
from propdesk.domain.import_kinds import FEE_KINDS, REGISTER_KINDS
from propdesk.domain.imports import (
    ChangeMark,
    Columns,
    ImportKind,
    ImportPreview,
    Outcome,
    RowOutcome,
)
from propdesk.domain.texts import elide, has_words
from propdesk.i18n import LazyText, _, _lazy, run_on
from ui.tables.columns import CellKind, Column, Mark
from ui.tables.view import RecordTable
from ui.theme import Ink, Space, Theme, Tone
from ui.widgets.choices import Chips, Choice
from ui.widgets.labels import Label

_LONGEST = 300

_OUTCOMES: Mapping[Outcome, tuple[LazyText, Tone]] = {
    Outcome.ADDED: (_lazy("New"), Tone.OK),
    Outcome.UNCHANGED: (_lazy("Known already"), Tone.NEUTRAL),
    Outcome.REJECTED: (_lazy("Rejected"), Tone.DANGER),
}

_GROUPS: Mapping[str, tuple[LazyText, Callable[[RowOutcome], bool]]] = {
    "all": (_lazy("All rows"), lambda _row: True),
    "needs-person": (_lazy("Needs a person"), lambda row: bool(row.needs_person)),
    "rejected": (_lazy("Rejected"), lambda row: row.outcome is Outcome.REJECTED),
    "duplicates": (_lazy("Likely duplicates"), lambda row: bool(row.duplicate_of)),
    "filled": (_lazy("Filled in"), lambda row: _has(row, ChangeMark.FILLED)),
    "different": (
        _lazy("Different from the register"),
        lambda row: _has(row, ChangeMark.DIFFERENT),
    ),
}


def _has(row: RowOutcome, mark: ChangeMark) -> bool:
    return any(change.mark is mark for change in row.changes)


# Rows that are taken or not; they neither fill what stands nor look like a complaint of before.
_PLAIN_KINDS = (*FEE_KINDS, ImportKind.ASSETS)


class PreviewRows(QWidget):
    """The rows of a preview; the chips show those that somebody should look at."""

    def __init__(self, theme: Theme, kind: ImportKind, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._rows: tuple[RowOutcome, ...] = ()
        self._columns = Columns({}, ())
        others = {"duplicates"} if kind in REGISTER_KINDS else {"filled", "different"}
        if kind in _PLAIN_KINDS:
            others |= {"duplicates"}
        self._keys = [key for key in _GROUPS if key not in others]
        self._chips = Chips(theme, _("Rows"), self._choices())
        self._chips.chosen_changed.connect(self._show_group)
        self.table = RecordTable(
            theme,
            _("Rows of the file"),
            self._make_columns(kind),
            lambda row: row.line,
            margin=0,
            now=now,
        )
        self.table.make_dense()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.XS)
        column.addWidget(self._chips)
        column.addWidget(self.table, 1)
        # A reason is a sentence: no cell is wide enough, and the keyboard has no tooltip.
        self._sentence = Label(theme, ink=Ink.TEXT_2, wrap=True, selectable=True)
        self._sentence.setMinimumHeight(2 * theme.line())
        self.table.current_changed.connect(self._on_current_changed)
        column.addWidget(self._sentence)

    def _on_current_changed(self, row: RowOutcome | None) -> None:
        words = "" if row is None else run_on(_reason(row), _brings(row))
        line = "" if row is None else _("Line {line}: {reason}").format(line=row.line, reason=words)
        self._sentence.show_text(elide(line, _LONGEST) if words else "")

    def _choices(self) -> list[Choice]:
        return [
            Choice(
                key,
                str(_GROUPS[key][0]),
                None if key == "all" else sum(map(_GROUPS[key][1], self._rows)),
                is_bad=key == "rejected",
            )
            for key in self._keys
        ]

    def show_preview(self, preview: ImportPreview) -> None:
        """Show the rows of a file, all of them first."""
        self._rows = preview.rows
        self._columns = Columns(preview.mapping, preview.header)
        self._chips.set_choices(self._choices())
        self._chips.choose("all")
        self._show_group("all")

    def _show_group(self, key: str) -> None:
        self.table.show_rows([row for row in self._rows if _GROUPS[key][1](row)])

    def _make_columns(self, kind: ImportKind) -> Sequence[Column]:
        line = Column(
            "line", _lazy("Line"), lambda row: row.line, CellKind.COUNT, width=52, least=48
        )
        outcome = Column(
            "outcome", _lazy("Outcome"), _outcome, CellKind.STATUS, width=120, least=112
        )
        reason = Column("reason", _lazy("Reason"), _reason, width=260, least=140, stretches=True)
        if kind in _PLAIN_KINDS:
            what = Column("what", _WHAT[kind], lambda row: row.what, width=320, least=140)
            return (line, outcome, what, reason)
        if kind in REGISTER_KINDS:
            # A house alone is a short word; what is told of it is long.
            wide, told = (110, 310) if kind is ImportKind.UNITS else (180, 280)
            what = Column("what", _WHAT[kind], lambda row: row.what, width=wide, least=90)
            brings = Column("brings", _lazy("What it brings"), _brings, width=told, rank=1)
            return (line, outcome, what, brings, reason)
        matter = Column("what", _lazy("Subject"), self._matter, width=300, least=120)
        suggested = Column(
            "suggested", _lazy("Suggested class"), _suggested, width=140, least=90, rank=1
        )
        return (line, outcome, matter, suggested, reason)

    def _matter(self, row: RowOutcome) -> str:
        """Return what a complaint is about, as its row says it."""
        cells = (self._columns.cell(row.values, name) for name in ("matter", "text"))
        return next((words for words in map(cell_line, cells) if has_words(words)), row.what)


def _outcome(row: RowOutcome) -> Mark:
    word, tone = _OUTCOMES[row.outcome]
    return Mark(str(word), tone)


def _reason(row: RowOutcome) -> str:
    same = _("The same text as {where}.").format(where=row.duplicate_of) if row.duplicate_of else ""
    return run_on(row.reason, row.needs_person, same)


_WHAT: Mapping[ImportKind, LazyText] = {
    ImportKind.RESIDENTS: _lazy("House and people"),
    ImportKind.UNITS: _lazy("House"),
    ImportKind.VEHICLES: _lazy("House and plate"),
    ImportKind.BILLS: _lazy("House, item and period"),
    ImportKind.PAYMENTS: _lazy("House or remark, amount"),
    ImportKind.READINGS: _lazy("House and meter"),
    ImportKind.TARIFFS: _lazy("Item, price and first day"),
    ImportKind.ASSETS: _lazy("Thing and where it stands"),
}


def _brings(row: RowOutcome) -> str:
    return _("; ").join(map(change_words, row.changes))


def _suggested(row: RowOutcome) -> str:
    return str(class_label(row.suggested)) if row.suggested else ""
