"""The word list by which classes are suggested, read once."""

from functools import cache

from propdesk import paths
from propdesk.domain.suggestions import WordList, parse_word_list


@cache
def class_words() -> WordList:
    """Return the office's word list (data, not code; decision 19)."""
    file = paths.resources() / "words" / "complaint-classes.json"
    return parse_word_list(file.read_text("utf-8"))
