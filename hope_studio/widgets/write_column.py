"""One column of writing: which model, with which memory, and the text as it comes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout

from hope_core.inference.messages import ErrorReply, GenerateRequest, TextReply
from hope_core.runs.checkpoints import list_checkpoints
from hope_core.runs.commands import Generate
from hope_core.runs.events import CheckpointSaved
from hope_studio.phases import Phase
from hope_studio.settings import recent_runs
from hope_studio.widgets.card import Card
from hope_studio.widgets.labels import label
from hope_studio.widgets.memory_choice import MemoryChoice, saved_names
from hope_studio.widgets.model_choice import BEST, LIVE, ModelChoice, kept_checkpoints
from hope_studio.widgets.quantities import number, speed
from hope_studio.widgets.written_text import WrittenText

if TYPE_CHECKING:
    from hope_core.runs.events import GenerationProgress
    from hope_studio.session import Session
    from hope_studio.widgets.sampling_form import Sampling

ANSWERING = frozenset({Phase.RUNNING, Phase.PAUSING, Phase.PAUSED})
"""Phases in which the trainer has a model and serves wishes."""
THIS_RUN = ""


class WriteColumn(Card):
    """Asks one model at a time for text.

    Signals:
        changed: it began or ended to write, or another model was chosen.
        failed: a sentence about what went wrong.
        noticed: a sentence that a person should know.
    """

    changed = Signal()
    failed = Signal(str)
    noticed = Signal(str)

    def __init__(self, session: Session, *, any_run: bool = False) -> None:
        super().__init__()
        self.session = session
        self._asked = ""
        self._asked_live = False
        self.runs = QComboBox()
        self.runs.setVisible(any_run)
        self.runs.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.runs.setMinimumContentsLength(8)
        self.model = ModelChoice()
        self.model.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.model.setMinimumContentsLength(12)
        self.memory = MemoryChoice()
        self.text = WrittenText()
        self.text.setMinimumHeight(150)
        self.status = label(role="muted", wrap=True)
        choices = QHBoxLayout()
        for choice in (self.runs, self.model, self.memory):
            choices.addWidget(choice, 1)
        self.body.addLayout(choices)
        self.body.addWidget(self.text, 1)
        self.body.addWidget(self.status)
        self.runs.currentIndexChanged.connect(self._show_models)
        self.model.currentIndexChanged.connect(self._chosen)
        session.service.replied.connect(self._take_reply)
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text of its own."""
        self.text.setAccessibleName(self.tr("What the model writes"))
        self.text.setPlaceholderText(self.tr("What the model writes appears here."))
        self.runs.setAccessibleName(self.tr("Whose model writes"))
        self.model.setAccessibleName(self.tr("Which model writes"))
        self.memory.retranslate()
        self.refresh()

    @property
    def busy(self) -> bool:
        """Whether a text is on its way."""
        return bool(self._asked)

    @property
    def run(self) -> Path | None:
        """The run whose model is chosen."""
        if chosen := self.runs.currentData():
            return Path(chosen)
        return self.session.run.path if self.session.run is not None else None

    def refresh(self) -> None:
        """Offer the runs, checkpoints and memories that there are now."""
        if not self.runs.isHidden():
            self._show_runs()
        self._show_models()

    def write(self, prompt: str, values: Sampling) -> bool:
        """Ask for a text; False when there is no model, or one is on its way already."""
        run, source = self.run, self.model.source
        if self._asked or run is None or not source:
            return False
        self.text.begin(prompt)
        self.status.setText(self.tr("Writing ..."))
        self._asked_live = source == LIVE
        if self._asked_live:
            self._asked = self.session.generate(Generate(prompt=prompt, trace=True, **vars(values)))
        else:
            request = GenerateRequest(
                run=str(run),
                checkpoint=None if source == BEST else source,
                prompt=prompt,
                trace=True,
                memory=self.memory.memory,
                **vars(values),
            )
            self._asked = self.session.service.ask(request)
        self.changed.emit()
        return True

    def stop(self) -> None:
        """Ask for the end of the text that is on its way."""
        if self._asked and self._asked_live:
            self.session.stop_generation(self._asked)
        elif self._asked:
            self.session.service.cancel(self._asked)

    def forget(self) -> None:
        """Another run is open: nothing that was asked before matters any more."""
        self.stop()
        self._asked, self._asked_live = "", False
        self.status.clear()

    def phase_changed(self) -> None:
        """The live model came or went."""
        if self._asked_live and not self.session.phase.live:
            self._finish(self.tr("The training ended before the text was whole."))
        self._show_models()

    def take_progress(self, event: GenerationProgress) -> None:
        """More text from the live model."""
        if event.id != self._asked:
            return
        if event.error:
            self._fail(event.error)
            return
        self.text.add(event.text, event.told)
        self._tell(event.tokens, event.tokens_per_second, done=event.done)

    @Slot(object)
    def _take_reply(self, reply: object) -> None:
        match reply:
            case TextReply() if reply.id == self._asked:
                if reply.notice:
                    self.noticed.emit(reply.notice)
                self.text.add(reply.text, reply.told)
                self._tell(reply.tokens, reply.tokens_per_second, done=reply.done)
            case ErrorReply() if reply.id == self._asked:
                self._fail(f"{reply.message} {reply.hint}".rstrip())
            case _:
                pass

    def _tell(self, tokens: int, per_second: float, *, done: bool) -> None:
        words = self.tr("{count} tokens, {speed}")
        sentence = words.format(count=number(tokens), speed=speed(per_second))
        self.status.setText(sentence)
        if done:
            self._finish(sentence)

    def _finish(self, sentence: str) -> None:
        self._asked, self._asked_live = "", False
        self.status.setText(sentence)
        self.changed.emit()

    def _fail(self, sentence: str) -> None:
        self._finish("")
        self.failed.emit(sentence)

    def _show_runs(self) -> None:
        chosen = self.runs.currentData()
        open_run = str(self.session.run.path) if self.session.run is not None else ""
        self.runs.blockSignals(True)
        self.runs.clear()
        self.runs.addItem(self.tr("This run"), THIS_RUN)
        for path in recent_runs():
            if path != open_run and Path(path).is_dir():
                self.runs.addItem(Path(path).name, path)
        self.runs.setCurrentIndex(max(0, self.runs.findData(chosen)))
        self.runs.blockSignals(False)

    @Slot()
    def _show_models(self, _place: int = 0) -> None:
        if self.runs.currentData():
            self.model.show_models(_saved(self.run), live=False)
        else:
            saved = kept_checkpoints(self.session.run, self.session.history)
            self.model.show_models(saved, live=self.session.phase in ANSWERING)
        self.memory.show_names(saved_names(self.run))
        self._chosen()

    @Slot()
    def _chosen(self, _place: int = 0) -> None:
        self.memory.setEnabled(self.model.source != LIVE)
        self.changed.emit()


def _saved(run: Path | None) -> list[CheckpointSaved]:
    """The checkpoints in a run's folder, the oldest first."""
    if run is None:
        return []
    return [
        CheckpointSaved(step=c.step, path=c.path.relative_to(run).as_posix(), size=c.size)
        for c in list_checkpoints(run)
    ]
