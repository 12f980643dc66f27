"""Three first hints beside what they are about; each is seen once and none keeps from working."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QTimer, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from hope_studio.settings import recall, remember
from hope_studio.widgets.labels import label

if TYPE_CHECKING:
    from hope_studio.frame import Frame

PAGES = ("home", "train", "generate")
"""The pages with a hint, in the order in which a newcomer sees them."""
SEEN = "hints/seen"
WIDTH = 300


@Slot()
def show_again() -> None:
    """Forget which hints were seen; they come again as their pages are shown."""
    remember(SEEN, [])


class Callout(QFrame):
    """A sentence with two buttons over the window. It never takes the keyboard.

    Signals:
        understood: this hint has been read.
        unwanted: no more hints, please.
    """

    understood = Signal()
    unwanted = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("callout")
        self._window = window
        self.setAccessibleName(self.tr("Hint"))
        self.text = label(wrap=True)
        self.place = label(role="small")
        self.done_button = QPushButton()
        self.none_button = QPushButton()
        self.none_button.setProperty("flat", True)
        row = QHBoxLayout()
        row.addWidget(self.place)
        row.addStretch(1)
        row.addWidget(self.none_button)
        row.addWidget(self.done_button)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 12, 10)
        column.addWidget(self.text)
        column.addLayout(row)
        self.setFixedWidth(WIDTH)
        self.done_button.clicked.connect(self.understood)
        self.none_button.clicked.connect(self.unwanted)
        self.hide()

    def say(self, words: str, place: str, beside: QWidget) -> None:
        """Show these words below a widget, or above it where there is no room."""
        self.text.setText(words)
        self.place.setText(place)
        self.done_button.setText(self.tr("Got it"))
        self.none_button.setText(self.tr("No more hints"))
        self.setFixedHeight(self._column.totalHeightForWidth(WIDTH))
        ground = self._window
        corner = beside.mapTo(ground, QPoint(0, beside.height() + 8))
        if corner.y() + self.height() > ground.height() - 8:
            corner.setY(beside.mapTo(ground, QPoint(0, 0)).y() - self.height() - 8)
        corner.setX(max(8, min(corner.x(), ground.width() - self.width() - 8)))
        self.move(corner.x(), max(8, corner.y()))
        self.show()
        self.raise_()


class Hints(QObject):
    """Shows the hint of the page in front, unless it was seen."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._frame = frame
        self._page = ""
        self.callout = Callout(frame.window)
        self.callout.understood.connect(self._understood)
        self.callout.unwanted.connect(self._unwanted)
        frame.window.page_shown.connect(self.follow)
        frame.window.stack.resized.connect(self.show_again)
        self._beside: QWidget | None = None
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self.show_again)
        self.follow(frame.window.current_page)

    @Slot(str)
    def follow(self, page: str) -> None:
        """Another page is in front."""
        self.callout.hide()
        self._page = page if page in PAGES and page not in recall(SEEN, []) else ""
        self.show_again()

    @Slot()
    def show_again(self) -> None:
        """Place the hint anew, in the window's language."""
        beside = self._target()
        self._stay_with(beside)
        if beside is None or beside.visibleRegion().isEmpty():
            self.callout.hide()
            return
        place = self.tr("{number} of {count}")
        words = place.format(number=PAGES.index(self._page) + 1, count=len(PAGES))
        self.callout.say(self._words(), words, beside)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What the hint is about moved or grew: the hint goes with it."""
        if event.type() in (QEvent.Type.Move, QEvent.Type.Resize):
            self._soon.start()
        return super().eventFilter(watched, event)

    def _stay_with(self, beside: QWidget | None) -> None:
        if beside is not self._beside:
            if self._beside is not None:
                self._beside.removeEventFilter(self)
            if beside is not None:
                beside.installEventFilter(self)
            self._beside = beside

    def _target(self) -> QWidget | None:
        window = self._frame.window
        match self._page:
            case "home":
                from hope_studio.pages.home import HomePage

                home = window.page("home")
                assert isinstance(home, HomePage)
                return next(iter(home.cards.values())).train_button
            case "train":
                return self._frame.run_bar.middle_button
            case "generate":
                from hope_studio.pages.generate import GeneratePage

                generate = window.page("generate")
                assert isinstance(generate, GeneratePage)
                return generate.teach_side
            case _:
                return None

    def _words(self) -> str:
        match self._page:
            case "home":
                return self.tr(
                    "Begin here: one press trains a first model. It takes about a minute and "
                    "downloads nothing."
                )
            case "train":
                return self.tr(
                    "Pause, single steps and stop are always up here, on every page. "
                    "Nothing that was saved is ever lost."
                )
            case _:
                return self.tr(
                    "Choose Teach to tell the model something and watch its memory learn it "
                    "while you talk."
                )

    @Slot()
    def _understood(self) -> None:
        remember(SEEN, [*recall(SEEN, []), self._page])
        self._page = ""
        self.callout.hide()

    @Slot()
    def _unwanted(self) -> None:
        remember(SEEN, list(PAGES))
        self._page = ""
        self.callout.hide()

    def retranslate(self) -> None:
        """Say the hint again after a change of language."""
        if not self.callout.isHidden():
            self.show_again()
