"""The strip above linked plots: what lies along x, how much is smoothed, follow the newest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QBoxLayout, QComboBox, QHBoxLayout, QPushButton, QWidget

from hope_core.analysis.history import AXES
from hope_core.analysis.smoothing import KERNELS
from hope_studio.widgets.ghost_choice import GhostChoice
from hope_studio.widgets.labels import label
from hope_studio.widgets.plot_menu import SMOOTHINGS, kernel_name, smoothing_name

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from hope_studio.widgets.plot_group import PlotGroup

NARROWEST = 84
"""Pixels of a choice in a narrow window."""
WIDEST = 220
"""Pixels of the list of runs, some of which have long names."""
GHOST_STRETCH = 100
"""It gets what room there is before any is left empty."""


class PlotTools(QWidget):
    """Controls that all plots of a group obey."""

    def __init__(self, group: PlotGroup) -> None:
        super().__init__()
        self.group = group
        self.axis_label = label(role="muted")
        self.axis = QComboBox()
        self.smoothing_label = label(role="muted")
        self.smoothing = QComboBox()
        self.kernel = QComboBox()
        self.ghost_label = label(role="muted")
        self.ghost = GhostChoice()
        self.log_x = QPushButton()
        self.follow = QPushButton()
        self._lay_out()
        self.retranslate()
        self.axis.activated.connect(self._choose_axis)
        self.smoothing.activated.connect(self._choose_smoothing)
        self.kernel.activated.connect(self._choose_kernel)
        self.ghost.chosen.connect(group.set_ghost)
        self.log_x.toggled.connect(group.set_log_x)
        self.follow.clicked.connect(self._follow)
        group.following_changed.connect(self.show_look)
        group.look_changed.connect(self.show_look)

    def retranslate(self) -> None:
        """Set every text."""
        self.axis_label.setText(self.tr("Along x"))
        self.smoothing_label.setText(self.tr("Smoothing"))
        self.kernel.setAccessibleName(self.tr("Kind of smoothing"))
        self.kernel.setToolTip(
            self.tr(
                "An average looks back only, so it lags; a Gaussian looks both ways, "
                "and its newest end still moves. The raw values stay in view."
            )
        )
        self.ghost_label.setText(self.tr("Behind it"))
        self.ghost.retranslate()
        self.log_x.setText(self.tr("Log x"))
        self.log_x.setToolTip(self.tr("Draw the x axis of all plots in powers of ten"))
        self.follow.setText(self.tr("Whole run"))
        self.follow.setToolTip(self.tr("Keep the whole run in view as it grows"))
        names = {
            "step": self.tr("Steps"),
            "tokens": self.tr("Tokens"),
            "seconds": self.tr("Training time"),
        }
        _fill(self.axis, {axis: names[axis] for axis in AXES})
        _fill(self.smoothing, {weight: smoothing_name(weight) for weight in SMOOTHINGS})
        _fill(self.kernel, {kernel: kernel_name(kernel) for kernel in KERNELS})
        self.show_look()

    @Slot()
    @Slot(bool)
    def show_look(self, _following: bool = False) -> None:
        """Show what the group does."""
        self.axis.setCurrentIndex(self.axis.findData(self.group.view.axis))
        self.smoothing.setCurrentIndex(self.smoothing.findData(self.group.smoothing.weight))
        self.kernel.setCurrentIndex(self.kernel.findData(self.group.smoothing.kernel))
        self.kernel.setEnabled(self.group.smoothing.weight > 0)
        self.log_x.setChecked(self.group.view.log)
        self.follow.setChecked(self.group.following)

    def _lay_out(self) -> None:
        self._rows = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(8)
        self._parts = curves, view = QHBoxLayout(), QHBoxLayout()
        for row, name, choices in (
            (curves, self.axis_label, [self.axis]),
            (curves, self.smoothing_label, [self.smoothing, self.kernel]),
            (view, self.ghost_label, [self.ghost]),
        ):
            row.setSpacing(8)
            name.setBuddy(choices[0])
            row.addWidget(name)
            for choice in choices:
                choice.setMinimumWidth(NARROWEST)
                row.addWidget(choice, GHOST_STRETCH if choice is self.ghost else 0)
        for row in (curves, view):
            row.addStretch(1)
        for button in (self.log_x, self.follow):
            button.setCheckable(True)
            view.addWidget(button)
        self._rows.addLayout(curves)
        self._rows.addLayout(view, 1)
        self.ghost.setMaximumWidth(WIDEST)
        for widget in (self.axis, self.smoothing, self.kernel):
            widget.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Takes a second row before a choice is cut."""
        super().resizeEvent(event)
        hints = sum(part.sizeHint().width() for part in self._parts)
        fits = hints + self._rows.spacing() <= event.size().width()
        ways = QBoxLayout.Direction
        self._rows.setDirection(ways.LeftToRight if fits else ways.TopToBottom)

    @Slot(int)
    def _choose_axis(self, index: int) -> None:
        self.group.set_axis(self.axis.itemData(index))

    @Slot(int)
    def _choose_smoothing(self, index: int) -> None:
        self.group.set_smoothing(self.smoothing.itemData(index))

    @Slot(int)
    def _choose_kernel(self, index: int) -> None:
        self.group.set_kernel(self.kernel.itemData(index))

    @Slot()
    def _follow(self) -> None:
        self.group.set_following(True)
        self.show_look()


def _fill(box: QComboBox, choices: dict[str, str] | dict[float, str]) -> None:
    current = box.currentIndex()
    box.clear()
    for data, text in choices.items():
        box.addItem(text, data)
    box.setCurrentIndex(max(current, 0))
