"""Which checkpoints may go: never the newest, the best or the only one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hope_core.runs.checkpoints import list_checkpoints
from hope_core.runs.storage import remove_quietly, rename, temporary_name

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from hope_core.runs.checkpoints import CheckpointInfo


def superfluous(checkpoints: Sequence[CheckpointInfo], *, keep: int) -> list[CheckpointInfo]:
    """Which checkpoints may go: all but the newest `keep` (at least one) and the best one."""
    ordered = sorted(checkpoints, key=lambda checkpoint: checkpoint.step)
    return [checkpoint for checkpoint in ordered[: -max(keep, 1)] if not checkpoint.best]


def prune(run: Path, *, keep: int) -> list[CheckpointInfo]:
    """Removes superfluous checkpoints, each in one go; one that cannot be removed stays whole.

    Call it after a new checkpoint stands, never before.

    Returns:
        Those that are gone.
    """
    gone = []
    for checkpoint in superfluous(list_checkpoints(run), keep=keep):
        doomed = temporary_name(checkpoint.path.parent)
        try:
            rename(checkpoint.path, doomed)
        except OSError:
            continue  # it costs room only; the next save tries again
        remove_quietly(doomed)
        gone.append(checkpoint)
    return gone
