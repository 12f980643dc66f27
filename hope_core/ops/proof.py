"""Whether compiled kernels can be used here: numba is there, compiles, and computes correctly."""

from __future__ import annotations

import re
import warnings
from importlib import import_module
from importlib.util import find_spec
from subprocess import SubprocessError
from typing import TYPE_CHECKING, TypeVar

import torch
from torch._subclasses.fake_tensor import unset_fake_temporarily
from torch.autograd.graph import saved_tensors_hooks

if TYPE_CHECKING:
    from collections.abc import Callable

Answer = TypeVar("Answer", bound="Callable[..., object]")

BREAKAGES: tuple[type[Exception], ...] = (
    ImportError,
    SyntaxError,
    OSError,
    RuntimeError,
    AttributeError,
    TypeError,
    ValueError,
    LookupError,
    NotImplementedError,
    SubprocessError,
)
"""What a half-installed or mismatched package has been seen to raise."""

_reasons: list[str] = []
_COLOURS = re.compile(r"\x1b\[[0-9;]*m")


class SlowKernelsWarning(RuntimeWarning):
    """Fast kernels are not used here, and why."""


def constant_when_compiled(function: Answer) -> Answer:
    """Let torch.compile ask this function once and keep its answer.

    The mark that `torch.compiler.assume_constant_result` sets, without its import of the compiler,
    which takes more than a second.
    """
    function._dynamo_marked_constant = True  # type: ignore[attr-defined]
    return function


def find_problem(difference: Callable[[torch.dtype], float], dtype: torch.dtype) -> str:
    """Why kernels cannot be used for a type, as a sentence for people; empty when they can.

    `difference` runs them on a tiny case and returns how far they are from the slow reference.
    """
    try:
        if find_spec("numba") is None:
            return "numba is not installed: memories run on the slower chunked kernels."
        with (
            unset_fake_temporarily(),
            torch.inference_mode(mode=False),
            torch.enable_grad(),
            saved_tensors_hooks(_same, _same),
            torch.autocast("cpu", enabled=False),
        ):
            error = difference(dtype)
    except breakages_of("numba.core.errors", "NumbaError") as failure:
        told = first_line(failure)
        return f"numba does not work here ({told}): memories run on the slower chunked kernels."
    if not error < (1e-10 if dtype == torch.float64 else 1e-4):
        return f"numba computes wrong values here (off by {error:.1e}): it is not used."
    return ""


def breakages_of(module: str, base: str) -> tuple[type[Exception], ...]:
    """`BREAKAGES`, and a compiler's own errors; their base stands where all may be broken."""
    try:
        own: type[Exception] = getattr(import_module(module), base)
    except BREAKAGES:
        return BREAKAGES
    return (*BREAKAGES, own)


def first_line(failure: Exception) -> str:
    """What a failure says, short enough for a sentence: its first line, without colours."""
    lines = _COLOURS.sub("", str(failure)).strip().splitlines()
    return lines[0] if lines else type(failure).__name__


def warn_once(problem: str) -> None:
    """Say that kernels are not used, once for each reason."""
    if problem not in _reasons:
        _reasons.append(problem)
        warnings.warn(problem, SlowKernelsWarning, stacklevel=5)


def slow_kernels() -> tuple[str, ...]:
    """Why fast kernels are not used, a sentence for each reason that was met in this process."""
    return tuple(_reasons)


def largest_difference(results: list[list[torch.Tensor]]) -> float:
    """The largest difference between the tensors of two lists; not a number if any is none."""
    return float(
        torch.stack([(one - other).abs().max() for one, other in zip(*results, strict=True)]).max()
    )


def _same(tensor: torch.Tensor) -> torch.Tensor:
    """Keep tensors as they are: a proof is no part of the pass that happens to begin with it."""
    return tensor
