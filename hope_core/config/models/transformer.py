"""The settings of the transformer, the plain baseline."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from hope_core.config.base import Settings
from hope_core.config.models.heads import heads_sentence, odd_heads_sentence


class TransformerSettings(Settings):
    """The plain baseline: rotary positions, QK norm, fused attention, KV cache."""

    kind: Literal["transformer"] = "transformer"
    width: int = Field(256, ge=8, le=8192, description="Width of the residual stream (channels).")
    layers: int = Field(6, ge=1, le=128, description="Number of blocks.")
    heads: int = Field(4, ge=1, le=128, description="Attention heads; divides width evenly.")
    expansion: float = Field(
        4.0, gt=0.0, le=16.0, description="Hidden width of the MLP, as a multiple of width."
    )
    tie_embeddings: bool = Field(False, description="Use the token table as the output layer too.")

    @model_validator(mode="after")
    def heads_divide_width(self) -> Self:
        """The heads share the width evenly, in pairs of channels that rotate together."""
        if self.width % self.heads:
            raise ValueError(heads_sentence(self.width, self.heads))
        if (self.width // self.heads) % 2:
            raise ValueError(odd_heads_sentence(self.width, self.heads))
        return self
