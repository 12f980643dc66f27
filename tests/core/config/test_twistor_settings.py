"""MT-HOPE's settings: what they refuse, in words, and the document's names for the presets."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from hope_core.config.models import TwistorSettings
from hope_core.config.models.twistor import RecurrenceSettings
from hope_core.config.overrides import apply_overrides
from hope_core.config.presets import load_preset
from hope_core.config.run import warnings_for
from hope_core.config.twistor_presets import config_names, create_full_config, get_config
from hope_core.errors import ConfigError

DOCUMENT = {
    "small": (128, 2, 5, 3),
    "medium": (192, 2, 5, 4),
    "recommended": (256, 3, 6, 5),
    "recommended-192": (192, 3, 6, 5),
    "large": (512, 4, 8, 8),
}


@pytest.mark.parametrize("name", DOCUMENT)
def test_presets_have_the_sizes_of_the_document(name: str) -> None:
    found = get_config(name)
    sizes = found.dim, found.num_recurrent_layers, found.num_nested_levels, found.num_memories
    assert sizes == DOCUMENT[name]
    assert not found.bidirectional


def test_every_preset_of_the_family_is_known() -> None:
    assert set(config_names()) == set(DOCUMENT)


def test_unknown_name_suggests_the_nearest() -> None:
    with pytest.raises(ConfigError, match="medium"):
        get_config("medum")


def test_two_directions_are_refused_in_words() -> None:
    with pytest.raises(ValidationError, match="would have seen it"):
        TwistorSettings(recurrence=RecurrenceSettings(bidirectional=True))


def test_gates_of_a_cell_that_has_them_apart_are_not_untied_again() -> None:
    with pytest.raises(ValidationError, match=r"gates: the document's cell.*cell=parallel"):
        RecurrenceSettings(cell="titans", gates="untied")


@pytest.mark.parametrize("change", ["warm_up=16", "connector=true"])
def test_chunks_that_there_are_not_cannot_be_warmed_up_or_connected(change: str) -> None:
    with pytest.raises(ConfigError, match=r"mode 'scan' has no chunks.*chunk_truncated") as caught:
        apply_overrides(load_preset("mt-hope/small"), [f"model.recurrence.{change}"])
    (problem,) = caught.value.problems
    assert problem.place == f"model.recurrence.{change.partition('=')[0]}"


@pytest.mark.parametrize(("length", "warned"), [(64, True), (65, False)])
def test_chunks_that_no_text_has_two_of_are_a_warning(length: int, warned: bool) -> None:
    changes = ["mode=chunk_truncated", "chunk=64", "warm_up=8", "connector=true"]
    config = apply_overrides(
        load_preset("mt-hope/small"),
        [f"data.sequence_length={length}", *(f"model.recurrence.{change}" for change in changes)],
    )
    places = [warning.place for warning in warnings_for(config)]
    assert places == (["model.recurrence.chunk"] if warned else [])


def test_warm_up_of_more_than_a_chunk_is_refused_with_both_numbers() -> None:
    with pytest.raises(ValidationError, match="65 tokens are more than a chunk of 64"):
        RecurrenceSettings(mode="chunk_truncated", chunk=64, warm_up=65)


@pytest.mark.parametrize("change", ["self_referential=true", "train_scale=0.1"])
def test_what_the_matrix_does_is_refused_without_it(change: str) -> None:
    changes = ["model.self_modification.enabled=false", f"model.self_modification.{change}"]
    with pytest.raises(ConfigError, match=r"no matrix that writes itself.*enabled=true") as caught:
        apply_overrides(load_preset("mt-hope/small"), changes)
    (problem,) = caught.value.problems
    assert problem.place == f"model.self_modification.{change.partition('=')[0]}"


@pytest.mark.parametrize(("width", "hint"), [(20, "Try 16"), (250, "Try 256")])
def test_width_that_holds_no_twistors_is_refused_with_one_that_does(width: int, hint: str) -> None:
    with pytest.raises(ValidationError, match=hint):
        TwistorSettings(width=width)


def test_arguments_of_the_document_reach_the_settings() -> None:
    config = create_full_config(
        "small",
        vocab_size=5000,
        hidden_dim=384,
        num_memory_cycles=3,
        use_nested_learning=False,
        use_phase_compression=True,
    )
    model = config.model
    assert isinstance(model, TwistorSettings)
    assert config.data.tokenizer.vocabulary == 5000
    assert model.state_channels == 384
    assert (model.memory_system.cycles, model.memory_system.compression) == (3, "phase")
    assert model.nesting.levels == 0


def test_bytes_are_a_vocabulary_of_256() -> None:
    assert create_full_config("small", vocab_size=256).data.tokenizer.kind == "bytes"


def test_vocabulary_below_bytes_is_refused() -> None:
    with pytest.raises(ConfigError, match="256 for bytes"):
        create_full_config("small", vocab_size=100)
