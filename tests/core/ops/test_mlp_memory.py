"""The parallel form of the MLP memory computes the token rule, in value and gradient."""

from __future__ import annotations

import pytest
import torch
from recurrence_cases import errors
from torch.testing import assert_close

from hope_core.ops.mlp_memory import MlpGates, MlpWeights, dual, reference
from hope_core.ops.mlp_memory.dual import within_chunk
from hope_core.ops.mlp_memory.network import activation, slope

B, T, H, D, N = 2, 11, 2, 4, 6


def case(*, erase: bool, T: int = T) -> dict[str, torch.Tensor]:
    random = torch.Generator().manual_seed(3)

    def normal(*shape: int) -> torch.Tensor:
        return torch.randn(shape, generator=random, dtype=torch.float64)

    tensors = {
        "q": normal(B, T, H, D),
        "k": torch.nn.functional.normalize(normal(B, T, H, D), dim=-1),
        "v": normal(B, T, H, D),
        "retain": normal(B, T, H).sigmoid(),
        "momentum": normal(B, T, H).sigmoid(),
        "write": 0.2 * normal(B, T, H).sigmoid(),
        "W2": 0.3 * normal(B, H, N, D),
        "W1": 0.3 * normal(B, H, D, N),
        "S2": normal(B, H, N, D),
        "S1": normal(B, H, D, N),
    }
    if erase:
        tensors["erase"] = normal(B, T, H).sigmoid()
    return {name: tensor.requires_grad_() for name, tensor in tensors.items()}


def run(form, x: dict[str, torch.Tensor], **options: object) -> list[torch.Tensor]:
    gates = MlpGates(x["retain"], x.get("erase"), x["momentum"], x["write"])
    weights, momenta = MlpWeights(x["W2"], x["W1"]), MlpWeights(x["S2"], x["S1"])
    y, weights, momenta, *_ = form(x["q"], x["k"], x["v"], gates, weights, momenta, **options)
    return [y, *weights, *momenta]


@pytest.mark.parametrize("erase", [False, True], ids=["titans", "delta gradient descent"])
@pytest.mark.parametrize("chunk", [1, 4, 64])
@pytest.mark.parametrize("read", ["after", "before"])
@pytest.mark.parametrize("backend", ["chunked", "reference"])
def test_dual_form_equals_the_token_rule(erase: bool, chunk: int, read: str, backend: str) -> None:
    slow, fast = case(erase=erase), case(erase=erase)
    assert_agrees(slow, fast, 1e-12, 1e-10, chunk=chunk, read=read, backend=backend)


def assert_agrees(
    slow: dict[str, torch.Tensor],
    fast: dict[str, torch.Tensor],
    of_values: float,
    of_slopes: float,
    *,
    chunk: int,
    read: str = "after",
    backend: str = "chunked",
) -> None:
    """Values and gradients, in proportion to the scale of each tensor (at least 1)."""
    expected = run(reference, slow, chunk=chunk, read=read)
    found = run(dual, fast, chunk=chunk, read=read, backend=backend)
    draw = torch.Generator().manual_seed(5)
    arriving = [torch.randn(x.shape, generator=draw, dtype=x.dtype) for x in expected]
    slopes = torch.autograd.grad(expected, list(slow.values()), arriving)
    arriving = [x.to(found[0].dtype) for x in arriving]
    fast_slopes = torch.autograd.grad(found, list(fast.values()), arriving)
    assert errors(found, expected) < of_values
    assert errors(list(fast_slopes), list(slopes)) < of_slopes


EDGES = {
    "one token": {},
    "cut chunk": {},
    "gates of 0": {"retain": 0.0, "momentum": 0.0, "write": 0.0, "erase": 0.0},
    "gates of 1": {"retain": 1.0, "momentum": 1.0, "write": 1.0, "erase": 1.0},
    "nearly equal keys": {},
    "empty momentum": {},
}


@pytest.mark.parametrize("erase", [False, True], ids=["titans", "delta gradient descent"])
@pytest.mark.parametrize("edge", EDGES)
@pytest.mark.parametrize("backend", ["chunked", "fused"])
def test_edges_agree_in_double_and_single_precision(erase: bool, edge: str, backend: str) -> None:
    x = case(erase=erase, T=1 if edge == "one token" else T)
    with torch.no_grad():
        for name, value in EDGES[edge].items():
            if name in x:
                x[name][:, 2:5] = value
        if edge == "nearly equal keys":
            close = x["k"][:, :1] + 1e-5 * x["k"]
            x["k"] = torch.nn.functional.normalize(close, dim=-1).requires_grad_()
        if edge == "empty momentum":
            for name in ("S1", "S2"):
                x[name].zero_()
    for dtype, limits in ((torch.float64, (1e-12, 1e-10)), (torch.float32, (1e-5, 1e-5))):
        fast = {name: t.detach().to(dtype).requires_grad_() for name, t in x.items()}
        assert_agrees(x, fast, *limits, chunk=4, backend=backend)


def test_a_chunk_can_be_read_in_pieces() -> None:
    x = case(erase=True)
    whole = run(dual, x, chunk=T)
    weights, momenta = MlpWeights(x["W2"], x["W1"]), MlpWeights(x["S2"], x["S1"])
    frozen, reads = weights, []
    for span in (slice(0, 3), slice(3, 4), slice(4, T)):
        gates = MlpGates(*(x[n][:, span] for n in ("retain", "erase", "momentum", "write")))
        tokens = [x[name][:, span] for name in ("q", "k", "v")]
        y, weights, momenta = within_chunk(
            *tokens, gates, weights, momenta, frozen=frozen, read="after"
        )
        reads.append(y)
    for one, other in zip([torch.cat(reads, 1), *weights, *momenta], whole, strict=True):
        assert_close(one, other, rtol=0, atol=1e-11)


@pytest.mark.parametrize("cuts", [[1] * T, [3, 1, 7], [5, 6]], ids=["one by one", "odd", "halves"])
def test_a_text_can_be_read_in_pieces_that_cut_chunks(cuts: list[int]) -> None:
    x = case(erase=True)
    whole = run(dual, x, chunk=4)
    weights, momenta = MlpWeights(x["W2"], x["W1"]), MlpWeights(x["S2"], x["S1"])
    frozen, reads, position = weights, [], 0
    for length in cuts:
        span = slice(position, position + length)
        gates = MlpGates(*(x[n][:, span] for n in ("retain", "erase", "momentum", "write")))
        tokens = [x[name][:, span] for name in ("q", "k", "v")]
        y, weights, momenta, frozen = dual(
            *tokens, gates, weights, momenta, chunk=4, frozen=frozen, position=position
        )
        position += length
        reads.append(y)
    for one, other in zip([torch.cat(reads, 1), *weights, *momenta], whole, strict=True):
        assert_close(one, other, rtol=0, atol=1e-11)


def test_no_momenta_equal_a_momentum_of_zero() -> None:
    x = case(erase=False) | {"S2": torch.zeros_like(case(erase=False)["S2"])}
    x |= {"S1": torch.zeros_like(x["S1"]), "momentum": torch.zeros_like(x["momentum"])}
    expected = run(dual, x, chunk=4)[:3]
    gates = MlpGates(x["retain"], None, None, x["write"])
    weights = MlpWeights(x["W2"], x["W1"])
    y, weights, momenta, _ = dual(x["q"], x["k"], x["v"], gates, weights, None, chunk=4)
    assert momenta is None
    for one, other in zip([y, *weights], expected, strict=True):
        assert_close(one, other, rtol=0, atol=1e-12)


def test_errors_are_the_gradient_of_the_loss() -> None:
    x = case(erase=False)
    y = x["k"][:, 0, :, :, None]
    hidden = activation(x["W2"] @ y)
    loss = (y + x["W1"] @ hidden - x["v"][:, 0, :, :, None]).square().sum() / 2
    by_autograd = torch.autograd.grad(loss, (x["W2"], x["W1"]))
    still = {name: torch.zeros_like(tensor) for name, tensor in x.items()}
    still |= {name: x[name] for name in ("q", "k", "v", "W2", "W1")}
    still["retain"] = still["write"] = torch.ones_like(x["write"])
    one = {
        n: t[:, :1] if n in {"q", "k", "v", "retain", "momentum", "write"} else t
        for n, t in still.items()
    }
    _, inner, outer, _, _ = run(reference, one, chunk=1)
    assert_close(x["W2"] - inner, by_autograd[0])
    assert_close(x["W1"] - outer, by_autograd[1])


def test_slope_is_the_derivative_of_the_activation() -> None:
    x = torch.linspace(-4, 4, 50, dtype=torch.float64, requires_grad=True)
    (by_autograd,) = torch.autograd.grad(activation(x).sum(), x)
    assert_close(slope(x), by_autograd)
