"""`propdesk fees template list|show|set|reset`: the words of the letters, by stage and language.

A file of words has a paragraph a block, blocks apart by an empty line; a block's first line in
square brackets is its heading.
"""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from propdesk.cli.desk import Desk, add_by, add_json, read_text
from propdesk.domain.dunning import STAGE_LABELS, Stage
from propdesk.domain.errors import RuleError
from propdesk.i18n import LANGUAGES, _

if TYPE_CHECKING:
    from propdesk.domain.fee_templates import FeeTemplate


def add_fees_parsers(verbs: Any) -> None:
    """Add `template` to `fees`."""
    template = verbs.add_parser("template", help=_("the words of the letters, by stage"))
    acts = template.add_subparsers(dest="act", required=True, metavar="ACT")
    listed = acts.add_parser("list", help=_("say for which stages the office has its own words"))
    add_json(listed)
    listed.set_defaults(func=run_list)
    show = acts.add_parser("show", help=_("show what a stage says, as a file that «set» takes"))
    store = acts.add_parser("set", help=_("take the words of a stage from a text file"))
    reset = acts.add_parser("reset", help=_("go back to the program's words of a stage"))
    for act, function in ((show, run_show), (store, run_set), (reset, run_reset)):
        act.add_argument("stage", metavar="0-5")
        if act is store:
            act.add_argument("file", type=Path, metavar="FILE.txt")
        act.add_argument("--language", default="", metavar="|".join(LANGUAGES))
        if act is not show:
            add_by(act)
        add_json(act)
        act.set_defaults(func=function)


def _language(args: argparse.Namespace) -> str:
    if args.language and args.language not in LANGUAGES:
        raise RuleError(
            "language-unknown",
            _("«{language}» is no language of papers; possible: {languages}.").format(
                language=args.language[:20], languages=", ".join(LANGUAGES)
            ),
        )
    return str(args.language)


def _stage(args: argparse.Namespace) -> Stage:
    from propdesk.domain.fee_templates import stage_of

    return stage_of(args.stage)


def run_list(_args: argparse.Namespace, desk: Desk) -> int:
    """List the stages and whose words they have."""
    from propdesk.domain.demand_stages import WITH_LETTER
    from propdesk.services.fee_templates import get_template

    with desk.office(write=False):
        found = [
            (stage, language, get_template(stage, language))
            for stage in sorted(WITH_LETTER)
            for language in LANGUAGES
        ]
    for stage, language, template in found:
        whose = _("the office's own words") if template.is_own else _("the program's words")
        desk.say(f"{stage.value}  {STAGE_LABELS[stage]}  {language}  {whose}")
    desk.json(
        [
            {"stage": stage.value, "language": language, "own": template.is_own,
             "paragraphs": len(template.parts)}
            for stage, language, template in found
        ]
    )  # fmt: skip
    return 0


def run_show(args: argparse.Namespace, desk: Desk) -> int:
    """Show the words of a stage."""
    from propdesk.services.fee_templates import get_template

    with desk.office(write=False):
        template = get_template(_stage(args), _language(args))
    desk.say(_as_text(template))
    _tell(desk, template)
    return 0


def run_set(args: argparse.Namespace, desk: Desk) -> int:
    """Store the office's own words of a stage."""
    from propdesk.domain.fee_templates import FeeTemplate
    from propdesk.services.fee_templates import save_template

    text = read_text(args.file)
    stage, language = _stage(args), _language(args)
    with desk.office(write=True):
        by = desk.staff(args.by).id
        stored = save_template(
            FeeTemplate(stage, _parts(text)), by=by, now=desk.now, language=language
        )
    desk.say(_("{stage}: {count} paragraphs").format(
        stage=STAGE_LABELS[stage], count=len(stored.parts)
    ))  # fmt: skip
    _tell(desk, stored)
    return 0


def run_reset(args: argparse.Namespace, desk: Desk) -> int:
    """Go back to the program's words."""
    from propdesk.services.fee_templates import restore_template

    stage, language = _stage(args), _language(args)
    with desk.office(write=True):
        by = desk.staff(args.by).id
        template = restore_template(stage, by=by, now=desk.now, language=language)
    whose = _("the program's words")
    desk.say(f"{STAGE_LABELS[stage]}  {whose}")
    _tell(desk, template)
    return 0


def _parts(text: str) -> tuple[Any, ...]:
    from propdesk.domain.fee_templates import TemplatePart

    blocks = [block.strip() for block in text.replace("\r\n", "\n").split("\n\n")]
    parts = []
    for block in filter(None, blocks):
        first, _line, rest = block.partition("\n")
        is_headed = first.startswith("[") and first.endswith("]")
        parts.append(TemplatePart(first[1:-1], rest) if is_headed else TemplatePart("", block))
    return tuple(parts)


def _as_text(template: "FeeTemplate") -> str:
    return "\n\n".join(
        f"[{part.heading}]\n{part.text}" if part.heading else part.text for part in template.parts
    )


def _tell(desk: Desk, template: "FeeTemplate") -> None:
    desk.json(
        {
            "stage": template.stage.value,
            "own": template.is_own,
            "paragraphs": [{"heading": part.heading, "text": part.text} for part in template.parts],
        }
    )
