"""The names in a cell of a workbook: joint owners, companies, and how names are compared."""

import re
from functools import lru_cache

from propdesk.domain.cells import Cell, CellError, cell_text
from propdesk.domain.imported_places import NOTHING
from propdesk.domain.simplified import simplified
from propdesk.domain.texts import LONGEST_LINE, clean_line, elide, fold
from propdesk.i18n import _

_BETWEEN_NAMES = re.compile(r"[、,，/;；|\n]+")
_CHINESE = r"[\u2e80-\u9fff\U00020000-\U0003ffff·]"
_CHINESE_NAME = re.compile(_CHINESE + r"{2,4}")
_AND = re.compile(rf"(?<={_CHINESE})\s*[&＆]\s*(?={_CHINESE})")  # noqa: RUF001 - as above
_LONG_SURNAMES = frozenset(
    {
        "欧阳", "司马", "上官", "诸葛", "司徒", "司空", "夏侯", "皇甫", "尉迟", "公孙", "慕容",
        "令狐", "长孙", "宇文", "轩辕", "端木", "东方", "南宫", "独孤",
    }
)  # fmt: skip
_COMPANY = re.compile(
    r".{2,}(?:公司|集团|银行|事务所|合作社|商行|经营部|委员会|居委会|研究院|学校|医院|幼儿园|"
    r"\bltd\.?|\binc\.?|\bco\.)(?:[(（].{1,20}[)）])?",
    re.IGNORECASE,
)


def split_names(cell: Cell) -> tuple[str, ...]:
    """Return the names of joint owners in a cell: `张三、李四`, `张三/李四`, `张三 李四`.

    Blanks and `&` divide only what looks like whole Chinese names: `张 三` and `欧阳 娜娜` are one
    name, `John Smith` and `A&B 贸易` too. Raises CellError for masked names, under which nobody
    may be stored.
    """
    names: list[str] = []
    text = _AND.sub("、", cell_text(cell))
    # What begins like a formula is no list of names; it is stored as the text that it is (F40).
    parts = [text] if text.startswith(("=", "+", "-", "@")) else _BETWEEN_NAMES.split(text)
    for part in parts:
        name = clean_line(part)
        words = name.split(" ")
        if len(words) == 2 and simplified(words[0]) in _LONG_SURNAMES:
            names.append("".join(words))
        elif len(words) > 1 and all(_CHINESE_NAME.fullmatch(word) for word in words):
            names += words
        elif len(words) > 1 and all(len(word) == 1 and word > "\u2e7f" for word in words):
            names.append("".join(words))
        elif name not in NOTHING:
            names.append(elide(name, LONGEST_LINE))
    for name in names:
        if "*" in name:
            raise CellError(_("«{name}» is a masked name.").format(name=name[:30]))
    return tuple(dict.fromkeys(names))


def is_company(name: str) -> bool:
    """Tell whether a name is a company's."""
    return _COMPANY.fullmatch(simplified(name)) is not None


@lru_cache(maxsize=65_536)
def name_key(name: str) -> str:
    """Return a name as it is compared within a house."""
    return "".join(fold(name).split())
