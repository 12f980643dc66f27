"""The settings of each model, told apart by `kind`."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from hope_core.config.base import Settings


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


class TitansSettings(Settings):
    """The neural memory of a block (Titans, eqs. 12-14; linear memory)."""

    momentum: bool = Field(True, description="Carry past surprise along (eta); off: none.")
    theta_max: float = Field(
        1.0, gt=0.0, le=4.0, description="Largest step of one write (theta), per unit of gradient."
    )
    read: Literal["after", "before"] = Field(
        "after", description="Whether a token reads the memory after or before its own write."
    )
    chunk: int = Field(
        64, ge=1, le=4096, description="Tokens computed at once; a speed knob, never the result."
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
    memory: TitansSettings = TitansSettings()
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
            raise ValueError(_heads_sentence(self.width, self.heads))
        return self


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
            raise ValueError(_heads_sentence(self.width, self.heads))
        if (self.width // self.heads) % 2:
            raise ValueError(
                f"heads: each head is {self.width // self.heads} channels wide, but rotary "
                "positions need an even number. Change model.width or model.heads."
            )
        return self


def _heads_sentence(width: int, heads: int) -> str:
    divisors = [n for n in range(1, min(width, 64) + 1) if width % n == 0]
    nearest = min(divisors, key=lambda n: abs(n - heads))
    return f"heads: {heads} does not divide width {width}. Try {nearest}."


ModelSettings = Annotated[HopeSettings | TransformerSettings, Field(discriminator="kind")]
