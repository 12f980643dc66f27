"""The settings of HOPE: blocks of a memory and a continuum of levels."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from hope_core.config.base import Settings
from hope_core.config.memories import MemorySettings, TitansSettings
from hope_core.config.models.heads import heads_sentence, odd_heads_sentence


class LevelSettings(Settings):
    """One level of the continuum memory: an MLP that learns at its own clock.

    The optimizer moves it every `clock` steps; with a `chunk`, it also moves while it reads, on its
    own for each sequence, and begins each fresh text with the weights that the optimizer gave it.
    """

    clock: int = Field(
        1, ge=1, le=1_000_000, description="Steps between two updates of this level (steps)."
    )
    learning_rate_factor: float = Field(
        1.0, ge=0.0, le=100.0, description="This level's learning rate, as a multiple of the run's."
    )
    expansion: float = Field(
        2.0, gt=0.0, le=16.0, description="Hidden width of the level's MLP, as a multiple of width."
    )
    convolution: int = Field(
        4,
        ge=0,
        le=64,
        description="Width of the causal convolution at the level's entrance; 0: none (tokens).",
    )
    chunk: int = Field(
        0,
        ge=0,
        le=1_000_000,
        description="Tokens between two updates inside a sequence; 0: none (tokens).",
    )
    step: float = Field(
        1.0,
        gt=0.0,
        le=1.0,
        description="Largest share of an error that an update inside a sequence takes back.",
    )
    inner_loss: Literal["local", "next_token"] = Field(
        "local",
        description="What an update inside a sequence descends. local: the error of the level's "
        "own answers; next_token: the model's loss over the chunk just read, which costs another "
        "pass forward and backward.",
    )


class HopeSettings(Settings):
    """HOPE: causal convolution, Titans memory and a continuum of MLP levels in each block."""

    kind: Literal["hope"] = "hope"
    width: int = Field(256, ge=8, le=8192, description="Width of the residual stream (channels).")
    layers: int = Field(6, ge=1, le=128, description="Number of blocks.")
    heads: int = Field(4, ge=1, le=128, description="Memory heads in each block; divides width.")
    convolution: int = Field(
        4, ge=1, le=64, description="Width of the local causal convolution (tokens)."
    )
    memory: MemorySettings = Field(TitansSettings(), description="What each block remembers with.")
    levels: tuple[LevelSettings, ...] = Field(
        (LevelSettings(clock=1), LevelSettings(clock=8, learning_rate_factor=0.5)),
        min_length=1,
        max_length=8,
        description="The continuum memory: one MLP a level, fast to slow.",
    )
    arrangement: Literal["sequential", "independent", "nested"] = Field(
        "sequential",
        description="How levels meet. sequential: each reads the one before; independent: all read "
        "the same and their answers are added with learned weights; nested: as sequential, and a "
        "level starts afresh whenever the next slower one has moved inside the sequence.",
    )
    document_end: Literal["drop", "keep"] = Field(
        "drop",
        description="What levels have learned inside a document, when another one begins: begin "
        "from the trained weights again, or keep it.",
    )
    tie_embeddings: bool = Field(False, description="Use the token table as the output layer too.")

    @model_validator(mode="after")
    def segments_fit(self) -> Self:
        """Levels that learn from the next token share the chunks in which the text is read."""
        segment = self.segment
        for index, level in enumerate(self.levels):
            if level.inner_loss != "next_token" or not level.chunk:
                continue
            if level.chunk == 1:
                raise ValueError(
                    f"levels.{index}.chunk: 1 token has no next one in its chunk to learn from. "
                    "Use at least 2."
                )
            if level.chunk % segment:
                raise ValueError(
                    f"levels.{index}.chunk: {level.chunk} is no multiple of {segment}, the "
                    "shortest chunk that learns from the next token. Use "
                    f"{-(-level.chunk // segment) * segment}."
                )
        return self

    @property
    def segment(self) -> int:
        """Tokens that are read at once where levels learn from the next token; 0: none do."""
        chunks = [level.chunk for level in self.levels if level.inner_loss == "next_token"]
        return min((chunk for chunk in chunks if chunk), default=0)

    @model_validator(mode="after")
    def nested_levels_fit(self) -> Self:
        """Nested levels move inside the sequence, each more seldom than the one before."""
        if self.arrangement != "nested":
            return self
        for index, level in enumerate(self.levels):
            if level.clock > 1:
                raise ValueError(
                    f"levels.{index}.clock: nested levels start afresh inside a sequence, which a "
                    "clock of optimizer steps cannot do. Set it to 1 and use chunk instead."
                )
            least = self.levels[index - 1].chunk if index else 0
            if level.chunk <= least:
                raise ValueError(
                    f"levels.{index}.chunk: nested levels need longer chunks from fast to slow, "
                    f"the first above 0. Use more than {least}, or another model.arrangement."
                )
        return self

    @model_validator(mode="after")
    def heads_divide_width(self) -> Self:
        """The heads share the width evenly."""
        if self.width % self.heads:
            raise ValueError(heads_sentence(self.width, self.heads))
        if self.memory.kind == "attention" and (self.width // self.heads) % 2:
            raise ValueError(odd_heads_sentence(self.width, self.heads))
        return self
