"""Peewee tables and migrations; the only place that knows the database engine."""
