"""Figures of the configured model, drawn by the helper process from the model itself."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QRect, Qt, Slot
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from hope_core.errors import HopeError
from hope_core.inference.messages import MODEL_FIGURES, DrawReply, DrawRequest, ErrorReply
from hope_core.runs.storage import write_bytes
from hope_studio.core_words import core_words, figure_words
from hope_studio.languages import fonts_of_language
from hope_studio.theme import set_icon
from hope_studio.widgets.labels import label

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QShowEvent

    from hope_studio.draft import Draft
    from hope_studio.service_link import ServiceLink

NAMES = {
    "architecture": QT_TRANSLATE_NOOP("FiguresView", "Architecture and shapes"),
    "data-flow": QT_TRANSLATE_NOOP("FiguresView", "Data flow"),
    "components": QT_TRANSLATE_NOOP("FiguresView", "Components"),
    "memory-update": QT_TRANSLATE_NOOP("FiguresView", "Memory update"),
    "nesting-levels": QT_TRANSLATE_NOOP("FiguresView", "Nesting levels"),
}


class FiguresView(QWidget):
    """One figure at a time; it follows the settings while it is seen."""

    def __init__(self, draft: Draft, service: ServiceLink) -> None:
        super().__init__()
        self._draft = draft
        self._service = service
        self._asked = self._asked_for = ""
        self._saving: dict[str, Path] = {}
        self.choice = QComboBox()
        self.choice.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.choice.setMinimumContentsLength(8)
        self.save_button = QPushButton()
        set_icon(self.save_button, "download")
        self.sentence = label(role="muted", wrap=True)
        self.paper = Paper()
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(self.paper)
        head = QHBoxLayout()
        head.addWidget(self.choice, 1)
        head.addWidget(self.save_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.addLayout(head)
        column.addWidget(self.sentence)
        column.addWidget(scroll, 1)
        for name in MODEL_FIGURES:
            self.choice.addItem("", name)
        self.choice.currentIndexChanged.connect(self.refresh)
        self.save_button.clicked.connect(self.ask_where)
        draft.changed.connect(self.refresh)
        service.replied.connect(self._take)
        self.retranslate()

    @property
    def busy(self) -> bool:
        """Whether a picture is still to come."""
        return bool(self._asked or self._saving)

    def retranslate(self) -> None:
        """Set every text."""
        for index, name in enumerate(MODEL_FIGURES):
            words = QCoreApplication.translate("FiguresView", str(NAMES[name]))
            self.choice.setItemText(index, words)
        self.choice.setAccessibleName(self.tr("Which figure is drawn"))
        self.save_button.setText(self.tr("Save figure…"))
        self.paper.setAccessibleName(self.choice.currentText())
        self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with the draft."""
        super().showEvent(event)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Have the figure drawn, unless that is done or it is not seen."""
        if not self.isVisible():
            return
        self.paper.setAccessibleName(self.choice.currentText())
        config = self._draft.config.model_dump_json()
        words = figure_words()
        wanted = f"{self.choice.currentData()} {config} {words}"
        if wanted != self._asked_for:
            self._asked_for = wanted
            self._say(self.tr("Drawing ..."))
            figure = self.choice.currentData()
            request = DrawRequest(
                config=config, figure=figure, format="png", words=words, fonts=fonts_of_language()
            )
            self._asked = self._service.ask(request)

    @Slot()
    def ask_where(self) -> None:
        """Ask for a file, then have the figure drawn into it."""
        kinds = "SVG (*.svg);;PNG (*.png)"
        name = f"{self.choice.currentData()}.svg"
        chosen, _ = QFileDialog.getSaveFileName(self, self.tr("Save figure"), name, kinds)
        if chosen:
            self.save(Path(chosen))

    def save(self, target: Path) -> None:
        """Have the figure drawn into this file; its ending says how."""
        kind = target.suffix.lower().removeprefix(".")
        request = DrawRequest(
            config=self._draft.config.model_dump_json(),
            figure=self.choice.currentData(),
            format=kind or "svg",
            words=figure_words(),
            fonts=fonts_of_language(),
        )
        self._saving[self._service.ask(request)] = target

    @Slot(object)
    def _take(self, reply: object) -> None:
        match reply:
            case DrawReply() if reply.id == self._asked:
                self._asked = ""
                self.paper.show_picture(reply.picture)
                self._say("")
            case DrawReply() if reply.id in self._saving:
                self._write(self._saving.pop(reply.id), reply.picture)
            case ErrorReply() if reply.id == self._asked or reply.id in self._saving:
                if self._saving.pop(reply.id, None) is None:
                    self._asked = ""
                self._say(f"{reply.message} {reply.hint}".rstrip())
            case _:
                pass

    def _write(self, target: Path, picture: bytes) -> None:
        try:
            write_bytes(target, picture)
        except HopeError as error:
            self._say(str(error))
        else:
            self._say(self.tr("Written: {file}").format(file=target))

    def _say(self, words: str) -> None:
        self.sentence.setText(core_words(words))
        self.sentence.setVisible(bool(words))


class Paper(QWidget):
    """A picture as wide as there is room; its paper is white in any theme."""

    def __init__(self) -> None:
        super().__init__()
        self._picture = QImage()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_picture(self, picture: bytes) -> None:
        """Show this PNG file."""
        self._picture = QImage.fromData(picture)
        self.updateGeometry()
        self.update()

    @property
    def has_picture(self) -> bool:
        """Whether there is something to see."""
        return not self._picture.isNull()

    def hasHeightForWidth(self) -> bool:  # noqa: N802 - Qt's name
        """The picture keeps its shape."""
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's name
        """As high as the picture is at this width."""
        size = self._picture.size()
        return round(width * size.height() / size.width()) if size.width() else 0

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws the picture in its own proportions."""
        if self.has_picture:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            area = QRect(0, 0, self.width(), self.heightForWidth(self.width()))
            painter.drawImage(area, self._picture)
