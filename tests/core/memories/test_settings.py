"""The memories' settings as people write them: chosen by kind, refused with their place."""

from __future__ import annotations

from typing import Any

import pytest

from hope_core.config.fields import describe_fields
from hope_core.config.memories import DeepSettings, SelfModifyingSettings, TitansSettings
from hope_core.config.models import HopeSettings
from hope_core.config.overrides import apply_overrides
from hope_core.config.run import RunConfig
from hope_core.config.validation import parse_config
from hope_core.errors import ConfigError
from hope_core.memories import MEMORIES


def problems(memory: dict[str, Any], **model: object) -> list[str]:
    settings = {"version": 1, "model": {"kind": "hope", "memory": memory} | model}
    with pytest.raises(ConfigError) as caught:
        parse_config(settings)
    return [str(problem) for problem in caught.value.problems]


def test_every_kind_can_be_chosen_by_its_name() -> None:
    fields = {field.path: field for field in describe_fields(RunConfig())}
    kinds = fields["model.memory.kind"].choices
    assert {"titans", "self_modifying", "lstm"} <= set(kinds) <= set(MEMORIES.names())
    for kind in kinds:
        config = apply_overrides(RunConfig(), [f"model.memory.kind={kind}"])
        assert config.model.memory.kind == kind


def test_default_memory_is_titans() -> None:
    assert HopeSettings().memory == TitansSettings()


def test_wrong_value_is_told_at_its_place() -> None:
    (found,) = problems({"kind": "deep", "chunk": 0})
    assert found.startswith("model.memory.chunk: 0")


def test_misspelt_setting_is_told_with_the_right_word() -> None:
    (found,) = problems({"kind": "self_modifying", "erase_scal": 1.0})
    assert "erase_scale" in found


def test_misspelt_kind_is_told_with_the_right_word() -> None:
    (found,) = problems({"kind": "self_modifing"})
    assert "model.memory.kind" in found
    assert "self_modifying" in found


@pytest.mark.parametrize(
    ("changes", "step"),
    [
        ([], 0.2),
        (["network=mlp"], 0.02),
        (["network=mlp", "network=linear"], 0.2),
        (["network=mlp", "eta_scale=0.1"], 0.1),
        (["eta_scale=0.1", "network=mlp"], 0.1),
    ],
)
def test_networks_take_smaller_first_steps_unless_told_otherwise(
    changes: list[str], step: float
) -> None:
    words = ["model.memory.kind=self_modifying", *(f"model.memory.{c}" for c in changes)]
    assert apply_overrides(RunConfig(), words).model.memory.eta_scale == step


def test_network_takes_its_smaller_first_step_from_a_file_too() -> None:
    memory = {"kind": "self_modifying", "network": "mlp"}
    config = parse_config({"version": 1, "model": {"kind": "hope", "memory": memory}})
    assert config.model.memory.eta_scale == 0.02
    assert parse_config(config.model_dump(mode="json")) == config


def test_context_refuses_a_memory_that_cannot_be_asked_without_writing() -> None:
    (found,) = problems({"kind": "lstm"}, kind="titans", variant="mac")
    assert "memory.kind" in found
    assert "deep" in found


def test_attention_refuses_heads_whose_channels_cannot_turn_in_pairs() -> None:
    (found,) = problems({"kind": "attention"}, width=12, heads=4)
    assert found.startswith("model.heads")


def test_chosen_memory_shows_its_own_fields_in_a_form() -> None:
    config = RunConfig(model=HopeSettings(memory=DeepSettings()))
    fields = {field.path: field for field in describe_fields(config)}
    assert fields["model.memory.kind"].value == "deep"
    assert fields["model.memory.rule"].choices == ("titans", "hope_dgd")
    assert fields["model.memory.theta_max"].description


def test_every_choice_of_the_self_modifying_rule_is_kept_with_the_run() -> None:
    chosen = {
        "snapshot": "chunk_start",
        "loss": "dot_product",
        "dot_sign": "minus",
        "grad_scale": 2.0,
        "gate_meaning": "forget",
        "erase_scale": 0.5,
        "query": "adaptive",
        "momentum": 0.5,
        "network": "mlp",
        "erase_layers": "first",
        "gate_form": "square",
        "read": "snapshot",
        "residual": False,
    }
    settings = [f"model.memory.{name}={value}" for name, value in chosen.items()]
    config = apply_overrides(RunConfig(), ["model.memory.kind=self_modifying", *settings])
    kept = parse_config(config.model_dump()).model_dump()["model"]["memory"]
    assert {name: kept[name] for name in chosen} == chosen


def test_choices_of_the_self_modifying_rule_are_first_the_recommended_ones() -> None:
    rule = SelfModifyingSettings()
    assert (rule.snapshot, rule.loss, rule.dot_sign) == ("chunk_start", "l2", "plus")
    assert (rule.gate_meaning, rule.query, rule.read) == ("retain", "static", "online")
    assert (rule.grad_scale, rule.erase_scale, rule.momentum) == (1.0, 1.0, 0.0)
    assert (rule.erase_layers, rule.gate_form, rule.residual) == ("each", "scalar", True)
