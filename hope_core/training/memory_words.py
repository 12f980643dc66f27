"""What a memory's measurements say about a run that diverged: which layer, and why, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch

from hope_core.memories.stability import SAFE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from torch import Tensor

OUTGROWN = 100.0
"""A memory this many times the median of all is called too large."""


def memory_words(probe: Mapping[str, Tensor]) -> str:
    """Sentences that name the layer whose memory is at fault, or say that none is.

    Of several whose writes are too strong it is the one that has grown most; later layers only
    inherit what is no number.

    Args:
        probe: what `LanguageModel.probe` measured on the batch that failed; {} gives no words.
    """
    if "memory_norm" not in probe or "stability_bound" not in probe:
        return ""
    norms, bounds = probe["memory_norm"], probe["stability_bound"]
    if (bounds > SAFE).any():
        sizes = torch.nan_to_num(norms, nan=torch.inf).where(bounds > SAFE, -1.0)
        layer, head = divmod(int(sizes.argmax()), norms.shape[1])
        return (
            f"The writes of layer {layer + 1}, head {head + 1} are too strong to settle: theta "
            f"lambda_max(K^T K) / (1 - eta) is {float(bounds[layer, head]):.3g} there and is safe "
            f"only up to {SAFE:g}.{_size(norms[layer, head])} Lower the largest step of "
            "the memory: its theta_max, beta_max or eta_max under model.memory."
        )
    if not torch.isfinite(norms).all():
        layer, head = (~torch.isfinite(norms)).nonzero()[0].tolist()
        return (
            f"The memory of layer {layer + 1}, head {head + 1} is the first that is not finite, "
            f"though its writes are not too strong (bound {float(bounds[layer, head]):.3g}, safe "
            f"up to {SAFE:g}): what it was given to write was too large or no number."
        )
    if (norms > OUTGROWN * norms.median()).any():
        layer, head = divmod(int(norms.argmax()), norms.shape[1])
        return (
            f"The memory of layer {layer + 1}, head {head + 1} outgrew the others:"
            f"{_size(norms[layer, head])} The median of all is {float(norms.median()):.3g}."
        )
    return (
        f"No memory is at fault: their norms are at most {float(norms.max()):.3g}, their writes "
        f"settle (bound at most {float(bounds.max()):.3g}, safe up to {SAFE:g})."
    )


def _size(norm: Tensor) -> str:
    return f" Its norm is {float(norm):.3g}."
