"""When flash-linear-attention is chosen, and what happens where it is missing or broken.

Its kernels need a GPU: nothing here proves them. A stand-in with the documented interface shows
that the arguments are turned as documented, not that the package computes.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
import torch
from recurrence_cases import errors, make_case

from hope_core.errors import ConfigError
from hope_core.ops import proof
from hope_core.ops.recurrence import flash_linear_attention as fla
from hope_core.ops.recurrence import recurrence

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

STAND_IN = """
import torch


def chunk_gated_delta_rule(q, k, v, g, beta, scale, initial_state, output_final_state):
    assert output_final_state
    state, reads = initial_state.float(), []
    for t in range(q.shape[1]):
        state = state * g[:, t].float().exp()[..., None, None]
        key, step = k[:, t].float(), beta[:, t].float()[..., None]
        error = step * (v[:, t].float() - torch.einsum("bhkv,bhk->bhv", state, key))
        state = state + key[..., None] * error[..., None, :]
        reads.append(scale * torch.einsum("bhkv,bhk->bhv", state, q[:, t].float()))
    return torch.stack(reads, dim=1).to(q.dtype), state
"""


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The file that stands for the package's gated delta rule; kernels count as there on a CPU."""
    folder = tmp_path / "fla" / "ops" / "gated_delta_rule"
    folder.mkdir(parents=True)
    for empty in (tmp_path / "fla", tmp_path / "fla" / "ops"):
        (empty / "__init__.py").touch()
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    monkeypatch.setattr(fla, "DEVICES", ("cpu",))
    monkeypatch.setattr(proof, "_reasons", [])
    _forget()
    yield folder / "__init__.py"
    _forget()


def _forget() -> None:
    fla.problem_of.cache_clear()
    for name in [name for name in sys.modules if name == "fla" or name.startswith("fla.")]:
        del sys.modules[name]


def gated_delta() -> dict[str, torch.Tensor | None]:
    case = make_case("gated_delta", T=20, K=8, V=8) | {"c": None}
    half = {name: case[name].to(torch.bfloat16) for name in ("q", "k", "z")}
    return {name: None if x is None else x.float() for name, x in case.items()} | half


def test_gated_delta_rule_in_half_precision_goes_to_the_package(package: Path) -> None:
    package.write_text(STAND_IN, encoding="utf-8")
    case = gated_delta()
    y, M, _ = recurrence(**case, backend="fla")
    expected = recurrence(**case, backend="reference")
    assert y.dtype == torch.bfloat16
    assert errors([y.float(), M], [expected[0].float(), expected[1]]) < 0.02


@pytest.mark.parametrize("change", ["float32", "before", "momentum", "other_correction"])
def test_what_the_package_does_not_compute_stays_with_us(package: Path, change: str) -> None:
    package.write_text("raise AssertionError('not asked')", encoding="utf-8")
    case, read = gated_delta(), "after"
    if change == "float32":
        case["z"] = case["z"].float()
    elif change == "before":
        read = "before"
    elif change == "momentum":
        case |= {"S0": torch.zeros_like(case["M0"]), "m": torch.zeros_like(case["a"])}
    else:
        case["c"] = torch.zeros_like(case["a"])
    recurrence(**case, read=read)
    with pytest.raises(ConfigError, match="no 'fla'"):
        recurrence(**case, read=read, backend="fla")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("raise ImportError('triton is missing')", "triton is missing"),
        (STAND_IN.replace("scale *", "2.0 *"), "off by"),
        ("def chunk_gated_delta_rule(q): ...", "does not work here"),
    ],
    ids=["import fails", "wrong values", "other interface"],
)
def test_broken_package_is_passed_over_with_one_notice(
    package: Path, content: str, words: str
) -> None:
    package.write_text(content, encoding="utf-8")
    case = gated_delta()
    with pytest.warns(RuntimeWarning, match=words) as caught:
        y = recurrence(**case)[0]
    recurrence(**case)
    assert len(caught) == 1
    assert errors([y.float()], [recurrence(**case, backend="chunked")[0].float()]) < 0.01


def test_missing_package_is_told_once(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fla, "find_spec", lambda _: None)
    with pytest.warns(RuntimeWarning, match="not installed") as caught:
        recurrence(**gated_delta())
    recurrence(**gated_delta())
    assert len(caught) == 1
    assert not package.exists()
