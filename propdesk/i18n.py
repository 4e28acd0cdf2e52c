"""Two languages, complete: source texts are English, the catalogues are gettext.

The screen's language is chosen once (`set_language`). A paper may speak another one: the thread
that draws it says so for a while (`speaking`). Module-level tables hold `_lazy` texts, which are
translated when they are shown.
"""

import gettext
import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache

from propdesk import paths

LANGUAGES = ("zh_CN", "en")
DEFAULT = "zh_CN"

_screen = DEFAULT
_speaking: ContextVar[str | None] = ContextVar("speaking", default=None)


class LazyText:
    """A text of a module-level table, translated when it is shown.

    `source` is the English text; `str()` gives it in the present language, `in_(language)` in
    another one (the second line of a bilingual paper).
    """

    __slots__ = ("source",)

    def __init__(self, source: str) -> None:
        self.source = source

    def __str__(self) -> str:
        return gettext_in(language(), self.source)

    def __repr__(self) -> str:
        return f"_lazy({self.source!r})"

    def __format__(self, spec: str) -> str:
        return format(str(self), spec)

    def in_(self, code: str) -> str:
        """Return the text in the language `code`."""
        return gettext_in(code, self.source)


@cache
def _catalogue(code: str) -> gettext.NullTranslations:
    folder = paths.resources() / "locale"
    return gettext.translation("propdesk", folder, languages=[code], fallback=code == "en")


def gettext_in(code: str, source: str) -> str:
    """Return `source` in the language `code`; an empty text stays empty."""
    if not source:
        return ""
    return source if code == "en" else _catalogue(code).gettext(source)


def _(source: str) -> str:
    """Return the text in the present language."""
    return gettext_in(language(), source)


def _lazy(source: str) -> LazyText:
    """Mark a text of a module-level table for translation."""
    return LazyText(source)


def ngettext(one: str, many: str, count: int) -> str:
    """Return the singular or plural text in the present language."""
    code = language()
    if code == "en":
        return one if count == 1 else many
    return _catalogue(code).ngettext(one, many, count)


def run_on(*sentences: str) -> str:
    """Return sentences behind each other, without a blank where the language has none."""
    whole = ""
    for further in filter(None, sentences):
        whole = _("{said} {further}").format(said=whole, further=further) if whole else further
    return whole


def language() -> str:
    """Return the present language: that of the paper being drawn, else the screen's."""
    return _speaking.get() or _screen


def set_language(code: str) -> None:
    """Choose the language of screen and messages (`zh_CN` or `en`)."""
    global _screen  # noqa: PLW0603 - the chosen language is one of three allowed global states
    if code not in LANGUAGES:
        raise ValueError(code)
    _screen = code


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Speak another language in this thread for a while: that of a paper."""
    token = _speaking.set(code)
    try:
        yield
    finally:
        _speaking.reset(token)


def system_language() -> str:
    """Return the language of the system where it is one of ours, else Chinese."""
    import locale

    names = [os.environ.get(key, "") for key in ("LC_ALL", "LC_MESSAGES", "LANG")]
    # (Not `getlocale`: it takes the nameless C.UTF-8 for American English.)
    names.append(locale.setlocale(locale.LC_CTYPE))
    for name in names:
        if name.startswith(("zh", "Chinese")):
            return "zh_CN"
        if name.startswith(("en_", "English")) or name == "en":
            return "en"
    return DEFAULT
