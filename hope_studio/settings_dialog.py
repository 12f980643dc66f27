"""What a person may choose about the program itself; every choice counts at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from hope_core.errors import HopeError
from hope_studio import desktop_entry, hints
from hope_studio.core_words import core_words
from hope_studio.preferences import KEEP_AWAKE, LOW_PRIORITY, NOTIFY, SOUND, SWITCHES, is_on, turn
from hope_studio.widgets.labels import label, without_mnemonic

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from hope_studio.menus import Menus


class SettingsDialog(QDialog):
    """Choices that the menus have too are the menus' own actions, so that both always agree."""

    def __init__(self, parent: QWidget, menus: Menus) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        run = menus.frame.actions
        self.theme = _ActionChoice(menus.themes)
        self.language = _ActionChoice(menus.languages)
        self.trainer = _ActionChoice([run.in_process, run.in_thread])
        self.switches = {key: QCheckBox() for key in SWITCHES}
        self.hints_button = QPushButton()
        self.layout_button = QPushButton()
        self._labels = [label() for _ in range(3)]
        form = QFormLayout()
        form.setHorizontalSpacing(24)
        form.setVerticalSpacing(12)
        for name, choice in zip(
            self._labels, (self.theme, self.language, self.trainer), strict=True
        ):
            name.setBuddy(choice)
            name.setMinimumHeight(choice.sizeHint().height())
            form.addRow(name, choice)
        for key, box in self.switches.items():
            box.setChecked(is_on(key))
            box.setProperty("key", key)
            box.toggled.connect(self._turn)
            form.addRow(box)
        self.entry = QCheckBox()
        self.entry.setChecked(desktop_entry.entry_path().exists())
        self.entry.toggled.connect(self._put_entry)
        if desktop_entry.is_possible():
            form.addRow(self.entry)
        form.addRow(self.hints_button)
        form.addRow(self.layout_button)
        self.note = label(role="muted", wrap=True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        self.hints_button.clicked.connect(hints.show_again)
        self.layout_button.clicked.connect(menus.frame.docks.show_simple)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(16)
        column.addLayout(form)
        column.addWidget(self.note)
        column.addStretch(1)
        column.addWidget(buttons)
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text."""
        self.setWindowTitle(self.tr("Settings of the program"))
        names = (self.tr("Theme"), self.tr("Language"), self.tr("The next run trains"))
        for name, text in zip(self._labels, names, strict=True):
            name.setText(text)
        texts = {
            NOTIFY: self.tr("Tell me when a run ends or fails while I am elsewhere"),
            SOUND: self.tr("With a sound"),
            KEEP_AWAKE: self.tr("Keep the machine awake while a run trains"),
            LOW_PRIORITY: self.tr("Let all other programs go first (trains slower beside them)"),
        }
        for key, text in texts.items():
            self.switches[key].setText(text)
        self.entry.setText(self.tr("In the applications menu"))
        self.entry.setToolTip(
            self.tr(
                "The desktop then knows the program's icon, and docks that can (those of KDE and "
                "Ubuntu) show how far a run is."
            )
        )
        self.hints_button.setText(self.tr("Show the first hints again"))
        self.layout_button.setText(self.tr("Back to the first arrangement of the window"))
        self.note.setText(
            self.tr("How a run trains is decided by the run that starts next, not by a live one.")
        )
        for choice in (self.theme, self.language, self.trainer):
            choice.retranslate()

    def changeEvent(self, event: QEvent) -> None:
        """Sets the texts again after a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    @Slot(bool)
    def _turn(self, on: bool) -> None:
        turn(self.sender().property("key"), on)

    @Slot(bool)
    def _put_entry(self, on: bool) -> None:
        """Add the program to the menu or take it out; a folder that refuses is told of."""
        try:
            desktop_entry.put() if on else desktop_entry.remove()
        except (HopeError, OSError) as error:
            self.note.setText(core_words(str(error)))


class _ActionChoice(QComboBox):
    """A list of actions of which one is checked; to choose one is to trigger it."""

    def __init__(self, actions: list[QAction]) -> None:
        super().__init__()
        self._actions = actions
        self.addItems([""] * len(actions))
        self.setEnabled(all(action.isEnabled() for action in actions))
        self.activated.connect(self._choose)

    def retranslate(self) -> None:
        """Say what the actions say."""
        for place, action in enumerate(self._actions):
            self.setItemText(place, without_mnemonic(action.text()))
            if action.isChecked():
                self.setCurrentIndex(place)

    @Slot(int)
    def _choose(self, place: int) -> None:
        self._actions[place].trigger()
