"""Where it is noted which tickets look like an incident and are none."""

from propdesk.services.parts import settings

APART_KEY = "incidents.apart"
_MOST_KEPT = 500


def keep_apart(ticket_ids: tuple[int, ...]) -> None:
    """Note tickets that have nothing to do with each other; the caller holds the transaction.

    Only those of the last hours matter, so that the oldest are forgotten in time.
    """
    noted = [*(settings.get(APART_KEY) or ()), *ticket_ids]
    settings.put(APART_KEY, list(dict.fromkeys(noted))[-_MOST_KEPT:])
