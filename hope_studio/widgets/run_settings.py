"""The settings in which runs differ: from each other, or one run from its preset."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from hope_core.errors import HopeError
from hope_studio.widgets.labels import label

if TYPE_CHECKING:
    from hope_core.config.run import RunConfig
    from hope_studio.loaded_run import LoadedRun


class RunSettings(QWidget):
    """A row for each setting that is not the same everywhere."""

    def __init__(self) -> None:
        super().__init__()
        self.list = QTreeWidget()
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.sentence = label(role="muted", wrap=True)
        self._runs: list[LoadedRun] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.addWidget(self.sentence)
        column.addWidget(self.list, 1)
        self.retranslate()

    def retranslate(self) -> None:
        """Write the words in the window's language."""
        self.list.setAccessibleName(self.tr("Settings that differ"))
        self.show_runs(self._runs)

    def show_runs(self, runs: list[LoadedRun]) -> None:
        """Compare these runs; a single one with its preset."""
        from hope_core.config.differences import differences

        self._runs = runs
        titles = [run.title for run in runs]
        configs = [run.folder.config for run in runs]
        if len(runs) == 1:
            preset = _preset(configs[0])
            titles.insert(0, self.tr("Preset {name}").format(name=preset.name))
            configs.insert(0, preset)
        rows = differences(configs) if configs else []
        self.list.clear()
        self.list.setHeaderLabels([self.tr("Setting"), *titles])
        self.list.addTopLevelItems(
            [QTreeWidgetItem([row.path, *(str(value) for value in row.values)]) for row in rows]
        )
        self.list.setVisible(bool(rows))
        self.sentence.setVisible(not rows)
        self.sentence.setText(self._why_empty())

    def _why_empty(self) -> str:
        if not self._runs:
            return self.tr("Select runs above; the settings in which they differ are shown here.")
        if len(self._runs) == 1:
            return self.tr("This run has its preset's settings, unchanged.")
        return self.tr("These runs have the same settings.")


def _preset(config: RunConfig) -> RunConfig:
    """The preset of the config's name, or the smallest one."""
    from hope_core.config.presets import load_preset

    try:
        return load_preset(config.name)
    except HopeError:
        return load_preset("small")
