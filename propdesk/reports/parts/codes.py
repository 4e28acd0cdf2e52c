"""The machine-readable number of a paper: Code 128 in digits, and QR.

Letters in a bar code open a composition window in a Chinese input method when a scanner types
them, so the bars carry digits only (decision 27); the number for people stands below.
"""

from functools import lru_cache

from propdesk.reports.parts.sheet import Box, Sheet

# Widths of three bars and three spaces in modules for each value 0 to 105, ISO/IEC 15417.
_WIDTHS = (
    "212222222122222221121223121322131222122213122312132212221213221312231212112232122132122231"
    "113222123122123221223211221132221231213212223112312131311222321122321221312212322112322211"
    "212123212321232121111323131123131321112313132113132311211313231113231311112133112331132131"
    "113123113321133121313121211331231131213113213311213131311123311321331121312113312311332111"
    "314111221411431111111224111422121124121421141122141221112214112412122114122411142112142211"
    "241211221114413111241112134111111242121142121241114212124112124211411212421112421211212141"
    "214121412121111143111341131141114113114311411113411311113141114131311141411131211412211214"
    "211232"
)
_START_C = 105
_STOP = "2331112"
MODULE = 0.30  # mm, laser
QUIET_BARS = 10  # modules of white on either side
QR_MODULE = 0.58  # mm, laser
QUIET_QR = 4  # modules of white around


@lru_cache(maxsize=256)
def code128_widths(digits: str) -> tuple[int, ...]:
    """Return the widths of bars and spaces in modules, bars first, quiet zones not counted.

    Raises ValueError where the text is not an even number of ASCII digits.
    """
    if not digits or len(digits) % 2 or not (digits.isascii() and digits.isdigit()):
        message = f"Code 128 set C takes an even number of digits, not {digits!r}"
        raise ValueError(message)
    values = [int(digits[place : place + 2]) for place in range(0, len(digits), 2)]
    check = (_START_C + sum(place * value for place, value in enumerate(values, 1))) % 103
    symbols = [_WIDTHS[6 * value : 6 * value + 6] for value in (_START_C, *values, check)]
    return tuple(int(width) for width in "".join([*symbols, _STOP]))


def code128_width(digits: str, module: float = MODULE) -> float:
    """Return the width of the bars in millimetres, quiet zones not counted."""
    return sum(code128_widths(digits)) * module


def draw_code128(
    sheet: Sheet, x: float, y: float, digits: str, *, height: float = 8.0, module: float = MODULE
) -> float:
    """Draw the bars with their upper left corner at x, y; return their width.

    The caller keeps `QUIET_BARS` modules free of ink on either side.
    """
    bars = []
    cursor = x
    for place, width in enumerate(code128_widths(digits)):
        if place % 2 == 0:
            bars.append(Box(cursor, y, width * module, height))
        cursor += width * module
    sheet.fills(bars)
    return cursor - x


@lru_cache(maxsize=256)
def qr_runs(text: str) -> tuple[int, tuple[tuple[int, int, int], ...]]:
    """Return the side in modules and the dark runs (row, column, length) of a QR code, level M."""
    import segno

    # The best of eight masks costs four fifths of the time of a whole work order, and any mask
    # reads; a fixed one also keeps the paper the same from one version of segno to the next.
    code = segno.make(text, error="m", micro=False, boost_error=False, mask=3)
    runs = []
    for number, row in enumerate(code.matrix):
        start = None
        for column, dark in enumerate([*row, 0]):
            if dark and start is None:
                start = column
            elif not dark and start is not None:
                runs.append((number, start, column - start))
                start = None
    return len(code.matrix), tuple(runs)


def qr_side(text: str, module: float = QR_MODULE) -> float:
    """Return the side of the code in millimetres, quiet zone not counted."""
    return qr_runs(text)[0] * module


def draw_qr(sheet: Sheet, x: float, y: float, text: str, *, module: float = QR_MODULE) -> float:
    """Draw the code with its upper left corner at x, y, as one path; return its side.

    The caller keeps `QUIET_QR` modules free of ink all around.
    """
    side, runs = qr_runs(text)
    sheet.fills(
        [Box(x + col * module, y + row * module, n * module, module) for row, col, n in runs]
    )
    return side * module
