"""Fast recurrences are honest operators to torch, and numba's absence is survived and told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import torch
from functorch.compile import make_boxed_func
from numba.core.errors import TypingError
from recurrence_cases import errors, make_case, with_values
from torch._dynamo.backends.common import aot_autograd

from hope_core.ops import proof
from hope_core.ops.recurrence import available, backends_for, recurrence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@pytest.fixture
def unproved(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Forget what is known of numba, before and after."""
    monkeypatch.setattr(proof, "_reasons", [])
    available.fused_problem.cache_clear()
    yield
    available.fused_problem.cache_clear()


@pytest.mark.parametrize("row", ["gated_delta", "hope_live"])
def test_operator_keeps_its_promises_to_torch(row: str) -> None:
    case = with_values(make_case(row, B=1, T=4, H=1, K=3, V=2))
    if case["b"] is None:
        case["b"] = torch.zeros_like(case["a"])
    torch.library.opcheck(torch.ops.hope.recurrence.default, (*case.values(), False, True))


@pytest.mark.parametrize("row", ["gated_delta", "hope_live"])
def test_chunked_operator_keeps_its_promises_to_torch(row: str) -> None:
    case = with_values(make_case(row, B=1, T=5, H=1, K=3, V=2))
    arguments = (*case.values(), False, True, 2)
    torch.library.opcheck(torch.ops.hope.recurrence_chunked.default, arguments)


@pytest.mark.parametrize(
    ("backend", "operator"), [("fused", "recurrence"), ("chunked", "recurrence_chunked")]
)
def test_compiled_graph_holds_one_operator_each_way(backend: str, operator: str) -> None:
    seen: list[str] = []

    def note(graph: torch.fx.GraphModule, _: object) -> Callable[..., object]:
        seen.extend(str(node.target) for node in graph.graph.nodes if "hope" in str(node.target))
        return make_boxed_func(graph)

    case = with_values(make_case("titans_exact"))
    names = list(case)

    def call(*values: torch.Tensor) -> torch.Tensor:
        arguments = dict(zip(names, values, strict=True))
        return recurrence(**arguments, backend=backend)[0].sum()

    compiled = torch.compile(call, backend=aot_autograd(fw_compiler=note), fullgraph=True)
    loss = compiled(*case.values())
    loss.backward()
    assert seen == [f"hope.{operator}.default", f"hope.{operator}_backward.default"]
    assert errors([loss], [call(*case.values())]) < 1e-12


@pytest.mark.usefixtures("unproved")
def test_missing_numba_falls_back_with_one_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    case = make_case("hope_live")
    expected = recurrence(**case, backend="chunked")[0]
    monkeypatch.setattr(proof, "find_spec", lambda _: None)
    with pytest.warns(RuntimeWarning, match="numba is not installed") as caught:
        first = recurrence(**case)[0]
    second = recurrence(**case)[0]
    assert len(caught) == 1
    assert torch.equal(first, expected)
    assert torch.equal(second, expected)


@pytest.mark.usefixtures("unproved")
def test_broken_numba_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    def break_down(_: bool, __: torch.dtype) -> float:
        raise OSError("libllvmlite is damaged")

    monkeypatch.setattr(available, "_difference", break_down)
    with pytest.warns(RuntimeWarning, match="libllvmlite is damaged"):
        assert backends_for("cpu", torch.float32) == ("chunked", "reference")


@pytest.mark.usefixtures("unproved")
def test_compiler_that_fails_in_its_own_way_is_told_in_one_line(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*_: object) -> float:
        raise TypingError("\x1b[1mFailed in nopython mode pipeline\x1b[0m\nUntyped global name")

    monkeypatch.setattr(available, "_difference", fail)
    with pytest.warns(RuntimeWarning, match="nopython mode"):
        assert "fused" not in backends_for("cpu", torch.float64)
    (told,) = proof.slow_kernels()
    assert "(Failed in nopython mode pipeline)" in told


@pytest.mark.usefixtures("unproved")
@pytest.mark.parametrize("wrong", [1.0, float("nan")])
def test_kernels_that_compute_wrong_values_are_not_used(
    wrong: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(available, "_difference", lambda *_: wrong)
    with pytest.warns(RuntimeWarning, match="wrong values"):
        assert "fused" not in backends_for("cpu", torch.float32)
