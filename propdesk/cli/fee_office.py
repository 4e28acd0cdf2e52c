"""The office opened for reading fees: only for those who may see them (law.md 1.6)."""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager

from propdesk.cli.desk import Desk
from propdesk.services.queries.fee_access import check_sees_fees


@contextmanager
def fee_office(desk: Desk, args: argparse.Namespace) -> Iterator[None]:
    """Open the data folder for a command that shows what houses owe or pay, or refuse."""
    with desk.office(write=False):
        check_sees_fees(desk.staff(args.by).id)
        yield
