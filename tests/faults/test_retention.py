"""Whatever is saved, is best, fails to be deleted or is pruned: what matters stays."""

from __future__ import annotations

import random
from pathlib import Path
from typing import TYPE_CHECKING

from hope_core.runs.checkpoints import CheckpointInfo, Manifest
from hope_core.runs.retention import superfluous

if TYPE_CHECKING:
    from collections.abc import Callable


def checkpoint(step: int, *, best: bool) -> CheckpointInfo:
    manifest = Manifest(step=step, config_sha256="", files=(), best=best)
    return CheckpointInfo(step, Path(f"step-{step:09d}"), 1, best, manifest)


def with_best(found: list[CheckpointInfo], best: int | None) -> list[CheckpointInfo]:
    return [checkpoint(c.step, best=c.step == best) for c in found]


def test_newest_best_and_only_checkpoint_outlive_every_sequence(
    count: Callable[[int, int], int], measured: Callable[[str], None]
) -> None:
    chance, pruned = random.Random(5), 0
    sequences = count(200, 2000)
    for _ in range(sequences):
        keep, step, best = chance.randrange(0, 5), 9_000, None
        there: list[CheckpointInfo] = []
        for _ in range(chance.randrange(1, 30)):
            step += chance.choice((1, 99, 1_000))
            best = step if best is None or chance.random() < 0.3 else best
            there = with_best([*there, checkpoint(step, best=False)], best)
            chance.shuffle(there)
            doomed = superfluous(there, keep=keep)
            kept = [c for c in there if c not in doomed or chance.random() < 0.1]
            pruned += len(there) - len(kept)
            there = kept
            assert step in {c.step for c in there}
            assert best in {c.step for c in there}
            assert len(there) >= min(1, keep)
    measured(f"{sequences:,} sequences, {pruned:,} checkpoints pruned, never one that matters")
