"""Which code a result depends on: a digest of what a model and its optimizer are made of.

Notable: found by following the imports from the model's own modules, so that a change to another
memory, to a panel or to the command line makes no result old. Kernels are left out: tests hold each
of them to one slow reference, so that a faster one changes no result. Tables of names (the
packages' `__init__`) and settings are left out too: what they say stands in the result's key.
"""

from __future__ import annotations

import ast
import hashlib
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

PARTS = ("hope_core.models.", "hope_core.memories.", "hope_core.nn.", "hope_core.optim.")
LEARNING = tuple(f"hope_core.optim.{name}" for name in ("adamw", "muon", "nested", "schedule"))


@cache
def code_digest(modules: frozenset[str]) -> str:
    """Of the modules named, of the optimizers', and of all they import from `PARTS`."""
    digest = hashlib.sha256()
    for place in sorted(_reached([*modules, *LEARNING]).values()):
        digest.update(place.read_bytes())
    return digest.hexdigest()[:12]


def _reached(modules: Iterable[str]) -> dict[str, Path]:
    """The files of the modules and of what they import, by module."""
    found: dict[str, Path] = {}
    waiting = list(modules)
    while waiting:
        name = waiting.pop()
        place = None if name in found else _file(name)
        if place is not None:
            found[name] = place
            waiting += _imported(place)
    return found


def _file(module: str) -> Path | None:
    """The module's own file; None for a package and for what is no module of ours."""
    spec = find_spec(module)
    if spec is None or spec.origin is None or spec.submodule_search_locations is not None:
        return None
    return Path(spec.origin)


def _imported(place: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(place.read_bytes())):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith(PARTS):
            yield node.module
