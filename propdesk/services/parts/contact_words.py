"""The words by which a contact's reason is proposed, read once (R52)."""

import json
from collections.abc import Mapping
from functools import cache

from propdesk import paths


@cache
def reason_words() -> Mapping[str, tuple[str, ...]]:
    """Return the program's words by reason (data, not code)."""
    file = paths.resources() / "words" / "contact-reasons.json"
    return {code: tuple(words) for code, words in json.loads(file.read_text("utf-8")).items()}
