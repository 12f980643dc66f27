"""Chunks of a twistor cell that forget less: tokens to warm up with, and a second pass.

Notable: chunks are still read side by side, so what a chunk knows of the text before it is an
estimate. Warmed up, its cell has read the last w tokens before it, from a fresh state and without
answering. Connected, all chunks are read twice: the state at the end of each, as the first pass
leaves it, goes through a Moebius map of its own and begins the next one, whose second reading
answers. So a chunk sees at least the whole one before it; pieces of a text are read as the whole.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast

import torch
from torch import Tensor, nn

from hope_core.config.models.twistor import MobiusSettings
from hope_core.memories.contract import Memory
from hope_core.memories.twistor_cell import CellState
from hope_core.memories.twistor_recurrent import TwistorRecurrent
from hope_core.memories.twistor_titans_cell import TitansCellState
from hope_core.nn.mobius import MobiusLayer
from hope_core.nn.state import State, common_position
from hope_core.nn.twistor_evolution import MultiScaleEvolution

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hope_core.config.models.twistor import TwistorSettings

CONNECTOR = MobiusSettings(cycles=1, coupling=0.0)
"""One map, near the identity at first: a state is handed on as it is until training says else."""


@dataclass(frozen=True)
class ChunksState(State):
    """The cell within the chunk begun, of both passes; the last inputs; tokens read.

    second is None without a connector; recent (B, w, D); position (B,) int64.
    """

    first: State
    second: State | None
    recent: Tensor
    position: Tensor


class TwistorChunks(Memory):
    """A cell that begins every `chunk` tokens afresh, but warmed up or connected.

    Shapes: x (B, T, D) -> (B, T, D); the connector maps twistors of `twistor` reals, 0 for none.
    """

    def __init__(
        self, cell: Memory, *, width: int, chunk: int, warm_up: int, twistor: int = 0
    ) -> None:
        super().__init__()
        self.cell = cell
        self.width, self.chunk, self.warm_up = width, chunk, warm_up
        if twistor:
            self.connector = MobiusLayer(twistor, CONNECTOR)

    def forward(self, x: Tensor, state: State | None = None) -> tuple[Tensor, ChunksState]:
        """The answers, and what the next piece needs of this one."""
        before = cast("ChunksState", state) if state else self.initial_state(x.shape[0])
        position = common_position(before.position)
        seen = torch.cat([before.recent.to(x.dtype), x], dim=1)
        first, second = before.first, before.second
        answers: list[Tensor] = []
        for begin, count, size in _spans(x.shape[1], self.chunk, position):
            piece = seen[:, self.warm_up + begin :][:, : count * size]
            stacked = torch.cat(torch.split(piece, size, dim=1))
            start = second
            if (position + begin) % self.chunk == 0:
                opening = position + begin == 0
                if second is not None and not opening:
                    start = self._handed(first)
                first = self._warmed(seen[:, begin:], count, fresh=first if opening else None)
            y, first, second = self._both(stacked, first, start, count)
            answers += y.chunk(count)
        recent = seen[:, x.shape[1] :]
        after = ChunksState(first, second, recent, before.position + x.shape[1])
        return torch.cat(answers, dim=1), after

    def initial_state(self, batch: int) -> ChunksState:
        """Fresh cells, nothing read."""
        fresh, like = self.cell.initial_state(batch), next(self.parameters())
        return ChunksState(
            first=fresh,
            second=fresh if hasattr(self, "connector") else None,
            recent=like.new_zeros(batch, self.warm_up, self.width),
            position=torch.zeros(batch, dtype=torch.int64, device=like.device),
        )

    def init_weights(self, generator: torch.Generator, *, output_scale: float) -> None:
        """The cell its own; the connector near the identity, its twist 0."""
        self.cell.init_weights(generator, output_scale=output_scale)
        if hasattr(self, "connector"):
            self.connector.init_weights(generator)

    def measure(self, x: Tensor, state: State | None = None) -> dict[str, Tensor]:
        """What the cell measures of a text that it reads as one chunk, from a fresh state."""
        del state
        return self.cell.measure(x)

    def flops_per_token(self, sequence_length: int) -> int:
        """The cell's, for all that is read: warm-up and second pass too."""
        passes = (2 if hasattr(self, "connector") else 1) + self.warm_up / self.chunk
        return round(passes * self.cell.flops_per_token(sequence_length))

    def acting_later(self, length: int) -> tuple[nn.Parameter, ...]:
        """The connector's, which act from the second chunk on."""
        joined = hasattr(self, "connector") and length <= self.chunk
        return tuple(self.connector.parameters()) if joined else ()

    def _both(
        self, stacked: Tensor, first: State, start: State | None, count: int
    ) -> tuple[Tensor, State, State | None]:
        """Both passes over `count` chunks (count B, T, D): answers, and both states at the end.

        Args:
            stacked: the first chunk of every sequence, then the second of every one, and so on.
            first: where the first pass begins each.
            start: where the second begins the first of them; None without a connector.
            count: chunks of a sequence.
        """
        y, ends = self.cell(stacked, first)
        batch = len(stacked) // count
        places = torch.arange(len(stacked), device=y.device)
        earlier, last = torch.split(places, [len(stacked) - batch, batch])
        if start is None:
            return y, ends.select(last), None
        if count > 1:
            start = _joined(start, self._handed(ends.select(earlier)))
        y, again = self.cell(stacked, start)
        return y, ends.select(last), again.select(last)

    def _warmed(self, seen: Tensor, count: int, *, fresh: State | None) -> State:
        """The first pass's starts of `count` chunks, of which the first has `fresh` if given.

        Args:
            seen: inputs from the first chunk's warm-up on, (B, T, D).
            count: chunks.
            fresh: the state of a text's beginning, which has nothing to warm up with.
        """
        if not self.warm_up:
            return self.cell.initial_state(count * len(seen))
        begins = range(self.chunk * (fresh is not None), self.chunk * count, self.chunk)
        if not begins:
            assert fresh is not None
            return fresh
        windows = torch.cat([seen[:, begin : begin + self.warm_up] for begin in begins])
        _, warm = self.cell(windows, None)
        return _joined(fresh, warm) if fresh else warm

    def _handed(self, state: State) -> State:
        """A chunk's last state as the next one's first."""
        if isinstance(state, CellState):
            twistor = self.connector(torch.cat([state.omega, state.pi], dim=-1))
            omega, pi = twistor.chunk(2, dim=-1)
            return replace(state, omega=omega, pi=pi)
        titans = cast("TitansCellState", state)
        return TitansCellState(self.connector(titans.answer), self.connector(titans.inner))


class ChunkBlock(nn.Module):
    """x <- x + chunks(norm x); then the evolution's scales: a `TwistorBlock` of such chunks.

    Shapes: x (B, T, D) -> (B, T, D).
    """

    def __init__(self, settings: TwistorSettings, cell: Memory) -> None:
        super().__init__()
        recurrence = settings.recurrence
        self.norm = nn.LayerNorm(settings.width, bias=False)
        self.chunks = TwistorChunks(
            cell,
            width=settings.width,
            chunk=recurrence.chunk,
            warm_up=recurrence.warm_up,
            twistor=2 * settings.state_channels if recurrence.connector else 0,
        )
        self.evolution = MultiScaleEvolution(settings.width, recurrence)

    @property
    def cell(self) -> Memory:
        """What reads the tokens of a chunk, for probes and pictures."""
        return self.chunks.cell

    def forward(self, x: Tensor, state: State | None, position: int) -> tuple[Tensor, State]:
        """The block's tokens and its chunks after the last; the position stands in their state."""
        del position
        y, state = self.chunks(self.norm(x), state)
        return self.evolution(x + y), state

    def init_weights(self, generator: torch.Generator, *, output_scale: float) -> None:
        """Norm 1; chunks and evolution their own, with outputs shrunk by `output_scale`."""
        self.norm.reset_parameters()
        self.chunks.init_weights(generator, output_scale=output_scale)
        self.evolution.init_weights(generator, output_scale=output_scale)


class ChunkedRecurrent(TwistorRecurrent):
    """The blocks in a row: a `TwistorRecurrent` whose states are those of the chunks.

    Shapes: x (B, T, D) -> (B, T, D).
    """

    def __init__(self, settings: TwistorSettings, cells: Sequence[Memory]) -> None:
        super().__init__(settings)
        self.blocks = nn.ModuleList(ChunkBlock(settings, cell) for cell in cells)

    def cells(self) -> list[Memory]:
        """What carries each block's state: its chunks."""
        return [cast("ChunkBlock", block).chunks for block in self.blocks]

    def acting_later(self, length: int) -> tuple[nn.Parameter, ...]:
        """The connectors', in texts that have but one chunk."""
        return tuple(p for chunks in self.cells() for p in chunks.acting_later(length))


def _spans(length: int, chunk: int, position: int) -> Iterator[tuple[int, int, int]]:
    """First token, number of chunks and tokens of each: the one begun before, all whole ones, rest.

    Chunks begin where `position` + index is a multiple of `chunk`.
    """
    begin = min(length, -position % chunk)
    if begin:
        yield 0, 1, begin
    whole = (length - begin) // chunk
    if whole:
        yield begin, whole, chunk
    rest = begin + whole * chunk
    if rest < length:
        yield rest, 1, length - rest


def _joined(one: State, other: State) -> State:
    """The sequences of both states, those of `one` first."""
    rest = iter(other.named_tensors().values())
    return one.map(lambda tensor: torch.cat([tensor, next(rest)]))
