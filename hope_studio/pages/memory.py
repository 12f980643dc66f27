"""What the memory does: its size in every head, its clocks, its surprise and its gates."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSlider, QVBoxLayout

from hope_core.analysis.probes import read_probe
from hope_studio.background import Background
from hope_studio.pages.page import Page
from hope_studio.widgets.figure import Figure
from hope_studio.widgets.gate_histograms import GateHistograms
from hope_studio.widgets.gate_strips import GateStrips
from hope_studio.widgets.labels import label
from hope_studio.widgets.memory_figure_words import set_figure_words
from hope_studio.widgets.memory_words import no_memory_sentence
from hope_studio.widgets.norm_map_view import NormMapView
from hope_studio.widgets.page_column import PageColumn
from hope_studio.widgets.plot_lanes import LevelLanes
from hope_studio.widgets.quantities import number
from hope_studio.widgets.stability_view import StabilityView
from hope_studio.widgets.surprise_ribbon import SurpriseRibbon

if TYPE_CHECKING:
    from hope_core.analysis.probes import Probe
    from hope_studio.session import Session

LOAD_MS = 20
"""Between two helpings of probe files."""
DRAW_MS = 200
"""Between two drawings while the run goes on."""


class MemoryPage(Page):
    """Looks of the trainer into the model's memory; the scrubber goes back to earlier ones."""

    name: ClassVar[str] = "memory"
    icon: ClassVar[str] = "memory"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.norms = NormMapView()
        self.lanes = LevelLanes()
        self.surprise = SurpriseRibbon()
        self.gates = GateStrips()
        self.stability = StabilityView()
        self.histograms = GateHistograms()
        self.looks: dict[str, SurpriseRibbon | GateStrips | StabilityView | GateHistograms] = {
            "surprise": self.surprise,
            "gates": self.gates,
            "stability": self.stability,
            "histograms": self.histograms,
        }
        self.figures = {
            "norms": Figure(self.norms),
            "lanes": Figure(self.lanes),
            **{name: Figure(widget) for name, widget in self.looks.items()},
        }
        self.scrubber = QSlider(Qt.Orientation.Horizontal)
        self.scrub_words = label(role="muted")
        self.follow = QPushButton()
        self._reader = Background()
        self._shown_step = -1.0
        self._loading = QTimer(self, interval=LOAD_MS)
        self._drawing = QTimer(self, interval=DRAW_MS, singleShot=True)
        self._lay_out()
        self._connect()
        self.retranslate()
        self.run_changed()

    def retranslate(self) -> None:
        """Set every text of the page's own."""
        set_figure_words(self.figures)
        self.scrubber.setAccessibleName(self.tr("Look at step"))
        self.follow.setText(self.tr("Newest look"))
        self.follow.setToolTip(self.tr("Keep showing the newest look as the run goes on"))
        for look in self.looks.values():
            look.retranslate()
        self._shown_step = -1.0
        self._draw()

    def shown(self) -> None:
        """Read and draw what was missed."""
        self._loading.start()
        self.scrubber.setFocus()

    def hidden(self) -> None:
        """Read nothing while nobody looks."""
        self._loading.stop()

    def run_changed(self) -> None:
        """Show another run, from its newest look."""
        self.follow.setChecked(True)
        self._shown_step = -1.0
        self._draw()
        if self.isVisible():
            self._loading.start()

    def busy(self) -> bool:
        """Whether probe files are still being read."""
        return self._loading.isActive() or self._reader.busy

    @Slot(object)
    def events_came(self, _batch: object) -> None:
        """New steps or looks: read and draw soon."""
        if self.isVisible():
            self._loading.start()
            if not self._drawing.isActive():
                self._drawing.start()

    def _connect(self) -> None:
        self.session.events_arrived.connect(self.events_came)
        self._loading.timeout.connect(self._load)
        self._drawing.timeout.connect(self._draw)
        self._reader.done.connect(self._show_probe)
        self._reader.failed.connect(self._probe_is_gone)
        self.scrubber.valueChanged.connect(self._scrub)
        self.scrubber.sliderPressed.connect(self._leave_newest)
        self.follow.toggled.connect(self._follow_newest)

    def _lay_out(self) -> None:
        column = PageColumn(self)
        column.add(self.figures["norms"], 3)
        middle = QHBoxLayout()
        middle.setSpacing(12)
        middle.addWidget(self.figures["lanes"], 1)
        middle.addWidget(self.figures["surprise"], 1)
        column.add(middle, 2)
        column.add(self.figures["gates"], 2)
        lower = QHBoxLayout()
        lower.setSpacing(12)
        lower.addWidget(self.figures["stability"], 1)
        lower.addWidget(self.figures["histograms"], 1)
        column.add(lower, 2)
        self.follow.setCheckable(True)
        self.scrubber.setMinimumHeight(28)
        self.scrub_words.setMinimumWidth(150)
        strip = QHBoxLayout()
        strip.setContentsMargins(16, 4, 16, 8)
        strip.addWidget(self.scrub_words)
        strip.addWidget(self.scrubber, 1)
        strip.addWidget(self.follow)
        frame = self.layout()
        assert isinstance(frame, QVBoxLayout)
        frame.addLayout(strip)

    @Slot()
    def _load(self) -> None:
        history = self.session.history
        if history is None or not history.load_probes():
            self._loading.stop()
            self._draw()

    @Slot()
    def _draw(self) -> None:
        history, why = self.session.history, no_memory_sentence(self.session.run)
        drawn = history is not None and self.norms.show_memory(history.memory)
        self.figures["norms"].show_sentence("" if drawn else why)
        lanes = history is not None and self.lanes.show_history(history)
        no_levels = self.tr("The levels come with the first words of the trainer.")
        self.figures["lanes"].show_sentence("" if lanes else no_levels)
        looks = 0 if history is None else len(history.memory.steps)
        for widget in (self.scrubber, self.follow):
            widget.setEnabled(looks > 0)
        if not looks:
            self.scrub_words.setText("")
            for name in self.looks:
                self.figures[name].show_sentence(why)
            return
        self.scrubber.blockSignals(True)
        self.scrubber.setRange(0, looks - 1)
        if self.follow.isChecked():
            self.scrubber.setValue(looks - 1)
        self.scrubber.blockSignals(False)
        self._read_look(self.scrubber.value())

    def _read_look(self, index: int) -> None:
        history, run = self.session.history, self.session.run
        if history is None or run is None or index >= len(history.memory.steps):
            return
        step = float(history.memory.steps.values[index])
        self.scrub_words.setText(self.tr("Look at step {step}").format(step=number(step)))
        if step == self._shown_step:
            return
        self._shown_step = step
        path = next(probe.path for probe in reversed(history.probes) if probe.step == step)
        self._reader.run(partial(read_probe, run.path / path))

    @Slot(int)
    def _scrub(self, index: int) -> None:
        self.follow.setChecked(False)
        self._read_look(index)

    @Slot()
    def _leave_newest(self) -> None:
        self.follow.setChecked(False)

    @Slot(bool)
    def _follow_newest(self, on: bool) -> None:
        if on:
            self._draw()

    @Slot(object)
    def _show_probe(self, probe: Probe) -> None:
        none = self.tr("This look did not measure it.")
        for name, look in self.looks.items():
            self.figures[name].show_sentence("" if look.show_probe(probe) else none)

    @Slot(object)
    def _probe_is_gone(self, _error: Exception) -> None:
        gone = self.tr("This look is not kept any more: only the newest ones are.")
        for name in self.looks:
            self.figures[name].show_sentence(gone)
