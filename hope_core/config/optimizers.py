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


OptimizerSettings = Annotated[AdamWSettings | MuonSettings, Field(discriminator="kind")]
