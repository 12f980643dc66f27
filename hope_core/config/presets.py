"""Finding and reading presets: those that ship with the program, the user's, and any YAML file."""

from __future__ import annotations

import os
from pathlib import Path

from platformdirs import user_data_path

import hope_core
from hope_core.config.families import CARDS
from hope_core.config.loading import read_yaml
from hope_core.config.run import RunConfig  # noqa: TC001 - part of the public signature
from hope_core.config.validation import parse_config
from hope_core.errors import ConfigError, Problem
from hope_core.table import did_you_mean


def presets_folder() -> Path:
    """Where the shipped presets lie: inside the installed package, or beside it in a checkout."""
    package = Path(hope_core.__file__).parent
    installed = package / "presets"
    return installed if installed.is_dir() else package.parent / "presets"


def preset_names() -> list[str]:
    """Every shipped preset, the four cards first, then `family/name` in order of the alphabet."""
    root = presets_folder()
    found = {path.relative_to(root).with_suffix("").as_posix() for path in root.rglob("*.yaml")}
    cards = [name for name in CARDS if name in found]
    return cards + sorted(found.difference(cards))


def own_presets_folder() -> Path:
    """Where imported presets lie: HOPE_PRESETS, or the user's data folder. It need not exist."""
    chosen = os.environ.get("HOPE_PRESETS")
    return Path(chosen).expanduser() if chosen else user_data_path("hope-studio", False) / "presets"


def own_preset_names() -> list[str]:
    """The user's own presets, in order of the alphabet."""
    return sorted(path.stem for path in own_presets_folder().glob("*.yaml"))


def load_preset(name: str) -> RunConfig:
    """Read a shipped or an own preset by its name, or any preset by the path of its YAML file.

    Raises:
        ConfigError: no such preset, or its settings cannot be used.
    """
    if name in preset_names():
        path = presets_folder() / f"{name}.yaml"
    elif name.endswith((".yaml", ".yml")):
        path = Path(name)
    elif name in own_preset_names():
        path = own_presets_folder() / f"{name}.yaml"
    else:
        hint = did_you_mean(name, [*preset_names(), *own_preset_names()])
        raise ConfigError([Problem("preset", f"there is no preset '{name}'.", hint)])
    return parse_config(read_yaml(path), source=str(path))
