"""Reads for pages, papers and the command line; never a write."""
