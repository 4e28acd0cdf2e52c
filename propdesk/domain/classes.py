"""The four complaint classes and their sub-classes (R50); codes are fixed for statistics."""

from collections.abc import Mapping

from propdesk.i18n import LazyText, _, _lazy

UNCLASSED = "unclassed"

CLASSES: Mapping[str, LazyText] = {
    "facilities": _lazy("Facilities"),
    "service": _lazy("Service"),
    "fees": _lazy("Fees"),
    "incident": _lazy("Incidents"),
}

SUBCLASSES: Mapping[str, LazyText] = {
    "facilities.design": _lazy("Design and quality defects"),
    "facilities.operation": _lazy("Running of equipment"),
    "service.safety": _lazy("Safety"),
    "service.consistency": _lazy("Consistency (rules kept)"),
    "service.attitude": _lazy("Attitude"),
    "service.completeness": _lazy("Completeness (what is offered)"),
    "service.environment": _lazy("Environment"),
    "service.convenience": _lazy("Convenience"),
    "service.timeliness": _lazy("Timeliness"),
    "fees.shared": _lazy("Shared charges"),
    "fees.special-repair": _lazy("Paid repair charges"),
    "incident.power": _lazy("Power cut"),
    "incident.water": _lazy("Water cut"),
    "incident.lift": _lazy("Trapped in a lift"),
    "incident.flooding": _lazy("Flooding"),
    "incident.burglary": _lazy("Burglary"),
    "incident.vehicle": _lazy("Vehicle lost"),
}

# The codes 1.1 ... 4.6 under which the trade's handbooks and the monthly report list them.
CLASS_NUMBERS: Mapping[str, str] = {
    code: number
    for major, top in enumerate(CLASSES, start=1)
    for minor, code in enumerate([c for c in SUBCLASSES if c.startswith(top)], start=1)
    for code, number in ((top, str(major)), (code, f"{major}.{minor}"))
}

_UNCLASSED_LABEL = _lazy("Not classed yet")


def is_class(code: str) -> bool:
    """Tell whether `code` is a class, a sub-class or `unclassed`."""
    return code in CLASSES or code in SUBCLASSES or code == UNCLASSED


def top_class(code: str) -> str:
    """Return the class that a sub-class belongs to (`unclassed` stays apart)."""
    return code.partition(".")[0]


def class_label(code: str) -> LazyText:
    """Return the name of a class or sub-class."""
    return CLASSES.get(code) or SUBCLASSES.get(code) or _UNCLASSED_LABEL


def class_path(code: str) -> str:
    """Return number and name as lists show them: `2.5 环境`; `待分类` has no number."""
    number = CLASS_NUMBERS.get(code)
    return f"{number} {class_label(code)}" if number else str(class_label(code))


def describe_classes() -> str:
    """Return all codes in one line, for a refusal that names them."""
    return _("{codes} or {unclassed}").format(
        codes=", ".join([*CLASSES, *SUBCLASSES]), unclassed=UNCLASSED
    )
