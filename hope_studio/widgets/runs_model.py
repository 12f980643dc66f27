"""The list of runs as a table: one row a run, one column a fact, sortable by what it means."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QDateTime,
    QLocale,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
)

from hope_studio.run_words import state_tone, state_words
from hope_studio.theme import color
from hope_studio.widgets.quantities import duration, number, short_number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hope_core.runs.listing import RunSummary

Index = QModelIndex | QPersistentModelIndex
SORT_ROLE = Qt.ItemDataRole.UserRole
NUMBERS = frozenset({3, 4, 5, 6, 7})
"""Columns that are aligned to the right."""


class RunsModel(QAbstractTableModel):
    """Shows RunSummaries; the texts are for people, SORT_ROLE gives what they stand for."""

    def __init__(self) -> None:
        super().__init__()
        self.runs: list[RunSummary] = []

    def show_runs(self, runs: Sequence[RunSummary]) -> None:
        """Show these runs."""
        self.beginResetModel()
        self.runs = list(runs)
        self.endResetModel()

    def headings(self) -> list[str]:
        """The columns in the window's language."""
        return [
            self.tr("Name"),
            self.tr("State"),
            self.tr("Preset"),
            self.tr("Bits/byte"),
            self.tr("Loss"),
            self.tr("Steps"),
            self.tr("Tokens"),
            self.tr("Trained"),
            self.tr("Started"),
        ]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """One row a run."""
        return 0 if parent.isValid() else len(self.runs)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """One column a heading."""
        return 0 if parent.isValid() else len(self.headings())

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:  # noqa: ANN401 - Qt's signature
        """The headings, each over its column's side."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.headings()[section]
        if role == Qt.ItemDataRole.TextAlignmentRole and section in NUMBERS:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401
        """Text, sort key, tooltip, colour and alignment of a cell."""
        run, column = self.runs[index.row()], index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._texts(run)[column]
            case Qt.ItemDataRole.UserRole:
                return self._keys(run)[column]
            case Qt.ItemDataRole.ToolTipRole:
                return run.reason or str(run.path)
            case Qt.ItemDataRole.ForegroundRole if column == 1:
                return color(state_tone(run.state) or "muted")
            case Qt.ItemDataRole.TextAlignmentRole if column in NUMBERS:
                return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def _texts(self, run: RunSummary) -> tuple[str, ...]:
        if run.state == "damaged":
            return (run.name, state_words(run.state), *("" for _ in range(7)))
        return (
            run.name,
            state_words(run.state),
            run.preset,
            "" if run.bits_per_byte is None else number(run.bits_per_byte, 3),
            "" if run.loss is None else number(run.loss, 3),
            number(run.step),
            short_number(run.tokens),
            duration(run.seconds),
            _local_time(run.created),
        )

    def _keys(self, run: RunSummary) -> tuple[str | float, ...]:
        nowhere = float("inf")
        return (
            run.name.lower(),
            state_words(run.state),
            run.preset,
            nowhere if run.bits_per_byte is None else run.bits_per_byte,
            nowhere if run.loss is None else run.loss,
            run.step,
            run.tokens,
            run.seconds,
            run.created,
        )


def _local_time(moment: str) -> str:
    if not moment:
        return ""
    local = QDateTime.fromString(moment, Qt.DateFormat.ISODateWithMs).toLocalTime()
    return QLocale().toString(local, QLocale.FormatType.ShortFormat)
