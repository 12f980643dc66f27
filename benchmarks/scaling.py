"""How time and memory of a training step grow with the length of the sequence.

python -m benchmarks.scaling [--quick] [--json] [--size 1M] [--lengths 1x256,...,1x16384]:
float32, one thread, models in turn; memory is the growth of a process of its own that builds the
model and does one step. "over shortest" is the time of a token over that at the first length.
"""

from __future__ import annotations

import argparse
from dataclasses import asdict, dataclass

import torch

from benchmarks._contenders import SIZES, contender, names
from benchmarks._step_memory import parsed, step_bytes
from benchmarks._timing import add_clock, interleaved, markdown, report
from benchmarks._training import training_step

MODELS = ("transformer", "hope with titans", "hope", "gated deltanet")
QUICK_MODELS = ("transformer", "hope with titans")
LENGTHS = "1x256,1x1024,8x1024,1x4096,1x16384"
QUICK_LENGTHS = "1x256,1x1024"


@dataclass(frozen=True)
class Cost:
    """One line of the table."""

    batch: int
    length: int
    model: str
    tokens_per_second: float
    over_transformer: float
    over_shortest: float
    step_bytes: int | None
    memory_over_transformer: float | None


def measure(
    size: str,
    lengths: str,
    models: tuple[str, ...],
    *,
    repeats: int,
    budget: float,
    clock: str = "wall",
) -> list[Cost]:
    """Times and memory of every model at every (batch, length)."""
    costs: list[Cost] = []
    first: dict[str, float] = {}
    peaks = {name: step_bytes(name, size, lengths) for name in models}
    for index, (batch, length) in enumerate(parsed(lengths)):
        runs = {
            name: training_step(contender(name, SIZES[size]), batch=batch, length=length)
            for name in models
        }
        medians = interleaved(runs, repeats=repeats, budget=budget, clock=clock)
        memory = {name: peaks[name][index] for name in models}
        for name, seconds in medians.items():
            each = seconds / (batch * length)
            costs.append(
                Cost(
                    batch=batch,
                    length=length,
                    model=name,
                    tokens_per_second=1 / each,
                    over_transformer=medians["transformer"] / seconds,
                    over_shortest=each / first.setdefault(name, each),
                    step_bytes=memory[name],
                    memory_over_transformer=_over(memory[name], memory["transformer"]),
                )
            )
    return costs


def _over(one: int | None, other: int | None) -> float | None:
    return one / other if one is not None and other else None


def table(costs: list[Cost]) -> str:
    """The Markdown table."""
    head = ("batch x T", "model", "tokens/s", "over transformer", "a token over shortest")
    rows = [
        (
            f"{c.batch} x {c.length}",
            c.model,
            c.tokens_per_second,
            c.over_transformer,
            c.over_shortest,
            "-" if c.step_bytes is None else c.step_bytes / 1e6,
            "-" if c.memory_over_transformer is None else c.memory_over_transformer,
        )
        for c in costs
    ]
    return markdown((*head, "memory, MB", "memory over transformer"), rows)


def arguments(given: list[str] | None = None) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="short sequences, two models")
    parser.add_argument("--json", action="store_true", help="the figures as JSON, last line")
    parser.add_argument("--size", default="1M", choices=SIZES)
    parser.add_argument("--lengths", help=f"batch x length, with commas; all: {LENGTHS}")
    parser.add_argument("--models", help=f"with commas: {', '.join(names())}")
    add_clock(parser)
    return parser.parse_args(given)


def main() -> None:
    """Measure, print the table, and with --json the figures."""
    options = arguments()
    torch.set_num_threads(1)
    quick = options.quick
    models = options.models.split(",") if options.models else QUICK_MODELS if quick else MODELS
    costs = measure(
        options.size,
        options.lengths or (QUICK_LENGTHS if quick else LENGTHS),
        tuple(dict.fromkeys(("transformer", *models))),
        repeats=5 if quick else 9,
        budget=2.0 if quick else 60.0,
        clock=options.clock,
    )
    figures = {"quick": quick, "size": options.size, "costs": [asdict(cost) for cost in costs]}
    report(f"Scaling, {options.size}", table(costs), figures, as_json=options.json)


if __name__ == "__main__":
    main()
