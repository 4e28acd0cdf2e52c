"""Segments of customers, and how the office talks with each (客户类型与沟通方法, R81).

They help the one who answers the phone; nothing of them is ever printed for a resident.
"""

from dataclasses import dataclass

from propdesk.domain.fields import Problems, check_line, check_text
from propdesk.i18n import _


@dataclass(frozen=True, slots=True)
class Segment:
    """A segment of the program's or of the office's own (`is_own`), and its guide.

    `is_changed` says that it is one of the program's in other words, `is_hidden` that it is no
    longer offered; who belongs to it keeps it.
    """

    code: str
    name: str
    guide: str
    position: int
    is_own: bool = False
    is_changed: bool = False
    is_hidden: bool = False


@dataclass(frozen=True, slots=True)
class SegmentDraft:
    """A segment as it was typed; `code` names the one that is changed, empty for a new one."""

    name: str
    guide: str
    code: str = ""


def check_segment(draft: SegmentDraft) -> Problems:
    """Return what keeps a segment from being stored."""
    return (
        *check_line("name", draft.name, _("Write what the segment is called.")),
        *check_text("guide", draft.guide, _("Write how to talk with them.")),
    )


def guide_words(segment: Segment) -> str:
    """Return what is shown beside the caller: `经济型：先说费用和依据……`."""
    return _("{segment}: {guide}").format(segment=segment.name, guide=segment.guide)
