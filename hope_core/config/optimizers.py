"""The settings of each optimizer, told apart by `kind`."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from hope_core.config.base import Settings


class AdamWSettings(Settings):
    """AdamW (Loshchilov and Hutter, 2019) for every parameter."""

    kind: Literal["adamw"] = "adamw"
    beta1: float = Field(0.9, ge=0.0, lt=1.0, description="Decay of the first moment.")
    beta2: float = Field(0.95, ge=0.0, lt=1.0, description="Decay of the second moment.")
    weight_decay: float = Field(0.1, ge=0.0, le=10.0, description="Decoupled weight decay.")


class MuonSettings(Settings):
    """Muon for matrices (update scale matched to AdamW's), AdamW for the rest."""

    kind: Literal["muon"] = "muon"
    momentum: float = Field(0.95, ge=0.0, lt=1.0, description="Momentum of the matrices.")
    beta1: float = Field(0.9, ge=0.0, lt=1.0, description="AdamW's first decay, for the rest.")
    beta2: float = Field(0.95, ge=0.0, lt=1.0, description="AdamW's second decay, for the rest.")
    weight_decay: float = Field(0.1, ge=0.0, le=10.0, description="Decoupled weight decay.")


class MatrixRuleSettings(Settings):
    """What the rules for hidden matrices share; everything else is moved by AdamW."""

    weight_decay: float = Field(0.1, ge=0.0, le=10.0, description="Decoupled weight decay.")
    rest_beta1: float = Field(0.9, ge=0.0, lt=1.0, description="AdamW's first decay, for the rest.")
    rest_beta2: float = Field(
        0.95, ge=0.0, lt=1.0, description="AdamW's second decay, for the rest."
    )


class M3RuleSettings(MatrixRuleSettings):
    """The numbers of M3 (Nested Learning, Algorithm 1)."""

    beta1: float = Field(0.9, ge=0.0, lt=1.0, description="Weight of the fast momentum.")
    beta2: float = Field(0.95, ge=0.0, lt=1.0, description="Weight of the second moment.")
    beta3: float = Field(0.9, ge=0.0, lt=1.0, description="Weight of the slow momentum.")
    slow_weight: float = Field(
        0.2, ge=0.0, le=10.0, description="Share of the slow momentum in a step (alpha)."
    )
    slow_every: int = Field(
        8, ge=1, le=1_000_000, description="Steps between two updates of the slow momentum (f)."
    )
    epsilon: float = Field(
        1e-8, gt=0.0, le=1.0, description="Added to the root of the second moment."
    )
    polynomial: Literal["quintic", "cubic"] = Field(
        "quintic", description="Newton-Schulz polynomial: quintic as in Muon, or cubic."
    )
    iterations: int = Field(5, ge=1, le=50, description="Newton-Schulz steps (T).")


class M3LiteralSettings(M3RuleSettings):
    """M3 as printed: nothing decays, so steps shrink as in AdaGrad; for parity with the paper."""

    kind: Literal["m3_literal"] = "m3_literal"
    weight_decay: float = Field(0.0, ge=0.0, le=10.0, description="Decoupled weight decay.")


class M3EmaSettings(M3RuleSettings):
    """M3 with decay: its three sums are running means."""

    kind: Literal["m3_ema"] = "m3_ema"
    update_rms: float = Field(
        0.2,
        ge=0.0,
        le=10.0,
        description="Root mean square of a step over the learning rate; 0: as the rule gives it.",
    )


class DeltaMomentumSettings(MatrixRuleSettings):
    """Delta momentum (Nested Learning, eq. 49): erases what it holds along each new gradient."""

    kind: Literal["delta_momentum"] = "delta_momentum"
    decay: float = Field(0.95, ge=0.0, lt=1.0, description="How much momentum a step keeps.")
    erasure: float = Field(
        1.0, ge=0.0, le=1.9, description="How much is erased along the newest gradient."
    )
    preconditioned: bool = Field(
        True, description="Divide gradients by the root of their mean square, as AdamW does."
    )
    epsilon: float = Field(
        1e-8, gt=0.0, le=1.0, description="Added to the root of the second moment."
    )


class DmgdSettings(MatrixRuleSettings):
    """Deep momentum gradient descent (Nested Learning, eq. 50): the momentum is a small MLP."""

    kind: Literal["dmgd"] = "dmgd"
    hidden: int = Field(32, ge=1, le=1024, description="Hidden width of each momentum's MLP.")
    decay: float = Field(0.9, ge=0.0, lt=1.0, description="How much the MLP keeps at a step.")
    inner_rate: float = Field(
        0.02, ge=0.0, le=100.0, description="Learning rate of the MLP on its own loss."
    )
    update_rms: float = Field(
        0.2,
        ge=0.0,
        le=10.0,
        description="Root mean square of a step over the learning rate; 0: as the rule gives it.",
    )


M3Settings = M3LiteralSettings | M3EmaSettings
"""Either M3."""

OptimizerSettings = Annotated[
    AdamWSettings
    | MuonSettings
    | M3LiteralSettings
    | M3EmaSettings
    | DeltaMomentumSettings
    | DmgdSettings,
    Field(discriminator="kind"),
]
"""Any optimizer's settings."""
