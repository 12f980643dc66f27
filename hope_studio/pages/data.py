"""The text of the next run: its source, its split, and a batch as the model sees it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, Qt, QTimer, Slot
from PySide6.QtWidgets import (
    QButtonGroup,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QRadioButton,
    QSlider,
)

from hope_core.inference.messages import ErrorReply, PreviewReply, PreviewRequest
from hope_studio.draft import draft_of
from hope_studio.pages.page import Page
from hope_studio.widgets.banner import Banner
from hope_studio.widgets.card import Card
from hope_studio.widgets.drop_zone import DropZone
from hope_studio.widgets.labels import label
from hope_studio.widgets.page_column import PageColumn
from hope_studio.widgets.quantities import percent
from hope_studio.widgets.settings_form import SettingsForm
from hope_studio.widgets.text_figures import TextFigures
from hope_studio.widgets.token_view import TokenView

if TYPE_CHECKING:
    from hope_studio.session import Session

ROWS, COLUMNS = 6, 96
PATIENCE_MS = 300
LARGEST_SPLIT = 50
SLIDER_HEIGHT = 26
"""Pixels, so that the handle is drawn whole."""
BUILT_IN: dict[str, object] = {
    "stdlib": QT_TRANSLATE_NOOP("DataPage", "Python's own library: program text on this machine"),
    "tales": QT_TRANSLATE_NOOP("DataPage", "Tales: endless little stories of known entropy"),
}


class DataPage(Page):
    """A source is chosen on the left; its figures and a packed batch show what that means."""

    name: ClassVar[str] = "data"
    icon: ClassVar[str] = "data"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.draft = draft_of(session)
        self._asked = self._asked_for = ""
        self._wrong = False
        self.title = label(role="title")
        self.banner = Banner()
        self.source_card = Card()
        self.kinds = QButtonGroup(self)
        self.built_in = {kind: QRadioButton() for kind in BUILT_IN}
        self.own = QRadioButton()
        self.zone = DropZone()
        self.folder_button = QPushButton()
        self.split_card = Card()
        self.split = QSlider(Qt.Orientation.Horizontal)
        self.split_words = label(role="muted")
        self.form = SettingsForm(self.draft, "data.")
        self.figures_card = TextFigures()
        self.figures = self.figures_card.words
        self.preview_card = Card()
        self.preview = TokenView()
        self.refresh_button = QPushButton()
        self._rest = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._lay_out()
        self._connect()
        self.retranslate()
        self._show_draft()

    def retranslate(self) -> None:
        """Set every text of the page's own."""
        self.title.setText(self.tr("Text to learn from"))
        self.source_card.set_heading(self.tr("Source"))
        for kind, button in self.built_in.items():
            button.setText(QCoreApplication.translate("DataPage", str(BUILT_IN[kind])))
        self.own.setText(self.tr("A text file, a folder or JSON lines of your own"))
        self.split_card.set_heading(self.tr("Held out for validation"))
        self.split.setAccessibleName(self.tr("Share of the text held out for validation"))
        self.figures_card.retranslate()
        self.preview_card.set_heading(self.tr("A batch as the model sees it"))
        self.refresh_button.setText(self.tr("Look again"))
        self.zone.retranslate()
        self.preview.retranslate()
        self.folder_button.setText(self.tr("Choose a folder ..."))
        if self.form.rows:
            self.form.rebuild()

    def shown(self) -> None:
        """Look at the text, if that has not been done for these settings."""
        self._rest.start()

    def busy(self) -> bool:
        """Whether the preview is still to come."""
        return bool(self._asked) or self.form.busy or self._rest.isActive()

    def _lay_out(self) -> None:
        for button in (*self.built_in.values(), self.own):
            self.kinds.addButton(button)
            self.source_card.body.addWidget(button)
        self.source_card.body.addWidget(self.zone)
        self.source_card.body.addWidget(self.folder_button)
        self.split.setRange(1, LARGEST_SPLIT)
        self.split.setMinimumHeight(SLIDER_HEIGHT)
        row = QHBoxLayout()
        row.addWidget(self.split, 1)
        row.addWidget(self.split_words)
        self.split_card.body.addLayout(row)
        self.preview.setMinimumHeight(190)
        self.preview_card.body.addWidget(self.preview, 1)
        bottom = QHBoxLayout()
        bottom.addStretch(1)
        bottom.addWidget(self.refresh_button)
        self.preview_card.body.addLayout(bottom)
        grid = QGridLayout()
        grid.setSpacing(12)
        grid.addWidget(self.source_card, 0, 0, 2, 1)
        grid.addWidget(self.split_card, 0, 1)
        grid.addWidget(self.figures_card, 1, 1)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        column = PageColumn(self)
        column.add(self.title)
        column.add(self.banner)
        column.add(grid)
        column.add(self.preview_card, 1)
        column.add(self.form)

    def _connect(self) -> None:
        self.kinds.buttonClicked.connect(self._choose)
        self.zone.path_chosen.connect(self._use_path)
        self.folder_button.clicked.connect(self.choose_folder)
        self.split.valueChanged.connect(self._set_split)
        self.refresh_button.clicked.connect(self._look_again)
        self._rest.timeout.connect(self._ask)
        self.draft.changed.connect(self._show_draft)
        self.session.service.replied.connect(self._take)

    @Slot(object)
    def _choose(self, button: QRadioButton) -> None:
        for kind, own in self.built_in.items():
            if button is own:
                self.draft.edit("data.source.kind", kind)
                return
        self.zone.choose()
        self._show_draft()

    @Slot()
    def choose_folder(self) -> None:
        """Ask for a folder of text files."""
        path = QFileDialog.getExistingDirectory(self, self.tr("Choose a folder of text"))
        if path:
            self._use_path(path)

    @Slot(str)
    def _use_path(self, path: str) -> None:
        self.session.set_data_path(Path(path))

    @Slot(int)
    def _set_split(self, value: int) -> None:
        self.draft.edit("data.validation_fraction", value / 100)

    @Slot()
    def _show_draft(self) -> None:
        """Follow the draft, wherever it was edited."""
        source = self.draft.config.data.source
        path = getattr(source, "path", "")
        chosen = self.built_in.get(source.kind, self.own)
        chosen.setChecked(True)
        self.zone.show_sentence(path)
        share = self.draft.config.data.validation_fraction
        blocked = self.split.blockSignals(True)
        self.split.setValue(round(share * 100))
        self.split.blockSignals(blocked)
        self.split_words.setText(percent(share))
        wrong = [problem for problem in self.draft.problems if problem.place.startswith("data.")]
        if wrong:
            self.banner.say("\n".join(str(problem) for problem in wrong), tone="error")
        elif self._wrong:
            self.banner.hide()
        self._wrong = bool(wrong)
        if self.isVisible():
            self._rest.start()

    @Slot()
    def _look_again(self) -> None:
        self._asked_for = ""
        self._rest.start()

    @Slot()
    def _ask(self) -> None:
        """Ask for a batch of the text as it is set now, unless that is known."""
        config = self.draft.config
        wanted = config.data.model_dump_json()
        if wanted == self._asked_for:
            return
        if self._asked:
            self.session.service.cancel(self._asked)
        self._asked_for = wanted
        self.figures_card.show_reading()
        request = PreviewRequest(config=config.model_dump_json(), rows=ROWS, columns=COLUMNS)
        self._asked = self.session.service.ask(request)

    @Slot(object)
    def _take(self, reply: object) -> None:
        match reply:
            case PreviewReply() if reply.id == self._asked:
                self._asked = ""
                self.banner.hide()
                self.preview.show_rows(reply.rows)
                self.figures_card.show_found(reply)
            case ErrorReply() if reply.id == self._asked:
                self._asked = ""
                self.preview.show_rows(())
                self.figures_card.show_nothing()
                self.banner.say(f"{reply.message} {reply.hint}".rstrip(), tone="error")
            case _:
                pass
