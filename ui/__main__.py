"""The console script: a command line goes to propdesk.cli without Qt; else the window opens."""

import sys

_WITH_VALUE = ("--data", "--lang")


def wants_window(argv: list[str]) -> bool:
    """Tell whether the words name no command: only --data DIR and --lang CODE."""
    words = iter(argv)
    for word in words:
        if word in _WITH_VALUE:
            next(words, None)
        elif not word.startswith(tuple(f"{option}=" for option in _WITH_VALUE)):
            return False
    return True


def main() -> int:
    """Run a command, or open the window when there is none."""
    argv = sys.argv[1:]
    if wants_window(argv):
        from ui.app import run_window

        return run_window(argv)
    from propdesk.cli.main import main as run_command

    return run_command(argv)


if __name__ == "__main__":
    sys.exit(main())
