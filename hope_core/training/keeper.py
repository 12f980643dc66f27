"""Keeper: when a checkpoint is due, how it is written, and what happens when the disk is full."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import torch

from hope_core.runs.disk_full import DiskFullError
from hope_core.runs.events import CheckpointSaved, Notice, ProbeRecorded
from hope_core.runs.retention import prune
from hope_core.training.checkpoint import TrainerRecord, save_checkpoint
from hope_core.training.room import Room

if TYPE_CHECKING:
    from hope_core.runs.folder import RunFolder
    from hope_core.training.control import Control
    from hope_core.training.teller import Teller
    from hope_core.training.workbench import Workbench

SHARE_OF_TIME = 0.03
"""A best evaluation is kept when saving has cost less than this share of the training since."""


class Keeper:
    """Writes a run's checkpoints: none twice, and none goes before a newer one stands."""

    def __init__(
        self, folder: RunFolder, bench: Workbench, teller: Teller, control: Control
    ) -> None:
        self._folder = folder
        self._bench = bench
        self._tell = teller
        self._control = control
        self._saved_step = teller.progress.step
        self._saved_at = teller.progress.seconds
        self._cost = 0.0
        self._is_owed = False

    def is_due(self, *, is_best: bool) -> bool:
        """Whether to save after this step: by the interval, or because it is the best one yet."""
        train, progress = self._bench.config.train, self._tell.progress
        if self._is_owed or (
            train.checkpoint_every and progress.step % train.checkpoint_every == 0
        ):
            return True
        since = progress.seconds - self._saved_at
        return is_best and (train.patience > 0 or self._cost < SHARE_OF_TIME * since)

    def save(self) -> None:
        """Write a checkpoint; a full disk pauses the run, and the save is made up for later."""
        try:
            self._write()
        except DiskFullError as error:
            self._is_owed = True
            hint = "The run pauses, and goes on by itself as soon as there is room."
            self._tell.say(Notice(message=str(error), hint=hint))
            self._control.wait_for(Room(self._folder.path, error).is_there)

    def probe(self, moved: tuple[float, ...]) -> None:
        """Keep a look into the memory; one for which the disk has no room is left out."""
        step = self._tell.progress.step
        try:
            with self._bench.share.looking():
                path = self._bench.prober.record(step, moved)
        except DiskFullError as error:
            self._tell.say(Notice(message=str(error), hint="This look into the memory is lost."))
            return
        if path:
            self._tell.say(ProbeRecorded(step=step, path=path))

    def save_last(self) -> None:
        """Write the last checkpoint; a full disk is waited out, unless the run is told to stop.

        Raises:
            StopRun: while it waited.
        """
        while True:
            self.save()
            if not self._is_owed:
                return
            if self._control.is_stopping():
                message = f"The steps after {self._saved_step} are not saved: the disk is full."
                self._tell.say(Notice(message=message))
                return
            self._control.check()

    def _write(self) -> None:
        progress = self._tell.progress
        if progress.step == self._saved_step:
            return
        began = time.perf_counter()
        self._tell.phase("saving", 0, 1)
        self._tell.sync()
        is_best = progress.step == progress.best_step
        path, size = save_checkpoint(
            self._folder,
            self._bench.stepper,
            self._bench.corpus.tokenizer,
            self._record(),
            best=is_best,
        )
        relative = path.relative_to(self._folder.path).as_posix()
        self._tell.say(CheckpointSaved(step=progress.step, path=relative, size=size, best=is_best))
        self._tell.phase("saving", 1, 1)
        self._saved_step, self._saved_at = progress.step, progress.seconds
        self._is_owed = False
        prune(self._folder.path, keep=self._bench.config.train.keep_checkpoints)
        self._cost = time.perf_counter() - began

    def _record(self) -> TrainerRecord:
        bench = self._bench
        return TrainerRecord(
            progress=self._tell.progress,
            optimizer={},
            scaler=bench.stepper.scaler_state(),
            fingerprint=bench.corpus.fingerprint,
            config_sha256=self._folder.config_sha,
            device=bench.device.type,
            precision=bench.precision.name,
            threads=bench.threads,
            torch=str(torch.__version__),
            processes=bench.share.processes,
            compiled=bench.compiled.read is not None,
        )
