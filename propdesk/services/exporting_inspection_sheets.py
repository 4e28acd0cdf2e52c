"""A sheet as a workbook, for a laptop on the round; `inspections enter` reads it back."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path

from propdesk.domain.check_items import VERDICT_LABELS, CheckItem, ItemKind
from propdesk.domain.errors import RuleError
from propdesk.domain.inspection_results import (
    Answer,
    Sheet,
    SheetPlace,
    SheetRound,
    limit_words,
    reading_words,
)
from propdesk.domain.result_files import COLUMN_LABELS, TYPED, YES, ResultColumn
from propdesk.domain.staff import Right
from propdesk.i18n import _
from propdesk.services.parts.actors import actor
from propdesk.services.parts.targets import check_target
from propdesk.services.parts.writing import local
from propdesk.services.queries.inspection_sheets import get_sheet, list_answers
from propdesk.sheets.writing import Cell, SheetOut, write_workbook

_WIDTHS = (18.0, 8.0, 8.0, 24.0, 30.0, 30.0, 9.0, 16.0, 12.0, 8.0, 34.0, 14.0, 12.0)
_TEXT = "@"
_COLUMNS = tuple(ResultColumn)


def export_sheet(number: str, target: Path, *, by: int, now: datetime) -> int:
    """Write a sheet as XLSX to fill in; return how many rows it has.

    Rounds that are entered already are left out; what is entered of the others stands in its cells.
    Raises RuleError for a sheet that was taken back or is entered in full.
    """
    actor(by, Right.DO_ROUNDS)
    check_target(target, ".xlsx")
    sheet = get_sheet(number)
    if sheet.voided_at is not None:
        raise RuleError("sheet-voided", _("The sheet was taken back already."))
    table = list(_rows(sheet))
    if not table:
        raise RuleError("sheet-entered", _("All rounds of this sheet are entered."))
    title = _("{number}  {title}, {day}  (written {time})").format(
        number=sheet.number, title=sheet.title, day=sheet.day, time=f"{local(now):%Y-%m-%d %H:%M}"
    )
    places = {column: at for at, column in enumerate(_COLUMNS)}
    write_workbook(
        target,
        [
            SheetOut(
                sheet.number,
                [str(COLUMN_LABELS[column]) for column in _COLUMNS],
                table,
                _WIDTHS,
                # A reading stays as it was typed; 0.380 or 1/2 is not turned into something else.
                [_TEXT if column in TYPED else None for column in _COLUMNS],
                titles=(title,),
                choices={
                    places[ResultColumn.VERDICT]: [str(one) for one in VERDICT_LABELS.values()],
                    places[ResultColumn.FIXED]: [str(YES)],
                },
                open_columns=frozenset(places[column] for column in TYPED),
            )
        ],
    )
    return len(table)


def _rows(sheet: Sheet) -> Iterator[tuple[Cell, ...]]:
    kept = {
        (one.answer.round_id, one.answer.position, one.answer.item_id): one.answer
        for one in list_answers(sheet.id)
    }
    for count, one in enumerate(sheet.rounds, start=1):
        if one.is_done:
            continue
        number = 0
        for place in sheet.places:
            for item in place.items:
                number += 1
                yield _row(sheet, (count, one), number, place, item, kept)


def _row(
    sheet: Sheet,
    which: tuple[int, SheetRound],
    number: int,
    place: SheetPlace,
    item: CheckItem,
    kept: Mapping[tuple[int, int, int], Answer],
) -> tuple[Cell, ...]:
    count, one = which
    answer = kept.get((one.round_id, place.position, item.id))
    name = place.name if place.name == place.code else f"{place.code} {place.name}".strip()
    return (
        sheet.number,
        count,
        number,
        " ".join(filter(None, (name, place.where if place.where != place.name else ""))),
        item.name,
        _asked(item),
        item.unit,
        *_answered(item, answer),
    )


def _asked(item: CheckItem) -> str:
    if item.kind is ItemKind.NUMBER:
        return limit_words(item).removesuffix(item.unit).strip()
    if item.kind is ItemKind.CHOICE:
        return " / ".join(filter(None, (*item.choices, item.standard)))
    return item.standard


def _answered(item: CheckItem, answer: Answer | None) -> tuple[Cell, ...]:
    if answer is None:
        return (None,) * len(TYPED)
    value = answer.words
    if answer.value_milli is not None:
        value = reading_words(item, answer.value_milli)
    return (
        value or None,
        str(VERDICT_LABELS[answer.verdict]) if answer.verdict else None,
        None if answer.score is None else str(answer.score),
        answer.note or None,
        answer.photos or None,
        str(YES) if answer.fixed else None,
    )
