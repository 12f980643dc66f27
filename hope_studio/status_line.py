"""The status bar: the last message at the left; GPU, disk and unsaved settings at the right."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Slot

from hope_studio.core_words import core_words
from hope_studio.widgets.elided_label import ElidedLabel
from hope_studio.widgets.labels import label
from hope_studio.widgets.quantities import percent, size

if TYPE_CHECKING:
    from PySide6.QtWidgets import QStatusBar

    from hope_core.config.run import RunConfig
    from hope_studio.messages import Message
    from hope_studio.session import Session
    from hope_studio.system_watch import Reading


class StatusLine(QObject):
    """Fills a status bar."""

    def __init__(self, bar: QStatusBar, session: Session) -> None:
        super().__init__(bar)
        self._session = session
        self._reading: Reading | None = None
        self.message = ElidedLabel()
        self.message.setProperty("role", "small")
        self.unsaved = label(role="small")
        self.machine = label(role="small")
        bar.addWidget(self.message, 1)
        bar.addPermanentWidget(self.unsaved)
        bar.addPermanentWidget(self.machine)
        session.noticed.connect(self.tell)
        queued = Qt.ConnectionType.QueuedConnection  # after the draft has heard of it
        session.config_changed.connect(self.show_unsaved, queued)
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text again."""
        self.unsaved.setText(self.tr("● Settings changed"))
        self.unsaved.setToolTip(
            self.tr("The settings differ from their preset and are not saved as one of your own.")
        )
        self.message.setAccessibleName(self.tr("Last message"))
        self.show_unsaved()
        if self._reading is not None:
            self.show_reading(self._reading)

    @Slot(object)
    def tell(self, message: Message) -> None:
        """Keep the last message in view, with the time it came."""
        clock = datetime.now(UTC).astimezone().strftime("%H:%M")
        self.message.setText(f"{clock}  {core_words(message.text)}")

    @Slot(object)
    def show_unsaved(self, _cause: RunConfig | str | None = None) -> None:
        """A dot while the settings being edited stand in no preset."""
        from hope_studio.draft import Draft

        draft = self._session.findChild(Draft)
        differs = draft is not None and self._session.config != draft.baseline
        self.unsaved.setVisible(differs)

    @Slot(object)
    def show_reading(self, reading: Reading) -> None:
        """GPU and disk in a few letters."""
        self._reading = reading
        words = []
        for gpu in reading.gpus or ():
            if gpu.used_bytes is not None and gpu.total_bytes is not None:
                load = "" if gpu.load is None else f" {percent(gpu.load)}"
                told = self.tr("GPU: {used} of {total}")
                used, total = size(gpu.used_bytes), size(gpu.total_bytes)
                words.append(told.format(used=used, total=total) + load)
        if reading.disk_free is not None:
            words.append(self.tr("Disk: {size} free").format(size=size(reading.disk_free)))
        self.machine.setText("    ".join(words))
