"""What the open office says about itself."""

import json
from dataclasses import dataclass
from datetime import datetime

from propdesk.domain.first_start import Step
from propdesk.storage.database import rows

DEMO_KEY = "demo.now"
GUIDE_KEY = "first_start.step"


@dataclass(frozen=True, slots=True)
class OfficeFacts:
    """Which office this is and how much it holds; `uid` is its mark, random and nobody's name."""

    uid: str
    data_version: int
    tickets: int
    units: int


def get_office_facts() -> OfficeFacts:
    """Return what 关于 says of the open office."""
    (version,) = rows("PRAGMA user_version")[0]
    found = rows(
        "SELECT uid, (SELECT count(*) FROM ticket), (SELECT count(*) FROM unit) FROM office"
    )
    uid, tickets, units = found[0]
    return OfficeFacts(uid, version, tickets, units)


def demo_moment() -> datetime | None:
    """Return the demo's own moment when the open office is a demo, else None.

    The window of a demo lives on that day, so that what is due is due whenever it is looked at.
    """
    found = rows("SELECT value FROM setting WHERE key = ?", DEMO_KEY)
    return datetime.fromisoformat(json.loads(found[0][0])) if found else None


def guide_step() -> Step | None:
    """Return the step at which the first start's guide was left, None when it is not under way."""
    found = rows("SELECT value FROM setting WHERE key = ?", GUIDE_KEY)
    word = json.loads(found[0][0]) if found else None
    return Step(word) if word in list(Step) else None
