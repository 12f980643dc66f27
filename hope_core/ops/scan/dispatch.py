"""Chooses the backend of the complex scan and brings the arguments into one type."""

from __future__ import annotations

from functools import lru_cache

import torch
from torch import Tensor

from hope_core.errors import ConfigError, Problem
from hope_core.ops.choice import chosen
from hope_core.ops.precision import computing_type, full_precision
from hope_core.ops.proof import constant_when_compiled, find_problem, largest_difference, warn_once
from hope_core.ops.scan.operators import complex_scan_op
from hope_core.ops.scan.reference import reference
from hope_core.table import did_you_mean


def scan_backends_for(device: torch.device | str, dtype: torch.dtype) -> tuple[str, ...]:
    """The backends that can run on this device with this type, the fastest first."""
    kind = torch.device(device).type
    if kind == "meta" or (kind == "cpu" and _fused_works(computing_type(dtype))):
        return ("fused", "chunked", "reference")
    return ("chunked", "reference")


def complex_scan(
    x_re: Tensor,
    x_im: Tensor,
    a_re: Tensor,
    a_im: Tensor,
    h0_re: Tensor,
    h0_im: Tensor,
    *,
    backend: str = "auto",
) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """The recurrence h_t = a_t h_{t-1} + x_t of complex channels, each on its own.

    Computed in float32, or in float64 if any argument is float64. Differentiable in all arguments.

    Args:
        x_re: what is written, real part, (B, T, D).
        x_im: its imaginary part.
        a_re: what the state is multiplied by, real part, (B, T, D).
        a_im: its imaginary part.
        h0_re: the state before the first token, real part, (B, D).
        h0_im: its imaginary part.
        backend: "auto", or one of `scan_backends_for(device, dtype)`.

    Returns:
        Every h, real and imaginary part, (B, T, D) in the type of x_re, and the last h, real and
        imaginary part, (B, D) in the computing type.

    Raises:
        ConfigError: shapes that do not fit, or a backend that is not available here.
    """
    given = (x_re, x_im, a_re, a_im, h0_re, h0_im)
    dtype = computing_type(*(x.dtype for x in given))
    arguments = [x.to(dtype) for x in given]
    _check(arguments)
    with full_precision(x_re.device):
        chosen = _choose(backend, arguments[0])
        if chosen == "reference":
            h_re, h_im = reference(*arguments)
        else:
            h_re, h_im = complex_scan_op(*arguments, chosen == "fused")
    return h_re.to(x_re.dtype), h_im.to(x_re.dtype), h_re[:, -1], h_im[:, -1]


def _choose(backend: str, x: Tensor) -> str:
    """The backend to run; for one token the plain formula is the fastest."""
    backend = chosen("scan", backend)
    if backend in ("reference", "chunked"):
        return backend
    if backend == "auto" and x.shape[1] == 1:
        return "reference"
    known = scan_backends_for(x.device, x.dtype)
    if backend == "auto":
        return known[0]
    if backend not in known:
        what = f"there is no '{backend}' on {x.device.type} here."
        raise ConfigError([Problem("backend", what, did_you_mean(backend, (*known, "auto")))])
    return backend


def _check(arguments: list[Tensor]) -> None:
    """Refuse shapes that do not fit together, naming each argument that is wrong."""
    names = ("x_re", "x_im", "a_re", "a_im", "h0_re", "h0_im")
    if arguments[0].dim() != 3 or arguments[0].shape[1] == 0:
        what = f"has shape {tuple(arguments[0].shape)}, expected (batch, time, width), time > 0."
        raise ConfigError([Problem("x_re", what)])
    B, T, D = arguments[0].shape
    expected = [(B, T, D)] * 4 + [(B, D)] * 2
    problems = [
        Problem(name, f"has shape {tuple(value.shape)}, expected {shape}.")
        for name, value, shape in zip(names, arguments, expected, strict=True)
        if tuple(value.shape) != shape
    ]
    if problems:
        raise ConfigError(problems)


@constant_when_compiled
def _fused_works(dtype: torch.dtype) -> bool:
    """Whether the fused kernels may be used for this type; warns once when they may not."""
    problem = _fused_problem(dtype)
    if problem:
        warn_once(problem)
    return not problem


@lru_cache(maxsize=2)
def _fused_problem(dtype: torch.dtype) -> str:
    """Why the fused kernels cannot be used, as a sentence; empty when they can."""
    return find_problem(_difference, dtype)


def _difference(dtype: torch.dtype) -> float:
    """The largest difference of fused from reference, on three tokens of five channels."""
    wave = torch.sin(torch.arange(1.0, 71.0, dtype=torch.float64)).to(dtype)
    leaves = [x.requires_grad_() for x in wave[:60].reshape(4, 1, 3, 5).unbind(0)]
    leaves += [x.requires_grad_() for x in wave[60:].reshape(2, 1, 5).unbind(0)]
    results = []
    for run in (lambda *x: complex_scan_op(*x, True), reference):
        ends = list(run(*leaves))
        grads = torch.autograd.grad([x.sin().sum() for x in ends], leaves)
        results.append([*(x.detach() for x in ends), *grads])
    return largest_difference(results)
