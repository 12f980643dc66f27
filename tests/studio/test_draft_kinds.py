"""Another kind of a part brings settings that hold: its own defaults, and what was changed."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING, Any

import pytest

from hope_core.config.fields import describe_fields
from hope_studio.draft import Draft

if TYPE_CHECKING:
    from hope_studio.session import Session

MEMORIES = ("titans", "hope_dgd", "deep", "self_modifying", "gated_delta", "ttt_mlp", "lstm")
MODELS = ("hope", "titans", "transformer", "mt_hope")


@pytest.fixture
def draft(session: Session) -> Draft:
    return Draft(session)


def test_every_kind_after_any_other_is_valid_and_shows_every_value(draft: Draft) -> None:
    for group, kinds in (("model.memory", MEMORIES), ("model", MODELS)):
        for one, other in permutations(kinds, 2):
            draft.edit(f"{group}.kind", one)
            draft.edit(f"{group}.kind", other)
            assert not draft.problems, (one, other, draft.problems)
        unset = [f.path for f in describe_fields(draft.config) if draft.value(f.path) is None]
        assert not unset


@pytest.mark.parametrize(
    ("changed", "kind", "path", "value"),
    [
        ({}, "deep", "model.memory.theta_max", 0.1),
        ({"model.memory.theta_max": 0.5}, "deep", "model.memory.theta_max", 0.5),
        ({"model.memory.theta_max": 4.0}, "deep", "model.memory.theta_max", 0.1),
        ({"model.memory.momentum": False}, "self_modifying", "model.memory.momentum", 0.0),
        (
            {"model.memory.outer_gradient": "truncated"},
            "ttt_mlp",
            "model.memory.outer_gradient",
            "truncated",
        ),
    ],
)
def test_what_was_changed_goes_along_where_it_can_be_used(
    draft: Draft, changed: dict[str, Any], kind: str, path: str, value: object
) -> None:
    for setting, chosen in changed.items():
        draft.edit(setting, chosen)
    draft.edit("model.memory.kind", kind)
    assert not draft.problems
    assert draft.value(path) == value


def test_network_of_a_self_modifying_memory_brings_its_step(draft: Draft) -> None:
    draft.edit("model.memory.kind", "self_modifying")
    draft.edit("model.memory.network", "mlp")
    assert draft.value("model.memory.eta_scale") == 0.02
    draft.undo_stack.undo()
    assert draft.value("model.memory.eta_scale") == 0.2


def test_width_of_one_model_goes_along_to_another(draft: Draft) -> None:
    draft.edit("model.width", 640)
    draft.edit("model.kind", "transformer")
    assert draft.value("model.width") == 640
    assert not draft.problems
