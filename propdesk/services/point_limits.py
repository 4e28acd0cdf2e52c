"""Say which limits hold at one point, where they differ from the template's."""

from propdesk.domain.check_items import ItemKind
from propdesk.domain.errors import Problem
from propdesk.domain.staff import Right
from propdesk.i18n import _
from propdesk.services.parts.actors import actor
from propdesk.services.parts.noting import refuse
from propdesk.services.parts.writing import writing
from propdesk.services.queries.assets import get_point
from propdesk.services.queries.check_templates import get_template
from propdesk.services.queries.point_limits import Limits, get_point_limits
from propdesk.storage.inspections import PointLimitRecord


def set_point_limits(point_id: int, template_id: int, limits: Limits, *, by: int) -> Limits:
    """Replace the limits of a point for the items of a template; equal ones are not kept.

    Sheets are judged by them from now on. Raises DraftError, the item's key as field, for a lower
    limit above the upper one.
    """
    with writing():
        actor(by, Right.PLAN_ROUNDS)
        point, template = get_point(point_id), get_template(template_id)
        measured = {item.key: item for item in template.items if item.kind is ItemKind.NUMBER}
        problems = [
            Problem(key, _("The lower limit is above the upper one."))
            for key, (lower, upper) in limits.items()
            if lower is not None and upper is not None and lower > upper
        ]
        problems += [
            Problem(key, _("This item has no limits.")) for key in limits if key not in measured
        ]
        refuse(tuple(problems))
        PointLimitRecord.delete().where(
            PointLimitRecord.point == point.id, PointLimitRecord.template == template.id
        ).execute()
        for key, (lower, upper) in limits.items():
            if (lower, upper) != (measured[key].lower_milli, measured[key].upper_milli):
                PointLimitRecord.insert(
                    point=point.id,
                    template=template.id,
                    key=key,
                    lower_milli=lower,
                    upper_milli=upper,
                ).execute()
        return get_point_limits(point.id, template.id)
