"""Numbers in Chinese digits, as people write houses and days: 三栋, 二十一, 二〇一九年."""

import re

_DIGITS = {character: str(number) for number, character in enumerate("零一二三四五六七八九")} | {
    "〇": "0",
    "○": "0",
    "两": "2",
}
_NUMBER = re.compile(
    r"[零〇○一二两三四五六七八九]?十?[零〇○一二两三四五六七八九]+|[一二三四五六七八九]?十"
)


def with_digits(text: str) -> str:
    """Return a text with its Chinese numbers as digits; 十二 is 12, 二〇一九 is 2019."""
    return text if text.isascii() else _NUMBER.sub(_number, text)


def _number(match: re.Match[str]) -> str:
    text = match[0]
    if "十" not in text:
        return "".join(_DIGITS[character] for character in text)
    tens, _ten, ones = text.partition("十")
    return str(int(_DIGITS.get(tens, "1")) * 10 + int(_DIGITS.get(ones, "0")))


def in_words(number: int) -> str:
    """Return a number from 1 to 99 as it is said: 二, 十一, 二十; others in figures."""
    digits = "零一二三四五六七八九"
    if not 0 < number < 100:
        return str(number)
    tens, ones = divmod(number, 10)
    said = "" if not tens else "十" if tens == 1 else digits[tens] + "十"
    return said + (digits[ones] if ones else "")
