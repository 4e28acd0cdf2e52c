"""What every command that draws a paper says of it."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Printed:
    """A drawn paper: its file, pages, and characters that no font has (printed as 〓)."""

    file: Path
    pages: int
    replaced_characters: tuple[str, ...]
