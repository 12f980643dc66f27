"""How many processes train one run together, and what each of them holds; told apart by `kind`."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from hope_core.config.base import Settings


class AloneSettings(Settings):
    """One process trains."""

    kind: Literal["none"] = "none"

    @property
    def processes(self) -> int:
        """Always one."""
        return 1


class TeamSettings(Settings):
    """What the ways of training together share: each batch is split by position, exactly."""

    processes: int = Field(
        2, ge=1, le=4096, description="Processes that train together, one a GPU where there are."
    )


class DdpSettings(TeamSettings):
    """Each process holds the whole model; gradients are averaged (DistributedDataParallel)."""

    kind: Literal["ddp"] = "ddp"


class Fsdp2Settings(TeamSettings):
    """Each process keeps a part of the weights, gradients and AdamW's moments (fully_shard)."""

    kind: Literal["fsdp2"] = "fsdp2"


ParallelSettings = Annotated[
    AloneSettings | DdpSettings | Fsdp2Settings, Field(discriminator="kind")
]
"""Any way of sharing the work."""
