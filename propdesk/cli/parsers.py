"""Parsers for those commands alone that a call names.

argparse takes a fifth of a second to make all of them, several hundred with thousands of options;
a call needs one.
"""

import argparse
from collections.abc import Collection
from typing import Any, Self

from propdesk.i18n import _

_LARGEST = 2**63 - 1
"""No number of a data file is larger."""


class Parser(argparse.ArgumentParser):
    """A parser whose commands stand in its help, but are only made where the call names them.

    `words` are those of the call; None makes every command.
    """

    def __init__(self, *, words: Collection[str] | None, **how: Any) -> None:
        super().__init__(**how)
        self._words = words
        self.register("type", int, whole_number)

    def add_subparsers(self, **how: Any) -> Any:
        """Return where commands are added, as argparse does."""
        # A function instead of a class: it is only ever called.
        return super().add_subparsers(parser_class=self._command, **how)  # type: ignore[call-overload]

    def _command(self, **how: Any) -> "Parser | _Unnamed":
        name = how["prog"].rpartition(" ")[2]
        if self._words is None or name in self._words:
            return Parser(words=self._words, **how)
        return _Unnamed()


def whole_number(typed: str) -> int:
    """Read what an option of `type=int` was given, or say in words that it is no such number."""
    try:
        number = int(typed)
    except ValueError:
        number = _LARGEST + 1
    if abs(number) > _LARGEST:
        raise argparse.ArgumentTypeError(
            _("«{typed}» is no whole number that can be meant.").format(typed=typed[:40])
        )
    return number


class _Unnamed:
    """Hears whatever is said of a command that nobody named."""

    def __getattr__(self, _name: str) -> Self:
        return self

    def __call__(self, *_words: object, **_named: object) -> Self:
        return self
