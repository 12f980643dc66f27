"""The memories saved beside a run: size and sum, save, load, difference, merge, remove."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QPushButton,
    QSlider,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from hope_studio.widgets.labels import label
from hope_studio.widgets.quantities import number, percent, size

if TYPE_CHECKING:
    from hope_core.inference.talk_messages import DifferenceReply, TalkTold

NAME, SIZE, SUM = range(3)
SUM_LETTERS = 6


class MemoriesPanel(QWidget):
    """What was learned, apart from the weights.

    Signals:
        save_wanted, load_wanted, compare_wanted, remove_wanted: a memory's name.
        merge_wanted: the second memory's name, its share (0 to 1), and the name of the mean.
    """

    save_wanted = Signal(str)
    load_wanted = Signal(str)
    compare_wanted = Signal(str)
    remove_wanted = Signal(str)
    merge_wanted = Signal(str, float, str)

    def __init__(self) -> None:
        super().__init__()
        self.now = label(role="small", wrap=True)
        self.rows = QTreeWidget()
        self.rows.setColumnCount(3)
        self.rows.setRootIsDecorated(False)
        self.rows.setUniformRowHeights(True)
        self.name = QLineEdit()
        self.save_button = QPushButton()
        self.load_button = QPushButton()
        self.compare_button = QPushButton()
        self.remove_button = QPushButton()
        self.merge_button = QPushButton()
        self.share = QSlider(Qt.Orientation.Horizontal)
        self.share.setRange(0, 100)
        self.share.setValue(50)
        self.share_words = label(role="small", wrap=True)
        self.told = label(role="small", wrap=True)
        self._talk: TalkTold | None = None
        self._busy = False
        self._difference: DifferenceReply | None = None
        self._lay_out()
        self._connect()
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text."""
        self.rows.setHeaderLabels([self.tr("Memory"), self.tr("Size"), self.tr("SHA-256")])
        self.rows.setAccessibleName(self.tr("Saved memories"))
        self.name.setPlaceholderText(self.tr("Name of the memory"))
        self.name.setAccessibleName(self.tr("Name of the memory"))
        self.save_button.setText(self.tr("Save"))
        self.save_button.setToolTip(self.tr("Save the memory as it is now, under this name"))
        self.load_button.setText(self.tr("Load"))
        self.load_button.setToolTip(self.tr("Go on with the chosen memory"))
        self.compare_button.setText(self.tr("Difference"))
        self.compare_button.setToolTip(
            self.tr("How far is the memory, as it is now, from the chosen one?")
        )
        self.remove_button.setText(self.tr("Remove"))
        self.remove_button.setToolTip(self.tr("Remove the chosen memory from the disk"))
        self.merge_button.setText(self.tr("Merge"))
        self.merge_button.setToolTip(
            self.tr("Save the weighted mean of the memory now and the chosen one, under this name")
        )
        self.share.setAccessibleName(self.tr("Share of the chosen memory in the mean"))
        self._tell_share()
        self._tell_difference()
        self.show_talk(self._talk, busy=self._busy)

    def show_talk(self, talk: TalkTold | None, *, busy: bool) -> None:
        """List the memories beside this conversation's run."""
        if talk is None or self._talk is None or talk.id != self._talk.id:
            self._difference = None
            self._tell_difference()
        chosen = self._chosen
        self._talk, self._busy = talk, busy
        self.rows.clear()
        for memory in talk.memories if talk is not None else ():
            row = QTreeWidgetItem(
                [memory.name, size(memory.size), memory.sha256[:SUM_LETTERS] + "…"]
            )
            row.setToolTip(SUM, memory.sha256)
            row.setToolTip(NAME, self.tr("%n token(s)", "", memory.tokens))
            self.rows.addTopLevelItem(row)
            if memory.name == chosen:
                self.rows.setCurrentItem(row)
        self.now.setText(
            self.tr("Begin a conversation to save and load what the memory learned.")
            if talk is None
            else self.tr("The memory now: {size}, {tokens} tokens read and written.").format(
                size=size(talk.memory_bytes), tokens=number(talk.tokens)
            )
        )
        self._show_buttons()

    def show_difference(self, reply: DifferenceReply) -> None:
        """Tell how far two memories lie apart."""
        self._difference = reply
        self._tell_difference()

    @property
    def _chosen(self) -> str:
        row = self.rows.currentItem()
        return row.text(NAME) if row is not None else ""

    def _tell_difference(self) -> None:
        reply = self._difference
        if reply is None:
            self.told.clear()
            return
        head = self.tr("From “{name}”, as a share of its length:").format(name=reply.second)
        lines = [head]
        for layer in reply.layers:
            share = layer.difference / layer.second if layer.second else 0.0
            lines.append(f"{layer.path}: {number(layer.difference, 3)} ({percent(share)})")
        self.told.setText("\n".join(lines))

    @Slot()
    def _tell_share(self, _value: int = 0) -> None:
        share = self.share.value() / 100
        words = self.tr("Mean: {now} of the memory now, {other} of the chosen one")
        self.share_words.setText(words.format(now=percent(1 - share), other=percent(share)))

    @Slot()
    def _show_buttons(self) -> None:
        ready = self._talk is not None and not self._busy
        chosen, named = bool(self._chosen), bool(self.name.text().strip())
        self.save_button.setEnabled(ready and named)
        self.merge_button.setEnabled(ready and chosen and named)
        for button in (self.load_button, self.compare_button, self.remove_button):
            button.setEnabled(ready and chosen)

    def _lay_out(self) -> None:
        head = self.rows.header()
        head.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        head.setSectionResizeMode(SIZE, QHeaderView.ResizeMode.ResizeToContents)
        head.setSectionResizeMode(SUM, QHeaderView.ResizeMode.ResizeToContents)
        head.setStretchLastSection(False)
        saving = QHBoxLayout()
        saving.addWidget(self.name, 1)
        saving.addWidget(self.save_button)
        buttons = QGridLayout()
        for place, button in enumerate(
            (self.load_button, self.compare_button, self.merge_button, self.remove_button)
        ):
            buttons.addWidget(button, place // 2, place % 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.addWidget(self.now)
        column.addWidget(self.rows, 1)
        column.addLayout(saving)
        column.addLayout(buttons)
        column.addWidget(self.share)
        column.addWidget(self.share_words)
        column.addWidget(self.told)

    def _connect(self) -> None:
        self.rows.itemSelectionChanged.connect(self._show_buttons)
        self.name.textChanged.connect(self._show_buttons)
        self.share.valueChanged.connect(self._tell_share)
        self.save_button.clicked.connect(self._save)
        self.load_button.clicked.connect(self._load)
        self.compare_button.clicked.connect(self._compare)
        self.remove_button.clicked.connect(self._remove)
        self.merge_button.clicked.connect(self._merge)

    @Slot()
    def _save(self) -> None:
        self.save_wanted.emit(self.name.text().strip())

    @Slot()
    def _load(self) -> None:
        self.load_wanted.emit(self._chosen)

    @Slot()
    def _compare(self) -> None:
        self.compare_wanted.emit(self._chosen)

    @Slot()
    def _remove(self) -> None:
        self.remove_wanted.emit(self._chosen)

    @Slot()
    def _merge(self) -> None:
        self.merge_wanted.emit(self._chosen, self.share.value() / 100, self.name.text().strip())
