"""The guide of the first start: its steps, and the one that comes before and after each."""

from enum import StrEnum


class Step(StrEnum):
    """A step of the guide, in its order; the value is the word that the office's data keeps."""

    OFFICE = "office"
    COMMUNITY = "community"
    STAFF = "staff"
    BACKUPS = "backups"


STEPS = tuple(Step)


def step_after(step: Step) -> Step | None:
    """Return the next step, None behind the last one."""
    place = STEPS.index(step) + 1
    return STEPS[place] if place < len(STEPS) else None


def step_before(step: Step) -> Step | None:
    """Return the step before, None for the first one."""
    place = STEPS.index(step)
    return STEPS[place - 1] if place else None
