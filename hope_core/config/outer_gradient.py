"""How far the outer gradient reaches back through a memory's writes: settings of every memory."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

OuterGradient = Annotated[
    Literal["full", "truncated", "first_order"],
    Field(
        description="How training differentiates the writes. full: exactly; truncated: exactly, "
        "but cut off every few chunks; first_order: a write's own gradient counts as independent "
        "of the memory it was taken at. What the model answers is the same in all three."
    ),
]
"""The name of the way."""

OuterChunks = Annotated[
    int,
    Field(
        ge=1,
        le=4096,
        description="With outer_gradient 'truncated': chunks of the memory after which the "
        "gradient is cut off (chunks).",
    ),
]
"""The reach of the truncated way."""
