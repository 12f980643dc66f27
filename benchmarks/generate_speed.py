"""Tokens a second written by one stream after a context, against a transformer with a KV cache.

python -m benchmarks.generate_speed [--quick] [--json] [--sizes 1M,14M] [--contexts 256,1024,4096]:
float32, one thread, models in turn; the context is read beforehand and not timed, each repeat
writes the same number of tokens from it, the most likely one each time.
"""

from __future__ import annotations

import argparse
from dataclasses import asdict, dataclass
from functools import partial
from typing import TYPE_CHECKING

import torch

from benchmarks._contenders import SIZES, contender, names
from benchmarks._timing import add_clock, interleaved, markdown, report

if TYPE_CHECKING:
    from collections.abc import Callable

    from torch import Tensor

    from hope_core.models.contract import LanguageModel
    from hope_core.nn.state import State

MODELS = ("transformer", "hope with titans", "hope", "gated deltanet", "lstm")
QUICK_MODELS = ("transformer", "hope with titans", "hope")
PIECE = 256
"""Tokens of the context read at once."""


@dataclass(frozen=True)
class Speed:
    """One line of the table."""

    size: str
    context: int
    model: str
    parameters: int
    tokens_per_second: float
    over_transformer: float
    state_bytes: int


@torch.inference_mode()
def read(model: LanguageModel, context: Tensor) -> State:
    """The state after the context (1, T), read in pieces."""
    state: State | None = None
    for start in range(0, context.shape[1], PIECE):
        _, state = model(context[:, start : start + PIECE], state)
    assert state is not None
    return state


@torch.inference_mode()
def write(model: LanguageModel, state: State, count: int) -> Tensor:
    """The last token after writing so many from the state, the most likely each time."""
    token = torch.zeros(1, 1, dtype=torch.int64)
    for _ in range(count):
        logits, state = model(token, state)
        token = logits[:, -1:].argmax(-1)
    return token


def measure(
    size: str,
    context: int,
    models: tuple[str, ...],
    *,
    count: int,
    repeats: int,
    budget: float,
    clock: str = "wall",
) -> list[Speed]:
    """Median writing speeds of the models after one context length."""
    tokens = torch.randint(256, (1, context), generator=torch.Generator().manual_seed(0))
    built = {name: contender(name, SIZES[size]).build().eval() for name in models}
    states = {name: read(model, tokens) for name, model in built.items()}
    runs: dict[str, Callable[[], object]] = {
        name: partial(write, built[name], states[name], count) for name in models
    }
    medians = interleaved(runs, repeats=repeats, budget=budget, clock=clock)
    return [
        Speed(
            size=size,
            context=context,
            model=name,
            parameters=built[name].parameter_count(),
            tokens_per_second=count / seconds,
            over_transformer=medians["transformer"] / seconds,
            state_bytes=sum(
                tensor.numel() * tensor.element_size()
                for tensor in states[name].named_tensors().values()
            ),
        )
        for name, seconds in medians.items()
    ]


def table(speeds: list[Speed]) -> str:
    """The Markdown table."""
    head = ("size", "context", "model", "tokens/s", "over transformer", "state, MB")
    rows = [
        (s.size, s.context, s.model, s.tokens_per_second, s.over_transformer, s.state_bytes / 1e6)
        for s in speeds
    ]
    return markdown(head, rows)


def arguments(given: list[str] | None = None) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="1M, short contexts, few repeats")
    parser.add_argument("--json", action="store_true", help="the figures as JSON, last line")
    parser.add_argument("--sizes", help=f"with commas: {', '.join(SIZES)}")
    parser.add_argument("--contexts", help="tokens read before, with commas")
    parser.add_argument("--models", help=f"with commas: {', '.join(names())}")
    add_clock(parser)
    return parser.parse_args(given)


def main() -> None:
    """Measure, print the table, and with --json the figures."""
    options = arguments()
    torch.set_num_threads(1)
    quick = options.quick
    models = options.models.split(",") if options.models else QUICK_MODELS if quick else MODELS
    contexts = options.contexts or ("256,1024" if quick else "256,1024,4096")
    speeds = [
        speed
        for size in (options.sizes or ("1M" if quick else "1M,14M")).split(",")
        for context in map(int, contexts.split(","))
        for speed in measure(
            size,
            context,
            tuple(dict.fromkeys(("transformer", *models))),
            count=16 if quick else 64,
            repeats=5 if quick else 15,
            budget=3.0 if quick else 60.0,
            clock=options.clock,
        )
    ]
    figures = {"quick": quick, "speeds": [asdict(speed) for speed in speeds]}
    report("Writing speed", table(speeds), figures, as_json=options.json)


if __name__ == "__main__":
    main()
