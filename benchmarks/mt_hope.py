"""MT-HOPE's scan against the document's cell run token by token, and time a token against length.

python -m benchmarks.mt_hope [--quick] [--json] [--clock cpu] [--lengths 64x256,...,1x16384]:
forward and backward at the shape of the preset mt-hope/small, float32, one thread. "Titans cell" is
our own reference loop of the document's cell (gates that read the last state), which stands for the
public code; both stand in the same model. By default all lengths have the same tokens a batch, so
that what grows is the length alone; at batch 1 a short text pays the start of each operation alone.
"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

import torch
from torch.nn.functional import cross_entropy

from benchmarks._step_memory import parsed
from benchmarks._timing import add_clock, interleaved, markdown, report
from hope_core.config.models import TwistorSettings
from hope_core.config.models.twistor import SelfModificationSettings
from hope_core.config.presets import load_preset
from hope_core.models import build_model

if TYPE_CHECKING:
    from collections.abc import Callable

    from hope_core.config.models import ModelSettings

VOCABULARY = 256
LENGTHS = "64x256,16x1024,4x4096,1x16384"
QUICK_LENGTHS = "4x64,1x256"
RATIO_LENGTH, RATIO_BATCH = 256, 4


def variants() -> dict[str, TwistorSettings]:
    """The preset as it is, with other gates or cells, token by token, and in chunks."""
    settings = load_preset("mt-hope/small").model
    assert isinstance(settings, TwistorSettings)

    def changed(**changes: object) -> TwistorSettings:
        recurrence = settings.recurrence.model_copy(update=changes)
        return settings.model_copy(update={"recurrence": recurrence})

    return {
        "scan": settings,
        "scan, gates untied": changed(gates="untied"),
        "scan, values made by the matrix": settings.model_copy(
            update={"self_modification": SelfModificationSettings(self_referential=True)}
        ),
        "same cell, token by token": changed(mode="sequential"),
        "titans cell, token by token": changed(cell="titans", expansion=1.0),
        "titans cell, chunks of 32": changed(
            cell="titans", expansion=1.0, mode="chunk_truncated", chunk=32
        ),
    }


def training_pass(settings: ModelSettings, *, batch: int, length: int) -> Callable[[], object]:
    """Loss and gradients of one batch, as often as it is called."""
    model = build_model(settings, VOCABULARY)
    draw = torch.Generator().manual_seed(0)
    tokens = torch.randint(VOCABULARY, (batch, length + 1), generator=draw)

    def run() -> object:
        logits, _ = model(tokens[:, :-1])
        loss = cross_entropy(logits.flatten(0, 1), tokens[:, 1:].flatten())
        return torch.autograd.grad(loss, list(model.parameters()), allow_unused=True)

    return run


def ratios(*, repeats: int, clock: str = "wall") -> dict[str, float]:
    """Median seconds of every variant, taken in turn."""
    runs = {
        name: training_pass(settings, batch=RATIO_BATCH, length=RATIO_LENGTH)
        for name, settings in variants().items()
    }
    return interleaved(runs, repeats=repeats, clock=clock)


def scaling(lengths: str, *, repeats: int, clock: str = "wall") -> dict[tuple[int, int], float]:
    """Seconds a token of the preset at every (batch, length), taken in turn."""
    settings = variants()["scan"]
    shapes = {f"{B} x {T}": (B, T) for B, T in parsed(lengths)}
    runs = {n: training_pass(settings, batch=B, length=T) for n, (B, T) in shapes.items()}
    medians = interleaved(runs, repeats=repeats, clock=clock)
    return {(B, T): medians[name] / (B * T) for name, (B, T) in shapes.items()}


def arguments(given: list[str] | None = None) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="short sequences, few repeats")
    parser.add_argument("--json", action="store_true", help="the figures as JSON, last line")
    parser.add_argument("--lengths", help=f"batch x length, with commas; all: {LENGTHS}")
    add_clock(parser)
    return parser.parse_args(given)


def main() -> None:
    """Measure, print both tables, and with --json the figures."""
    options = arguments()
    torch.set_num_threads(1)
    torch.manual_seed(0)
    repeats = 3 if options.quick else 7
    taken = ratios(repeats=repeats, clock=options.clock)
    lengths = options.lengths or (QUICK_LENGTHS if options.quick else LENGTHS)
    each = scaling(lengths, repeats=repeats, clock=options.clock)
    first = next(iter(each.values()))
    speed = [
        (name, 1000 * seconds, RATIO_BATCH * RATIO_LENGTH / seconds, seconds / taken["scan"])
        for name, seconds in taken.items()
    ]
    growth = [(f"{B} x {T}", 1e6 * each[B, T], each[B, T] / first) for B, T in each]
    table = "\n\n".join(
        [
            markdown(("cell", "ms a batch", "tokens/s", "time over scan"), speed),
            markdown(("batch x T", "µs a token", "over the first"), growth),
        ]
    )
    figures = {
        "quick": options.quick,
        "clock": options.clock,
        "seconds": taken,
        "over_titans_cell": taken["titans cell, token by token"] / taken["scan"],
        "seconds_a_token": {f"{B}x{T}": seconds for (B, T), seconds in each.items()},
        "growth": {f"{B}x{T}": seconds / first for (B, T), seconds in each.items()},
    }
    title = f"MT-HOPE, small, {RATIO_BATCH} x {RATIO_LENGTH} and {lengths}"
    report(title, table, figures, as_json=options.json)


if __name__ == "__main__":
    main()
