"""The machine at a glance: processor, memory, disk and GPU, with the last five minutes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QGridLayout, QProgressBar, QVBoxLayout, QWidget

from hope_studio.widgets.labels import label
from hope_studio.widgets.quantities import number, percent, size

if TYPE_CHECKING:
    from hope_studio.system_watch import Gpu, Reading, SystemWatch


class SystemDock(QWidget):
    """One row a reading: name, bar, words. What the driver does not tell reads "not available"."""

    def __init__(self, watch: SystemWatch) -> None:
        super().__init__()
        self._rows: dict[str, _Row] = {}
        self.grid = QGridLayout()
        self.grid.setColumnStretch(1, 1)
        self.grid.setHorizontalSpacing(10)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.addLayout(self.grid)
        column.addStretch(1)
        self._reading: Reading | None = None
        for key in ("cpu", "ram", "window", "disk", "gpu"):
            self._rows[key] = _Row(self.grid)
        self.retranslate()
        watch.measured.connect(self.show_reading)

    def retranslate(self) -> None:
        """Set every text again."""
        self._rows["cpu"].name.setText(self.tr("Processor"))
        self._rows["ram"].name.setText(self.tr("Memory"))
        self._rows["window"].name.setText(self.tr("This window"))
        self._rows["disk"].name.setText(self.tr("Disk"))
        self._rows["gpu"].name.setText(self.tr("GPU"))
        if self._reading is not None:
            self.show_reading(self._reading)

    @Slot(object)
    def show_reading(self, reading: Reading) -> None:
        """Show the newest reading."""
        self._reading = reading
        self._rows["cpu"].show_share(reading.cpu, percent(reading.cpu))
        used = self.tr("{used} of {total}")
        ram = used.format(used=size(reading.ram_used), total=size(reading.ram_total))
        self._rows["ram"].show_share(reading.ram_used / reading.ram_total, ram)
        window = size(reading.window_bytes)
        self._rows["window"].show_share(reading.window_bytes / reading.ram_total, window)
        self._rows["disk"].show_words(self.tr("{size} free").format(size=size(reading.disk_free)))
        if not reading.gpus:
            self._rows["gpu"].show_words(self.tr("not available"))
            return
        gpu = reading.gpus[0]
        self._rows["gpu"].show_share(gpu.used_bytes / gpu.total_bytes, self._gpu_words(gpu))

    def _gpu_words(self, gpu: Gpu) -> str:
        unknown = self.tr("n/a")
        return self.tr("{name}: {used} of {total}, load {load}, {heat} °C, {power} W").format(
            name=gpu.name,
            used=size(gpu.used_bytes),
            total=size(gpu.total_bytes),
            load=unknown if gpu.load is None else percent(gpu.load),
            heat=unknown if gpu.celsius is None else number(gpu.celsius),
            power=unknown if gpu.watts is None else number(gpu.watts),
        )


class _Row:
    """Name, bar and words of one reading."""

    def __init__(self, grid: QGridLayout) -> None:
        row = grid.rowCount()
        self.name = label(role="muted")
        self.bar = QProgressBar()
        self.bar.setRange(0, 1000)
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(8)
        self.words = label(wrap=True)
        grid.addWidget(self.name, row, 0)
        grid.addWidget(self.bar, row, 1)
        grid.addWidget(self.words, row + 1, 0, 1, 2)

    def show_share(self, share: float, words: str) -> None:
        """A reading with a known whole."""
        self.bar.show()
        self.bar.setValue(round(1000 * min(max(share, 0.0), 1.0)))
        self.bar.setAccessibleName(self.name.text())
        self.words.setText(words)

    def show_words(self, words: str) -> None:
        """A reading without a whole."""
        self.bar.hide()
        self.words.setText(words)
