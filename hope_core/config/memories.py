"""The settings of each memory that a block can hold, told apart by `kind`."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from hope_core.config.base import Settings


class TitansSettings(Settings):
    """The neural memory of Titans (eqs. 12-14), linear, with its exact live gradient."""

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


MemorySettings = TitansSettings
"""Any memory's settings."""
