"""The settings of each model, one file each, told apart by `kind`."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from hope_core.config.models.hope import HopeSettings, LevelSettings
from hope_core.config.models.titans import TitansModelSettings
from hope_core.config.models.transformer import TransformerSettings
from hope_core.config.models.twistor import TwistorSettings

ModelSettings = Annotated[
    HopeSettings | TitansModelSettings | TransformerSettings | TwistorSettings,
    Field(discriminator="kind"),
]

__all__ = [
    "HopeSettings",
    "LevelSettings",
    "ModelSettings",
    "TitansModelSettings",
    "TransformerSettings",
    "TwistorSettings",
]
