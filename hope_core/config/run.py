"""RunConfig: everything that decides what a run computes."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from hope_core.config.base import Settings
from hope_core.config.data import DataSettings
from hope_core.config.models import HopeSettings, ModelSettings
from hope_core.config.optimizers import MuonSettings, OptimizerSettings
from hope_core.config.training import TrainSettings
from hope_core.errors import Problem


class RunConfig(Settings):
    """One run: model, text, optimizer and training. What a preset holds and a run folder keeps."""

    version: Literal[1] = Field(1, description="Version of this file's format.")
    name: str = Field("run", min_length=1, max_length=100, description="Short name of the preset.")
    description: str = Field("", max_length=500, description="One sentence about it.")
    seed: int = Field(0, ge=0, le=2**31 - 1, description="Seed of weights, batches and samples.")
    device: str = Field(
        "auto",
        pattern=r"^(auto|cpu|cuda|cuda:\d{1,3})$",
        description="Where it trains: auto, cpu, cuda or cuda:N.",
    )
    model: ModelSettings = Field(HopeSettings(), description="Which model is trained.")
    data: DataSettings = Field(DataSettings(), description="The text, its tokens and its split.")
    optimizer: OptimizerSettings = Field(
        MuonSettings(), description="What turns gradients into steps."
    )
    train: TrainSettings = Field(
        TrainSettings(), description="How long it trains, looks and saves."
    )


def warnings_for(config: RunConfig) -> list[Problem]:
    """What is allowed but most likely not meant; shown before the run starts."""
    if not isinstance(config.model, HopeSettings):
        return []
    length = config.data.sequence_length
    never_inside = [
        Problem(
            f"model.levels.{index}.chunk",
            f"an update every {level.chunk} tokens comes too late for a sequence "
            f"(data.sequence_length={length}) to read anything after it, so this level will not "
            "learn inside one.",
            "Lower the chunk or raise data.sequence_length.",
        )
        for index, level in enumerate(config.model.levels)
        if level.chunk >= length
    ]
    never_at_all = [
        Problem(
            f"model.levels.{index}.clock",
            f"{level.clock} steps is longer than the run (train.steps={config.train.steps}), "
            "so this level will never learn.",
            "Lower the clock or raise train.steps.",
        )
        for index, level in enumerate(config.model.levels)
        if level.clock > config.train.steps
    ]
    return never_at_all + never_inside
