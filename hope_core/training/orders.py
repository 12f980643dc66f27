"""What process 0 of a team asks of the others: each order is the same piece of work for all."""

from __future__ import annotations

import msgspec


class Order(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind"):
    """The base of every order."""


class Prepare(Order, frozen=True, tag="prepare"):
    """Read the text and build the model."""

    checkpoint: str = ""
    """Folder to go on from; empty: from the start."""


class Compute(Order, frozen=True, tag="compute"):
    """Use this number format and so many threads; then share the model."""

    precision: str
    threads: int


class Step(Order, frozen=True, tag="step"):
    """Do a step; the batches follow from its number."""

    number: int
    learning_rate: float
    measure: bool
    progress: float = 1.0


class Show(Order, frozen=True, tag="show"):
    """Help to gather the weights, so that process 0 can look at the whole model."""


class Gather(Order, frozen=True, tag="gather"):
    """Help to gather weights and moments for a checkpoint."""


class WriteShare(Order, frozen=True, tag="write_share"):
    """Write what only this process knows into a checkpoint that is being made."""

    path: str


class Dismiss(Order, frozen=True, tag="dismiss"):
    """The run has ended."""


AnyOrder = Prepare | Compute | Step | Show | Gather | WriteShare | Dismiss
