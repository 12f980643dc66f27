"""Checkpoints as folders: which are whole, which is the newest sound one, which may go.

A folder under checkpoints/ is a checkpoint when its MANIFEST.json stands and fits the files
beside it. The quick check compares sizes; the full one sums every byte. No tensor is read here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

import msgspec

from hope_core.errors import CheckpointError
from hope_core.runs.disk_full import ensure_free_space, storage_error
from hope_core.runs.serialise import decode_record
from hope_core.runs.storage import (
    MANIFEST,
    FolderCommit,
    make_folder,
    sha256,
)

SCHEMA_VERSION = 1
_FOLDER = re.compile(r"step-(\d{1,18})")
_MAXIMUM_MANIFEST = 4 << 20


class ManifestFile(msgspec.Struct, frozen=True):
    """One file of a checkpoint as it was when written."""

    name: str
    """Relative to the checkpoint, with forward slashes."""
    size: int
    sha256: str


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """The content of MANIFEST.json."""

    schema_version: int = SCHEMA_VERSION
    step: int
    config_sha256: str
    files: tuple[ManifestFile, ...]
    created: str = ""
    best: bool = False
    """No checkpoint before had a lower validation loss."""
    validation_loss: float | None = None
    finite: bool = True
    """Every tensor was looked through and holds numbers only."""
    device: str = "cpu"
    world_size: int = 1


@dataclass(frozen=True)
class CheckpointInfo:
    """A checkpoint whose manifest fits the sizes of its files."""

    step: int
    path: Path
    size: int
    """Bytes."""
    best: bool
    """The best one of its run that still stands."""
    manifest: Manifest


@dataclass(frozen=True)
class SoundCheckpoint:
    """The checkpoint to go on from, and why newer ones were passed over."""

    checkpoint: CheckpointInfo | None
    passed_over: tuple[str, ...]
    """One sentence for each damaged newer one."""


def new_checkpoint(
    run: Path,
    *,
    step: int,
    config_sha256: str,
    best: bool = False,
    validation_loss: float | None = None,
    finite: bool = True,
    device: str = "cpu",
    world_size: int = 1,
) -> FolderCommit:
    """A commit whose `path` takes the checkpoint's files; see `FolderCommit`.

    Args:
        run: the run folder.
        step: the step it is a checkpoint of; one of this step that stands already is replaced.
        config_sha256: the sum of the run's config.yaml.
        best: it has the lowest validation loss so far.
        validation_loss: nats a token, when known.
        finite: its tensors were looked through and hold numbers only.
        device: kind of the device that trained.
        world_size: processes that trained.

    Raises:
        RunError: the folder cannot be written; a DiskFullError when less is free than twice the
            newest checkpoint and some more.
    """
    parent = run / "checkpoints"
    try:
        make_folder(parent)
    except OSError as error:
        raise storage_error(error, parent) from error
    known = list_checkpoints(run)
    ensure_free_space(parent, 2 * known[-1].size if known else 0)
    facts = {
        "schema_version": SCHEMA_VERSION,
        "step": step,
        "config_sha256": config_sha256,
        "created": datetime.now(UTC).isoformat(timespec="milliseconds"),
        "best": best,
        "validation_loss": validation_loss,
        "finite": finite,
        "device": device,
        "world_size": world_size,
    }
    return FolderCommit(parent / f"step-{step:09d}", facts)


def list_checkpoints(run: Path) -> list[CheckpointInfo]:
    """The checkpoints of a run by the quick check, in order of their steps (as numbers)."""
    found: list[tuple[Path, Manifest]] = []
    for path in (run / "checkpoints").glob("step-*"):
        try:
            found.append((path, check_manifest(path)))
        except CheckpointError:
            continue  # what is not whole is no checkpoint; `newest_sound` says so in words
    found.sort(key=lambda pair: pair[1].step)
    best = max((manifest.step for _, manifest in found if manifest.best), default=None)
    return [
        CheckpointInfo(
            step=manifest.step,
            path=path,
            size=sum(file.size for file in manifest.files),
            best=manifest.step == best,
            manifest=manifest,
        )
        for path, manifest in found
    ]


def newest_sound(run: Path) -> SoundCheckpoint:
    """The newest checkpoint whose every byte is as it was written."""
    passed_over: list[str] = []
    sound = {checkpoint.path: checkpoint for checkpoint in list_checkpoints(run)}
    for path in sorted((run / "checkpoints").glob("step-*"), key=_step_in_name, reverse=True):
        try:
            check_manifest(path, full=True)
        except CheckpointError as error:
            passed_over.append(str(error))
        else:
            return SoundCheckpoint(sound[path], tuple(passed_over))
    return SoundCheckpoint(None, tuple(passed_over))


def check_manifest(path: Path, *, full: bool = False) -> Manifest:
    """The manifest of the checkpoint folder `path`, when it fits the files.

    Args:
        path: the folder.
        full: also sum every file; else only their sizes are compared.

    Raises:
        CheckpointError: it is incomplete, damaged or made by a newer version; names the file.
    """
    manifest = _read_manifest(path)
    if manifest.schema_version > SCHEMA_VERSION:
        raise CheckpointError(
            f"{path} was written by a newer version of this program. Update the program to open it."
        )
    step = _step_in_name(path)
    if step != manifest.step:
        raise _damaged(path / MANIFEST, f"it is about step {manifest.step}")
    for file in manifest.files:
        _check_file(path, file, full=full)
    return manifest


def _read_manifest(path: Path) -> Manifest:
    file = path / MANIFEST
    try:
        if file.stat().st_size > _MAXIMUM_MANIFEST:
            raise _damaged(file, "it is too large")
        return decode_record(file.read_bytes(), Manifest)
    except FileNotFoundError as error:
        raise CheckpointError(f"{path} is not a whole checkpoint: it has no {MANIFEST}.") from error
    except OSError as error:
        raise CheckpointError(f"{file} cannot be read ({error.strerror}).") from error
    except msgspec.DecodeError as error:
        raise _damaged(file, str(error)) from error


def _check_file(folder: Path, file: ManifestFile, *, full: bool) -> None:
    name = PurePosixPath(file.name)
    if name.is_absolute() or ".." in name.parts or "\\" in file.name or ":" in file.name:
        raise _damaged(folder / MANIFEST, f"{file.name!r} does not lie in the checkpoint")
    path = folder / name
    try:
        if not path.is_file() or path.is_symlink():
            raise _damaged(path, "it is missing")
        size = path.stat().st_size
        if size != file.size:
            raise _damaged(path, f"it has {size} bytes instead of {file.size}")
        if full and sha256(path) != file.sha256:
            raise _damaged(path, "its content changed since it was written")
    except OSError as error:
        raise CheckpointError(f"{path} cannot be read ({error.strerror}).") from error


def _step_in_name(path: Path) -> int:
    match = _FOLDER.fullmatch(path.name)
    return int(match.group(1)) if match else -1


def _damaged(path: Path, reason: str) -> CheckpointError:
    return CheckpointError(f"{path} is damaged: {reason}. Use another checkpoint of this run.")
