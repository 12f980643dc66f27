"""The proofs hold for sound models and fail for one that breaks each promise."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import torch
from torch import Tensor, nn

from hope_core.config.models import HopeSettings, LevelSettings, TransformerSettings
from hope_core.errors import ProofError
from hope_core.models import build_model
from hope_core.models.proofs import Check, all_checks, quick_checks, refuse_unproven
from hope_core.models.transformer import Block
from hope_core.ops.recurrence import dispatch

if TYPE_CHECKING:
    from collections.abc import Callable

    from hope_core.models.contract import LanguageModel

HOPE = HopeSettings(width=16, layers=3, heads=2, levels=(LevelSettings(), LevelSettings(clock=2)))
BASELINE = TransformerSettings(width=16, layers=2, heads=2)


@pytest.fixture(autouse=True)
def _one_thread():
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


def checks_of(model: LanguageModel) -> dict[str, Check]:
    return {check.name: check for check in all_checks(model, length=20)}


def failures_of(model: LanguageModel) -> list[str]:
    return [name for name, check in checks_of(model).items() if not check.passed]


def with_answers(change: Callable[[Tensor], Tensor]) -> LanguageModel:
    """A transformer whose logits are changed on their way out."""
    model = build_model(BASELINE, 31)
    model.register_forward_hook(lambda _module, _inputs, out: (change(out[0]), out[1]))
    return model


def off_by(size: float) -> Callable[..., object]:
    """Chunked kernels whose answers are a little too large."""
    chunked = dispatch.chunked

    def broken(*args, **kwargs):
        out = chunked(*args, **kwargs)
        return out._replace(y=out.y * (1 + size))

    return broken


def test_every_proof_of_a_sound_model_holds() -> None:
    checks = checks_of(build_model(HOPE, 31))
    assert all(check.passed for check in checks.values())
    assert {"chunked kernels, values, float64", "chunked kernels, gradients, float32"} <= set(
        checks
    )
    assert {"causality", "batch isolation", "pieces", "gradient reach"} <= set(checks)


def test_model_without_memory_kernels_has_no_proof_of_them() -> None:
    names = [check.name for check in all_checks(build_model(BASELINE, 31), length=20)]
    assert names == ["causality", "batch isolation", "pieces", "gradient reach"]


@pytest.mark.parametrize(
    ("change", "promise"),
    [
        (lambda logits: logits + 1e-9 * logits.mean(1, keepdim=True), "causality"),
        (lambda logits: logits + 1e-9 * logits.mean(0), "batch isolation"),
        (lambda logits: logits + 1e-6 * logits.shape[1], "pieces"),
        (lambda logits: logits * float("nan"), "causality"),
        (lambda logits: logits.detach() + logits.sum() * 0.0, "gradient reach"),
    ],
    ids=["reads ahead", "mixes the batch", "counts the tokens", "no number", "detached"],
)
def test_broken_promise_is_found(change: Callable[[Tensor], Tensor], promise: str) -> None:
    assert promise in failures_of(with_answers(change))


def test_parameter_that_never_learns_is_named() -> None:
    model = build_model(BASELINE, 31)
    model.forgotten = nn.Parameter(torch.ones(2))
    check = checks_of(model)["gradient reach"]
    assert not check.passed
    assert check.figure == 1.0
    assert "forgotten" in check.sentence


def test_kernel_that_computes_wrong_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dispatch, "chunked", off_by(1e-5))
    failures = failures_of(build_model(HOPE, 31))
    assert "chunked kernels, gradients, float64" in failures
    assert not any("fused" in name for name in failures)


def test_proofs_leave_the_model_alone() -> None:
    model = build_model(HOPE, 31).requires_grad_(requires_grad=False)
    before = {name: p.clone() for name, p in model.named_parameters()}
    assert all(check.passed for check in all_checks(model, length=20))
    assert all(torch.equal(before[name], p) for name, p in model.named_parameters())
    assert all(p.grad is None and not p.requires_grad for p in model.parameters())
    assert {p.dtype for p in model.parameters()} == {torch.float32}


@pytest.mark.parametrize("settings", [HOPE, BASELINE], ids=["hope", "transformer"])
def test_quick_checks_hold_for_sound_settings(
    settings: HopeSettings | TransformerSettings,
) -> None:
    checks = list(quick_checks(settings))
    assert len(checks) >= 4
    assert all(check.passed for check in checks)
    looks = []
    refuse_unproven(settings, check=lambda: looks.append(torch.is_grad_enabled()))
    assert looks == [True] * len(checks)


def test_settings_whose_model_is_wrong_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    sound = Block.forward

    def looks_ahead(block, x, *rest):
        return sound(block, x + 1e-6 * x.mean(1, keepdim=True), *rest)

    monkeypatch.setattr(Block, "forward", looks_ahead)
    with pytest.raises(ProofError, match="depends on later ones"):
        refuse_unproven(BASELINE, check=lambda: None)


def test_model_that_blows_up_is_said_to_and_not_that_its_kernels_differ() -> None:
    memory = {"kind": "deep", "theta_max": 2.0}
    settings = HopeSettings.model_validate({"width": 40, "layers": 2, "heads": 4, "memory": memory})
    with pytest.raises(ProofError, match=r"blow up\. Lower the memory's largest step") as caught:
        refuse_unproven(settings, check=lambda: None)
    assert "kernels" not in str(caught.value)
    assert "depends on later ones" not in str(caught.value)
