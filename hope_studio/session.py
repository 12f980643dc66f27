"""The studio's only state: the settings being edited, the open run and what it does. No widgets.

Widgets read its properties and listen to its signals; they keep no flags of their own. Everything
slow (folders, events, processes) happens in the TrainerThread; this object lives in the window's
thread and imports neither torch nor, before it is first asked for settings, pydantic.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from hope_core.runs import commands
from hope_studio.edited_settings import EditedSettings
from hope_studio.messages import Message
from hope_studio.phases import Phase, phase_after
from hope_studio.pulse import Pulse
from hope_studio.service_link import ServiceLink
from hope_studio.tasks import Branch, Resume, Start, Watch
from hope_studio.trainer_link import TrainerLink

if TYPE_CHECKING:
    from pathlib import Path

    from hope_core.analysis.history import RunHistory
    from hope_core.config.run import RunConfig
    from hope_core.runs.events import AnyEvent
    from hope_core.runs.folder import RunFolder
    from hope_studio.tasks import Task

STOP_PATIENCE_MS = 10_000
"""How long a stop may take before the window offers to end the process."""


class Session(EditedSettings):
    """The run, the settings and the trainer of one window.

    Signals, beside those of EditedSettings:
        phase_changed: the Phase moved; carries the Phase.
        run_changed: another run is open; carries its RunFolder or None; `history` is whole.
        events_arrived: a list of new events, at most 20 times a second, already fed to `history`.
        page_requested: the name of a page to show.
        step_pointed: the step of an event that a person chose in a list.
    """

    phase_changed = Signal(object)
    run_changed = Signal(object)
    events_arrived = Signal(object)
    page_requested = Signal(str)
    step_pointed = Signal(object)

    def __init__(
        self,
        *,
        executor: str = "process",
        service: ServiceLink | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.executor = executor
        self.service = service or ServiceLink(self)
        self._phase = Phase.IDLE
        self._run: RunFolder | None = None
        self._history: RunHistory | None = None
        self._phase_before = Phase.IDLE
        self._overdue = False
        self._branches_when_over = False
        self._patience = QTimer(self, singleShot=True, interval=STOP_PATIENCE_MS)
        self._patience.timeout.connect(self._stop_is_overdue)
        self._trainer = TrainerLink(self)
        self._trainer.opened.connect(self._opened)
        self._trainer.arrived.connect(self._arrived)
        self._trainer.pulse.connect(self._pulse)
        self._trainer.settled.connect(self._settled)
        self._trainer.failed.connect(self._failed)

    @property
    def phase(self) -> Phase:
        """What the open run does at this moment."""
        return self._phase

    @property
    def run(self) -> RunFolder | None:
        """The open run's folder; None before the first one."""
        return self._run

    @property
    def history(self) -> RunHistory | None:
        """Everything the open run told so far; fed before `events_arrived` is emitted."""
        return self._history

    @property
    def stop_overdue(self) -> bool:
        """A stop was asked for more than ten seconds ago and the trainer is still there."""
        return self._overdue

    @property
    def can_train_in_background(self) -> bool:
        """Whether the trainer outlives the window."""
        return self._trainer.outlives_window

    @property
    def only_watches(self) -> bool:
        """Whether somebody else started the trainer of the open run, or nobody trains it."""
        return self._trainer.only_watches

    def refuse_start(self, reason: str) -> None:
        """Say why no run can start from what is being edited; empty: it can."""
        if reason != self._start_refusal:
            self._start_refusal = reason
            self.phase_changed.emit(self._phase)

    def start(self) -> None:
        """Train the settings being edited in a new run; harmless while one is live."""
        if not self._start_refusal:
            self.train(self.config)
            self.show_page("train")

    def train(self, config: RunConfig, *, title: str = "") -> None:
        """Train these settings in a new run of this title; harmless while one is live."""
        if not self._phase.live:
            self._employ(Start(config, title))

    def resume_run(self, path: Path) -> None:
        """Go on with a run that ended, from its newest checkpoint."""
        if not self._phase.live:
            self._employ(Resume(path))

    def branch_off(self) -> None:
        """Train the settings being edited in a new run that begins with the open one's weights.

        A live run is saved and stopped first.
        """
        if self._phase.live:
            self._branches_when_over = True
            self.stop(keep=True)
        elif self._run is not None:
            self._employ(Branch(self._run.path, self.config))

    def open_run(self, path: Path | str) -> None:
        """Show a run, by its folder or name; a live one shown before goes on in the background."""
        if self._run is not None and self._run.path == path and self._phase.live:
            return
        if self._phase.live and not self.can_train_in_background:
            text = self.tr("The open run trains inside this window and must be stopped first.")
            self.noticed.emit(Message(text, severity="warning"))
            return
        self._employ(Watch(path))

    def pause(self) -> None:
        """Stand still after the step in progress."""
        if self._phase in (Phase.RUNNING, Phase.PREPARING, Phase.NO_SIGNAL):
            self._send(commands.Pause())
            self._set_phase(Phase.PAUSING)

    def go_on(self) -> None:
        """Continue after a pause."""
        if self._phase in (Phase.PAUSED, Phase.PAUSING):
            self._send(commands.Continue())
            self._set_phase(Phase.RUNNING)

    def run_steps(self, steps: int) -> None:
        """Do this many steps, then pause."""
        self._send(commands.RunSteps(steps=steps))

    def save_now(self) -> None:
        """Write a checkpoint after the step in progress."""
        self._send(commands.SaveNow())

    def sample_now(self) -> None:
        """Continue the fixed prompts after the step in progress."""
        self._send(commands.SampleNow())

    def set_rate_factor(self, factor: float) -> None:
        """Multiply the scheduled learning rate by this from the next step on."""
        self._send(commands.SetLearningRate(factor=factor))

    def stop(self, *, keep: bool) -> None:
        """End after the step in progress, with a checkpoint of it or without."""
        if self._phase.live:
            self._send(commands.Stop(keep=keep))
            self._set_phase(Phase.STOPPING)
            self._patience.start()

    def stop_now(self) -> None:
        """End the trainer's process at once; what was not saved is lost."""
        self._trainer.kill()

    def generate(self, request: commands.Generate) -> str:
        """Ask the live model for text; GenerationProgress events with this id answer."""
        self._send(request)
        return request.id

    def stop_generation(self, generation: str) -> None:
        """End the live model's text with this id."""
        self._send(commands.StopGeneration(generation=generation))

    def show_page(self, name: str) -> None:
        """Bring a page to the front."""
        self.page_requested.emit(name)

    def leave(self) -> bool:
        """Let go of the trainer and end the helper process; False when a trainer cannot end."""
        self._release()
        ended = self._trainer.wait()
        self.service.close()
        return ended

    # -- inside ----------------------------------------------------------------------------------
    def _send(self, command: commands.Command) -> None:
        if self._phase.live:
            self._trainer.send(command)

    def _employ(self, task: Task) -> None:
        self._release()
        if not isinstance(task, Watch):
            self._phase_before = self._phase
            self._set_phase(Phase.PREPARING)
        self._trainer.employ(task, executor=self.executor)

    def _release(self) -> None:
        self._patience.stop()
        self._trainer.release(over=self._phase.ended)

    def _set_phase(self, phase: Phase) -> None:
        if not phase.live or phase is not Phase.STOPPING:
            self._overdue = False
            self._patience.stop()
        if phase is not self._phase:
            self._phase = phase
            self.phase_changed.emit(phase)

    @Slot(object, object, object)
    def _opened(self, folder: RunFolder, history: RunHistory, phase: Phase) -> None:
        self._run, self._history = folder, history
        self.run_changed.emit(folder)
        self._set_phase(phase)

    @Slot(object)
    def _arrived(self, batch: list[AnyEvent]) -> None:
        if self._history is None:
            return
        self._history.feed(batch)
        phase = self._phase
        for event in batch:
            phase = phase_after(phase, event)
        self.events_arrived.emit(batch)
        self._set_phase(phase)

    @Slot(object)
    def _pulse(self, beating: Pulse) -> None:
        if beating is Pulse.SILENT and self._phase in (Phase.RUNNING, Phase.PREPARING):
            self._set_phase(Phase.NO_SIGNAL)
        elif beating is Pulse.BEATING and self._phase is Phase.NO_SIGNAL:
            self._set_phase(Phase.RUNNING)

    @Slot(object)
    def _settled(self, phase: Phase) -> None:
        """The trainer is gone; the phase is live when somebody else trains the run by now."""
        if phase.live or self._phase.live or self._phase is Phase.IDLE:
            self._set_phase(phase)
        if self._branches_when_over and not self._phase.live:
            self._branches_when_over = False
            self.branch_off()

    @Slot(object)
    def _failed(self, message: Message) -> None:
        self.noticed.emit(message)
        if self._phase is Phase.PREPARING:
            self._set_phase(self._phase_before)

    @Slot()
    def _stop_is_overdue(self) -> None:
        self._overdue = self._phase is Phase.STOPPING
        self.phase_changed.emit(self._phase)
