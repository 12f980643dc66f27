"""Training tokens a second against a transformer of the same size, and against the peers.

python -m benchmarks.train_speed [--quick] [--json] [--sizes 1M,5M,14M] [--precisions fp32,bf16]:
forward, backward, clipping and AdamW on one thread, all models in turn; parameters equal within
2 %. Peers join where their environment stands (benchmarks/setup_peers.py).
"""

from __future__ import annotations

import argparse
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from functools import partial
from typing import TYPE_CHECKING

import torch

from benchmarks._contenders import SIZES, TOLERANCE, contender, names
from benchmarks._peers import Peer, PeerError, installed, tell_missing
from benchmarks._timing import OwnSeconds, add_clock, interleaved, markdown, report
from benchmarks._training import training_step

if TYPE_CHECKING:
    from collections.abc import Callable

    from benchmarks._contenders import Size

MODELS = ("transformer", "hope with titans", "hope", "titans", "gated deltanet", "lstm")
QUICK_MODELS = ("transformer", "hope with titans", "hope", "gated deltanet")
PEERS = ("titans-pytorch NeuralMemory", "titans-pytorch MAC")


@dataclass(frozen=True)
class Setting:
    """What one table is about; budget: seconds after which five repeats are enough."""

    size: str
    precision: str
    batch: int
    length: int
    models: tuple[str, ...]
    peers: tuple[str, ...]
    repeats: int
    budget: float
    clock: str = "wall"


@dataclass(frozen=True)
class Speed:
    """One line of the table."""

    size: str
    precision: str
    batch: int
    length: int
    model: str
    parameters: int
    tokens_per_second: float
    over_transformer: float


def measure(setting: Setting) -> list[Speed]:
    """Median speeds of everyone in a setting, interleaved; says who failed on its own line."""
    size = SIZES[setting.size]
    shape = {"batch": setting.batch, "length": setting.length}
    runs: dict[str, Callable[[], object]] = {}
    parameters: dict[str, int] = {}
    with ExitStack() as stack:
        for name in setting.models:
            one = contender(name, size)
            parameters[name] = one.parameters()
            runs[name] = training_step(one, precision=setting.precision, **shape)
        for name in setting.peers:
            peer = stack.enter_context(Peer())
            try:
                parameters[name] = _make(peer, name, size, setting, parameters["transformer"])
                peer.ask("step")
            except PeerError as error:
                print(f"{name} at {setting.size}, {setting.precision}: {error}\n")
                continue
            runs[name] = partial(_step, peer)
        _check_equal(parameters)
        medians = interleaved(
            runs, repeats=setting.repeats, budget=setting.budget, clock=setting.clock
        )
    tokens = setting.batch * setting.length
    return [
        Speed(
            size=setting.size,
            precision=setting.precision,
            model=name,
            parameters=parameters[name],
            tokens_per_second=tokens / seconds,
            over_transformer=medians["transformer"] / seconds,
            **shape,
        )
        for name, seconds in medians.items()
    ]


def _step(peer: Peer) -> OwnSeconds:
    """Let a peer do a step; the time it took of its own."""
    return OwnSeconds(peer.ask("step")["own_seconds"])


def _make(peer: Peer, name: str, size: Size, setting: Setting, parameters: int) -> int:
    """Build a peer's model; its number of parameters."""
    answer = peer.ask(
        "make",
        peer=name,
        width=size.width,
        layers=size.layers,
        heads=size.heads,
        parameters=parameters,
        batch=setting.batch,
        length=setting.length,
        precision=setting.precision,
    )
    return int(answer["parameters"])


def _check_equal(parameters: dict[str, int]) -> None:
    target = parameters["transformer"]
    assert all(abs(count - target) <= TOLERANCE * target for count in parameters.values())


def table(speeds: list[Speed]) -> str:
    """The Markdown table."""
    head = ("size", "format", "batch x T", "model", "parameters", "tokens/s", "over transformer")
    rows = [
        (
            s.size,
            s.precision,
            f"{s.batch} x {s.length}",
            s.model,
            f"{s.parameters:,}",
            s.tokens_per_second,
            s.over_transformer,
        )
        for s in speeds
    ]
    return markdown(head, rows)


def settings(options: argparse.Namespace) -> list[Setting]:
    """The tables to measure."""
    quick = options.quick
    models = options.models.split(",") if options.models else QUICK_MODELS if quick else MODELS
    with_peers = not quick and installed()
    if not quick and not with_peers:
        tell_missing()
    return [
        Setting(
            size=size,
            precision=precision,
            batch=8,
            length=256,
            models=tuple(dict.fromkeys(("transformer", *models))),
            peers=PEERS if with_peers else (),
            repeats=5 if quick else 11,
            budget=10.0 if quick else 60.0,
            clock=options.clock,
        )
        for size in (options.sizes or ("1M" if quick else "1M,5M,14M")).split(",")
        for precision in (options.precisions or ("fp32" if quick else "fp32,bf16")).split(",")
    ]


def arguments(given: list[str] | None = None) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="1M, fp32, no peers, few repeats")
    parser.add_argument("--json", action="store_true", help="the figures as JSON, last line")
    parser.add_argument("--sizes", help=f"with commas: {', '.join(SIZES)}")
    parser.add_argument("--precisions", help="with commas: fp32, bf16")
    parser.add_argument("--models", help=f"with commas: {', '.join(names())}")
    add_clock(parser)
    return parser.parse_args(given)


def main() -> None:
    """Measure, print the table, and with --json the figures."""
    options = arguments()
    torch.set_num_threads(1)
    speeds = [speed for setting in settings(options) for speed in measure(setting)]
    figures = {"quick": options.quick, "speeds": [asdict(speed) for speed in speeds]}
    report("Training speed", table(speeds), figures, as_json=options.json)


if __name__ == "__main__":
    main()
