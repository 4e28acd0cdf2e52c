"""The looks of cells in a workbook that we write: a few fonts and fills, any number format."""

from dataclasses import dataclass, field
from xml.sax.saxutils import quoteattr

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_FIRST_CUSTOM = 164  # number formats below belong to Excel

_BEFORE = (
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="3"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill>'
    '<fill><patternFill patternType="solid"><fgColor rgb="FFE8EDF3"/></patternFill></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
)
_AFTER = (
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    "</styleSheet>"
)

_PLAIN = '><alignment vertical="top"/>'
_OPEN = ' applyProtection="1"><alignment vertical="top"/><protection locked="0"/>'


@dataclass(frozen=True, slots=True)
class Look:
    """How a cell looks; `quoted` marks a text that begins like a formula (quotePrefix).

    An `unlocked` cell may be changed where its sheet is protected.
    """

    number_format: str | None = None
    bold: bool = False
    filled: bool = False
    quoted: bool = False
    unlocked: bool = False


@dataclass(slots=True)
class Looks:
    """The looks that a workbook uses, numbered in the order in which they were asked for."""

    _numbers: dict[Look, int] = field(default_factory=lambda: {Look(): 0})

    def number(self, look: Look) -> int:
        """Return the number under which cells name this look."""
        return self._numbers.setdefault(look, len(self._numbers))

    def xml(self) -> str:
        """Return the workbook's style sheet."""
        formats = dict.fromkeys(one.number_format for one in self._numbers if one.number_format)
        ids = {code: _FIRST_CUSTOM + index for index, code in enumerate(formats)}
        codes = "".join(
            f'<numFmt numFmtId="{number}" formatCode={quoteattr(code)}/>'
            for code, number in ids.items()
        )
        cells = "".join(_cell_format(one, ids) for one in self._numbers)
        return (
            f'<styleSheet xmlns="{_MAIN}">'
            + (f'<numFmts count="{len(ids)}">{codes}</numFmts>' if ids else "")
            + f'{_BEFORE}<cellXfs count="{len(self._numbers)}">{cells}</cellXfs>{_AFTER}'
        )


def _cell_format(look: Look, ids: dict[str, int]) -> str:
    number = ids[look.number_format] if look.number_format else 0
    return (
        f'<xf numFmtId="{number}" fontId="{int(look.bold)}" fillId="{2 * look.filled}"'
        f' borderId="0" xfId="0" quotePrefix="{int(look.quoted)}" applyNumberFormat="1"'
        ' applyFont="1" applyFill="1" applyAlignment="1"'
        f"{_OPEN if look.unlocked else _PLAIN}</xf>"
    )
