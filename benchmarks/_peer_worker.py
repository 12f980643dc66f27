"""Runs in the peers' own environment: reads requests as JSON lines, answers with JSON lines.

    python benchmarks/_peer_worker.py

Requests: {"do": "make", "peer", "width", "layers", "heads", "parameters", "batch", "length",
"precision"} -> {"parameters"}; {"do": "step"} -> {"loss", "own_seconds"}; {"do": "oracle",
"rule", tensors as lists} -> {"y", "state", gradients}; {"do": "versions"}. A failure is {"error":
sentence}. Imports nothing of the product; what a library prints goes to stderr.
"""

from __future__ import annotations

import importlib
import importlib.util
import json
import os
import sys
import time
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy

if TYPE_CHECKING:
    from collections.abc import Callable

VOCABULARY = 256
CHUNK = 64
"""Tokens of a peer's chunk or segment."""


class NeuralMemoryModel(nn.Module):
    """A language model of titans-pytorch's NeuralMemory and MLPs; tokens (B, T) -> logits."""

    def __init__(self, width: int, layers: int, heads: int, expansion: float) -> None:
        super().__init__()
        hidden = max(1, round(expansion * width))
        self.embedding = nn.Embedding(VOCABULARY, width)
        self.memories = nn.ModuleList(
            _titans().NeuralMemory(
                dim=width, dim_head=width // heads, heads=heads, chunk_size=CHUNK
            )
            for _ in range(layers)
        )
        self.mlps = nn.ModuleList(
            nn.Sequential(
                nn.LayerNorm(width), nn.Linear(width, hidden), nn.GELU(), nn.Linear(hidden, width)
            )
            for _ in range(layers)
        )
        self.output = nn.Linear(width, VOCABULARY, bias=False)

    def forward(self, tokens: Tensor) -> Tensor:
        """The logits of the token after each one."""
        x = self.embedding(tokens)
        for memory, mlp in zip(self.memories, self.mlps, strict=True):
            x = x + memory(x)[0]
            x = x + mlp(x)
        logits: Tensor = self.output(x)
        return logits


def memory_as_context(width: int, layers: int, heads: int, expansion: float) -> nn.Module:
    """titans-pytorch's Memory As Context transformer, at its own defaults."""
    model: nn.Module = _titans().MemoryAsContextTransformer(
        num_tokens=VOCABULARY,
        dim=width,
        depth=layers,
        heads=heads,
        dim_head=width // heads,
        segment_len=CHUNK,
        num_persist_mem_tokens=4,
        num_longterm_mem_tokens=4,
        ff_mult=expansion,
    )
    return model


def _titans() -> Any:  # noqa: ANN401 - a module without types
    return importlib.import_module("titans_pytorch")


PEERS: dict[str, Callable[[int, int, int, float], nn.Module]] = {
    "titans-pytorch NeuralMemory": NeuralMemoryModel,
    "titans-pytorch MAC": memory_as_context,
}


class Worker:
    """Answers requests; holds at most one model with its optimizer."""

    def __init__(self) -> None:
        self.model: nn.Module | None = None

    def answer(self, request: dict[str, Any]) -> dict[str, Any]:
        """The answer to one request."""
        do = request.pop("do")
        if do == "make":
            return self.make(**request)
        if do == "step":
            return self.step()
        if do == "oracle":
            return oracle(**request)
        return {n: version(n) for n in ("torch", "titans-pytorch", "flash-linear-attention")}

    def make(
        self,
        *,
        peer: str,
        width: int,
        layers: int,
        heads: int,
        parameters: int,
        batch: int,
        length: int,
        precision: str,
    ) -> dict[str, Any]:
        """Build a peer with about so many parameters, and one batch of random tokens."""
        torch.manual_seed(0)
        self.model = _fitted(PEERS[peer], width, layers, heads, parameters)
        for parameter in self.model.parameters():  # NeuralMemory's heads share one piece of memory
            parameter.data = parameter.data.contiguous()
        self.optimizer = torch.optim.AdamW(self.model.parameters(), lr=1e-4)
        self.tokens = torch.randint(VOCABULARY, (batch, length + 1))
        self.bf16 = precision == "bf16"
        return {"parameters": _count(self.model)}

    def step(self) -> dict[str, Any]:
        """One training step."""
        assert self.model is not None
        began = time.process_time()
        self.optimizer.zero_grad()
        with torch.autocast("cpu", torch.bfloat16, enabled=self.bf16):
            logits = self.model(self.tokens[:, :-1])
        loss = cross_entropy(logits.float().flatten(0, 1), self.tokens[:, 1:].flatten())
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimizer.step()
        return {"loss": float(loss), "own_seconds": time.process_time() - began}


def oracle(*, rule: str, **given: list[Any]) -> dict[str, Any]:
    """A public reference's answer, final state and gradients of sum(y * r).

    q, k (B, T, H, K), v, r (B, T, H, V), beta, g (B, T, H), state (B, H, K, V), as nested lists;
    g is the logarithm of what is kept. State and gradients come back in the same orders.
    """
    x = {name: torch.tensor(values) for name, values in given.items()}
    r = x.pop("r")
    leaves = {name: value.requires_grad_() for name, value in x.items()}
    if rule == "gated_delta":
        naive = _naive("gated_delta_rule")
        y, state = naive.naive_recurrent_gated_delta_rule(
            *(leaves[name] for name in ("q", "k", "v", "beta", "g")),
            initial_state=leaves["state"],
            output_final_state=True,
        )
    else:
        del leaves["g"]
        naive = _naive("delta_rule")
        heads_first = (leaves[name].transpose(1, 2) for name in ("q", "k", "v", "beta"))
        y, state = naive.delta_rule_recurrence(*heads_first, initial_state=leaves["state"])
        y = y.transpose(1, 2)
    gradients = torch.autograd.grad((y * r).sum(), list(leaves.values()))
    told = {name: grad.tolist() for name, grad in zip(leaves, gradients, strict=True)}
    return {"y": y.tolist(), "state": state.tolist(), "gradients": told}


def _naive(rule: str) -> Any:  # noqa: ANN401 - a module of functions
    """The naive module of a rule, by its file: the package itself wants a GPU's compiler."""
    found = importlib.util.find_spec("fla")
    assert found is not None
    assert found.submodule_search_locations is not None
    place = Path(found.submodule_search_locations[0], "ops", rule, "naive.py")
    spec = importlib.util.spec_from_file_location(f"naive_{rule}", place)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _fitted(
    build: Callable[[int, int, int, float], nn.Module],
    width: int,
    layers: int,
    heads: int,
    target: int,
) -> nn.Module:
    """The peer with MLPs as wide as brings it to the target; with fewer blocks if it must."""
    for depth in range(layers, 0, -1):
        low, high = 0.05, 8.0
        if _count(build(width, depth, heads, low)) > target:
            continue
        for _ in range(12):
            middle = (low + high) / 2
            model = build(width, depth, heads, middle)
            if abs(_count(model) - target) < 0.01 * target:
                return model
            low, high = (middle, high) if _count(model) < target else (low, middle)
    raise ValueError(f"It cannot be brought to {target:,} parameters at width {width}.")


def _count(model: nn.Module) -> int:
    return sum(parameter.numel() for parameter in model.parameters())


def main() -> None:
    """Answer until the input ends."""
    torch.set_num_threads(1)
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w")
    sys.stdout = sys.stderr
    worker = Worker()
    for line in sys.stdin:
        try:
            reply = worker.answer(json.loads(line))
        except Exception as error:  # noqa: BLE001 - told to the process that asked
            reply = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(reply), file=answers, flush=True)


if __name__ == "__main__":
    main()
