"""Every way of the outer gradient: the same answers, the promised slopes, the computed memory."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import torch
from torch.testing import assert_close

from hope_core.config.data import DataSettings
from hope_core.config.models import HopeSettings, LevelSettings, TitansModelSettings
from hope_core.config.run import RunConfig
from hope_core.config.training import TrainSettings
from hope_core.models import build_model
from hope_core.models.estimates import estimate, outer_gradient_bytes
from hope_core.ops.choice import kernels_by
from hope_core.ops.recurrence import available

if TYPE_CHECKING:
    from torch import Tensor

    from hope_core.models.contract import LanguageModel
    from hope_core.nn.state import State

KINDS = ("titans", "hope_dgd", "deep", "gated_delta", "ttt_linear", "ttt_mlp", "self_modifying")
WAYS = ("full", "truncated", "first_order")
SMALL = {"width": 16, "layers": 2, "heads": 2}
LEVELS = (LevelSettings(), LevelSettings(chunk=5, step=0.5))
every_kind = pytest.mark.parametrize("kind", KINDS)


def hope(kind: str, way: str, *, chunks: int = 2) -> LanguageModel:
    chunk = {"chunk_memory": 4, "chunk_other": 2} if kind == "self_modifying" else {"chunk": 4}
    memory: dict[str, Any] = {"kind": kind, "outer_gradient": way, "outer_chunks": chunks} | chunk
    settings = HopeSettings.model_validate(SMALL | {"memory": memory, "levels": LEVELS})
    return build_model(settings, 20).double()


def tokens(length: int = 23) -> Tensor:
    return torch.randint(20, (2, length), generator=torch.Generator().manual_seed(1))


def slopes(logits: Tensor, model: LanguageModel) -> dict[str, Tensor]:
    names, weights = zip(*model.named_parameters(), strict=True)
    found = torch.autograd.grad(logits.sin().sum(), weights, allow_unused=True)
    return {n: torch.zeros(()) if g is None else g for n, g in zip(names, found, strict=True)}


@every_kind
def test_every_way_answers_the_same(kind: str) -> None:
    full, *others = (hope(kind, way)(tokens())[0] for way in WAYS)
    for other in others:
        assert_close(other, full, rtol=0, atol=1e-12)


@every_kind
@pytest.mark.parametrize("way", WAYS)
def test_gradient_reaches_every_parameter(kind: str, way: str) -> None:
    model = hope(kind, way)
    found = slopes(model(tokens())[0], model)
    assert [name for name, slope in found.items() if not slope.any()] == []


@every_kind
def test_truncated_gradient_is_that_of_a_token_loop_cut_at_the_same_places(kind: str) -> None:
    model = hope(kind, "truncated")
    found = slopes(model(tokens())[0], model)
    answers: list[Tensor] = []
    state: State | None = None
    with kernels_by("reference"):
        for t, token in enumerate(tokens().split(1, dim=1)):
            if t and t % 8 == 0:
                state = state.detach()
            logits, state = model(token, state)
            answers.append(logits)
        expected = slopes(torch.cat(answers, dim=1), model)
    for name, slope in found.items():
        assert_close(slope, expected[name], rtol=1e-10, atol=1e-10, msg=name)


def test_truncated_gradient_differs_from_the_full_one() -> None:
    cut, full = hope("titans", "truncated"), hope("titans", "full")
    name = "blocks.0.memory.memory"
    one, other = (slopes(model(tokens())[0], model)[name] for model in (cut, full))
    assert not torch.allclose(one, other, rtol=1e-3)


def test_gradient_reaches_back_to_the_last_cut_of_a_carried_state() -> None:
    model = hope("titans", "truncated")
    _, state = model(tokens(3))
    logits, _ = model(tokens(5), state)
    assert torch.autograd.grad(logits.sum(), state.blocks[0].memory)[0].any()


@pytest.mark.parametrize("variant", ["lmm", "mac", "mag", "mal"])
def test_titans_cuts_its_gradient_too(variant: str) -> None:
    memory = {"kind": "titans", "outer_gradient": "truncated", "outer_chunks": 1, "chunk": 8}
    given = SMALL | {"variant": variant, "memory": memory, "segment": 6}
    model = build_model(TitansModelSettings.model_validate(given), 20).double()
    whole = model(tokens())[0]
    with torch.no_grad():
        assert_close(model(tokens())[0], whole, rtol=0, atol=1e-12)
    found = slopes(whole, model)
    assert [name for name, slope in found.items() if not slope.any()] == []


def run_of(kind: str, way: str, *, length: int = 1024) -> RunConfig:
    memory = {"kind": kind, "outer_gradient": way}
    return RunConfig(
        model=HopeSettings.model_validate(SMALL | {"memory": memory}),
        train=TrainSettings(batch_size=2),
        data=DataSettings(sequence_length=length),
    )


@pytest.mark.parametrize("kind", ["titans", "deep"])
def test_activations_of_every_way_are_computed(kind: str) -> None:
    ways = outer_gradient_bytes(run_of(kind, "full"), 50)
    assert tuple(ways) == WAYS
    assert ways["truncated"] < ways["full"] / 2
    assert ways["first_order"] != ways["full"]
    for way, count in ways.items():
        assert estimate(run_of(kind, way), 50).activation_bytes == count
    short = outer_gradient_bytes(run_of(kind, "full", length=32), 50)
    assert short["truncated"] == short["full"]


def test_memory_that_writes_nothing_has_no_outer_gradient() -> None:
    config = RunConfig(model=HopeSettings.model_validate({"memory": {"kind": "lstm"}}))
    assert outer_gradient_bytes(config, 50) == {}


def test_first_pass_of_all_may_be_a_truncated_one() -> None:
    available.fused_problem.cache_clear()
    model = hope("titans", "truncated")
    assert slopes(model(tokens())[0], model)["blocks.0.memory.memory"].any()
