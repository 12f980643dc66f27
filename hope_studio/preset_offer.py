"""Settings from a file: what they would change is shown before they take the place of others."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QApplication, QCheckBox, QDialog, QDialogButtonBox, QVBoxLayout

from hope_studio.background import Background
from hope_studio.widgets.differences_list import DifferencesList
from hope_studio.widgets.labels import label

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from hope_core.config.run import RunConfig
    from hope_studio.session import Session


class PresetOffer(QObject):
    """Reads a file of settings, asks, and has the session edit them.

    Signals:
        kept: the file shall be kept among the user's own presets, and edited; carries nothing.
        taken: the settings are being edited now; carries nothing.
        failed: an error to show.
    """

    kept = Signal()
    taken = Signal()
    failed = Signal(object)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._path: Path | None = None
        self.dialog: SettingsDifference | None = None
        self._reading = Background()
        self._reading.done.connect(self._ask)
        self._reading.failed.connect(self.failed)

    @property
    def busy(self) -> bool:
        """Whether the file is being read, or the question stands."""
        return self._reading.busy or self.dialog is not None

    def begin(self, path: Path) -> None:
        """Offer the settings of this file."""
        self._path = path
        self._reading.run(partial(_read, path))

    @Slot(object)
    def _ask(self, found: tuple[RunConfig, bool]) -> None:
        from hope_studio.draft import draft_of

        assert self._path is not None
        draft_of(self._session)  # with it there is a way back
        config, is_known = found
        self.dialog = SettingsDifference(
            QApplication.activeWindow(), self._path, (self._session.config, config), is_known
        )
        self.dialog.finished.connect(self._answered)
        self.dialog.open()

    @Slot(int)
    def _answered(self, answer: int) -> None:
        dialog, self.dialog = self.dialog, None
        if dialog is None or answer != QDialog.DialogCode.Accepted:
            return
        if dialog.keep.isChecked():
            self.kept.emit()
        else:
            self._session.set_config(dialog.config)
            self._session.show_page("configure")
            self.taken.emit()


class SettingsDifference(QDialog):
    """What would change, one button to take it; Escape leaves everything as it is.

    Args:
        parent: over what it opens.
        path: the file.
        settings: those being edited, and those of the file.
        is_known: a preset of the file's name is there already.
    """

    def __init__(
        self,
        parent: QWidget | None,
        path: Path,
        settings: tuple[RunConfig, RunConfig],
        is_known: bool,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Settings from a file"))
        self.config = settings[1]
        self.title = label(self.tr("What {name} would change").format(name=path.name), "heading")
        self.sentence = label(role="muted", wrap=True)
        self.list = DifferencesList()
        self.keep = QCheckBox(self.tr("Keep it among my presets"))
        self.keep.setChecked(not is_known)
        self.keep.setEnabled(not is_known)
        if is_known:
            words = self.tr("There is a preset of the name {name} already.")
            self.keep.setToolTip(words.format(name=path.stem))
        role = QDialogButtonBox.ButtonRole
        buttons = QDialogButtonBox()
        self.take = buttons.addButton(self.tr("Take these settings"), role.AcceptRole)
        self.leave = buttons.addButton(self.tr("Leave all as it is"), role.RejectRole)
        self.take.setProperty("primary", True)
        self.take.setDefault(True)
        self.take.setFocus()
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(12)
        column.addWidget(self.title)
        column.addWidget(self.sentence)
        column.addWidget(self.list, 1)
        column.addWidget(self.keep)
        column.addWidget(buttons)
        self.resize(640, 460)
        self._compare(path.name, settings)

    def _compare(self, name: str, settings: tuple[RunConfig, RunConfig]) -> None:
        differs = self.list.show_configs((self.tr("Now"), name), settings)
        self.list.setAccessibleName(self.title.text())
        self.list.setVisible(differs)
        if differs:
            words = self.tr("Undo on the page Configure (Ctrl+Z) brings the former settings back.")
        else:
            words = self.tr("Nothing: these are the settings being edited.")
        self.sentence.setText(words)


def _read(path: Path) -> tuple[RunConfig, bool]:
    """The settings of a file, and whether a preset of its name is there; in a thread."""
    from hope_core.config.presets import load_preset, own_preset_names, preset_names

    return load_preset(str(path)), path.stem in (*preset_names(), *own_preset_names())
