"""A deeper look into a memory than `LanguageModel.probe`: its matrices, and a second reading.

Shapes: L layers, H heads, T tokens; the live state is never touched.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
from torch import Tensor
from torch.nn.functional import adaptive_avg_pool2d

from hope_core.models.memory_parts import head_matrices, twistor_ratios

if TYPE_CHECKING:
    from hope_core.models.contract import LanguageModel

SIDE = 64
"""Rows and columns of a matrix that are kept, at most."""
BUDGET = 65_536
"""Bytes that the matrices of one look may take; more heads leave each a coarser picture."""
FINEST_SIDE, FINEST_BUDGET = 256, 4 << 20
"""The same of the one picture that is kept of the newest looks alone."""


@torch.no_grad()
def look_deeper(
    model: LanguageModel, tokens: Tensor, measured: dict[str, Tensor]
) -> tuple[dict[str, Tensor], list[Tensor] | None]:
    """What the memory holds after a text, and how it takes the text a second time.

    Args:
        model: the live model.
        tokens: the text (1, T).
        measured: what `model.probe` said of it.

    Returns:
        surprise_again (L, T) of the second reading; matrices (L, H, rows, columns) float16, root
        mean squares of blocks; singular_values (L, H, k) float16; effective_rank (L, H): e to the
        entropy of the singular values; z (L, H, 2) of twistors; each where the model has it. And
        the whole matrices, one tensor (H, rows, columns) a layer, or None.
    """
    found: dict[str, Tensor] = {}
    if "surprise" in measured:
        twice = model.probe(torch.cat([tokens, tokens], dim=1))
        found["surprise_again"] = twice["surprise"][:, tokens.shape[1] :]
    norms = measured.get("memory_norm")
    if norms is None or norms.dim() != 2:
        return found, None
    _, state = model(tokens)
    heads = head_matrices(state, norms)
    if heads is None:
        return found, None
    ratios = twistor_ratios(state, norms)
    if ratios is not None:
        found["z"] = ratios.cpu()
    heads = [matrix.detach().float().cpu() for matrix in heads]
    if len({matrix.shape for matrix in heads}) == 1:
        found |= _spectra(torch.stack(heads))
    return found, heads


def change(now: list[Tensor], before: list[Tensor]) -> Tensor:
    """Frobenius norms (L, H) of how far every head moved between two looks."""
    pairs = zip(now, before, strict=True)
    return torch.stack([torch.linalg.matrix_norm(new - old) for new, old in pairs])


def finest(heads: list[Tensor]) -> Tensor | None:
    """The same matrices (H, rows, columns) of each layer as finely as the newest looks keep them.

    Returns:
        Sizes of the entries (L, H, rows, columns) float16, root mean squares of blocks only where
        the memory is larger than the picture; None where layers differ in shape.
    """
    if len({matrix.shape for matrix in heads}) != 1:
        return None
    return _coarse(torch.stack(heads), FINEST_SIDE, FINEST_BUDGET).half()


def _spectra(matrices: Tensor) -> dict[str, Tensor]:
    values = torch.linalg.svdvals(matrices)
    shares = values / values.sum(-1, keepdim=True).clamp_min(1e-12)
    entropy = -(shares * shares.clamp_min(1e-12).log()).sum(-1)
    return {
        "matrices": _coarse(matrices).half(),
        "singular_values": values[..., :SIDE].half(),
        "effective_rank": entropy.exp(),
    }


def _coarse(matrices: Tensor, side: int = SIDE, budget: int = BUDGET) -> Tensor:
    layers, heads, rows, columns = matrices.shape
    while side > 1 and 2 * layers * heads * min(side, rows) * min(side, columns) > budget:
        side //= 2
    size = min(side, rows), min(side, columns)
    return adaptive_avg_pool2d(matrices.square(), size).sqrt()
