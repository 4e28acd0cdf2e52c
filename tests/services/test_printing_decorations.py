"""The papers of a decoration: what stands on them, what does not, and in which order."""

from dataclasses import replace
from datetime import date, timedelta

import pypdf
import pytest

from propdesk.domain.decorations import DecorationDraft, Finding, FindingKind, PatrolDraft
from propdesk.domain.errors import RuleError
from propdesk.domain.papers import PaperLanguage
from propdesk.services import decoration_patrols, decorations, settings
from propdesk.services.printing_decorations import (
    note_decoration_print,
    print_patrols,
    print_permit,
    print_rectification,
)
from propdesk.services.queries.decorations import list_told
from propdesk.storage.database import rows

TODAY = date(2026, 11, 21)
SCOPE = "厨卫改造，重做防水"


@pytest.fixture
def permitted(world):
    """Two houses being decorated."""
    act = {"by": world.desk.id, "now": world.now}
    office = replace(settings.get_settings(), phone="025-88881234")
    settings.save_settings(office, by=world.desk.id)
    draft = DecorationDraft(
        applicant="张伟丰", scope=SCOPE, from_on=TODAY, until_on=TODAY + timedelta(days=60),
        company="宏图装饰", foreman="刘建国", phone="13900005678", told=frozenset(list_told()),
    )  # fmt: skip
    made = [
        decorations.apply_decoration(unit.id, draft, **act) for unit in (world.villa, world.home)
    ]
    return [decorations.permit_decoration(one.id, **act) for one in made]


@pytest.fixture
def found(world, permitted):
    """Something is wrong at 3-2-501."""
    draft = PatrolDraft(
        findings=(
            Finding(FindingKind.STRUCTURE, "正在拆承重墙", TODAY + timedelta(days=1)),
            Finding(FindingKind.WASTE, "垃圾堆在楼道"),
        )
    )
    return decoration_patrols.note_patrol(permitted[1].id, draft, by=world.desk.id, now=world.now)


@pytest.fixture
def drawn(world, tmp_path):
    def how(draw, *words, language=PaperLanguage.ZH, **more):
        target = tmp_path / "paper.pdf"
        printed = draw(*words, target, by=world.desk, now=world.now, language=language, **more)
        pages = pypdf.PdfReader(target).pages
        assert printed.pages == len(pages)
        return ["".join(page.extract_text().split()) for page in pages]

    return how


def test_r101_the_permit_says_house_days_works_and_what_is_forbidden(permitted, drawn):
    (text,) = drawn(print_permit, permitted[1].id)
    wanted = ("装修许可证", "ZX-2026-0002", "3栋2单元501", "2026-11-21至2027-01-20", SCOPE,
              "宏图装饰、刘建国", "025-88881234", *list_told().values())  # fmt: skip
    for words in wanted:
        assert "".join(words.split()) in text, words


@pytest.mark.parametrize("language", PaperLanguage)
def test_pipl25_the_door_shows_no_name_of_the_owner_and_no_private_telephone(
    permitted, drawn, language
):
    text = "".join(drawn(print_permit, permitted[1].id, language=language))
    for words in ("张伟丰", "张先生", "张*", "13900005678", "5678", "13800001234"):
        assert words not in text, words


def test_the_permit_is_one_sheet_in_both_languages_and_goes_on_where_the_works_are_many(
    world, permitted, drawn
):
    for language in PaperLanguage:
        assert len(drawn(print_permit, permitted[1].id, language=language)) == 1
    act = {"by": world.desk.id, "now": world.now}
    decorations.cancel_decoration(permitted[1].id, reason="重报", **act)
    many = DecorationDraft(
        "张伟丰", "铺砖。" * 800, from_on=TODAY, until_on=TODAY, company="宏图装饰",
        told=frozenset(list_told()),
    )  # fmt: skip
    long = decorations.apply_decoration(world.home.id, many, **act)
    decorations.permit_decoration(long.id, **act)
    pages = drawn(print_permit, long.id)
    assert len(pages) > 1
    assert "".join(pages).count("铺") == 800


def test_a_permit_of_long_names_never_leaves_office_and_date_alone(world, permitted, drawn):
    act = {"by": world.desk.id, "now": world.now}
    decorations.cancel_decoration(permitted[1].id, reason="重报", **act)
    name = "宏图装饰" * 10
    for lines in range(3, 9):
        draft = DecorationDraft(
            "张伟丰", "铺砖刷墙" * 11 * lines, from_on=TODAY, until_on=TODAY, company=name,
            foreman=name, told=frozenset(list_told()),
        )  # fmt: skip
        made = decorations.apply_decoration(world.home.id, draft, **act)
        decorations.permit_decoration(made.id, **act)
        pages = drawn(print_permit, made.id)
        assert f"{name}、{name}" in pages[0]
        assert "".join(list(list_told().values())[-1].split()) in pages[-1]
        decorations.cancel_decoration(made.id, reason="重报", **act)


def test_an_english_permit_bears_the_english_name(world, permitted, drawn):
    office = replace(settings.get_settings(), office_name_en="Yunlan Garden")
    settings.save_settings(office, by=world.desk.id)
    (text,) = drawn(print_permit, permitted[1].id, language=PaperLanguage.EN)
    assert text.count("YunlanGarden") == 2
    assert office.office_name not in text


def test_l945_a_permit_that_touches_structure_names_its_scheme(world, permitted, drawn):
    act = {"by": world.desk.id, "now": world.now}
    decorations.cancel_decoration(permitted[1].id, reason="重报", **act)
    draft = DecorationDraft(
        "张伟丰", "开门洞", from_on=TODAY, until_on=TODAY, company="宏图装饰",
        touches_structure=True, structure_consent="市设计院2026-118", told=frozenset(list_told()),
    )  # fmt: skip
    made = decorations.apply_decoration(world.home.id, draft, **act)
    with pytest.raises(RuleError) as refusal:
        drawn(print_permit, made.id)
    assert refusal.value.code == "decoration-not-permitted"
    decorations.permit_decoration(made.id, **act)
    assert "涉及承重结构，按设计方案施工：市设计院2026-118" in drawn(print_permit, made.id)[0]


def test_a_permit_that_has_ended_says_so(world, permitted, drawn):
    decorations.accept_decoration(permitted[1].id, by=world.desk.id, now=world.now)
    assert "本证已失效" in drawn(print_permit, permitted[1].id)[0]


def test_r99_the_patrol_sheet_is_in_walking_order_with_what_is_to_be_looked_at_again(
    permitted, found, drawn
):
    text = "".join(drawn(print_patrols))
    assert text.index("3-2-501") < text.index("12#")
    for words in ("装修巡查记录", "1．承重结构：正在拆承重墙（2026-11-22前整改）", "2026-11-21",
                  "尚未巡查", "拒不开门", "超出许可范围", "在装修2户"):  # fmt: skip
        assert words in text, words
    due = "".join(drawn(print_patrols, only_due=True))
    assert "3-2-501" not in due
    assert "12#" in due


def test_r99_the_boxes_of_a_house_stay_in_its_row_of_the_patrol_sheet(
    world, permitted, found, tmp_path
):
    file = tmp_path / "patrols.pdf"
    print_patrols(file, by=world.desk, now=world.now)
    heights: dict[str, list[float]] = {"承重结构": [], "其他": []}

    def note(text, _user, matrix, _font, _size):
        if text.strip() in heights:
            heights[text.strip()].append(matrix[5])

    for page in pypdf.PdfReader(file).pages[:1]:
        page.extract_text(visitor_text=note)
    firsts, lasts = (sorted(found, reverse=True) for found in heights.values())
    assert len(firsts) == len(lasts) == 2
    # What is ticked first in the second house stands below what is ticked last in the first.
    assert firsts[0] > lasts[0] > firsts[1] > lasts[1]


def test_an_empty_patrol_sheet_says_so(world, drawn):
    assert "目前没有在装修的房屋" in drawn(print_patrols)[0]


def test_the_notice_to_rectify_has_two_copies_and_threatens_nothing(permitted, found, drawn):
    (text,) = drawn(print_rectification, permitted[1].id)
    wanted = ("整改通知单", "送达联", "存根联", "ZX-2026-0002-02", "张伟丰", "2．垃圾、材料堆放",
              "1．承重结构：正在拆承重墙（2026-11-22前整改）")  # fmt: skip
    for words in wanted:
        assert words in text, words
    assert text.count("正在拆承重墙") == 2
    for words in ("停水", "停电", "罚款", "锁", "禁止进出", "139"):
        assert words not in text, words


def test_a_long_list_of_findings_is_never_cut(world, permitted, drawn):
    findings = tuple(Finding(FindingKind.OTHER, f"第{n}处问题" + "长" * 80) for n in range(30))
    decoration_patrols.note_patrol(
        permitted[1].id, PatrolDraft(findings=findings), by=world.desk.id, now=world.now
    )
    pages = drawn(print_rectification, permitted[1].id)
    assert len(pages) > 1
    text = "".join(pages)
    assert all(text.count(f"第{number}处问题") == 2 for number in range(30))
    assert "第29处问题" in "".join(drawn(print_patrols))


def test_without_findings_there_is_no_notice(permitted, drawn):
    with pytest.raises(RuleError) as refusal:
        drawn(print_rectification, permitted[0].id)
    assert refusal.value.code == "rectification-none"


def test_f41_markup_is_printed_as_it_was_typed(world, permitted, drawn):
    act = {"by": world.desk.id, "now": world.now}
    bad = Finding(FindingKind.OTHER, "<b>&amp;</b><img src='x'/>")
    decoration_patrols.note_patrol(permitted[1].id, PatrolDraft(findings=(bad,)), **act)
    assert "<b>&amp;</b><imgsrc='x'/>" in "".join(drawn(print_rectification, permitted[1].id))


def test_pipl51_a_print_is_a_line_of_who_has_looked(world, permitted):
    note_decoration_print(permitted[1].id, by=world.desk.id, now=world.now)
    assert rows("SELECT act, unit_id, what FROM access_line") == [
        ("printed", world.home.id, "ZX-2026-0002")
    ]
