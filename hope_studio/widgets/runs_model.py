"""The list of runs as a table: one row a run, one column a fact, sortable by what it means."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import (
    QT_TRANSLATE_NOOP,
    QAbstractTableModel,
    QCoreApplication,
    QDateTime,
    QLocale,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
)

from hope_studio.core_words import core_words
from hope_studio.run_words import state_tone, state_words
from hope_studio.theme import color
from hope_studio.widgets.quantities import duration, number, short_number, size

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from hope_core.runs.listing import RunSummary

Index = QModelIndex | QPersistentModelIndex
SORT_ROLE = Qt.ItemDataRole.UserRole
NOWHERE = float("inf")
"""What a missing number is sorted as: behind every other."""


class Column(NamedTuple):
    """One fact about each run."""

    heading: object
    """Its source text."""
    text: Callable[[RunSummary], str]
    key: Callable[[RunSummary], str | float]
    """What it is sorted by."""
    is_number: bool = False
    hint: object = ""
    """What the heading means, where it is short for something."""


def _score(value: float | None) -> str:
    return "" if value is None else number(value, 3)


def _rank(value: float | None) -> float:
    return NOWHERE if value is None else value


COLUMNS = (
    Column(
        QT_TRANSLATE_NOOP("RunsModel", "Name"),
        lambda run: run.title or run.name,
        lambda run: (run.title or run.name).lower(),
    ),
    Column(
        QT_TRANSLATE_NOOP("RunsModel", "State"),
        lambda run: state_words(run.state),
        lambda run: state_words(run.state),
    ),
    Column(
        QT_TRANSLATE_NOOP("RunsModel", "Preset"),
        lambda run: run.preset,
        lambda run: run.preset,
    ),
    Column(
        QT_TRANSLATE_NOOP("RunsModel", "Best"),
        lambda run: _score(run.best_bits_per_byte),
        lambda run: _rank(run.best_bits_per_byte),
        is_number=True,
        hint=QT_TRANSLATE_NOOP("RunsModel", "The fewest bits per byte of the held-out text"),
    ),
    Column(
        QT_TRANSLATE_NOOP("RunsModel", "Last"),
        lambda run: _score(run.bits_per_byte),
        lambda run: _rank(run.bits_per_byte),
        is_number=True,
        hint=QT_TRANSLATE_NOOP("RunsModel", "The last bits per byte of the held-out text"),
    ),
    Column(
        QT_TRANSLATE_NOOP("RunsModel", "Loss"),
        lambda run: _score(run.loss),
        lambda run: _rank(run.loss),
        is_number=True,
        hint=QT_TRANSLATE_NOOP("RunsModel", "The training loss of the last step, nats a token"),
    ),
    Column(
        QT_TRANSLATE_NOOP("RunsModel", "Steps"),
        lambda run: number(run.step),
        lambda run: run.step,
        is_number=True,
    ),
    Column(
        QT_TRANSLATE_NOOP("RunsModel", "Tokens"),
        lambda run: short_number(run.tokens),
        lambda run: run.tokens,
        is_number=True,
    ),
    Column(
        QT_TRANSLATE_NOOP("RunsModel", "Trained"),
        lambda run: duration(run.seconds),
        lambda run: run.seconds,
        is_number=True,
    ),
    Column(
        QT_TRANSLATE_NOOP("RunsModel", "Memory"),
        lambda run: size(run.peak_bytes) if run.peak_bytes else "",
        lambda run: run.peak_bytes,
        is_number=True,
    ),
    Column(
        QT_TRANSLATE_NOOP("RunsModel", "Seed"),
        lambda run: str(run.seed),
        lambda run: run.seed,
        is_number=True,
    ),
    Column(
        QT_TRANSLATE_NOOP("RunsModel", "Tags"),
        lambda run: ", ".join(run.tags),
        lambda run: ", ".join(run.tags).lower() or "\U0010ffff",
    ),
    Column(
        QT_TRANSLATE_NOOP("RunsModel", "Started"),
        lambda run: _local_time(run.created),
        lambda run: run.created,
    ),
)
STATE = 1
KNOWN_OF_DAMAGED = 2
"""Columns, from the left, that a damaged run can fill."""


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

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """One row a run."""
        return 0 if parent.isValid() else len(self.runs)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """One column a fact."""
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:  # noqa: ANN401 - Qt's signature
        """The headings in the window's language, each over its column's side."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return QCoreApplication.translate("RunsModel", str(COLUMNS[section].heading))
        if role == Qt.ItemDataRole.ToolTipRole:
            return QCoreApplication.translate("RunsModel", str(COLUMNS[section].hint))
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(section)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401
        """Text, sort key, tooltip, colour and alignment of a cell."""
        run, column = self.runs[index.row()], index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole:
                is_known = run.state != "damaged" or column < KNOWN_OF_DAMAGED
                return COLUMNS[column].text(run) if is_known else ""
            case Qt.ItemDataRole.UserRole:
                return COLUMNS[column].key(run)
            case Qt.ItemDataRole.ToolTipRole:
                return core_words(run.reason) or str(run.path)
            case Qt.ItemDataRole.ForegroundRole if column == STATE:
                return color(state_tone(run.state) or "muted")
            case Qt.ItemDataRole.TextAlignmentRole:
                return _alignment(column)
        return None


def _alignment(column: int) -> Qt.AlignmentFlag | None:
    if COLUMNS[column].is_number:
        return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    return None


def _local_time(moment: str) -> str:
    if not moment:
        return ""
    local = QDateTime.fromString(moment, Qt.DateFormat.ISODateWithMs).toLocalTime()
    return QLocale().toString(local, QLocale.FormatType.ShortFormat)
