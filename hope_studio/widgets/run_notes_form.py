"""A person's title, tags and notes for one run; what is typed is kept without being asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QFormLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from hope_core.errors import HopeError
from hope_studio.widgets.labels import label

if TYPE_CHECKING:
    from pathlib import Path

    from hope_studio.loaded_run import LoadedRun

SAVE_MS = 800
"""After the last key."""


class RunNotesForm(QWidget):
    """Three fields, written to the run's folder a moment after the last key.

    Signals:
        saved: the notes of a run were written.
        failed: the HopeError that kept them from being read or written.
    """

    saved = Signal()
    failed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.run_title = QLineEdit(maxLength=100)
        self.tags = QLineEdit(maxLength=1000)
        self.notes = QPlainTextEdit()
        self.sentence = label(role="muted", wrap=True)
        self._path: Path | None = None
        self._filling = False
        self._timer = QTimer(self, singleShot=True, interval=SAVE_MS)
        self._timer.timeout.connect(self.save)
        self._names = [label() for _ in range(3)]
        form = QFormLayout()
        self._form = QWidget()
        self._form.setLayout(form)
        for name, field in zip(self._names, (self.run_title, self.tags, self.notes), strict=True):
            name.setBuddy(field)
            form.addRow(name, field)
            field.installEventFilter(self)
        for changed in (self.run_title.textChanged, self.tags.textChanged, self.notes.textChanged):
            changed.connect(self._typed)
        form.setContentsMargins(0, 0, 0, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.addWidget(self.sentence)
        column.addWidget(self._form, 1)
        self.retranslate()
        self.show_run(None)

    def retranslate(self) -> None:
        """Set every text."""
        words = (self.tr("Title"), self.tr("Tags"), self.tr("Notes"))
        for name, text in zip(self._names, words, strict=True):
            name.setText(text)
        self.tags.setPlaceholderText(self.tr("Words with commas between"))
        self.sentence.setText(self.tr("Select one run above to name it, tag it and write notes."))

    def show_run(self, run: LoadedRun | None) -> None:
        """Show this run's notes; what was typed for the one before is saved first."""
        from hope_core.runs.notes import RunNotes, read_notes

        self.save()
        self._path = None
        notes = RunNotes()
        if run is not None:
            try:
                notes = read_notes(run.summary.path)
                self._path = run.summary.path
            except HopeError as error:
                self.failed.emit(error)
        self._filling = True
        self.run_title.setText(notes.title)
        self.run_title.setPlaceholderText("" if run is None else run.summary.name)
        self.tags.setText(", ".join(notes.tags))
        self.notes.setPlainText(notes.notes)
        self._filling = False
        self.sentence.setVisible(self._path is None)
        self._form.setVisible(self._path is not None)

    @Slot()
    def save(self) -> None:
        """Write what was typed, if anything was."""
        from hope_core.runs.notes import RunNotes, tags_from, write_notes

        if self._path is None or (not self._timer.isActive() and self.sender() is not self._timer):
            return
        self._timer.stop()
        notes = RunNotes(
            title=self.run_title.text().strip(),
            tags=tags_from(self.tags.text()),
            notes=self.notes.toPlainText(),
        )
        try:
            write_notes(self._path, notes)
        except HopeError as error:
            self.failed.emit(error)
        else:
            self.saved.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Saves at once when a field is left."""
        if event.type() == QEvent.Type.FocusOut:
            self.save()
        return super().eventFilter(watched, event)

    @Slot()
    def _typed(self) -> None:
        if not self._filling:
            self._timer.start()
