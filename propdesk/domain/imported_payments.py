"""Read one row of a bank's, WeChat's or Alipay's statement: when, how much, for which house.

The house stands in a column of its own or in the remark of the payer (`3-2-501 物业费`). What went
out, failed or names no amount is no payment.
"""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time

from propdesk.domain.cells import Cell, CellError, cell_line, read_time
from propdesk.domain.errors import RuleError
from propdesk.domain.imports import Columns, ImportField
from propdesk.domain.money import parse_money
from propdesk.domain.texts import LONGEST_LINE, elide, fold
from propdesk.domain.till import Means
from propdesk.domain.units import Address, parse_address
from propdesk.i18n import _, _lazy

PAYMENT_FIELDS = (
    ImportField(
        "time",
        _lazy("Time"),
        ("交易时间", "入账时间", "记账时间", "付款时间", "支付时间", "记账日期", "入账日期",
         "交易日期", "交易创建时间", "收款时间", "日期", "时间", "time", "date"),
        several=True,
    ),
    ImportField(
        "amount",
        _lazy("Amount"),
        ("金额", "收入金额", "交易金额", "贷方发生额", "贷方金额", "收入", "入账金额", "收款金额",
         "金额(元)", "金额（元）", "订单金额", "实收金额", "amount"),
    ),
    ImportField(
        "reference",
        _lazy("Reference number"),
        ("交易单号", "交易流水号", "流水号", "支付宝交易号", "交易订单号", "交易号", "业务流水号",
         "银行流水号", "凭证号", "单号", "reference"),
    ),
    ImportField("house", _lazy("House"), ("房号", "房屋", "房间号", "户号", "house")),
    ImportField(
        "remark",
        _lazy("Remark"),
        ("备注", "附言", "摘要", "用途", "商品", "商品说明", "商品名称", "交易附言", "留言",
         "remark"),
        several=True,
    ),
    ImportField(
        "payer",
        _lazy("Payer"),
        ("付款人", "对方户名", "交易对方", "对方名称", "付款户名", "付款方", "付款人户名", "payer"),
    ),
    ImportField("direction", _lazy("In or out"), ("收/支", "收支", "借贷标志", "借贷", "收支类型")),
    ImportField("state", _lazy("State"), ("当前状态", "交易状态", "状态")),
)  # fmt: skip

_NEEDED = ("time", "amount")

_NOT_IN = ("支出", "不计收支", "/", "借", "付", "out", "debit", "d")
_FAILED = re.compile(r"失败|关闭|撤销|全额退款|已退款|failed|closed")
_CLOCK = re.compile(r"\s*\d{1,2}:\d\d(?::\d\d)?\s*")
_MONEY_NOISE = re.compile(r"[\s,，¥元+]")
_LOST = re.compile(r"\d(?:\.\d+)?e\+\d+")
_EXACT_DIGITS = 15
# What may be a house in a line of words: digits and letters joined by dashes or words of place.
_JOIN = r"(?:[-—–－_/]|号楼|栋|幢|座|楼|号|#|单元|门)"
_PART = r"[0-9A-Za-z一二三四五六七八九十]{1,6}"
_HOUSE = re.compile(
    rf"(?:商铺|车位|底商|门面)[0-9A-Za-z-]{{1,10}}|{_PART}(?:{_JOIN}{_PART}){{1,2}}|"
    r"\d{1,4}[号#栋幢]别墅"
)


def needs(columns: Columns) -> tuple[str, ...]:
    """Return the fields without which a statement says nothing, and that no column says."""
    missing = tuple(name for name in _NEEDED if not columns.has(name))
    says_house = columns.has("house") or columns.has("remark")
    return missing if says_house else (*missing, "house")


@dataclass(frozen=True, slots=True)
class ImportedPayment:
    """A row that can be taken, once its house is found among `addresses`.

    `reference` is the bank's, '' where it has none or Excel rounded it; `mark` then tells rows of
    the same content apart from others.
    """

    paid_at: datetime
    amount_fen: int
    reference: str
    mark: str
    addresses: tuple[Address, ...]
    payer: str = ""
    remark: str = ""
    doubt: str = ""


def read_payment(columns: Columns, values: Sequence[Cell]) -> ImportedPayment:
    """Return what a row says. Raises CellError with the reason why it is no payment to us."""
    direction = fold(cell_line(columns.cell(values, "direction")))
    if direction in _NOT_IN:
        raise CellError(_("Only money that came in is taken."))
    state = fold(cell_line(columns.cell(values, "state")))
    if _FAILED.search(state):
        raise CellError(_("«{state}»: no money came in.").format(state=state[:30]))
    paid_at = _paid_at(columns, values)
    amount_fen = _amount(columns.cell(values, "amount"))
    payer = elide(cell_line(columns.cell(values, "payer")), LONGEST_LINE)
    remark = " ".join(
        said for cell in columns.cells(values, "remark") if (said := cell_line(cell).strip("/ "))
    )
    house = cell_line(columns.cell(values, "house"))
    reference, doubt = _reference(columns.cell(values, "reference"))
    content = "|".join((paid_at.isoformat(), str(amount_fen), payer, remark, house))
    return ImportedPayment(
        paid_at=paid_at,
        amount_fen=amount_fen,
        reference=reference,
        mark=hashlib.sha256(content.encode()).hexdigest()[:32],
        addresses=houses_in(house) or houses_in(remark),
        payer=payer,
        remark=elide(remark, LONGEST_LINE),
        doubt=doubt,
    )


def houses_in(text: str) -> tuple[Address, ...]:
    """Return the houses that a line of words may name, each once; dates look like some, too."""
    whole = parse_address(text) if text else None
    if whole is not None:
        return (whole,)
    found = (parse_address(match[0]) for match in _HOUSE.finditer(text))
    return tuple(dict.fromkeys(address for address in found if address is not None))


def statement_means(file_name: str, header: Sequence[str]) -> Means:
    """Return by which means the payments of a statement came, by its name and columns."""
    said = fold(" ".join((file_name, *header)))
    if "支付宝" in said or "alipay" in said:
        return Means.ALIPAY
    if "微信" in said or "wechat" in said or "weixin" in said:
        return Means.WECHAT
    return Means.TRANSFER


def _paid_at(columns: Columns, values: Sequence[Cell]) -> datetime:
    """Return when it was paid: banks write the day and the clock into two columns or into one."""
    said = columns.cells(values, "time")
    clocks = [cell for cell in said if isinstance(cell, time) or _CLOCK.fullmatch(cell_line(cell))]
    days = [cell for cell in said if cell not in clocks] or clocks[:1] or [None]
    moments = [read_time(cell, days_from_1904=columns.days_from_1904) for cell in days]
    whole = next((moment for moment in moments if moment.time() != time.min), moments[0])
    if whole.time() != time.min or not clocks:
        return whole
    return read_time(f"{whole:%Y-%m-%d} {cell_line(clocks[0]).strip()}")


def _amount(cell: Cell) -> int:
    text = _MONEY_NOISE.sub("", fold(cell_line(cell)))
    if text.startswith(("-", "(")):
        raise CellError(_("Only money that came in is taken."))
    if not text:
        raise CellError(_("The amount is nothing."))
    try:
        fen = parse_money(text)
    except RuleError as error:
        raise CellError(str(error)) from error
    if not fen:
        raise CellError(_("The amount is nothing."))
    return fen


def _reference(cell: Cell) -> tuple[str, str]:
    """Return the bank's reference; of a number that Excel rounded only a doubt is left."""
    said = cell_line(cell).strip("'` \t")
    rounded = isinstance(cell, float) or (isinstance(cell, int) and len(said) > _EXACT_DIGITS)
    if _LOST.fullmatch(fold(said)) or (rounded and len(said) > _EXACT_DIGITS):
        words = _("Excel rounded the reference; take the file as the bank gave it.")
        return "", words
    return elide(said, LONGEST_LINE), ""
