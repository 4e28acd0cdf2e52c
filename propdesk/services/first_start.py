"""The guide of the first start: where it stands is kept with the office, so it outlives a crash.

What its steps ask for is written by the commands of each noun (settings, residents, staff); an
office without the mark was never guided, or has been to the end.
"""

from propdesk.domain.first_start import Step
from propdesk.domain.staff import Right
from propdesk.services.parts.actors import actor
from propdesk.services.parts.settings import forget, put
from propdesk.services.parts.writing import writing
from propdesk.services.queries.office import GUIDE_KEY


def go_to_step(step: Step | None, *, by: int) -> None:
    """Keep that the guide stands at this step; None: it is over."""
    with writing():
        actor(by, Right.MANAGE_OFFICE)
        if step is None:
            forget(GUIDE_KEY)
        else:
            put(GUIDE_KEY, step.value)
