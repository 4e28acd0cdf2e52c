"""Stands in for Python's own sqlite3 in the frozen program: there is one engine, sqlcipher3's.

Peewee asks `sqlite3` for its version; the real one would bring a second, older SQLite along.
"""

from sqlcipher3.dbapi2 import *  # noqa: F403 - the same names, whichever they are
