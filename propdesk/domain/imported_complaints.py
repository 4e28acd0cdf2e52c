"""Read one row of a complaints workbook as a complaint (decision 20).

A row without a usable subject is taken in with the first words of its text and shown to a person;
rejected is only what could not be stored: nothing said, no readable time, a text beyond the limit.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from propdesk.domain.cells import Cell, CellError, cell_line, cell_text, read_phones, read_time
from propdesk.domain.imports import Columns, ImportField
from propdesk.domain.texts import LONGEST_LINE, LONGEST_TEXT, elide, first_words, has_words
from propdesk.i18n import _, _lazy

COMPLAINT_FIELDS = (
    ImportField(
        "external_number",
        _lazy("External number"),
        ("留言编号", "投诉编号", "工单编号", "工单号", "单号", "编号", "外部编号", "number", "no"),
    ),
    ImportField(
        "text",
        _lazy("Text"),
        ("留言详情", "投诉内容", "投诉详情", "留言内容", "详细内容", "问题描述", "事项内容", "详情",
         "内容", "描述", "原话", "text", "details", "description"),
    ),
    ImportField(
        "matter",
        _lazy("Subject"),
        ("留言主题", "投诉主题", "投诉事项", "主题", "标题", "事项", "事由", "subject", "title",
         "matter"),
    ),
    ImportField(
        "time",
        _lazy("Received at"),
        ("留言时间", "投诉时间", "受理时间", "报事时间", "接报时间", "登记时间", "时间", "日期",
         "投诉日期", "登记日期", "time", "date"),
    ),
    ImportField(
        "reporter",
        _lazy("Reporter"),
        ("留言用户", "报事人", "投诉人", "留言人", "业主姓名", "客户姓名", "姓名", "业主", "客户",
         "用户", "reporter", "name", "user"),
    ),
    ImportField(
        "phone",
        _lazy("Phone"),
        ("联系电话", "手机号码", "手机号", "手机", "电话", "联系方式", "phone", "mobile"),
        several=True,
    ),
    ImportField(
        "unit",
        _lazy("House"),
        ("房号", "房屋", "房屋编号", "房间号", "户号", "房产", "unit", "house"),
    ),
    ImportField(
        "place", _lazy("Place"), ("地点", "位置", "发生地点", "投诉地点", "place", "location")
    ),
)  # fmt: skip
_SAYING = ("text", "matter")


def needs(columns: Columns) -> tuple[str, ...]:
    """Return the fields that no column says: text or matter must be there, then the time."""
    if not any(columns.has(name) for name in _SAYING):
        return _SAYING
    return () if columns.has("time") else ("time",)


@dataclass(frozen=True, slots=True)
class ImportedComplaint:
    """A row that can be stored; `unit` is a house as written, to be looked up."""

    external_number: str
    matter: str
    place: str
    text: str
    received_at: datetime
    reporter: str
    phone: str
    unit: str
    text_hash: str
    needs_person: str


def read_complaint(columns: Columns, values: Sequence[Cell], now: datetime) -> ImportedComplaint:
    """Return the complaint of a row; `now` is local. Raises CellError with the reason."""
    subject = cell_line(columns.cell(values, "matter"))
    text = cell_text(columns.cell(values, "text"))
    if not has_words(text):
        text = subject
    if not has_words(text):
        raise CellError(_("There is neither a text nor a subject."))
    if len(text) > LONGEST_TEXT:
        raise CellError(
            _("The text has {length} characters; {longest} is the most.").format(
                length=len(text), longest=LONGEST_TEXT
            )
        )
    received_at = read_time(columns.cell(values, "time"))
    if received_at > now:
        raise CellError(_("The time {time} has not come yet.").format(time=received_at))
    doubts = []
    if not has_words(subject):
        if columns.has("matter"):
            doubts.append(
                _(
                    "There is no usable subject («{subject}»); the first words of the text stand "
                    "for it. Write matter and place."
                ).format(subject=elide(subject, 20))
            )
        subject = first_words(text)
    phone, doubt = _phone(columns, values)
    if doubt:
        doubts.append(doubt)
    subject = elide(subject, LONGEST_LINE)
    return ImportedComplaint(
        external_number=elide(cell_line(columns.cell(values, "external_number")), LONGEST_LINE),
        matter=subject,
        place=elide(cell_line(columns.cell(values, "place")), LONGEST_LINE) or subject,
        text=text,
        received_at=received_at,
        reporter=elide(cell_line(columns.cell(values, "reporter")), LONGEST_LINE),
        phone=phone,
        unit=cell_line(columns.cell(values, "unit")),
        text_hash=text_hash(text),
        needs_person=" ".join(doubts),
    )


def _phone(columns: Columns, values: Sequence[Cell]) -> tuple[str, str]:
    """Return the phones as a ticket keeps them, one text, and what is doubtful about them.

    A complaint is never lost for its phone; masked numbers (138****1234) stay as they are.
    """
    phones: list[str] = []
    doubts: list[str] = []
    for cell in columns.cells(values, "phone"):
        try:
            phones += read_phones(cell)
        except CellError as error:
            phones.append(cell_line(cell))
            doubts += [] if "*" in cell_line(cell) else [str(error)]
    return elide(" ".join(phones), LONGEST_LINE), " ".join(doubts)


def text_hash(text: str) -> str:
    """Return the mark by which the same text is found again."""
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()
