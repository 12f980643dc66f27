"""A run that begins with the weights of another one: its own folder, its own copy of them.

The copy lies in origin/step-NNNNNNNNN, like a checkpoint without moments and random numbers: the
new run has other settings, so its optimizer, its schedule and its counters begin anew.
"""

from __future__ import annotations

import shutil
from fnmatch import fnmatch
from typing import TYPE_CHECKING

from hope_core.errors import CheckpointError, RunError
from hope_core.runs.checkpoints import check_manifest, newest_sound
from hope_core.runs.disk_full import ensure_free_space, storage_error
from hope_core.runs.folder import RunFolder
from hope_core.runs.storage import FolderCommit, remove_quietly

if TYPE_CHECKING:
    from pathlib import Path

    from hope_core.config.run import RunConfig
    from hope_core.runs.checkpoints import CheckpointInfo

ORIGIN = "origin"
_LEFT_BEHIND = ("optimizer.safetensors", "rank-*.safetensors", "rng.safetensors")


def branch(
    parent: RunFolder,
    config: RunConfig,
    path: Path | None = None,
    *,
    root: Path | None = None,
    name: str | None = None,
) -> RunFolder:
    """Makes a new run that begins with the newest sound weights of another one.

    Args:
        parent: the run to branch from; it is not changed, and may be training.
        config: the settings of the new run.
        path: its folder, not existing yet or empty; else one is made under `root`.
        root: where runs lie; else the usual folder.
        name: its name; else one is made.

    Raises:
        CheckpointError: the other run has no checkpoint that can be used.
        RunError: its model is of another kind, or the folder cannot be written.
    """
    if config.model.kind != parent.config.model.kind:
        raise RunError(
            f"The weights of {parent.name} are those of a '{parent.config.model.kind}' model, "
            f"and model.kind={config.model.kind} here. Choose the same kind of model."
        )
    found = newest_sound(parent.path)
    if found.checkpoint is None:
        why = " ".join(found.passed_over)
        raise CheckpointError(
            f"The run {parent.name} has no checkpoint to branch from. {why}".rstrip()
        )
    run = RunFolder.create(config, path, root=root, name=name, parent=parent.info.id)
    try:
        _copy(found.checkpoint, run)
    except BaseException:
        remove_quietly(run.path)
        raise
    return run


def origin_of(run: Path) -> Path | None:
    """Where the weights lie that a run begins with; None for one that begins by itself.

    Raises:
        CheckpointError: they are damaged.
    """
    found = next(iter(sorted((run / ORIGIN).glob("step-*"))), None)
    if found is not None:
        check_manifest(found, full=True)
    return found


def _copy(checkpoint: CheckpointInfo, run: RunFolder) -> None:
    home = run.path / ORIGIN
    manifest = checkpoint.manifest
    facts = {
        "schema_version": manifest.schema_version,
        "step": manifest.step,
        "config_sha256": manifest.config_sha256,
        "created": manifest.created,
        "device": manifest.device,
        "world_size": manifest.world_size,
    }
    try:
        home.mkdir()
        ensure_free_space(home, checkpoint.size)
        with FolderCommit(home / checkpoint.path.name, facts) as commit:
            for file in manifest.files:
                if not any(fnmatch(file.name, pattern) for pattern in _LEFT_BEHIND):
                    shutil.copyfile(checkpoint.path / file.name, commit.path / file.name)
    except OSError as error:
        raise storage_error(error, home) from error
