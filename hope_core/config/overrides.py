"""Changing single settings of a frozen config: `train.steps=500`, or another text to train on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hope_core.config.loading import load_yaml
from hope_core.config.self_modifying import FIRST_STEPS
from hope_core.config.validation import parse_config
from hope_core.errors import ConfigError, Problem

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from hope_core.config.run import RunConfig

_MAX_PARTS = 16


def apply_overrides(config: RunConfig, assignments: Sequence[str]) -> RunConfig:
    """A copy of the config with some settings changed.

    Args:
        config: where to start from.
        assignments: "dotted.key=value" words; values are read as YAML, list items by their index
            ("model.levels.1.clock=16").

    Raises:
        ConfigError: an assignment that is none, or a value or key that cannot be used.
    """
    settings = config.model_dump(mode="json")
    for assignment in assignments:
        key, separator, text = assignment.partition("=")
        if not separator or not key:
            hint = "Write it like train.steps=500."
            raise ConfigError([Problem("--set", f"'{assignment}' is not a setting.", hint)])
        value = load_yaml(f"value: {text}", source=key)["value"]
        settings = set_value(settings, key.strip(), value)
    return parse_config(settings)


def set_value(settings: dict[str, Any], key: str, value: Any) -> dict[str, Any]:  # noqa: ANN401
    """A copy of nested settings with the value at a dotted key replaced.

    A new `kind` replaces the whole group, since the old group's settings belong to the old kind. A
    default that hangs on a setting goes with it, unless it was changed. Unknown keys are set as
    well; `parse_config` says what is wrong with them.

    Raises:
        ConfigError: the key leads through something that holds no settings.
    """
    parts = key.split(".")
    if len(parts) > _MAX_PARTS:
        raise ConfigError([Problem(key[:80], "this key is too long.", "Check its dots.")])
    changed: dict[str, Any] = _replaced(settings, parts, value, key)
    return changed


def _replaced(node: Any, parts: list[str], value: Any, key: str) -> Any:  # noqa: ANN401
    if not parts:
        return value
    head, rest = parts[0], parts[1:]
    if isinstance(node, list):
        if not head.isdecimal() or int(head) >= len(node):
            hint = f"Use a number from 0 to {len(node) - 1}."
            raise ConfigError([Problem(key, f"there is no item '{head}'.", hint)])
        index = int(head)
        return [*node[:index], _replaced(node[index], rest, value, key), *node[index + 1 :]]
    if not isinstance(node, dict):
        raise ConfigError([Problem(key, f"there are no settings under '{head}'.", "Check it.")])
    if not rest and head == "kind" and node.get("kind") != value:
        return {"kind": value}
    if not rest and head == "network":
        node = {**node, **_first_step(node, str(value))}
    return {**node, head: _replaced(node.get(head, {} if rest else None), rest, value, key)}


def _first_step(memory: dict[str, Any], network: str) -> dict[str, float]:
    """The step a self-modifying memory begins with, where it was the old network's default."""
    is_default = memory.get("eta_scale") == FIRST_STEPS.get(str(memory.get("network")))
    return {"eta_scale": FIRST_STEPS[network]} if is_default and network in FIRST_STEPS else {}


def with_data_path(config: RunConfig, path: Path) -> RunConfig:
    """A copy of the config that trains on this file or folder; the kind follows from the path."""
    absolute = str(path.expanduser().absolute())
    if path.is_dir():
        source = {"kind": "folder", "path": absolute}
    elif path.suffix.lower() in {".jsonl", ".ndjson"}:
        source = {"kind": "jsonl", "path": absolute}
    else:
        source = {"kind": "text", "path": absolute}
    settings = config.model_dump(mode="json")
    settings["data"]["source"] = source
    return parse_config(settings)
