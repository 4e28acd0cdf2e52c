"""Say phrases in the office's own words: change, add, hide, go back to the program's (R29)."""

from dataclasses import replace

from propdesk.domain.errors import RuleError
from propdesk.domain.phrases import Phrase, PhraseDraft, check_phrase
from propdesk.domain.staff import Right
from propdesk.domain.texts import clean_line, clean_text
from propdesk.i18n import _, language
from propdesk.services.parts.actors import actor
from propdesk.services.parts.noting import refuse
from propdesk.services.parts.numbering import take_numbers
from propdesk.services.parts.phrase_stock import load_phrases, shipped
from propdesk.services.parts.writing import writing
from propdesk.storage.phrases import PhraseRecord


def save_phrase(draft: PhraseDraft, *, by: int) -> Phrase:
    """Store a phrase of the office's own, or one of the program's in the office's words.

    Raises DraftError with a sentence for each field, RuleError for a code that is not there.
    """
    with writing():
        actor(by, Right.MANAGE_OFFICE)
        draft = replace(draft, title=clean_line(draft.title), text=clean_text(draft.text))
        refuse(check_phrase(draft))
        code = _found(draft.code).code if draft.code else _next_code()
        _put(
            code,
            step=draft.step.value,
            kind=draft.kind.value if draft.kind else "",
            title=draft.title,
            text=draft.text,
        )
        return _found(code)


def hide_phrase(code: str, *, by: int, hidden: bool = True) -> Phrase:
    """Offer a phrase no more, or offer it again."""
    with writing():
        actor(by, Right.MANAGE_OFFICE)
        phrase = _found(code)
        own = phrase.is_own or phrase.is_changed
        _put(
            code,
            step=phrase.step.value,
            kind=phrase.kind.value if phrase.kind else "",
            title=phrase.title if own else "",
            text=phrase.text if own else "",
            hidden=hidden,
        )
        if not own and not hidden:
            PhraseRecord.delete().where(PhraseRecord.code == code).execute()
        return _found(code)


def reset_phrase(code: str, *, by: int) -> Phrase | None:
    """Go back to the program's words; a phrase of the office's own is removed (None)."""
    with writing():
        actor(by, Right.MANAGE_OFFICE)
        phrase = _found(code)
        PhraseRecord.delete().where(PhraseRecord.code == code).execute()
        return None if phrase.is_own else _found(code)


def _put(code: str, **columns: object) -> None:
    record = PhraseRecord.get_or_none(PhraseRecord.code == code) or PhraseRecord(code=code)
    for name, value in columns.items():
        setattr(record, name, value)
    record.save()


def _next_code() -> str:
    """Return the code of the next phrase of the office's own; removed ones do not come again."""
    return f"own.{take_numbers('phrase', '')[0]}"


def _found(code: str) -> Phrase:
    wanted = code.strip().lower()
    for phrase in load_phrases(language()):
        if phrase.code == wanted:
            return phrase
    near = ", ".join(one.code for one in shipped(language()).phrases[:3])
    raise RuleError(
        "phrase-unknown",
        _("There is no phrase «{code}»; `phrases list` names them all, such as {near}.").format(
            code=code[:40], near=near
        ),
    )
