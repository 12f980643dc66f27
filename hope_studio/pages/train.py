"""The live page: six linked plots, how the run is doing, what it writes, and what can be asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from hope_core.runs.events import SampleWritten
from hope_studio.messages import Message
from hope_studio.pages.page import Page
from hope_studio.panels import find_panels
from hope_studio.phases import Phase
from hope_studio.theme import set_icon
from hope_studio.widgets.now_card import NowCard
from hope_studio.widgets.page_column import MARGIN, SPACING
from hope_studio.widgets.plot_group import PlotGroup
from hope_studio.widgets.plot_tools import PlotTools
from hope_studio.widgets.samples_list import SamplesList

if TYPE_CHECKING:
    from hope_studio.panels.panel import Panel
    from hope_studio.session import Session

COLUMNS = 2
SIDE_WIDTH = 300
FIGURES_MS = 200
"""Between two looks at the figures of the Now card."""


class TrainPage(Page):
    """Everything about a run while it trains."""

    name: ClassVar[str] = "train"
    icon: ClassVar[str] = "train"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.group = PlotGroup(self)
        self.tools = PlotTools(self.group)
        self.panels: list[Panel] = []
        self._unbuilt = find_panels()
        self.now = NowCard()
        self.samples = SamplesList()
        self.sample_button = QPushButton()
        self.save_button = QPushButton()
        self._maximised: Panel | None = None
        self._figures = QTimer(self, interval=FIGURES_MS, singleShot=True)
        self._figures.timeout.connect(self._show_figures)
        self._building = QTimer(self, interval=0)
        self._building.timeout.connect(self._build_next)
        self._building.start()
        self._lay_out()
        self._connect()
        self.retranslate()
        self.run_changed()

    def retranslate(self) -> None:
        """Set every text of the page's own."""
        self.tools.retranslate()
        self.now.retranslate()
        self.samples.retranslate()
        self.sample_button.setText(self.tr("Sample now"))
        self.sample_button.setToolTip(self.tr("Write a sample after the step in progress"))
        self.save_button.setText(self.tr("Save now"))
        self.save_button.setToolTip(self.tr("Save a checkpoint after the step in progress"))
        self.samples.show_empty(self._no_samples_sentence())
        self._show_figures()

    def shown(self) -> None:
        """Draw what was missed."""
        self.group.wake()
        self._show_figures()

    def run_changed(self) -> None:
        """Show another run, all of it."""
        history = self.session.history
        self.group.set_history(history)
        self.samples.set_samples(history.samples if history else [])
        self.samples.show_empty(self._no_samples_sentence())
        self._show_figures()
        self.phase_changed()

    def phase_changed(self) -> None:
        """Only a trainer that is there can be asked for something."""
        listening = self.session.phase in (Phase.RUNNING, Phase.PAUSING, Phase.PAUSED)
        self.sample_button.setEnabled(listening)
        self.save_button.setEnabled(listening)
        self._figures.start()

    def busy(self) -> bool:
        """Whether a plot is still to be built or drawn."""
        return self._building.isActive() or not self.group.idle

    @property
    def built(self) -> bool:
        """Whether every plot stands and is drawn."""
        return not self.busy()

    @Slot(object)
    def events_came(self, _batch: object) -> None:
        """New numbers: the plots and the figures look at the history soon."""
        if self.isVisible():
            self.group.wake()
            if not self._figures.isActive():
                self._figures.start()

    def _connect(self) -> None:
        self.on(SampleWritten, self.samples.add)
        self.session.events_arrived.connect(self.events_came)
        self.sample_button.clicked.connect(self._sample)
        self.save_button.clicked.connect(self._save)

    @Slot()
    def _build_next(self) -> None:
        """Build one panel a turn, since all of them at once would hold the window up.

        They are painted together, when all are built and drawn: each would make its neighbours
        paint again.
        """
        if not self._unbuilt:
            self.group.draw_stale()
            for panel in self.panels:
                panel.setUpdatesEnabled(True)
            self.repaint()
            self._building.stop()
            return
        panel = self._unbuilt.pop(0)(self.session, self.group)
        panel.setUpdatesEnabled(False)
        panel.new_run()
        panel.retranslate()
        panel.plot.maximise_asked.connect(self._maximise)
        panel.plot.trouble.connect(self._tell)
        self._grid.addWidget(panel, *divmod(len(self.panels), COLUMNS))
        self.panels.append(panel)
        self.group.wake()

    def _lay_out(self) -> None:
        self._grid = QGridLayout()
        self._grid.setSpacing(10)
        for line in range(-(-len(self._unbuilt) // COLUMNS)):
            self._grid.setRowStretch(line, 1)
        for column in range(COLUMNS):
            self._grid.setColumnStretch(column, 1)
        row = QHBoxLayout()
        row.setSpacing(SPACING)
        row.addLayout(self._grid, 1)
        row.addWidget(self._side())
        body = QWidget()
        body.setObjectName("scroll_body")
        whole = QVBoxLayout(body)
        whole.setContentsMargins(MARGIN, SPACING, MARGIN, SPACING)
        whole.setSpacing(SPACING)
        whole.addWidget(self.tools)
        whole.addLayout(row, 1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(body)
        frame = QVBoxLayout(self)
        frame.setContentsMargins(0, 0, 0, 0)
        frame.addWidget(scroll)

    def _side(self) -> QWidget:
        side = QWidget()
        side.setFixedWidth(SIDE_WIDTH)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.now)
        buttons = QHBoxLayout()
        set_icon(self.sample_button, "sample")
        set_icon(self.save_button, "save")
        buttons.addWidget(self.sample_button)
        buttons.addWidget(self.save_button)
        column.addLayout(buttons)
        column.addWidget(self.samples, 1)
        self.samples.setMinimumHeight(160)
        return side

    def _no_samples_sentence(self) -> str:
        run = self.session.run
        if run is None:
            return self.tr("What the model writes while it learns stands here.")
        if not run.config.train.sample_every:
            return self.tr("The first sample comes at the end of the run.")
        text = self.tr("No sample yet: the first comes at step {step}.")
        return text.format(step=run.config.train.sample_every)

    @Slot()
    def _show_figures(self) -> None:
        run = self.session.run
        patience = run.config.train.patience if run else 0
        self.now.show_history(self.session.history, patience)

    @Slot()
    def _sample(self) -> None:
        self.session.sample_now()

    @Slot()
    def _save(self) -> None:
        self.session.save_now()

    @Slot()
    def _maximise(self) -> None:
        """Give one plot the whole grid, or show all of them again."""
        asked = next(panel for panel in self.panels if panel.plot is self.sender())
        self._maximised = None if self._maximised is asked else asked
        for panel in self.panels:
            panel.setVisible(self._maximised in (None, panel))
        self.group.wake()

    @Slot(object)
    def _tell(self, error: Exception) -> None:
        self.session.noticed.emit(Message(str(error), severity="error"))
