"""Products of tokens and weights agree with torch's own, in value and in gradients of any order."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor
from torch.testing import assert_close

from hope_core.ops import products

pytestmark = pytest.mark.usefixtures("library")


@pytest.fixture(params=[True, False], ids=["onednn", "torch"])
def library(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """One library and the other, whatever machine this is; torch where oneDNN is not there."""
    faster = bool(request.param) and torch.backends.mkldnn.is_available()  # type: ignore[no-untyped-call]
    monkeypatch.setattr(products, "onednn_is_faster", lambda: faster)


def drawn(*shape: int) -> Tensor:
    """Normal numbers that want gradients."""
    return torch.randn(shape, generator=torch.Generator().manual_seed(sum(shape))).requires_grad_()


@pytest.mark.parametrize("outputs", [5, 24])
def test_linear_gives_torchs_values_and_gradients(outputs: int) -> None:
    x, weight = drawn(3, 40, 12), drawn(outputs, 12)
    arriving = drawn(3, 40, outputs).detach()
    y = products.linear(x, weight)
    assert_close(y, x @ weight.mT)
    ours = torch.autograd.grad(y, (x, weight), arriving)
    assert_close(ours, torch.autograd.grad(x @ weight.mT, (x, weight), arriving))


def test_linear_can_be_differentiated_twice() -> None:
    x, weight = drawn(40, 12), drawn(5, 12)

    def slope_of_slope(y: Tensor) -> tuple[Tensor, ...]:
        (slope,) = torch.autograd.grad(y.square().sum(), x, create_graph=True)
        return torch.autograd.grad(slope.square().sum(), (x, weight))

    expected = slope_of_slope(x @ weight.mT)
    assert_close(slope_of_slope(products.linear(x, weight)), expected, rtol=1e-4, atol=1e-3)


def test_linear_leaves_out_gradients_that_nobody_wants() -> None:
    x, weight = drawn(40, 12).detach(), drawn(5, 12)
    products.linear(x, weight).sum().backward()  # type: ignore[no-untyped-call]
    assert x.grad is None
    assert_close(weight.grad, x.sum(0).expand(5, 12))


@pytest.mark.parametrize("dtype", [torch.float64, torch.bfloat16])
def test_linear_keeps_other_types_to_torch(dtype: torch.dtype) -> None:
    x, weight = drawn(40, 12).to(dtype), drawn(5, 12).to(dtype)
    assert torch.equal(products.linear(x, weight), x @ weight.mT)


def test_linear_follows_autocast() -> None:
    with torch.autocast("cpu", dtype=torch.bfloat16):
        assert products.linear(drawn(40, 12), drawn(5, 12)).dtype == torch.bfloat16
