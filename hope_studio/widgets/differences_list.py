"""The settings that are not the same everywhere: one row a setting, one column a set of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hope_core.config.run import RunConfig


class DifferencesList(QTreeWidget):
    """Rows in the order of the settings; what a preset is called and tells of itself is no row."""

    def __init__(self) -> None:
        super().__init__()
        self.setRootIsDecorated(False)
        self.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)

    def show_configs(self, titles: Sequence[str], configs: Sequence[RunConfig]) -> bool:
        """Compare these settings, each under its title; False when nothing differs."""
        from hope_core.config.differences import LABELS, differences

        rows = [row for row in differences(configs) if row.path not in LABELS]
        self.setHeaderLabels([self.tr("Setting"), *titles])
        self.clear()
        for row in rows:
            texts = [row.path, *(str(value) for value in row.values)]
            self.addTopLevelItem(QTreeWidgetItem(texts))
        return bool(rows)
