"""Fee letters as they are drawn: bill notices for pins, the sentence that stands out."""

import re
from datetime import date, datetime

import pypdf
import pytest

from propdesk.domain.bills import BillKind
from propdesk.domain.demand_stages import StageRule
from propdesk.domain.dunning import Stage
from propdesk.domain.fee_letters import LetterBill, content_sha256, letter_digits, to_json
from propdesk.domain.fee_settings import FeeSettings
from propdesk.domain.papers import PaperLanguage
from propdesk.domain.settings import OfficeSettings
from propdesk.i18n import speaking
from propdesk.reports.fee_letters import render_fee_letters
from propdesk.reports.parts.letter_frames import FeeLetterSheet
from propdesk.reports.parts.stressed_words import stressed_runs
from propdesk.reports.parts.text import wrap
from propdesk.services.parts.fee_template_stock import shipped_templates
from propdesk.services.parts.letter_contents import Debt, Letterhead, letter_content

AT = datetime(2026, 11, 20, 10, 16)
FEES = FeeSettings(
    payee="和苑物业服务有限公司", credit_code="91330106MA2K0X0Y3T",
    bank_payee="和苑物业服务有限公司", bank="示例银行云澜支行", account="3301 0400 0012 3456 789",
    contact="赵敏", contact_phone="0571-8800 6110", signer="徐立平",
)  # fmt: skip
QUARTERS = ((1, 3), (4, 6), (7, 9))
SHARE = {
    "share": {
        "by": "area", "from": "2026-07-01", "until": "2026-09-30", "total_fen": 179_760,
        "base": 11_862, "base_total": 2_324_050, "amount_fen": 917, "days": 1, "of": 1,
    },
    "amount_fen": 917,
}  # fmt: skip


def letter(stage: Stage, code: str, lines: int = 4) -> FeeLetterSheet:
    """Make a letter to an owner and whoever lives there; the fourth line has a back page."""
    working = {"parts": [{"area_dm2": 11_862, "price_e4": 28_000, "days": 3, "of": 1,
                          "from": "", "until": "", "exact_fen": "99641"}]}  # fmt: skip
    bills = [
        LetterBill(
            place, 1, "物业服务费", BillKind.CHARGE, date(2026, first, 1), date(2026, last, 28),
            date(2026, first, 25), 99_641, 0, working, late_clause="第十二条",
        )
        for place, (first, last) in enumerate(QUARTERS)
    ]  # fmt: skip
    bills.append(
        LetterBill(
            9, 2, "公共能耗分摊", BillKind.CHARGE, date(2026, 7, 1), date(2026, 9, 30),
            date(2026, 10, 25), 917, 0, SHARE,
        )
    )  # fmt: skip
    debt = Debt(8, "3-2-1501", "3栋2单元1501室", "云澜花园", "118.62", 8, "林志远", "先生", 9,
                "何雨晴", "女士", tuple(bills[:lines]))  # fmt: skip
    head = Letterhead(
        StageRule(stage, 60, 20), shipped_templates(code)[stage], FEES,
        OfficeSettings(office_name="云澜花园物业服务中心"), code, AT.date(),
    )  # fmt: skip
    content = letter_content(debt, head, number="云澜催〔2026〕8号", times=2, prepaid_fen=0)
    return FeeLetterSheet(
        content, content_sha256(to_json(content)), "CJ-2611-000008", letter_digits(8, AT.date()),
        AT, "赵敏",
    )  # fmt: skip


@pytest.mark.parametrize("language", [PaperLanguage.ZH_EN, PaperLanguage.EN])
def test_p4_a_bill_notice_for_pins_has_no_small_type_and_codes_that_read(tmp_path, scan, language):
    file = tmp_path / "notice.pdf"
    with speaking(language.code):
        one = letter(Stage.NOTICE, language.code)
        render_fee_letters(Stage.NOTICE, [one], file, title="", language=language, continuous=True)
    pages = pypdf.PdfReader(file).pages
    assert len(pages) == 3  # the letter on two, its workings on the last
    found = []
    for page in pages:
        page.extract_text(
            visitor_text=lambda text, _cm, tm, _font, size: found.append((size, tm[4], text))
        )
        weights = re.findall(rb"([\d.]+) w ", page.get_contents().get_data())
        assert min(map(float, weights)) >= 0.85
    words = [(size, x) for size, x, text in found if text.strip()]
    assert min(size for size, _x in words) >= 10.5
    # The tractor strips stay empty.
    assert min(x for _size, x in words if x) >= 18 / 25.4 * 72
    assert scan(file, dpi=180) == {f"CODE-128:{one.digits}"}
    assert scan(file, page=2, dpi=180) == {f"QR-Code:{one.code}/{one.sha256[:16].upper()}"}


def test_p4_a_bill_notice_of_one_line_fits_one_page_for_pins(tmp_path, scan):
    file = tmp_path / "notice.pdf"
    with speaking("zh_CN"):
        one = letter(Stage.NOTICE, "zh_CN", lines=1)
        printed = render_fee_letters(
            Stage.NOTICE, [one], file, title="", language=PaperLanguage.ZH, continuous=True
        )
    assert printed.pages == 1
    assert len(scan(file, dpi=180)) == 2  # both codes, the footer beside them


def test_r98_the_back_page_names_the_days_of_a_charge_once():
    with speaking("zh_CN"):
        (said,) = letter(Stage.NOTICE, "zh_CN").content.explained
    assert f"{said.title} {said.lines}".count("2026-07-01") == 1


@pytest.mark.parametrize("width", [20.0, 60.0, 143.0])
@pytest.mark.parametrize(
    ("text", "bold"),
    [
        ("请核对。请您于 2026 年 12 月 10 日前付清，合计2,580.98元。如已支付，请忽略。",
         "请您于2026年12月10日前付清，合计2,580.98元。"),
        ("Please pay 2,580.98 yuan by 2026-12-10. If you have paid, excuse us.",
         "Pleasepay2,580.98yuanby2026-12-10."),
        ("如已支付，请忽略。", ""),
    ],
)  # fmt: skip
def test_law_1_6_only_the_sentence_with_the_last_day_stands_out(text, bold, width):
    day = "2026 年 12 月 10 日" if "月" in text else "2026-12-10"
    lines = wrap(text, width, 9.8, bold=True)
    runs = list(stressed_runs(text, lines, day))
    assert ["".join(words for words, _bold in line) for line in runs] == lines
    found = "".join(words for line in runs for words, is_bold in line if is_bold)
    assert "".join(found.split()) == bold
