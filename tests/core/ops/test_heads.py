"""The compiled passes around the heads give what plain torch gives, values and gradients."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import torch
from recurrence_cases import errors
from torch import Tensor
from torch.testing import assert_close

from hope_core.ops import heads
from hope_core.ops.heads import dispatch, operators, reference
from hope_core.ops.perceptron import perceptron, plain

if TYPE_CHECKING:
    from collections.abc import Callable

    Form = Callable[..., Tensor | tuple[Tensor, ...]]


def drawn(*shape: int, seed: int = 0) -> Tensor:
    """Normal numbers that want gradients."""
    return torch.randn(shape, generator=torch.Generator().manual_seed(seed)).requires_grad_()


def assert_forms_agree(fast: Form, slow: Form, leaves: list[Tensor], *rest: int) -> None:
    """The values and slopes of the slow form in float64, for slopes drawn at random at the end."""
    answers = []
    for form, dtype in ((fast, torch.float32), (slow, torch.float64)):
        own = [leaf.detach().to(dtype).requires_grad_() for leaf in leaves]
        out = form(*own, *rest)
        outs = [out] if isinstance(out, Tensor) else list(out)
        arriving = [
            drawn(*x.shape, seed=index + 7).detach().to(dtype) for index, x in enumerate(outs)
        ]
        answers.append([*outs, *torch.autograd.grad(outs, own, arriving)])
    pairs = [pair for pair in zip(*answers, strict=True) if pair[0].numel()]
    assert errors(*map(list, zip(*pairs, strict=True))) < 1e-5


def test_the_compiled_passes_are_in_use() -> None:
    assert dispatch.compiled_works()


@pytest.mark.parametrize("length", [2, 3, 5, 300])
@pytest.mark.parametrize("width", [1, 2, 4, 7])
def test_convolution_agrees(length: int, width: int) -> None:
    leaves = [drawn(2, length, 6), drawn(2, width - 1, 6, seed=1), drawn(width, 6, seed=2)]
    assert_forms_agree(heads.causal_convolution, reference.causal_convolution, leaves)


@pytest.mark.parametrize(("length", "heads_", "width"), [(2, 1, 3), (70, 2, 8), (9, 3, 64)])
def test_splitting_into_heads_agrees(length: int, heads_: int, width: int) -> None:
    leaves = [3 * drawn(2, length, 4 * heads_ * width)]
    leaves = [leaf.detach().requires_grad_() for leaf in leaves]
    assert_forms_agree(heads.split_heads, reference.split_heads, leaves, heads_)


@pytest.mark.parametrize(("length", "heads_", "width"), [(2, 1, 3), (70, 2, 8), (9, 3, 64)])
def test_the_gated_norm_agrees(length: int, heads_: int, width: int) -> None:
    leaves = [
        drawn(2, length, heads_, width),
        drawn(heads_, width, seed=1),
        drawn(2, length, heads_ * width, seed=2),
    ]
    assert_forms_agree(heads.gated_norm, reference.gated_norm, leaves)


@pytest.mark.parametrize("number", [-200.0, -30.0, 0.0, 30.0, 200.0])
def test_silu_of_extreme_numbers_is_exact(number: float) -> None:
    projected = torch.full((1, 2, 8), number)
    assert_close(heads.split_heads(projected, 1)[2], reference.split_heads(projected, 1)[2])


def test_numbers_that_are_none_stay_visible() -> None:
    projected = torch.full((1, 2, 8), torch.nan)
    assert all(bool(part.isnan().all()) for part in heads.split_heads(projected, 1))


def test_an_empty_memory_answers_nothing_and_has_no_slope() -> None:
    projected = torch.zeros(1, 2, 8, requires_grad=True)
    q, *_ = heads.split_heads(projected, 1)
    assert_close(torch.autograd.grad(q.sum(), projected)[0][..., 4:], torch.zeros(1, 2, 4))
    assert_close(q, torch.zeros(1, 2, 1, 2))


@pytest.mark.parametrize("threads", [1, 2])
def test_threads_change_nothing(threads: int) -> None:
    before = torch.get_num_threads()
    leaves = [drawn(2, 700, 8), drawn(2, 3, 8, seed=1), drawn(4, 8, seed=2)]
    torch.set_num_threads(threads)
    try:
        slopes = torch.autograd.grad(heads.causal_convolution(*leaves).square().sum(), leaves)
    finally:
        torch.set_num_threads(before)
    alone = torch.autograd.grad(operators.convolve(*leaves).square().sum(), leaves)
    assert all(torch.equal(one, other) for one, other in zip(slopes, alone, strict=True))


def test_every_pass_can_be_differentiated_twice() -> None:
    def slope_of_slope(form: Form, leaves: list[Tensor], *rest: int) -> tuple[Tensor, ...]:
        out = form(*leaves, *rest)
        total = torch.stack([x.sin().sum() for x in ([out] if isinstance(out, Tensor) else out)])
        first = torch.autograd.grad(total.sum(), leaves, create_graph=True)
        return torch.autograd.grad(torch.stack([x.square().sum() for x in first]).sum(), leaves)

    x, window, weight = drawn(2, 5, 8), drawn(2, 3, 8, seed=1), drawn(4, 8, seed=2)
    y, scale, gate = drawn(2, 5, 2, 4), drawn(2, 4, seed=1), drawn(2, 5, 8, seed=2)
    up, down = drawn(12, 8, seed=3), drawn(8, 12, seed=4)
    for fast, slow, leaves, *rest in (
        (heads.causal_convolution, reference.causal_convolution, [x, window, weight]),
        (heads.split_heads, reference.split_heads, [x], 2),
        (heads.gated_norm, reference.gated_norm, [y, scale, gate]),
        (perceptron, plain, [x, up, down]),
    ):
        expected = slope_of_slope(slow, leaves, *rest)
        assert_close(slope_of_slope(fast, leaves, *rest), expected, rtol=1e-3, atol=1e-4)


@pytest.mark.parametrize("length", [1, 9, 90])
def test_the_perceptron_agrees(length: int) -> None:
    leaves = [drawn(2, length, 8), drawn(12, 8, seed=1), drawn(8, 12, seed=2)]
    assert_forms_agree(perceptron, plain, leaves)


def test_the_perceptron_asks_only_for_wanted_slopes() -> None:
    x, up, down = drawn(2, 9, 8).detach(), drawn(12, 8, seed=1), drawn(8, 12, seed=2)
    perceptron(x, up, down).sum().backward()  # type: ignore[no-untyped-call]
    assert x.grad is None
    assert up.grad is not None


@pytest.mark.parametrize("dtype", [torch.float64, torch.bfloat16])
def test_other_types_take_the_plain_way(dtype: torch.dtype) -> None:
    projected = drawn(1, 4, 16).to(dtype)
    ours, plainly = heads.split_heads(projected, 2), reference.split_heads(projected, 2)
    assert all(torch.equal(one, other) for one, other in zip(ours, plainly, strict=True))


def test_under_autocast_the_passes_stay_compiled_and_exact() -> None:
    leaves = [drawn(1, 4, 8), drawn(1, 3, 8, seed=1), drawn(4, 8, seed=2)]
    dispatch.compiled_problem.cache_clear()
    with torch.autocast("cpu", dtype=torch.bfloat16):
        assert dispatch.compiled_works()
        assert_close(heads.causal_convolution(*leaves), reference.causal_convolution(*leaves))
        q, *_ = heads.split_heads(drawn(1, 4, 16).bfloat16(), 2)
    assert q.dtype == torch.float32
