"""The settings of Titans: a neural memory alone, or beside attention in one of three ways."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from hope_core.config.base import Settings
from hope_core.config.memories import MemorySettings, TitansSettings
from hope_core.config.models.heads import heads_sentence, odd_heads_sentence

RECALLING = ("titans", "hope_dgd", "deep", "self_modifying", "gated_delta")
"""The memories that can be asked without being written to, which the MAC variant needs."""


class TitansModelSettings(Settings):
    """Titans: a memory alone (LMM), as context (MAC), as gate (MAG) or as layer (MAL)."""

    kind: Literal["titans"] = "titans"
    variant: Literal["lmm", "mac", "mag", "mal"] = Field(
        "mag", description="How memory and attention meet: memory alone, context, gate or layer."
    )
    width: int = Field(256, ge=8, le=8192, description="Width of the residual stream (channels).")
    layers: int = Field(6, ge=1, le=128, description="Number of blocks.")
    heads: int = Field(4, ge=1, le=128, description="Heads of memory and attention; divides width.")
    convolution: int = Field(
        4, ge=1, le=64, description="Width of the local causal convolution (tokens)."
    )
    memory: MemorySettings = Field(TitansSettings(), description="What each block remembers with.")
    persistent: int = Field(
        4, ge=0, le=1024, description="Learned tokens that stand before every text (tokens)."
    )
    segment: int = Field(
        64,
        ge=1,
        le=65536,
        description="Tokens of a segment (context) or of attention's window (gate, layer).",
    )
    gate: Literal["segment", "token"] = Field(
        "segment",
        description="Which memory gates a token's context: that before its segment, or its own.",
    )
    expansion: float = Field(
        4.0, gt=0.0, le=16.0, description="Hidden width of the MLP, as a multiple of width."
    )
    tie_embeddings: bool = Field(False, description="Use the token table as the output layer too.")

    @model_validator(mode="after")
    def parts_fit(self) -> Self:
        """Heads share the width, in pairs where positions turn them; MAC's memory can be asked."""
        if self.width % self.heads:
            raise ValueError(heads_sentence(self.width, self.heads))
        turns = self.variant != "lmm" or self.memory.kind == "attention"
        if turns and (self.width // self.heads) % 2:
            raise ValueError(odd_heads_sentence(self.width, self.heads))
        if self.variant == "mac" and self.memory.kind not in RECALLING:
            raise ValueError(
                f"memory.kind: '{self.memory.kind}' cannot be asked without being written to, "
                f"which variant 'mac' needs. Use one of {', '.join(RECALLING)}."
            )
        return self
