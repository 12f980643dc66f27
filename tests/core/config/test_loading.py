"""Settings files are read exactly, bounded, or refused with the line."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hope_core.config.loading import dump_yaml, load_yaml, read_yaml
from hope_core.config.run import RunConfig
from hope_core.config.training import TrainSettings
from hope_core.config.validation import parse_config
from hope_core.errors import ConfigError


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1e-4", 1e-4),
        ("3E2", 300.0),
        (".5", 0.5),
        ("no", "no"),
        ("on", "on"),
        ("010", "010"),
        ("12:30:00", "12:30:00"),
        ("2026-01-01", "2026-01-01"),
        ("0x10", "0x10"),
        ("true", True),
        ("-7", -7),
    ],
)
def test_plain_scalars_mean_what_they_look_like(text: str, value: object) -> None:
    assert load_yaml(f"value: {text}", source="test") == {"value": value}


BOMBS = {
    "alias": "a: &a [x, x]\nb: [*a, *a]",
    "merge": "a: &a {k: 1}\nb:\n  <<: *a",
    "deep": "a: " + "[" * 50_000,
    "deep_block": "\n".join(" " * n + "a:" for n in range(60)),
    "large": "a: " + "x" * 10_000_000,
    "many_keys": "\n".join(f"k{n}: 1" for n in range(30_000)),
    "huge_number": "a: " + "9" * 5000,
    "python_tag": "a: !!python/object/apply:os.system ['true']",
    "binary": "a: !!binary aGk=",
    "nul": "a: 'x\0y'",
    "tab": "a:\n\tb: 1",
    "twice": "a: 1\na: 2",
    "list": "- a\n- b",
    "empty": "",
    "two_documents": "a: 1\n---\nb: 2",
    "key_is_a_list": "? [a, b]\n: 1",
}


@pytest.mark.parametrize("name", BOMBS)
def test_hostile_yaml_is_refused_with_a_sentence(name: str) -> None:
    with pytest.raises(ConfigError, match=r"hostile\.yaml: .+\."):
        load_yaml(BOMBS[name], source="hostile.yaml")


def test_duplicate_key_names_its_line() -> None:
    with pytest.raises(ConfigError, match="line 3: 'seed' stands here twice"):
        load_yaml("seed: 1\nname: a\nseed: 2", source="x")


def test_file_that_is_not_utf8_is_refused_with_the_byte(tmp_path) -> None:
    path = tmp_path / "latin.yaml"
    path.write_bytes(b"name: caf\xe9")
    with pytest.raises(ConfigError, match="byte 9: this is not UTF-8"):
        read_yaml(path)


def test_missing_file_is_named(tmp_path) -> None:
    with pytest.raises(ConfigError, match=r"gone\.yaml: there is no such file"):
        read_yaml(tmp_path / "gone.yaml")


@given(text=st.text(max_size=200))
@settings(max_examples=150, deadline=None)
def test_any_text_is_read_or_refused_never_crashes(text: str) -> None:
    try:
        loaded = load_yaml(text, source="fuzz")
    except ConfigError:
        return
    assert isinstance(loaded, dict)


@given(
    rate=st.floats(1e-9, 1.0, allow_nan=False),
    steps=st.integers(1, 10**8),
    prompts=st.lists(st.text(max_size=20), max_size=4),
    name=st.text(min_size=1, max_size=20),
)
@settings(max_examples=100, deadline=None)
def test_dumped_settings_read_back_equal(rate, steps, prompts, name) -> None:
    train = TrainSettings(learning_rate=rate, steps=steps, sample_prompts=tuple(prompts))
    config = RunConfig(train=train, name=name)
    assert parse_config(load_yaml(dump_yaml(config), source="x")) == config
