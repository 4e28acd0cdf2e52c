"""Segments of customers by keyboard (R81), and their guide beside the caller."""

from PySide6.QtWidgets import QWidget

from propdesk.domain.segments import SegmentDraft
from propdesk.services.queries.segments import list_segments
from propdesk.services.segments import find_segment, save_segment
from ui.dialogs.segments_dialog import SegmentDialog, SegmentsDialog


def test_r81_a_guide_is_said_otherwise(office_context, showing, press, type_words, in_dialog):
    parent = showing(QWidget(), 1280, 720)
    first = list_segments()[0]

    def change(_dialog):
        press("Ctrl+A")
        type_words("先请坐，再请说")
        press("Ctrl+S")

    def manage(_dialog):
        in_dialog(SegmentDialog, change)
        press("Return")

    in_dialog(SegmentsDialog, manage)
    SegmentsDialog(office_context, parent).ask()
    changed = find_segment(first.code)
    assert (changed.guide, changed.name) == ("先请坐，再请说", first.name)


def test_r81_a_segment_is_hidden_shown_and_brought_back(office_context, showing, press, in_dialog):
    parent = showing(QWidget(), 1280, 720)
    first = list_segments()[0]
    by = office_context.staff.id
    save_segment(SegmentDraft("讲究型", "慢慢说", first.code), by=by)
    seen = []

    def manage(_dialog):
        press("Del")
        seen.append(find_segment(first.code).is_hidden)
        press("Del")
        seen.append(find_segment(first.code).is_hidden)
        press("Ctrl+R")
        seen.append(find_segment(first.code))

    in_dialog(SegmentsDialog, manage)
    SegmentsDialog(office_context, parent).ask()
    assert seen == [True, False, first]


def test_r81_a_segment_without_a_name_is_told_at_its_field(
    office_context, showing, press, type_words, in_dialog
):
    parent = showing(QWidget(), 1280, 720)
    told = []

    def add(dialog):
        press("Ctrl+S")
        told.append(dialog.stored)
        type_words("急性子")
        press("Tab")
        type_words("先给时间")
        press("Ctrl+S")

    def manage(_dialog):
        in_dialog(SegmentDialog, add)
        press("Ctrl+N")

    in_dialog(SegmentsDialog, manage)
    SegmentsDialog(office_context, parent).ask()
    assert told == [None]
    assert (list_segments()[-1].name, list_segments()[-1].is_own) == ("急性子", True)


def test_r81_an_own_segment_stands_behind_the_four(office_context):
    save_segment(SegmentDraft("商铺", "说营业时间"), by=office_context.staff.id)
    assert list_segments()[-1].name == "商铺"
