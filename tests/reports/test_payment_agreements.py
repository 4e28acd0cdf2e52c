"""The instalment agreement: what is signed stands beside the signatures."""

from datetime import datetime

from pypdf import PdfReader

from propdesk.domain.papers import PaperLanguage
from propdesk.reports.parts.register_frame import RegisterFrame
from propdesk.reports.payment_agreements import AgreementSheet, render_agreement


def test_r84_nobody_signs_a_page_of_an_agreement_that_says_nothing(tmp_path):
    at = datetime(2026, 11, 22, 9, 30)
    frame = RegisterFrame("云澜花园物业服务中心", "", "分期付款协议", "FQ-2026-0001", at, "李敏")
    bill = ("物业服务费", "2024-10-01 – 2024-12-31", "2024-12-13", "625.80")
    part = ("1", "2026-11-19", "625.80", "0.00")
    pages = set()
    for count in range(9, 20):
        paper = AgreementSheet(
            frame, "FQ-2026-0001", "云澜物业", "何斌", "2-1-1201", at.date(), "625.80",
            "人民币陆佰贰拾伍元捌角整", [bill] * count, "625.80", [part], "转账至对公账户。",
        )  # fmt: skip
        file = tmp_path / f"{count}.pdf"
        render_agreement(paper, file, language=PaperLanguage.ZH)
        read = PdfReader(file).pages
        pages.add(len(read))
        last = read[-1].extract_text()
        assert "双方各执一份" in last, count
        assert "签名、捺印" in last, count
    assert pages == {1, 2}
