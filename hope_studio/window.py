"""The main window: rail, run bar, pages, docks and status bar.

It is built in three acts, so that the first paint comes at once: the constructor makes an empty
window that paints the outline of its parts, `build` puts the rail and the room for pages there, and
`furnish` the run bar, the menus and the docks when the session is there. Pages and docks are built
when they are first shown. Importing this must not touch the namespace Qt: see `theme.control`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QMainWindow

if TYPE_CHECKING:
    from PySide6.QtGui import (
        QAction,
        QCloseEvent,
        QDragEnterEvent,
        QDropEvent,
        QKeyEvent,
        QPaintEvent,
    )

    from hope_studio.frame import Frame
    from hope_studio.pages.page import Page
    from hope_studio.session import Session

RUN_BAR_HEIGHT = 54
RAIL_WIDTH = 90
"""Pixels of the rail while only its outline is painted."""


class MainWindow(QMainWindow):
    """One window over one session.

    Signals:
        painted: it was drawn for the first time.
        dropped: the path of a file or folder that was dropped on it.
        page_shown: the name of the page now in front.
    """

    painted = Signal()
    dropped = Signal(str)
    page_shown = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("main_window")
        self.setWindowTitle("HOPE Studio")
        self.setMinimumSize(960, 600)
        self.resize(1280, 800)
        self.session: Session | None = None
        self.frame: Frame | None = None
        self.pages: dict[str, Page] = {}
        self.safe_mode = False
        """The program starts after crashes in a row: nothing remembered is restored."""
        self._wanted_page = "home"
        self._was_painted = False
        self._is_built = False

    def build(self) -> None:
        """Second act: the rail and the room for the pages."""
        from PySide6.QtCore import Qt
        from PySide6.QtWidgets import QLabel, QToolBar, QVBoxLayout, QWidget

        from hope_studio.page_stack import PageStack
        from hope_studio.rail import Rail
        from hope_studio.theme.icons import window_icon

        self.setWindowIcon(window_icon())
        self.setDockNestingEnabled(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.run_toolbar = QToolBar()
        self.run_toolbar.setObjectName("run_toolbar")
        self.run_toolbar.setMovable(False)
        self.run_toolbar.setFixedHeight(RUN_BAR_HEIGHT)
        self.run_toolbar.setContentsMargins(0, 0, 0, 0)
        self.addToolBar(Qt.ToolBarArea.TopToolBarArea, self.run_toolbar)
        self.addToolBarBreak()
        self.rail = Rail()
        self.rail.chosen.connect(self.show_page)
        self.addToolBar(Qt.ToolBarArea.LeftToolBarArea, self.rail)
        self.stack = PageStack()
        self.stack.addWidget(QLabel("HOPE Studio", alignment=Qt.AlignmentFlag.AlignCenter))
        center = QWidget()
        self.column = QVBoxLayout(center)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(0)
        self.column.addWidget(self.stack, 1)
        self.setCentralWidget(center)
        self.statusBar().setSizeGripEnabled(False)
        self._is_built = True
        self.show_page(self._wanted_page)
        self.retranslate()

    def take(self, session: Session) -> None:
        """Show the wanted page of this session."""
        if not self._is_built:
            self.build()
        self.session = session
        session.page_requested.connect(self.show_page)
        session.phase_changed.connect(self.show_title)
        session.run_changed.connect(self.show_title)
        session.events_arrived.connect(self.show_title)
        self.show_title()
        self.show_page(self._wanted_page)

    def furnish(self, session: Session) -> None:
        """Third act: the run bar, the menus and the docks around the page."""
        from hope_studio.frame import Frame

        if self.session is None:
            self.take(session)
        self.frame = Frame(self, session)

    def page(self, name: str) -> Page:
        """The page of that name, built when it is first asked for."""
        from hope_studio.pages import PAGES

        assert self.session is not None
        if name not in self.pages:
            page: Page = PAGES.load(name)(self.session)
            self.pages[name] = page
            self.stack.addWidget(page)
        return self.pages[name]

    @property
    def current_page(self) -> str:
        """The name of the page in front."""
        return self._wanted_page

    @property
    def rail_actions(self) -> dict[str, QAction]:
        """The buttons of the rail, by the names of their pages."""
        return self.rail.page_actions

    @Slot(str)
    def show_page(self, name: str) -> None:
        """Bring a page to the front; before there is a session it is only noted."""
        self._wanted_page = name
        if not self._is_built:
            return
        if name not in self.rail_actions:
            self._wanted_page = name = "home"
        self.rail.show_chosen(name)
        if self.session is not None:
            self.stack.setCurrentWidget(self.page(name))
            self.page_shown.emit(name)

    def retranslate(self) -> None:
        """Set every text of its own again."""
        self.rail.retranslate()
        self.run_toolbar.setWindowTitle(self.tr("Run bar"))
        self.show_title()

    @Slot()
    def show_title(self) -> None:
        """The title tells how far the open run is: "41 % - small-0711"."""
        from_run = ""
        if self.session is not None and self.session.run is not None:
            from hope_core.analysis.eta import progress
            from hope_studio.widgets.quantities import percent

            history = self.session.history
            from_run = self.session.run.path.name
            if self.session.phase.live and history is not None and history.last is not None:
                from_run = f"{percent(progress(history))} – {from_run}"
        title = f"{from_run} – HOPE Studio" if from_run else "HOPE Studio"
        if title != self.windowTitle():
            self.setWindowTitle(title)

    # -- Qt --------------------------------------------------------------------------------------
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints the outline of what is still to come, and tells of the first paint."""
        super().paintEvent(event)
        if not self._is_built:
            painter = QPainter(self)
            painter.setBackground(self.palette().alternateBase())
            painter.eraseRect(0, 0, self.width(), RUN_BAR_HEIGHT)  # fillRect would load Qt
            painter.eraseRect(0, RUN_BAR_HEIGHT + 1, RAIL_WIDTH, self.height())
            painter.end()
        if not self._was_painted:
            self._was_painted = True
            self.painted.emit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Takes one local file or folder; what it is, is looked at when it is dropped."""
        urls = event.mimeData().urls()
        if len(urls) == 1 and urls[0].isLocalFile():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Tells the path that was dropped."""
        event.acceptProposedAction()
        self.dropped.emit(event.mimeData().urls()[0].toLocalFile())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space pauses and continues, when no field or button has taken it."""
        if self.frame is None or not self.frame.takes_key(event):
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Sets the texts again after a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and self._is_built:
            self.retranslate()
            if self.frame is not None:
                self.frame.retranslate()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Asks what shall become of a live run; else remembers the window and lets go."""
        if self.frame is None or self.frame.may_close():
            event.accept()
        else:
            event.ignore()
