"""Read one row of a ledger of equipment: what the thing is, where it stands, its days and papers.

Days and serial numbers that cannot be read for certain are left empty and told; a thing whose
number was rounded by Excel, or whose building nobody knows, comes back.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from propdesk.domain.assets import (
    ASSET_KIND_LABELS,
    ASSET_STATE_LABELS,
    AssetDraft,
    AssetKind,
    AssetState,
)
from propdesk.domain.cells import Cell, CellError, cell_line, cell_text, read_day
from propdesk.domain.chinese_numbers import with_digits
from propdesk.domain.erasure import months_later
from propdesk.domain.imported_places import NOTHING, building_of
from propdesk.domain.imports import Columns, ImportField, words_meaning
from propdesk.domain.simplified import simplified
from propdesk.domain.texts import LONGEST_LINE, elide, fold
from propdesk.i18n import _, _lazy

ASSET_FIELDS = (
    ImportField(
        "code",
        _lazy("Number of the thing"),
        ("编号", "设备编号", "资产编号", "设备号", "台账编号", "code", "asset no"),
    ),
    ImportField(
        "name", _lazy("Name of the thing"), ("名称", "设备名称", "资产名称", "设备", "name")
    ),
    ImportField(
        "kind", _lazy("Kind of thing"), ("类别", "设备类别", "设备类型", "类型", "系统", "kind")
    ),
    ImportField(
        "maker",
        _lazy("Maker"),
        ("品牌/厂家", "品牌", "厂家", "制造单位", "生产厂家", "制造商", "厂商", "maker"),
    ),
    ImportField("model", _lazy("Model"), ("型号", "规格型号", "型号规格", "规格", "model")),
    ImportField(
        "serial",
        _lazy("Serial number"),
        ("出厂编号", "产品编号", "序列号", "机身号", "出厂号", "serial"),
    ),
    ImportField(
        "community", _lazy("Community"), ("小区", "小区名称", "项目", "项目名称", "community")
    ),
    ImportField(
        "building",
        _lazy("Building"),
        ("楼栋", "栋", "楼号", "楼栋号", "栋号", "幢", "幢号", "building"),
    ),
    ImportField(
        "place",
        _lazy("Place"),
        ("位置", "安装位置", "安装地点", "安装部位", "存放地点", "地点", "place"),
    ),
    ImportField(
        "installed_on",
        _lazy("Installed on"),
        ("安装日期", "投用日期", "启用日期", "使用日期", "投入使用日期", "installed on"),
    ),
    ImportField(
        "inspected_on",
        _lazy("First inspection"),
        ("检验日期", "监督检验日期", "首检日期", "验收检验日期", "first inspection"),
    ),
    ImportField(
        "warranty_until",
        _lazy("Warranty until"),
        ("质保期", "质保期至", "保修期", "保修期至", "质保到期", "质保截止", "warranty until"),
    ),
    ImportField(
        "licence_number",
        _lazy("Registration certificate"),
        ("使用登记证", "使用登记证号", "使用登记证编号", "注册代码", "登记证号", "registration"),
    ),
    ImportField(
        "licence_until",
        _lazy("Valid until"),
        ("有效期至", "检验有效期至", "下次检验日期", "登记证有效期", "证书有效期", "valid until"),
    ),
    ImportField(
        "vendor",
        _lazy("Maintained by"),
        ("维保单位", "维保公司", "维护单位", "保养单位", "维修保养单位", "maintained by"),
    ),
    ImportField("state", _lazy("State"), ("状态", "设备状态", "使用状态", "运行状态", "state")),
    ImportField("state_on", _lazy("In this state since"), ("停用日期", "报废日期", "state since")),
    ImportField("note", _lazy("Note"), ("备注", "说明", "note", "remark")),
)

_KIND_WORDS: Mapping[AssetKind, tuple[str, ...]] = {
    AssetKind.LIFT: ("客梯", "货梯", "扶梯", "曳引电梯"),
    AssetKind.FIRE: ("消防系统", "消防设备", "灭火器", "消火栓", "喷淋"),
    AssetKind.WATER: ("二次供水", "给水", "供水", "水泵", "给排水"),
    AssetKind.POWER: ("配电", "变配电", "高低压配电", "强电", "发电机"),
    AssetKind.LIGHTNING: ("避雷", "防雷接地"),
    AssetKind.DRAINAGE: ("排水", "排污", "污水", "潜污泵"),
    AssetKind.VENTILATION: ("通风", "暖通", "空调", "风机", "送排风"),
    AssetKind.ACCESS: ("门禁", "对讲", "可视对讲", "楼宇对讲"),
    AssetKind.MONITORING: ("监控", "安防", "摄像机", "弱电", "视频监控"),
    AssetKind.LIGHTING: ("照明", "路灯", "灯具"),
    AssetKind.GATE: ("道闸", "车闸", "停车系统", "大门"),
    AssetKind.PLAYGROUND: ("健身器材", "儿童游乐", "游乐设施", "健身设施"),
    AssetKind.CHARGING: ("充电桩", "充电柜"),
    AssetKind.OTHER: ("其他", "其它", "其他设备"),
}
# What a name says of its kind, looked for in this order: a fire lift is a lift.
_IN_NAMES: Mapping[AssetKind, tuple[str, ...]] = {
    AssetKind.LIFT: ("电梯", "客梯", "货梯", "扶梯", "消防梯", "观光梯"),
    AssetKind.FIRE: ("消防", "灭火", "消火", "喷淋", "烟感", "防火"),
    AssetKind.CHARGING: ("充电",),
    AssetKind.DRAINAGE: ("排污", "污水", "潜污", "排水", "集水"),
    AssetKind.WATER: ("水泵", "供水", "水箱", "给水"),
    AssetKind.POWER: ("配电", "变压器", "发电机"),
    AssetKind.LIGHTNING: ("避雷", "防雷"),
    AssetKind.VENTILATION: ("风机", "空调", "通风"),
    AssetKind.ACCESS: ("门禁", "对讲"),
    AssetKind.MONITORING: ("监控", "摄像"),
    AssetKind.GATE: ("道闸", "闸机"),
    AssetKind.LIGHTING: ("路灯", "照明"),
    AssetKind.PLAYGROUND: ("健身", "滑梯", "游乐"),
}
_STATE_WORDS: Mapping[AssetState, tuple[str, ...]] = {
    AssetState.IN_USE: ("在用", "使用中", "正常", "运行", "正常运行", "启用", "使用", "完好"),
    AssetState.STOPPED: ("停用", "停机", "停运", "封存", "暂停使用", "故障停用", "停梯"),
    AssetState.SCRAPPED: ("报废", "已报废", "拆除", "已拆除"),
}
_KINDS = words_meaning(_KIND_WORDS, ASSET_KIND_LABELS)
_STATES = words_meaning(_STATE_WORDS, ASSET_STATE_LABELS)
_NO_BUILDING = frozenset({"公共", "公共区域", "室外", "全小区", "小区", "园区", "外围"})
_LOST = re.compile(r"\d(?:\.\d+)?e\+?\d{1,3}", re.IGNORECASE)
# Excel keeps fifteen digits of a number; a registration code has twenty.
_MOST_DIGITS = 10**15
_SPAN = re.compile(r"(\d{1,2})\s*(年|个月|月)")


@dataclass(frozen=True, slots=True)
class ImportedAsset:
    """A row that can be stored, once its building and its company are found by their names."""

    draft: AssetDraft
    community: str
    building: str
    vendor: str
    doubts: tuple[str, ...] = ()


def needs(columns: Columns) -> tuple[str, ...]:
    """Return the fields without which a ledger says nothing."""
    return () if columns.has("name") else ("name",)


def read_asset(columns: Columns, values: Sequence[Cell]) -> ImportedAsset:
    """Return what a row says. Raises CellError with the reason."""
    row = _Row(columns, values)
    name = row.line("name")
    if not name:
        raise CellError(_("The thing has no name."))
    code, lost = row.number("code")
    if lost:
        raise CellError(
            _("The number «{text}» has lost its digits in Excel; type it again as text.").format(
                text=code
            )
        )
    building, place = building_of(row.line("building")), row.line("place")
    if building in _NO_BUILDING:
        building, place = "", place or building
    installed_on = row.day("installed_on")
    draft = AssetDraft(
        name=name,
        kind=row.kind(name),
        code=code,
        maker=row.line("maker"),
        model=row.line("model"),
        serial=row.kept_number("serial"),
        place=place,
        installed_on=installed_on,
        inspected_on=row.day("inspected_on"),
        warranty_until=row.warranty(installed_on),
        licence_number=row.kept_number("licence_number"),
        licence_until=row.day("licence_until"),
        state=row.state(),
        state_on=row.day("state_on"),
        note=cell_text(columns.cell(values, "note")),
    )
    return ImportedAsset(
        draft, row.line("community"), building, row.line("vendor"), tuple(row.doubts)
    )


class _Row:
    """The cells of a row; what is left empty although something stood there is in `doubts`."""

    def __init__(self, columns: Columns, values: Sequence[Cell]) -> None:
        self._columns, self._values = columns, values
        self.doubts: list[str] = []

    def _cell(self, name: str) -> Cell:
        return self._columns.cell(self._values, name)

    def line(self, name: str) -> str:
        """Return a text of one line; a dash says nothing."""
        said = elide(cell_line(self._cell(name)), LONGEST_LINE)
        return "" if said.casefold() in NOTHING else said

    def number(self, name: str) -> tuple[str, bool]:
        """Return a number as it is written, and whether Excel has rounded it."""
        cell = self._cell(name)
        said = self.line(name).removeprefix("'")
        is_long = isinstance(cell, int | float) and abs(cell) >= _MOST_DIGITS
        return said, is_long or _LOST.fullmatch(fold(said)) is not None

    def kept_number(self, name: str) -> str:
        """Return a number of secondary meaning: a rounded one is left empty and told."""
        said, lost = self.number(name)
        if not lost:
            return said
        self.doubts.append(
            _("«{text}» has lost its digits in Excel and is left empty.").format(text=said)
        )
        return ""

    def day(self, name: str) -> date | None:
        """Return a day; what is none is left empty and told."""
        cell = self._cell(name)
        if not self.line(name):
            return None
        try:
            return read_day(cell, days_from_1904=self._columns.days_from_1904)
        except CellError as error:
            self.doubts.append(str(error))
            return None

    def warranty(self, installed_on: date | None) -> date | None:
        """Return the end of the warranty, which may be said as `2年` from the installation on."""
        span = _SPAN.fullmatch(with_digits(fold(self.line("warranty_until"))))
        if span is None:
            return self.day("warranty_until")
        if installed_on is None:
            self.doubts.append(_("A warranty in years needs the day of the installation."))
            return None
        months = int(span[1]) * (12 if span[2] == "年" else 1)
        return months_later(installed_on, months)

    def kind(self, name: str) -> AssetKind:
        """Return the kind that the row says, else the one that the name speaks of."""
        said = simplified(fold(self.line("kind")))
        if said in _KINDS:
            return _KINDS[said]
        for words in (said, simplified(fold(name))):
            found = _kind_in(words)
            if found is not None:
                return found
        self.doubts.append(_("What kind of thing this is nobody can tell; choose it by hand."))
        return AssetKind.OTHER

    def state(self) -> AssetState:
        """Return the state, in use where none is said."""
        said = simplified(fold(self.line("state")))
        if said and said not in _STATES:
            self.doubts.append(
                _("«{text}» is no state that is known; it counts as in use.").format(text=said[:30])
            )
        return _STATES.get(said, AssetState.IN_USE)


def _kind_in(words: str) -> AssetKind | None:
    return next(
        (kind for kind, parts in _IN_NAMES.items() if any(part in words for part in parts)), None
    )
