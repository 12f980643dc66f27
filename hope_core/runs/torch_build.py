"""For which GPUs the installed torch was built, read from its files without loading it."""

from __future__ import annotations

import ast
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import NamedTuple

_NAMES = ("cuda", "hip")


class TorchBuild(NamedTuple):
    """Versions of the GPU libraries that torch was built with; empty: without."""

    cuda: str = ""
    """NVIDIA's, such as 13.0."""
    hip: str = ""
    """AMD's ROCm."""


def torch_build() -> TorchBuild | None:
    """What torch/version.py says; None where torch is not installed or does not say it."""
    try:
        file = Path(str(distribution("torch").locate_file("torch/version.py")))
        return build_told_by(file.read_text(encoding="utf-8"))
    except (PackageNotFoundError, OSError, UnicodeDecodeError):
        return None


def build_told_by(source: str) -> TorchBuild | None:
    """The versions that the text of torch/version.py gives to its names; None: it gives none."""
    try:
        lines = ast.parse(source).body
    except (SyntaxError, ValueError):
        return None
    told = {name: value for line in lines for name, value in _assigned(line) if name in _NAMES}
    if "cuda" not in told:
        return None
    return TorchBuild(**{name: value or "" for name, value in told.items()})


def _assigned(line: ast.stmt) -> list[tuple[str, str | None]]:
    """The names that a plain assignment of a text, or of None, sets."""
    targets: list[ast.expr]
    if isinstance(line, ast.AnnAssign):
        targets, value = [line.target], line.value
    elif isinstance(line, ast.Assign):
        targets, value = line.targets, line.value
    else:
        return []
    if not isinstance(value, ast.Constant) or not isinstance(value.value, str | None):
        return []
    return [(target.id, value.value) for target in targets if isinstance(target, ast.Name)]
