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
from hope_studio.widgets.gate_strips import GateStrips
from hope_studio.widgets.labels import label
from hope_studio.widgets.memory_words import no_memory_sentence
from hope_studio.widgets.norm_map_view import NormMapView
from hope_studio.widgets.page_column import PageColumn
from hope_studio.widgets.plot_lanes import LevelLanes
from hope_studio.widgets.quantities import number
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
        self.figures = {
            "norms": Figure(self.norms),
            "lanes": Figure(self.lanes),
            "surprise": Figure(self.surprise),
            "gates": Figure(self.gates),
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
        self.figures["norms"].set_words(
            self.tr("Memory norm, every head"),
            self.tr(
                "One row a head, over the steps of training. Blue: the memory holds less than at "
                "the first look, orange: more. Click a row to see it by itself."
            ),
            self.tr(
                "log10(|M_s| / |M_first|): |M| is the Frobenius norm of a head's memory matrix "
                "after it read the probe text (memory_norm)."
            ),
        )
        self.figures["lanes"].set_words(
            self.tr("Level clocks"),
            self.tr("A tick at each real update. Slow levels keep what fast ones forget."),
            self.tr(
                "Level l adds up its gradient and steps when step mod C_l = 0 "
                "(clock, learning_rate_factor)."
            ),
        )
        self.figures["surprise"].set_words(
            self.tr("Surprise"),
            self.tr("The probe text: the deeper the colour, the less the memory expected it."),
            self.tr(
                "|grad l(M; k_t, v_t)| with l = 1/2 |M k - v|^2: how far a token wants to move the "
                "memory (surprise). Colours show ranks."
            ),
        )
        self.figures["gates"].set_words(
            self.tr("Gates"),
            self.tr("One column a token, one row a head: pale is 0, deep is the most."),
            self.tr(
                "S_t = eta_t S_(t-1) - theta_t grad l;  M_t = (1 - alpha_t) M_(t-1) + S_t. "
                "Half-life = ln 2 / mean(-ln(1 - alpha))."
            ),
        )
        self.scrubber.setAccessibleName(self.tr("Look at step"))
        self.follow.setText(self.tr("Newest look"))
        self.follow.setToolTip(self.tr("Keep showing the newest look as the run goes on"))
        self.gates.retranslate()
        self.surprise.retranslate()
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
            for name in ("surprise", "gates"):
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
        shown = self.surprise.show_probe(probe)
        self.figures["surprise"].show_sentence("" if shown else none)
        gates = self.gates.show_probe(probe)
        self.figures["gates"].show_sentence("" if gates else none)

    @Slot(object)
    def _probe_is_gone(self, _error: Exception) -> None:
        gone = self.tr("This look is not kept any more: only the newest ones are.")
        for name in ("surprise", "gates"):
            self.figures[name].show_sentence(gone)
