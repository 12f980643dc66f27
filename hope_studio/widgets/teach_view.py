"""The teaching side of the Generate page: a conversation, and what it does to the memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QGridLayout, QWidget

from hope_studio.talk_link import TalkLink
from hope_studio.widgets.banner import Banner
from hope_studio.widgets.quantities import number, speed
from hope_studio.widgets.talk_card import TalkCard
from hope_studio.widgets.teach_setup import TeachSetup
from hope_studio.widgets.teach_side import TeachSide

if TYPE_CHECKING:
    from collections.abc import Callable

    from hope_core.inference.talk_messages import DifferenceReply, RecipeReply, TurnReply
    from hope_studio.session import Session

TOKENS, TEMPERATURE = 120, 0.7
"""Of what is written at one go, at first."""


class TeachView(QWidget):
    """Tell, teach and let write; the first wish begins the conversation.

    Signals:
        changed: the conversation, or whether it is busy.
    """

    changed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.link = TalkLink(session.service, self)
        self._waiting: Callable[[], object] | None = None
        self._following = False
        self.banner = Banner()
        self.setup = TeachSetup(session)
        self.talk = TalkCard()
        self.side = TeachSide()
        self.recipe, self.details = self.side.recipe, self.side.details
        self.moments, self.memories = self.side.moments, self.side.memories
        self.talk.sampling.form.tokens.setValue(TOKENS)
        self.talk.sampling.form.temperature.setValue(TEMPERATURE)
        self._lay_out()
        self._connect()
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text."""
        for part in (self.setup, self.talk, self.side):
            part.retranslate()
        self._show_state()

    @property
    def busy(self) -> bool:
        """Whether an answer is on its way."""
        return self.link.busy

    def refresh(self) -> None:
        """Offer the checkpoints and memories that there are now."""
        self.setup.refresh()
        self._show_state()

    def run_changed(self) -> None:
        """Another run is open: the conversation with the one before ends."""
        self.link.forget()
        self._waiting = None
        self.talk.begin()
        self.talk.status.clear()
        self.banner.hide()
        self.recipe.fail()
        self.refresh()

    @Slot()
    def begin(self) -> None:
        """A new conversation with the choices made above."""
        request = self.setup.request()
        if request is not None and self.link.open(request):
            self.banner.hide()
            self.talk.begin()
            self.talk.status.setText(self.tr("The model is being read ..."))

    @Slot()
    def teach(self) -> None:
        """Teach what stands in the entry."""
        self._tell(teach=True)

    @Slot()
    def read(self) -> None:
        """Let the model read what stands in the entry."""
        self._tell(teach=False)

    @Slot()
    def write(self) -> None:
        """Let the model go on."""
        self._do(self._write_on)

    @Slot()
    def follow(self) -> None:
        """Follow the recipe."""
        self._do(self._follow)

    def _tell(self, *, teach: bool) -> None:
        text = self.talk.entry.toPlainText()
        if text.strip():
            self._do(self._teach if teach else self._read)

    def _do(self, wish: Callable[[], object]) -> None:
        """Fulfil a wish, in a new conversation where there is none yet."""
        if self.link.busy:
            return
        self.banner.hide()
        if self.link.talk is None:
            self.begin()
            self._waiting = wish if self.link.busy else None
        else:
            wish()

    def _teach(self) -> None:
        self._send(self.tr("You taught:"), teach=True)

    def _read(self) -> None:
        self._send(self.tr("You told:"), teach=False)

    def _send(self, head: str, *, teach: bool) -> None:
        text = self.talk.entry.toPlainText()
        if self.link.tell(text if text.endswith("\n") or not teach else text + "\n", teach=teach):
            self.talk.text.add_words(head)
            self.talk.status.setText(self.tr("Reading ..."))
            self.talk.entry.clear()

    def _write_on(self) -> None:
        form = self.talk.sampling.form
        if self.link.write_on(form.values()):
            form.seed.setValue(form.seed.value() + 1)  # the next text is another one
            self.talk.text.add_words(self.tr("The model wrote:"))
            self.talk.status.setText(self.tr("Writing ..."))

    def _follow(self) -> None:
        recipe = self.recipe
        if self.link.follow(
            fact=recipe.fact.text(),
            question=recipe.question.text(),
            answer=recipe.answer.text(),
            other=recipe.other.text(),
        ):
            self._following = True
            recipe.begin()

    @Slot(object)
    def _take_end(self, reply: TurnReply) -> None:
        words = self.tr("{count} tokens so far, {speed}")
        count = number(reply.talk.tokens) if reply.talk is not None else ""
        self.talk.status.setText(words.format(count=count, speed=speed(reply.tokens_per_second)))

    @Slot(object)
    def _take_recipe(self, reply: RecipeReply) -> None:
        self.recipe.take(reply)
        self._following = not reply.done
        if reply.done:
            self.side.show_outcome()

    @Slot(object)
    def _take_difference(self, reply: DifferenceReply) -> None:
        self.memories.show_difference(reply)

    @Slot()
    def _show_state(self) -> None:
        """Everything that follows from the conversation and whether it is busy."""
        talk, busy = self.link.talk, self.link.busy
        can = (talk is not None or bool(self.setup.model.source)) and not busy
        self.setup.show_state(open_talk=talk is not None, busy=busy)
        self.talk.show_state(can=can, busy=busy)
        self.recipe.button.setEnabled(can)
        self.moments.show_talk(talk, busy=busy)
        self.memories.show_talk(talk, busy=busy)
        if talk is not None and not self.talk.text.tokens:
            self.talk.strip.begin(talk.rows)
        if talk is not None and not busy and self._waiting is not None:
            wish, self._waiting = self._waiting, None
            self.talk.status.clear()
            wish()
        self.changed.emit()

    @Slot(str)
    def _fail(self, sentence: str) -> None:
        self._waiting = None
        if self._following:
            self._following = False
            self.recipe.fail()
        self.talk.status.clear()
        self.banner.say(sentence, tone="error")

    @Slot(str)
    def _warn(self, sentence: str) -> None:
        self.banner.say(sentence, tone="warning")

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(12)
        grid.addWidget(self.banner, 0, 0, 1, 2)
        grid.addWidget(self.setup, 1, 0, 1, 2)
        grid.addWidget(self.talk, 2, 0)
        grid.addWidget(self.side, 2, 1)
        grid.setRowStretch(2, 1)
        grid.setColumnStretch(0, 1)

    def _connect(self) -> None:
        self.setup.begin_wanted.connect(self.begin)
        self.setup.changed.connect(self._show_state)
        self.talk.teach_button.clicked.connect(self.teach)
        self.talk.read_button.clicked.connect(self.read)
        self.talk.write_button.clicked.connect(self.write)
        self.talk.stop_button.clicked.connect(self.link.stop)
        QShortcut("Ctrl+Return", self, self.teach)
        self.recipe.wanted.connect(self.follow)
        self.moments.wanted.connect(self.link.roll_back)
        self.memories.save_wanted.connect(self.link.save)
        self.memories.load_wanted.connect(self.link.load)
        self.memories.compare_wanted.connect(self.link.compare)
        self.memories.remove_wanted.connect(self.link.remove)
        self.memories.merge_wanted.connect(self.link.merge)
        self.talk.text.pointed.connect(self.details.show_token)
        self.link.changed.connect(self._show_state)
        self.link.told.connect(self.talk.add)
        self.link.ended.connect(self._take_end)
        self.link.answered.connect(self._take_recipe)
        self.link.compared.connect(self._take_difference)
        self.link.failed.connect(self._fail)
        self.link.noticed.connect(self._warn)
