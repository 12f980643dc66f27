"""Whether compiled kernels can be used here: numba is there, compiles, and computes correctly."""

from __future__ import annotations

import warnings
from functools import lru_cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, TypeVar

import torch
from torch._subclasses.fake_tensor import unset_fake_temporarily
from torch.autograd.graph import saved_tensors_hooks

if TYPE_CHECKING:
    from collections.abc import Callable

Answer = TypeVar("Answer", bound="Callable[..., object]")

BREAKAGES = (
    ImportError,
    OSError,
    RuntimeError,
    AttributeError,
    TypeError,
    ValueError,
    LookupError,
    NotImplementedError,
)
"""What a half-installed or mismatched compiler has been seen to raise."""


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
    if find_spec("numba") is None:
        return "numba is not installed: memories run on the slower chunked kernels."
    try:
        with (
            unset_fake_temporarily(),
            torch.inference_mode(mode=False),
            torch.enable_grad(),
            saved_tensors_hooks(_same, _same),
            torch.autocast("cpu", enabled=False),
        ):
            error = difference(dtype)
    except BREAKAGES as failure:
        return f"numba does not work here ({failure}): memories run on the chunked kernels."
    if not error < (1e-10 if dtype == torch.float64 else 1e-4):
        return f"numba computes wrong values here (off by {error:.1e}): it is not used."
    return ""


@lru_cache(maxsize=8)
def warn_once(problem: str) -> None:
    """Say that kernels are not used, once for each reason."""
    warnings.warn(problem, RuntimeWarning, stacklevel=5)


def largest_difference(results: list[list[torch.Tensor]]) -> float:
    """The largest difference between the tensors of two lists; not a number if any is none."""
    return float(
        torch.stack([(one - other).abs().max() for one, other in zip(*results, strict=True)]).max()
    )


def _same(tensor: torch.Tensor) -> torch.Tensor:
    """Keep tensors as they are: a proof is no part of the pass that happens to begin with it."""
    return tensor
