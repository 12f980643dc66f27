"""A process of the bench: reads one Order from its input, prints what it measured as JSON."""

from __future__ import annotations

import json
import sys

import msgspec
import torch

from hope_core.bench.claims import CLAIMS
from hope_core.bench.figures import Claim, Order, PresetFigures
from hope_core.bench.preset import measure
from hope_core.config.validation import parse_config
from hope_core.training.environment import keep_freed_memory


def obey(order: Order) -> PresetFigures | Claim:
    """Measure what was ordered."""
    torch.set_num_threads(order.threads)
    config = parse_config(json.loads(order.config), source="the settings")
    if order.what == "preset":
        return measure(config, quick=order.quick)
    return CLAIMS[order.what](config, quick=order.quick)


def main() -> None:
    """One order, one answer."""
    keep_freed_memory()
    order = msgspec.json.decode(sys.stdin.buffer.read(), type=Order)
    answer = msgspec.json.encode(obey(order))
    sys.stdout.buffer.write(b"\n" + answer + b"\n")


if __name__ == "__main__":
    main()
