"""The settings of self-modifying Titans: each place where the paper leaves a choice has a name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal, Self

from pydantic import Field, model_validator

from hope_core.config.base import Settings
from hope_core.config.outer_gradient import OuterChunks, OuterGradient

FIRST_STEPS = {"linear": 0.2, "mlp": 0.02}
"""`eta_scale` where nothing is said: the writes of a chunk share one gradient, which passes both
layers of an 'mlp'; at 0.2 its training was seen to diverge."""


class SelfModifyingSettings(Settings):
    """Self-modifying Titans (Nested Learning, eqs. 83-93): memories that make their own targets."""

    largest_step: ClassVar[str] = "eta_scale"
    kind: Literal["self_modifying"] = "self_modifying"
    network: Literal["linear", "mlp"] = Field(
        "linear",
        description="What each memory is: a matrix, or the two-layer network of eqs. 89 and 91.",
    )
    hidden: float = Field(
        2.0,
        gt=0.0,
        le=16.0,
        description="With network 'mlp': its hidden width, as a multiple of a head's.",
    )
    erase_layers: Literal["each", "first"] = Field(
        "each",
        description="With network 'mlp': which layers the extra erasure reaches, each along its "
        "own input, or only the first, whose input is the key.",
    )
    query: Literal["static", "adaptive"] = Field(
        "static", description="Whether queries come from fixed weights or from a sixth memory."
    )
    read: Literal["online", "snapshot"] = Field(
        "online",
        description="What a token reads: the memory just before it, or at its chunk's start.",
    )
    snapshot: Literal["chunk_start"] = Field(
        "chunk_start",
        description="Which memories a chunk is read with. Eq. 90's index, as printed, names the "
        "chunk's end, which its own tokens have yet to make: only its start can be computed.",
    )
    loss: Literal["l2", "dot_product"] = Field(
        "l2",
        description="What a write descends: half the squared error (eq. 93), or minus the dot "
        "product with the target (eq. 92).",
    )
    dot_sign: Literal["plus", "minus"] = Field(
        "plus",
        description="With loss 'dot_product': whether a write adds its target, which descends "
        "that loss, or takes it away, as eq. 92 is printed.",
    )
    gradient: Literal["snapshot", "live"] = Field(
        "snapshot",
        description="Where a write's gradient is taken: at the chunk's start, or at each token.",
    )
    grad_scale: float = Field(
        1.0, ge=0.0, le=2.0, description="Weight of the gradient: 1 halves the loss, 2 does not."
    )
    erase_scale: float = Field(
        1.0, ge=0.0, le=1.0, description="Weight of the extra erasure; 1 is as printed."
    )
    momentum: float = Field(
        0.0, ge=0.0, lt=1.0, description="Share of past surprise carried along (mu); 0: none."
    )
    residual: bool = Field(
        True, description="Each memory answers x + M x instead of M x, so that it can grow."
    )
    gate_form: Literal["scalar", "square"] = Field(
        "scalar",
        description="Memories of step and retention: one row without residual, or a full matrix "
        "whose answer is averaged.",
    )
    gate_meaning: Literal["retain", "forget"] = Field(
        "retain",
        description="What the retention's memory answers: the share of a memory that is kept "
        "(alpha of eq. 88), or the share forgotten (alpha of Titans).",
    )
    unit_values: bool = Field(
        True, description="Values at unit length, which bounds what the memories write themselves."
    )
    bounded_step: bool = Field(
        True, description="Step eta / (1 + eta), as eq. 57 derives; off: eta itself."
    )
    eta_scale: float = Field(
        FIRST_STEPS["linear"],
        gt=0.0,
        le=2.0,
        description="Size of a step (eta) before the memory has learned any; with network 'mlp' "
        "0.02 unless said otherwise.",
    )
    first_retention: float = Field(
        0.99, gt=0.0, lt=1.0, description="Share of a memory that a token keeps, at first (alpha)."
    )
    chunk_memory: int = Field(
        64,
        ge=1,
        le=4096,
        description="Tokens between two snapshots of the main memory; changes the result.",
    )
    chunk_other: int = Field(
        8,
        ge=1,
        le=4096,
        description="Tokens between two snapshots of the other memories; changes the result.",
    )
    outer_gradient: OuterGradient = "full"
    outer_chunks: OuterChunks = 4

    @model_validator(mode="before")
    @classmethod
    def networks_take_smaller_steps(cls, given: Any) -> Any:  # noqa: ANN401 - whatever was given
        """The default of `eta_scale` hangs on the network."""
        if not isinstance(given, Mapping) or "eta_scale" in given:
            return given
        first = FIRST_STEPS.get(str(given.get("network")))
        return given if first is None else {**given, "eta_scale": first}

    @model_validator(mode="after")
    def networks_learn_from_snapshots(self) -> Self:
        """A network whose gradient follows each token could only be computed token by token."""
        if self.network == "mlp" and self.gradient == "live":
            raise ValueError(
                "gradient: a network's live gradient has no form that computes several tokens at "
                "once. Use 'snapshot', with chunk_memory and chunk_other 1 for the same numbers."
            )
        return self
