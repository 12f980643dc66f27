"""The settings of HOPE: blocks of a memory and a continuum of levels."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from hope_core.config.base import Settings
from hope_core.config.memories import MemorySettings, TitansSettings
from hope_core.config.models.heads import heads_sentence, odd_heads_sentence


class LevelSettings(Settings):
    """One level of the continuum memory: an MLP that learns at its own clock."""

    clock: int = Field(
        1, ge=1, le=1_000_000, description="Steps between two updates of this level (steps)."
    )
    learning_rate_factor: float = Field(
        1.0, ge=0.0, le=100.0, description="This level's learning rate, as a multiple of the run's."
    )
    expansion: float = Field(
        2.0, gt=0.0, le=16.0, description="Hidden width of the level's MLP, as a multiple of width."
    )


class HopeSettings(Settings):
    """HOPE: causal convolution, Titans memory and a continuum of MLP levels in each block."""

    kind: Literal["hope"] = "hope"
    width: int = Field(256, ge=8, le=8192, description="Width of the residual stream (channels).")
    layers: int = Field(6, ge=1, le=128, description="Number of blocks.")
    heads: int = Field(4, ge=1, le=128, description="Memory heads in each block; divides width.")
    convolution: int = Field(
        4, ge=1, le=64, description="Width of the local causal convolution (tokens)."
    )
    memory: MemorySettings = Field(TitansSettings(), description="What each block remembers with.")
    levels: tuple[LevelSettings, ...] = Field(
        (LevelSettings(clock=1), LevelSettings(clock=8, learning_rate_factor=0.5)),
        min_length=1,
        max_length=8,
        description="The continuum memory: one MLP a level, fast to slow.",
    )
    tie_embeddings: bool = Field(False, description="Use the token table as the output layer too.")

    @model_validator(mode="after")
    def heads_divide_width(self) -> Self:
        """The heads share the width evenly."""
        if self.width % self.heads:
            raise ValueError(heads_sentence(self.width, self.heads))
        if self.memory.kind == "attention" and (self.width // self.heads) % 2:
            raise ValueError(odd_heads_sentence(self.width, self.heads))
        return self
