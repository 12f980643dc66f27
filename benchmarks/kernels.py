"""The recurrence and scan kernels against torch's fused attention and against their plain forms.

python -m benchmarks.kernels [--quick] [--json]: forward and backward, float32, one thread.
"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

import torch
from torch.nn.functional import normalize, scaled_dot_product_attention

from benchmarks._timing import add_clock, interleaved, markdown, report
from hope_core.ops.recurrence import recurrence
from hope_core.ops.scan import complex_scan

if TYPE_CHECKING:
    from collections.abc import Callable

    from torch import Tensor

BATCH, HEADS, WIDTH = 8, 4, 64


def attention(T: int) -> Callable[[], object]:
    """Causal attention over the same shape, forward and backward."""
    q, k, v = (torch.randn(BATCH, HEADS, T, WIDTH, requires_grad=True) for _ in range(3))
    arriving = torch.randn(BATCH, HEADS, T, WIDTH)

    def run() -> object:
        read = scaled_dot_product_attention(q, k, v, is_causal=True)
        return torch.autograd.grad(read, (q, k, v), arriving)

    return run


def memory(T: int, *, backend: str, momentum: bool) -> Callable[[], object]:
    """The HOPE rule with live gradient (with momentum), or the gated delta rule (without)."""
    q, z = (torch.randn(BATCH, T, HEADS, WIDTH) for _ in range(2))
    k = normalize(torch.randn(BATCH, T, HEADS, WIDTH), dim=-1)
    kept, step, carried = (torch.rand(BATCH, T, HEADS) for _ in range(3))
    a, w, m = 0.9 + 0.1 * kept, 0.5 * step, 0.9 * carried
    states = [torch.randn(BATCH, HEADS, WIDTH, WIDTH) for _ in range(2)]
    optional = (w.clone(), m, w, w.clone(), states[0], states[1])
    plain = (None, None, w, w.clone(), states[0], None)
    arguments = [q, k, z, a, *(optional if momentum else plain)]
    leaves: list[Tensor] = [x.requires_grad_() for x in arguments if x is not None]
    arriving = torch.randn(BATCH, T, HEADS, WIDTH)

    def run() -> object:
        read = recurrence(*arguments, backend=backend)[0]
        return torch.autograd.grad(read, leaves, arriving)

    return run


def scan(T: int, *, backend: str) -> Callable[[], object]:
    """A complex scan of 256 channels, forward and backward."""
    values = [0.7 * torch.randn(BATCH, T, 256, requires_grad=True) for _ in range(4)]
    leaves = [x.detach().requires_grad_() for x in values]
    leaves += [torch.randn(BATCH, 256, requires_grad=True) for _ in range(2)]
    arriving = torch.randn(BATCH, T, 256)

    def run() -> object:
        return torch.autograd.grad(complex_scan(*leaves, backend=backend)[0], leaves, arriving)

    return run


def measure(T: int, *, repeats: int, quick: bool, clock: str) -> dict[str, float]:
    """Median seconds of everything at one length; `quick` leaves the plain torch forms out."""
    runs = {
        "attention": attention(T),
        "fused": memory(T, backend="fused", momentum=False),
        "fused, momentum": memory(T, backend="fused", momentum=True),
        "scan fused": scan(T, backend="fused"),
    }
    if not quick:
        runs["chunked"] = memory(T, backend="chunked", momentum=False)
        runs["chunked, momentum"] = memory(T, backend="chunked", momentum=True)
        runs["scan chunked"] = scan(T, backend="chunked")
    return interleaved(runs, repeats=repeats, clock=clock)


def arguments(given: list[str] | None = None) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fused kernels only, few repeats")
    parser.add_argument("--json", action="store_true", help="the figures as JSON, last line")
    add_clock(parser)
    return parser.parse_args(given)


def main() -> None:
    """Measure, print the table, and with --json the figures."""
    options = arguments()
    torch.set_num_threads(1)
    torch.manual_seed(0)
    repeats = 7 if options.quick else 15
    seconds = {
        T: measure(T, repeats=repeats, quick=options.quick, clock=options.clock)
        for T in (256, 1024)
    }
    rows = [
        (T, name, 1000 * taken, taken / medians["attention"], BATCH * T / taken)
        for T, medians in seconds.items()
        for name, taken in medians.items()
    ]
    head = ("T", "kernel", "ms, forward + backward", "over attention", "tokens/s")
    ratios = {
        name: {str(T): medians[name] / medians["attention"] for T, medians in seconds.items()}
        for name in ("fused", "fused, momentum")
    }
    figures = {
        "recurrence_fused_over_sdpa": ratios["fused"],
        "recurrence_fused_momentum_over_sdpa": ratios["fused, momentum"],
        "seconds": {str(T): medians for T, medians in seconds.items()},
    }
    title = f"Kernels: batch {BATCH}, {HEADS} heads of {WIDTH}, float32"
    report(title, markdown(head, rows), figures, as_json=options.json)


if __name__ == "__main__":
    main()
