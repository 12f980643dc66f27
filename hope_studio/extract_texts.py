"""Collects every text of the window for its translators: `python -m hope_studio.extract_texts`.

Brings assets/translations/*.ts up to date with the sources (pyside6-lupdate) and compiles them to
.qm (pyside6-lrelease). A translator works on the .ts file in between, with pyside6-linguist or any
editor, and runs this again. It is for developers, in a checkout, with PySide6's tools at hand.

Qt's tool reads literals only. The labels and descriptions of the settings are computed from the
settings classes, so they are written to a passing file of literals first (context "Settings"), and
so are the sentences of the core that the window knows again (context "Core").
"""

from __future__ import annotations

import importlib
import pkgutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, get_args

import hope_core.config
from hope_core.config.base import Settings
from hope_core.config.presets import load_preset, preset_names
from hope_core.runs.storage import write_bytes
from hope_studio.core_sentences import JOINED, LINES_OF_FIGURES, PHRASES, SENTENCES
from hope_studio.resources import assets_folder

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = Path(__file__).parent
CORE_TEXTS = (JOINED, *SENTENCES, *PHRASES, *LINES_OF_FIGURES)
EXTRA = ("General", "Kind", "every step", "continuum {n}")
"""Words that stand in no settings class."""
HIDDEN = {"kind", "version"}
"""Fields that no form shows by their own name."""


def setting_texts() -> list[str]:
    """Labels, descriptions and group names of every settings class, and the presets' words."""
    _import_all(hope_core.config.__name__)
    texts = dict.fromkeys(EXTRA)
    for settings in sorted(_subclasses(Settings), key=lambda found: found.__name__):
        for name, field in settings.model_fields.items():
            words = name.replace("_", " ")
            if _holds_settings(field.annotation):
                texts |= dict.fromkeys((words, words.removesuffix("s")))
            elif name not in HIDDEN:
                texts[words.capitalize()] = None
            texts[field.description or ""] = None
    for name in preset_names():
        texts[load_preset(name).description] = None
        if "/" not in name:
            texts |= dict.fromkeys((name, name.capitalize()))
    return sorted(text for text in texts if text)


def _import_all(package: str) -> None:
    folder = importlib.import_module(package).__path__
    for module in pkgutil.walk_packages(folder, f"{package}."):
        importlib.import_module(module.name)


def _subclasses(parent: type[Settings]) -> Iterator[type[Settings]]:
    for child in parent.__subclasses__():
        yield child
        yield from _subclasses(child)


def _holds_settings(annotation: object) -> bool:
    """Whether a field is a group of settings, a choice of groups or a list of them."""
    if isinstance(annotation, type) and issubclass(annotation, Settings):
        return True
    return any(_holds_settings(argument) for argument in get_args(annotation))


def write_literals(path: Path) -> None:
    """Write the texts of the settings and of the core as a file that Qt's tool can read."""
    texts = [("Settings", text) for text in setting_texts()]
    texts += [("Core", text) for text in CORE_TEXTS]
    calls = (f"QT_TRANSLATE_NOOP({context!r}, {text!r})\n" for context, text in texts)
    path.write_text("".join(calls), encoding="utf-8")


def main() -> int:
    """Update and compile every translation; the exit code of the worst tool."""
    tools = Path(sys.executable).parent
    translations = sorted((assets_folder() / "translations").glob("hope_*.ts"))
    worst = 0
    with TemporaryDirectory() as folder:
        literals = Path(folder) / "settings.py"
        write_literals(literals)
        sources = [str(path) for path in sorted(PACKAGE.rglob("*.py")) if path != Path(__file__)]
        update = [str(tools / "pyside6-lupdate"), "-locations", "none", "-no-obsolete"]
        for target in translations:
            command = [*update, *sources, str(literals), "-ts", str(target)]
            worst = max(worst, subprocess.run(command, check=False).returncode)
        for target in translations:
            worst = max(worst, _compile(target, Path(folder) / "compiled.qm", tools))
    return worst


def _compile(target: Path, passing: Path, tools: Path) -> int:
    """Compile one translation, by way of a passing file: an open window has the old one mapped."""
    command = [str(tools / "pyside6-lrelease"), str(target), "-qm", str(passing)]
    code = subprocess.run(command, check=False).returncode
    if not code:
        write_bytes(target.with_suffix(".qm"), passing.read_bytes())
    return code


if __name__ == "__main__":
    sys.exit(main())
