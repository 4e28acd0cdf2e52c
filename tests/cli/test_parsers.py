"""A call makes the parser of its own words alone, and nobody sees a difference."""

import argparse
from collections.abc import Iterator

from propdesk.cli.main import build_parser
from propdesk.i18n import set_language


def all_commands(
    parser: argparse.ArgumentParser, path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], argparse.ArgumentParser]]:
    yield path, parser
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, child in action.choices.items():
                yield from all_commands(child, (*path, name))


def test_a_number_that_is_none_is_refused_in_words(run):
    for command in ("fees act-void {} --reason x", "print bill {} -o x.pdf"):
        for typed in ("abc", "9" * 23):
            refused = run(*command.format(typed).split())
            assert (refused.code, f"«{typed}» is no whole number" in refused.err) == (2, True)
    assert run("fees", "limitation", "--days", "9" * 11).code == 1
    assert run("fees", "pay", "--unit", "3-2-501", "--amount", "5", "--bill", "9" * 23).code == 1


def test_a_call_has_the_help_of_the_whole_and_only_its_own_options():
    set_language("en")
    whole = list(all_commands(build_parser()))
    assert len(whole) > 300
    for path, parser in whole[::15]:
        mine = build_parser(path)
        for word in path:
            (commands,) = (
                one for one in mine._actions if isinstance(one, argparse._SubParsersAction)
            )
            others = [one for name, one in commands.choices.items() if name not in path]
            assert not any(isinstance(one, argparse.ArgumentParser) for one in others)
            mine = commands.choices[word]
        assert mine.format_help() == parser.format_help()
