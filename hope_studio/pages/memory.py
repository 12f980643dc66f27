"""What the memory does: its size in every head, its clocks, its surprise and its gates."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from hope_core.analysis.deep_looks import DeepLooks
from hope_studio.background import Background
from hope_studio.memory_views.drawing import Drawing, Look, read_look
from hope_studio.memory_views.figure_words import set_figure_words
from hope_studio.memory_views.late_look import LateLook
from hope_studio.memory_views.matrix_view import MatrixView
from hope_studio.memory_views.plane_view import PlaneView
from hope_studio.memory_views.rate_view import RateView
from hope_studio.memory_views.recall_view import RecallView
from hope_studio.memory_views.scrubber import Scrubber
from hope_studio.memory_views.spread_view import SpreadView
from hope_studio.memory_views.twistor_view import TwistorView
from hope_studio.pages.page import Page
from hope_studio.steps_seen import steps_seen_of
from hope_studio.widgets import memory_words
from hope_studio.widgets.figure import Figure
from hope_studio.widgets.gate_histograms import GateHistograms
from hope_studio.widgets.gate_strips import GateStrips
from hope_studio.widgets.norm_map_view import NormMapView
from hope_studio.widgets.page_column import PageColumn
from hope_studio.widgets.plot_lanes import LevelLanes
from hope_studio.widgets.quantities import number
from hope_studio.widgets.stability_view import StabilityView
from hope_studio.widgets.surprise_ribbon import SurpriseRibbon

if TYPE_CHECKING:
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
        self._seen = steps_seen_of(session)
        self.rates = RateView()
        self.surprise = SurpriseRibbon()
        self.gates = GateStrips()
        self.stability = StabilityView()
        self.histograms = GateHistograms()
        self.matrix = MatrixView()
        self.recall = RecallView()
        self.plane = PlaneView()
        self.twistors = TwistorView()
        self.spread = SpreadView()
        self.looks: dict[str, Any] = {
            "surprise": self.surprise,
            "gates": self.gates,
            "stability": self.stability,
            "histograms": self.histograms,
            "plane": self.plane,
            "twistors": self.twistors,
        }
        self.deeper: dict[str, Any] = {
            "norms": self.norms,
            "surprise": self.surprise,
            "matrix": self.matrix,
            "recall": self.recall,
            "plane": self.plane,
            "twistors": self.twistors,
            "spread": self.spread,
        }
        always = {"norms": self.norms, "lanes": self.lanes, "rates": self.rates}
        pictures = always | self.looks | self.deeper
        self.figures = {name: Figure(picture) for name, picture in pictures.items()}
        self.late_look = LateLook(session)
        self.strip = Scrubber()
        self.scrubber, self.follow = self.strip.slider, self.strip.follow
        self.scrub_words = self.strip.words
        self._drawing_looks = Drawing(
            self.figures, self.looks, self.deeper, self._without, parent=self
        )
        self._reader = Background()
        self._deep_looks: DeepLooks | None = None
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
        self.strip.retranslate()
        self.late_look.follow()
        for view in (self.norms, self.lanes, self.matrix, self.spread, *self.looks.values()):
            view.retranslate()
        self._shown_step = -1.0
        self._drawing_looks.forget()
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
        run = self.session.run
        self._deep_looks = None if run is None else DeepLooks(run.path)
        self.follow.setChecked(True)
        self._shown_step = -1.0
        self._drawing_looks.forget()
        self._draw()
        if self.isVisible():
            self._loading.start()

    def busy(self) -> bool:
        """Whether probe files are still being read."""
        reads = self._loading.isActive() or self._reader.busy
        return reads or self._drawing_looks.busy or self.late_look.busy

    def phase_changed(self) -> None:
        """A run that ends without a look has other words than one whose looks are to come."""
        self._draw()

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
        self._reader.done.connect(self._show_look)
        self._reader.failed.connect(self._probe_is_gone)
        self.strip.moved.connect(self._read_look)
        self.strip.following.connect(self._follow_newest)
        self.norms.head_chosen.connect(self.matrix.select)
        self.lanes.linked.toggled.connect(self._draw)

    def _lay_out(self) -> None:
        column = PageColumn(self)
        column.add(self.late_look)
        column.add(self.figures["norms"], 3)
        for left, right in (
            ("surprise", "recall"),
            ("lanes", "rates"),
            ("gates", ""),
            ("matrix", "histograms"),
            ("plane", ""),
            ("twistors", "stability"),
            ("spread", ""),
        ):
            row = QHBoxLayout()
            row.setSpacing(12)
            for name in (left, right):
                if name:
                    row.addWidget(self.figures[name], 3 if name == "lanes" else 2)
            column.add(row, 2)
        heights = {"surprise": 260, "recall": 190, "rates": 190, "matrix": 300, "twistors": 300}
        heights["spread"] = 220
        for name, height in heights.items():
            self.figures[name].picture.setMinimumHeight(height)
        frame = self.layout()
        assert isinstance(frame, QVBoxLayout)
        frame.addWidget(self.strip)

    @Slot()
    def _load(self) -> None:
        history = self.session.history
        if history is None or not history.load_probes():
            self._loading.stop()
            self._draw()

    @Slot()
    def _draw(self) -> None:
        history, why = self.session.history, memory_words.no_memory_sentence(self.session)
        self.late_look.follow()
        drawn = history is not None and self.norms.show_memory(history.memory)
        self.figures["norms"].show_sentence("" if drawn else why)
        lanes = history is not None and self.lanes.show_history(history, self._seen.window(history))
        self.figures["lanes"].show_sentence(
            "" if lanes else memory_words.no_levels_sentence(self.session)
        )
        rates = history is not None and self.rates.show_history(history)
        self.figures["rates"].show_sentence(
            "" if rates else memory_words.no_rates_sentence(self.session)
        )
        looks = 0 if history is None else len(history.memory.steps)
        self.strip.set_looks(looks)
        if not looks:
            self.scrub_words.setText("")
            for name in (self.looks | self.deeper).keys() - {"norms"}:
                self.figures[name].show_sentence(why)
            return
        self._read_look(self.scrubber.value())

    @Slot(int)
    def _read_look(self, index: int) -> None:
        history, run, deep = self.session.history, self.session.run, self._deep_looks
        if history is None or run is None or deep is None or index >= len(history.memory.steps):
            return
        step = float(history.memory.steps.values[index])
        self.scrub_words.setText(self.tr("Look at step {step}").format(step=number(step)))
        if step == self._shown_step:
            return
        self._shown_step = step
        path = next(probe.path for probe in reversed(history.probes) if probe.step == step)
        self._reader.run(partial(read_look, run.path / path, deep, step))

    @Slot(bool)
    def _follow_newest(self, on: bool) -> None:
        if on:
            self._draw()

    @Slot(object)
    def _show_look(self, look: Look) -> None:
        self._drawing_looks.start(look)

    def _without(self, name: str) -> str:
        return memory_words.without_sentence(name, self.session.run)

    @Slot(object)
    def _probe_is_gone(self, _error: Exception) -> None:
        gone = self.tr(
            "This look is not kept any more: looks that stand close together are left out."
        )
        for name in self.looks:
            self.figures[name].show_sentence(gone)
