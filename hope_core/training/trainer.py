"""Trainer: the story of a run, from its folder to its last checkpoint.

What is not the story stands beside: building (workbench), one step (step), keeping (keeper), what
people ask (control), what is told (teller).
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from hope_core.config.schedule import learning_rate_at, progress_of
from hope_core.errors import TrainingDivergedError
from hope_core.runs import events
from hope_core.runs.lifecycle import clean_orphans
from hope_core.training import announce
from hope_core.training.checkpoint import find_checkpoint, refuse_finished
from hope_core.training.control import Control, StopRun
from hope_core.training.devices import give_back_memory, synchronize
from hope_core.training.diagnosis import failure_of, last_good
from hope_core.training.evaluation import evaluate
from hope_core.training.keeper import Keeper
from hope_core.training.place import is_in_a_crew
from hope_core.training.rate_wishes import RateWishes
from hope_core.training.team import TeamLostError
from hope_core.training.teller import Teller
from hope_core.training.text import answer, write_samples
from hope_core.training.workbench import set_up

if TYPE_CHECKING:
    from hope_core.runs.commands import AnyCommand, Generate
    from hope_core.runs.folder import RunFolder
    from hope_core.runs.state import StateName
    from hope_core.training.announce import RunResult
    from hope_core.training.checkpoint import Restored
    from hope_core.training.team import Team


class Trainer:
    """Trains one run, from the start or from its newest checkpoint.

    Args:
        folder: the run.
        control: where its commands come from; None: the commands written from now on.
        team: the processes that train it together, led by this one; None: this one trains alone.
    """

    def __init__(
        self, folder: RunFolder, control: Control | None = None, team: Team | None = None
    ) -> None:
        self.folder = folder
        self.team = team
        self.config = folder.config
        self.control = control or Control(folder)
        self._ready = False

    def run(self) -> RunResult:
        """Train until the run has ended; its events, state and checkpoints tell the rest.

        Raises:
            HopeError: the run cannot be trained, or diverged; it stands in the run folder too.
        """
        with self.folder.lock():
            clean_orphans(self.folder)
            refuse_finished(self.folder)
            with Teller(self.folder) as self._tell:
                self._progress = self._tell.progress
                self.control.attach(self)
                try:
                    with self.control.listening():
                        result = self._tell_story()
                except Exception as error:
                    self._tell_failure(error)
                    raise
                if self.team:
                    self.team.dismiss()
                return result

    def _tell_failure(self, error: Exception) -> None:
        """Say why the run ends; of a lost process the crew that watches over all knows more."""
        cause = self.team.cause_of(error) if self.team else error
        is_lost = isinstance(cause, TeamLostError)
        if is_lost and is_in_a_crew():
            raise cause from error
        failure = failure_of(cause, self._progress.step)
        self._tell.say(failure)
        self._tell.state("failed", failure.message)
        if self.team and not is_lost:
            self.team.dismiss()

    def _tell_story(self) -> RunResult:
        try:
            self._prepare()
            while not (reason := self._why_end()):
                self._step()
                self._look_around()
                self.control.check()
            self._finish()
            return self._end("finished", reason)
        except StopRun as stop:
            if self._ready and stop.keep:
                self._keeper.save_last()
            return self._end("stopped", stop.reason)

    # -- before the first step -------------------------------------------------------------------
    def _prepare(self) -> None:
        """Everything up to the first step: text, model, speed, and what a checkpoint kept."""
        restored = self._find_restored()
        self._rates = RateWishes(self.folder)
        self._tell.state("preparing")
        self.bench = set_up(
            self.folder,
            restored,
            tell=self._tell.phase,
            check=self.control.check,
            team=self.team,
        )
        self._tell.bytes_per_token = self.bench.corpus.validation.bytes_per_token
        self._keeper = Keeper(self.folder, self.bench, self._tell, self.control)
        self._ready = True
        for event in announce.started(self.folder, self.bench, restored, self._tell.segment):
            self._tell.say(event)
        self._tell.state("running")
        self.control.check()

    def _find_restored(self) -> Restored | None:
        restored = find_checkpoint(self.folder)
        if restored is None or restored.weights_only:
            return restored
        self._progress = self._tell.progress = restored.record.progress
        for notice in restored.notices:
            hint = f"The run goes on from step {self._progress.step}."
            self._tell.say(events.Notice(message=notice, hint=hint))
        return restored

    # -- the steps -------------------------------------------------------------------------------
    def _why_end(self) -> str:
        """Why there is no next step; empty while there is one."""
        train, progress = self.config.train, self._progress
        if progress.step >= train.steps:
            return f"All {train.steps:,} steps are done."
        if train.max_seconds and progress.seconds >= train.max_seconds:
            return f"{train.max_seconds:g} seconds of training are over."
        if train.patience and progress.evaluations_since_best >= train.patience:
            return f"No better evaluation since step {progress.best_step:,}."
        return ""

    def _step(self) -> None:
        train, progress = self.config.train, self._progress
        number = progress.step + 1
        if (asked := self._rates.due(progress.step)) is not None:
            self._change_rate(asked, repeated=True)
        began = time.perf_counter()
        done = progress_of(number, train.steps, progress.seconds, train.max_seconds)
        rate = learning_rate_at(
            done,
            peak=train.learning_rate * progress.rate_factor,
            minimum=train.minimum_learning_rate,
            warmup=train.warmup,
        )
        measure = _is_due(number, train.probe_every)
        self.bench.share.begin_step(number, rate, measure=measure, progress=done)
        try:
            result = self.bench.stepper.step(
                self.bench.batches(number),
                count=train.accumulation,
                learning_rate=rate,
                measure=measure,
                progress=done,
                may_skip=progress.skipped_in_a_row < train.skip_not_finite,
            )
        except TrainingDivergedError as error:
            raise TrainingDivergedError(
                f"Training diverged at step {number}. {error} "
                f"The weights were not moved. {last_good(self.folder.path)}"
            ) from error
        synchronize(self.bench.device)
        seconds = time.perf_counter() - began
        progress.step = number
        progress.tokens += self.bench.tokens_per_step
        progress.seconds += seconds
        progress.record_step(result.loss, moved=result.report is not None)
        self._moved = result.report.update_norms if result.report else ()
        memory = self._tell.memory_bytes()
        self._tell.say(announce.step_finished(self.bench, progress, result, rate, seconds, memory))
        if result.trouble:
            self._tell.say(announce.step_skipped(progress, result.trouble))
        self._tell.heartbeat()
        self.control.step_finished()

    def _change_rate(self, factor: float, *, repeated: bool = False) -> None:
        if factor == self._progress.rate_factor:
            return
        self._progress.rate_factor = factor
        step = self._progress.step
        self._tell.say(events.LearningRateChanged(step=step, factor=factor, repeated=repeated))

    def _look_around(self) -> None:
        """What is due after a step: a look into the memory, at held-out text, a sample, a save."""
        train, step = self.config.train, self._progress.step
        if self._tell.is_held_up:
            self.control.wait_for(self._tell.try_again)
        if _is_due(step, train.probe_every):
            self._keeper.probe(self._moved)
        is_best = _is_due(step, train.evaluate_every) and self._evaluate()
        if _is_due(step, train.sample_every):
            self.sample()
        if _is_due(step, train.clear_cache_every):
            give_back_memory(self.bench.device)
        if not self._why_end() and self._keeper.is_due(is_best=is_best):
            self.save()

    def _evaluate(self) -> bool:
        """Look at held-out text; whether the model was never better."""
        progress = self._progress
        with self.bench.share.looking():
            loss = evaluate(
                self.bench.model,
                self.bench.corpus,
                self.config,
                self.bench.precision,
                tell=lambda done, total: self._tell.phase("evaluating", done, total),
                check=self.control.check,
            )
        is_best = progress.record_evaluation(loss)
        event = announce.evaluation_finished(self.bench, progress, loss, is_best=is_best)
        self._tell.say(event)
        return is_best

    # -- after the last step ---------------------------------------------------------------------
    def _finish(self) -> None:
        """A last look at held-out text, last samples, the last checkpoint."""
        if self._progress.evaluated_at != self._progress.step:
            self._evaluate()
        if not _is_due(self._progress.step, self.config.train.sample_every):
            self.sample()
        self._keeper.save_last()

    def _end(self, state: StateName, reason: str) -> RunResult:
        result = announce.result(self.folder.path, state, reason, self._tell)
        if self._ready:
            self._tell.say(announce.finished(result))
        self._tell.state(state, reason)
        while self._tell.is_held_up and not self.control.is_stopping():
            self.control.wait_for(self._tell.try_again)
            self.control.check()
        return result

    # -- the desk: what `Control` asks for between two pieces of work ----------------------------
    @property
    def is_ready(self) -> bool:
        """Whether there is a model to save, to sample and to talk to."""
        return self._ready

    def acknowledge(self, command: AnyCommand, message: str) -> None:
        """Tell that a command was read, and in words what will be done."""
        kind = str(type(command).__struct_config__.tag)
        self._tell.say(
            events.CommandAcknowledged(
                id=command.id, command=kind, step=self._progress.step, message=message
            )
        )

    def stand_still(self) -> None:
        """Tell that the run is paused now."""
        self._tell.state("paused")

    def go_on(self) -> None:
        """Tell that the run goes on."""
        self._tell.state("running" if self._ready else "preparing")

    def heartbeat(self) -> None:
        """Tell that the trainer lives, though it stands still."""
        self._tell.heartbeat()

    def save(self) -> None:
        """Write a checkpoint."""
        self._keeper.save()

    def sample(self) -> None:
        """Continue the fixed prompts."""
        with self.bench.share.looking():
            write_samples(self.bench, self._tell, self.control)

    def set_rate_factor(self, factor: float) -> None:
        """Multiply the scheduled learning rate by this from the next step on."""
        self._rates.forget()
        self._change_rate(factor)

    def answer(self, request: Generate) -> None:
        """Continue a person's prompt with the live model."""
        with self.bench.share.looking():
            answer(request, self.bench, self._tell, self.control)


def _is_due(step: int, every: int) -> bool:
    return every > 0 and step % every == 0
