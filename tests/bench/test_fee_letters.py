"""5,000 fee letters: at least half as fast as bare canvas pages with the same marks, memory flat.

The marks of one letter are taken down once, word by word and line by line; the floor draws them on
a bare canvas as often (issue 6, speed).
"""

import re
import subprocess
import sys
import time
from datetime import date, datetime
from pathlib import Path

import pypdf
import pytest

from propdesk import paths
from propdesk.domain.bills import BillKind
from propdesk.domain.demand_stages import StageRule
from propdesk.domain.dunning import Stage
from propdesk.domain.fee_letters import LetterBill, content_sha256, letter_digits, to_json
from propdesk.domain.fee_settings import FeeSettings
from propdesk.domain.papers import PaperLanguage
from propdesk.domain.settings import OfficeSettings
from propdesk.i18n import speaking
from propdesk.reports.fee_letters import render_fee_letters
from propdesk.reports.parts.fonts import Face, advance
from propdesk.reports.parts.letter_frames import FeeLetterSheet
from propdesk.reports.parts.sheet import A4, PT, Sheet
from propdesk.services.parts.fee_template_stock import shipped_templates
from propdesk.services.parts.letter_contents import Debt, Letterhead, letter_content

MANY, FEW, GROSS, WANTED = 5_000, 400, 2, 2
AT = datetime(2026, 11, 20, 10, 16)
FEES = FeeSettings(
    payee="和苑物业服务有限公司", credit_code="91330106MA2K0X0Y3T",
    bank_payee="和苑物业服务有限公司", bank="示例银行云澜支行", account="3301 0400 0012 3456 789",
    contact="赵敏", contact_phone="0571-8800 6110", signer="徐立平",
)  # fmt: skip
QUARTERS = ((1, 3), (4, 6), (7, 9))


def _letter(number: int) -> FeeLetterSheet:
    """Make a letter as the service does, with its own house, names and sums."""
    working = {
        "parts": [{"area_dm2": 8000 + number, "price_e4": 28000, "days": 3, "of": 1}],
    }
    bills = tuple(
        LetterBill(
            place, 1, "物业服务费", BillKind.CHARGE, date(2026, first, 1), date(2026, last, 30),
            date(2026, first, 25), 67200 + number * 84, 500 * (number % 7), working,
            contract="云澜花园物业服务合同", contract_number="YL-2023",
            contract_on=date(2023, 6, 18), fee_clause="第七条", due_clause="每季度首月25日前支付",
        )
        for place, (first, last) in enumerate(QUARTERS)
    )  # fmt: skip
    floor = number // 4 % 30 + 1
    short = f"{number % 50 + 1}-{number % 3 + 1}-{floor}0{number % 4 + 1}"
    surname, given = chr(0x4E00 + number % 3000), chr(0x5000 + number % 3000)
    debt = Debt(
        number, short, f"{number % 50 + 1}栋{number % 3 + 1}单元{floor}0{number % 4 + 1}",
        "云澜花园", f"{80 + number / 100:.2f}", number, surname + given, "先生", None, "", "",
        bills,
    )  # fmt: skip
    head = Letterhead(
        StageRule(Stage.LETTER, 60, 15), shipped_templates("zh_CN")[Stage.LETTER], FEES,
        OfficeSettings(), "zh_CN", AT.date(),
    )  # fmt: skip
    content = letter_content(debt, head, number=f"云澜催〔2026〕{number}号", times=2, prepaid_fen=0)
    digits = letter_digits(number, AT.date())
    sha256 = content_sha256(to_json(content))
    return FeeLetterSheet(content, sha256, f"CJ-2611-{number:06d}", digits, AT, "赵敏")


def _draw(letters, target: Path) -> None:
    with speaking("zh_CN"):
        render_fee_letters(Stage.LETTER, letters, target, title="催缴函", language=PaperLanguage.ZH)


def _marks(target: Path, monkeypatch):
    """Return words with place, size and weight, lines and boxes of the first page of a letter.

    A word is what stands together: between Chinese and Latin there is a gap, as on the letter.
    """
    words, show = [], Sheet._show

    def noted(sheet, x, y, shaped, size, face, **more):
        place = x * PT
        for text, room in shaped.runs:
            words.append((place, (A4.height - y) * PT, text, size, face is Face.BOLD))
            place += (sum(advance(one, face) for one in text) + room) * size
        show(sheet, x, y, shaped, size, face, **more)

    with monkeypatch.context() as patch:
        patch.setattr(Sheet, "_show", noted)
        _draw([_letter(8)], target)
    operators = pypdf.PdfReader(target).pages[0].get_contents().get_data().decode("latin-1")
    number = r"(-?[\d.]+)"
    line, box = rf"{number} {number} m {number} {number} l S", rf"{number} " * 4 + "re"
    lines = [tuple(map(float, one)) for one in re.findall(line, operators)]
    boxes = [tuple(map(float, one)) for one in re.findall(box, operators)]
    return words, lines, boxes


def test_fee_letters_against_bare_pages_with_the_same_marks(
    tmp_path, told, floors, together, monkeypatch
):
    marks = _marks(tmp_path / "sample.pdf", monkeypatch)
    letters = [_letter(number) for number in range(FEW)]
    ours, floor = together(
        lambda: _draw(letters, tmp_path / "ours.pdf"),
        lambda: floors.draw_pages(tmp_path / "bare.pdf", paths.resources() / "fonts", marks, FEW),
        3,
    )
    told(f"{FEW} fee letters", ours, floor, WANTED)
    assert ours / floor < WANTED * GROSS


MEMORY = """
import resource, sys
from pathlib import Path
sys.path.insert(0, {folder!r})
from test_fee_letters import MANY, _draw, _letter
peaks = []
def letters():
    for number in range(MANY):
        if number in (MANY // 5, MANY - 1):
            peaks.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
        yield _letter(number)
_draw(letters(), Path(sys.argv[1]))
print(*peaks)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no peak to ask for")
def test_five_thousand_letters_in_one_file_with_flat_memory(tmp_path, told):
    target = tmp_path / "letters.pdf"
    start = time.perf_counter()
    code = MEMORY.format(folder=str(Path(__file__).parent))
    done = subprocess.run(
        [sys.executable, "-c", code, str(target)], capture_output=True, text=True, check=True
    )
    seconds = time.perf_counter() - start
    early, late = map(int, done.stdout.split())
    told(f"{MANY} letters: peak memory, against a fifth of them", late / 1e6, early / 1e6, 1.3)
    told(f"{MANY} letters in one file, seconds against a minute", seconds, 60.0, 1)
    assert late < early * 1.3
