"""What the model wrote while it learned: the newest on top, each with its step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from hope_studio.theme import color, control
from hope_studio.widgets.labels import label
from hope_studio.widgets.quantities import number, percent

if TYPE_CHECKING:
    from hope_core.runs.events import SampleWritten

LONGEST = 40
"""Samples kept in view; the run folder keeps all of them."""


class SamplesList(QFrame):
    """A card with a scrolling column of samples."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("card", True)
        self.title = label(role="heading")
        self.empty = label(role="muted", wrap=True)
        self._entries: list[SampleEntry] = []
        inside = QWidget()
        inside.setObjectName("scroll_body")
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 0, 6, 0)
        self._column.setSpacing(10)
        self._column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inside)
        frame = QVBoxLayout(self)
        frame.setContentsMargins(14, 10, 8, 8)
        frame.addWidget(self.title)
        frame.addWidget(self.empty)
        frame.addWidget(scroll, 1)

    def retranslate(self) -> None:
        """Set the words that do not change with the run."""
        self.title.setText(self.tr("Samples"))
        self.setAccessibleName(self.tr("Samples, the newest first"))
        for entry in self._entries:
            entry.retranslate()

    def show_empty(self, sentence: str) -> None:
        """What to say while there is no sample."""
        self.empty.setText(sentence)

    def set_samples(self, samples: list[SampleWritten]) -> None:
        """Show these, given in the order in which they were written."""
        for entry in self._entries:
            entry.deleteLater()
            self._column.removeWidget(entry)
        self._entries.clear()
        self.empty.setVisible(True)
        for sample in samples[-LONGEST:]:
            self.add(sample)

    def add(self, sample: SampleWritten) -> None:
        """Put a new one on top."""
        earlier = (e.sample.text for e in self._entries if e.sample.prompt == sample.prompt)
        entry = SampleEntry(sample, next(earlier, None))
        self._entries.insert(0, entry)
        self._column.insertWidget(0, entry)
        self.empty.setVisible(False)
        for old in self._entries[LONGEST:]:
            self._column.removeWidget(old)
            old.deleteLater()
        del self._entries[LONGEST:]

    def texts(self) -> list[str]:
        """What is shown, the newest first."""
        return [entry.sample.text for entry in self._entries]


class SampleEntry(QWidget):
    """The step, the prompt and what the model made of it; what it did not write before is marked.

    Args:
        sample: what was written.
        earlier: the text before it after the same prompt; None for the first one.
    """

    def __init__(self, sample: SampleWritten, earlier: str | None = None) -> None:
        super().__init__()
        self.sample = sample
        self._earlier = earlier
        self.stamp = label(role="small")
        self.body = label(role="mono", wrap=True)
        self.body.setTextFormat(Qt.TextFormat.RichText)
        self.body.setMinimumWidth(1)  # a label would rather be too wide than wrap often
        self.body.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(1)
        column.addWidget(self.stamp)
        column.addWidget(self.body)
        control.theme_changed.connect(self.retranslate)
        self.retranslate()

    def retranslate(self) -> None:
        """Write the step and the text in the language and the colours in use."""
        from hope_studio.widgets.text_marks import marked

        stamp = self.tr("Step {step}").format(step=number(self.sample.step))
        prompt, text = breakable(self.sample.prompt), breakable(self.sample.text)
        if self._earlier is not None:
            text, share = marked(self.sample.text, self._earlier)
            words = self.tr("{stamp}, {share} new words")
            stamp = words.format(stamp=stamp, share=percent(share))
        self.stamp.setText(stamp)
        self.body.setText(f'<b style="color:{color("accent").name()}">{prompt}</b>{text}')


def breakable(text: str) -> str:
    """Text as HTML that keeps its lines and may be broken between any two words."""
    from html import escape

    lines = (escape(line).replace("  ", "&nbsp; ") for line in text.split("\n"))
    return "<br>".join(lines)
