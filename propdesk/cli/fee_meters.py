"""`propdesk fees meters|meter|read|readings|void-reading`: meters and what they show."""

import argparse
from dataclasses import replace
from pathlib import Path
from typing import Any

from propdesk.cli.desk import Desk, add_by, add_json, choice, read_day
from propdesk.cli.fee_office import fee_office
from propdesk.cli.house_words import add_at, add_house, house, read_at
from propdesk.domain.errors import RuleError
from propdesk.domain.meter_readings import MeterStop, ReadingDraft
from propdesk.domain.meters import (
    METER_LABELS,
    READING_LABELS,
    Meter,
    MeterDraft,
    MeterKind,
    ReadingKind,
    figure_words,
    parse_figure,
)
from propdesk.domain.money import parse_quantity, quantity_words
from propdesk.i18n import _
from propdesk.services.exporting_readings import export_reading_list
from propdesk.services.meter_readings import (
    EnteredReading,
    add_reading_photos,
    enter_readings,
    void_reading,
)
from propdesk.services.meters import add_meter, change_meter, exchange_meter, remove_meter
from propdesk.services.queries.meter_readings import ReadingLine, list_unit_readings
from propdesk.services.queries.meters import list_stops, meter_of
from propdesk.services.queries.places import find_place


def add_fees_parsers(verbs: Any) -> None:
    """Add the verbs of meters to `fees`."""
    show = verbs.add_parser("meters", help=_("meters in walking order with their last readings"))
    show.add_argument("unit", nargs="?", metavar="UNIT")
    show.add_argument("--building", default="", metavar="NAME", help=_("one building only"))
    show.add_argument("--community", default="", metavar="NAME")
    show.add_argument("--kind", metavar="|".join(MeterKind))
    show.add_argument("--on", metavar="DAY", help=_("as it stands on a day"))
    add_by(show)
    add_json(show)
    show.set_defaults(func=run_meters)
    _add_meter_verbs(verbs.add_parser("meter", help=_("put in, exchange or take out a meter")))
    read = verbs.add_parser("read", help=_("enter what a meter shows"))
    add_house(read)
    read.add_argument("kind", metavar="|".join(MeterKind))
    read.add_argument("value", metavar="VALUE", help=_("what it shows; `estimate` reckons it"))
    read.add_argument("--on", metavar="DAY", help=_("the day on which it was read"))
    read.add_argument("--number", default="", metavar="NUMBER",
                      help=_("which meter, where the house has several"))  # fmt: skip
    read.add_argument("--as", dest="how", default="read", metavar="|".join(ReadingKind))
    read.add_argument("--turned", type=int, default=0, metavar="N",
                      help=_("so often it passed through zero"))  # fmt: skip
    read.add_argument("--note", default="", metavar="TEXT")
    read.add_argument("--correct", default="", metavar="REASON",
                      help=_("put the reading of this day right"))  # fmt: skip
    read.add_argument("--photo", type=Path, action="append", default=[], metavar="FILE")
    readings = verbs.add_parser("readings", help=_("the readings of a house and what was used"))
    add_house(readings)
    readings.add_argument("--voided", action="store_true", help=_("voided ones too"))
    add_by(readings)
    add_json(readings)
    readings.set_defaults(func=run_readings)
    void = verbs.add_parser("void-reading", help=_("void a reading; it stays in the books"))
    void.add_argument("id", type=int, metavar="ID")
    void.add_argument("--reason", required=True, metavar="TEXT")
    void.add_argument("--despite-bills", action="store_true",
                      help=_("although bills rest on it"))  # fmt: skip
    fill_in = verbs.add_parser("reading-list", help=_("a workbook to fill in with readings"))
    fill_in.add_argument("kind", nargs="?", metavar="|".join(MeterKind))
    fill_in.add_argument("--building", default="", metavar="NAME", help=_("one building only"))
    fill_in.add_argument("--community", default="", metavar="NAME")
    fill_in.add_argument("--on", metavar="DAY", help=_("the day on which they will be read"))
    fill_in.add_argument("-o", "--output", type=Path, required=True, metavar="FILE.xlsx")
    add_by(fill_in)
    add_json(fill_in)
    fill_in.set_defaults(func=run_fill_in)
    for parser, run in ((read, run_read), (void, run_void)):
        add_at(parser, _("when it is entered"))
        add_by(parser)
        add_json(parser)
        parser.set_defaults(func=run)


def _add_meter_verbs(parser: argparse.ArgumentParser) -> None:
    acts = parser.add_subparsers(dest="act", required=True, metavar="add|edit|change|remove")
    add = acts.add_parser("add", help=_("put in a meter"))
    edit = acts.add_parser("edit", help=_("correct what is kept of a meter"))
    change = acts.add_parser("change", help=_("take a meter out and put another one in"))
    remove = acts.add_parser("remove", help=_("take a meter out"))
    for one, run in ((add, run_add), (edit, run_edit), (change, run_change), (remove, run_remove)):
        one.add_argument("unit", metavar="UNIT",
                         help=_("the house; of a meter of the building: its name"))  # fmt: skip
        one.add_argument("kind", metavar="|".join(MeterKind))
        one.add_argument("--community", default="", metavar="NAME")
        if one is not add:
            one.add_argument("--which", default="", metavar="NUMBER",
                             help=_("which meter, where the house has several"))  # fmt: skip
        if one in (change, remove):
            one.add_argument("--last", required=True, metavar="VALUE",
                             help=_("what the old one showed last"))  # fmt: skip
        if one is not remove:
            one.add_argument("--number", metavar="NUMBER")
            one.add_argument("--place", metavar="TEXT")
            one.add_argument("--digits", type=int, metavar="N")
            one.add_argument("--multiplier", metavar="N", help=_("of a transformer; else 1"))
            one.add_argument("--first", metavar="VALUE", help=_("what it showed at first"))
            one.add_argument("--note", metavar="TEXT")
        one.add_argument("--on", metavar="DAY")
        add_at(one, _("when it is entered"))
        add_by(one)
        add_json(one)
        one.set_defaults(func=run)


def meter_json(meter: Meter) -> dict[str, Any]:
    """Return a meter as its JSON object; figures are thousandths."""
    return {
        "id": meter.id,
        "where": meter.where,
        "kind": meter.kind.value,
        "number": meter.number or None,
        "place": meter.place or None,
        "digits": meter.digits,
        "multiplier_milli": meter.multiplier_milli,
        "installed_on": meter.installed_on.isoformat(),
        "first_milli": meter.first_milli,
        "removed_on": meter.removed_on.isoformat() if meter.removed_on else None,
        "last_milli": meter.last_milli,
        "replaces": meter.replaces_id,
        "note": meter.note or None,
    }


def reading_json(line: ReadingLine) -> dict[str, Any]:
    """Return a reading as its JSON object."""
    return {
        "id": line.id,
        "meter": line.meter.id,
        "number": line.meter.number or None,
        "meter_kind": line.meter.kind.value,
        "on": line.reading.on_day.isoformat(),
        "value_milli": line.reading.value_milli,
        "kind": line.reading.kind.value,
        "turned": line.reading.turned,
        "used_milli": line.used_milli,
        "days": line.days,
        "photos": line.photos,
        "note": line.note or None,
        "entered_at": line.entered_at.isoformat(),
        "by": line.by,
        "voided_at": line.voided_at.isoformat() if line.voided_at else None,
        "void_reason": line.void_reason or None,
    }


def run_meters(args: argparse.Namespace, desk: Desk) -> int:
    """List meters in walking order."""
    kind = choice(args.kind, MeterKind, _("kind of meter")) if args.kind else None
    with fee_office(desk, args):
        stops = list_stops(
            read_day(args.on) if args.on else desk.today,
            kind=kind,
            unit_id=house(args).id if args.unit else None,
            **_place(args),
        )
    for stop in stops:
        desk.say("\t".join(_stop_words(stop)).rstrip())
    desk.json([
        {
            **meter_json(stop.meter),
            "last_read_on": stop.last.on_day.isoformat() if stop.last else None,
            "last_read_milli": stop.last.value_milli if stop.last else None,
        }
        for stop in stops
    ])  # fmt: skip
    return 0


def _place(args: argparse.Namespace) -> dict[str, int | None]:
    if args.unit:
        return {}
    community_id, building_id = find_place(args.community, args.building)
    return {"community_id": community_id, "building_id": building_id}


def _stop_words(stop: MeterStop) -> tuple[str, ...]:
    meter, last = stop.meter, stop.last
    figure = f"{figure_words(last.value_milli)} ({last.on_day})" if last else ""
    return (meter.where, str(METER_LABELS[meter.kind]), meter.number, meter.place, figure)


def run_add(args: argparse.Namespace, desk: Desk) -> int:
    """Put in a meter of a house or of a building."""
    read_at(args, desk)
    with desk.office(write=True):
        kind = choice(args.kind, MeterKind, _("kind of meter"))
        draft = _draft(args, MeterDraft(kind, desk.today))
        made = add_meter(draft, by=desk.staff(args.by).id, now=desk.now, **_where(args))
    return _told(desk, made, _("The meter {meter} is in the register."))


def run_edit(args: argparse.Namespace, desk: Desk) -> int:
    """Correct what is kept of a meter."""
    read_at(args, desk)
    with desk.office(write=True):
        meter = _meter(args)
        made = change_meter(
            meter.id, _draft(args, meter.draft), version=meter.version,
            by=desk.staff(args.by).id, now=desk.now,
        )  # fmt: skip
    return _told(desk, made, _("The meter {meter} is in the register."))


def run_change(args: argparse.Namespace, desk: Desk) -> int:
    """Take a meter out and put another one in its place."""
    read_at(args, desk)
    with desk.office(write=True):
        old = _meter(args)
        blank = replace(old.draft, number="", first_milli=0, note="", installed_on=desk.today)
        made = exchange_meter(
            old.id, _draft(args, blank), last_milli=parse_figure(args.last), version=old.version,
            by=desk.staff(args.by).id, now=desk.now,
        )  # fmt: skip
    return _told(desk, made, _("The meter {meter} came in the place of the old one."))


def run_remove(args: argparse.Namespace, desk: Desk) -> int:
    """Take a meter out."""
    read_at(args, desk)
    with desk.office(write=True):
        old = _meter(args)
        gone = remove_meter(
            old.id, last_milli=parse_figure(args.last), version=old.version,
            on_day=read_day(args.on) if args.on else desk.today,
            by=desk.staff(args.by).id, now=desk.now,
        )  # fmt: skip
    return _told(desk, gone, _("The meter {meter} was taken out."))


def _told(desk: Desk, meter: Meter, sentence: str) -> int:
    desk.say(sentence.format(meter=meter.title))
    desk.json(meter_json(meter))
    return 0


def _where(args: argparse.Namespace) -> dict[str, int]:
    """Return whose meter it is: a house, or the building that a name means."""
    try:
        return {"unit_id": house(args).id}
    except RuleError as refusal:
        try:
            return {"building_id": find_place(args.community, args.unit)[1] or 0}
        except RuleError:
            raise refusal from None


def _meter(args: argparse.Namespace) -> Meter:
    kind = choice(args.kind, MeterKind, _("kind of meter"))
    return meter_of(kind, args.which, **_where(args))


def _draft(args: argparse.Namespace, before: MeterDraft) -> MeterDraft:
    return replace(
        before,
        installed_on=read_day(args.on) if args.on else before.installed_on,
        number=before.number if args.number is None else args.number,
        place=before.place if args.place is None else args.place,
        digits=before.digits if args.digits is None else args.digits,
        multiplier_milli=(
            parse_quantity(args.multiplier) if args.multiplier else before.multiplier_milli
        ),
        first_milli=parse_figure(args.first) if args.first else before.first_milli,
        note=before.note if args.note is None else args.note,
    )


def run_read(args: argparse.Namespace, desk: Desk) -> int:
    """Enter what a meter shows; a large deviation is told."""
    read_at(args, desk)
    estimated = args.value == "estimate"
    how = ReadingKind.ESTIMATED if estimated else choice(args.how, ReadingKind, _("reading"))
    with desk.office(write=True) as office:
        meter = meter_of(
            choice(args.kind, MeterKind, _("kind of meter")), args.number, unit_id=house(args).id
        )
        draft = ReadingDraft(
            meter.id,
            read_day(args.on) if args.on else desk.today,
            None if estimated else parse_figure(args.value),
            how,
            args.turned,
            args.note,
        )
        by = desk.staff(args.by).id
        result = enter_readings([draft], by=by, now=desk.now, correction=args.correct)
        for one in result.refused:
            raise RuleError(one.code, one.text)
        refused: list[str] = []
        for entered in result.entered:
            if args.photo:
                _added, left = add_reading_photos(
                    office, entered.id, args.photo, by=by, now=desk.now
                )
                refused += [one.text for one in left]
    if result.known:
        desk.say(_("This reading is entered already."))
    for entered in result.entered:
        desk.say(_entered_words(meter, entered))
    for text in refused:
        desk.say(text)
    desk.json({
        "meter": meter.id,
        "known": result.known,
        "photos_refused": refused,
        "entered": [
            {
                "id": one.id,
                "value_milli": one.value_milli,
                "used_milli": one.used_milli,
                "deviation_percent": one.deviation,
                "odd": one.is_odd,
            }
            for one in result.entered
        ],
    })  # fmt: skip
    return 0


def _entered_words(meter: Meter, entered: EnteredReading) -> str:
    words = _("{meter}: {value}, used {used}.").format(
        meter=meter.title,
        value=figure_words(entered.value_milli),
        used=figure_words(entered.used_milli or 0),
    )
    if not entered.is_odd:
        return words
    odd = _("That is {percent:+d} % against the usual: look at the meter once more.")
    return f"{words} {odd.format(percent=entered.deviation)}"


def run_readings(args: argparse.Namespace, desk: Desk) -> int:
    """List the readings of a house, the last one first."""
    with fee_office(desk, args):
        found = list_unit_readings(house(args).id, with_voided=args.voided)
    for line in found:
        used = "" if line.used_milli is None else quantity_words(line.used_milli)
        words = (
            str(line.id), line.reading.on_day.isoformat(), str(METER_LABELS[line.meter.kind]),
            line.meter.number, figure_words(line.reading.value_milli), used,
            str(READING_LABELS[line.reading.kind]), line.note,
            _("voided: {reason}").format(reason=line.void_reason) if line.voided_at else "",
        )  # fmt: skip
        desk.say("\t".join(words).rstrip())
    desk.json([reading_json(line) for line in found])
    return 0


def run_void(args: argparse.Namespace, desk: Desk) -> int:
    """Void a reading."""
    read_at(args, desk)
    with desk.office(write=True):
        line = void_reading(
            args.id, reason=args.reason, by=desk.staff(args.by).id, now=desk.now,
            despite_bills=args.despite_bills,
        )  # fmt: skip
    desk.say(_("The reading of {day} is voided.").format(day=line.reading.on_day))
    desk.json(reading_json(line))
    return 0


def run_fill_in(args: argparse.Namespace, desk: Desk) -> int:
    """Write a workbook to fill in; `import readings` takes it back."""
    with desk.office(write=False):
        community_id, building_id = find_place(args.community, args.building)
        count = export_reading_list(
            choice(args.kind, MeterKind, _("kind of meter")) if args.kind else None,
            args.output,
            by=desk.staff(args.by).id,
            now=desk.now,
            on_day=read_day(args.on) if args.on else None,
            community_id=community_id,
            building_id=building_id,
        )
    desk.say(_("{count} meters were written to {file}.").format(count=count, file=args.output))
    desk.json({"file": str(args.output), "meters": count})
    return 0
