"""The program without its window: rules, storage, services, papers and the command line."""

__version__ = "0.6.0"
