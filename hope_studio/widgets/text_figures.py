"""A text in numbers: its size, its tokens, its split and how well any model can do on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from hope_studio.widgets.card import Card
from hope_studio.widgets.labels import label
from hope_studio.widgets.quantities import number, size

if TYPE_CHECKING:
    from hope_core.inference.messages import PreviewReply

READING: object = QT_TRANSLATE_NOOP("TextFigures", "Reading the text ...")
NOTHING: object = QT_TRANSLATE_NOOP("TextFigures", "There is nothing to count.")


class TextFigures(Card):
    """A few lines about the text of the next run, or one sentence instead."""

    def __init__(self) -> None:
        super().__init__()
        self.words = label(wrap=True)
        self._shown: PreviewReply | str = ""
        self.body.addWidget(self.words)
        self.body.addStretch(1)

    def show_reading(self) -> None:
        """The text is being read."""
        self._show(str(READING))

    def show_nothing(self) -> None:
        """The text cannot be read."""
        self._show(str(NOTHING))

    def show_found(self, found: PreviewReply) -> None:
        """Show these figures."""
        self._show(found)

    def retranslate(self) -> None:
        """Say the same again in the window's language."""
        self.set_heading(self.tr("In numbers"))
        self._show(self._shown)

    def _show(self, shown: PreviewReply | str) -> None:
        self._shown = shown
        if not isinstance(shown, str):
            self.words.setText(self._lines(shown))
        elif shown:
            self.words.setText(QCoreApplication.translate("TextFigures", shown))

    def _lines(self, found: PreviewReply) -> str:
        whole = found.train_tokens + found.validation_tokens
        lines = [
            self.tr("{size} of text, {count} tokens").format(
                size=size(whole * found.bytes_per_token), count=number(whole)
            ),
            self.tr("{train} tokens to train on, {held} held out").format(
                train=number(found.train_tokens), held=number(found.validation_tokens)
            ),
            self.tr("{used} of {vocabulary} tokens occur; {bytes} bytes a token").format(
                used=number(found.vocabulary_used),
                vocabulary=number(found.vocabulary),
                bytes=number(found.bytes_per_token, 2),
            ),
        ]
        if found.floor_bits_per_byte is not None:
            words = self.tr("Its entropy is {floor} bits a byte: no model can do better.")
            lines.append(words.format(floor=number(found.floor_bits_per_byte, 3)))
        return "\n".join(lines)
