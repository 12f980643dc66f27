"""The run bar: choose, start, steer and watch the open run; it never leaves its place.

It keeps no state: buttons follow `hope_studio.controls`, figures follow the session's history.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
)

from hope_core.analysis.eta import progress
from hope_studio.controls import CONTROLS, MIDDLE_ICONS, badge_text, middle_text, phase_words
from hope_studio.theme.icons import set_icon
from hope_studio.widgets.device_choice import DeviceChoice
from hope_studio.widgets.elided_label import ElidedLabel
from hope_studio.widgets.labels import label, restyle
from hope_studio.widgets.quantities import percent
from hope_studio.widgets.run_figures import figure_words
from hope_studio.widgets.setting_words import translated
from hope_studio.widgets.split_button import split_button

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from hope_core.inference.messages import HardwareReply
    from hope_core.runs.events import PhaseProgress
    from hope_studio.actions import Actions
    from hope_studio.session import Session

ROOMY_LETTERS = 195
"""Below this width, in letters, buttons show their icons only; the tool tips have the words."""

ROOMY_WIDTHS, NARROW_WIDTHS = (190, 170, 60), (134, 132, 40)
"""Pixels: the most that the preset and the device take, the least of the progress bar."""


class RunBar(QFrame):
    """[preset][device] Train, Pause, Step, Stop, and how the run is doing."""

    def __init__(self, session: Session, actions: Actions) -> None:
        super().__init__()
        self.setObjectName("run_bar")
        self.session = session
        self.actions_ = actions
        self._filled = False
        self.preset = QComboBox()
        self.device = DeviceChoice(session)
        self.train_button = QPushButton()
        self.middle_button = QPushButton()
        self.step_button = split_button(actions.step, actions.step_menu)
        self.stop_button = split_button(actions.stop_keep, actions.stop_menu)
        self.name = ElidedLabel()
        self.badge = label(role="badge")
        self.figures = label(role="muted")
        self.bar = QProgressBar()
        self._lay_out()
        self._connect()
        self.retranslate()
        # The settings classes are slow to import, so the pages are drawn before.
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self.fill)
        self._soon.start()

    @Slot()
    def fill(self) -> None:
        """Offer the presets and show the settings being edited."""
        from hope_core.config.presets import preset_names

        self._filled = True
        for name in preset_names():
            self.preset.addItem(translated(name), name)
        self.show_config()

    def retranslate(self) -> None:
        """Set every text again."""
        self.preset.setAccessibleName(self.tr("Preset"))
        self.preset.setToolTip(self.tr("The settings of the next run"))
        self.device.retranslate()
        self.bar.setAccessibleName(self.tr("Progress of the run"))
        self.train_button.setText(self.tr("Train"))
        for index in range(self.preset.count()):
            self.preset.setItemText(index, translated(self.preset.itemData(index)))
        self.show_config()
        self.follow_phase()

    def show_hardware(self, hardware: HardwareReply) -> None:
        """Offer the devices of this machine."""
        self.device.offer(hardware.devices, self.session.config)

    @Slot()
    def show_config(self) -> None:
        """Name the settings being edited."""
        if not self._filled:
            return
        config = self.session.config
        self.preset.blockSignals(True)
        index = self.preset.findData(config.name)
        if index < 0:
            self.preset.addItem(config.name, config.name)
            index = self.preset.count() - 1
        self.preset.setCurrentIndex(index)
        self.preset.blockSignals(False)
        self.device.show_config(config)
        words = self.tr("Train {name}")
        self.train_button.setText(words.format(name=self.preset.currentText()))
        self.train_button.setToolTip(self.tr("Start a new run with these settings (Ctrl+R)"))

    @Slot()
    def follow_phase(self) -> None:
        """Enable and name the buttons by the table."""
        phase = self.session.phase
        controls = CONTROLS[phase]
        self.train_button.setEnabled(controls.train)
        self.preset.setEnabled(controls.train)
        self.device.setEnabled(controls.train)
        self.middle_button.setEnabled(controls.middle_enabled)
        self.middle_button.setToolTip(middle_text(phase))
        self.middle_button.setAccessibleName(middle_text(phase))
        self._use_room()
        set_icon(self.middle_button, MIDDLE_ICONS[controls.middle])
        self.badge.setText(badge_text(phase))
        restyle(self.badge, tone=controls.tone)
        run = self.session.run
        self.name.setText(run.path.name if run is not None else "")
        self.name.set_hint(str(run.path) if run is not None else "")
        self.show_figures()

    @Slot()
    def show_figures(self) -> None:
        """Step, progress, time left and speed of the open run."""
        history = self.session.history
        self.bar.setVisible(history is not None and history.started is not None)
        if history is not None and history.phase is not None and history.last is None:
            self._show_preparation(history.phase)
            return
        if history is None or history.started is None:
            self.figures.hide()
            return
        self.bar.setMaximum(1000)
        self.bar.setValue(round(1000 * progress(history)))
        self._say(figure_words(history, live=self.session.phase.live, roomy=self._roomy))

    def _show_preparation(self, phase: PhaseProgress) -> None:
        """How far a phase before the first step is; one without a known end keeps moving."""
        self.bar.show()
        self.bar.setMaximum(max(phase.total, 0))
        self.bar.setValue(phase.done)
        share = percent(phase.done / phase.total) if phase.total else ""
        self._say(f"{phase_words(phase.phase)} {share}".rstrip())

    def _say(self, words: str) -> None:
        """The figures; what a narrow window cuts off stands in the tool tip."""
        self.figures.setText(words)
        self.figures.setToolTip(words)
        self.figures.show()

    # -- inside ----------------------------------------------------------------------------------
    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 5, 12, 5)
        row.setSpacing(8)
        for choice in (self.preset, self.device):
            choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
            choice.setMinimumWidth(96)
        self.train_button.setProperty("primary", True)
        set_icon(self.train_button, "play", "on_accent")
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(8)
        self.bar.setMaximumWidth(180)
        self.figures.setMinimumWidth(40)
        chosen = (self.preset, self.device, self.train_button, self.middle_button)
        for widget in (*chosen, self.step_button, self.stop_button):
            row.addWidget(widget)
        row.addWidget(self.name, 2)
        row.addWidget(self.badge, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.bar, 1)
        row.addWidget(self.figures)

    def _connect(self) -> None:
        self.preset.activated.connect(self._take_preset)
        self.train_button.clicked.connect(self.actions_.train.trigger)
        self.middle_button.clicked.connect(self.actions_.middle.trigger)
        self.session.config_changed.connect(self.show_config)
        self.session.phase_changed.connect(self.follow_phase)
        self.session.run_changed.connect(self.follow_phase)
        self.session.events_arrived.connect(self.show_figures)

    @Slot(int)
    def _take_preset(self, index: int) -> None:
        self.session.load_preset(self.preset.itemData(index))

    @property
    def _roomy(self) -> bool:
        return self.width() >= ROOMY_LETTERS * self.fontMetrics().averageCharWidth()

    def _use_room(self) -> None:
        """Words beside the icons of the buttons, where there is room."""
        style = Qt.ToolButtonStyle
        look = style.ToolButtonTextBesideIcon if self._roomy else style.ToolButtonIconOnly
        for button in (self.step_button, self.stop_button):
            button.setToolButtonStyle(look)
        self.middle_button.setText(middle_text(self.session.phase) if self._roomy else "")
        widths = ROOMY_WIDTHS if self._roomy else NARROW_WIDTHS
        self.preset.setMaximumWidth(widths[0])
        self.device.setMaximumWidth(widths[1])
        self.bar.setMinimumWidth(widths[2])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Uses more or less room."""
        super().resizeEvent(event)
        self.follow_phase()

    def changeEvent(self, event: QEvent) -> None:
        """Sets the texts again after a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
