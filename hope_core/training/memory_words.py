"""What a memory's measurements say about a run that diverged: which layer, and why, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch

from hope_core.config.memories import WritingSettings
from hope_core.memories.stability import SAFE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from torch import Tensor, nn

OUTGROWN = 100.0
"""A memory this many times the median of all is called too large."""
CALMER = "Lower the memory's largest step."


def calmer_writes(model: nn.Module) -> str:
    """Which setting to lower where a memory's writes are too strong, and what it is now."""
    for module in model.modules():
        settings = getattr(module, "settings", None)
        if isinstance(settings, WritingSettings):
            name = settings.largest_step
            return (
                f"Lower the memory's largest step: model.memory.{name}, now "
                f"{getattr(settings, name):g}."
            )
    return CALMER


def memory_words(probe: Mapping[str, Tensor], calmer: str = CALMER) -> str:
    """Sentences that name the layer whose memory is at fault, or say that none is.

    Of several whose writes are too strong it is the one that has grown most; later layers only
    inherit what is no number.

    Args:
        probe: what `LanguageModel.probe` measured on the batch that failed; {} gives no words.
        calmer: what to do where writes are too strong, as a sentence.
    """
    if "memory_norm" not in probe:
        return ""
    norms = probe["memory_norm"]
    bounds = probe.get("stability_bound", torch.full_like(norms, torch.nan))
    if (bounds > SAFE).any():
        sizes = torch.nan_to_num(norms, nan=torch.inf).where(bounds > SAFE, -1.0)
        layer, head = divmod(int(sizes.argmax()), norms.shape[1])
        return (
            f"The writes of layer {layer + 1}, head {head + 1} are too strong to settle: theta "
            f"lambda_max(K^T K) / (1 - eta) is {float(bounds[layer, head]):.3g} there and is safe "
            f"only up to {SAFE:g}.{_size(norms[layer, head])} {calmer}"
        )
    if not torch.isfinite(norms).all():
        layer, head = (~torch.isfinite(norms)).nonzero()[0].tolist()
        words = f"The memory of layer {layer + 1}, head {head + 1} is the first that is not finite"
        if torch.isnan(bounds[layer, head]):
            return f"{words}. {calmer}"
        return (
            f"{words}, though its writes are not too strong ({_bound(bounds[layer, head])}): what "
            "it was given to write was too large or no number."
        )
    if (norms > OUTGROWN * norms.median()).any():
        layer, head = divmod(int(norms.argmax()), norms.shape[1])
        return (
            f"The memory of layer {layer + 1}, head {head + 1} outgrew the others:"
            f"{_size(norms[layer, head])} The median of all is {float(norms.median()):.3g}."
        )
    settled = "" if torch.isnan(bounds.max()) else f", their writes settle ({_bound(bounds.max())})"
    return f"No memory is at fault: their norms are at most {float(norms.max()):.3g}{settled}."


def _bound(bound: Tensor) -> str:
    return f"bound {float(bound):.3g}, safe up to {SAFE:g}"


def _size(norm: Tensor) -> str:
    return f" Its norm is {float(norm):.3g}."
