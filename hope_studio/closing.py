"""The question when the window is closed while a run is live."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMessageBox

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

translate = QCoreApplication.translate


class Closing(Enum):
    """What shall become of the run."""

    BACKGROUND = "background"
    SAVE_AND_STOP = "save_and_stop"
    DISCARD = "discard"
    CANCEL = "cancel"


def closing_question(
    parent: QWidget | None, *, run: str, background: bool
) -> tuple[QMessageBox, dict[object, Closing]]:
    """The dialog and what each of its buttons means; without `background` it says why."""
    box = QMessageBox(parent)
    box.setObjectName("closing")
    box.setIcon(QMessageBox.Icon.Question)
    box.setWindowTitle(translate("Closing", "A run is going on"))
    box.setText(
        translate("Closing", "The run {name} is going on. What shall become of it?").format(
            name=run
        )
    )
    meaning: dict[object, Closing] = {}
    if background:
        keep = box.addButton(
            translate("Closing", "Keep training in the background"),
            QMessageBox.ButtonRole.AcceptRole,
        )
        box.setInformativeText(
            translate("Closing", "You can open it again from the Runs page at any time.")
        )
        meaning[keep] = Closing.BACKGROUND
    else:
        box.setInformativeText(
            translate("Closing", "It trains inside this window, so it cannot go on without it.")
        )
    save = box.addButton(translate("Closing", "Save and stop"), QMessageBox.ButtonRole.AcceptRole)
    discard = box.addButton(
        translate("Closing", "Stop without saving"), QMessageBox.ButtonRole.DestructiveRole
    )
    cancel = box.addButton(QMessageBox.StandardButton.Cancel)
    meaning |= {save: Closing.SAVE_AND_STOP, discard: Closing.DISCARD, cancel: Closing.CANCEL}
    box.setDefaultButton(save)
    box.setEscapeButton(cancel)
    return box, meaning


def ask_how_to_close(parent: QWidget, *, run: str, background: bool) -> Closing:
    """Ask, and wait for the answer."""
    box, meaning = closing_question(parent, run=run, background=background)
    box.exec()
    return meaning.get(box.clickedButton(), Closing.CANCEL)
