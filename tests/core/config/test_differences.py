"""What tells settings apart, and a command that repeats a run exactly."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

import pytest

from hope_core.config.differences import ABSENT, LABELS, differences, train_command
from hope_core.config.overrides import apply_overrides
from hope_core.config.presets import load_preset, preset_names

if TYPE_CHECKING:
    from hope_core.config.run import RunConfig

CHANGES = (
    ["train.steps=77", "seed=5", "train.learning_rate=1e-4"],
    ["model.kind=transformer", "model.width=48"],
    ["model.memory.kind=hope_dgd"],
    ["data.source={kind: text, path: 'no: such, [file]'}"],
    ["data.source={kind: text, path: 'true'}"],
    ["model.levels=[{clock: 1}, {clock: 2}, {clock: 9, expansion: 0.5}]"],
)


def repeated(command: str) -> RunConfig:
    """What the command's own words make of its preset."""
    words = shlex.split(command)
    assert words[:2] == ["hope", "train"]
    assert words[3::2] == ["--set"] * len(words[3::2])
    return apply_overrides(load_preset(words[2]), words[4::2])


def without_labels(config: RunConfig) -> dict:
    return {key: value for key, value in config.model_dump().items() if key not in LABELS}


@pytest.mark.parametrize("changes", CHANGES)
def test_the_command_gives_the_same_settings_again(changes: list[str]) -> None:
    config = apply_overrides(load_preset("medium"), changes)
    assert without_labels(repeated(train_command(config))) == without_labels(config)


@pytest.mark.parametrize("name", preset_names())
def test_the_command_of_a_preset_holds_no_changes_or_repeats_it(name: str) -> None:
    config = load_preset(name)
    assert without_labels(repeated(train_command(config))) == without_labels(config)


def test_settings_without_a_preset_start_from_small() -> None:
    config = apply_overrides(load_preset("small"), ["name=my-own", "seed=9"])
    assert train_command(config) == "hope train small --set seed=9"


def test_only_what_differs_is_told_with_the_value_of_each() -> None:
    base = load_preset("small")
    other = apply_overrides(base, ["train.steps=1", "model.levels.1.clock=32"])
    found = {row.path: row.values for row in differences([base, other, base])}
    assert found == {
        "train.steps": (20000, 1, 20000),
        "model.levels.1.clock": (4, 32, 4),
    }


def test_a_setting_that_a_config_does_not_have_is_absent() -> None:
    base = load_preset("small")
    other = apply_overrides(base, ["model.kind=transformer"])
    rows = {row.path: row.values for row in differences([base, other])}
    assert rows["model.convolution"] == (4, ABSENT)
