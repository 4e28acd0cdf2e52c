"""`propdesk phrases list|set|hide|reset`: the sentences beside the forms (R29)."""

import argparse
from typing import Any

from propdesk.cli.desk import Desk, add_by, add_json, choice
from propdesk.domain.phrases import STEP_LABELS, Phrase, PhraseDraft, Step
from propdesk.domain.tickets import Kind
from propdesk.i18n import _


def add_parsers(commands: Any) -> None:
    """Add `phrases` to the command line."""
    phrases = commands.add_parser("phrases", help=_("sentences to say and to write"))
    verbs = phrases.add_subparsers(dest="verb", required=True, metavar="VERB")
    show = verbs.add_parser("list", help=_("list the phrases"))
    show.add_argument("--step", metavar="|".join(Step))
    show.add_argument("--kind", metavar="|".join(Kind))
    show.add_argument("--hidden", action="store_true", help=_("the hidden ones, too"))
    add_json(show)
    show.set_defaults(func=run_list)
    put = verbs.add_parser("set", help=_("say a phrase otherwise, or add one of your own"))
    put.add_argument("code", nargs="?", default="", help=_("which one; none for a new one"))
    put.add_argument("--text", required=True, help=_("the sentence, with fields in braces"))
    put.add_argument("--title")
    put.add_argument("--step", metavar="|".join(Step))
    put.add_argument("--kind", metavar="|".join(Kind))
    put.set_defaults(func=run_set)
    hide = verbs.add_parser("hide", help=_("offer a phrase no more"))
    hide.add_argument("code")
    hide.add_argument("--show", action="store_true", help=_("offer it again"))
    hide.set_defaults(func=run_hide)
    reset = verbs.add_parser("reset", help=_("go back to the program's words; remove an own one"))
    reset.add_argument("code")
    reset.set_defaults(func=run_reset)
    for parser in (put, hide, reset):
        add_by(parser)
        add_json(parser)


def phrase_json(phrase: Phrase) -> dict[str, Any]:
    """Return a phrase as its JSON object."""
    return {
        "code": phrase.code,
        "step": phrase.step.value,
        "kind": phrase.kind.value if phrase.kind else "",
        "title": phrase.title,
        "text": phrase.text,
        "own": phrase.is_own,
        "changed": phrase.is_changed,
        "hidden": phrase.is_hidden,
    }


def _step(word: str) -> Step:
    step: Step = choice(word, Step, _("step"))
    return step


def _kind(word: str | None) -> Kind | None:
    if not word:
        return None
    kind: Kind = choice(word, Kind, _("kind"))
    return kind


def run_list(args: argparse.Namespace, desk: Desk) -> int:
    """List phrases by step."""
    from propdesk.services.queries.phrases import PhraseFilter, list_phrases

    steps = (_step(args.step),) if args.step else tuple(Step)
    with desk.office(write=False):
        found = list_phrases(PhraseFilter(steps, _kind(args.kind), hidden=args.hidden))
    step = None
    for phrase in found:
        if phrase.step is not step:
            step = phrase.step
            desk.say(f"{STEP_LABELS[step]} ({step})")
        word = _("not offered")
        hidden = f" [{word}]" if phrase.is_hidden else ""
        desk.say(f"  {phrase.code}  {phrase.title}{hidden}  {phrase.text}")
    desk.json([phrase_json(phrase) for phrase in found])
    return 0


def run_set(args: argparse.Namespace, desk: Desk) -> int:
    """Change a phrase, or add one."""
    from propdesk.services.phrases import save_phrase
    from propdesk.services.queries.phrases import PhraseFilter, list_phrases

    with desk.office(write=True):
        code = args.code.strip().lower()
        known = {one.code: one for one in list_phrases(PhraseFilter(hidden=True))}
        old = known.get(code)
        step = _step(args.step) if args.step else old.step if old else Step.HANDLE
        kind = _kind(args.kind) if args.kind is not None else old.kind if old else None
        title = args.title if args.title is not None else old.title if old else ""
        draft = PhraseDraft(step, args.text, title, kind, code)
        phrase = save_phrase(draft, by=desk.staff(args.by).id)
    desk.say(f"{phrase.code}: {phrase.text}")
    desk.json(phrase_json(phrase))
    return 0


def run_hide(args: argparse.Namespace, desk: Desk) -> int:
    """Hide a phrase, or show it again."""
    from propdesk.services.phrases import hide_phrase

    with desk.office(write=True):
        phrase = hide_phrase(args.code, by=desk.staff(args.by).id, hidden=not args.show)
    words = _("{code} is offered again") if args.show else _("{code} is hidden")
    desk.say(words.format(code=phrase.code))
    desk.json(phrase_json(phrase))
    return 0


def run_reset(args: argparse.Namespace, desk: Desk) -> int:
    """Go back to the program's words."""
    from propdesk.services.phrases import reset_phrase

    with desk.office(write=True):
        phrase = reset_phrase(args.code, by=desk.staff(args.by).id)
    if phrase is None:
        desk.say(_("{code} is removed").format(code=args.code))
    else:
        desk.say(f"{phrase.code}: {phrase.text}")
    desk.json(None if phrase is None else phrase_json(phrase))
    return 0
