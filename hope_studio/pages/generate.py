"""Writing with a model and teaching it: two sides of one page."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QStackedWidget

from hope_core.runs.events import CheckpointSaved, GenerationProgress
from hope_studio.pages.page import Page
from hope_studio.widgets.banner import Banner
from hope_studio.widgets.labels import label
from hope_studio.widgets.model_choice import no_model_sentence
from hope_studio.widgets.page_column import PageColumn
from hope_studio.widgets.quantities import number
from hope_studio.widgets.write_view import WriteView

if TYPE_CHECKING:
    from hope_core.runs.events import SampleWritten
    from hope_studio.session import Session
    from hope_studio.widgets.teach_view import TeachView


class GeneratePage(Page):
    """Write: a prompt and the text as it comes. Teach: a conversation whose memory learns."""

    name: ClassVar[str] = "generate"
    icon: ClassVar[str] = "generate"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._shown: SampleWritten | None = None
        self.title = label(role="title")
        self.banner = Banner()
        self.write_side = QPushButton()
        self.teach_side = QPushButton()
        self.sides = QStackedWidget()
        self.writing = WriteView(session)
        self.teaching: TeachView | None = None
        self._lay_out()
        self._connect()
        self.retranslate()
        self.run_changed()

    def retranslate(self) -> None:
        """Set every text of the page's own."""
        self.write_side.setText(self.tr("Write"))
        self.write_side.setToolTip(self.tr("Let the model continue a text"))
        self.teach_side.setText(self.tr("Teach"))
        self.teach_side.setToolTip(self.tr("Talk with the model while its memory learns"))
        self.writing.retranslate()
        if self.teaching is not None:
            self.teaching.retranslate()
        self._name_side()
        self._tell_origin()
        self._show_state()

    def shown(self) -> None:
        """Offer the newest checkpoints and memories."""
        self.writing.refresh()
        if self.teaching is not None:
            self.teaching.refresh()
        if not self.teach_side.isChecked():
            self.writing.prompt.setFocus()

    def run_changed(self) -> None:
        """Another model: begin with the newest thing it wrote by itself, and its prompt."""
        history = self.session.history
        samples = history.samples if history else []
        if self.session.run is not None:
            asked = self.session.run.config.train.sample_prompts
            self.writing.suggest((*(s.prompt for s in samples[-1:]), *asked, "")[0])
        self._shown = samples[-1] if samples else None
        column = self.writing.columns[0]
        column.forget()
        column.text.begin(self._shown.prompt if self._shown else "")
        column.text.add(self._shown.text if self._shown else "")
        self._tell_origin()
        self.writing.refresh()
        if self.teaching is not None:
            self.teaching.run_changed()

    def phase_changed(self) -> None:
        """The live model came or went."""
        for column in self.writing.columns:
            column.phase_changed()
        if self.teaching is not None:
            self.teaching.refresh()

    def busy(self) -> bool:
        """Whether a text or an answer is on its way."""
        return self.writing.busy or (self.teaching is not None and self.teaching.busy)

    @Slot()
    def teach(self) -> None:
        """Show the teaching side; built when it is first wanted."""
        if self.teaching is None:
            from hope_studio.widgets.teach_view import TeachView

            self.teaching = TeachView(self.session)
            self.sides.addWidget(self.teaching)
            self.teaching.changed.connect(self._show_state)
        self.teach_side.setChecked(True)
        self.sides.setCurrentWidget(self.teaching)
        self.teaching.refresh()
        self._name_side()
        self._show_state()

    @Slot()
    def write(self) -> None:
        """Show the writing side."""
        self.write_side.setChecked(True)
        self.sides.setCurrentWidget(self.writing)
        self.writing.refresh()
        self._name_side()
        self._show_state()

    def _lay_out(self) -> None:
        group = QButtonGroup(self)
        head = QHBoxLayout()
        head.addWidget(self.title)
        head.addStretch(1)
        for side in (self.write_side, self.teach_side):
            side.setCheckable(True)
            group.addButton(side)
            head.addWidget(side)
        self.write_side.setChecked(True)
        self.sides.addWidget(self.writing)
        column = PageColumn(self)
        column.add(head)
        column.add(self.banner)
        column.add(self.sides, 1)

    def _connect(self) -> None:
        self.write_side.clicked.connect(self.write)
        self.teach_side.clicked.connect(self.teach)
        self.banner.acted.connect(self._go_home)
        self.writing.changed.connect(self._show_state)
        self.writing.failed.connect(self._fail)
        self.writing.noticed.connect(self._warn)
        self.on(GenerationProgress, self._take_progress)
        self.on(CheckpointSaved, self._offer)

    def _take_progress(self, event: GenerationProgress) -> None:
        for column in self.writing.columns:
            column.take_progress(event)

    def _offer(self, _event: CheckpointSaved) -> None:
        self.writing.refresh()
        if self.teaching is not None:
            self.teaching.refresh()

    def _name_side(self) -> None:
        teach = self.teach_side.isChecked()
        self.title.setText(self.tr("Teach the model") if teach else self.tr("Write with the model"))

    def _tell_origin(self) -> None:
        """Say when the sample was written that is shown; nothing once another text is."""
        if self._shown is not None:
            words = self.tr("It wrote this by itself at step {step}.")
            self.writing.columns[0].status.setText(words.format(step=number(self._shown.step)))

    @Slot()
    def _show_state(self) -> None:
        """Say why no model can write, or take that back."""
        if self.writing.busy:
            self._shown = None
        can_write = self.writing.can_write
        if can_write or self.busy():
            if self.banner.button.text() or self.writing.busy:
                self.banner.hide()
            return
        live = self.session.phase.live
        home = "" if live else self.tr("To the first page")
        self.banner.say(no_model_sentence(self.session.run, live=live), action=home)

    @Slot(str)
    def _fail(self, sentence: str) -> None:
        self.banner.say(sentence, tone="error")

    @Slot(str)
    def _warn(self, sentence: str) -> None:
        self.banner.say(sentence, tone="warning")

    @Slot()
    def _go_home(self) -> None:
        self.session.show_page("home")
