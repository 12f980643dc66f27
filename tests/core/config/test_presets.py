"""Every shipped preset can be read; unknown ones are named."""

from __future__ import annotations

import pytest

from hope_core.config.basic import BASIC
from hope_core.config.data import FolderSettings, JsonLinesSettings, TalesSettings
from hope_core.config.families import CARDS, FAMILIES, card_preset
from hope_core.config.fields import describe_fields
from hope_core.config.presets import load_preset, preset_names
from hope_core.errors import ConfigError


def test_the_four_cards_come_first() -> None:
    assert tuple(preset_names()[:4]) == CARDS


@pytest.mark.parametrize("name", preset_names())
def test_preset_carries_its_own_name_and_a_sentence(name: str) -> None:
    preset = load_preset(name)
    assert preset.name == name
    assert preset.description.endswith(".")


def test_unknown_preset_suggests_the_nearest() -> None:
    with pytest.raises(ConfigError, match="Did you mean 'recommended'"):
        load_preset("recomended")


def test_a_preset_can_be_any_yaml_file(tmp_path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text("seed: 7\n", encoding="utf-8")
    assert load_preset(str(path)).seed == 7


@pytest.mark.parametrize("name", preset_names())
def test_every_setting_is_described(name: str) -> None:
    for field in describe_fields(load_preset(name)):
        assert len(field.description) > 10, field.path


def test_numbers_carry_their_range() -> None:
    fields = {field.path: field for field in describe_fields(load_preset("small"))}
    assert fields["train.warmup"].range_text == "[0, 1)"
    assert {"hope", "transformer"} <= set(fields["model.kind"].choices)


def test_every_basic_setting_is_the_name_of_one() -> None:
    known = {field.path for name in preset_names() for field in describe_fields(load_preset(name))}
    for source in (FolderSettings, JsonLinesSettings, TalesSettings):
        known |= {f"data.source.{name}" for name in source.model_fields}
    assert known >= BASIC


@pytest.mark.parametrize("name", preset_names())
def test_the_basic_settings_are_the_fewer(name: str) -> None:
    fields = describe_fields(load_preset(name))
    assert sum(field.basic for field in fields) < len(fields) / 2


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("size", CARDS)
def test_every_family_has_a_preset_of_each_size(family: str, size: str) -> None:
    name = card_preset(family, size)
    assert load_preset(name).name == name
