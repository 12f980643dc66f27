"""MT-HOPE's scan against the document's cell run token by token, and time a token against length.

python -m benchmarks.mt_hope [--quick] [--json]: forward and backward at the shape of the preset
mt-hope/small, float32, one thread. "Titans cell" is our own reference loop of the document's cell
(gates that read the last state), which stands for the public code; both stand in the same model.
"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

import torch
from torch.nn.functional import cross_entropy

from benchmarks._timing import interleaved, markdown, report
from hope_core.config.models import TwistorSettings
from hope_core.config.presets import load_preset
from hope_core.models import build_model

if TYPE_CHECKING:
    from collections.abc import Callable

    from hope_core.config.models import ModelSettings

VOCABULARY = 256
LENGTHS = (256, 1024, 4096, 16384)
QUICK_LENGTHS = (256, 1024)
RATIO_LENGTH, RATIO_BATCH = 256, 4


def variants() -> dict[str, TwistorSettings]:
    """The preset as it is, token by token, with the document's cell, and that in chunks."""
    settings = load_preset("mt-hope/small").model
    assert isinstance(settings, TwistorSettings)

    def changed(**changes: object) -> TwistorSettings:
        recurrence = settings.recurrence.model_copy(update=changes)
        return settings.model_copy(update={"recurrence": recurrence})

    return {
        "scan": settings,
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


def ratios(*, repeats: int) -> dict[str, float]:
    """Median seconds of every variant, taken in turn."""
    runs = {
        name: training_pass(settings, batch=RATIO_BATCH, length=RATIO_LENGTH)
        for name, settings in variants().items()
    }
    return interleaved(runs, repeats=repeats)


def scaling(lengths: tuple[int, ...], *, repeats: int) -> dict[int, float]:
    """Seconds a token of the preset, batch 1, at every length, taken in turn."""
    settings = variants()["scan"]
    runs = {str(T): training_pass(settings, batch=1, length=T) for T in lengths}
    return {int(T): seconds / int(T) for T, seconds in interleaved(runs, repeats=repeats).items()}


def arguments(given: list[str] | None = None) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="short sequences, few repeats")
    parser.add_argument("--json", action="store_true", help="the figures as JSON, last line")
    return parser.parse_args(given)


def main() -> None:
    """Measure, print both tables, and with --json the figures."""
    options = arguments()
    torch.set_num_threads(1)
    torch.manual_seed(0)
    repeats = 3 if options.quick else 7
    taken = ratios(repeats=repeats)
    each = scaling(QUICK_LENGTHS if options.quick else LENGTHS, repeats=repeats)
    first = next(iter(each.values()))
    speed = [
        (name, 1000 * seconds, RATIO_BATCH * RATIO_LENGTH / seconds, seconds / taken["scan"])
        for name, seconds in taken.items()
    ]
    growth = [(T, 1e6 * seconds, seconds / first) for T, seconds in each.items()]
    table = "\n\n".join(
        [
            markdown(("cell", "ms a batch", "tokens/s", "time over scan"), speed),
            markdown(("T", "µs a token", "over the shortest"), growth),
        ]
    )
    figures = {
        "quick": options.quick,
        "seconds": taken,
        "over_titans_cell": taken["titans cell, token by token"] / taken["scan"],
        "seconds_a_token": {str(T): seconds for T, seconds in each.items()},
        "growth": {str(T): seconds / first for T, seconds in each.items()},
    }
    title = f"MT-HOPE, small, {RATIO_BATCH} x {RATIO_LENGTH} and 1 x T"
    report(title, table, figures, as_json=options.json)


if __name__ == "__main__":
    main()
