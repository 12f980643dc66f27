"""The MT-HOPE document's names for its presets: `get_config` and `create_full_config`.

Notable: both stand on the shipped presets `mt-hope/...`, so there is one place where the numbers
are. The document counts a dimension D for omega and for pi; our stream is as wide as both, W = 2 D.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hope_core.config.data import BpeSettings, BytesSettings
from hope_core.config.models.twistor import TwistorSettings
from hope_core.config.presets import load_preset, preset_names
from hope_core.config.validation import parse_config
from hope_core.errors import ConfigError, Problem
from hope_core.table import did_you_mean

if TYPE_CHECKING:
    from hope_core.config.run import RunConfig

FOLDER = "mt-hope/"


@dataclass(frozen=True)
class DocumentConfig:
    """A preset in the document's words."""

    dim: int
    """D: channels of omega, and of pi."""
    num_recurrent_layers: int
    num_nested_levels: int
    num_memories: int
    bidirectional: bool
    """Never, as the objective is the next token."""


def config_names() -> tuple[str, ...]:
    """The names that `get_config` knows: small, medium, ..."""
    return tuple(n.removeprefix(FOLDER) for n in preset_names() if n.startswith(FOLDER))


def get_config(name: str) -> DocumentConfig:
    """A preset's sizes in the document's words.

    Raises:
        ConfigError: there is no such preset.
    """
    model = _model(_load(name))
    return DocumentConfig(
        dim=model.width // 2,
        num_recurrent_layers=model.layers,
        num_nested_levels=model.nesting.levels,
        num_memories=model.memory_system.slots,
        bidirectional=False,
    )


def create_full_config(
    name: str,
    *,
    vocab_size: int = 1000,
    hidden_dim: int | None = None,
    num_memory_cycles: int = 2,
    use_nested_learning: bool = True,
    use_phase_compression: bool = False,
    nested_level_decay: float = 0.9,
) -> RunConfig:
    """A whole run after a preset, with the document's arguments.

    Args:
        name: small, medium, recommended, recommended-192 or large.
        vocab_size: number of tokens; 256 for bytes, more for byte pairs.
        hidden_dim: channels of the recurrent state's omega, and of its pi; None: the preset's.
        num_memory_cycles: readings of the memory system in a row.
        use_nested_learning: whether there are nested levels.
        use_phase_compression: whether slots are read as their compressed phases tell.
        nested_level_decay: each level's learning rate, as a multiple of the one before.

    Raises:
        ConfigError: there is no such preset, or a number is out of range.
    """
    config = _load(name)
    given = config.model_dump(mode="json")
    model = given["model"]
    given["data"]["tokenizer"] = _tokenizer(vocab_size).model_dump(mode="json")
    if hidden_dim is not None:
        model["recurrence"]["expansion"] = 2.0 * hidden_dim / model["width"]
    model["memory_system"]["cycles"] = num_memory_cycles
    model["memory_system"]["compression"] = "phase" if use_phase_compression else "none"
    model["nesting"]["learning_rate_decay"] = nested_level_decay
    if not use_nested_learning:
        model["nesting"]["levels"] = 0
    return parse_config(given, source=f"create_full_config({name!r})")


def _load(name: str) -> RunConfig:
    if name not in config_names():
        hint = did_you_mean(name, config_names())
        raise ConfigError([Problem("name", f"there is no preset '{name}' of MT-HOPE.", hint)])
    return load_preset(FOLDER + name)


def _tokenizer(vocabulary: int) -> BytesSettings | BpeSettings:
    if vocabulary == 256:
        return BytesSettings()
    if vocabulary < 258:
        what = f"is {vocabulary}; byte pairs need at least 258 tokens."
        raise ConfigError([Problem("vocab_size", what, "Use 256 for bytes, or more.")])
    return BpeSettings(vocabulary=vocabulary)


def _model(config: RunConfig) -> TwistorSettings:
    assert isinstance(config.model, TwistorSettings)
    return config.model
