"""Every backend of the master recurrence computes what the token loop computes."""

from __future__ import annotations

import pytest
import torch
from recurrence_cases import ROWS, Case, errors, make_case, with_values
from torch import Tensor

from hope_core.errors import ConfigError
from hope_core.ops.recurrence import backends_for, recurrence

FAST = ("chunked", "fused")


def run(case: Case, **options: object) -> tuple[list[Tensor], list[Tensor]]:
    """Outputs, and the gradients of a weighted sum of all of them."""
    outputs = [x for x in recurrence(**case, **options) if x is not None]
    generator = torch.Generator().manual_seed(5)
    weights = [torch.randn(x.shape, generator=generator, dtype=torch.float64) for x in outputs]
    loss = sum((x.double() * weight).sum() for x, weight in zip(outputs, weights, strict=True))
    leaves = [x for x in case.values() if x is not None]
    return outputs, list(torch.autograd.grad(loss, leaves))


def assert_agrees(case: Case, *, dtype: torch.dtype = torch.float64, **options: object) -> None:
    read = options.get("read", "after")
    values, gradients = run(with_values(case), backend="reference", read=read)
    fast_values, fast_gradients = run(with_values(case, dtype), **options)
    single = dtype == torch.float32
    assert errors(fast_values, values) < (1e-5 if single else 1e-12)
    assert errors(fast_gradients, gradients) < (1e-5 if single else 1e-10)


@pytest.mark.parametrize("read", ["after", "before"])
@pytest.mark.parametrize("backend", FAST)
@pytest.mark.parametrize("row", ROWS)
def test_every_rule_agrees_with_the_reference(row: str, backend: str, read: str) -> None:
    assert_agrees(make_case(row), backend=backend, read=read, chunk=16)


@pytest.mark.parametrize("backend", FAST)
@pytest.mark.parametrize("row", ROWS)
def test_single_precision_agrees_with_the_reference(row: str, backend: str) -> None:
    assert_agrees(make_case(row), dtype=torch.float32, backend=backend)


@pytest.mark.parametrize("chunk", [1, 7, 37, 64])
@pytest.mark.parametrize("row", ["gated_delta", "hope_live"])
def test_chunk_length_does_not_change_the_result(row: str, chunk: int) -> None:
    assert_agrees(make_case(row), backend="chunked", chunk=chunk)


@pytest.mark.parametrize("backend", FAST)
@pytest.mark.parametrize("dtype", [torch.float64, torch.float32])
@pytest.mark.parametrize(("K", "V"), [(18, 35), (1, 1), (8, 64)])
def test_widths_need_not_fit_the_machine(K: int, V: int, dtype: torch.dtype, backend: str) -> None:
    assert_agrees(make_case("hope_live", T=9, K=K, V=V), dtype=dtype, backend=backend)


@pytest.mark.parametrize("T", [1, 33])
@pytest.mark.parametrize("backend", FAST)
@pytest.mark.parametrize("row", ROWS)
def test_one_token_and_a_cut_chunk_agree_for_every_rule(row: str, backend: str, T: int) -> None:
    for dtype in (torch.float64, torch.float32):
        assert_agrees(make_case(row, B=1, T=T), dtype=dtype, backend=backend, chunk=16)


@pytest.mark.parametrize("backend", FAST)
@pytest.mark.parametrize("row", [row for row in ROWS if make_case(row, T=1)["S0"] is not None])
def test_empty_momentum_agrees_and_gives_what_no_momentum_gives(row: str, backend: str) -> None:
    case = make_case(row)
    case["S0"] = torch.zeros_like(case["S0"])
    for dtype in (torch.float64, torch.float32):
        assert_agrees(case, dtype=dtype, backend=backend)
    case["m"] = torch.zeros_like(case["m"])
    assert_agrees(case, backend=backend)
    without = recurrence(**(case | {"m": None, "S0": None}), backend=backend)
    assert errors(list(recurrence(**case, backend=backend)[:2]), list(without[:2])) < 1e-12


@pytest.mark.parametrize("T", [1, 2, 32, 33, 64, 65])
@pytest.mark.parametrize("backend", FAST)
@pytest.mark.parametrize("row", ["delta", "titans_exact"])
def test_any_number_of_tokens_agrees(row: str, backend: str, T: int) -> None:
    assert_agrees(make_case(row, B=1, T=T), backend=backend, chunk=32, read="before")


@pytest.mark.parametrize("dtype", [torch.float64, torch.float32])
@pytest.mark.parametrize("backend", FAST)
@pytest.mark.parametrize("row", ROWS)
def test_gates_of_exactly_zero_and_one_agree(row: str, backend: str, dtype: torch.dtype) -> None:
    case = make_case(row)
    for name in ("a", "b", "m", "w", "c"):
        gate = case[name]
        if gate is not None:
            gate[:, 4:7] = 0.0
            gate[:, 10:12] = 0.0 if name in ("a", "w") else 1.0
            gate[:, 20:30] = 1.0 if name in ("a", "m") else 0.3
    assert_agrees(case, dtype=dtype, backend=backend)


@pytest.mark.parametrize("backend", FAST)
@pytest.mark.parametrize("row", ROWS)
def test_nearly_identical_keys_agree(row: str, backend: str) -> None:
    case = make_case(row, T=70)
    close = case["k"][:, :1] + 1e-5 * case["k"]
    case["k"] = torch.nn.functional.normalize(close, dim=-1)
    assert_agrees(case, backend=backend)
    assert_agrees(case, backend=backend, dtype=torch.float32)


@pytest.mark.parametrize("backend", ["reference", *FAST])
@pytest.mark.parametrize("row", ["gated_delta", "hope_live"])
def test_pieces_equal_the_whole(row: str, backend: str) -> None:
    case = make_case(row)
    whole = recurrence(**case, backend=backend)
    y, M, S = [], case["M0"], case["S0"]
    for piece in (slice(0, 5), slice(5, 6), slice(6, 37)):
        tokens = {
            name: x if x is None or name in ("M0", "S0") else x[:, piece]
            for name, x in case.items()
        }
        read, M, S = recurrence(**(tokens | {"M0": M, "S0": S}), backend=backend)
        y.append(read)
    pieces = [torch.cat(y, dim=1), M, S]
    present = [(x, y) for x, y in zip(pieces, whole, strict=True) if y is not None]
    assert errors(*map(list, zip(*present, strict=True))) < 1e-12


@pytest.mark.parametrize("backend", FAST)
def test_a_token_never_changes_what_was_read_before_it(backend: str) -> None:
    case = make_case("hope_live")
    changed = case | {name: case[name].clone() for name in ("q", "k", "z", "a", "w")}
    for name in ("q", "k", "z", "a", "w"):
        changed[name][:, 20:] += 0.5
    before = recurrence(**case, backend=backend)[0][:, :20]
    after = recurrence(**changed, backend=backend)[0][:, :20]
    assert errors([after], [before]) < 1e-12


@pytest.mark.parametrize("backend", FAST)
def test_gradcheck_passes(backend: str) -> None:
    case = with_values(make_case("hope_live", B=1, T=3, H=1, K=2, V=2))
    names = list(case)

    def call(*values: Tensor) -> tuple[Tensor, ...]:
        return recurrence(**dict(zip(names, values, strict=True)), backend=backend, chunk=2)

    assert torch.autograd.gradcheck(call, tuple(case.values()))


@pytest.mark.parametrize("backend", ["reference", *FAST])
def test_half_precision_reads_come_back_in_half_precision(backend: str) -> None:
    case = with_values(make_case("gated_delta"), torch.bfloat16)
    y, M, _ = recurrence(**case, backend=backend)
    y.float().sum().backward()
    assert (y.dtype, M.dtype, case["k"].grad.dtype) == (
        torch.bfloat16,
        torch.float32,
        torch.bfloat16,
    )


def test_layout_in_memory_does_not_matter() -> None:
    case = make_case("hope_live")
    turned = {
        name: None if x is None else x.transpose(0, -1).contiguous().transpose(0, -1)
        for name, x in case.items()
    }
    assert_agrees(turned, backend="fused")


def test_several_threads_compute_the_same() -> None:
    case = make_case("hope_live", B=3)
    threads = torch.get_num_threads()
    try:
        torch.set_num_threads(1)
        alone = run(with_values(case), backend="fused")
        torch.set_num_threads(3)
        together = run(with_values(case), backend="fused")
    finally:
        torch.set_num_threads(threads)
    assert all(
        torch.equal(x, y)
        for one, other in zip(alone, together, strict=True)
        for x, y in zip(one, other, strict=True)
    )


def test_shapes_alone_pass_through() -> None:
    case = {name: None if x is None else x.to("meta") for name, x in make_case("hope_live").items()}
    y, M, S = recurrence(**case)
    assert (y.shape, M.shape, S.shape) == (case["z"].shape, case["M0"].shape, case["S0"].shape)


def test_fused_is_the_first_choice_on_a_cpu() -> None:
    assert backends_for("cpu", torch.float32) == ("fused", "chunked", "reference")


def test_fitting_shapes_are_demanded_by_name() -> None:
    case = make_case("hope_live")
    case["w"] = case["w"][:, :-1]
    case["S0"] = case["S0"][..., :-1]
    with pytest.raises(ConfigError) as caught:
        recurrence(**case)
    assert [problem.place for problem in caught.value.problems] == ["w", "S0"]


@pytest.mark.parametrize(
    ("options", "place"),
    [({"read": "middle"}, "read"), ({"chunk": 0}, "chunk"), ({"backend": "fusd"}, "backend")],
)
def test_a_wrong_option_is_named(options: dict[str, object], place: str) -> None:
    with pytest.raises(ConfigError, match=place):
        recurrence(**make_case("delta"), **options)
