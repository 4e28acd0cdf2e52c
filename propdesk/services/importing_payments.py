"""Take in a statement of bank, WeChat or Alipay: each payment to the house that its remark names.

The money has come already, so what is more than the debt stands on the prepaid account. The same
file twice, or the same reference in two files, adds nothing; what names no house, or several, comes
back with the reason.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from propdesk.domain.cells import CellError, cell_line
from propdesk.domain.imported_payments import (
    NEEDED,
    PAYMENT_FIELDS,
    ImportedPayment,
    read_payment,
    statement_means,
)
from propdesk.domain.imports import (
    ColumnMapping,
    Columns,
    ImportKind,
    ImportPreview,
    ImportResult,
    Outcome,
    RowOutcome,
    columns_missing,
)
from propdesk.domain.money import money_words
from propdesk.domain.payments import MeansPart, PaymentDraft
from propdesk.domain.staff import Right
from propdesk.domain.texts import elide
from propdesk.domain.till import Means
from propdesk.i18n import _, run_on
from propdesk.services.parts.bulk import Course, Report, Stop, collector_paused
from propdesk.services.parts.fee_access import fee_actor
from propdesk.services.parts.import_runs import (
    READ_SHARE,
    Source,
    log_import,
    make_preview,
    read_source,
    remember_columns,
)
from propdesk.services.parts.receiving import receive
from propdesk.services.parts.writing import local, writing
from propdesk.sheets.tables import Row
from propdesk.storage.database import rows

_PLAN_SHARE = 700
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class _Taken:
    """A payment to write, and the house that it is for."""

    unit_id: int
    external: str
    said: ImportedPayment


@collector_paused()
def preview_payments(
    path: Path,
    *,
    now: datetime,
    mapping: ColumnMapping | None = None,
    sheet: str | None = None,
    means: Means | None = None,
    on_progress: Report | None = None,
    cancelled: Stop | None = None,
) -> ImportPreview:
    """Return what an import of the statement would do; nothing is written.

    `means` is how the payments came; else it is told from the file. Raises RuleError for a file
    that cannot be read or lacks the needed columns, and Cancelled.
    """
    course = Course(on_progress, cancelled)
    source = _read(path, mapping, sheet, course)
    return _plan(source, _means(source, means), local(now), course)[0]


@collector_paused()
def import_payments(
    path: Path,
    *,
    by: int,
    now: datetime,
    mapping: ColumnMapping | None = None,
    sheet: str | None = None,
    means: Means | None = None,
    on_progress: Report | None = None,
    cancelled: Stop | None = None,
) -> ImportResult:
    """Take in the statement as staff member `by`: all payments whose house is known, or nothing.

    Each gets its receipt, in the order of the file. Raises as `preview_payments` does.
    """
    staff = fee_actor(by, Right.TAKE_MONEY)
    course = Course(on_progress, cancelled)
    source = _read(path, mapping, sheet, course)
    way = _means(source, means)
    with writing():
        preview, taken = _plan(source, way, local(now), course)
        import_id = None
        remember_columns(source)
        step = course.stage(_PLAN_SHARE, Course.WHOLE)
        if taken:
            import_id = log_import(preview, by=staff.id, now=now, sha256=source.sha256)
        for index, one in enumerate(taken):
            step(index, len(taken))
            draft = PaymentDraft(
                one.unit_id,
                (MeansPart(way, one.said.amount_fen, one.said.reference),),
                payer=one.said.payer,
                overpay_to_prepaid=True,
                note=one.said.remark,
                external=one.external,
                paid_at=one.said.paid_at,
            )
            receive(draft, staff_id=staff.id, now=now, import_id=import_id)
        step(1, 1)
    return ImportResult(import_id, preview)


def _read(path: Path, mapping: ColumnMapping | None, sheet: str | None, course: Course) -> Source:
    source = read_source(
        ImportKind.PAYMENTS, path, PAYMENT_FIELDS, mapping=mapping, sheet=sheet, course=course
    )
    missing = [
        field
        for field in PAYMENT_FIELDS
        if field.name in NEEDED and not source.columns.has(field.name)
    ]
    if not source.columns.has("house") and not source.columns.has("remark"):
        missing += [field for field in PAYMENT_FIELDS if field.name == "house"]
    if missing:
        raise columns_missing(missing, source.table.header)
    return source


def _means(source: Source, chosen: Means | None) -> Means:
    return chosen or statement_means(source.table.file_name, source.table.header)


class _Known:
    """Houses, what is open of them, and which payments stand in the books already."""

    def __init__(self, means: Means) -> None:
        self.means = means
        self.units: defaultdict[str, list[int]] = defaultdict(list)
        for short, unit_id in rows("SELECT short, id FROM unit"):
            self.units[short].append(unit_id)
        self.externals = {
            row[0] for row in rows("SELECT external FROM payment WHERE external IS NOT NULL")
        }
        self.open_fen: Counter[int] = Counter(
            dict(
                rows(
                    "SELECT unit_id, sum(amount_fen - settled_fen) FROM bill "
                    "WHERE settled_fen < amount_fen AND voided_at IS NULL GROUP BY unit_id"
                )
            )
        )
        self.marks: Counter[str] = Counter()

    def external(self, said: ImportedPayment) -> str:
        """Return by what a payment is known again: the reference, else content and place of it.

        Two rows of one file that say the same are two payments; in the next file they are the same.
        """
        if said.reference:
            return f"{self.means}:{said.reference}"
        self.marks[said.mark] += 1
        return f"{self.means}:{said.mark}:{self.marks[said.mark]}"

    def unit(self, said: ImportedPayment) -> int:
        """Return the house that a payment is for. Raises CellError where it is none, or several."""
        known = {one.short: self.units[one.short] for one in said.addresses if
                 one.short in self.units}  # fmt: skip
        units = [unit_id for ids in known.values() for unit_id in ids]
        if len(units) == 1:
            return units[0]
        if units:
            raise CellError(
                _("Several houses may be meant: {houses}. Write the house into a column.").format(
                    houses=", ".join(known)
                )
            )
        if said.addresses:
            raise CellError(
                _("There is no house {house} in the register.").format(
                    house=said.addresses[0].short
                )
            )
        raise CellError(_("No house is named; ask the payer, and write it into a column."))


def _plan(
    source: Source, means: Means, now: datetime, course: Course
) -> tuple[ImportPreview, list[_Taken]]:
    known, columns = _Known(means), source.columns
    outcomes: list[RowOutcome] = []
    taken: list[_Taken] = []
    total = len(source.table.rows)
    step = course.stage(READ_SHARE, _PLAN_SHARE)
    for index, row in enumerate(source.table.rows):
        if index % 100 == 0:
            step(index, total)
        try:
            outcome, one = _bring_in(known, columns, row, now)
        except CellError as error:
            outcomes.append(
                RowOutcome(row.line, Outcome.REJECTED, _what(columns, row), row.values, str(error))
            )
            continue
        outcomes.append(outcome)
        if one is not None:
            taken.append(one)
    step(total, total)
    return make_preview(source, outcomes, {}), taken


def _bring_in(
    known: _Known, columns: Columns, row: Row, now: datetime
) -> tuple[RowOutcome, _Taken | None]:
    said = read_payment(columns, row.values)
    if said.paid_at > now:
        raise CellError(_("This time is still to come."))
    external = known.external(said)
    what = _what(columns, row)
    if external in known.externals:
        return RowOutcome(row.line, Outcome.UNCHANGED, what, row.values), None
    unit_id = known.unit(said)
    known.externals.add(external)
    rest = max(0, said.amount_fen - known.open_fen[unit_id])
    known.open_fen[unit_id] -= said.amount_fen - rest
    ahead = ""
    if rest:
        ahead = _("{rest} yuan more than is open: they stand on the prepaid account.").format(
            rest=money_words(rest)
        )
    outcome = RowOutcome(
        row.line, Outcome.ADDED, what, row.values, needs_person=run_on(said.doubt, ahead)
    )
    return outcome, _Taken(unit_id, external, said)


def _what(columns: Columns, row: Row) -> str:
    """Return a row in a few words: house or remark, amount."""
    said = (cell_line(columns.cell(row.values, name)) for name in ("house", "remark", "amount"))
    return elide(" ".join(filter(None, said)), _SHOWN)
