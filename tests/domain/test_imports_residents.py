from datetime import date

import pytest

from propdesk.domain.cells import CellError
from propdesk.domain.imported_names import name_key, split_names
from propdesk.domain.imported_places import PlaceReader
from propdesk.domain.imported_residents import RESIDENT_FIELDS, read_house
from propdesk.domain.imports import Columns, recognise_columns
from propdesk.domain.persons import ResidentRole
from propdesk.domain.units import UnitKind

TODAY = date(2026, 11, 22)


def read(**cells):
    """Read a row whose headings are the keywords."""
    header = tuple(cells)
    mapping = recognise_columns(header, RESIDENT_FIELDS)
    columns, values = Columns(mapping, header), tuple(cells.values())
    return read_house(columns, values, PlaceReader(columns, [values]), TODAY)


@pytest.mark.parametrize(
    ("cells", "short"),
    [
        ({"房号": "3-2-501"}, "3-2-501"),
        ({"房号": "3栋2单元501室"}, "3-2-501"),
        ({"房号": "３＃２－５０１"}, "3-2-501"),
        ({"房号": "商铺12"}, "商铺12"),
        ({"楼栋": "3栋", "单元": "2单元", "房号": "501"}, "3-2-501"),
        ({"楼栋": 3, "单元": 2, "房号": 501}, "3-2-501"),
        ({"楼栋": "三号楼", "单元": "二单元", "房间": "501室"}, "3-2-501"),
        ({"楼栋": 3, "单元": "无", "房号": 501}, "3-501"),
        ({"楼栋": 3, "单元": None, "房号": "2-501"}, "3-2-501"),
        ({"楼栋": 3, "单元": 2, "房号": "2-501"}, "3-2-501"),
        ({"楼栋": 3, "单元": 2, "房号": "3-2-501"}, "3-2-501"),
        ({"楼栋": "海棠苑", "单元": 2, "房间": 501}, "海棠苑-2-501"),
        ({"楼栋": "商铺", "房号": 12}, "商铺12"),
        ({"房号": 501, "楼栋": "A"}, "A-501"),
    ],
)
def test_houses(cells, short):
    assert read(姓名="张三", **cells).address.short == short


def test_a_file_without_tenants_has_none():
    assert [one.name for one in read(房号="3-501", 姓名="张三").people] == ["张三"]
    assert read(房号="3-501", 姓名=None).people == ()


def test_kinds_of_houses():
    assert read(房号="车位B1-035", 姓名="张三").address.kind is UnitKind.PARKING


@pytest.mark.parametrize("cells", [{"房号": None}, {"房号": "三楼"}, {"楼栋": 3, "房号": None}])
def test_no_house(cells):
    with pytest.raises(CellError):
        read(姓名="张三", **cells)


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        (None, ()),
        ("无", ()),
        ("张三", ("张三",)),
        ("张 三", ("张三",)),
        ("张三 李四", ("张三", "李四")),
        ("张三、李四，王五", ("张三", "李四", "王五")),
        ("张三/李四", ("张三", "李四")),
        ("张三 & 李四", ("张三", "李四")),
        ("张三\n李四", ("张三", "李四")),
        ("张三、张三", ("张三",)),
        ("John Smith", ("John Smith",)),
        ("𠮷田 😀", ("𠮷田 😀",)),
        ("买买提·艾力", ("买买提·艾力",)),
        ("=HYPERLINK(1)", ("=HYPERLINK(1)",)),
    ],
)
def test_names(cell, names):
    assert split_names(cell) == names


def test_masked_names_are_refused():
    with pytest.raises(CellError):
        split_names("张*丰")


def test_names_are_compared_folded():
    assert name_key("Ｊohn  SMITH") == name_key("john smith")


def test_joint_owners_take_their_phones_in_order():
    house = read(房号="3-501", 业主姓名="张三、李四", 联系电话="13812345678/13912345678")
    assert [(one.name, one.phones) for one in house.people] == [
        ("张三", ("13812345678",)), ("李四", ("13912345678",)),
    ]  # fmt: skip


def test_else_all_phones_are_the_first_owners():
    house = read(
        房号="3-501", 业主姓名="张三、李四", 联系电话="13812345678", 备注="二手房", 称呼="张先生"
    )
    first, second = house.people
    assert (first.phones, first.note, first.salutation) == (("13812345678",), "二手房", "张先生")
    assert (second.phones, second.note, second.salutation) == ((), "", "")


def test_everything_that_a_row_may_say():
    house = read(
        小区="云澜花园", 房号="3-501", 业主姓名="张三", 手机=13812345678, 电话="0551-62881234",
        面积="89.56㎡", 租户="李四", 租户电话="13912345678", 车牌="苏A·12345、苏B12345，苏a12345",
        入住日期="2020/5/1", 房屋备注="地下室渗水",
    )  # fmt: skip
    assert (house.community, house.area_dm2, house.note) == ("云澜花园", 8956, "地下室渗水")
    assert house.plates == ("苏A·12345", "苏B12345")
    owner, tenant = house.people
    assert owner.phones == ("13812345678", "0551-62881234")
    assert owner.from_on == date(2020, 5, 1)
    assert (tenant.name, tenant.role, tenant.phones) == (
        "李四", ResidentRole.TENANT, ("13912345678",),
    )  # fmt: skip
    assert not house.doubts


@pytest.mark.parametrize(
    ("said", "role"),
    [(None, ResidentRole.OWNER), ("业主", ResidentRole.OWNER), ("租客", ResidentRole.TENANT),
     ("配偶", ResidentRole.FAMILY), ("Tenant", ResidentRole.TENANT), ("保姆", ResidentRole.OTHER)],
)  # fmt: skip
def test_roles(said, role):
    assert read(房号="3-501", 姓名="张三", 身份=said).people[0].role is role


def test_doubts_do_not_reject_a_row():
    house = read(房号="3-501", 姓名="张三", 面积="很大", 入住日期="去年", 车牌="有、无")
    assert house.area_dm2 is None
    assert house.people[0].from_on is None
    assert len(house.doubts) == 3


def test_a_rounded_phone_rejects_the_row():
    with pytest.raises(CellError, match="Excel"):
        read(房号="3-501", 姓名="张三", 电话="1.38E+10")
