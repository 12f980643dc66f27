# ruff: noqa: ARG001 - the schema of an operator and of its shape function must be the same
"""The complex scan as custom operators: torch sees one opaque op forward and one backward.

The flag `compiled` says whether numba's kernels run (CPU only) or the chunk form.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
from torch import Tensor

from hope_core.ops.operators import operator
from hope_core.ops.scan.chunked import scan, scan_back
from hope_core.ops.threads import shared

if TYPE_CHECKING:
    import numpy as np
    from torch.autograd.function import FunctionCtx


@operator("hope::complex_scan")
def complex_scan_op(
    x_re: Tensor,
    x_im: Tensor,
    a_re: Tensor,
    a_im: Tensor,
    h0_re: Tensor,
    h0_im: Tensor,
    compiled: bool,
) -> tuple[Tensor, Tensor]:
    """Every h of h <- a h + x, real and imaginary part."""
    if not compiled:
        h = scan(torch.complex(x_re, x_im), torch.complex(a_re, a_im), torch.complex(h0_re, h0_im))
        return _own(h.real), _own(h.imag)
    from hope_core.ops.scan.kernels import STEP, forward

    B, T, D = x_re.shape
    h_re, h_im = x_re.new_empty(B, T, D), x_re.new_empty(B, T, D)
    pairs = (_pair(x_re, x_im), _pair(a_re, a_im), _pair(h0_re, h0_im), _pair(h_re, h_im))
    shared(lambda first, last: forward(first, last, T, D, *pairs), B * -(-D // STEP))
    return h_re, h_im


@complex_scan_op.register_fake
def _forward_shapes(
    x_re: Tensor,
    x_im: Tensor,
    a_re: Tensor,
    a_im: Tensor,
    h0_re: Tensor,
    h0_im: Tensor,
    compiled: bool,
) -> tuple[Tensor, Tensor]:
    """Room for the results of the scan."""
    return x_re.new_empty(x_re.shape), x_re.new_empty(x_re.shape)


@operator("hope::complex_scan_backward")
def _backward_op(
    g_re: Tensor,
    g_im: Tensor,
    a_re: Tensor,
    a_im: Tensor,
    h0_re: Tensor,
    h0_im: Tensor,
    h_re: Tensor,
    h_im: Tensor,
    compiled: bool,
) -> list[Tensor]:
    """Gradients of x, a and h0, each real and imaginary."""
    if not compiled:
        parts = ((g_re, g_im), (a_re, a_im), (h_re, h_im), (h0_re, h0_im))
        grads = scan_back(*(torch.complex(*part) for part in parts))
        return [_own(part) for grad in grads for part in (grad.real, grad.imag)]
    from hope_core.ops.scan.kernels import STEP, backward

    B, T, D = a_re.shape
    outs = [a_re.new_empty(B, T, D) for _ in range(4)]
    outs += [a_re.new_empty(B, D) for _ in range(2)]
    given = (_pair(g_re, g_im), _pair(a_re, a_im), _pair(h0_re, h0_im), _pair(h_re, h_im))
    taken = (_pair(outs[0], outs[1]), _pair(outs[2], outs[3]), _pair(outs[4], outs[5]))
    shared(lambda first, last: backward(first, last, T, D, *given, *taken), B * -(-D // STEP))
    return outs


@_backward_op.register_fake
def _backward_shapes(
    g_re: Tensor,
    g_im: Tensor,
    a_re: Tensor,
    a_im: Tensor,
    h0_re: Tensor,
    h0_im: Tensor,
    h_re: Tensor,
    h_im: Tensor,
    compiled: bool,
) -> list[Tensor]:
    """Room for the gradients."""
    like = (a_re, a_re, a_re, a_re, h0_re, h0_re)
    return [x.new_empty(x.shape) for x in like]


def _remember(ctx: FunctionCtx, inputs: tuple[object, ...], output: tuple[Tensor, ...]) -> None:
    """Keep a, h0 and every h for the backward pass."""
    _, _, *kept, compiled = inputs
    ctx.compiled = compiled  # type: ignore[attr-defined]
    ctx.save_for_backward(*kept, *output)  # type: ignore[arg-type]


def _differentiate(ctx: FunctionCtx, g_re: Tensor, g_im: Tensor) -> tuple[Tensor | None, ...]:
    """The chain rule through the scan."""
    saved = ctx.saved_tensors  # type: ignore[attr-defined]
    return (*_backward_op(g_re, g_im, *saved, ctx.compiled), None)  # type: ignore[attr-defined]


complex_scan_op.register_autograd(_differentiate, setup_context=_remember)


def _own(part: Tensor) -> Tensor:
    """A part of complex numbers in memory of its own, which an operator's results must have."""
    return part.clone(memory_format=torch.contiguous_format)


def _pair(real: Tensor, imaginary: Tensor) -> tuple[np.ndarray, np.ndarray]:
    """Both parts as flat arrays in the order of their indices."""
    one, other = (x.detach().contiguous().view(-1).numpy() for x in (real, imaginary))
    return one, other
