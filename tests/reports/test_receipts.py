"""The receipt on all its papers: every field, copies, marks, carried sums, codes that read."""

from dataclasses import replace
from datetime import date, datetime
from itertools import pairwise

import pypdf
import pytest

from propdesk.domain.fee_settings import ReceiptPaper
from propdesk.domain.money import in_capitals, money_words
from propdesk.domain.papers import PaperLanguage
from propdesk.domain.receipt_codes import ReceiptCode, read_receipt_digits, receipt_digits
from propdesk.reports.parts.receipt_values import ReceiptLine, ReceiptSheet
from propdesk.reports.receipts import render_receipt

CODE = ReceiptCode(2026, 127, 3)
LINES = (
    ReceiptLine("物业服务费", 80_976, date(2026, 10, 1), date(2026, 12, 31), "2.80", "96.40 m²",
                80_976),
    ReceiptLine("车位服务费", 21_600, date(2026, 10, 1), date(2026, 12, 31), "80.00", "B1-117",
                24_000, 2_400, remark="季付九折"),
    ReceiptLine("违约金", 7_420, date(2026, 7, 1), date(2026, 9, 30), late_fen=7_420),
    ReceiptLine("代收水费", 7_315, date(2026, 9, 1), date(2026, 10, 31), "3.85", "1032–1051",
                7_315),
)  # fmt: skip
RECEIPT = ReceiptSheet(
    office_name="云澜花园物业服务中心",
    office_name_en="Yunlan Garden Property Service Centre",
    office_phone="0571-8800 6110",
    number="SJ-2026-000127",
    code_digits=receipt_digits(CODE),
    title="收款收据",
    second_title="RECEIPT",
    at=datetime(2026, 11, 21, 16, 31),
    payer="沈佳宁",
    house="5栋1单元0902室",
    lines=LINES,
    total_fen=117_311,
    capitals="人民币壹仟壹佰柒拾叁元壹角壹分",
    means=(("微信", 100_000), ("现金", 17_311)),
    all_means=("现金", "转账", "微信"),
    tendered_fen=20_000,
    change_fen=2_689,
    prepaid_after_fen=5_000,
    copies=("存根联", "客户联", "记账联"),
    cashier="王丽娟",
    checked="赵敏",
    payee="杭州云澜物业服务有限公司",
    note="本收据不作发票",
    printed_at=datetime(2026, 11, 21, 16, 32),
    printed_by="王丽娟",
)
SIZES = {
    ReceiptPaper.A5: (210, 148),
    ReceiptPaper.HALF: (241, 139.7),
    ReceiptPaper.THIRD: (241, 93.1),
}
SHOWN = ("SJ-2026-000127", "2026-11-21", "沈佳宁", "5栋1单元0902室", "物业服务费", "2.80",
         "96.40m²", "809.76", "240.00", "24.00", "季付九折", "1032–1051", "74.20", "1,173.11",
         "人民币壹仟壹佰柒拾叁元壹角壹分", "微信1,000.00", "现金173.11", "50.00", "王丽娟",
         "杭州云澜物业服务有限公司", "本收据不作发票", "200.00", "26.89")  # fmt: skip


def plain(text):
    return "".join(text.split())


@pytest.fixture
def made(tmp_path, texts):
    """Draw a receipt and return the words of its pages without blanks."""

    def draw(receipt=RECEIPT, paper=ReceiptPaper.A5, language=PaperLanguage.ZH):
        file = tmp_path / "receipt.pdf"
        printed = render_receipt(receipt, file, paper=paper, language=language)
        pages = [plain(text) for text in texts(file)]
        assert printed.pages == len(pages)
        return pages

    return draw


@pytest.mark.parametrize("paper", ReceiptPaper)
@pytest.mark.parametrize("language", PaperLanguage)
def test_p4_every_field_stands_on_every_paper_and_copy(made, paper, language):
    pages = made(paper=paper, language=language)
    per_copy = len(pages) // 3
    for number, copy in enumerate(RECEIPT.copies):
        words = "".join(pages[number * per_copy : (number + 1) * per_copy])
        assert copy in words
        assert [wanted for wanted in SHOWN if plain(wanted) not in words] == []


@pytest.mark.parametrize("paper", SIZES)
def test_p4_the_paper_has_its_size_and_strips_stay_empty(tmp_path, paper):
    file = tmp_path / "receipt.pdf"
    render_receipt(RECEIPT, file, paper=paper)
    box = pypdf.PdfReader(file).pages[0].mediabox
    width, height = SIZES[paper]
    assert (float(box.width), float(box.height)) == pytest.approx(
        (width * 72 / 25.4, height * 72 / 25.4), abs=0.1
    )
    if paper is ReceiptPaper.A5:
        return
    # 12.7 mm of tractor strip on either side (forms.md): no text begins there.
    found = []
    pypdf.PdfReader(file).pages[0].extract_text(
        visitor_text=lambda text, _cm, tm, _font, _size: found.append((tm[4], text))
    )
    xs = [x for x, text in found if text.strip() and x]
    assert xs
    assert min(xs) >= 18 / 25.4 * 72
    assert max(xs) <= (241 - 18) / 25.4 * 72


@pytest.mark.parametrize("paper", [ReceiptPaper.HALF, ReceiptPaper.THIRD])
@pytest.mark.parametrize("language", [PaperLanguage.ZH_EN, PaperLanguage.EN])
def test_p4_pins_print_nothing_small_but_what_must_fit(tmp_path, paper, language):
    file = tmp_path / "receipt.pdf"
    render_receipt(replace(RECEIPT, copies=("存根联",)), file, paper=paper, language=language)
    sizes = {}
    pypdf.PdfReader(file).pages[0].extract_text(
        visitor_text=lambda text, _cm, _tm, _font, size: sizes.setdefault(size, text)
    )
    assert min(size for size, text in sizes.items() if text.strip()) >= 10.5


@pytest.mark.parametrize("paper", [ReceiptPaper.HALF, ReceiptPaper.THIRD])
def test_p4_three_part_paper_says_whose_copy_each_colour_is(made, paper):
    assert "白：存根联红：客户联黄：记账联" in made(paper=paper)[0]
    assert "白：" not in made(replace(RECEIPT, copies=("存根联", "客户联")), paper)[0]


@pytest.mark.parametrize("paper", ReceiptPaper)
def test_p4_the_bars_read_back(tmp_path, scan, paper):
    file = tmp_path / "receipt.pdf"
    render_receipt(RECEIPT, file, paper=paper)
    (code,) = scan(file)
    assert read_receipt_digits(code.removeprefix("CODE-128:")) == CODE


def test_p4_a_misread_digit_is_no_receipt():
    digits = receipt_digits(CODE)
    for place, digit in enumerate(digits):
        wrong = digits[:place] + str((int(digit) + 1) % 10) + digits[place + 1 :]
        assert read_receipt_digits(wrong) is None


@pytest.mark.parametrize("paper", ReceiptPaper)
@pytest.mark.parametrize("count", [1, 5, 9, 40])
def test_p4_many_lines_go_on_with_the_sum_carried(made, paper, count):
    lines = tuple(
        ReceiptLine(f"代收水费{n:02d}期", 1_000 + n, date(2026, 1, 1), date(2026, 1, 31),
                    due_fen=1_000 + n)
        for n in range(count)
    )  # fmt: skip
    total = sum(line.paid_fen for line in lines)
    receipt = replace(
        RECEIPT, lines=lines, total_fen=total, capitals=in_capitals(total), copies=("客户联",)
    )
    pages = made(receipt, paper)
    words = "".join(pages)
    assert [line.item for line in lines if words.count(line.item) != 1] == []
    assert in_capitals(total) in pages[-1]
    seen = 0
    for before, after in pairwise(pages):
        seen += sum(line.paid_fen for line in lines if line.item in before)
        assert money_words(seen) in before  # carried to the next page
        assert money_words(seen) in after
    if count > 1 and paper is not ReceiptPaper.SLIP:
        assert money_words(total) in pages[-1]


@pytest.mark.parametrize("paper", ReceiptPaper)
@pytest.mark.parametrize("fen", [1, 999_999_999])
def test_p4_least_and_largest_amounts_and_forty_characters(made, paper, fen):
    name = "阿布都热合曼·买买提伊明·艾力肯江·吐尔逊娜依古丽·阿不都克里木江先生甲"[:40]
    item = "电梯及二次供水公共设施设备运行能耗分摊费用含日常维护保养与年度检测的全部支出项"[:40]
    receipt = replace(
        RECEIPT,
        payer=name,
        lines=(ReceiptLine(item, fen, due_fen=fen),),
        total_fen=fen,
        capitals=in_capitals(fen),
        copies=("客户联",),
    )
    words = "".join(made(receipt, paper))
    assert name in words
    assert item in words
    assert words.count(money_words(fen)) >= 2
    assert in_capitals(fen) in words


@pytest.mark.parametrize("paper", ReceiptPaper)
def test_p4_void_reprint_and_contra_say_so(made, paper):
    (first, *_more) = made(replace(RECEIPT, copies=("存根联",)), paper)
    for mark in ("作废收据", "补打第2次", "冲红"):
        assert mark not in first
    void = replace(RECEIPT, reprint=2, void="2026-11-22 09:10 赵敏: 开错房号", copies=("存根联",))
    words = "".join(made(void, paper))
    assert "作废收据" in words
    assert "开错房号" in words
    assert "补打第2次" in words
    back = replace(
        RECEIPT, refund_of="SJ-2026-000120", total_fen=-117_311, copies=("存根联",),
        lines=tuple(replace(line, paid_fen=-line.paid_fen) for line in LINES),
    )  # fmt: skip
    words = "".join(made(back, paper))
    assert "冲红" in words
    assert "SJ-2026-000120" in words
    assert "\u2212809.76" in words


def test_p4_a_receipt_without_copies_is_the_programs_mistake(tmp_path):
    with pytest.raises(ValueError, match="at least one copy"):
        render_receipt(replace(RECEIPT, copies=()), tmp_path / "receipt.pdf")
