"""Keep the Chinese catalogue in step with the source: collect, update, compile, name what is open.

    make translations

English source texts stand in `_("...")`, `_lazy("...")` and `ngettext("...", "...", n)`. Their
Chinese stands in resources/locale/zh_CN/LC_MESSAGES/propdesk.po, which people edit; the compiled
.mo beside it is what the program reads. Neither file holds a date or a line number, so that they
change only when a text does.
"""

import io
import sys
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
PO = ROOT / "resources/locale/zh_CN/LC_MESSAGES/propdesk.po"
LOCALE = "zh_CN"
HEADER = """\
msgid ""
msgstr ""
"Project-Id-Version: propdesk\\n"
"Language: zh_CN\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

"""


def collect() -> Catalog:
    """Return every text of the source, without translations."""
    found = Catalog(charset="utf-8")
    keywords = {**DEFAULT_KEYWORDS, "_lazy": None}
    for folder in ("propdesk", "ui"):
        for name, _line, text, comments, context in extract_from_dir(
            ROOT / folder, keywords=keywords, comment_tags=("Translators:",)
        ):
            place = (f"{folder}/{Path(name).as_posix()}", 0)
            found.add(text, None, [place], auto_comments=comments, context=context)
    return found


def load() -> Catalog:
    """Return the Chinese catalogue as it stands."""
    with PO.open("rb") as file:
        return read_po(file, locale=LOCALE)


def is_translated(message: Message) -> bool:
    """Say whether a message has its Chinese, all of it and confirmed."""
    texts = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
    return all(texts) and not message.fuzzy


def save(catalogue: Catalog) -> None:
    """Write the catalogue and its compiled form."""
    body = io.BytesIO()
    write_po(
        body,
        catalogue,
        width=100,
        omit_header=True,
        sort_by_file=True,
        ignore_obsolete=True,
        include_lineno=False,
    )
    PO.write_bytes(HEADER.encode() + body.getvalue())
    compiled = load()
    compiled.creation_date = compiled.revision_date = datetime(2026, 1, 1, tzinfo=UTC)
    with PO.with_suffix(".mo").open("wb") as file:
        write_mo(file, compiled)


def main() -> int:
    """Bring the catalogue up to date; name the texts without Chinese and return 1 if there are."""
    catalogue = load()
    catalogue.update(collect(), no_fuzzy_matching=True)
    save(catalogue)
    missing = [message for message in catalogue if message.id and not is_translated(message)]
    for message in missing:
        places = ", ".join(name for name, _line in message.locations)
        print(f"no Chinese: {message.id!r} ({places})")
    print(f"{len(catalogue)} texts, {len(missing)} without Chinese")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
