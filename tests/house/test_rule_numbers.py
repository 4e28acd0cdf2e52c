"""The numbers of R01-R10 and of the trade's service levels stand in the rule table (decision 52).

What the table must say is typed here by hand, from requirements.md 1.1 and law.md 1.10. Lengths in
days anywhere else in the rules or commands are refused, but for those listed with their reason.
"""

import ast
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from propdesk.domain import clock_table
from propdesk.domain.clock_table import DEFAULT_RULES, ESCALATIONS

# clock, kind, urgency, channel, only for visits: limit, unit, source
BY_HAND = """
on-site     complaint   -   -       visit   3     minutes          R02
reply       complaint   -   -       -       1     working-days     R03
reply       complaint   -   letter  -       3     working-days     R04
department  complaint   -   -       -       3     calendar-days    R05
reply       enquiry     -   -       -       1     working-days     R06
reply       suggestion  -   -       -       1     working-days     R06
reply       bill-query  -   -       -       1     working-days     R06
promise     -           -   -       -       0     promised         R08
on-site     repair      p0  -       -       5     minutes          P0
on-site     repair      p1  -       -       30    minutes          P1
solve       repair      p1  -       -       1440  minutes          P1
contact     repair      p2  -       -       120   working-minutes  P2
solve       repair      p2  -       -       2880  minutes          P2
contact     repair      p3  -       -       1     working-days     P3
solve       repair      p3  -       -       7     calendar-days    P3
solve       complaint   -   -       -       10    calendar-days    10d
solve       complaint   -   hotline -       5     working-days     12345
"""
ABOVE = {("p0", 0, "manager"), ("p1", 50, "supervisor"), ("p1", 100, "manager")}

TABLE = "propdesk/domain/clock_table.py"

# Lengths of days that are no rule for a ticket: how often they stand in a file, and what they are.
NO_RULES = {
    "propdesk/domain/cells.py": (1, "Excel's count of days"),
    "propdesk/domain/decorations.py": (2, "the office's days between patrols, of a deposit"),
    "propdesk/domain/demo.py": (7, "when things happen in the demo's story"),
    "propdesk/domain/inspection_plans.py": (2, "the day before a plan, the days of a plan"),
    "propdesk/domain/pets.py": (1, "the office's days before a vaccination ends"),
    "propdesk/domain/sampling.py": (1, "the office's days until a follow-up (decision 28)"),
    "propdesk/services/demo_desk.py": (1, "when things happen on the demo's desk"),
    "propdesk/services/demo_fees.py": (6, "when things happen in the demo's fees"),
    "propdesk/services/offices.py": (1, "a computer clock that runs ahead (decision 34)"),
    "propdesk/services/queries/complaints.py": (1, "the office's span of repeats (R43)"),
    "propdesk/services/queries/desk.py": (1, "the office's span of repeats (R43)"),
    "propdesk/services/queries/tickets.py": (1, "the day after the last one of a filter"),
    "propdesk/services/queries/today.py": (4, "days of a picture, midnights"),
}


def test_the_default_rules_are_those_of_the_handbook_and_the_trade() -> None:
    wanted = {tuple(line.split()) for line in BY_HAND.strip().splitlines()}
    rows = {
        (
            rule.clock.value,
            rule.kind or "-",
            rule.urgency or "-",
            rule.channel or "-",
            "visit" if rule.visit_only else "-",
            str(rule.target),
            rule.unit.value,
            rule.source,
        )
        for rule in DEFAULT_RULES
    }
    assert rows == wanted
    assert len(DEFAULT_RULES) == len(wanted)
    assert not any(rule.class_prefix for rule in DEFAULT_RULES)


def test_who_hears_of_an_emergency_and_when_a_clock_goes_on() -> None:
    assert {(step.urgency, step.percent, step.to) for step in ESCALATIONS} == ABOVE
    assert timedelta(weeks=1) == clock_table.REOPEN_WITHIN


def test_no_length_in_days_stands_outside_the_table(root: Path) -> None:
    found = Counter(
        file.relative_to(root).as_posix()
        for folder in ("domain", "services")
        for file in sorted((root / "propdesk" / folder).rglob("*.py"))
        for _call in lengths_of_days(file.read_text(encoding="utf-8"))
    )
    assert found.pop(TABLE)
    assert dict(found) == {file: times for file, (times, _why) in NO_RULES.items()}


def test_the_search_finds_every_way_to_write_days() -> None:
    ways = (
        "timedelta(days=3)",
        "timedelta(3)",
        "timedelta(days)",
        "datetime.timedelta(weeks=1)",
        "timedelta(hours=24 * n)",
        "timedelta(hours=72)",
    )
    others = (
        "timedelta()",
        "timedelta(0)",
        "timedelta(hours=8)",
        "timedelta(seconds=1)",
        "days(3)",
    )
    assert [len(list(lengths_of_days(way))) for way in ways] == [1] * len(ways)
    assert [len(list(lengths_of_days(other))) for other in others] == [0] * len(others)


def lengths_of_days(source: str) -> Iterator[ast.Call]:
    """Yield every timedelta that is written in days, weeks or whole days of hours."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or name_of(node.func) != "timedelta":
            continue
        named = {keyword.arg: keyword.value for keyword in node.keywords}
        days = [*node.args[:1], *(named[word] for word in ("days", "weeks") if word in named)]
        hours = [part for part in ast.walk(named.get("hours", ast.Pass())) if is_day(part)]
        if hours or any(not (isinstance(one, ast.Constant) and one.value == 0) for one in days):
            yield node


def name_of(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def is_day(part: ast.AST) -> bool:
    """Whether a number is so many days in hours."""
    value = part.value if isinstance(part, ast.Constant) else 0
    return isinstance(value, int) and value > 0 and value % 24 == 0
