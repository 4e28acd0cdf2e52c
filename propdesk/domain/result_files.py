"""The columns of a workbook that a round is typed into on its way, and how their cells are read."""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from propdesk.domain.cells import Cell, CellError, cell_line
from propdesk.domain.check_items import VERDICT_LABELS, CheckItem, ItemKind, Verdict
from propdesk.domain.imports import heading_key
from propdesk.domain.inspection_results import Answer, parse_reading
from propdesk.domain.texts import elide, fold
from propdesk.i18n import LazyText, _, _lazy


class ResultColumn(StrEnum):
    """What a column of the workbook holds, in the order in which they stand."""

    SHEET = "sheet"
    ROUND = "round"
    NUMBER = "number"
    PLACE = "place"
    ITEM = "item"
    ASKED = "asked"
    UNIT = "unit"
    VALUE = "value"
    VERDICT = "verdict"
    SCORE = "score"
    NOTE = "note"
    PHOTOS = "photos"
    FIXED = "fixed"


COLUMN_LABELS: Mapping[ResultColumn, LazyText] = {
    ResultColumn.SHEET: _lazy("Sheet no."),
    ResultColumn.ROUND: _lazy("Which round"),
    ResultColumn.NUMBER: _lazy("Item no."),
    ResultColumn.PLACE: _lazy("Place of the round"),
    ResultColumn.ITEM: _lazy("Item"),
    ResultColumn.ASKED: _lazy("Limits or standard"),
    ResultColumn.UNIT: _lazy("Unit"),
    ResultColumn.VALUE: _lazy("Reading or words"),
    ResultColumn.VERDICT: _lazy("Result of the look"),
    ResultColumn.SCORE: _lazy("Points scored"),
    ResultColumn.NOTE: _lazy("What was wrong"),
    ResultColumn.PHOTOS: _lazy("Photo nos."),
    ResultColumn.FIXED: _lazy("Put right at once"),
}
TYPED = (
    ResultColumn.VALUE, ResultColumn.VERDICT, ResultColumn.SCORE, ResultColumn.NOTE,
    ResultColumn.PHOTOS, ResultColumn.FIXED,
)  # fmt: skip
"""The columns that are filled in on the round; all others are locked."""

NEEDED = (
    ResultColumn.SHEET, ResultColumn.ROUND, ResultColumn.NUMBER, ResultColumn.VALUE,
    ResultColumn.VERDICT,
)  # fmt: skip
YES = _lazy("Yes")
NO = _lazy("No")
_LANGUAGES = ("zh_CN", "en")


def column_places(header: Sequence[str]) -> dict[ResultColumn, int]:
    """Return where each column stands, by its heading in either language."""
    keys = [heading_key(name) for name in header]
    places: dict[ResultColumn, int] = {}
    for column, label in COLUMN_LABELS.items():
        for language in _LANGUAGES:
            key = heading_key(label.in_(language))
            if key in keys:
                places.setdefault(column, keys.index(key))
    return places


def read_answer(item: CheckItem, cells: Mapping[ResultColumn, Cell], answer: Answer) -> Answer:
    """Return what the cells of a row say of an item; `answer` names round, place and item.

    Raises CellError or RuleError with a sentence for what is no reading, result or number.
    """
    said = {column: cell_line(cells.get(column)) for column in TYPED}
    verdict = read_verdict(said[ResultColumn.VERDICT])
    value, words = None, ""
    if item.kind is ItemKind.NUMBER:
        if said[ResultColumn.VALUE]:
            value = parse_reading(item, said[ResultColumn.VALUE])
    elif item.kind is ItemKind.TICK:
        if said[ResultColumn.VALUE]:
            raise CellError(
                _("«{item}» is ticked; write what was seen under «{column}».").format(
                    item=item.name, column=COLUMN_LABELS[ResultColumn.NOTE]
                )
            )
        if verdict is None:
            raise CellError(_("Say whether «{item}» is in order.").format(item=item.name))
    else:
        words = said[ResultColumn.VALUE]
    return Answer(
        answer.round_id,
        answer.position,
        answer.item_id,
        verdict=verdict,
        value_milli=value,
        words=words,
        score=_score(said[ResultColumn.SCORE]),
        note=said[ResultColumn.NOTE],
        photos=said[ResultColumn.PHOTOS],
        fixed=_is_yes(said[ResultColumn.FIXED]),
        reason=answer.reason,
    )


def whole_number(cell: Cell) -> int | None:
    """Return a cell that holds a whole number, None for every other."""
    text = fold(cell_line(cell))
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 6 else None


def read_verdict(words: str) -> Verdict | None:
    """Return the result that a word names in either language; raises CellError for another."""
    if not words:
        return None
    for verdict, label in VERDICT_LABELS.items():
        known = {verdict.value, *(fold(label.in_(language)) for language in _LANGUAGES)}
        if fold(words) in {fold(one) for one in known}:
            return verdict
    raise CellError(
        _("«{words}» is no result; possible: {results}.").format(
            words=elide(words, 20), results=", ".join(map(str, VERDICT_LABELS.values()))
        )
    )


def _score(words: str) -> int | None:
    if not words:
        return None
    number = whole_number(words)
    if number is None:
        raise CellError(_("«{words}» are no points.").format(words=elide(words, 20)))
    return number


def _is_yes(words: str) -> bool:
    for label, answer in ((YES, True), (NO, False)):
        if fold(words) in {fold(label.in_(language)) for language in _LANGUAGES}:
            return answer
    if words:
        raise CellError(_("Write yes or no instead of «{words}».").format(words=elide(words, 20)))
    return False
