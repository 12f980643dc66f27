"""The settings of the training loop: how long, how fast, how often it looks and saves."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from hope_core.config.base import Settings


class TrainSettings(Settings):
    """How the run trains. Intervals count steps; 0 switches a thing off where it says so."""

    steps: int = Field(2000, ge=1, le=100_000_000, description="Number of steps of the run.")
    max_seconds: float = Field(
        0.0, ge=0.0, le=31_536_000.0, description="Stop after this much training time (s); 0: none."
    )
    batch_size: int = Field(16, ge=1, le=65_536, description="Sequences in one batch.")
    accumulation: int = Field(
        1, ge=1, le=4096, description="Batches whose gradients are added before one step."
    )
    learning_rate: float = Field(
        0.008, gt=0.0, le=1.0, description="Peak learning rate of the fastest level."
    )
    minimum_learning_rate: float = Field(
        0.1, ge=0.0, le=1.0, description="Where the cosine ends, as a share of the peak."
    )
    warmup: float = Field(
        0.05, ge=0.0, lt=1.0, description="Share of the run over which the learning rate rises."
    )
    clip_norm: float = Field(
        1.0, ge=0.0, le=1e6, description="Largest norm of the gradient; 0: no clipping."
    )
    skip_not_finite: int = Field(
        0,
        ge=0,
        le=1000,
        description="Steps in a row that may be left out because their loss or gradient is no "
        "number; 0: stop at the first.",
    )
    precision: Literal["auto", "fp32", "bf16", "fp16"] = Field(
        "auto", description="Number format of the forward and backward pass."
    )
    threads: int = Field(
        0, ge=0, le=1024, description="CPU threads; 0: the fastest of a few, found by timing."
    )
    compile: Literal["off", "auto"] = Field(
        "off",
        description="auto: let torch.compile rewrite the model before the first step, which takes "
        "minutes, and keep that where a trial shows it to be faster.",
    )
    loader_workers: int = Field(
        0,
        ge=0,
        le=64,
        description="Threads that cut batches out of the text ahead of time; 0: none, as a batch "
        "takes less time than handing it over.",
    )
    loader_prefetch: int = Field(
        2, ge=1, le=256, description="Batches that each of these threads keeps ready."
    )
    pin_memory: bool = Field(
        True, description="Keep batches where a GPU can fetch them by itself; nothing on a CPU."
    )
    clear_cache_every: int = Field(
        0,
        ge=0,
        le=100_000_000,
        description="Steps between two times that freed memory is given back to the system; "
        "0: never.",
    )
    evaluate_every: int = Field(
        100, ge=0, le=100_000_000, description="Steps between two evaluations; 0: only at the end."
    )
    evaluation_batches: int = Field(
        8, ge=1, le=100_000, description="Held-out batches of one evaluation."
    )
    patience: int = Field(
        0,
        ge=0,
        le=100_000,
        description="Stop after this many evaluations without a better one; 0: never.",
    )
    sample_every: int = Field(
        200, ge=0, le=100_000_000, description="Steps between two samples; 0: only at the end."
    )
    sample_prompts: tuple[str, ...] = Field(
        ("def ", "import "), max_length=16, description="Prompts that are continued as a sample."
    )
    sample_tokens: int = Field(120, ge=1, le=65_536, description="Length of one sample (tokens).")
    probe_every: int = Field(
        20, ge=0, le=100_000_000, description="Steps between two looks into the memory; 0: never."
    )
    checkpoint_every: int = Field(
        500, ge=0, le=100_000_000, description="Steps between two checkpoints; 0: only at the end."
    )
    keep_checkpoints: int = Field(
        3, ge=1, le=10_000, description="Newest checkpoints kept, beside the best one."
    )

    @model_validator(mode="after")
    def patience_needs_evaluations(self) -> Self:
        """Early stopping can only count evaluations that happen."""
        if self.patience and not self.evaluate_every:
            raise ValueError(
                "patience: early stopping needs evaluations, but train.evaluate_every is 0. "
                "Set train.evaluate_every, or train.patience=0."
            )
        return self
