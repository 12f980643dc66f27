"""Follower: every process of a team but the first; it does its share of what process 0 orders.

It decides nothing, tells nobody and writes nothing but its share of a checkpoint.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import torch
from safetensors import SafetensorError

from hope_core.errors import HopeError, TrainingDivergedError
from hope_core.inference.threads import use_threads
from hope_core.training import orders
from hope_core.training.checkpoint import gathered_state, open_checkpoint, write_share
from hope_core.training.devices import resolve_device
from hope_core.training.precision import Precision
from hope_core.training.shared import Shared
from hope_core.training.team import TeamLostError
from hope_core.training.trial import Trial
from hope_core.training.workbench import assemble, read_and_build

if TYPE_CHECKING:
    from hope_core.data import Corpus
    from hope_core.models.contract import LanguageModel
    from hope_core.runs.folder import RunFolder
    from hope_core.training.checkpoint import Restored
    from hope_core.training.team import Team
    from hope_core.training.workbench import Workbench


class _DismissedError(Exception):
    """The run ended while this process still prepared."""


class Follower:
    """Follows process 0 from its first order to its last.

    Args:
        folder: the run.
        team: its processes.
    """

    def __init__(self, folder: RunFolder, team: Team) -> None:
        self._folder = folder
        self._team = team
        self._device = resolve_device(folder.config.device, team.place.local_rank)
        self._restored: Restored | None = None
        self._text: Corpus | None = None
        self._model: LanguageModel | None = None
        self._made: Workbench | None = None

    def run(self) -> None:
        """Follow until the run has ended.

        Raises:
            TeamLostError: process 0 is gone.
            HopeError: this process cannot do its share; process 0 knows why.
        """
        try:
            while not isinstance(order := self._team.receive(), orders.Dismiss):
                self._do(order)
        except _DismissedError:
            self._team.say_heard()
        except TeamLostError:
            raise
        except Exception as error:
            self._team.report(_words(error))
            raise
        else:
            self._team.say_heard()

    def _do(self, order: orders.AnyOrder) -> None:
        match order:
            case orders.Prepare(checkpoint=checkpoint):
                self._prepare(checkpoint)
            case orders.Compute(precision=precision, threads=threads):
                self._assemble(precision, threads)
            case orders.Step():
                self._step(order)
            case orders.Show():
                self._share.show()
            case orders.Gather():
                gathered_state(self._bench.stepper)
            case orders.WriteShare(path=path):
                self._write(Path(path))

    @property
    def _bench(self) -> Workbench:
        assert self._made is not None, "process 0 orders Compute before anything else"
        return self._made

    @property
    def _share(self) -> Shared:
        share = self._bench.share
        assert isinstance(share, Shared)
        return share

    def _prepare(self, checkpoint: str) -> None:
        self._restored = open_checkpoint(Path(checkpoint)) if checkpoint else None
        self._text, self._model = read_and_build(
            self._folder.config,
            self._device,
            self._restored,
            tell=_tell_nobody,
            check=self._check,
        )

    def _assemble(self, precision: str, threads: int) -> None:
        assert self._text is not None, "process 0 orders Prepare first"
        assert self._model is not None
        use_threads(threads)
        chosen = Precision(precision, self._device.type)
        Trial(self._model, self._folder.config, self._check).warm_up(chosen)
        self._made = assemble(
            self._folder, self._text, self._model, self._restored, chosen, threads, self._team
        )

    def _step(self, order: orders.Step) -> None:
        """One step; what is no number is no number in every process, and process 0 says so."""
        try:
            self._bench.stepper.step(
                self._bench.batches(order.number),
                count=self._bench.config.train.accumulation,
                learning_rate=order.learning_rate,
                measure=order.measure,
                progress=order.progress,
                may_skip=True,
            )
        except TrainingDivergedError:
            return

    def _write(self, folder: Path) -> None:
        try:
            write_share(self._bench.stepper, folder)
        except (OSError, SafetensorError) as error:
            self._team.tell_written(str(error))
        else:
            self._team.tell_written("")

    def _check(self) -> None:
        if self._team.is_dismissed():
            raise _DismissedError


def _tell_nobody(phase: str, done: int, total: int) -> None:
    """How far a follower is, is not told: process 0 is as far."""


def _words(error: Exception) -> str:
    if isinstance(error, HopeError):
        return str(error)
    if isinstance(error, MemoryError | torch.OutOfMemoryError):
        return "the memory ran out. Lower train.batch_size or data.sequence_length."
    return f"{type(error).__name__}: {error}"
