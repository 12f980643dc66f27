"""The settings of MT-HOPE: twistors through a complex recurrence, Moebius maps and nested levels.

Notable: each group is a part of the document's model, and each part can be switched off on its own,
so that what it is worth can be measured.
"""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from hope_core.config.base import Settings
from hope_core.config.models.twistor_recurrence import RecurrenceSettings as RecurrenceSettings


class SpinorSettings(Settings):
    """How a token becomes a twistor, a pair (omega, pi) of complex vectors."""

    tables: Literal["both", "omega", "pi"] = Field(
        "both",
        description="Tables that are learned. With one alone the other half is its conjugate.",
    )
    phase_code: bool = Field(
        False, description="Turn omega forward and pi backward with the position in the text."
    )
    slowest: float = Field(
        10_000.0,
        ge=1.0,
        le=1e9,
        description="How much slower the slowest channel of the phase code turns than the fastest.",
    )
    fastest: float = Field(
        1.0,
        gt=0.0,
        le=3.2,
        description="How far the fastest channel of the phase code turns at each token (radians).",
    )


class MobiusSettings(Settings):
    """Moebius maps of the recurrent state: SL(2,C) on homogeneous coordinates, no division."""

    enabled: bool = Field(True, description="Let Moebius maps act on the recurrent state.")
    cycles: int = Field(3, ge=1, le=16, description="Maps in a row, each with its own matrices.")
    antilinear: bool = Field(
        True, description="Add the twist J(omega, pi) = (conj pi, -conj omega) to every map."
    )
    coupling: float = Field(
        0.1, ge=0.0, le=1.0, description="First strength of the twist in the last cycle."
    )
    adaptive: bool = Field(
        True, description="One more twist, as strong as each token and its past ask for."
    )
    adaptive_largest: float = Field(
        0.5, gt=0.0, le=2.0, description="Largest strength of the adaptive twist."
    )


class SelfModificationSettings(Settings):
    """A matrix that the model writes while it reads, by the delta rule."""

    enabled: bool = Field(True, description="Let the model write a matrix of its own as it reads.")
    first_write: float = Field(
        0.5, gt=0.0, lt=1.0, description="Strength of a write before training."
    )
    self_referential: bool = Field(
        False, description="Let the matrix make the values that are written into it."
    )
    value_chunk: int = Field(
        32,
        ge=1,
        le=1_000_000,
        description="Tokens whose values the same matrix makes, as it stood before them; only with "
        "self_referential. Part of the rule, not of the speed alone (tokens).",
    )
    train_scale: float = Field(
        0.0,
        ge=0.0,
        le=1.0,
        description="Largest share by which a learned factor enlarges what the recurrence gives, "
        "in training and afterwards alike; 0 leaves it out.",
    )

    @model_validator(mode="after")
    def forms_have_their_matrix(self) -> Self:
        """What the matrix makes, or is given, needs a matrix."""
        asked = {"self_referential": self.self_referential, "train_scale": self.train_scale > 0.0}
        for name in (name for name, wanted in asked.items() if wanted and not self.enabled):
            raise ValueError(
                f"{name}: there is no matrix that writes itself, on which it acts. "
                "Leave it off, or set self_modification.enabled=true."
            )
        return self


class MemorySystemSettings(Settings):
    """Slots that remember at different speeds; every token writes to some and reads from all."""

    slots: int = Field(3, ge=0, le=64, description="Number of slots; 0 switches the system off.")
    cycles: int = Field(2, ge=1, le=8, description="Readings in a row, each asking with the last.")
    rate: float = Field(
        0.1, gt=0.0, le=1.0, description="Writing speed of the fastest slot; each next has half."
    )
    compression: Literal["none", "phase", "linear"] = Field(
        "none",
        description="What is read. none: the slot itself; phase: its phases and sizes in few bits; "
        "linear: through a bottleneck of half the width.",
    )
    bits: int = Field(8, ge=2, le=16, description="Bits of each phase and of each size (bits).")


class NestingSettings(Settings):
    """Levels of MLPs for omega and for pi, each with a learning rate and a clock of its own."""

    levels: int = Field(5, ge=0, le=16, description="Number of levels; 0 switches them off.")
    expansion: float = Field(
        2.0, gt=0.0, le=16.0, description="Hidden width of a level, as a multiple of omega's."
    )
    learning_rate_decay: float = Field(
        0.9, gt=0.0, le=1.0, description="Learning rate of each level, as a multiple of the last's."
    )
    clock_growth: int = Field(
        2, ge=1, le=16, description="Steps between updates, as a multiple of the last level's."
    )
    slowest_clock: int = Field(
        16, ge=1, le=1_000_000, description="No level waits longer than this (steps)."
    )
    dynamic_weights: bool = Field(
        True,
        description="Let the levels' weight grow from a tenth to one during training.",
    )
    fused_branches: bool = Field(
        False,
        description="Compute omega and pi in one product, which pays on a GPU; the same result.",
    )


class ConstraintSettings(Settings):
    """A second loss on the angle between omega and pi; lengths do not matter to it."""

    kind: Literal["none", "null", "constant"] = Field(
        "null",
        description="null: omega and pi meet at a right angle (a light ray); constant: the size of "
        "their product is the same for all tokens.",
    )
    weight: float = Field(0.1, ge=0.0, le=100.0, description="Its share beside the text's loss.")
    target: float = Field(
        0.5, ge=0.0, le=1.0, description="The size asked for by 'constant', of lengths 1."
    )
    level_weight: float = Field(
        0.05, ge=0.0, le=100.0, description="Its share after each nested level."
    )


class TwistorSettings(Settings):
    """MT-HOPE: spinor embedding, twistor recurrence, memory slots, nested levels."""

    kind: Literal["mt_hope"] = "mt_hope"
    width: int = Field(
        256,
        ge=8,
        le=8192,
        description="Width of the stream; omega and pi have half of it each (channels).",
    )
    layers: int = Field(2, ge=1, le=128, description="Number of recurrent blocks.")
    heads: int = Field(
        4, ge=1, le=128, description="Parts that are normalised and remember alone; divides width."
    )
    convolution: int = Field(
        4, ge=1, le=64, description="Width of the local causal convolution (tokens)."
    )
    spinor: SpinorSettings = Field(SpinorSettings(), description="The embedding.")
    mobius: MobiusSettings = Field(MobiusSettings(), description="Moebius maps of the state.")
    recurrence: RecurrenceSettings = Field(RecurrenceSettings(), description="The recurrence.")
    self_modification: SelfModificationSettings = Field(
        SelfModificationSettings(), description="The matrix that the model writes itself."
    )
    memory_system: MemorySystemSettings = Field(
        MemorySystemSettings(), description="The slots of the memory system."
    )
    nesting: NestingSettings = Field(NestingSettings(), description="The nested levels.")
    constraint: ConstraintSettings = Field(ConstraintSettings(), description="The second loss.")
    tie_embeddings: bool = Field(False, description="Use the token tables as the output layer too.")

    @property
    def state_channels(self) -> int:
        """Complex channels of a block's recurrent state: a whole number of pairs for each head."""
        pairs = self.recurrence.expansion * self.width / (4 * self.heads)
        return 2 * self.heads * max(1, round(pairs))

    @model_validator(mode="after")
    def parts_fit(self) -> Self:
        """The stream holds omega and pi, real and imaginary; heads share it evenly."""
        if self.width % (4 * self.heads):
            step = 4 * self.heads
            nearest = max(step, round(self.width / step) * step)
            raise ValueError(
                f"width: {self.width} is no multiple of 4 x {self.heads} heads, which it must be: "
                "a head holds omega and pi, each with a real and an imaginary part. "
                f"Try {nearest}."
            )
        if self.recurrence.bidirectional:
            raise ValueError(
                "recurrence.bidirectional: a language model predicts the next token, and a "
                "recurrence that also reads from the end would have seen it. Leave it off; for "
                "encoding whole texts use the module TwistorRecurrent on its own."
            )
        return self
