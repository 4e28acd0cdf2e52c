"""Envelopes for letters: their sizes, and what may not be read on the outside (law.md 1.6, 9)."""

from enum import StrEnum
from typing import NamedTuple


class Envelope(StrEnum):
    """A size of envelope; an A4 letter goes into DL folded twice, into C5 folded once."""

    DL = "dl"
    C5 = "c5"


class EnvelopeSize(NamedTuple):
    """Width and height in millimetres."""

    width: float
    height: float


ENVELOPES = {Envelope.DL: EnvelopeSize(220, 110), Envelope.C5: EnvelopeSize(229, 162)}
