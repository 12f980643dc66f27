"""Chooses between the compiled action and plain torch."""

from __future__ import annotations

from functools import lru_cache

import torch
from torch import Tensor

from hope_core.ops.choice import chosen
from hope_core.ops.mobius import operators, reference
from hope_core.ops.proof import constant_when_compiled, find_problem, largest_difference, warn_once


def act(x: Tensor, matrix: Tensor) -> Tensor:
    """Y = s A x for each channel, s = |x| / |A x|: x (..., 4 C), matrix (4, 4, C) -> (..., 4 C).

    Computed in float32 at least and returned in the type of x.
    """
    dtype = torch.promote_types(x.dtype, matrix.dtype)
    rows, matrix = x.to(dtype).reshape(-1, x.shape[-1]), matrix.to(dtype)
    run = operators.mobius_act if _fits(rows, matrix) else reference.act
    y: Tensor = run(rows, matrix)
    return y.view(x.shape).to(x.dtype)


def _fits(x: Tensor, matrix: Tensor) -> bool:
    """Whether the compiled form takes these: on a CPU, more than a few rows."""
    return (
        x.device.type == "cpu"
        and matrix.device.type == "cpu"
        and len(x) > 1
        and chosen("mobius", "auto") in ("auto", "fused")
        and _works(x.dtype)
    )


@constant_when_compiled
def _works(dtype: torch.dtype) -> bool:
    """Whether the compiled form may be used for this type; warns once when it may not."""
    problem = _problem(dtype)
    if problem:
        warn_once(problem)
    return not problem


@lru_cache(maxsize=2)
def _problem(dtype: torch.dtype) -> str:
    """Why the compiled form cannot be used, as a sentence; empty when it can."""
    return find_problem(_difference, dtype)


def _difference(dtype: torch.dtype) -> float:
    """The largest difference from plain torch, on three tokens of two channels."""
    wave = torch.sin(torch.arange(1.0, 57.0, dtype=torch.float64)).to(dtype)
    leaves = [wave[:24].view(3, 8).requires_grad_(), wave[24:].view(4, 4, 2).requires_grad_()]
    results = []
    for run in (operators.mobius_act, reference.act):
        y = run(*leaves)
        results.append([y.detach(), *torch.autograd.grad(y.sin().sum(), leaves)])
    return largest_difference(results)
