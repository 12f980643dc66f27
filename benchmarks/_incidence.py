"""MT-HOPE with incidence attention in its middle block: an ablation, not a model of the program.

Notable: the attention stands between the block's recurrence and its MLPs and has no state, so that
this model reads whole sequences only, which is all that the comparison asks of it. In one block, as
at equal parameters attention in each of them would leave nothing for the MLPs.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, cast

import torch
from torch import Tensor, nn

from hope_core.models import build_model
from hope_core.nn.incidence_attention import IncidenceAttention

if TYPE_CHECKING:
    from hope_core.config.models import TwistorSettings
    from hope_core.memories.twistor_recurrent import TwistorBlock
    from hope_core.models.contract import LanguageModel
    from hope_core.models.twistor_hope import TwistorHope


@dataclass(frozen=True)
class AttentiveSettings:
    """MT-HOPE, and the heads of the attention in its middle block."""

    twistors: TwistorSettings
    heads: int

    def described(self) -> dict[str, Any]:
        """All of it as JSON."""
        rest = {name: value for name, value in asdict(self).items() if name != "twistors"}
        return self.twistors.model_dump(mode="json") | {"incidence_attention": rest}


class AttentiveEvolution(nn.Module):
    """x <- x + attention(norm x), then the evolution that stood here before.

    Shapes: x (B, T, W) -> (B, T, W).
    """

    def __init__(self, width: int, heads: int, evolution: nn.Module) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(width, bias=False)
        self.attention = IncidenceAttention(width, heads=heads)
        self.evolution = evolution

    def forward(self, x: Tensor) -> Tensor:
        """The tokens after both."""
        y: Tensor = self.evolution(x + self.attention(self.norm(x)))
        return y


def build_attentive(
    settings: AttentiveSettings, vocabulary: int, *, seed: int = 0, device: str = "cpu"
) -> LanguageModel:
    """The model with fresh weights, those of MT-HOPE as without the attention."""
    model = build_model(settings.twistors, vocabulary, seed=seed, device=device)
    blocks = cast("TwistorHope", model).recurrent.blocks
    block = cast("TwistorBlock", blocks[len(blocks) // 2])
    added = AttentiveEvolution(settings.twistors.width, settings.heads, block.evolution)
    added.attention.init_weights(torch.Generator().manual_seed(seed))
    block.evolution = added.to(device)  # type: ignore[assignment]
    return model
