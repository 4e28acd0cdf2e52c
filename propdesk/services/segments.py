"""Say segments in the office's own words, and put people into them (R81)."""

from dataclasses import replace

from propdesk.domain.errors import DraftError, Problem, RuleError
from propdesk.domain.segments import Segment, SegmentDraft, check_segment
from propdesk.domain.staff import Right
from propdesk.domain.texts import clean_line, clean_text, fold
from propdesk.i18n import _, language
from propdesk.services.parts.actors import actor
from propdesk.services.parts.known_persons import known_person
from propdesk.services.parts.noting import refuse
from propdesk.services.parts.numbering import take_numbers
from propdesk.services.parts.segment_stock import load_segments
from propdesk.services.parts.writing import writing
from propdesk.storage.persons import PersonRecord, SegmentRecord


def save_segment(draft: SegmentDraft, *, by: int) -> Segment:
    """Store a segment of the office's own, or one of the program's in the office's words.

    Raises DraftError with a sentence for each field, RuleError for a code that is not there.
    """
    with writing():
        actor(by, Right.MANAGE_OFFICE)
        draft = replace(draft, name=clean_line(draft.name), guide=clean_text(draft.guide))
        refuse(check_segment(draft))
        code = find_segment(draft.code).code if draft.code else ""
        for other in load_segments(language()):
            if other.code != code and fold(other.name) == fold(draft.name):
                words = _("There is already a segment «{name}».").format(name=draft.name)
                raise DraftError((Problem("name", words),))
        code = code or f"own.{take_numbers('segment', '')[0]}"
        _put(code, name=draft.name, guide=draft.guide)
        return find_segment(code)


def hide_segment(code: str, *, by: int, hidden: bool = True) -> Segment:
    """Offer a segment no more, or offer it again; who belongs to it keeps it."""
    with writing():
        actor(by, Right.MANAGE_OFFICE)
        segment = find_segment(code)
        own = segment.is_own or segment.is_changed
        _put(
            segment.code,
            name=segment.name if own else "",
            guide=segment.guide if own else "",
            hidden=hidden,
        )
        if not own and not hidden:
            SegmentRecord.delete().where(SegmentRecord.code == segment.code).execute()
        return find_segment(code)


def reset_segment(code: str, *, by: int) -> Segment | None:
    """Go back to the program's words; one of the office's own is removed (None).

    One that people belong to is not removed: hide it.
    """
    with writing():
        actor(by, Right.MANAGE_OFFICE)
        segment = find_segment(code)
        members = PersonRecord.select().where(PersonRecord.segment == segment.code).count()
        if segment.is_own and members:
            raise RuleError(
                "segment-in-use",
                _("{count} people belong to «{name}». Hide it instead.").format(
                    count=members, name=segment.name
                ),
            )
        SegmentRecord.delete().where(SegmentRecord.code == segment.code).execute()
        return None if segment.is_own else find_segment(code)


def put_into_segment(person_id: int, code: str, *, by: int) -> Segment | None:
    """Put a person into a segment; an empty code takes him out (None)."""
    with writing():
        actor(by, Right.EDIT_RESIDENTS)
        segment = find_segment(code) if code else None
        person = known_person(person_id)
        person.segment = segment.code if segment else ""
        person.version += 1
        person.save()
        return segment


def find_segment(named: str) -> Segment:
    """Return the segment of a code or a name. Raises RuleError with those that there are."""
    wanted = fold(named)
    segments = load_segments(language())
    for segment in segments:
        if wanted in (segment.code, fold(segment.name)):
            return segment
    known = _(", ").join(f"{one.code} ({one.name})" for one in segments)
    raise RuleError(
        "segment-unknown",
        _("There is no segment «{name}»; there are {known}.").format(name=named[:40], known=known),
    )


def _put(code: str, **columns: object) -> None:
    record = SegmentRecord.get_or_none(SegmentRecord.code == code) or SegmentRecord(
        code=code, name="", position=0
    )
    for name, value in columns.items():
        setattr(record, name, value)
    record.save()
