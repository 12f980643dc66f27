"""TwistorRecurrent: blocks of a twistor cell and the evolution after it, in a row.

Modes: "scan" (exact, parallel), "sequential" (exact, token by token: the measure of the other), and
"chunk_truncated" (chunks side by side in the batch, each from a fresh state: approximate, and for a
cell without a parallel form the only fast way).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import torch
from torch import Tensor, nn

from hope_core.memories.contract import Memory
from hope_core.memories.twistor_cell import TwistorCell
from hope_core.memories.twistor_titans_cell import TwistorTitansCell
from hope_core.nn.state import State, common_position
from hope_core.nn.twistor_evolution import MultiScaleEvolution

if TYPE_CHECKING:
    from hope_core.config.models.twistor import TwistorSettings


@dataclass(frozen=True)
class RecurrentState(State):
    """Each block's cell, and how many tokens were read, (B,) int64."""

    cells: tuple[State, ...]
    position: Tensor


class TwistorBlock(nn.Module):
    """x <- x + cell(norm x); then the evolution's scales, which bring their own residuals.

    Shapes: x (B, T, D) -> (B, T, D).
    """

    def __init__(self, settings: TwistorSettings) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(settings.width, bias=False)
        self.cell = make_cell(settings)
        self.evolution = MultiScaleEvolution(settings.width, settings.recurrence)
        truncated = settings.recurrence.mode == "chunk_truncated"
        self.chunk = settings.recurrence.chunk if truncated else 0

    def forward(self, x: Tensor, state: State | None, position: int) -> tuple[Tensor, State]:
        """The block's tokens and its cell after the last; `position` counts the tokens before."""
        if self.chunk:
            y, state = in_chunks(self.cell, self.norm(x), state, position, chunk=self.chunk)
        else:
            y, state = self.cell(self.norm(x), state)
        return self.evolution(x + y), state

    def init_weights(self, generator: torch.Generator, *, output_scale: float) -> None:
        """Norm 1; cell and evolution their own, with outputs shrunk by `output_scale`."""
        self.norm.reset_parameters()
        self.cell.init_weights(generator, output_scale=output_scale)
        self.evolution.init_weights(generator, output_scale=output_scale)


class TwistorRecurrent(Memory):
    """The blocks in a row.

    Shapes: x (B, T, D) -> (B, T, D).
    """

    def __init__(self, settings: TwistorSettings) -> None:
        super().__init__()
        self.blocks = nn.ModuleList(TwistorBlock(settings) for _ in range(settings.layers))

    def forward(self, x: Tensor, state: State | None = None) -> tuple[Tensor, RecurrentState]:
        """The tokens after all blocks, and every cell after the last token."""
        before = cast("RecurrentState", state) if state else self.initial_state(x.shape[0])
        position = common_position(before.position)
        cells = []
        for block, cell in zip(self.blocks, before.cells, strict=True):
            x, cell = block(x, cell, position)
            cells.append(cell)
        return x, RecurrentState(tuple(cells), before.position + x.shape[1])

    def initial_state(self, batch: int) -> RecurrentState:
        """Fresh cells, nothing read."""
        position = torch.zeros(batch, dtype=torch.int64, device=next(self.parameters()).device)
        return RecurrentState(tuple(c.initial_state(batch) for c in self.cells()), position)

    def init_weights(self, generator: torch.Generator, *, output_scale: float) -> None:
        """Each block its own."""
        for block in self.blocks:
            cast("TwistorBlock", block).init_weights(generator, output_scale=output_scale)

    def measure(self, x: Tensor, state: State | None = None) -> dict[str, Tensor]:
        """What every cell measures, with a leading axis of blocks, from a fresh state."""
        del state
        measured = []
        for block in self.blocks:
            block = cast("TwistorBlock", block)
            measured.append(block.cell.measure(block.norm(x)))
            x, _ = block(x, None, 0)
        return {name: torch.stack([one[name] for one in measured]) for name in measured[0]}

    def flops_per_token(self, sequence_length: int) -> int:
        """All cells."""
        return sum(cell.flops_per_token(sequence_length) for cell in self.cells())

    def cells(self) -> list[Memory]:
        """The blocks' cells in order."""
        return [cast("TwistorBlock", block).cell for block in self.blocks]


def make_cell(settings: TwistorSettings) -> Memory:
    """The cell of these settings, without weights yet."""
    if settings.recurrence.cell == "titans":
        hidden = 2 * settings.state_channels
        return TwistorTitansCell(settings.width, hidden=hidden, heads=settings.heads)
    sequential = settings.recurrence.mode == "sequential"
    return TwistorCell(
        settings.width,
        channels=settings.state_channels,
        heads=settings.heads,
        convolution=settings.convolution,
        mobius=settings.mobius,
        backend="reference" if sequential else "auto",
    )


def in_chunks(
    cell: Memory, x: Tensor, state: State | None, position: int, *, chunk: int
) -> tuple[Tensor, State]:
    """The cell's answers where it forgets everything every `chunk` tokens of the text.

    Whole chunks are read side by side; the rest of a chunk that was begun before is read first, and
    what does not fill a chunk last. Shapes: x (B, T, D) -> (B, T, D).
    """
    B, T, D = x.shape
    begun = position % chunk
    first = min(T, chunk - begun) if begun else 0
    whole = (T - first) // chunk * chunk
    answers, after = [], state
    if first:
        y, after = cell(x[:, :first], state)
        answers.append(y)
    if whole:
        stacked = x[:, first : first + whole].reshape(-1, chunk, D)
        y, after = cell(stacked, None)
        last = torch.arange(1, B + 1, device=x.device) * (whole // chunk) - 1
        after = after.select(last)
        answers.append(y.reshape(B, whole, D))
    if first + whole < T:
        y, after = cell(x[:, first + whole :], None)
        answers.append(y)
    assert after is not None
    return torch.cat(answers, dim=1), after
