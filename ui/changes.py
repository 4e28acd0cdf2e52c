"""Who is to be told when something has changed: pages emit, pages refill themselves."""

from PySide6.QtCore import QObject, Signal


class Changes(QObject):
    """One signal for each thing that pages show. Handed to every page."""

    tickets_changed = Signal()
    residents_changed = Signal()
    contacts_changed = Signal()
    fees_changed = Signal()
    inspections_changed = Signal()
    settings_changed = Signal()
    staff_changed = Signal()
    backups_changed = Signal()
