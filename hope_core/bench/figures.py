"""What is told about one preset and about one claim."""

from __future__ import annotations

from typing import Literal

import msgspec

SAID = {
    "linear": "time grows with the length n as O(n)",
    "compile": "torch.compile makes training 1.2 to 1.5 times as fast",
    "loader": "a DataLoader with workers trains 1.1 to 1.3 times as fast",
    "chunks": "sequence chunks in parallel are 4 to 8 times as fast",
    "pipeline": "a pipeline of nested levels is 2 to 4 times as fast",
    "together": "all of it together is 8 to 15 times as fast",
    "amp": "mixed precision halves the memory",
}
"""What document 000 claims of MT-HOPE, in its order, by keys."""

Verdict = Literal["confirmed", "refuted", "not measurable here"]


class PresetFigures(msgspec.Struct, frozen=True, kw_only=True):
    """A preset in numbers; bytes and times are this machine's."""

    name: str
    model: str
    parameters: int
    levels: int
    """Groups of parameters with a clock or a learning rate of their own."""
    slowest_clock: int
    """Steps between two updates of the slowest level."""
    batch: int
    length: int
    """Shape of the batch that was measured (sequences, tokens)."""
    weight_bytes: int
    gradient_bytes: int
    optimizer_bytes: int
    activation_bytes: int
    """Of a training step with the measured batch, from the shapes alone."""
    peak_bytes: int | None = None
    """Growth of the process from before the model was built to after a step, as measured."""
    forward_ms: float | None = None
    step_ms: float | None = None
    tokens_per_second: float | None = None
    """While training."""
    why_not: str = ""
    """Why there are no measured figures."""


class Claim(msgspec.Struct, frozen=True, kw_only=True):
    """Something that is said about these models, and what a measurement says."""

    key: str
    measured: str
    verdict: Verdict
    why: str = ""
    """How it was measured, or why it was not."""

    @property
    def said(self) -> str:
        """The claim in words."""
        return SAID[self.key]


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """What a process of the bench shall do."""

    what: str
    """"preset", or the key of a claim."""
    config: str
    """A RunConfig as JSON."""
    quick: bool = False
    threads: int = 1
