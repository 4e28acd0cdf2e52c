"""What the open office says about itself."""

import json
from datetime import datetime

from propdesk.storage.database import rows

DEMO_KEY = "demo.now"


def demo_moment() -> datetime | None:
    """Return the demo's own moment when the open office is a demo, else None.

    The window of a demo lives on that day, so that what is due is due whenever it is looked at.
    """
    found = rows("SELECT value FROM setting WHERE key = ?", DEMO_KEY)
    return datetime.fromisoformat(json.loads(found[0][0])) if found else None
