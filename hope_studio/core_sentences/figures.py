"""The lines that stand in the figures of a model, which the core draws, as patterns."""

from __future__ import annotations

LINES = (
    "{name}: architecture",
    "tokens  {batch} x {length}",
    "{path}   {count} parameters",
    "{count} parameters",
    "logits; {count} parameters together",
    "{name}: data flow",
    "{path} ({kind}), the first of {count} alike",
    "Solid: given unchanged. Dashed: products, sums, gates or the memory lie between.",
    "{name}: components",
    "Width: share of the parameters. A row below: what a part is made of.",
    "{name}: what a token rewrites",
    "the token's step",
    "the same for every token",
    "Shapes begin with the batch ({batch}). One row: tensors of the same kind.",
    "{name}: nesting levels",
    "updates in steps 1 to {last}",
    "% of the run",
    "learning rate",
)
"""A test holds the core's sources to them, and them to the sources."""
