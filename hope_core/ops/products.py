"""Products of tokens and weights, by the library that is fastest on this machine.

Notable: torch multiplies float32 matrices with MKL, which on processors not of Intel's make falls
back to code for older machines; oneDNN, which torch brings along for its compiler, is then twice as
fast at the same precision. Everything else takes torch's own way.
"""

from __future__ import annotations

import platform
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch
from torch import Tensor, nn
from torch._subclasses.fake_tensor import unset_fake_temporarily
from torch.nn import functional

if TYPE_CHECKING:
    from torch.autograd.function import FunctionCtx

FEW = 32
"""Up to so many tokens, starting oneDNN costs more than it saves."""


def linear(x: Tensor, weight: Tensor) -> Tensor:
    """Tokens x (..., inputs) times weight (outputs, inputs): (..., outputs)."""
    if _is_ours(x, weight):
        y = _product(x.reshape(-1, x.shape[-1]), weight)
        return y.view(*x.shape[:-1], weight.shape[0])
    return functional.linear(x, weight)


def outer(left: Tensor, right: Tensor) -> Tensor:
    """The sum over all tokens of left_t right_t^T: (..., N), (..., D) -> (N, D)."""
    left, right = left.reshape(-1, left.shape[-1]), right.reshape(-1, right.shape[-1])
    if left.shape[1] > right.shape[1]:  # faster with the narrower one first
        return linear(right.mT, left.mT).mT
    return linear(left.mT, right.mT)


def _is_ours(x: Tensor, weight: Tensor) -> bool:
    """Whether oneDNN multiplies these: plain float32 on a CPU, and enough of it."""
    return (
        x.dtype == weight.dtype == torch.float32
        and x.device.type == weight.device.type == "cpu"
        and type(x) is Tensor
        and type(weight) in (Tensor, nn.Parameter)
        and x.numel() > FEW * x.shape[-1]
        and not torch.is_autocast_enabled("cpu")
        and not torch.compiler.is_compiling()
        and onednn_is_faster()
    )


def _product(x: Tensor, weight: Tensor) -> Tensor:
    """The product x weight^T of matrices; the graph is left out where nobody asks for gradients."""
    if torch.is_grad_enabled() and (x.requires_grad or weight.requires_grad):
        y: Tensor = _Product.apply(x, weight)  # type: ignore[no-untyped-call]
        return y
    return _multiply(x, weight)


class _Product(torch.autograd.Function):
    """The product x weight^T and its gradients, which are such products again: of any order."""

    @staticmethod
    def forward(ctx: FunctionCtx, x: Tensor, weight: Tensor) -> Tensor:
        ctx.save_for_backward(x, weight)
        return _multiply(x, weight)

    @staticmethod
    def backward(ctx: Any, slope: Tensor) -> tuple[Tensor | None, Tensor | None]:  # noqa: ANN401
        x, weight = ctx.saved_tensors
        wanted_x, wanted_weight = ctx.needs_input_grad
        return (
            _product(slope, weight.mT) if wanted_x else None,
            outer(slope, x) if wanted_weight else None,
        )


def _multiply(x: Tensor, weight: Tensor) -> Tensor:
    """The product x weight^T by oneDNN."""
    y: Tensor = torch.ops.mkldnn._linear_pointwise(x, weight, None, "none", [], "")
    return y


@lru_cache(maxsize=1)
def onednn_is_faster() -> bool:
    """Whether oneDNN is there, agrees with torch's product and runs on a machine not of Intel's.

    Decided by the machine's make and not by timing, so that a run gives the same numbers whenever
    it is repeated.
    """
    if platform.machine().lower() not in ("x86_64", "amd64") or _maker() == "GenuineIntel":
        return False
    if not torch.backends.mkldnn.is_available():  # type: ignore[no-untyped-call]
        return False
    try:
        with unset_fake_temporarily(), torch.inference_mode(mode=False), torch.no_grad():
            return _agrees()
    except (AttributeError, RuntimeError, TypeError):
        return False


def _agrees() -> bool:
    """Whether oneDNN multiplies two small matrices as torch does."""
    one, other = torch.sin(torch.arange(24.0, device="cpu")).view(2, 3, 4).unbind(0)
    return bool(torch.allclose(_multiply(one, other), one @ other.mT, atol=1e-5))


def _maker() -> str:
    """The processor's maker as it names itself; empty where nobody tells."""
    told = Path("/proc/cpuinfo")
    if told.exists():
        lines = told.read_text(encoding="utf-8", errors="replace").splitlines()
        names = [line.partition(":")[2].strip() for line in lines if line.startswith("vendor_id")]
        return names[0] if names else ""
    return platform.processor().rpartition(", ")[2]
