"""The settings of MT-HOPE's recurrence: its cell, how it is computed, and what acts after it."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from hope_core.config.base import Settings


class RecurrenceSettings(Settings):
    """The twistor Titans cell and what acts after it at every token."""

    cell: Literal["parallel", "titans"] = Field(
        "parallel",
        description="parallel: gates read the input alone, so that a scan computes all tokens at "
        "once; titans: gates read the last state too, one token after the other (slow).",
    )
    gates: Literal["tied", "untied"] = Field(
        "tied",
        description="tied: omega and pi forget and write alike, so that one complex number carries "
        "both; untied: each by gates of its own, carried by a 2 x 2 matrix (slower).",
    )
    expansion: float = Field(
        2.0, gt=0.0, le=8.0, description="Width of the state, as a multiple of the stream's."
    )
    mode: Literal["scan", "sequential", "chunk_truncated"] = Field(
        "scan",
        description="scan: exact and parallel; sequential: exact, token by token; chunk_truncated: "
        "the state starts afresh with every chunk (approximate).",
    )
    chunk: int = Field(
        512, ge=2, le=1_000_000, description="Tokens of a chunk in mode chunk_truncated (tokens)."
    )
    warm_up: int = Field(
        0,
        ge=0,
        le=1_000_000,
        description="Tokens before each chunk that its state reads without answering, in mode "
        "chunk_truncated; at most a chunk (tokens).",
    )
    connector: bool = Field(
        False,
        description="In mode chunk_truncated, read all chunks twice: the second time each begins "
        "with the last one's end, through a Moebius map.",
    )
    bidirectional: bool = Field(
        False,
        description="Read from both ends. Only for encoding: a language model may not use it.",
    )
    scales: int = Field(
        2, ge=1, le=6, description="MLPs in a row after each recurrence: fast, medium, slow."
    )
    scale_expansion: float = Field(
        2.0, gt=0.0, le=16.0, description="Hidden width of each, as a multiple of the stream's."
    )
    adaptive_rate: bool = Field(
        True, description="Each token sets how strongly each of them acts on it."
    )

    @model_validator(mode="after")
    def forms_fit(self) -> Self:
        """Each form has what it works on: gates to untie, chunks to warm up or to connect."""
        if self.cell == "titans" and self.gates == "untied":
            raise ValueError(
                "gates: the document's cell (recurrence.cell=titans) has gates of omega and of pi "
                "apart by itself. Leave this at tied, or set recurrence.cell=parallel."
            )
        asked = {"warm_up": self.warm_up > 0, "connector": self.connector}
        for name in (name for name, wanted in asked.items() if wanted):
            if self.mode != "chunk_truncated":
                raise ValueError(
                    f"{name}: mode '{self.mode}' has no chunks that begin afresh. "
                    "Leave it off, or set recurrence.mode=chunk_truncated."
                )
        if self.warm_up > self.chunk:
            raise ValueError(
                f"warm_up: {self.warm_up} tokens are more than a chunk of {self.chunk}. "
                "Lower it, or raise recurrence.chunk."
            )
        return self
