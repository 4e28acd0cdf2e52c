"""Plans and templates of inspections by keys alone (R99)."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication

from propdesk.domain.assets import PointDraft
from propdesk.domain.check_items import CheckItem, ItemKind
from propdesk.i18n import set_language
from propdesk.services.assets import add_point
from propdesk.services.check_templates import adopt_templates
from propdesk.services.inspection_settings import get_inspection_settings
from propdesk.services.queries.assets import get_point
from propdesk.services.queries.check_templates import list_templates
from propdesk.services.queries.inspection_plans import list_plans, shipped_plans
from propdesk.services.queries.point_limits import get_point_limits
from ui.dialogs.check_template_adopt import AdoptTemplatesDialog
from ui.dialogs.check_template_dialog import CheckTemplateDialog
from ui.dialogs.check_template_limits import PointLimitsDialog
from ui.dialogs.check_template_lines import ItemLine
from ui.dialogs.check_template_versions import VersionsDialog
from ui.dialogs.inspection_plan_adopt import AdoptPlanDialog
from ui.dialogs.inspection_plan_dialog import InspectionPlanDialog
from ui.dialogs.inspection_plan_points import PointsDialog
from ui.dialogs.inspection_plans_dialog import InspectionPlansDialog
from ui.dialogs.inspection_settings_dialog import InspectionSettingsDialog
from ui.dialogs.point_dialog import PointDialog


@pytest.fixture
def open_dialog(show):
    set_language("en")
    return show


@pytest.fixture
def points(house, now):
    """Three points and a template."""
    adopt_templates(("pump-room",), by=house.desk.id, now=now)
    return [add_point(PointDraft(name), by=house.desk.id) for name in ("泵房", "配电室", "锅炉房")]


def test_r99_a_plan_is_written_by_keys_its_route_moved_and_its_days_shown(
    open_dialog, points, press, type_words, in_dialog, back_to
) -> None:
    dialog = open_dialog(InspectionPlanDialog)
    type_words("设备房月检")
    in_dialog(PointsDialog, lambda _one: press("Ctrl+A", "Return"))
    press("Ctrl+N")
    back_to(dialog)
    # All three were added; the keyboard stands on the last one: it walks to the front.
    press("Alt+Up", "Alt+Up")
    assert [stop.point_id for stop in dialog.route.stops()] == [
        points[2].id, points[0].id, points[1].id,
    ]  # fmt: skip
    press("Del")
    assert len(dialog.route.stops()) == 2
    focus = QApplication.focusWidget
    while focus() is not dialog.cycle.form:
        press("Tab")
    # Typing jumps to «monthly»; the arrows walk to the first Monday.
    type_words("monthly")
    press("Tab", "Down", "Down", "Down")
    assert "every month on the first Monday. Next: 2026-12-07  2027-01-04" in (
        dialog.cycle.words.text()
    )
    while focus() is not dialog.times:
        press("Tab")
    type_words("14：30，08:30")
    press("Ctrl+Return")
    # Times rise: the problem stands under the field, nothing was written.
    assert dialog.isVisible()
    assert focus() is dialog.times
    press("Ctrl+A")
    type_words("08：30，14:30")
    press("Ctrl+Return")
    (plan,) = list_plans()
    assert plan.draft.rule == "RRULE:FREQ=MONTHLY;BYDAY=1MO"
    assert plan.draft.times == ("08:30", "14:30")
    assert [stop.point_id for stop in plan.draft.stops] == [points[0].id, points[1].id]


def test_r99_an_office_without_points_puts_its_first_one_in_on_the_way_to_its_first_plan(
    open_dialog, house, press, type_words, in_dialog, back_to
) -> None:
    adopt = open_dialog(
        AdoptPlanDialog, next(one for one in shipped_plans() if one.key == "pump-room")
    )

    def put_in(points: PointsDialog) -> None:
        in_dialog(PointDialog, lambda _one: (type_words("生活水泵房"), press("Ctrl+Return")))
        press("Ctrl+N")
        back_to(points)
        press("Return")

    in_dialog(PointsDialog, put_in)
    press("Ctrl+N")
    back_to(adopt)
    press("Ctrl+Return")
    (stop,) = adopt.stored.plans[0].draft.stops
    assert get_point(stop.point_id).draft.name == "生活水泵房"


def test_an_office_without_plans_is_led_to_the_schedules_and_ends_one(
    open_dialog, points, press, in_dialog, back_to, messages
) -> None:
    adopt = open_dialog(
        AdoptPlanDialog, next(one for one in shipped_plans() if one.key == "fire-daily")
    )
    press("Ctrl+Return")
    assert adopt.isVisible()
    in_dialog(PointsDialog, lambda _one: press("Ctrl+A", "Return"))
    press("Ctrl+N")
    back_to(adopt)
    press("Ctrl+Return")
    assert len(adopt.stored.plans[0].draft.stops) == 3
    # A rule of several lines comes through the one field as it was.
    plan = adopt.stored.plans[0]
    rule = "RRULE:FREQ=DAILY\nEXDATE:20261122T000000"
    form = open_dialog(InspectionPlanDialog, replace(plan, draft=replace(plan.draft, rule=rule)))
    press("Ctrl+Return")
    assert form.stored.draft.rule == rule
    dialog = open_dialog(InspectionPlansDialog)
    assert dialog.current().next_on is not None
    messages.expect("act")
    press("Del")
    assert list_plans() == []
    press("Ctrl+H")
    assert dialog.current().plan.ended_at is not None


def test_r99_templates_are_taken_over_and_changed_item_by_item(
    open_dialog, house, press, type_words
) -> None:
    adopt = open_dialog(AdoptTemplatesDialog)
    press("Ctrl+A", "Return")
    assert len(adopt.added) == len(list_templates()) == 40
    pump = next(one for one in list_templates() if one.shipped == "pump-room")
    dialog = open_dialog(CheckTemplateDialog, pump)
    press("Ctrl+Down", "Ctrl+N")
    type_words("回水温度")
    assert dialog.table.current_row().place == 3
    while QApplication.focusWidget() is not dialog.item_kind:
        press("Tab")
    type_words("Mea")
    press("Tab")
    type_words("十二")
    press("Tab")
    type_words("95")
    press("Tab")
    type_words("℃")
    press("Ctrl+Return")
    # «十二» is no number: nothing was written, the words stand there.
    assert list_templates()[0].number == 1
    assert dialog.isVisible()
    while QApplication.focusWidget() is not dialog.low:
        press("Tab")
    press("Ctrl+A")
    type_words("40.5")
    press("Ctrl+Return")
    new = next(one for one in list_templates() if one.shipped == "pump-room")
    item = new.items[2]
    assert (item.kind, item.lower_milli, item.upper_milli, item.digits, item.decimals) == (
        ItemKind.NUMBER, 40_500, 95_000, 2, 1,
    )  # fmt: skip
    versions = open_dialog(VersionsDialog, new)
    assert [len(line.changes) for line in versions.listed()] == [1, 0]
    press("Escape")


def test_limits_of_a_point_and_the_office_s_choices(
    open_dialog, points, house, press, type_words
) -> None:
    (template,) = list_templates()
    limits = open_dialog(PointLimitsDialog, template)
    press("Tab", "Ctrl+A")
    type_words("9.9")
    press("Ctrl+Return")
    assert limits.isVisible()
    press("Ctrl+A")
    type_words("0.25")
    press("Ctrl+Return")
    key = template.items[0].key
    assert get_point_limits(points[0].id, template.id) == {key: (250, 350)}
    settings = open_dialog(InspectionSettingsDialog)
    press("Ctrl+A")
    type_words("900")
    press("Ctrl+Return")
    assert settings.isVisible()
    press("Ctrl+A")
    type_words("48")
    press("Ctrl+Return")
    assert get_inspection_settings().entry_hours == 48


@pytest.mark.parametrize(
    ("typed", "choices", "in_order", "again"),
    [
        ("合格、不合格", ("合格", "不合格"), 1, "合格/不合格"),
        (
            "合格/整改后合格｜不合格",
            ("合格", "整改后合格", "不合格"),
            2,
            "合格/整改后合格 | 不合格",
        ),
        ("施工中, 无人 |", ("施工中", "无人"), 2, "施工中/无人 | "),
    ],
)
def test_choices_are_typed_in_one_line_with_a_bar_before_the_faults(
    typed, choices, in_order, again
) -> None:
    line = ItemLine.of(1, CheckItem("", ItemKind.CHOICE, "结论"))
    line.choices = typed
    item = line.typed()
    assert (item.choices, item.in_order) == (choices, in_order)
    assert ItemLine.of(1, item).choices == again
    assert ItemLine.of(1, item).typed() == item
