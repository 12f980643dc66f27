"""The settings of each memory that a block can hold, told apart by `kind`."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from hope_core.config.base import Settings
from hope_core.config.outer_gradient import OuterChunks, OuterGradient
from hope_core.config.self_modifying import SelfModifyingSettings as SelfModifyingSettings


class TitansSettings(Settings):
    """The neural memory of Titans (eqs. 12-14), linear, with its exact live gradient."""

    largest_step: ClassVar[str] = "theta_max"
    kind: Literal["titans"] = "titans"
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
    outer_gradient: OuterGradient = "full"
    outer_chunks: OuterChunks = 4


class HopeDgdSettings(Settings):
    """Delta gradient descent (Nested Learning, eq. 88), linear, with its exact live gradient."""

    largest_step: ClassVar[str] = "beta_max"
    kind: Literal["hope_dgd"] = "hope_dgd"
    momentum: bool = Field(True, description="Carry past surprise along (mu); off: none.")
    beta_max: float = Field(
        2.0,
        gt=0.0,
        le=2.0,
        description="Largest share of an old answer that one write takes back; above 1 it flips.",
    )
    grad_scale: float = Field(
        1.0, ge=0.0, le=2.0, description="Weight of the gradient: 1 halves the loss, 2 does not."
    )
    erase_scale: float = Field(
        1.0, ge=0.0, le=1.0, description="Weight of the extra erasure; 0 leaves the delta rule."
    )
    read: Literal["after", "before"] = Field(
        "after", description="Whether a token reads the memory after or before its own write."
    )
    chunk: int = Field(
        64, ge=1, le=4096, description="Tokens computed at once; a speed knob, never the result."
    )
    outer_gradient: OuterGradient = "full"
    outer_chunks: OuterChunks = 4


class DeepSettings(Settings):
    """The deep memory of Titans: a two-layer residual network that learns while it reads."""

    largest_step: ClassVar[str] = "theta_max"
    kind: Literal["deep"] = "deep"
    rule: Literal["titans", "hope_dgd"] = Field(
        "titans", description="How a write moves the weights: against the gradient, or DGD as well."
    )
    momentum: bool = Field(True, description="Carry past surprise along (eta); off: none.")
    hidden: float = Field(
        2.0, gt=0.0, le=16.0, description="Hidden width of the network, as a multiple of a head's."
    )
    theta_max: float = Field(
        0.1, gt=0.0, le=2.0, description="Largest step of one write (theta), per unit of gradient."
    )
    read: Literal["after", "before"] = Field(
        "after", description="Whether a token reads the memory after or before its own write."
    )
    chunk: int = Field(
        16,
        ge=1,
        le=4096,
        description="Tokens that share the gradient of their first weights; changes the result.",
    )
    outer_gradient: OuterGradient = "full"
    outer_chunks: OuterChunks = 4


class GatedDeltaSettings(Settings):
    """Gated DeltaNet (Yang et al. 2024), for comparison."""

    largest_step: ClassVar[str] = "beta_max"
    kind: Literal["gated_delta"] = "gated_delta"
    beta_max: float = Field(
        1.0, gt=0.0, le=2.0, description="Largest share of an old answer that one write replaces."
    )
    chunk: int = Field(
        64, ge=1, le=4096, description="Tokens computed at once; a speed knob, never the result."
    )
    outer_gradient: OuterGradient = "full"
    outer_chunks: OuterChunks = 4


class TttLinearSettings(Settings):
    """TTT-Linear (Sun et al. 2024), for comparison."""

    largest_step: ClassVar[str] = "eta_max"
    kind: Literal["ttt_linear"] = "ttt_linear"
    eta_max: float = Field(
        1.0, gt=0.0, le=4.0, description="Largest step of one write, per unit of gradient."
    )
    chunk: int = Field(
        16,
        ge=1,
        le=4096,
        description="Tokens that share the gradient of their first weights; changes the result.",
    )
    outer_gradient: OuterGradient = "full"
    outer_chunks: OuterChunks = 4


class TttMlpSettings(Settings):
    """TTT-MLP (Sun et al. 2024), for comparison."""

    largest_step: ClassVar[str] = "eta_max"
    kind: Literal["ttt_mlp"] = "ttt_mlp"
    eta_max: float = Field(
        0.1, gt=0.0, le=4.0, description="Largest step of one write, per unit of gradient."
    )
    hidden: float = Field(
        4.0, gt=0.0, le=16.0, description="Hidden width of the network, as a multiple of a head's."
    )
    chunk: int = Field(
        16,
        ge=1,
        le=4096,
        description="Tokens that share the gradient of their first weights; changes the result.",
    )
    outer_gradient: OuterGradient = "full"
    outer_chunks: OuterChunks = 4


class AttentionSettings(Settings):
    """Softmax attention in place of a memory (Hope-Attention): its state grows with the text."""

    kind: Literal["attention"] = "attention"
    window: int = Field(
        0, ge=0, le=1_000_000, description="Tokens that each token sees; 0 sees all (tokens)."
    )


class GruSettings(Settings):
    """A gated recurrent unit in place of a memory, for comparison."""

    kind: Literal["gru"] = "gru"


class LstmSettings(Settings):
    """A long short-term memory (Hochreiter, Schmidhuber 1997) in its place, for comparison."""

    kind: Literal["lstm"] = "lstm"


WritingSettings = (
    TitansSettings
    | HopeDgdSettings
    | DeepSettings
    | SelfModifyingSettings
    | GatedDeltaSettings
    | TttLinearSettings
    | TttMlpSettings
)
"""Those that learn inside the sequence, through whose writes the outer gradient passes.

`largest_step` of each names the setting to lower where its writes are too strong.
"""

MemorySettings = Annotated[
    WritingSettings | AttentionSettings | GruSettings | LstmSettings,
    Field(discriminator="kind"),
]
"""Any memory's settings."""
