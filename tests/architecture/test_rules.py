"""The house rules that a test can hold: no pickle, no size without bound, documented modules."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import hope_core

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(hope_core.__file__).parent.parent
SOURCES = sorted([*(ROOT / "hope_core").rglob("*.py"), *(ROOT / "hope_studio").rglob("*.py")])
IMPORTER = "hope_core/exchange/foreign.py"
"""The one module that may open a checkpoint of torch's: in a process of its own, with limits."""
FORBIDDEN_CALLS = {
    ("torch", "load"),
    ("serialization", "load"),
    ("jit", "load"),
    ("hub", "load"),
    ("dcp", "load"),
    ("yaml", "load_all"),
    ("yaml", "unsafe_load"),
    ("yaml", "full_load"),
    ("", "eval"),
    ("", "exec"),
}
FORBIDDEN_MODULES = {"pickle", "dill", "cloudpickle", "joblib", "marshal", "shelve"}


@cache
def parse(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def nodes(*kinds: type[ast.AST]) -> Iterator[tuple[str, ast.AST]]:
    """Every node of these kinds in the two packages, with its place."""
    for path in SOURCES:
        for node in ast.walk(parse(path)):
            if isinstance(node, kinds):
                yield f"{path.relative_to(ROOT)}:{node.lineno}", node


def called_name(node: ast.Call) -> tuple[str, str]:
    if isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name):
        return node.func.value.id, node.func.attr
    return ("", node.func.id) if isinstance(node.func, ast.Name) else ("", "")


def test_no_call_runs_code_from_a_file() -> None:
    found = [
        place
        for place, node in nodes(ast.Call)
        if called_name(node) in FORBIDDEN_CALLS and not place.startswith(f"{IMPORTER}:")
    ]
    pickling = [
        place
        for place, node in nodes(ast.Call)
        if any(keyword.arg == "allow_pickle" for keyword in node.keywords)
    ]
    assert not found + pickling


def test_one_module_opens_checkpoints_of_torch_and_takes_weights_only() -> None:
    calls = {
        place.partition(":")[0]: {k.arg: ast.unparse(k.value) for k in node.keywords}
        for place, node in nodes(ast.Call)
        if called_name(node) == ("torch", "load")
    }
    assert calls == {IMPORTER: {"weights_only": "True", "map_location": "'cpu'", "mmap": "False"}}


def test_no_call_trusts_a_checkpoint_or_unpacks_an_archive_by_its_own_names() -> None:
    trusting = [
        place
        for place, node in nodes(ast.Call)
        for keyword in node.keywords
        if keyword.arg == "weights_only" and ast.unparse(keyword.value) != "True"
    ]
    unpacking = [
        place
        for place, node in nodes(ast.Attribute)
        if node.attr in ("extractall", "extract", "unpack_archive")
    ]
    assert not trusting + unpacking


def test_no_module_pickles() -> None:
    plain = [
        place
        for place, node in nodes(ast.Import)
        if FORBIDDEN_MODULES & {alias.name for alias in node.names}
    ]
    named = [place for place, node in nodes(ast.ImportFrom) if node.module in FORBIDDEN_MODULES]
    assert not plain + named


def test_every_file_opens_with_a_sentence() -> None:
    assert not [path for path in SOURCES if not ast.get_docstring(parse(path))]


def test_every_file_can_be_held_in_the_head() -> None:
    assert not [path for path in SOURCES if path.read_text(encoding="utf-8").count("\n") > 400]


def test_no_exception_is_passed_over_in_silence() -> None:
    assert not [
        place
        for place, node in nodes(ast.ExceptHandler)
        if all(isinstance(statement, ast.Pass) for statement in node.body)
    ]


def test_no_lambda_is_connected_to_a_signal() -> None:
    assert not [
        place
        for place, node in nodes(ast.Call)
        if isinstance(node.func, ast.Attribute)
        and node.func.attr == "connect"
        and any(isinstance(argument, ast.Lambda) for argument in node.args)
    ]
