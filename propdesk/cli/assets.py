"""`propdesk inspections asset|point ...`: the ledger of equipment and the points of routes."""

import argparse
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from propdesk.cli.desk import Desk, add_by, add_json, choice, read_day
from propdesk.cli.printed import add_paper_options, paper_language, tell_printed
from propdesk.domain.assets import (
    ASSET_KIND_LABELS,
    ASSET_STATE_LABELS,
    Asset,
    AssetDraft,
    AssetKind,
    AssetState,
    Point,
    PointDraft,
)
from propdesk.domain.statutory_dates import StatutoryDate
from propdesk.i18n import _
from propdesk.services.asset_files import add_asset_files
from propdesk.services.assets import (
    add_asset,
    add_point,
    change_asset,
    change_point,
    end_point,
    void_asset,
)
from propdesk.services.printing_assets import print_labels
from propdesk.services.queries.assets import find_asset, find_point, list_assets, list_points
from propdesk.services.queries.findings import count_faults
from propdesk.services.queries.places import find_place
from propdesk.services.queries.statutory_dates import list_statutory_dates, next_dates
from propdesk.services.queries.vendors import find_vendor

_LINES = ("code", "maker", "model", "serial", "place", "licence_number", "note")
_DAYS = ("installed_on", "inspected_on", "warranty_until", "licence_until", "state_on")


def add_inspections_parsers(verbs: Any) -> None:
    """Add `asset` and `point` to `inspections`."""
    _add_asset_parsers(
        verbs.add_parser("asset", help=_("the ledger of equipment")).add_subparsers(
            dest="act", required=True, metavar="ACT"
        )
    )
    _add_point_parsers(
        verbs.add_parser("point", help=_("the points of routes")).add_subparsers(
            dest="act", required=True, metavar="ACT"
        )
    )


def _add_asset_parsers(acts: Any) -> None:
    listing = acts.add_parser("list", help=_("list the things with their next day"))
    listing.add_argument("--kind", metavar="|".join(AssetKind))
    listing.add_argument("--building", default="", metavar="NAME")
    listing.add_argument("--scrapped", action="store_true", help=_("also those that are scrapped"))
    listing.set_defaults(func=run_list)
    show = acts.add_parser("show", help=_("a thing with its days"))
    add = acts.add_parser("add", help=_("take a thing into the ledger"))
    add.add_argument("name")
    change = acts.add_parser("change", help=_("correct what the ledger says of a thing"))
    void = acts.add_parser("void", help=_("take out a thing that was entered by mistake"))
    attach = acts.add_parser("attach", help=_("keep photos and documents of a thing"))
    faults = acts.add_parser("faults", help=_("how often each thing failed (tickets, findings)"))
    faults.add_argument("--from", dest="from_on", metavar="DAY", help=_("the first day"))
    faults.add_argument("--to", dest="to_on", metavar="DAY", help=_("the last day"))
    faults.set_defaults(func=run_faults)
    for parser, run in (
        (show, run_show),
        (change, run_change),
        (void, run_void),
        (attach, run_attach),
    ):
        parser.add_argument("code", metavar="CODE")
        parser.set_defaults(func=run)
    attach.add_argument("files", type=Path, nargs="+", metavar="FILE")
    add.add_argument("--code", metavar="CODE", help=_("its number; else the next one"))
    add.set_defaults(func=run_add)
    change.add_argument("--name", metavar="TEXT")
    change.add_argument("--code", dest="new_code", metavar="CODE")
    for parser in (add, change):
        parser.add_argument("--kind", metavar="|".join(AssetKind))
        parser.add_argument("--building", metavar="NAME")
        parser.add_argument("--community", metavar="NAME")
        parser.add_argument("--vendor", metavar="NAME", help=_("the company that maintains it"))
        parser.add_argument("--state", metavar="|".join(AssetState))
        for name in _LINES[1:]:
            parser.add_argument(f"--{name.replace('_', '-')}", metavar="TEXT")
        for name in _DAYS:
            parser.add_argument(f"--{name.replace('_', '-')}", metavar="DAY")
    for parser in (add, change, void, attach):
        add_by(parser)
    labels = acts.add_parser("labels", help=_("labels with QR, A4 of 3 x 8"))
    labels.add_argument("codes", nargs="*", metavar="CODE", help=_("of these; else of all"))
    labels.add_argument("--skip", type=int, default=0, metavar="N", help=_("used on the sheet"))
    add_paper_options(labels)
    labels.set_defaults(func=run_labels)
    for parser in (listing, show, add, change, void, attach, faults):
        add_json(parser)


def _add_point_parsers(acts: Any) -> None:
    listing = acts.add_parser("list", help=_("list the points in walking order"))
    listing.add_argument("--building", default="", metavar="NAME")
    listing.add_argument("--ended", action="store_true", help=_("also those out of use"))
    listing.set_defaults(func=run_points)
    add = acts.add_parser("add", help=_("keep a point of routes"))
    add.add_argument("name")
    add.add_argument("--code", metavar="CODE", help=_("its number; else the next one"))
    add.set_defaults(func=run_add_point)
    change = acts.add_parser("change", help=_("correct what is said of a point"))
    end = acts.add_parser("end", help=_("take a point out of use"))
    for parser, run in ((change, run_change_point), (end, run_end_point)):
        parser.add_argument("code", metavar="CODE")
        parser.set_defaults(func=run)
    change.add_argument("--name", metavar="TEXT")
    change.add_argument("--code", dest="new_code", metavar="CODE")
    for parser in (add, change):
        parser.add_argument("--building", metavar="NAME")
        parser.add_argument("--community", metavar="NAME")
        parser.add_argument("--floor", metavar="TEXT")
        parser.add_argument("--area", metavar="TEXT")
        parser.add_argument("--asset", metavar="CODE", help=_("the thing that stands there"))
    for parser in (add, change, end):
        add_by(parser)
    for parser in (listing, add, change, end):
        add_json(parser)


# -- things


def run_list(args: argparse.Namespace, desk: Desk) -> int:
    """List the things of the ledger with the next day of each."""
    kind = choice(args.kind, AssetKind, _("kind")) if args.kind else None
    with desk.office(write=False):
        building_id = find_place("", args.building)[1]
        found = list_assets(kind=kind, building_id=building_id, with_scrapped=args.scrapped)
        nearest = next_dates(desk.today)
    for one in found:
        due = nearest.get(one.id)
        words = (
            one.draft.code, one.draft.name, ASSET_KIND_LABELS[one.draft.kind], one.where,
            ASSET_STATE_LABELS[one.draft.state], due.day if due else "",
        )  # fmt: skip
        desk.say("\t".join(map(str, words)).rstrip())
    if not found:
        desk.say(_("The ledger is empty; import one, or add a thing."))
    desk.json([asset_json(one, nearest.get(one.id)) for one in found])
    return 0


def run_show(args: argparse.Namespace, desk: Desk) -> int:
    """Show a thing and its days."""
    with desk.office(write=False):
        one = find_asset(args.code)
        dates = list_statutory_dates(desk.today, asset_id=one.id)
    return _tell_asset(desk, one, dates[0] if dates else None)


def run_add(args: argparse.Namespace, desk: Desk) -> int:
    """Take a thing into the ledger."""
    with desk.office(write=True):
        draft = _asset_draft(args, AssetDraft(args.name, AssetKind.OTHER, code=args.code or ""))
        one = add_asset(draft, by=desk.staff(args.by).id, now=desk.now)
    return _tell_asset(desk, one)


def run_change(args: argparse.Namespace, desk: Desk) -> int:
    """Correct a thing; what is not said stays."""
    with desk.office(write=True):
        one = find_asset(args.code)
        before = replace(
            one.draft, name=args.name or one.draft.name, code=args.new_code or one.draft.code
        )
        draft = _asset_draft(args, before)
        by = desk.staff(args.by).id
        made = change_asset(one.id, draft, version=one.version, by=by, now=desk.now)
    return _tell_asset(desk, made)


def run_void(args: argparse.Namespace, desk: Desk) -> int:
    """Take out a thing that was entered by mistake."""
    with desk.office(write=True):
        one = find_asset(args.code)
        void_asset(one.id, version=one.version, by=desk.staff(args.by).id, now=desk.now)
    desk.say(_("{code} {name} is taken out.").format(code=one.draft.code, name=one.draft.name))
    desk.json(asset_json(one))
    return 0


def run_attach(args: argparse.Namespace, desk: Desk) -> int:
    """Keep photos and documents of a thing."""
    with desk.office(write=True) as office:
        one = find_asset(args.code)
        kept, refused = add_asset_files(
            office, one.id, args.files, by=desk.staff(args.by).id, now=desk.now
        )
    for file in kept:
        desk.say(file.file.name)
    for other in refused:
        desk.say(other.text)
    desk.json({"kept": [file.file.name for file in kept], "refused": [o.name for o in refused]})
    return 0 if kept or not refused else 1


def run_faults(args: argparse.Namespace, desk: Desk) -> int:
    """Count the faults of each thing in a span, this year by itself (R70)."""
    first = read_day(args.from_on) if args.from_on else desk.today.replace(month=1, day=1)
    last = read_day(args.to_on) if args.to_on else desk.today
    with desk.office(write=False):
        found = count_faults(first, last)
    for one in found:
        between = "" if one.days_between is None else one.days_between
        words = (one.code, one.name, one.faults, one.tickets, one.findings, one.last_on, between)
        desk.say("\t".join(map(str, words)).rstrip())
    if not found:
        desk.say(_("Nothing failed in these days."))
    desk.json(
        [
            {
                "code": one.code,
                "name": one.name,
                "faults": one.faults,
                "tickets": one.tickets,
                "findings": one.findings,
                "last_on": one.last_on.isoformat(),
                "days_between": one.days_between,
            }
            for one in found
        ]
    )
    return 0


def run_labels(args: argparse.Namespace, desk: Desk) -> int:
    """Print the labels of things, those that are named or all, with the points that go along."""
    with desk.office(write=False):
        things = [find_asset(code) for code in args.codes] or list_assets()
        points = () if args.codes else list_points()
        printed = print_labels(
            args.output, by=desk.staff(args.by).id, asset_ids={one.id for one in things},
            point_ids={one.id for one in points}, skip=args.skip, language=paper_language(args),
        )  # fmt: skip
    return tell_printed(desk, printed)


def asset_json(one: Asset, due: StatutoryDate | None = None) -> dict[str, Any]:
    """Return a thing as its JSON object."""
    draft = one.draft
    return {
        "code": draft.code,
        "name": draft.name,
        "kind": draft.kind.value,
        "where": one.where,
        "state": draft.state.value,
        **{name: getattr(draft, name) or None for name in _LINES[1:]},
        **{name: _iso(getattr(draft, name)) for name in _DAYS},
        "vendor": one.vendor or None,
        "points": list(one.points),
        "files": one.files,
        "next": {"kind": due.kind.value, "day": due.day.isoformat(), "days_left": due.days_left}
        if due
        else None,
    }


def _tell_asset(desk: Desk, one: Asset, due: StatutoryDate | None = None) -> int:
    said = asset_json(one, due)
    for name, value in said.items():
        if value and name != "next":
            desk.say(f"{name}\t{', '.join(value) if isinstance(value, list) else value}")
    if due is not None:
        desk.say(f"next\t{due.day}\t{due.subject}")
    desk.json(said)
    return 0


def _asset_draft(args: argparse.Namespace, draft: AssetDraft) -> AssetDraft:
    said: dict[str, Any] = {
        name: getattr(args, name) for name in _LINES[1:] if getattr(args, name) is not None
    }
    for name in _DAYS:
        text = getattr(args, name)
        if text is not None:
            said[name] = read_day(text) if text else None
    if args.kind:
        said["kind"] = choice(args.kind, AssetKind, _("kind"))
    if args.state:
        said["state"] = choice(args.state, AssetState, _("state"))
    if args.vendor is not None:
        said["vendor_id"] = find_vendor(args.vendor).id if args.vendor else None
    return replace(draft, **said, **_place(args))


def _place(args: argparse.Namespace) -> dict[str, Any]:
    if args.building is None and args.community is None:
        return {}
    community_id, building_id = find_place(args.community or "", args.building or "")
    return {"community_id": community_id, "building_id": building_id}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


# -- points


def run_points(args: argparse.Namespace, desk: Desk) -> int:
    """List the points."""
    with desk.office(write=False):
        building_id = find_place("", args.building)[1]
        found = list_points(with_ended=args.ended, building_id=building_id)
    desk.tell_each(found, _point_line, point_json, _("There are no points yet."))
    return 0


def run_add_point(args: argparse.Namespace, desk: Desk) -> int:
    """Keep a point."""
    with desk.office(write=True):
        draft = _point_draft(args, PointDraft(args.name, code=args.code or ""))
        one = add_point(draft, by=desk.staff(args.by).id)
    return _tell_point(desk, one)


def run_change_point(args: argparse.Namespace, desk: Desk) -> int:
    """Correct a point; what is not said stays."""
    with desk.office(write=True):
        one = find_point(args.code)
        before = replace(
            one.draft, name=args.name or one.draft.name, code=args.new_code or one.draft.code
        )
        draft = _point_draft(args, before)
        made = change_point(one.id, draft, version=one.version, by=desk.staff(args.by).id)
    return _tell_point(desk, made)


def run_end_point(args: argparse.Namespace, desk: Desk) -> int:
    """Take a point out of use."""
    with desk.office(write=True):
        one = find_point(args.code)
        ended = end_point(one.id, version=one.version, by=desk.staff(args.by).id, now=desk.now)
    return _tell_point(desk, ended)


def point_json(one: Point) -> dict[str, Any]:
    """Return a point as its JSON object."""
    return {
        "code": one.draft.code,
        "name": one.draft.name,
        "where": one.where,
        "asset": one.asset or None,
        "ended": one.ended_at is not None,
    }


def _point_draft(args: argparse.Namespace, draft: PointDraft) -> PointDraft:
    said: dict[str, Any] = {
        name: getattr(args, name) for name in ("floor", "area") if getattr(args, name) is not None
    }
    if args.asset is not None:
        said["asset_id"] = find_asset(args.asset).id if args.asset else None
    return replace(draft, **said, **_place(args))


def _point_line(one: Point) -> str:
    return "\t".join((one.draft.code, one.draft.name, one.where, one.asset)).rstrip()


def _tell_point(desk: Desk, one: Point) -> int:
    desk.say(_point_line(one))
    desk.json(point_json(one))
    return 0
