"""The menu of a plot: scales, smoothing, outliers, and ways to take it along."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu

from hope_core.analysis.smoothing import KERNELS

if TYPE_CHECKING:
    from hope_studio.widgets.plot import Plot

translate = QCoreApplication.translate

SMOOTHINGS = (0.0, 0.6, 0.9, 0.97, 0.99)
"""Weights offered, from none to strong."""


def plot_menu(plot: Plot) -> QMenu:
    """A fresh menu for a plot; it deletes itself with the plot."""
    menu = QMenu(plot)
    group = plot.group
    whole = menu.addAction(translate("PlotMenu", "Show the whole run"))
    whole.setEnabled(not group.following)
    whole.triggered.connect(partial(group.set_following, True))
    menu.addAction(translate("PlotMenu", "Maximise or restore")).triggered.connect(
        plot.maximise_asked
    )
    for text, by in (
        (translate("PlotMenu", "Move to the place before"), -1),
        (translate("PlotMenu", "Move to the place after"), 1),
    ):
        menu.addAction(text).triggered.connect(partial(_move, plot, by))
    menu.addSeparator()
    for text, checked, slot in (
        (translate("PlotMenu", "Logarithmic y axis"), plot.log_y, plot.set_log_y),
        (translate("PlotMenu", "Logarithmic x axis, all plots"), group.view.log, group.set_log_x),
        (translate("PlotMenu", "Leave outliers out of view"), plot.clip, plot.set_clip),
    ):
        action = menu.addAction(text)
        action.setCheckable(True)
        action.setChecked(checked)
        action.toggled.connect(slot)
    _add_smoothing(menu, plot)
    menu.addSeparator()
    menu.addAction(translate("PlotMenu", "Copy picture")).triggered.connect(
        partial(copy_picture, plot)
    )
    for text, ending in (
        (translate("PlotMenu", "Save as PNG picture ..."), "png"),
        (translate("PlotMenu", "Save as SVG drawing ..."), "svg"),
        (translate("PlotMenu", "Save all data as CSV ..."), "csv"),
    ):
        menu.addAction(text).triggered.connect(partial(ask_and_save, plot, ending))
    return menu


def kernel_name(kernel: str) -> str:
    """A kind of smoothing in words."""
    names = {
        "average": translate("PlotMenu", "Moving average"),
        "gauss": translate("PlotMenu", "Gaussian"),
    }
    return names[kernel]


def smoothing_name(weight: float) -> str:
    """A weight in words."""
    if weight == 0.0:
        return translate("PlotMenu", "No smoothing")
    return translate("PlotMenu", "Over about {count} steps").format(
        count=round(1.0 / (1.0 - weight))
    )


def copy_picture(plot: Plot, _checked: bool = False) -> None:
    """Put the plot on the clipboard, twice as sharp as on the screen."""
    from hope_studio.widgets.plot_export import picture_of

    QApplication.clipboard().setImage(picture_of(plot))


def ask_and_save(plot: Plot, ending: str, _checked: bool = False) -> None:
    """Ask for a file and write the plot there."""
    from hope_studio.widgets.plot_export import save_plot

    title = plot.accessibleName() or "plot"
    name = f"{title}.{ending}".replace("/", " ")
    path, _ = QFileDialog.getSaveFileName(
        plot, translate("PlotMenu", "Save plot"), name, f"*.{ending}"
    )
    if path:
        whole = path if path.endswith(f".{ending}") else f"{path}.{ending}"
        save_plot(plot, whole)


def _add_smoothing(menu: QMenu, plot: Plot) -> None:
    if not any(curve.smooth for curve in plot.curves):
        return
    submenu = menu.addMenu(translate("PlotMenu", "Smoothing, all plots"))
    choices = QActionGroup(submenu)
    for weight in SMOOTHINGS:
        action = submenu.addAction(smoothing_name(weight))
        action.setCheckable(True)
        action.setChecked(weight == plot.group.smoothing.weight)
        action.triggered.connect(partial(_choose, plot, weight))
        choices.addAction(action)
    submenu.addSeparator()
    kernels = QActionGroup(submenu)
    for kernel in KERNELS:
        action = submenu.addAction(kernel_name(kernel))
        action.setCheckable(True)
        action.setChecked(kernel == plot.group.smoothing.kernel)
        action.triggered.connect(partial(_choose_kernel, plot, kernel))
        kernels.addAction(action)


def _move(plot: Plot, by: int, _checked: bool = False) -> None:
    plot.move_asked.emit(by)


def _choose_kernel(plot: Plot, kernel: str, _checked: bool = False) -> None:
    plot.group.set_kernel(kernel)


def _choose(plot: Plot, weight: float, _checked: bool = False) -> None:
    plot.group.set_smoothing(weight)
