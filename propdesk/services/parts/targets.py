"""Where a file may be written: its ending says the kind, its folder is there (one rule for all)."""

from pathlib import Path

from propdesk.domain.errors import RuleError
from propdesk.i18n import _


def check_target(target: Path, *endings: str) -> str:
    """Return the ending of a file to be written, or refuse it before anything is worked out.

    `endings` are the kinds that can be written (`.pdf` ...). Raises RuleError for another ending
    and for a folder that is not there.
    """
    ending = target.suffix.lower()
    if ending not in endings:
        raise RuleError(
            "file-ending",
            _("«{name}» does not say the kind of file; let it end in {endings}.").format(
                name=target.name or target, endings=", ".join(endings)
            ),
        )
    if not target.parent.is_dir():
        raise RuleError(
            "folder-not-found",
            _("There is no folder «{folder}». Make it, or choose another one.").format(
                folder=target.parent
            ),
        )
    return ending
