"""`propdesk follow-ups list|end` and `propdesk sampling list|set`: who is asked afterwards."""

import argparse
from typing import Any

from propdesk.cli.desk import Desk, add_by, add_json, read_time
from propdesk.cli.ticket_values import iso, tell
from propdesk.domain.errors import RuleError
from propdesk.domain.months import Month
from propdesk.domain.rates import rounded
from propdesk.domain.sampling import SAMPLE_RULES
from propdesk.domain.scores import ScoreMean
from propdesk.domain.settings import OfficeSettings
from propdesk.domain.tickets import KIND_LABELS
from propdesk.i18n import _
from propdesk.services.follow_ups import end_follow_up
from propdesk.services.queries.follow_ups import asked_in, list_follow_ups, score_means
from propdesk.services.queries.tickets import find_ticket
from propdesk.services.sampling import set_sampling
from propdesk.services.settings import get_settings


def add_parsers(commands: Any) -> None:
    """Add `follow-ups` and `sampling` to the command line."""
    noun = commands.add_parser("follow-ups", help=_("who is to be asked afterwards"))
    verbs = noun.add_subparsers(dest="verb", required=True, metavar="VERB")
    show = verbs.add_parser("list", help=_("who is to be asked, the first due first"))
    add_json(show)
    show.set_defaults(func=run_list)
    end = verbs.add_parser("end", help=_("ask no more who was not reached three times"))
    end.add_argument("number")
    end.add_argument("--text", default="", help=_("the reason"))
    add_by(end)
    end.add_argument("--at", metavar="TIME", help=_("when it happened"))
    add_json(end)
    end.set_defaults(func=run_end)
    means = verbs.add_parser("scores", help=_("the sample and the mean scores of a month"))
    means.add_argument("--month", required=True, metavar="YYYY-MM")
    add_json(means)
    means.set_defaults(func=run_scores)
    _add_sampling(commands)


def _add_sampling(commands: Any) -> None:
    noun = commands.add_parser("sampling", help=_("how many of a hundred are asked afterwards"))
    verbs = noun.add_subparsers(dest="verb", required=True, metavar="VERB")
    show = verbs.add_parser("list", help=_("show the rows"))
    add_json(show)
    show.set_defaults(func=run_sampling)
    change = verbs.add_parser("set", help=_("set the share of a row"))
    change.add_argument("row", metavar="|".join(rule.code for rule in SAMPLE_RULES))
    change.add_argument("percent", metavar="PERCENT")
    add_by(change)
    add_json(change)
    change.set_defaults(func=run_set)


def run_list(_args: argparse.Namespace, desk: Desk) -> int:
    """List who is to be asked."""
    with desk.office(write=False):
        found = list_follow_ups()
    today = desk.now.date()
    for row in found:
        desk.say(f"{row.due_on}\t{row.number}\t{KIND_LABELS[row.kind]}\t{row.where}\t{row.matter}")
    desk.json(
        [
            {
                "number": row.number,
                "kind": row.kind.value,
                "status": row.status.value,
                "where": row.where,
                "matter": row.matter,
                "closed_at": iso(row.closed_at),
                "due_on": row.due_on.isoformat(),
                "overdue": row.due_on < today,
                "percent": row.percent,
                "tries": row.tries,
            }
            for row in found
        ]
    )
    return 0


def run_end(args: argparse.Namespace, desk: Desk) -> int:
    """Ask no more."""
    with desk.office(write=True):
        ticket = end_follow_up(
            find_ticket(args.number).id,
            reason=args.text,
            by=desk.staff(args.by).id,
            now=desk.now,
            at=read_time(args.at) if args.at else None,
        )
    return tell(desk, ticket)


def run_scores(args: argparse.Namespace, desk: Desk) -> int:
    """Show a month's sample, and the mean score of each handler."""
    month = Month.parse(args.month)
    with desk.office(write=False):
        asked, by_name = asked_in(month), score_means(month)
    desk.say(
        _("Drawn {wanted}, answered {answered}, satisfied {satisfied}.").format(
            wanted=asked.wanted, answered=asked.answered, satisfied=asked.satisfied
        )
    )
    for name, score in by_name.items():
        desk.say(f"{name}\t{_number(score)}\t{score.n}")
    desk.json(
        {
            "month": str(month),
            "drawn": asked.wanted,
            "answered": asked.answered,
            "satisfied": asked.satisfied,
            "score": _number(asked.scores),
            "scored": asked.scores.n,
            "staff": [
                {"name": name, "score": _number(score), "scored": score.n}
                for name, score in by_name.items()
            ],
        }
    )
    return 0


def _number(score: ScoreMean) -> float | None:
    return None if score.mean is None else float(rounded(score.mean, 2))


def run_sampling(_args: argparse.Namespace, desk: Desk) -> int:
    """Show the rows of the sampling."""
    with desk.office(write=False):
        settings = get_settings()
    return _show(desk, settings)


def run_set(args: argparse.Namespace, desk: Desk) -> int:
    """Set the share of a row."""
    text = args.percent.removesuffix("%")
    if not (text.isascii() and text.isdigit()):
        raise RuleError(
            "sampling-percent",
            _("«{text}» is no share; write a whole number from 0 to 100.").format(text=text[:40]),
        )
    with desk.office(write=True):
        settings = set_sampling(args.row, int(text), by=desk.staff(args.by).id)
    return _show(desk, settings)


def _show(desk: Desk, settings: OfficeSettings) -> int:
    percents = settings.follow_up_percents
    for rule in SAMPLE_RULES:
        desk.say(f"{rule.code}\t{rule.label}\t{percents[rule.code]} %\t{rule.source}")
    desk.json(
        [
            {
                "row": rule.code,
                "percent": percents[rule.code],
                "default": rule.percent,
                "source": str(rule.source),
            }
            for rule in SAMPLE_RULES
        ]
    )
    return 0
