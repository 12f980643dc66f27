"""How far chunks of MT-HOPE's recurrence are from the whole text, and what they cost.

python -m benchmarks.mt_hope_chunks [--quick] [--json] [--clock cpu]: the blocks of the preset
mt-hope/small before any training, forward and backward, float32, one thread; y is the stream after
all blocks. Chunks begin afresh, or are warmed up by w tokens, or connected: read twice, each chunk
from the mapped end of the one before. "First 16" are those of every chunk but a text's first one.
"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

import torch

from benchmarks._timing import add_clock, interleaved, markdown, report
from hope_core.config.models import TwistorSettings
from hope_core.config.overrides import apply_overrides
from hope_core.config.presets import load_preset
from hope_core.models import build_model

if TYPE_CHECKING:
    from collections.abc import Callable

    from torch import Tensor

    from hope_core.memories.contract import Memory

BATCH, LENGTH, CHUNK, FIRST = 4, 512, 128, 16
QUICK_LENGTH, QUICK_CHUNK = 256, 64
CELLS = {
    "parallel": ("model.recurrence.cell=parallel",),
    "titans": ("model.recurrence.cell=titans", "model.recurrence.expansion=1.0"),
}
FORMS: dict[str, tuple[str, ...]] = {
    "afresh": (),
    "w = 16": ("warm_up=16",),
    "w = 64": ("warm_up=64",),
    "connected": ("connector=true",),
    "connected, w = 16": ("warm_up=16", "connector=true"),
    "connected, w = 64": ("warm_up=64", "connector=true"),
}


def blocks(*changes: str) -> Memory:
    """The preset's blocks with these settings, the same weights for each form of a cell."""
    settings = apply_overrides(load_preset("mt-hope/small"), changes).model
    assert isinstance(settings, TwistorSettings)
    model = build_model(settings, 256)
    recurrent: Memory = model.recurrent  # type: ignore[assignment]
    return recurrent


def forms(cell: tuple[str, ...], chunk: int) -> dict[str, Memory]:
    """The token loop, the scan where the cell has one, and the chunks."""
    ways = ("sequential", "scan") if cell == CELLS["parallel"] else ("sequential",)
    found = {f"whole, {way}": blocks(*cell, f"model.recurrence.mode={way}") for way in ways}
    chunks = ("mode=chunk_truncated", f"chunk={chunk}")
    for name, changes in FORMS.items():
        found[name] = blocks(*cell, *(f"model.recurrence.{c}" for c in (*chunks, *changes)))
        _same_weights(found[name], found["whole, sequential"])
    return found


@torch.no_grad()
def _same_weights(one: Memory, other: Memory) -> None:
    """Give `one` the weights of `other`; only connectors keep their own."""
    given = other.state_dict()
    for name, weight in one.state_dict().items():
        plain = name.replace(".chunks.cell.", ".cell.")
        if plain in given:
            weight.copy_(given[plain])


def training_pass(memory: Memory, x: Tensor) -> Callable[[], object]:
    """Answers and gradients, as often as it is called."""

    def run() -> object:
        y, _ = memory(x)
        return torch.autograd.grad(y.sin().sum(), list(memory.parameters()), allow_unused=True)

    return run


@torch.no_grad()
def apart(memory: Memory, x: Tensor, exact: Tensor, chunk: int) -> tuple[float, float]:
    """|y - y_seq| / |y_seq|, in %, over all tokens and over the first of every later chunk."""
    y, _ = memory(x)
    begins = [slice(at, at + FIRST) for at in range(chunk, x.shape[1], chunk)]
    early, wanted = (torch.cat([v[:, begin] for begin in begins], 1) for v in (y, exact))
    return _share(y, exact), _share(early, wanted)


def _share(y: Tensor, exact: Tensor) -> float:
    return 100 * float(torch.linalg.vector_norm(y - exact) / torch.linalg.vector_norm(exact))


def main() -> None:
    """Measure, print a table a cell, and with --json the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a shorter text, few repeats")
    parser.add_argument("--json", action="store_true", help="the figures as JSON, last line")
    add_clock(parser)
    options = parser.parse_args()
    torch.set_num_threads(1)
    length, chunk = (QUICK_LENGTH, QUICK_CHUNK) if options.quick else (LENGTH, CHUNK)
    x = torch.randn(BATCH, length, 256, generator=torch.Generator().manual_seed(0))
    figures: dict[str, object] = {"quick": options.quick, "clock": options.clock}
    tables = []
    for cell, changes in CELLS.items():
        found = forms(changes, chunk)
        runs = {name: training_pass(memory, x) for name, memory in found.items()}
        taken = interleaved(runs, repeats=1 if options.quick else 3, clock=options.clock)
        exact = found["whole, sequential"](x)[0].detach()
        rows = [
            (name, 1000 * taken[name], taken["whole, sequential"] / taken[name], *far)
            for name, memory in found.items()
            for far in [apart(memory, x, exact, chunk)]
        ]
        figures[cell] = {name: numbers for name, *numbers in rows}
        head = (f"cell {cell}", "ms a batch", "speed over the loop", "apart, %", "first 16, %")
        tables.append(markdown(head, rows))
    title = f"MT-HOPE's blocks, {BATCH} x {length}, chunks of {chunk}"
    report(title, "\n\n".join(tables), figures, as_json=options.json)


if __name__ == "__main__":
    main()
