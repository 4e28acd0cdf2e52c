"""Pictures of what helps with a caller: the guide of his segment, the segments of the office."""

from typing import TYPE_CHECKING

from propdesk.services.queries.residents import list_residents
from propdesk.services.queries.segments import list_segments, segment_of
from propdesk.services.queries.units import list_units
from propdesk.services.segments import put_into_segment
from ui.dialogs.segments_dialog import SegmentDialog, SegmentsDialog

if TYPE_CHECKING:
    from ui.screenshots import Stage


def guided_house(stage: "Stage") -> str:
    """Return a house whose first person belongs to a segment."""
    today = stage.context.now().date()
    unit = next(one for one in list_units(today=today) if one.residents)
    person = list_residents(unit.id, today)[0]
    if segment_of(person.person_id) is None:
        put_into_segment(person.person_id, list_segments()[0].code, by=stage.context.staff.id)
    return unit.short


def segments(stage: "Stage") -> None:
    """Open the segments and how the office talks with them."""
    SegmentsDialog(stage.context, stage.window).ask()


def segment(stage: "Stage") -> None:
    """Open one segment."""
    SegmentDialog(stage.context, stage.window, list_segments()[0]).ask()
