"""Linear layers without bias, by the fastest product this machine has; embeddings."""

from __future__ import annotations

from torch import Tensor, nn

from hope_core.ops.products import linear


class Linear(nn.Linear):
    """W x for each token. Shapes: x (..., inputs) -> (..., outputs)."""

    def __init__(self, inputs: int, outputs: int) -> None:
        super().__init__(inputs, outputs, bias=False)

    def forward(self, x: Tensor) -> Tensor:
        """The product."""
        return linear(x, self.weight)


class Embedding(nn.Embedding):
    """A row of numbers for each token, left as they are until `init_weights` draws them.

    torch's own would draw them at once; for shapes without values that loads its compiler, which
    takes more than a second.
    """

    def reset_parameters(self) -> None:
        """Nothing."""
