"""Which checkpoints may go: never the newest, the best, the only or a pinned one."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from send2trash import send2trash  # type: ignore[import-untyped]  # it ships no types

from hope_core.errors import RunError
from hope_core.runs.checkpoints import list_checkpoints
from hope_core.runs.pins import read_pins
from hope_core.runs.storage import remove_quietly, rename, temporary_name

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from pathlib import Path

    from hope_core.runs.checkpoints import CheckpointInfo

log = logging.getLogger(__name__)


def superfluous(
    checkpoints: Sequence[CheckpointInfo], *, keep: int, pinned: Collection[int] = ()
) -> list[CheckpointInfo]:
    """Which may go: all but the newest `keep` (at least one), the best and the pinned steps."""
    ordered = sorted(checkpoints, key=lambda checkpoint: checkpoint.step)
    return [
        checkpoint
        for checkpoint in ordered[: -max(keep, 1)]
        if not checkpoint.best and checkpoint.step not in pinned
    ]


def prune(run: Path, *, keep: int) -> list[CheckpointInfo]:
    """Removes superfluous checkpoints, each in one go; one that cannot be removed stays whole.

    Call it after a new checkpoint stands, never before. Where the pins cannot be read, none goes.

    Returns:
        Those that are gone.
    """
    gone: list[CheckpointInfo] = []
    try:
        pinned = read_pins(run)
    except RunError as error:
        log.warning("No checkpoint of %s is removed: %s", run.name, error)
        return gone
    for checkpoint in superfluous(list_checkpoints(run), keep=keep, pinned=pinned):
        doomed = temporary_name(checkpoint.path.parent)
        try:
            rename(checkpoint.path, doomed)
        except OSError:
            continue  # it costs room only; the next save tries again
        remove_quietly(doomed)
        gone.append(checkpoint)
    return gone


def bin_checkpoints(run: Path, steps: Collection[int]) -> None:
    """Puts the checkpoints of these steps into the system's bin, from which they can be taken back.

    Raises:
        RunError: one is pinned or the newest, from which the run would go on, or the system has no
            bin for this disk. Nothing is deleted then, or the checkpoints named before are.
    """
    checkpoints, pinned = list_checkpoints(run), read_pins(run)
    newest = max((checkpoint.step for checkpoint in checkpoints), default=None)
    for step in sorted(steps):
        if step in pinned:
            raise RunError(f"The checkpoint of step {step} is pinned. Unpin it first.")
        if step == newest:
            raise RunError(f"The run goes on from step {step}, its newest checkpoint. Keep it.")
    for checkpoint in checkpoints:
        if checkpoint.step in steps:
            try:
                send2trash(checkpoint.path)
            except OSError as error:
                raise RunError(
                    f"The checkpoint of step {checkpoint.step} could not be put into the bin "
                    f"({error}). To delete it for good, remove the folder {checkpoint.path}."
                ) from error
