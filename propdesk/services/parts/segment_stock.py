"""The segments that are offered: the program's, with the office's own words over them (R81)."""

import json
from dataclasses import replace
from functools import cache

from propdesk import paths
from propdesk.domain.segments import Segment
from propdesk.storage.persons import SegmentRecord

_OWN_FROM = 1000  # the office's own stand behind the program's


@cache
def shipped(language: str) -> tuple[Segment, ...]:
    """Return the segments that come with the program (挑剔 大方 经济 享受)."""
    read = json.loads((paths.resources() / "segments" / f"{language}.json").read_text("utf-8"))
    return tuple(
        Segment(one["code"], one["name"], one["guide"], place) for place, one in enumerate(read)
    )


def load_segments(language: str) -> tuple[Segment, ...]:
    """Return all segments, hidden ones too, in the order in which they are offered."""
    known = {one.code: one for one in shipped(language)}
    for record in SegmentRecord.select().order_by(SegmentRecord.id):
        if record.name or record.code in known:
            known[record.code] = _over(known.get(record.code), record)
    return tuple(sorted(known.values(), key=lambda one: one.position))


def _over(program: Segment | None, record: SegmentRecord) -> Segment:
    """Return a segment as the office has it; a hidden one of the program's keeps its words."""
    if program is not None and not record.name:
        return replace(program, is_hidden=record.hidden)
    return Segment(
        code=record.code,
        name=record.name,
        guide=record.guide,
        position=_OWN_FROM + record.id if program is None else program.position,
        is_own=program is None,
        is_changed=program is not None,
        is_hidden=record.hidden,
    )
