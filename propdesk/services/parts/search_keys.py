"""The words under which the desk search finds people, phones, plates and houses (decision 31).

Every word is folded and without blanks, and is found by its beginning (a range over `desk_key`), so
a name stands with each of its endings, and a name in traditional characters in simplified ones,
too: who types 張偉 and who types 张伟 finds both. Targets are the ids of `person`, `phone`,
`vehicle` and `unit`. Pinyin (`zsf`, `zhangsanfeng`) stands in every reading of a polyphone: 单 is
dan, shan and chan; how a person is called only he knows.
"""

import os
from functools import lru_cache
from itertools import islice, product

from propdesk.domain.simplified import simplified
from propdesk.domain.texts import fold

LONGEST_NAME = 40
"""Only so many characters of a name are searched; what is longer is no name of a person."""
MOST_READINGS = 24
LEAST_DIGITS = 4
LEAST_PLATE = 3


def person_keys(name: str, salutation: str = "") -> set[str]:
    """Return the endings, pinyin initials and full pinyin of a name and a salutation (王老师)."""
    keys = set(_name_keys(name))
    if salutation:
        keys.update(_name_keys(salutation))
    return keys


def phone_keys(digits: str) -> set[str]:
    """Return every ending of at least four digits, so that any four digits in a row find it."""
    return _endings(digits, LEAST_DIGITS)


def plate_keys(plate: str) -> set[str]:
    """Return every ending of at least three characters, without the dot: 苏A·12345 is 345 too."""
    plain = _plain(fold(plate))
    return _endings(plain, LEAST_PLATE)


def unit_keys(short: str, number: str) -> set[str]:
    """Return a house's short form (`3-2-501`), the same without dashes, and its number alone."""
    typed = "".join(fold(short).split())
    return {typed, _plain(typed), _plain(fold(number))} - {""}


def _endings(text: str, least: int) -> set[str]:
    """Return the endings of a text down to `least` characters; a shorter text is its own."""
    if len(text) <= least:
        return {text} if text else set()
    return {text[at:] for at in range(len(text) - least + 1)}


@lru_cache(maxsize=65_536)
def _name_keys(name: str) -> frozenset[str]:
    written = "".join(fold(name).split())[:LONGEST_NAME]
    plain = simplified(written)
    keys = _endings(written, 1) | _endings(plain, 1)
    readings = [_readings(character) for character in plain if character.isalnum()]
    if any(character > "\u2e7f" for character in plain):
        initials = [tuple(dict.fromkeys(one[0] for one in each)) for each in readings]
        for each in (initials, readings):
            keys.update("".join(parts) for parts in islice(product(*each), MOST_READINGS))
    keys.discard("")
    return frozenset(keys)


@lru_cache(maxsize=8192)
def _readings(character: str) -> tuple[str, ...]:
    """Return the pinyin of a character without tones, commonest first; others are themselves."""
    if character < "\u2e80":
        return (character,)
    # Loaded where it is needed, and without its dictionary of phrases: that alone takes 0.15 s.
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    from pypinyin import Style, pinyin

    found = pinyin(character, style=Style.NORMAL, heteronym=True, v_to_u=False)[0]
    return tuple(dict.fromkeys(found))


def _plain(folded: str) -> str:
    return folded if folded.isalnum() else "".join(filter(str.isalnum, folded))
