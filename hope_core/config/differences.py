"""What tells several settings apart, and the command that repeats a run."""

from __future__ import annotations

import json
import shlex
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hope_core.config.presets import load_preset, preset_names

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hope_core.config.run import RunConfig

LABELS = ("version", "name", "description")
"""Settings that say what a preset is called and change nothing that is computed."""


@dataclass(frozen=True)
class Difference:
    """One setting that is not the same everywhere."""

    path: str
    """Dotted key, as on the command line."""
    values: tuple[Any, ...]
    """One a config, in their order; ABSENT where a config has no such setting."""


class _Absent:
    """The value of a setting that a config does not have."""

    def __repr__(self) -> str:
        return "-"


ABSENT = _Absent()


def differences(configs: Sequence[RunConfig]) -> list[Difference]:
    """The settings in which the configs differ, in the order of their definition."""
    flat = [dict(_leaves(config.model_dump(mode="json"), "")) for config in configs]
    paths = dict.fromkeys(path for settings in flat for path in settings)
    rows = (
        Difference(path, tuple(settings.get(path, ABSENT) for settings in flat)) for path in paths
    )
    return [row for row in rows if any(value != row.values[0] for value in row.values)]


def train_command(config: RunConfig) -> str:
    """The line for a terminal that trains exactly these settings, from the preset of their name.

    Without a preset of that name the line starts from `small` and says every difference from it.
    """
    name = config.name if config.name in preset_names() else "small"
    words = ["hope", "train", name]
    for path, value in _changes(_plain(load_preset(name)), _plain(config), ""):
        words += ["--set", f"{path}={_as_yaml(value)}"]
    return shlex.join(words)


def _plain(config: RunConfig) -> dict[str, Any]:
    settings = config.model_dump(mode="json")
    return {key: value for key, value in settings.items() if key not in LABELS}


def _changes(before: Any, now: Any, path: str) -> Iterator[tuple[str, Any]]:  # noqa: ANN401
    """What to set, and to what; a group of another kind, or a longer list, is set as a whole."""
    if isinstance(before, dict) and isinstance(now, dict) and before.keys() == now.keys():
        if "kind" not in now or before["kind"] == now["kind"]:
            for key in now:
                yield from _changes(before[key], now[key], f"{path}.{key}" if path else key)
            return
    elif _is_group(before) and _is_group(now) and len(before) == len(now):
        for index, pair in enumerate(zip(before, now, strict=True)):
            yield from _changes(*pair, f"{path}.{index}")
        return
    if before != now:
        yield path, now


def _is_group(value: Any) -> bool:  # noqa: ANN401 - any setting
    return isinstance(value, list) and any(isinstance(item, dict) for item in value)


def _leaves(node: Any, prefix: str) -> Iterator[tuple[str, Any]]:  # noqa: ANN401 - nested settings
    """Every value that holds no others, with its dotted key; a list of plain values is one."""
    if isinstance(node, dict):
        for key, value in node.items():
            yield from _leaves(value, f"{prefix}.{key}" if prefix else key)
    elif _is_group(node):
        for index, item in enumerate(node):
            yield from _leaves(item, f"{prefix}.{index}")
    else:
        yield prefix, node


def _as_yaml(value: Any) -> str:  # noqa: ANN401 - any setting
    """A value as YAML reads it back; JSON is YAML."""
    return value if isinstance(value, str) and _is_plain(value) else json.dumps(value)


def _is_plain(text: str) -> bool:
    """Whether YAML reads this word back as itself."""
    return text.replace("-", "").replace("_", "").isalpha() and text not in {
        "true",
        "false",
        "null",
    }
