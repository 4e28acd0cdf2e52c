"""A price list in somebody's workbook: which column is what, and what is wrong with a row."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from propdesk.domain.cells import Cell, CellError, cell_line
from propdesk.domain.errors import RuleError
from propdesk.domain.imports import Columns, ImportField
from propdesk.domain.money import parse_money
from propdesk.domain.prices import ChargeKind, PriceDraft, check_price, clean_price
from propdesk.domain.texts import elide, fold
from propdesk.i18n import _, _lazy

PRICE_FIELDS = (
    ImportField("code", _lazy("Number"), ("编号", "序号", "代码", "code", "no")),
    ImportField("kind", _lazy("Kind"), ("类别", "类型", "材料/人工", "kind", "type")),
    ImportField("name", _lazy("Name"), ("名称", "项目", "收费项目", "服务项目", "品名", "name")),
    ImportField("spec", _lazy("Specification"), ("规格", "规格型号", "型号", "spec")),
    ImportField("unit", _lazy("Measure"), ("单位", "计量单位", "unit")),
    ImportField("price", _lazy("Unit price"), ("单价", "价格", "收费标准", "单价(元)", "price")),
    ImportField("note", _lazy("Note"), ("备注", "说明", "note")),
)

_KIND_WORDS: Mapping[str, ChargeKind] = {
    word: kind
    for kind, words in (
        (ChargeKind.LABOUR, "labour labor 人工 人工费 服务 工时 维修 服务费"),
        (ChargeKind.MATERIAL, "material 材料 材料费 配件 物料 耗材 零件"),
    )
    for word in words.split()
}


@dataclass(frozen=True, slots=True)
class PriceProblem:
    """A line that cannot be taken, and why, in one sentence."""

    line: int
    text: str


def read_prices(
    rows: Iterable[tuple[int, Sequence[Cell]]], columns: Columns
) -> tuple[tuple[PriceDraft, ...], tuple[PriceProblem, ...]]:
    """Return the prices of a table, and the lines that cannot be taken.

    Without a column that says so, a line is labour. A number may stand there once only.
    """
    drafts: list[PriceDraft] = []
    problems: list[PriceProblem] = []
    seen: dict[str, int] = {}
    for line, row in rows:
        if not any(cell_line(cell) for cell in row):
            continue
        try:
            draft = _read(row, columns)
        except CellError as error:
            problems.append(PriceProblem(line, str(error)))
            continue
        first = seen.setdefault(draft.code, line) if draft.code else line
        if first != line:
            sentence = _("The number {code} stands in line {line} already.")
            problems.append(PriceProblem(line, sentence.format(code=draft.code, line=first)))
            continue
        drafts.append(draft)
    return tuple(drafts), tuple(problems)


def _read(row: Sequence[Cell], columns: Columns) -> PriceDraft:
    def words(name: str) -> str:
        return cell_line(columns.cell(row, name))

    word = fold(words("kind")).strip()
    if word and word not in _KIND_WORDS:
        sentence = _("«{word}» is no kind of price; write 人工 (labour) or 材料 (material).")
        raise CellError(sentence.format(word=elide(word, 20)))
    draft = clean_price(
        PriceDraft(
            kind=_KIND_WORDS.get(word, ChargeKind.LABOUR),
            name=words("name"),
            price_fen=_price(columns.cell(row, "price")),
            code=words("code"),
            spec=words("spec"),
            unit=words("unit"),
            note=words("note"),
        )
    )
    problems = check_price(draft)
    if problems:
        raise CellError(" ".join(problem.text for problem in problems))
    return draft


def _price(cell: Cell) -> int | None:
    """Return a price in fen; Excel's 12.3 may be 12.300000000000001."""
    if isinstance(cell, float):
        cell = str(round(Decimal(str(cell)), 6).normalize() + 0)
    text = cell_line(cell)
    if not text:
        return None
    try:
        return parse_money(text)
    except RuleError as refusal:
        raise CellError(str(refusal)) from refusal
