"""The machine at a glance: processor, memory, disk and each GPU, with the last five minutes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QGridLayout, QProgressBar, QScrollArea, QVBoxLayout, QWidget

from hope_studio.widgets.history_strip import HistoryStrip
from hope_studio.widgets.labels import label
from hope_studio.widgets.quantities import number, percent, size

if TYPE_CHECKING:
    from hope_studio.gpu_watch import Gpu
    from hope_studio.session import Session
    from hope_studio.system_watch import Reading, SystemWatch


class SystemDock(QScrollArea):
    """One row a reading: name, bar, words, history. What is not told reads "not available"."""

    def __init__(self, watch: SystemWatch, session: Session) -> None:
        super().__init__()
        self._session = session
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        body = QWidget()
        body.setObjectName("scroll_body")
        self.grid = QGridLayout()
        self.grid.setColumnStretch(1, 1)
        self.grid.setHorizontalSpacing(10)
        column = QVBoxLayout(body)
        column.setContentsMargins(12, 12, 12, 12)
        column.addLayout(self.grid)
        column.addStretch(1)
        self.setWidget(body)
        self._reading: Reading | None = None
        self.rows = {key: Row(self.grid) for key in ("cpu", "ram", "window", "run", "disk")}
        self.gpu_rows: list[tuple[Row, Row]] = []
        """For each GPU its memory and its load."""
        self._need_gpu_rows(1)
        self.retranslate()
        watch.measured.connect(self.show_reading)

    def retranslate(self) -> None:
        """Set every text again."""
        names = {
            "cpu": self.tr("Processor"),
            "ram": self.tr("Memory"),
            "window": self.tr("This window"),
            "run": self.tr("The open run"),
            "disk": self.tr("Disk"),
        }
        for key, name in names.items():
            self.rows[key].name.setText(name)
        self._name_gpus()
        if self._reading is not None:
            self._say(self._reading)

    @Slot(object)
    def show_reading(self, reading: Reading) -> None:
        """Show the newest reading."""
        self._reading = reading
        self._need_gpu_rows(len(reading.gpus or ()))
        self.rows["cpu"].add(reading.cpu)
        self.rows["ram"].add(reading.ram_used / reading.ram_total)
        self.rows["window"].add(reading.window_bytes / reading.ram_total)
        for index, (memory, load) in enumerate(self.gpu_rows):
            gpu = (reading.gpus or ())[index] if index < len(reading.gpus or ()) else None
            memory.add(gpu.used_share if gpu else None)
            load.add(gpu.load if gpu else None)
        self._say(reading)

    # -- inside ----------------------------------------------------------------------------------
    def _say(self, reading: Reading) -> None:
        used = self.tr("{used} of {total}")
        ram = used.format(used=size(reading.ram_used), total=size(reading.ram_total))
        self.rows["cpu"].say(percent(reading.cpu))
        self.rows["ram"].say(ram)
        self.rows["window"].say(size(reading.window_bytes))
        self.rows["run"].say(self._run_words())
        free = reading.disk_free
        unknown = self.tr("not available")
        self.rows["disk"].say(
            unknown if free is None else self.tr("{size} free").format(size=size(free))
        )
        gpus = reading.gpus or ()
        for index, (memory, load) in enumerate(self.gpu_rows):
            memory.say(self._memory_words(gpus[index]) if index < len(gpus) else unknown)
            load.say(self._load_words(gpus[index]) if index < len(gpus) else unknown)

    def _run_words(self) -> str:
        history = self._session.history
        last = history.last if history is not None else None
        if last is None or not last.memory_bytes:
            return self.tr("not available")
        return self.tr("{size} in its newest step").format(size=size(last.memory_bytes))

    def _memory_words(self, gpu: Gpu) -> str:
        name = gpu.name or self.tr("GPU")
        if gpu.used_bytes is None or gpu.total_bytes is None:
            return self.tr("{name}: not available").format(name=name)
        told = self.tr("{name}: {used} of {total}")
        return told.format(name=name, used=size(gpu.used_bytes), total=size(gpu.total_bytes))

    def _load_words(self, gpu: Gpu) -> str:
        unknown = self.tr("n/a")
        return self.tr("load {load}, {heat} °C, {power} W").format(
            load=unknown if gpu.load is None else percent(gpu.load),
            heat=unknown if gpu.celsius is None else number(gpu.celsius),
            power=unknown if gpu.watts is None else number(gpu.watts),
        )

    def _need_gpu_rows(self, count: int) -> None:
        while len(self.gpu_rows) < count:
            self.gpu_rows.append((Row(self.grid), Row(self.grid)))
            self._name_gpus()

    def _name_gpus(self) -> None:
        for index, (memory, load) in enumerate(self.gpu_rows):
            memory.name.setText(self.tr("Memory of GPU {number}").format(number=index))
            load.name.setText(self.tr("GPU {number}").format(number=index))


class Row:
    """Name, bar, words and history of one reading."""

    def __init__(self, grid: QGridLayout) -> None:
        row = grid.rowCount()
        self.name = label(role="muted")
        self.bar = QProgressBar()
        self.bar.setRange(0, 1000)
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(8)
        self.words = label(wrap=True)
        self.history = HistoryStrip()
        grid.addWidget(self.name, row, 0)
        grid.addWidget(self.bar, row, 1)
        grid.addWidget(self.words, row + 1, 0, 1, 2)
        grid.addWidget(self.history, row + 2, 0, 1, 2)
        self.bar.hide()
        self.history.hide()

    def add(self, share: float | None) -> None:
        """A reading with a known whole, as a share of it; None where it is not told."""
        self.bar.setVisible(share is not None)
        self.history.setVisible(share is not None or any(self.history.shares))
        self.bar.setValue(round(1000 * min(max(share or 0.0, 0.0), 1.0)))
        self.history.add(share)

    def say(self, words: str) -> None:
        """The reading in words."""
        self.words.setText(words)
        self.bar.setAccessibleName(f"{self.name.text()}: {words}")
        self.history.setAccessibleName(f"{self.name.text()}: {words}")
