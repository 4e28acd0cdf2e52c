"""Take in a statement of bank, WeChat or Alipay: each payment to the house that its remark names.

The money has come already, so what is more than the debt stands on the prepaid account. The same
file twice, or the same reference in two files, adds nothing; what names no house, or several, comes
back with the reason.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from propdesk.domain.cells import CellError
from propdesk.domain.imported_payments import ImportedPayment, read_payment, statement_means
from propdesk.domain.imports import Columns, ImportPreview, Outcome, RowOutcome
from propdesk.domain.money import money_words
from propdesk.domain.payments import MeansPart, PaymentDraft
from propdesk.domain.till import Means
from propdesk.i18n import _, run_on
from propdesk.services.parts.bulk import Report
from propdesk.services.parts.import_frame import Frame, Writing, named_row, rejected_row
from propdesk.services.parts.import_runs import Source, make_preview
from propdesk.services.parts.receiving import receive
from propdesk.services.parts.writing import local
from propdesk.sheets.tables import Row
from propdesk.storage.database import rows

_SAID = ("house", "remark", "amount")


@dataclass(frozen=True, slots=True)
class _Taken:
    """A payment to write, and the house that it is for."""

    unit_id: int
    external: str
    means: Means
    said: ImportedPayment


def _write(taken: Sequence[_Taken], to: Writing) -> None:
    """Take each payment as the till would: it gets its receipt."""
    for index, one in enumerate(taken):
        to.step(index, len(taken))
        draft = PaymentDraft(
            one.unit_id,
            (MeansPart(one.means, one.said.amount_fen, one.said.reference),),
            payer=one.said.payer,
            overpay_to_prepaid=True,
            note=one.said.remark,
            external=one.external,
            paid_at=one.said.paid_at,
        )
        receive(draft, staff_id=to.by, now=to.now, import_id=to.import_id)


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
    source: Source, _home: str, now: datetime, step: Report
) -> tuple[ImportPreview, list[_Taken]]:
    table = source.table
    known = _Known(statement_means(table.file_name, table.header))
    columns = source.columns
    outcomes: list[RowOutcome] = []
    taken: list[_Taken] = []
    total = len(table.rows)
    for index, row in enumerate(table.rows):
        if index % 100 == 0:
            step(index, total)
        try:
            outcome, one = _bring_in(known, columns, row, local(now))
        except CellError as error:
            outcomes.append(rejected_row(columns, row, str(error), _SAID))
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
    what = named_row(columns, row, _SAID)
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
    return outcome, _Taken(unit_id, external, known.means, said)


PAYMENTS = Frame(_plan, _write)
"""How the payments came is told from the file; each gets its receipt, in the order of the file."""
