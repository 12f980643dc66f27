"""What every registered model promises (architecture.md, contracts 3 and 4)."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
import specimens
import torch
from specimens import make_model, some_tokens

from hope_core.config.data import DataSettings
from hope_core.config.models import HopeSettings
from hope_core.config.models.twistor import TwistorSettings
from hope_core.config.run import RunConfig
from hope_core.models import MODELS, build_model
from hope_core.models.estimates import estimate

if TYPE_CHECKING:
    from hope_core.config.models import ModelSettings
    from hope_core.models.contract import LanguageModel

SETTINGS = [settings for variants in specimens.MODELS.values() for settings in variants]
IN_A_BLOCK = [
    HopeSettings(memory=memory, **specimens.SMALL)
    for variants in specimens.MEMORY_SETTINGS.values()
    for memory in variants
]
NAMES = [f"{s.kind}-{i}" for v in specimens.MODELS.values() for i, s in enumerate(v)]


@pytest.fixture(params=SETTINGS, ids=NAMES)
def model(request: pytest.FixtureRequest) -> LanguageModel:
    return make_model(request.param)


def difference(x: torch.Tensor, y: torch.Tensor) -> float:
    return float((x - y).detach().abs().max())


def test_every_registered_model_has_a_specimen() -> None:
    assert set(specimens.MODELS) == set(MODELS.names())


def test_logits_have_a_row_for_each_token(model: LanguageModel) -> None:
    logits, _ = model(some_tokens(batch=2, length=7))
    assert logits.shape == (2, 7, specimens.VOCABULARY)


@pytest.mark.parametrize("seed", range(3))
def test_pieces_give_the_same_logits_as_the_whole(model: LanguageModel, seed: int) -> None:
    tokens = some_tokens()
    cuts = sorted(random.Random(seed).sample(range(1, tokens.shape[1]), 5))
    state, pieces = None, []
    for piece in tokens.tensor_split(cuts, dim=1):
        logits, state = model(piece, state)
        pieces.append(logits)
    assert difference(torch.cat(pieces, dim=1), model(tokens)[0]) <= 1e-10


def test_tokens_one_by_one_give_the_same_logits_as_the_whole(model: LanguageModel) -> None:
    tokens = some_tokens(length=12)
    state, pieces = None, []
    for token in tokens.split(1, dim=1):
        logits, state = model(token, state)
        pieces.append(logits)
    assert difference(torch.cat(pieces, dim=1), model(tokens)[0]) <= 1e-10


def test_explicit_initial_state_equals_none(model: LanguageModel) -> None:
    tokens = some_tokens()
    logits, _ = model(tokens, model.initial_state(len(tokens)))
    assert difference(logits, model(tokens)[0]) <= 1e-12


@pytest.mark.parametrize("changed", [1, 20, 39])
def test_logits_do_not_depend_on_later_tokens(model: LanguageModel, changed: int) -> None:
    tokens = some_tokens()
    others = tokens.clone()
    others[:, changed] = (others[:, changed] + 1) % specimens.VOCABULARY
    before, after = model(tokens)[0], model(others)[0]
    assert difference(before[:, :changed], after[:, :changed]) <= 1e-12
    assert difference(before[:, changed:], after[:, changed:]) > 1e-6


def test_earlier_tokens_reach_later_logits(model: LanguageModel) -> None:
    tokens = some_tokens()
    others = tokens.clone()
    others[:, 2] = (others[:, 2] + 1) % specimens.VOCABULARY
    assert difference(model(tokens)[0][:, -1], model(others)[0][:, -1]) > 1e-9


def test_sequences_of_a_batch_do_not_touch_each_other(model: LanguageModel) -> None:
    tokens = some_tokens()
    others = tokens.clone()
    others[1] = (others[1] + 1) % specimens.VOCABULARY
    kept = [0, 2]
    assert difference(model(tokens)[0][kept], model(others)[0][kept]) <= 1e-12


def test_training_and_evaluation_mode_agree(model: LanguageModel) -> None:
    tokens = some_tokens()
    assert difference(model.train()(tokens)[0], model.eval()(tokens)[0]) == 0.0


def test_gradient_reaches_every_parameter(model: LanguageModel) -> None:
    logits, _ = model(some_tokens())
    torch.nn.functional.cross_entropy(
        logits.flatten(0, 1), some_tokens(seed=2).flatten()
    ).backward()
    unreached = [n for n, p in model.named_parameters() if p.grad is None or not p.grad.any()]
    assert unreached == []


def test_state_detaches_from_the_gradient(model: LanguageModel) -> None:
    _, state = model(some_tokens())
    assert any(tensor.requires_grad for tensor in state.named_tensors().values())
    assert not any(tensor.requires_grad for tensor in state.detach().named_tensors().values())


def test_state_moves_to_another_type(model: LanguageModel) -> None:
    _, state = model(some_tokens())
    moved = state.to("cpu", torch.float32).named_tensors().values()
    assert {t.dtype for t in moved if t.is_floating_point()} == {torch.float32}


def test_selected_state_continues_the_selected_sequences(model: LanguageModel) -> None:
    start, rest = some_tokens().split([25, 15], dim=1)
    _, state = model(start)
    order = torch.tensor([2, 0, 2])
    chosen, _ = model(rest[order], state.select(order))
    assert difference(chosen, model(rest, state)[0][order]) <= 1e-12


def test_forward_leaves_the_given_state_alone(model: LanguageModel) -> None:
    _, state = model(some_tokens())
    before = {name: t.detach().clone() for name, t in state.named_tensors().items()}
    model(some_tokens(seed=3), state)
    assert all(torch.equal(before[name], t) for name, t in state.named_tensors().items())


def test_probe_is_deterministic_and_touches_nothing(model: LanguageModel) -> None:
    weights = {name: p.detach().clone() for name, p in model.named_parameters()}
    random_state = torch.get_rng_state()
    first, second = model.probe(some_tokens()), model.probe(some_tokens())
    assert first.keys() == second.keys()
    assert all(torch.equal(first[name], second[name]) for name in first)
    assert torch.equal(torch.get_rng_state(), random_state)
    assert all(torch.equal(weights[name], p) for name, p in model.named_parameters())
    assert all(p.grad is None for p in model.parameters())


def test_probe_arrays_have_the_promised_shapes(model: LanguageModel) -> None:
    probe = model.probe(some_tokens(length=9))
    layers, heads = getattr(model.settings, "layers", 0), getattr(model.settings, "heads", 0)
    a_head = ("memory_norm", "momentum_norm", "stability_bound", "half_life")
    shapes = {"surprise": (layers, 9), **dict.fromkeys(a_head, (layers, heads))}
    shapes |= dict.fromkeys(("alpha", "eta", "theta"), (layers, heads, 9))
    if isinstance(model.settings, TwistorSettings):
        shapes |= twistor_shapes(model.settings, length=9)
    assert all(tuple(array.shape) == shapes[name] for name, array in probe.items())
    assert all(array.dtype == torch.float32 for array in probe.values())


def twistor_shapes(settings: TwistorSettings, *, length: int) -> dict[str, tuple[int, ...]]:
    """What MT-HOPE's probe shows beside what other models' do."""
    layers, slots = settings.layers, settings.memory_system.slots
    maps = (layers, settings.mobius.cycles, 2, 2, settings.state_channels // 2, 2)
    return {
        "fast_norm": (1, settings.heads),
        "fast_bound": (1, settings.heads),
        "helicity": (layers, length),
        "trajectory": (layers, length, 2, 2),
        "mobius": maps,
        "mobius_degeneracy": (layers,),
        "slot_norm": (slots,),
        "slots": (slots, settings.width),
        "slot_write": (slots, length),
        "slot_half_life": (slots,),
        "compression_bytes": (1,),
        "compression_error": (1,),
    }


@pytest.mark.parametrize("settings", SETTINGS, ids=NAMES)
def test_weights_depend_on_the_seed_alone(settings: object) -> None:
    random_state = torch.get_rng_state()
    first = make_model(settings, seed=3)  # type: ignore[arg-type]
    assert torch.equal(torch.get_rng_state(), random_state)
    torch.manual_seed(99)
    again, other = make_model(settings, seed=3), make_model(settings, seed=4)  # type: ignore[arg-type]
    pairs = zip(first.parameters(), again.parameters(), strict=True)
    assert all(torch.equal(x, y) for x, y in pairs)
    assert any(
        not torch.equal(x, y) for x, y in zip(first.parameters(), other.parameters(), strict=True)
    )
    torch.set_rng_state(random_state)


def test_levels_hold_every_parameter_exactly_once(model: LanguageModel) -> None:
    held = [id(p) for level in model.levels() for p in level.parameters]
    assert len(held) == len(set(held))
    assert set(held) == {id(p) for p in model.parameters()}
    assert model.levels()[0].clock == 1
    assert model.levels()[0].learning_rate_factor == 1.0


def test_tables_have_a_row_for_each_token(model: LanguageModel) -> None:
    own = {id(p) for p in model.parameters()}
    assert all(id(t) in own and t.shape[0] == specimens.VOCABULARY for t in model.tables())


def test_half_precision_stays_near_full_precision(model: LanguageModel) -> None:
    model.float()
    with torch.autocast("cpu", torch.bfloat16):
        half, _ = model(some_tokens())
    assert difference(half.float(), model(some_tokens())[0]) < 0.3


@pytest.mark.parametrize("settings", SETTINGS, ids=NAMES)
def test_model_builds_without_memory_on_the_meta_device(settings: object) -> None:
    model = build_model(settings, 50_000, device="meta")  # type: ignore[arg-type]
    assert all(p.is_meta for p in model.parameters())
    assert model.flops_per_token(256) > 6 * 50_000 * specimens.WIDTH


@pytest.mark.parametrize("settings", [*SETTINGS, *IN_A_BLOCK], ids=lambda s: s.kind)
def test_size_is_told_before_anything_is_allocated(settings: ModelSettings) -> None:
    config = RunConfig(model=settings, data=DataSettings(sequence_length=32))
    found = estimate(config, specimens.VOCABULARY)
    assert found.parameters == make_model(settings).parameter_count()
    assert found.activation_bytes > 0
