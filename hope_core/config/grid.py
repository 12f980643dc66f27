"""A sweep: every combination of some values of some settings."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Any

from hope_core.config.loading import load_yaml
from hope_core.config.overrides import set_value
from hope_core.config.validation import parse_config
from hope_core.errors import ConfigError, Problem

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hope_core.config.run import RunConfig

MOST = 500
"""Runs in one sweep."""


@dataclass(frozen=True)
class GridPoint:
    """One run of a sweep."""

    label: str
    """The values that make it, such as "seed=1, train.learning_rate=0.004"."""
    config: RunConfig


def grid(config: RunConfig, axes: Mapping[str, Sequence[Any]]) -> list[GridPoint]:
    """One config for each combination, the last setting changing fastest.

    Args:
        config: what all of them have in common.
        axes: dotted keys and the values each takes.

    Raises:
        ConfigError: a key or value that cannot be used, no value at all, or too many runs.
    """
    count = 1
    for key, values in axes.items():
        if not values:
            raise ConfigError([Problem(key, "has no value.", "Give some, with commas between.")])
        count *= len(values)
    if count > MOST:
        hint = f"A sweep can have {MOST}."
        raise ConfigError([Problem("sweep", f"this makes {count:,} runs.", hint)])
    points = []
    for values in product(*axes.values()):
        settings = config.model_dump(mode="json")
        for key, value in zip(axes, values, strict=True):
            settings = set_value(settings, key, value)
        label = ", ".join(f"{key}={value}" for key, value in zip(axes, values, strict=True))
        points.append(GridPoint(label, parse_config(settings)))
    return points


def read_axis(text: str) -> tuple[str, list[Any]]:
    """A setting and its values from "dotted.key=value,value"; values are read as YAML.

    Raises:
        ConfigError: the text is not of this form.
    """
    key, separator, values = text.partition("=")
    if not separator or not key.strip():
        hint = "Write it like train.learning_rate=0.004,0.008."
        raise ConfigError([Problem("--grid", f"'{text}' is no setting with values.", hint)])
    return key.strip(), read_values(values, source=key.strip())


def read_values(text: str, *, source: str) -> list[Any]:
    """Values with commas between, read as YAML.

    Raises:
        ConfigError: they cannot be read; the message names `source`.
    """
    values: list[Any] = load_yaml(f"values: [{text}]", source=source)["values"]
    return values
