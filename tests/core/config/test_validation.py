"""Wrong settings are reported all at once, each with its place and a fix."""

from __future__ import annotations

import pytest

from hope_core.config.overrides import apply_overrides, with_data_path
from hope_core.config.run import RunConfig, warnings_for
from hope_core.config.validation import parse_config
from hope_core.errors import ConfigError


def problems(mapping: dict) -> dict[str, str]:
    with pytest.raises(ConfigError) as caught:
        parse_config(mapping)
    return {problem.place: f"{problem.message} {problem.hint}" for problem in caught.value.problems}


def test_unknown_key_suggests_the_nearest() -> None:
    found = problems({"model": {"kind": "hope", "widht": 64}})
    assert found == {"model.widht": "there is no such setting. Did you mean 'width'?"}


def test_every_problem_is_reported_at_once() -> None:
    found = problems({"seed": -1, "train": {"steps": "many"}, "data": {"sequence_length": 1}})
    assert set(found) == {"seed", "train.steps", "data.sequence_length"}


def test_unknown_kind_suggests_the_nearest() -> None:
    assert "'transformer'" in problems({"model": {"kind": "transfomer"}})["model.kind"]


def test_impossible_combination_names_the_setting_and_a_value_that_works() -> None:
    found = problems({"model": {"kind": "hope", "width": 100, "heads": 3}})
    assert "Try 2" in found["model.heads"]


def test_early_stopping_without_evaluations_is_refused() -> None:
    assert "train.patience" in problems({"train": {"patience": 2, "evaluate_every": 0}})


def test_level_problem_carries_its_index() -> None:
    found = problems({"model": {"kind": "hope", "levels": [{"clock": 1}, {"clock": 0}]}})
    assert list(found) == ["model.levels.1.clock"]


def test_level_that_never_fires_is_a_warning() -> None:
    config = apply_overrides(RunConfig(), ["train.steps=4"])
    assert [warning.place for warning in warnings_for(config)] == ["model.levels.1.clock"]


@pytest.mark.parametrize(("chunk", "warned"), [(127, False), (128, True), (512, True)])
def test_chunk_that_no_sequence_outlasts_is_a_warning(chunk: int, warned: bool) -> None:
    changes = ["data.sequence_length=128", f"model.levels.0.chunk={chunk}"]
    places = [warning.place for warning in warnings_for(apply_overrides(RunConfig(), changes))]
    assert places == (["model.levels.0.chunk"] if warned else [])


def test_override_changes_only_what_it_names() -> None:
    changed = apply_overrides(RunConfig(), ["train.learning_rate=1e-4", "model.levels.1.clock=3"])
    assert changed.train.learning_rate == 1e-4
    assert changed.model.levels[1].clock == 3
    assert changed.data == RunConfig().data


def test_override_of_a_kind_drops_the_old_kinds_settings() -> None:
    changed = apply_overrides(RunConfig(), ["data.source.kind=tales", "data.source.seed=4"])
    assert changed.data.source.model_dump() == {"kind": "tales", "megabytes": 8.0, "seed": 4}


@pytest.mark.parametrize(
    ("assignment", "sentence"),
    [
        ("train.stpes=4", "Did you mean 'steps'"),
        ("steps", "is not a setting"),
        ("model.levels.9.clock=1", "from 0 to 1"),
        ("seed.deep=1", "no settings under 'deep'"),
        ("train.learning_rate=3", "less than or equal to 1"),
        ("train.steps=", "an empty value"),
        ("device=gpu", "auto, cpu, cuda or cuda:N"),
        ("train.steps=[1", "not YAML"),
        ("model=5", "model"),
    ],
)
def test_bad_override_says_what_to_do(assignment: str, sentence: str) -> None:
    with pytest.raises(ConfigError, match=sentence.replace("(", r"\(")):
        apply_overrides(RunConfig(), [assignment])


def test_data_path_decides_its_kind(tmp_path) -> None:
    for name, kind in {"a.txt": "text", "b.jsonl": "jsonl", "c": "folder"}.items():
        path = tmp_path / name
        if kind == "folder":
            path.mkdir()
        assert with_data_path(RunConfig(), path).data.source.kind == kind
