"""Tab goes through a window in reading order, also where parts were made anew since it was built.

Qt's own chain follows the order in which widgets were made: a chip or an act that appears later
stands at its end, and the clerk would jump over the whole window. The order of the layouts is the
order in which people read.
"""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QWidget


def stops(root: QWidget) -> list[QWidget]:
    """Return what Tab reaches in `root` now, in reading order."""
    return list(_walk(root))


def step(root: QWidget, *, is_forward: bool) -> bool:
    """Put the keyboard on the next (or previous) stop, round and round; False without any."""
    found = stops(root)
    if not found:
        return False
    present = root.window().focusWidget()
    if present in found:
        place = found.index(present) + (1 if is_forward else -1)
    else:
        place = 0 if is_forward else -1
    reason = Qt.FocusReason.TabFocusReason if is_forward else Qt.FocusReason.BacktabFocusReason
    found[place % len(found)].setFocus(reason)
    return True


def _walk(widget: QWidget) -> Iterator[QWidget]:
    if not widget.isVisible():
        return
    if _is_stop(widget):
        yield widget
    for child in _children(widget):
        yield from _walk(child)


def _is_stop(widget: QWidget) -> bool:
    policy = widget.focusPolicy()
    reachable = policy & Qt.FocusPolicy.TabFocus == Qt.FocusPolicy.TabFocus
    return reachable and widget.isEnabled() and widget.focusProxy() is None


def _children(widget: QWidget) -> list[QWidget]:
    """Return the children as they are laid out; what has no layout by its place."""
    children = [
        child for child in widget.children() if isinstance(child, QWidget) and not child.isWindow()
    ]
    layout = widget.layout()
    laid = list(_laid_out(layout, children)) if layout is not None else []
    free = set(children).difference(laid)
    return laid + sorted(free, key=lambda child: (child.y(), child.x()))


def _laid_out(layout: QLayout, children: Sequence[QWidget]) -> Iterator[QWidget]:
    """Return the widgets of a layout and of those inside it, in their order.

    Never by `itemAt`: Qt deletes an item with its widget and does not tell PySide, whose note of it
    then stands for whatever is made at the same address next (6.11 crashes when that goes).
    """
    inner = [one for one in layout.children() if isinstance(one, QLayout)]
    places: dict[int, QWidget | QLayout] = {layout.indexOf(one): one for one in inner}
    places.update((layout.indexOf(child), child) for child in children)
    places.pop(-1, None)
    for place in sorted(places):
        part = places[place]
        if isinstance(part, QLayout):
            yield from _laid_out(part, children)
        else:
            yield part
