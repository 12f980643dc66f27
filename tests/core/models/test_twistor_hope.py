"""MT-HOPE as a whole: each part has a switch, and its second loss reaches the training alone."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor
from torch.nn.functional import cross_entropy
from torch.testing import assert_close

from hope_core.config.models import TwistorSettings
from hope_core.config.models.twistor import (
    ConstraintSettings,
    MemorySystemSettings,
    MobiusSettings,
    NestingSettings,
    SelfModificationSettings,
)
from hope_core.config.optimizers import AdamWSettings
from hope_core.models import build_model
from hope_core.models.twistor_hope import TwistorHope
from hope_core.optim import build_optimizer
from hope_core.training.precision import Precision
from hope_core.training.step import Stepper

NESTING = NestingSettings(levels=2)
SWITCHES = {
    "mobius": {"mobius": MobiusSettings(enabled=False)},
    "coupling": {"mobius": MobiusSettings(antilinear=False)},
    "adaptive": {"mobius": MobiusSettings(adaptive=False)},
    "fast_weight": {"self_modification": SelfModificationSettings(enabled=False)},
    "memory_system": {"memory_system": MemorySystemSettings(slots=0)},
    "nested": {"nesting": NestingSettings(levels=0)},
}


def model(**changes: object) -> TwistorHope:
    given = {"nesting": NESTING, **changes}
    settings = TwistorSettings(width=16, layers=2, heads=2, **given)  # type: ignore[arg-type]
    made = build_model(settings, 31)
    assert isinstance(made, TwistorHope)
    return made


def tokens(length: int = 12) -> Tensor:
    return torch.randint(31, (3, length), generator=torch.Generator().manual_seed(1))


def stepper(made: TwistorHope) -> Stepper:
    optimizer = build_optimizer(AdamWSettings(), made.levels(), tables=made.tables())
    return Stepper(made, optimizer, Precision("fp32", "cpu"), clip_norm=1.0)


@pytest.mark.parametrize("part", SWITCHES)
def test_each_part_can_be_switched_off(part: str) -> None:
    whole, without = model(), model(**SWITCHES[part])
    assert any(part in name for name, _ in whole.named_parameters())
    assert not any(part in name for name, _ in without.named_parameters())


def test_constraint_does_not_change_what_is_predicted() -> None:
    off = model(constraint=ConstraintSettings(kind="none"))
    assert torch.equal(model()(tokens())[0], off(tokens())[0])
    assert off.penalty(off(tokens())[1]) is None


def test_penalty_of_pieces_is_that_of_the_whole() -> None:
    made = model().double()
    _, whole = made(tokens())
    _, middle = made(tokens()[:, :5])
    _, end = made(tokens()[:, 5:], middle)
    assert_close(made.penalty(end), made.penalty(whole))


def test_step_tells_both_losses_apart() -> None:
    made = model(constraint=ConstraintSettings(weight=3.0))
    with torch.no_grad():
        made.set_progress(0.0)
        logits, state = made(tokens()[:, :-1])
    text = cross_entropy(logits.flatten(0, 1), tokens()[:, 1:].flatten())
    result = stepper(made).step([tokens()], count=1, learning_rate=0.0, progress=0.0)
    assert result.loss == pytest.approx(float(text), rel=1e-5)
    assert result.penalty == pytest.approx(float(made.penalty(state)), rel=1e-5)


def test_training_lowers_the_constraint() -> None:
    steps = stepper(model(constraint=ConstraintSettings(weight=30.0)))
    penalties = [
        steps.step([tokens()], count=1, learning_rate=1e-2, progress=n / 20).penalty
        for n in range(20)
    ]
    assert penalties[-1] < 0.5 * penalties[0]


def test_step_tells_the_levels_how_far_the_training_is() -> None:
    made = model()
    stepper(made).step([tokens()], count=1, learning_rate=1e-3, progress=0.25)
    assert float(made.nested.progress) == 0.25


def test_slots_of_a_trained_model_differ() -> None:
    made = model()
    steps = stepper(made)
    for n in range(10):
        steps.step([tokens(40)], count=1, learning_rate=1e-2, progress=n / 10)
    slots = made.probe(tokens(40))["slots"]
    apart = torch.pdist(slots)
    assert float(apart.min()) > 0.1 * float(torch.linalg.vector_norm(slots, dim=-1).max())


def test_probe_of_compressed_slots_tells_their_bytes_and_error() -> None:
    slots = MemorySystemSettings(compression="phase", bits=8)
    found = model(memory_system=slots).probe(tokens()[:1])
    assert float(found["compression_bytes"]) == 3 * 16 + 3 * 4  # a quarter of 4 bytes, and scales
    assert 0 < float(found["compression_error"]) < 0.05


def test_probe_holds_what_the_pictures_show() -> None:
    found = model().probe(tokens())
    shapes = {name: tuple(value.shape) for name, value in found.items()}
    expected = {
        "helicity": (2, 12),
        "mobius": (2, 3, 2, 2, 8, 2),
        "mobius_degeneracy": (2,),
        "trajectory": (2, 12, 2, 2),
        "slot_norm": (3,),
        "slot_write": (3, 12),
        "slots": (3, 16),
        "fast_norm": (1, 2),
    }
    assert expected.items() <= shapes.items()
    a, b, c, d = torch.view_as_complex(found["mobius"]).flatten(2, 3).unbind(2)
    assert_close(a * d - b * c, torch.ones_like(a))
    assert float(found["helicity"].abs().max()) <= 1.0
