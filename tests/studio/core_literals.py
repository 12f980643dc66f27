"""Every text that stands in the sources of the core, as a pattern with `{}` for its values."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import hope_core

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(hope_core.__file__).parent
SILENT_FILES = (
    "cli/",  # the command line stays English
    "bench/",  # and so do its measurements,
    "drawing/run_figures.py",  # its drawings
    "reports/bars.py",
    "data/tales/",  # a text to learn from
    "ops/matrix_scan/",  # told to who writes programs
    "ops/recurrence/arguments.py",
    "ops/recurrence/dispatch.py",
    "ops/scan/",
    "analysis/history_cache.py",  # what cannot be read is measured again
    "runs/column_file.py",
)
"""What the window never shows."""
SILENT_TEXTS = {
    "_orig_mod.", "module.", "can't allocate memory", "connection closed",
    "connection reset", "disk full", "disk quota", "file too large", "model name",
    "no space left", "timed out",  # looked for in what others say
    "after validation", "a valid boolean", "a valid dictionary or instance",
    "a valid dictionary or object to extract fields from", "a valid integer", "a valid number",
    "a valid string", "a valid tuple",  # pydantic's, replaced
    "choosing text", "learning tokens", "every step", "fast weight", "last session",
    # names that the window has words of its own for
    "value: {}", "tuple[Tensor, S]", "tuple[Tensor, Tensor]", "weight: {} is not in [0, 1)",
    "tuple[Tensor, Tensor, Tensor, Tensor]",  # for ourselves
    "NVIDIA driver",  # a name in the list of versions
    "name the run to train, or --serve",  # the trainer's own command line
    "{} with {} {} and {} GB of memory", "{}; it trains on {}.",
    "{}; no NVIDIA GPU, so it trains on the CPU.",  # the command line's; the window has its own
}  # fmt: skip
"""Of the other files."""
SILENT_CALLS = {"compile", "warning", "debug", "info", "filterwarnings", "add_argument"}
SILENT_KEYWORDS = {"description"}
"""The settings' own words are collected from their classes."""
SAYS_MUCH = re.compile(r"[^\W\d_]{2,}[,:;.]? [^\W\d_]|[^\W\d_]{2}.*[.!?](\s|$)|[^\W\d_]{2}.*: \{\}")
"""Two words in a row, a sentence, or words that something is said of."""
TEMPLATE_TEXT = re.compile(r'say\("([^"]+)"\)')
_BORDER = re.compile(r"(?<=[.!?])\s|(?<=\.)(?=\{\}(?:\s|$))|(?<=\})\s(?=[A-Z][a-z']* )|\n")


class Literal(NamedTuple):
    """One text and where it stands."""

    place: str
    text: str


def core_literals() -> Iterator[Literal]:
    """Every sentence, and every phrase of several words, that the core could show a person."""
    for place, text in core_texts():
        if SAYS_MUCH.search(text):
            yield from (Literal(place, said) for said in sentences_of(text))


@cache
def core_texts() -> tuple[Literal, ...]:
    """Every text of the files that the window shows something of."""
    found = []
    for path in sorted(ROOT.rglob("*.py")):
        name = path.relative_to(ROOT).as_posix()
        if not name.startswith(SILENT_FILES):
            texts = _texts(ast.parse(path.read_text("utf-8")))
            found += [Literal(f"{name}:{line}", text) for line, text in texts]
    for path in sorted(ROOT.rglob("*.j2")):
        said = TEMPLATE_TEXT.findall(path.read_text("utf-8"))
        found += [Literal(path.name, re.sub(r"\{\w+\}", "{}", text)) for text in said]
    return tuple(found)


def sentences_of(text: str) -> list[str]:
    """A text in sentences, without the space around them and without values and formulas."""
    pieces = (piece.strip() for piece in _BORDER.split(text))
    said = [piece for piece in pieces if holds_words(piece) and not piece.startswith("$")]
    return [piece for piece in said if piece not in SILENT_TEXTS]


def holds_words(text: str) -> bool:
    """Whether there are words in it."""
    return re.search(r"[^\W\d_]{2}", text) is not None


def _texts(node: ast.AST) -> Iterator[tuple[int, str]]:
    for child in ast.iter_child_nodes(node):
        if _is_silent(child):
            continue
        if isinstance(child, ast.Constant) and isinstance(child.value, str):
            yield child.lineno, _plain(child.value)
        elif isinstance(child, ast.JoinedStr):
            yield child.lineno, "".join(map(_piece, child.values))
            for part in child.values:
                if isinstance(part, ast.FormattedValue):
                    yield from _texts(part)
        else:
            yield from _texts(child)


def _piece(part: ast.expr) -> str:
    return _plain(str(part.value)) if isinstance(part, ast.Constant) else "{}"


def _plain(text: str) -> str:
    """A brace that stands for itself would be taken for a value."""
    return text.replace("{", "(").replace("}", ")")


def _is_silent(node: ast.AST) -> bool:
    """Documentation, what a form shows, what goes to a log or is only for ourselves."""
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Constant)
    if isinstance(node, ast.keyword):
        return node.arg in SILENT_KEYWORDS
    if isinstance(node, ast.Call):
        return getattr(node.func, "attr", "") in SILENT_CALLS
    return isinstance(node, ast.Assert)
