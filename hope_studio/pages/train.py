"""The live page: six linked plots, how the run is doing, what it writes, and what can be asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import (
    QAbstractButton,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from hope_core.runs.events import SampleWritten
from hope_studio.branching import Branching, branch_question
from hope_studio.messages import Message
from hope_studio.pages.page import Page
from hope_studio.panels import find_panels
from hope_studio.steps_seen import steps_seen_of
from hope_studio.widgets.live_controls import LiveControls
from hope_studio.widgets.now_card import NowCard
from hope_studio.widgets.page_column import MARGIN, SPACING
from hope_studio.widgets.panel_grid import PanelGrid
from hope_studio.widgets.plot_group import PlotGroup
from hope_studio.widgets.plot_tools import PlotTools
from hope_studio.widgets.samples_list import SamplesList

if TYPE_CHECKING:
    from hope_studio.panels.panel import Panel
    from hope_studio.session import Session

USUAL_PANELS = 6
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
        steps_seen_of(session).watch(self.group)
        self.tools = PlotTools(self.group)
        self.grid = PanelGrid()
        self._unbuilt = find_panels()
        self.now = NowCard()
        self.samples = SamplesList()
        self.live = LiveControls(session)
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
        self.live.retranslate()
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
        self.tools.ghost.set_run(self.session.run)
        self.samples.set_samples(history.samples if history else [])
        self.samples.show_empty(self._no_samples_sentence())
        self._show_figures()
        self.phase_changed()

    def phase_changed(self) -> None:
        """Only a trainer that is there can be asked for something."""
        self.live.follow_phase()
        self._figures.start()

    def busy(self) -> bool:
        """Whether a plot is still to be built or drawn."""
        return self._building.isActive() or self.tools.ghost.busy or not self.group.idle

    @property
    def panels(self) -> list[Panel]:
        """The panels built so far, in their order on the page."""
        return self.grid.panels

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
        self.session.step_pointed.connect(self._point_at)
        self.live.branch_asked.connect(self._ask_to_branch)

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
            self.grid.arrange()
            self.repaint()
            self._building.stop()
            return
        panel = self._unbuilt.pop(0)(self.session, self.group)
        panel.setUpdatesEnabled(False)
        panel.new_run()
        panel.retranslate()
        panel.plot.trouble.connect(self._tell)
        self.grid.add(panel)
        self.group.wake()

    def _lay_out(self) -> None:
        self.grid.expect(USUAL_PANELS)
        row = QHBoxLayout()
        row.setSpacing(SPACING)
        row.addWidget(self.grid, 1)
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
        column.addWidget(self.live)
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
        self.live.show_factor()
        self.live.follow_phase()
        self.grid.arrange()

    @Slot(object)
    def _point_at(self, step: int) -> None:
        self.session.show_page(self.name)
        self.group.point_at(step)

    @Slot()
    def _ask_to_branch(self) -> None:
        run, history = self.session.run, self.session.history
        if run is None or history is None:
            return
        live = self.session.phase.live
        saved = history.checkpoints[-1].step if history.checkpoints else 0
        self.question, self._answers = branch_question(
            self,
            run=run.name,
            step=history.step if live else saved,
            live=live,
            settings=(run.config, self.session.config),
        )
        self.question.buttonClicked.connect(self._branch)
        self.question.open()

    @Slot(QAbstractButton)
    def _branch(self, button: QAbstractButton) -> None:
        run = self.session.run
        match self._answers.get(button):
            case Branching.BEGIN:
                self.session.branch_off()
            case Branching.EDIT if run is not None:
                self.session.set_config(run.config)
                self.session.show_page("configure")

    @Slot(object)
    def _tell(self, error: Exception) -> None:
        self.session.noticed.emit(Message(str(error), severity="error"))
