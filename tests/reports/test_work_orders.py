"""The work order: every field on the paper, codes that read, copies, masking, nothing cut."""

import time
from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import datetime

import pypdf
import pytest

from propdesk.domain.papers import PaperLanguage
from propdesk.i18n import LazyText
from propdesk.reports import work_orders
from propdesk.reports.parts import costs, handwriting, order_cells
from propdesk.reports.parts.costs import CostLine, Costs
from propdesk.reports.parts.order_cells import PaperCopy, WorkOrderSheet
from propdesk.reports.work_orders import render_work_order

COPIES = (PaperCopy("存根联"), PaperCopy("维修联", for_worker=True), PaperCopy("客户联"))
ORDER = WorkOrderSheet(
    office_name="云澜花园物业服务中心",
    office_name_en="Yunlan Garden Property Service Centre",
    office_phone="0571-8800 6110",
    number="BX-202611-0147",
    code_digits="1202611001470203",
    qr_text="BX2026110147/2/31",
    kind="报修",
    kinds=("报修", "投诉", "咨询", "建议", "表扬", "账单质询"),
    urgency="急修",
    urgencies=("危急", "急修", "一般", "计划"),
    received_at=datetime(2026, 11, 21, 15, 42),
    text="主卫吊顶检修口边缘渗水，约每分钟20滴，开灯时灯带闪烁，请带堵漏材料复查。",
    place="6栋1单元1204室",
    location="主卫（室内）",
    printed_at=datetime(2026, 11, 21, 16, 8),
    printed_by="钱晓云",
    copies=COPIES,
    round=2,
    channel="来电",
    reporter="何女士（业主）",
    phone="138 5812 3407",
    masked_phone="138****3407",
    appointment="11-22 09:00–09:30",
    appointment_note="家中有人",
    first_receiver="陈思远",
    received_by="王丽娟",
    dispatched_at=datetime(2026, 11, 21, 16, 5),
    dispatched_by="赵敏",
    department="工程部",
    worker="李国强 0032",
    on_site_due=datetime(2026, 11, 22, 9, 30),
    done_due=datetime(2027, 1, 3, 18, 0),
    note="入户请先按门铃并穿鞋套",
    foot_note="收费项目以公示价目表为准",
)


def plain(text: str) -> str:
    return "".join(text.split())


def words_of(order: WorkOrderSheet) -> Iterator[str]:
    """Give every text of the sheet that must stand on each copy."""
    elsewhere = {"code_digits", "qr_text", "phone", "masked_phone", "hint", "office_name_en"}
    for field in fields(order):
        value = getattr(order, field.name)
        if isinstance(value, str) and field.name not in elsewhere:
            yield value


def labels() -> Iterator[LazyText]:
    """Give every label of the form but the names in the rails, which run downwards."""
    rails = {"ON_SITE", "COSTS", "CUSTOMER", "_REQUEST", "_DISPATCH"}
    for module in (work_orders, order_cells, handwriting, costs):
        for name, value in vars(module).items():
            for label in value if isinstance(value, tuple) else (value,):
                text = label[0] if isinstance(label, tuple) else label
                if isinstance(text, LazyText) and name not in rails and "{" not in text.source:
                    yield text


@pytest.fixture
def target(tmp_path):
    return tmp_path / "work-order.pdf"


@pytest.fixture
def printed(target, texts):
    """Print an order and give the words of its pages."""

    def run(order):
        render_work_order(order, target)
        return texts(target)

    return run


@pytest.mark.parametrize("language", PaperLanguage)
def test_every_field_stands_on_every_copy(target, texts, language):
    printed = render_work_order(ORDER, target, language=language)
    assert printed.pages == 3
    assert printed.replaced_characters == ()
    for number, page in enumerate(texts(target)):
        for value in words_of(ORDER):
            if value != ORDER.office_name or language is not PaperLanguage.EN:
                assert plain(value) in plain(page), value
        for moment in ("11-21 15:42", "11-21 16:05", "11-22 09:30", "2027-01-03 18:00"):
            assert moment in page
        assert COPIES[number].name in page


@pytest.mark.parametrize("language", PaperLanguage)
def test_every_label_stands_in_the_papers_language(target, texts, language):
    render_work_order(replace(ORDER, copies=COPIES[:1]), target, language=language)
    page = plain(texts(target)[0])
    more = work_orders._MORE.source
    wanted = {language.main(label) for label in labels() if label.source != more}
    assert len(wanted) > 50
    assert {label for label in wanted if plain(label) not in page} == set()


def test_a_second_line_stands_on_the_paper_in_both_languages_only(target, texts):
    for language in PaperLanguage:
        render_work_order(replace(ORDER, copies=COPIES[:1]), target, language=language)
        page = texts(target)[0]
        assert ("Yunlan Garden" in page) is (language is not PaperLanguage.ZH)
        assert ("WORK ORDER" in page) is (language is PaperLanguage.ZH_EN)


def test_the_english_paper_has_no_chinese_label(target, texts):
    empty = {
        field.name: ""
        for field in fields(ORDER)
        if isinstance(getattr(ORDER, field.name), str) and field.name not in {"code_digits"}
    }
    order = replace(ORDER, **{**empty, "kinds": (), "urgencies": (), "copies": (PaperCopy("A"),)})
    render_work_order(order, target, language=PaperLanguage.EN)
    (page,) = texts(target)
    # The preprinted places of an amount in capitals are what the law of receipts asks for.
    chinese = {character for character in page if ord(character) > 0x2E80} - set("万仟佰拾元角分")
    assert chinese == set()
    assert "Work order" in page


def test_the_full_phone_stands_on_the_workers_copy_of_an_open_order_only(target, texts):
    render_work_order(ORDER, target)
    assert [ORDER.phone in page for page in texts(target)] == [False, True, False]
    assert [ORDER.masked_phone in page for page in texts(target)] == [True, False, True]
    render_work_order(replace(ORDER, is_open=False), target)
    assert [ORDER.phone in page for page in texts(target)] == [False, False, False]


@pytest.mark.parametrize("language", PaperLanguage)
@pytest.mark.parametrize("paper", ["a5", "a4"])
def test_both_codes_decode(target, scan, paper, language):
    render_work_order(ORDER, target, paper=paper, language=language)
    assert scan(target) == {f"CODE-128:{ORDER.code_digits}", f"QR-Code:{ORDER.qr_text}"}


@pytest.mark.parametrize(("count", "a5", "a4"), [(1, 1, 1), (2, 2, 1), (3, 3, 2), (4, 4, 2)])
def test_copies_and_sheets(target, texts, count, a5, a4):
    order = replace(ORDER, copies=(*COPIES, PaperCopy("财务联"))[:count])
    assert render_work_order(order, target, paper="a5").pages == a5
    boxes = [page.mediabox for page in pypdf.PdfReader(target).pages]
    assert {(round(box.width / 72 * 25.4), round(box.height / 72 * 25.4)) for box in boxes} == {
        (210, 148)
    }
    assert render_work_order(order, target, paper="a4").pages == a4
    assert "".join(texts(target)).count(order.number) == count


def test_no_copy_is_refused(target):
    with pytest.raises(ValueError, match="at least one copy"):
        render_work_order(replace(ORDER, copies=()), target)
    assert not target.exists()


@pytest.mark.parametrize("paper", ["a5", "a4"])
def test_a_hundred_thousand_characters_are_all_printed_in_seconds(target, texts, paper):
    text = "渗水" * 50_000
    order = replace(ORDER, text=text, copies=COPIES[:1], location="")
    start = time.perf_counter()
    printed = render_work_order(order, target, paper=paper)
    assert time.perf_counter() - start < 10
    pages = texts(target)
    assert printed.pages == len(pages)
    # one 水 more in nothing else: the place and the note have none
    assert sum(page.count("渗") for page in pages) == 50_000
    assert all(order.number in page for page in pages)


@pytest.mark.parametrize(
    "name", ["place", "reporter", "note", "worker", "department", "first_receiver", "appointment"]
)
def test_any_value_that_is_too_long_stands_whole_on_a_second_page(target, texts, name):
    value = "".join(f"字{number}长" for number in range(60))
    render_work_order(replace(ORDER, **{name: value}, copies=COPIES[:1]), target)
    pages = texts(target)
    assert len(pages) == 2
    assert value in plain(pages[1])
    assert "2" in pages[1].splitlines()[-1]


def test_lines_of_the_description_stay_lines(target, texts):
    text = "第一行\n第二行<b>\n=HYPERLINK(1)"
    render_work_order(replace(ORDER, text=text), target, language=PaperLanguage.EN)
    lines = texts(target)[0].splitlines()
    found = [next(n for n, line in enumerate(lines) if part in line) for part in text.split("\n")]
    assert found == sorted(set(found))


def test_what_the_font_lacks_is_told(target):
    printed = render_work_order(replace(ORDER, reporter="𠮷先生😀"), target)
    assert printed.replaced_characters == ("𠮷", "😀")


def test_only_the_embedded_fonts_are_used(target, fonts):
    render_work_order(ORDER, target)
    assert fonts(target) == {"NotoSansSC-Regular": True, "NotoSansSC-Bold": True}


def test_nothing_stands_within_four_millimetres_of_the_edge(target):
    render_work_order(ORDER, target)
    page = pypdf.PdfReader(target).pages[0]
    heights = []

    def visit(text, _transform, matrix, _font, _size):
        if text.strip():
            heights.append(matrix[5] / 72 * 25.4)

    page.extract_text(visitor_text=visit)
    assert min(heights) > 4.3
    assert max(heights) < 148 - 4


def test_a_row_of_boxes_that_is_too_long_keeps_what_holds(target, texts):
    order = replace(ORDER, kinds=tuple(f"很长的类别名称{number}" for number in range(9)))
    render_work_order(order, target)
    page = texts(target)[0]
    assert "报修" in page
    assert "急修" in page
    assert "很长的类别名称" not in page


def test_the_hint_of_the_house_stands_on_the_workers_copy_of_an_open_order_alone(printed):
    hinted = replace(ORDER, hint="家有大狗")
    assert ["家有大狗" in page for page in printed(hinted)] == [False, True, False]
    assert not any("家有大狗" in page for page in printed(replace(hinted, is_open=False)))


@pytest.mark.parametrize(
    "name",
    ["欧阳诺敏阿卜杜热西提（代父亲反映）", "Mr. Christopher Alexander Montgomery-Smythe III"],
)
def test_a_long_name_is_set_smaller_and_in_two_lines_before_it_costs_a_page(printed, name):
    pages = printed(replace(ORDER, reporter=name))
    assert len(pages) == len(COPIES)
    assert all(plain(name) in plain(page) for page in pages)


def test_what_is_marked_as_cut_keeps_its_blanks(printed):
    name = "The Honourable " + "Christopher Alexander " * 8
    first, second, *_rest = printed(replace(ORDER, reporter=name))
    assert "Alexander C" in " ".join(first.split())
    assert plain(name) in plain(second)


def test_place_and_name_both_have_a_second_line_where_the_matter_is_short(printed):
    place = "3 号楼与 5 号楼之间的消防通道靠东侧围墙第二个雨水井盖旁边（老年活动中心后门对面）"
    name = "欧阳诺敏阿卜杜热西提（代父亲反映）"
    order = replace(
        ORDER, place=place, location="", reporter=name, text="井盖翘起。", appointment=""
    )
    pages = printed(replace(order, appointment_note=""))
    assert len(pages) == len(COPIES)
    assert all(plain(place) in plain(page) and name in plain(page) for page in pages)


COSTS = Costs(
    is_paid=True,
    lines=tuple(
        CostLine(f"材料{number} DN{number}", "个", f"{number}", f"{number}.50", f"{number * 2}.00")
        for number in range(11, 18)
    ),
    material="196.00",
    labour="30.00",
    total="226.00",
    capitals="贰佰贰拾陆元整",
    agreed="何女士，工单签字，不超过 230.00，11-21 15:50",
)


def test_r97_known_costs_are_printed_and_what_has_no_line_goes_on_on_page_two(printed):
    first, second = map(plain, printed(replace(ORDER, costs=COSTS, copies=COPIES[:1])))
    for word in ("贰佰贰拾陆元整", "196.00", "30.00", "226.00", COSTS.agreed):
        assert plain(word) in first
    for line in COSTS.lines[:4]:
        assert plain(line.name) in first
        assert line.amount in first
    for line in COSTS.lines[4:]:
        assert plain(line.words) in second
    # The places for a pen give way to the printed amount.
    assert "佰拾元角分" not in first


def test_r97_a_price_that_is_not_known_stays_white(printed):
    (page,) = printed(replace(ORDER, copies=COPIES[:1]))
    assert "万仟佰拾元角分" in plain(page)
