"""Three first hints beside what they are about; each is seen once and none keeps from working."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Slot

from hope_studio.settings import recall, remember
from hope_studio.widgets.callout import Callout

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from hope_studio.frame import Frame

PAGES = ("home", "train", "generate")
"""The pages with a hint, in the order in which a newcomer sees them."""
SEEN = "hints/seen"


@Slot()
def show_again() -> None:
    """Forget which hints were seen; they come again as their pages are shown."""
    remember(SEEN, [])


class Hints(QObject):
    """Shows the hint of the page in front, unless it was seen."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._frame = frame
        self._page = ""
        self._quiet = False
        self.callout = Callout(frame.window)
        self.callout.understood.connect(self._understood)
        self.callout.unwanted.connect(self._unwanted)
        frame.notices.installEventFilter(self)
        frame.window.page_shown.connect(self.follow)
        self.follow(frame.window.current_page)

    @Slot(str)
    def follow(self, page: str) -> None:
        """Another page is in front."""
        self._page = page if page in PAGES and page not in recall(SEEN, []) else ""
        self.retranslate()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A notice came or went: no hint may lie over it."""
        if event.type() in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent):
            self.retranslate()
        return super().eventFilter(watched, event)

    def keep_quiet(self, *, quiet: bool) -> None:
        """Say nothing while somebody else explains."""
        self._quiet = quiet
        self.retranslate()

    def retranslate(self) -> None:
        """Say the hint of the page in front, in the window's language."""
        quiet = self._quiet or not self._frame.notices.isHidden()
        beside = None if quiet else self._target()
        if beside is None:
            self.callout.leave()
            return
        place = self.tr("{number} of {count}")
        told = place.format(number=PAGES.index(self._page) + 1, count=len(PAGES))
        onward, away = self.tr("Got it"), self.tr("No more hints")
        self.callout.say(self._words(), told, beside, onward=onward, away=away)

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
        self.callout.leave()

    @Slot()
    def _unwanted(self) -> None:
        remember(SEEN, list(PAGES))
        self._page = ""
        self.callout.leave()
