"""Our recurrence against public references: flash-linear-attention's naive rules, run by itself.

python -m benchmarks.oracles [--json]: answers, final states and all gradients, float32, for every
backend of this machine; needs the peers (benchmarks/setup_peers.py). Ends with 1 where one differs
by more than 1e-5 of its largest value.
"""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, Any

import torch
from torch import Tensor
from torch.nn.functional import normalize

from benchmarks._peers import Peer, installed, tell_missing
from benchmarks._timing import markdown, report
from hope_core.ops.recurrence import backends_for, recurrence

if TYPE_CHECKING:
    from collections.abc import Mapping

LIMIT = 1e-5
RULES = ("gated_delta", "delta")
SHAPES = ((2, 37, 2, 16, 16), (1, 130, 3, 8, 24), (2, 1, 1, 8, 8))
"""B, T, H, K, V: T also 1 and no multiple of a chunk."""


def arguments(shape: tuple[int, int, int, int, int]) -> dict[str, Tensor]:
    """Random q, k, v, beta, g = log a, the first state, and r, the weights of the answers."""
    B, T, H, K, V = shape
    draw = torch.Generator().manual_seed(sum(shape))
    normal = {
        name: torch.randn(*size, generator=draw)
        for name, size in {
            "q": (B, T, H, K),
            "k": (B, T, H, K),
            "v": (B, T, H, V),
            "state": (B, H, K, V),
            "r": (B, T, H, V),
        }.items()
    }
    normal["k"] = normalize(normal["k"], dim=-1)
    beta = torch.rand(B, T, H, generator=draw)
    return normal | {"beta": beta, "g": torch.rand(B, T, H, generator=draw).log() / 8}


def ours(rule: str, given: Mapping[str, Tensor], backend: str) -> dict[str, Tensor]:
    """Our answer, state and gradients for the same tensors.

    The gated delta rule keeps a of M first and corrects the rest: M <- a M - beta (a M k - v) k^T.
    """
    x = {n: t.clone().requires_grad_() for n, t in given.items() if n != "r"}
    if rule == "delta":
        del x["g"]
    kept = x["g"].exp() if "g" in x else torch.ones_like(x["beta"])
    q = x["q"] * x["q"].shape[-1] ** -0.5
    y, M, _ = recurrence(
        q, x["k"], x["v"], kept, None, None, x["beta"], x["beta"] * kept,
        x["state"].mT, None, backend=backend,
    )  # fmt: skip
    gradients = torch.autograd.grad((y * given["r"]).sum(), list(x.values()))
    told = {f"d{name}": grad for name, grad in zip(x, gradients, strict=True)}
    return {"y": y.detach(), "state": M.detach().mT, **told}


def differences(answer: Mapping[str, Any], found: Mapping[str, Tensor]) -> dict[str, float]:
    """The largest difference of each part, over the part's largest value (at least 1)."""
    told = {"y": answer["y"], "state": answer["state"]}
    told |= {f"d{name}": values for name, values in answer["gradients"].items()}
    result = {}
    for name, values in told.items():
        theirs = torch.tensor(values)
        scale = max(1.0, float(theirs.abs().max()))
        result[name] = float((theirs - found[name]).abs().max()) / scale
    return result


def compare(peer: Peer) -> list[tuple[str, str, str, float, float]]:
    """Rule, backend, shape, largest difference of answer and state, and of the gradients."""
    rows = []
    for rule in RULES:
        for shape in SHAPES:
            given = arguments(shape)
            lists = {name: tensor.tolist() for name, tensor in given.items()}
            answer = peer.ask("oracle", rule=rule, **lists)
            for backend in backends_for("cpu", torch.float32):
                off = differences(answer, ours(rule, given, backend))
                values = max(off["y"], off["state"])
                gradients = max(v for name, v in off.items() if name.startswith("d"))
                rows.append((rule, backend, str(shape), values, gradients))
    return rows


def main() -> None:
    """Compare, print the table, and with --json the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="the same: it takes seconds")
    parser.add_argument("--json", action="store_true", help="the figures as JSON, last line")
    options = parser.parse_args()
    torch.set_num_threads(1)
    if not installed():
        tell_missing()
        sys.exit(2)
    with Peer() as peer:
        rows = compare(peer)
        versions = peer.ask("versions")
    worst = max(max(row[3:]) for row in rows)
    head = ("rule", "backend", "B, T, H, K, V", "answer and state", "gradients")
    figures = {"passed": worst <= LIMIT, "worst": worst, "limit": LIMIT, "versions": versions}
    named = f"flash-linear-attention {versions['flash-linear-attention']}"
    report(f"Recurrence against {named}", markdown(head, rows), figures, as_json=options.json)
    sys.exit(0 if worst <= LIMIT else 1)


if __name__ == "__main__":
    main()
