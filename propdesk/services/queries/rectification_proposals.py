"""What a notice to rectify says at first: to whom, what is wrong, until when; and what is due."""

from collections.abc import Sequence
from datetime import date

from propdesk.domain.attachments import Attachment
from propdesk.domain.findings import Finding, RectificationDraft, check_one_receiver
from propdesk.i18n import _
from propdesk.services.parts.inspection_settings import load_inspection_settings
from propdesk.services.queries.attachments import to_attachment
from propdesk.services.queries.findings import get_finding
from propdesk.services.queries.units import get_unit
from propdesk.storage.attachments import AttachmentRecord
from propdesk.storage.database import rows


def propose_rectification(finding_ids: Sequence[int], today: date) -> RectificationDraft:
    """Return a notice about open findings, to be read over: the house, the vendor, the department.

    Raises RuleError for findings that one notice cannot be about.
    """
    found = [get_finding(finding_id) for finding_id in finding_ids]
    unit_id = found[0].unit_id if found else None
    check_one_receiver(found, unit_id)
    days = load_inspection_settings().rectify_days
    vendor_id, addressee = _receiver(found, unit_id)
    return RectificationDraft(
        addressee=addressee,
        problem="\n".join(_line(place, one) for place, one in enumerate(found, 1)),
        demand=_("Find the cause, put it right in time, and tell us so that we look at it again."),
        deadline_on=date.fromordinal(today.toordinal() + days),
        place=_place(found, unit_id),
        basis=_basis(found, unit_id),
        vendor_id=vendor_id,
        unit_id=unit_id,
    )


def list_rectification_files(notice_id: int) -> tuple[Attachment, ...]:
    """Return the photos of a notice and its re-check in the order in which they were added."""
    found = AttachmentRecord.select().where(
        AttachmentRecord.rectification == notice_id, AttachmentRecord.removed_at.is_null()
    )
    return tuple(map(to_attachment, found.order_by(AttachmentRecord.id)))


def count_rechecks_due(today: date) -> tuple[int, int]:
    """Return how many notices are to be looked at again by today, and how many are late."""
    due, late = rows(
        "SELECT count(*), coalesce(sum(deadline_on < ?), 0) FROM rectification "
        "WHERE recheck <> 'rectified' AND voided_at IS NULL AND deadline_on <= ?",
        today.isoformat(),
        today.isoformat(),
    )[0]
    return int(due), int(late)


def _receiver(found: Sequence[Finding], unit_id: int | None) -> tuple[int | None, str]:
    """Return whose vendor looks after all the things, else the department that walked."""
    if unit_id is not None:
        return None, _("Owner of {house}").format(house=get_unit(unit_id).short)
    vendors = {_vendor_of(one.asset_id) for one in found}
    if len(vendors) == 1 and (vendor := vendors.pop()) is not None:
        return vendor
    departments = {
        name
        for one in found
        for (name,) in rows(
            "SELECT d.name FROM inspection_round r JOIN inspection_plan p ON p.id = r.plan_id "
            "JOIN department d ON d.id = p.department_id WHERE r.id = ?",
            one.round_id,
        )
    }
    return None, departments.pop() if len(departments) == 1 else ""


def _vendor_of(asset_id: int | None) -> tuple[int, str] | None:
    found = rows(
        "SELECT v.id, v.name FROM asset a JOIN vendor v ON v.id = a.vendor_id WHERE a.id = ?",
        asset_id,
    )
    return (int(found[0][0]), str(found[0][1])) if found else None


def _place(found: Sequence[Finding], unit_id: int | None) -> str:
    if unit_id is not None:
        return get_unit(unit_id).long
    places = (" ".join(filter(None, (one.point, one.where))) for one in found)
    return _(", ").join(dict.fromkeys(places))


def _basis(found: Sequence[Finding], unit_id: int | None) -> str:
    """Return what it rests on: the permit of the works, else the sheets of the rounds."""
    if unit_id is not None:
        permits = rows(
            "SELECT DISTINCT d.number FROM decoration_patrol q "
            "JOIN decoration d ON d.id = q.decoration_id "
            "JOIN finding f ON f.id = q.found_id "
            f"WHERE f.id IN ({', '.join('?' * len(found))})",
            *(one.id for one in found),
        )
        if permits:
            return _("Civil Code, article 945; decoration permit {number}").format(
                number=permits[0][0]
            )
    sheets = dict.fromkeys(one.sheet for one in found if one.sheet)
    return _("Inspection sheet {numbers}").format(numbers=_(", ").join(sheets)) if sheets else ""


def _line(place: int, one: Finding) -> str:
    return f"{place}. {' '.join(filter(None, (one.point, one.text)))}"
