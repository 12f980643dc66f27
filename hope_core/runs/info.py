"""What run.json tells about a run: who it is, when, and on what it was made."""

from __future__ import annotations

import os
import platform
import sys
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import msgspec
import psutil

from hope_core.errors import RunError
from hope_core.runs.serialise import decode_record

if TYPE_CHECKING:
    from hope_core.config.run import RunConfig

SCHEMA_VERSION = 1
WHAT_TO_DO = "Restore this file from a copy, or remove the run."
_PACKAGES = ("hope-studio", "torch", "numpy", "numba", "safetensors", "tokenizers")


class RunInfo(msgspec.Struct, frozen=True, kw_only=True):
    """The content of run.json; written once."""

    schema_version: int = SCHEMA_VERSION
    id: str
    """Unique, also between runs of one name or one second."""
    name: str
    created: str
    """ISO 8601, UTC."""
    preset: str = ""
    model: str = ""
    seed: int = 0
    parent: str = ""
    """The id of the run it was made from, if any."""
    versions: dict[str, str] = {}
    hardware: dict[str, str | int] = {}
    git: str = ""
    """The commit of the program's checkout; empty when installed as a package."""


def new_info(config: RunConfig, *, name: str, parent: str = "") -> RunInfo:
    """Everything about a run that begins here and now."""
    return RunInfo(
        id=uuid4().hex,
        name=name,
        created=datetime.now(UTC).isoformat(timespec="milliseconds"),
        preset=config.name,
        model=config.model.kind,
        seed=config.seed,
        parent=parent,
        versions=_versions(),
        hardware=_hardware(),
        git=_commit(Path(__file__).parents[2] / ".git"),
    )


def _versions() -> dict[str, str]:
    found = {"python": platform.python_version()}
    for package in _PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            continue
    return found


def _hardware() -> dict[str, str | int]:
    return {
        "system": f"{sys.platform} {platform.release()}",
        "machine": platform.machine(),
        "processors": os.cpu_count() or 1,
        "memory_bytes": psutil.virtual_memory().total,
    }


def _commit(git: Path) -> str:
    try:
        head = (git / "HEAD").read_text(encoding="utf-8").strip()
        name = head.removeprefix("ref: ")
        return head if name == head else (git / name).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return ""


def read_info(path: Path) -> RunInfo:
    """What the run.json of the run folder `path` says.

    Raises:
        RunError: it is missing, damaged, or written by a newer version.
    """
    file = path / "run.json"
    try:
        info = decode_record(file.read_bytes(), RunInfo)
    except OSError as error:
        raise RunError(f"{file} cannot be read ({error.strerror}). {WHAT_TO_DO}") from error
    except msgspec.DecodeError as error:
        raise RunError(f"{file} is damaged ({error}). {WHAT_TO_DO}") from error
    if info.schema_version > SCHEMA_VERSION:
        raise RunError(
            f"{file} was written by a newer version of this program. Update the program."
        )
    return info
