"""Workbooks and CSV files in and out; values in, values out."""
