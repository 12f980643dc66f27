"""Writing with a model: the one in training, between two steps, or a checkpoint of any run."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Slot
from PySide6.QtGui import QShortcut, QTextCursor
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPlainTextEdit, QPushButton

from hope_core.inference.messages import ErrorReply, GenerateRequest, TextReply
from hope_core.runs.commands import Generate
from hope_core.runs.events import CheckpointSaved, GenerationProgress
from hope_studio.pages.page import Page
from hope_studio.phases import Phase
from hope_studio.theme import set_icon
from hope_studio.widgets.banner import Banner
from hope_studio.widgets.card import Card
from hope_studio.widgets.labels import label
from hope_studio.widgets.model_choice import (
    BEST,
    LIVE,
    ModelChoice,
    kept_checkpoints,
    no_model_sentence,
)
from hope_studio.widgets.page_column import PageColumn
from hope_studio.widgets.quantities import number, speed
from hope_studio.widgets.sampling_form import SamplingForm
from hope_studio.widgets.written_text import WrittenText

if TYPE_CHECKING:
    from hope_core.runs.events import SampleWritten
    from hope_studio.session import Session

PROMPT_LINES = 4
SIDE_WIDTH = 280
ANSWERING = frozenset({Phase.RUNNING, Phase.PAUSING, Phase.PAUSED})
"""Phases in which the trainer has a model and serves wishes."""


class GeneratePage(Page):
    """A prompt, a button, and the text as it comes."""

    name: ClassVar[str] = "generate"
    icon: ClassVar[str] = "generate"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._asked = ""
        self._asked_live = False
        self._shown: SampleWritten | None = None
        self.title = label(role="title")
        self.banner = Banner()
        self.prompt_card = Card()
        self.prompt = QPlainTextEdit()
        self.write_button = QPushButton()
        self.stop_button = QPushButton()
        self.status = label(role="muted")
        self.text_card = Card()
        self.text = WrittenText()
        self.side = Card()
        self.model = ModelChoice()
        self.sampling = SamplingForm()
        self._lay_out()
        self._connect()
        self.retranslate()
        self.run_changed()

    def retranslate(self) -> None:
        """Set every text of the page's own."""
        self.title.setText(self.tr("Write with the model"))
        self.prompt_card.set_heading(self.tr("Prompt"))
        self.prompt.setPlaceholderText(self.tr("The model continues what stands here."))
        self.prompt.setAccessibleName(self.tr("Prompt"))
        self.write_button.setText(self.tr("Write"))
        self.write_button.setToolTip(self.tr("Continue the prompt (Ctrl+Enter)"))
        self.stop_button.setText(self.tr("Stop writing"))
        self.text.setAccessibleName(self.tr("What the model writes"))
        self.text.setPlaceholderText(self.tr("What the model writes appears here."))
        self.side.set_heading(self.tr("Settings"))
        self.model.setAccessibleName(self.tr("Which model writes"))
        self.sampling.retranslate()
        self._tell_origin()
        self._show_models()

    def shown(self) -> None:
        """Offer the newest checkpoints."""
        self._show_models()
        self.prompt.setFocus()

    def run_changed(self) -> None:
        """Another model: begin with the newest thing it wrote by itself, and its prompt."""
        self._asked = ""
        history = self.session.history
        samples = history.samples if history else []
        if self.session.run is not None and not self.prompt.document().isModified():
            asked = self.session.run.config.train.sample_prompts
            self.prompt.setPlainText((*(s.prompt for s in samples[-1:]), *asked, "")[0])
            self.prompt.moveCursor(QTextCursor.MoveOperation.End)
        self._shown = samples[-1] if samples else None
        self.text.begin(self._shown.prompt if self._shown else "")
        self.text.add(self._shown.text if self._shown else "")
        self.status.clear()
        self._tell_origin()
        self._show_models()

    def _tell_origin(self) -> None:
        """Say when the sample was written that is shown; nothing once another text is."""
        if self._shown is not None:
            words = self.tr("It wrote this by itself at step {step}.")
            self.status.setText(words.format(step=number(self._shown.step)))

    def phase_changed(self) -> None:
        """The live model came or went."""
        if self._asked_live and not self.session.phase.live:
            self._finish(self.tr("The training ended before the text was whole."))
        self._show_models()

    def busy(self) -> bool:
        """Whether a text is on its way."""
        return bool(self._asked)

    def _lay_out(self) -> None:
        self.prompt.setFixedHeight(self.fontMetrics().lineSpacing() * PROMPT_LINES + 20)
        self.prompt.setTabChangesFocus(True)
        self.write_button.setProperty("primary", True)
        set_icon(self.write_button, "generate", "on_accent")
        set_icon(self.stop_button, "stop")
        row = QHBoxLayout()
        for part, stretch in ((self.write_button, 0), (self.stop_button, 0), (self.status, 1)):
            row.addWidget(part, stretch)
        self.prompt_card.body.addWidget(self.prompt)
        self.prompt_card.body.addLayout(row)
        self.text.setMinimumHeight(150)
        self.text_card.body.addWidget(self.text, 1)
        self.side.body.addWidget(self.model)
        self.side.body.addWidget(self.sampling)
        self.side.body.addStretch(1)
        self.side.setFixedWidth(SIDE_WIDTH)
        grid = QGridLayout()
        grid.setSpacing(12)
        grid.addWidget(self.prompt_card, 0, 0)
        grid.addWidget(self.text_card, 1, 0)
        grid.addWidget(self.side, 0, 1, 2, 1)
        grid.setRowStretch(1, 1)
        column = PageColumn(self)
        column.add(self.title)
        column.add(self.banner)
        column.add(grid, 1)

    def _connect(self) -> None:
        self.write_button.clicked.connect(self.write)
        self.stop_button.clicked.connect(self.stop_writing)
        QShortcut("Ctrl+Return", self, self.write)
        QShortcut("Ctrl+Enter", self, self.write)
        self.banner.acted.connect(self._go_home)
        self.model.currentIndexChanged.connect(self._show_buttons)
        self.session.service.replied.connect(self._take_reply)
        self.on(GenerationProgress, self._take_progress)
        self.on(CheckpointSaved, self._show_models)

    @Slot()
    def write(self) -> None:
        """Continue the prompt with the chosen model; harmless while a text is on its way."""
        run, source = self.session.run, self.model.source
        if self._asked or run is None or not source:
            return
        values, prompt = self.sampling.values(), self.prompt.toPlainText()
        self.banner.hide()
        self.text.begin(prompt)
        self._shown = None
        self.status.setText(self.tr("Writing ..."))
        self._asked_live = source == LIVE
        if self._asked_live:
            self._asked = self.session.generate(Generate(prompt=prompt, **vars(values)))
        else:
            checkpoint = None if source == BEST else source
            request = GenerateRequest(
                run=str(run.path), checkpoint=checkpoint, prompt=prompt, **vars(values)
            )
            self._asked = self.session.service.ask(request)
        self._show_buttons()

    @Slot()
    def stop_writing(self) -> None:
        """Ask for the end of the text that is on its way."""
        if self._asked and self._asked_live:
            self.session.stop_generation(self._asked)
        elif self._asked:
            self.session.service.cancel(self._asked)

    def _take_progress(self, event: GenerationProgress) -> None:
        if event.id != self._asked:
            return
        if event.error:
            self._fail(event.error)
            return
        self._take_text(event.text, event.tokens, event.tokens_per_second, done=event.done)

    @Slot(object)
    def _take_reply(self, reply: object) -> None:
        match reply:
            case TextReply() if reply.id == self._asked:
                if reply.notice:
                    self.banner.say(reply.notice, tone="warning")
                self._take_text(reply.text, reply.tokens, reply.tokens_per_second, done=reply.done)
            case ErrorReply() if reply.id == self._asked:
                self._fail(f"{reply.message} {reply.hint}".rstrip())
            case _:
                pass

    def _take_text(self, text: str, tokens: int, per_second: float, *, done: bool) -> None:
        self.text.add(text)
        words = self.tr("{count} tokens, {speed}")
        sentence = words.format(count=number(tokens), speed=speed(per_second))
        self.status.setText(sentence)
        if done:
            self._finish(sentence)

    def _finish(self, sentence: str) -> None:
        self._asked, self._asked_live = "", False
        self.status.setText(sentence)
        self._show_buttons()

    def _fail(self, sentence: str) -> None:
        self._finish("")
        self.banner.say(sentence, tone="error")

    def _show_models(self, _event: CheckpointSaved | None = None) -> None:
        saved = kept_checkpoints(self.session.run, self.session.history)
        self.model.show_models(saved, live=self.session.phase in ANSWERING)
        self._show_buttons()

    @Slot()
    def _show_buttons(self) -> None:
        can_write = bool(self.model.source)
        self.write_button.setEnabled(can_write and not self._asked)
        self.stop_button.setEnabled(bool(self._asked))
        if can_write or self._asked:
            if self.banner.button.text():
                self.banner.hide()
            return
        live = self.session.phase.live
        home = "" if live else self.tr("To the first page")
        self.banner.say(no_model_sentence(self.session.run, live=live), action=home)

    @Slot()
    def _go_home(self) -> None:
        self.session.show_page("home")
