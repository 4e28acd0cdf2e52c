"""Write docs/errors.md: every stable code of a refusal with its sentence, read from the source.

    make errors

A refusal is written as a code in small letters with hyphens, followed by its sentence:
`RuleError("ticket-unknown", _("..."))`. That is what this file looks for, in calls and in tables.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TABLE = ROOT / "docs/errors.md"
CODE = re.compile(r"[a-z]+(-[a-z]+)+")
INTRODUCTION = """\
# Refusals

Where propdesk refuses something, the command line prints one sentence on standard error and ends
with 1. With `--json` it prints `{"error": {"code": "...", "message": "..."}}` instead. The code is
stable: scripts may rely on it. The sentence follows the chosen language and may be reworded.

This page is written by `make errors`; a test compares it with the source.

| Code | Sentence |
|---|---|
"""


def sentences(node: ast.AST) -> Iterator[str]:
    """Yield the texts marked for translation in an expression."""
    for part in ast.walk(node):
        if isinstance(part, ast.Call) and getattr(part.func, "id", "") in {"_", "_lazy"}:
            yield from (str(one.value) for one in part.args[:1] if isinstance(one, ast.Constant))


def is_code(node: ast.AST) -> bool:
    """Say whether an expression is a code of a refusal."""
    return isinstance(node, ast.Constant) and bool(CODE.fullmatch(str(node.value)))


def is_refusal(node: ast.Call) -> bool:
    """Say whether a call makes a refusal: an ...Error, or the base class of one."""
    name = getattr(node.func, "id", "") or getattr(node.func, "attr", "")
    return name.endswith("Error") or name == "__init__"


def spelled_out(tree: ast.Module, part: ast.expr) -> list[ast.AST]:
    """Return an expression together with what the names in it stand for in this file."""
    found: list[ast.AST] = [part]
    names = {one.id for one in ast.walk(part) if isinstance(one, ast.Name)} - {"_", "_lazy"}
    found += [
        node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name in names
    ]
    for name in names:
        above = [
            node
            for node in ast.walk(tree)
            if isinstance(node, ast.Assign)
            and node.lineno < part.lineno
            and any(isinstance(one, ast.Name) and one.id == name for one in node.targets)
        ]
        found += sorted(above, key=lambda node: node.lineno)[-1:]
    return found


def refusals(tree: ast.Module, *, in_window: bool) -> Iterator[tuple[str, str]]:
    """Yield code and sentence of each refusal; the sentence is empty where it is put together.

    The window's tables and calls pair icons and groups with words: there only errors count.
    """
    for node in ast.walk(tree):
        parts: list[ast.expr] = []
        if isinstance(node, ast.Call):
            parts = [] if in_window and not is_refusal(node) else node.args
        elif isinstance(node, ast.Tuple) and not in_window:
            parts = node.elts
        if len(parts) < 2 or not is_code(parts[0]):
            continue
        code = str(ast.literal_eval(parts[0]))
        texts = [text for part in parts[1:] for text in sentences(part)]
        if isinstance(node, ast.Call) and is_refusal(node) and not texts:
            whole = [one for part in parts[1:] for one in spelled_out(tree, part)]
            texts = [text for one in whole for text in sentences(one)]
        elif not texts:
            continue
        for text in texts or [""]:
            yield code, text


def table() -> str:
    """Return the whole page."""
    found: dict[str, list[str]] = {}
    for folder in ("propdesk", "ui"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            for code, text in refusals(
                ast.parse(path.read_text(encoding="utf-8")), in_window=folder == "ui"
            ):
                known = found.setdefault(code, [])
                if text and text not in known:
                    known.append(text)
    rows = [
        f"| `{code}` | {'<br>'.join(texts).replace('|', '/') or '(the sentences of the fields)'} |"
        for code, texts in sorted(found.items())
    ]
    return INTRODUCTION + "\n".join(rows) + "\n"


if __name__ == "__main__":
    TABLE.parent.mkdir(exist_ok=True)
    TABLE.write_text(table(), encoding="utf-8")
