"""RunConfig: everything that decides what a run computes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, Self

from pydantic import Field, model_validator

from hope_core.config.base import Settings
from hope_core.config.data import DataSettings
from hope_core.config.models import HopeSettings, ModelSettings, TwistorSettings
from hope_core.config.optimizers import MuonSettings, OptimizerSettings
from hope_core.config.parallel import AloneSettings, Fsdp2Settings, ParallelSettings
from hope_core.config.training import TrainSettings
from hope_core.errors import Problem

if TYPE_CHECKING:
    from hope_core.config.models.twistor_recurrence import RecurrenceSettings


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
    parallel: ParallelSettings = Field(
        AloneSettings(), description="Whether several processes share the work, and how."
    )

    @model_validator(mode="after")
    def every_process_has_work(self) -> Self:
        """A batch can only be split into whole sequences."""
        if self.parallel.processes > self.train.batch_size:
            raise ValueError(
                f"parallel.processes: {self.parallel.processes} processes cannot share a batch of "
                f"{self.train.batch_size}. Raise train.batch_size or lower parallel.processes."
            )
        return self

    @model_validator(mode="after")
    def scaled_losses_are_whole(self) -> Self:
        """fp16's loss scale looks at whole gradients, of which fsdp2 leaves parts."""
        if isinstance(self.parallel, Fsdp2Settings) and self.train.precision == "fp16":
            raise ValueError(
                "train.precision: fp16 cannot be combined with fsdp2. "
                "Set train.precision=bf16, or parallel.kind=ddp."
            )
        return self


def warnings_for(config: RunConfig) -> list[Problem]:
    """What is allowed but most likely not meant; shown before the run starts."""
    if isinstance(config.model, TwistorSettings):
        return _one_chunk_alone(config.model.recurrence, config.data.sequence_length)
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


def _one_chunk_alone(recurrence: RecurrenceSettings, length: int) -> list[Problem]:
    """Warmed-up or connected chunks, of which no text has more than one."""
    if recurrence.chunk < length or not (recurrence.warm_up or recurrence.connector):
        return []
    what = (
        f"no text (data.sequence_length={length}) has a second chunk of {recurrence.chunk} "
        "tokens, so nothing is warmed up or handed on."
    )
    hint = "Lower the chunk or raise data.sequence_length."
    return [Problem("model.recurrence.chunk", what, hint)]
