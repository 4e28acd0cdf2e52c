"""The rules of the trade as plain Python: values in, values out; no clock, files or database."""
