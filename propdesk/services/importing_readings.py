"""Take in a list of readings: what meters that the register knows showed on a day (F36, F37).

All rows that can be stored are, or nothing at all; the same file twice adds nothing. A row without
a figure is a meter that nobody reached: nothing is stored of it.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from propdesk.domain.cells import CellError
from propdesk.domain.errors import RuleError
from propdesk.domain.fee_rules import Rule
from propdesk.domain.imported_places import PlaceReader
from propdesk.domain.imported_readings import ImportedReading, is_blank, read_reading
from propdesk.domain.imports import ImportPreview, Outcome, RowOutcome
from propdesk.domain.meter_readings import MeterReading, ReadingDraft
from propdesk.domain.meters import METER_LABELS, Meter
from propdesk.i18n import _
from propdesk.services.parts.bulk import Report
from propdesk.services.parts.fee_rules import rule_value
from propdesk.services.parts.import_frame import Frame, Writing, named_row
from propdesk.services.parts.import_runs import Source, make_preview
from propdesk.services.parts.meter_courses import Taken, take_reading, write_reading
from propdesk.services.parts.writing import local
from propdesk.services.queries.meters import list_meters
from propdesk.sheets.tables import Row
from propdesk.storage.database import rows


class _Meters:
    """The meters that hang now, by number and by house; each is found without asking the file."""

    def __init__(self) -> None:
        self.by_number: dict[str, list[Meter]] = defaultdict(list)
        self.by_unit: dict[int, list[Meter]] = defaultdict(list)
        for meter in list_meters():
            if meter.number:
                self.by_number[meter.number].append(meter)
            if meter.unit_id is not None:
                self.by_unit[meter.unit_id].append(meter)
        self.units: dict[str, list[tuple[str, int]]] = defaultdict(list)
        for short, community, unit_id in rows(
            "SELECT u.short, c.name, u.id FROM unit u JOIN entrance e ON e.id = u.entrance_id "
            "JOIN building b ON b.id = e.building_id JOIN community c ON c.id = b.community_id"
        ):
            self.units[short].append((community, unit_id))

    def find(self, said: ImportedReading, home: str) -> Meter:
        """Return the meter that a row means; raises CellError where none or several fit."""
        unit_ids = self._unit_ids(said, home)
        if said.number:
            found = self.by_number.get(said.number, [])
        else:
            found = [one for unit_id in unit_ids for one in self.by_unit.get(unit_id, [])]
        if said.kind is not None:
            found = [one for one in found if one.kind is said.kind]
        if said.number and said.address is not None and len(found) > 1:
            found = [one for one in found if one.unit_id in unit_ids]
        if not found:
            raise CellError(_("There is no such meter; look at number, house and kind."))
        if len(found) > 1:
            raise CellError(
                _("Several meters fit: {meters}. Say the number.").format(
                    meters=", ".join(
                        f"{METER_LABELS[one.kind]} {one.number}".strip() for one in found[:5]
                    )
                )
            )
        if said.address is not None and found[0].unit_id not in (*unit_ids, None):
            raise CellError(
                _("The meter {number} hangs in {house}, not here.").format(
                    number=said.number, house=found[0].where
                )
            )
        return found[0]

    def _unit_ids(self, said: ImportedReading, home: str) -> list[int]:
        if said.address is None:
            return []
        community = said.community or home
        return [
            unit_id
            for name, unit_id in self.units.get(said.address.short, [])
            if not community or name == community
        ]


def _plan(
    source: Source, home: str, now: datetime, step: Report
) -> tuple[ImportPreview, list[Taken]]:
    meters, columns = _Meters(), source.columns
    today = local(now).date()
    percent = rule_value(Rule.USAGE_DEVIATION_PERCENT, today)
    table = source.table.rows
    places = PlaceReader(columns, (row.values for row in table))
    outcomes: list[RowOutcome] = []
    taken: list[Taken] = []
    coming: dict[int, list[MeterReading]] = defaultdict(list)
    for index, row in enumerate(table):
        if index % 100 == 0:
            step(index, len(table))
        if is_blank(columns, row.values):
            outcomes.append(_outcome(source, row, Outcome.UNCHANGED))
            continue
        try:
            said = read_reading(columns, row.values, places)
            meter = meters.find(said, home)
            draft = ReadingDraft(
                meter.id, said.on_day, said.value_milli, said.how, said.turned, said.note
            )
            one = take_reading(draft, meter, today=today, besides=coming[meter.id])
        except (CellError, RuleError) as refusal:
            outcomes.append(_outcome(source, row, Outcome.REJECTED, str(refusal)))
            continue
        if one.known:
            outcomes.append(_outcome(source, row, Outcome.UNCHANGED))
            continue
        coming[meter.id].append(one.reading)
        taken.append(one)
        outcomes.append(_outcome(source, row, Outcome.ADDED, doubt=_doubt(one, percent)))
    step(len(table), len(table))
    return make_preview(source, outcomes, {"readings": len(taken)}), taken


def _doubt(taken: Taken, percent: int) -> str:
    deviation = taken.deviation
    if deviation is None or abs(deviation) < percent:
        return ""
    return _("That is {percent:+d} % against the usual: look at the meter once more.").format(
        percent=deviation
    )


def _outcome(
    source: Source, row: Row, outcome: Outcome, reason: str = "", *, doubt: str = ""
) -> RowOutcome:
    what = named_row(source.columns, row, ("building", "entrance", "room", "unit", "number"))
    return RowOutcome(row.line, outcome, what, row.values, reason, needs_person=doubt)


def _write(taken: Sequence[Taken], to: Writing) -> None:
    for index, one in enumerate(taken):
        to.step(index, len(taken))
        write_reading(one, by=to.by, now=local(to.now), import_id=to.import_id)


READINGS = Frame(_plan, _write)
