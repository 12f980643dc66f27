"""Chooses the form of the recurrence of pairs and brings the arguments into one type."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hope_core.errors import ConfigError, Problem
from hope_core.ops.choice import chosen
from hope_core.ops.matrix_scan.operators import matrix_scan_op
from hope_core.ops.matrix_scan.reference import reference
from hope_core.ops.precision import computing_type, full_precision
from hope_core.table import did_you_mean

if TYPE_CHECKING:
    from torch import Tensor

MATRIX_SCAN_BACKENDS = ("chunked", "reference")
"""The forms there are, on every device."""


def matrix_scan(
    x: Tensor, A: Tensor, h0: Tensor, *, backend: str = "auto"
) -> tuple[Tensor, Tensor]:
    """The recurrence h_t = A_t h_{t-1} + x_t of pairs of real numbers, each channel on its own.

    Computed in float32, or in float64 if any argument is float64. Differentiable in all arguments.

    Args:
        x: what is written, (B, T, 2, D).
        A: what the state is multiplied by, a matrix a channel, (B, T, 2, 2, D).
        h0: the state before the first token, (B, 2, D).
        backend: "auto" or one of `MATRIX_SCAN_BACKENDS`; where others have a compiled form and
            this has none ("fused"), the chunk form runs.

    Returns:
        Every h, (B, T, 2, D) in the type of x, and the last, (B, 2, D) in the computing type.

    Raises:
        ConfigError: shapes that do not fit, or a form that there is not.
    """
    _check(x, A, h0)
    dtype = computing_type(x.dtype, A.dtype, h0.dtype)
    arguments = [value.to(dtype) for value in (x, A, h0)]
    run = reference if _chosen(backend, x.shape[1]) == "reference" else matrix_scan_op
    with full_precision(x.device):
        h = run(*arguments)
    return h.to(x.dtype), h[:, -1]


def _chosen(backend: str, length: int) -> str:
    """The form to run; for one token the plain formula is the fastest."""
    backend = chosen("matrix_scan", backend)
    if backend in ("auto", "fused"):
        return "reference" if length == 1 else "chunked"
    if backend not in MATRIX_SCAN_BACKENDS:
        hint = did_you_mean(backend, (*MATRIX_SCAN_BACKENDS, "auto"))
        raise ConfigError([Problem("backend", f"there is no '{backend}'.", hint)])
    return backend


def _check(x: Tensor, A: Tensor, h0: Tensor) -> None:
    """Refuse shapes that do not fit together, naming each argument that is wrong."""
    if x.dim() != 4 or x.shape[1] == 0 or x.shape[2] != 2:
        what = f"has shape {tuple(x.shape)}, expected (batch, time, 2, width), time > 0."
        raise ConfigError([Problem("x", what)])
    B, T, _, D = x.shape
    expected = {"A": (A, (B, T, 2, 2, D)), "h0": (h0, (B, 2, D))}
    problems = [
        Problem(name, f"has shape {tuple(value.shape)}, expected {shape}.")
        for name, (value, shape) in expected.items()
        if tuple(value.shape) != shape
    ]
    if problems:
        raise ConfigError(problems)
