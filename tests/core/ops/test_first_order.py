"""First-order outer gradients against token loops whose gradient is autograd's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import torch
from recurrence_cases import NAMES, errors, make_case, with_values

from hope_core.ops.mlp_memory import MlpGates, MlpWeights, dual, reference
from hope_core.ops.recurrence import first_order_recurrence, recurrence

if TYPE_CHECKING:
    from collections.abc import Callable

    from recurrence_cases import Case
    from torch import Tensor


def slopes(outputs: list[Tensor], leaves: list[Tensor]) -> list[Tensor]:
    return list(torch.autograd.grad(sum(x.sin().sum() for x in outputs), leaves))


def token_loop(case: Case, *, read: str) -> list[Tensor]:
    """The master recurrence, in which what the memory knew already is a constant of the memory."""
    q, k, z, a, b, m, w, c, M, S = (case[name] for name in NAMES)
    reads = []
    for t in range(q.shape[1]):
        key = k[:, t, :, None, :]
        old = torch.einsum("bhvk,bhk->bhv", M, q[:, t])
        known = torch.einsum("bhvk,bhk->bhv", M.detach(), k[:, t])
        write = (w[:, t, :, None] * z[:, t] - c[:, t, :, None] * known)[..., None] * key
        S = write if S is None else m[:, t, :, None, None] * S + write
        erased = 0.0 if b is None else b[:, t, :, None, None] * (M @ key.mT) * key
        M = a[:, t, :, None, None] * M - erased + S
        S = None if m is None else S
        after = torch.einsum("bhvk,bhk->bhv", M, q[:, t])
        reads.append(after if read == "after" else old)
    return [torch.stack(reads, dim=1), M]


@pytest.mark.parametrize("read", ["after", "before"])
@pytest.mark.parametrize("row", ["gated_delta", "titans_exact", "hope_live"])
def test_first_order_recurrence_is_the_loop_with_constant_inner_gradients(
    row: str, read: str
) -> None:
    one, other = (with_values(make_case(row)) for _ in range(2))
    found = list(first_order_recurrence(**one, read=read, chunk=16)[:2])
    expected = token_loop(other, read=read)
    assert errors(found, expected) < 1e-12
    leaves = [[x for x in case.values() if x is not None] for case in (one, other)]
    assert errors(slopes(found, leaves[0]), slopes(expected, leaves[1])) < 1e-10


def test_first_order_gradient_is_not_the_full_one() -> None:
    one, other = (with_values(make_case("titans_exact")) for _ in range(2))
    first = slopes([first_order_recurrence(**one)[0]], [one["M0"], one["k"]])
    full = slopes([recurrence(**other)[0]], [other["M0"], other["k"]])
    assert errors(first, full) > 1e-2


def test_first_order_dual_form_of_a_network_is_its_loop() -> None:
    B, T, H, D, N = 2, 11, 2, 4, 6
    generator = torch.Generator().manual_seed(0)

    def leaf(*shape: int) -> Tensor:
        drawn = torch.randn(shape, dtype=torch.float64, generator=generator)
        return (0.4 * drawn).requires_grad_()

    q, k, v = (leaf(B, T, H, D) for _ in range(3))
    gates = [leaf(B, T, H) for _ in range(4)]
    layers = leaf(B, H, N, D), leaf(B, H, D, N)
    momenta = leaf(B, H, N, D), leaf(B, H, D, N)
    leaves = [q, k, v, *gates, *layers, *momenta]

    def run(form: Callable[..., tuple[object, ...]]) -> tuple[list[Tensor], list[Tensor]]:
        squashed = MlpGates(*(torch.sigmoid(gate) for gate in gates))
        arguments = (q, k, v, squashed, MlpWeights(*layers), MlpWeights(*momenta))
        y, weights, S, *_ = form(*arguments, chunk=4, first_order=True)
        outputs = [y, *weights, *S]
        return outputs, slopes(outputs, leaves)

    (found, found_slopes), (expected, expected_slopes) = run(dual), run(reference)
    assert errors(found, expected) < 1e-12
    assert errors(found_slopes, expected_slopes) < 1e-10
