"""What every state tells of what it has learned, and how it can be moved and put back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import specimens
import torch
from specimens import make_memory, make_model, some_inputs, some_tokens

from hope_core.errors import ConfigError
from hope_core.nn.learned import learned_tensors, moved_by, restored

if TYPE_CHECKING:
    from hope_core.config.models import ModelSettings

LEARN_NOTHING = {
    "attention",
    "gru",
    "lstm",
    "twistor_cell",
    "twistor_untied_cell",
    "twistor_titans_cell",
    "twistor_recurrent",
    "twistor_chunks",
}
"""They carry the text along; no rule of theirs learns from it."""
LEARNING = [
    name
    for name in specimens.MEMORIES
    if name.rpartition("-")[0] not in LEARN_NOTHING and name != "continuum-0"
]
every_learning_memory = pytest.mark.parametrize("name", LEARNING)
every_model = pytest.mark.parametrize(
    "settings", [settings for variants in specimens.MODELS.values() for settings in variants]
)


@every_learning_memory
def test_reading_moves_what_a_memory_says_it_learns(name: str) -> None:
    memory = make_memory(name)
    with torch.no_grad():
        _, state = memory(some_inputs())
    fresh = learned_tensors(memory.initial_state(3))
    after = learned_tensors(state)
    assert fresh.keys() == after.keys()
    assert any(not torch.equal(after[path], fresh[path]) for path in after)


@pytest.mark.parametrize(
    "name", ["attention-0", "gru-0", "lstm-0", "twistor_cell-0", "continuum-0"]
)
def test_memory_whose_weights_stand_still_has_learned_nothing(name: str) -> None:
    memory = make_memory(name)
    assert learned_tensors(memory(some_inputs())[1]) == {}


@every_learning_memory
def test_moving_a_state_moves_what_it_learned_by_just_that(name: str) -> None:
    memory = make_memory(name)
    with torch.no_grad():
        _, state = memory(some_inputs())
    before = learned_tensors(state)
    changes = {path: torch.full_like(tensor, 0.01) for path, tensor in before.items()}
    after = learned_tensors(moved_by(state, changes))
    for path, tensor in after.items():
        torch.testing.assert_close(tensor, before[path] + 0.01)


@every_learning_memory
def test_moved_state_answers_otherwise(name: str) -> None:
    memory, x = make_memory(name), some_inputs(seed=2)
    with torch.no_grad():
        _, state = memory(some_inputs())
        changes = {p: torch.randn_like(t) for p, t in learned_tensors(state).items()}
        assert not torch.allclose(memory(x, moved_by(state, changes))[0], memory(x, state)[0])


@every_model
def test_model_reads_on_from_a_state_that_was_put_back(
    settings: ModelSettings,
) -> None:
    model, more = make_model(settings), some_tokens(batch=1, length=5, seed=2)
    with torch.no_grad():
        _, state = model(some_tokens(batch=1, length=29))
        tensors = {path: tensor.clone() for path, tensor in state.named_tensors().items()}
        again = restored(model.initial_state(1), tensors)
        assert torch.equal(model(more, again)[0], model(more, state)[0])


def test_state_of_another_shape_is_refused_in_words() -> None:
    small, large = (make_model(s) for s in specimens.MODELS["hope"][:2])
    with pytest.raises(ConfigError, match="model"):
        restored(large.initial_state(1), small.initial_state(1).named_tensors())


def test_state_with_a_tensor_too_many_is_refused() -> None:
    template = make_model(specimens.MODELS["hope"][0]).initial_state(1)
    tensors = {**template.named_tensors(), "stranger": torch.zeros(1)}
    with pytest.raises(ConfigError, match="stranger"):
        restored(template, tensors)
