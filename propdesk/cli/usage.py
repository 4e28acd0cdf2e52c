"""The command line's fixed words (usage, options, wrong usage) in the present language.

argparse asks gettext for them; here it asks our own catalogue. The texts below are those of
Python's argparse that a user of this program can meet.
"""

import argparse

from propdesk import i18n
from propdesk.i18n import _lazy

WORDS = (
    _lazy("usage: "),
    _lazy("positional arguments"),
    _lazy("options"),
    _lazy("show this help message and exit"),
    _lazy("show program's version number and exit"),
    _lazy("%(prog)s: error: %(message)s\n"),
    _lazy("argument %(argument_name)s: %(message)s"),
    _lazy("the following arguments are required: %s"),
    _lazy("one of the arguments %s is required"),
    _lazy("not allowed with argument %s"),
    _lazy("expected one argument"),
    _lazy("expected at least one argument"),
    _lazy("ignored explicit argument %r"),
    _lazy("invalid choice: %(value)r (choose from %(choices)s)"),
    _lazy("invalid %(type)s value: %(value)r"),
    _lazy("unrecognized arguments: %s"),
    _lazy("ambiguous option: %(option)s could match %(matches)s"),
)


def speak() -> None:
    """Let argparse take its words from our catalogue; it has no other way to be told."""
    vars(argparse).update(_=i18n._)
