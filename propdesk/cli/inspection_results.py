"""`propdesk inspections show|record|sheet-file|enter`: what was seen on a round, typed in."""

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from propdesk.cli.desk import Desk, add_by, add_json, read_time
from propdesk.domain.cells import CellError
from propdesk.domain.check_items import VERDICT_LABELS, CheckItem, ItemKind, Verdict
from propdesk.domain.errors import RuleError
from propdesk.domain.inspection_results import (
    Answer,
    Sheet,
    SheetPlace,
    SheetRound,
    Walk,
    limit_words,
    reading_words,
)
from propdesk.domain.result_files import ResultColumn, read_answer, read_verdict
from propdesk.i18n import _
from propdesk.services.inspection_results import AnswersError, Entered, enter_results
from propdesk.services.queries.inspection_sheets import KeptAnswer, get_sheet, list_answers

if TYPE_CHECKING:
    from propdesk.services.importing_inspection_results import ResultsFile

Key = tuple[int, int, int]


def add_inspections_parsers(verbs: Any) -> None:
    """Add the verbs of results to `inspections`."""
    show = verbs.add_parser("show", help=_("a sheet with what was entered from it"))
    record = verbs.add_parser("record", help=_("enter what was seen at one item"))
    record.add_argument("--item", type=int, required=True, metavar="N",
                        help=_("its number on the paper"))  # fmt: skip
    record.add_argument("--value", required=True, metavar="V",
                        help=_("a reading, a choice, a text or a result"))  # fmt: skip
    record.add_argument("--round", type=int, metavar="K", help=_("which round of the sheet"))
    record.add_argument("--note", default="", metavar="TEXT", help=_("what was wrong"))
    record.add_argument("--photos", default="", metavar="TEXT", help=_("numbers of photos"))
    record.add_argument("--score", type=int, metavar="N", help=_("points scored"))
    record.add_argument("--fixed", action="store_true", help=_("put right on the spot"))
    out = verbs.add_parser("sheet-file", help=_("a sheet as a workbook to fill in on a laptop"))
    enter = verbs.add_parser("enter", help=_("enter a workbook that was filled in on the round"))
    for parser in (show, record, out, enter):
        parser.add_argument("sheet", metavar="SHEET", help=_("number of the sheet"))
    out.add_argument("-o", "--output", type=Path, required=True, metavar="FILE.xlsx")
    enter.add_argument("--file", type=Path, required=True, metavar="FILE.xlsx")
    enter.add_argument("--errors", type=Path, metavar="FILE.xlsx",
                       help=_("write rejected rows with reasons"))  # fmt: skip
    for parser in (record, enter):
        parser.add_argument("--reason", default="", metavar="TEXT",
                            help=_("why something is corrected"))  # fmt: skip
        parser.add_argument("--walker", metavar="NAME", help=_("who walked the round"))
        parser.add_argument("--began", metavar="TIME", help=_("when the round began"))
        parser.add_argument("--at", metavar="TIME", help=_("when the round ended; else now"))
        parser.add_argument("--weather", default="", metavar="TEXT")
    for parser, run in (
        (show, run_show), (record, run_record), (out, run_out), (enter, run_enter)
    ):  # fmt: skip
        if parser is not show:
            add_by(parser)
        add_json(parser)
        parser.set_defaults(func=run)


def run_show(args: argparse.Namespace, desk: Desk) -> int:
    """Show a sheet item by item; reads beside an open window."""
    with desk.office(write=False):
        sheet = get_sheet(args.sheet)
        kept = {_key(one.answer): one for one in list_answers(sheet.id)}
    desk.say("\t".join(filter(None, (sheet.number, sheet.title, f"{sheet.day}", sheet.walker))))
    for count, one in enumerate(sheet.rounds, start=1):
        words = _("Round {number}").format(number=count)
        done = f"{one.done_at:%Y-%m-%d %H:%M}" if one.done_at else ""
        desk.say("\t".join(filter(None, (words, one.clock, one.walker, done))))
        for number, (place, item) in enumerate(_items(sheet), start=1):
            answer = kept.get((one.round_id, place.position, item.id))
            desk.say(_line(number, place, item, answer))
    desk.json(_sheet_json(sheet, kept))
    return 0


def run_record(args: argparse.Namespace, desk: Desk) -> int:
    """Enter what was seen at one item."""
    with desk.office(write=True):
        sheet = get_sheet(args.sheet)
        one = _round(sheet, args.round)
        items = _items(sheet)
        if not 1 <= args.item <= len(items):
            raise RuleError(
                "item-unknown",
                _("The sheet has the items 1 to {most}.").format(most=len(items)),
            )
        place, item = items[args.item - 1]
        answer = _answer(args, item, Answer(one.round_id, place.position, item.id))
        return _enter(args, desk, sheet, [answer])


def run_out(args: argparse.Namespace, desk: Desk) -> int:
    """Write a sheet as a workbook."""
    from propdesk.services.exporting_inspection_sheets import export_sheet

    with desk.office(write=False):
        by = desk.staff(args.by).id
        count = export_sheet(args.sheet, args.output, by=by, now=desk.now)
    desk.say(_("{count} rows were written to {file}.").format(count=count, file=args.output))
    desk.json({"rows": count, "file": str(args.output)})
    return 0


def run_enter(args: argparse.Namespace, desk: Desk) -> int:
    """Enter a workbook: all of its rows, or nothing at all."""
    from propdesk.services.importing_inspection_results import (
        ResultsError,
        export_refused,
        read_results,
    )
    from propdesk.services.imports import check_error_target

    if args.errors:
        check_error_target(args.errors, args.file)
    with desk.office(write=True):
        try:
            file = read_results(args.sheet, args.file, reason=args.reason)
            return _enter(args, desk, file.sheet, file.answers, file)
        except ResultsError as error:
            if args.errors:
                export_refused(error, args.errors)
            raise


def _enter(
    args: argparse.Namespace,
    desk: Desk,
    sheet: Sheet,
    answers: Sequence[Answer],
    file: "ResultsFile | None" = None,
) -> int:
    ended = read_time(args.at) if args.at else desk.now
    walks = {
        one.round_id: Walk(
            args.walker or one.walker or sheet.walker,
            _local(read_time(args.began)) if args.began else one.started_at,
            _local(ended),
        )
        for one in sheet.rounds
    }
    try:
        entered = enter_results(
            sheet.number,
            answers,
            walks,
            weather=args.weather,
            by=desk.staff(args.by).id,
            now=desk.now,
        )
    except AnswersError as error:
        if file is None:
            raise
        raise file.refused(error.problems) from error
    _tell(desk, entered)
    return 0


def _tell(desk: Desk, entered: Entered) -> None:
    desk.say(
        _("{number}: {added} entered, {corrected} corrected, {findings} found wrong").format(
            number=entered.sheet.number,
            added=entered.added,
            corrected=entered.corrected,
            findings=entered.findings,
        )
    )
    desk.json(
        {
            "sheet": entered.sheet.number,
            "added": entered.added,
            "corrected": entered.corrected,
            "findings": entered.findings,
            "complete": entered.sheet.entered_at is not None,
        }
    )


def _round(sheet: Sheet, wanted: int | None) -> SheetRound:
    most = len(sheet.rounds)
    if wanted is None and most > 1:
        raise RuleError(
            "round-which",
            _("The sheet has {most} rounds; say which one with --round.").format(most=most),
        )
    if not 1 <= (wanted or 1) <= most:
        raise RuleError(
            "round-unknown", _("The sheet has the rounds 1 to {most}.").format(most=most)
        )
    return sheet.rounds[(wanted or 1) - 1]


def _answer(args: argparse.Namespace, item: CheckItem, blank: Answer) -> Answer:
    """Return what was said of an item; a tick, and what does not apply, is said as a result."""
    try:
        verdict = read_verdict(args.value)
    except CellError as error:
        if item.kind is ItemKind.TICK:
            raise RuleError("result-unreadable", str(error)) from error
        verdict = None
    is_result = item.kind is ItemKind.TICK or verdict is Verdict.NOT_APPLICABLE
    column = ResultColumn.VERDICT if is_result else ResultColumn.VALUE
    said = {column: args.value, ResultColumn.NOTE: args.note, ResultColumn.PHOTOS: args.photos}
    answer = read_answer(item, said, blank)
    return replace(answer, score=args.score, fixed=args.fixed, reason=args.reason)


def _local(moment: datetime) -> datetime:
    return moment.replace(tzinfo=None, microsecond=0)


def _items(sheet: Sheet) -> list[tuple[SheetPlace, CheckItem]]:
    return [(place, item) for place in sheet.places for item in place.items]


def _key(answer: Answer) -> Key:
    return answer.round_id, answer.position, answer.item_id


def _line(number: int, place: SheetPlace, item: CheckItem, kept: KeptAnswer | None) -> str:
    words = [str(number), place.code or place.name, item.name]
    words.append(limit_words(item) if item.kind is ItemKind.NUMBER else item.standard)
    if kept is not None:
        answer = kept.answer
        value = answer.words
        if answer.value_milli is not None:
            value = reading_words(item, answer.value_milli)
        verdict = str(VERDICT_LABELS[answer.verdict]) if answer.verdict else ""
        words += filter(None, (value, verdict, answer.note, answer.photos))
    return "\t".join(words).rstrip()


def _sheet_json(sheet: Sheet, kept: Mapping[Key, KeptAnswer]) -> dict[str, Any]:
    return {
        "number": sheet.number,
        "title": sheet.title,
        "day": sheet.day.isoformat(),
        "walker": sheet.walker or None,
        "weather": sheet.weather or None,
        "printed_at": sheet.printed_at.isoformat() if sheet.printed_at else None,
        "prints": sheet.prints,
        "entered_at": sheet.entered_at.isoformat() if sheet.entered_at else None,
        "voided_at": sheet.voided_at.isoformat() if sheet.voided_at else None,
        "rounds": [_round_json(sheet, one, kept) for one in sheet.rounds],
    }


def _round_json(sheet: Sheet, one: SheetRound, kept: Mapping[Key, KeptAnswer]) -> dict[str, Any]:
    return {
        "time": one.clock or None,
        "walker": one.walker or None,
        "started_at": one.started_at.isoformat() if one.started_at else None,
        "done_at": one.done_at.isoformat() if one.done_at else None,
        "items": [
            _item_json(number, place, item, kept.get((one.round_id, place.position, item.id)))
            for number, (place, item) in enumerate(_items(sheet), start=1)
        ],
    }


def _item_json(
    number: int, place: SheetPlace, item: CheckItem, kept: KeptAnswer | None
) -> dict[str, Any]:
    answer = kept.answer if kept else None
    return {
        "item": number,
        "place": place.code or place.name,
        "name": item.name,
        "kind": item.kind.value,
        "unit": item.unit or None,
        "lower_milli": item.lower_milli,
        "upper_milli": item.upper_milli,
        "verdict": answer.verdict.value if answer and answer.verdict else None,
        "value_milli": answer.value_milli if answer else None,
        "words": (answer.words or None) if answer else None,
        "score": answer.score if answer else None,
        "note": (answer.note or None) if answer else None,
        "photos": (answer.photos or None) if answer else None,
        "fixed": answer.fixed if answer else False,
        "performed_at": kept.performed_at.isoformat() if kept else None,
        "entered_at": kept.entered_at.isoformat() if kept else None,
        "by": kept.by if kept else None,
        "corrected": kept.is_correction if kept else False,
    }
