"""The main window: rail, run bar, pages, docks and status bar.

It is built in two acts, so that the first paint comes at once: the constructor draws a skeleton
with nothing but QtWidgets, `furnish` fills it when the session is there. Pages and
docks are built when they are first shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QEvent, Qt, Signal, Slot
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QLabel, QMainWindow, QStackedWidget, QToolBar, QVBoxLayout, QWidget

from hope_studio.pages import PAGES
from hope_studio.theme.icons import set_icon, window_icon

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent, QKeyEvent, QPaintEvent, QResizeEvent

    from hope_studio.frame import Frame
    from hope_studio.pages.page import Page
    from hope_studio.session import Session

PAGE_TEXTS: dict[str, object] = {
    "home": QT_TRANSLATE_NOOP("MainWindow", "Home"),
    "data": QT_TRANSLATE_NOOP("MainWindow", "Data"),
    "configure": QT_TRANSLATE_NOOP("MainWindow", "Configure"),
    "train": QT_TRANSLATE_NOOP("MainWindow", "Train"),
    "memory": QT_TRANSLATE_NOOP("MainWindow", "Memory"),
    "generate": QT_TRANSLATE_NOOP("MainWindow", "Generate"),
    "runs": QT_TRANSLATE_NOOP("MainWindow", "Runs"),
}
RUN_BAR_HEIGHT = 54


class PageStack(QStackedWidget):
    """The pages, one in front.

    Signals:
        resized: its size changed. A signal and no event filter, since a filter made in Python may
            be called while it is being destroyed.
    """

    resized = Signal()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tells of the new size."""
        super().resizeEvent(event)
        self.resized.emit()


class MainWindow(QMainWindow):
    """One window over one session.

    Signals:
        painted: it was drawn for the first time.
        page_shown: the name of the page now in front.
    """

    painted = Signal()
    page_shown = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("main_window")
        self.setWindowIcon(window_icon())
        self.setMinimumSize(960, 600)
        self.resize(1280, 800)
        self.setDockNestingEnabled(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.session: Session | None = None
        self.frame: Frame | None = None
        self.pages: dict[str, Page] = {}
        self._wanted_page = "home"
        self._was_painted = False
        self.run_toolbar = QToolBar()
        self.run_toolbar.setObjectName("run_toolbar")
        self.run_toolbar.setMovable(False)
        self.run_toolbar.setFixedHeight(RUN_BAR_HEIGHT)
        self.run_toolbar.setContentsMargins(0, 0, 0, 0)
        self.addToolBar(Qt.ToolBarArea.TopToolBarArea, self.run_toolbar)
        self.addToolBarBreak()
        self.rail = QToolBar()
        self.rail_actions = self._build_rail()
        self.stack = PageStack()
        self.stack.addWidget(QLabel("HOPE Studio", alignment=Qt.AlignmentFlag.AlignCenter))
        center = QWidget()
        self.column = QVBoxLayout(center)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(0)
        self.column.addWidget(self.stack, 1)
        self.setCentralWidget(center)
        self.statusBar().setSizeGripEnabled(False)
        self.retranslate()

    def furnish(self, session: Session) -> None:
        """Second act: the session is there; build the run bar, the menus and the docks."""
        from hope_studio.frame import Frame

        self.session = session
        self.frame = Frame(self, session)
        session.page_requested.connect(self.show_page)
        session.phase_changed.connect(self.show_title)
        session.run_changed.connect(self.show_title)
        session.events_arrived.connect(self.show_title)
        self.show_title()
        self.show_page(self._wanted_page)

    def page(self, name: str) -> Page:
        """The page of that name, built when it is first asked for."""
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

    @Slot(str)
    def show_page(self, name: str) -> None:
        """Bring a page to the front; before `furnish` it is only noted."""
        if name not in PAGE_TEXTS:
            name = "home"
        self._wanted_page = name
        self.rail_actions[name].setChecked(True)
        if self.session is not None:
            self.stack.setCurrentWidget(self.page(name))
            self.page_shown.emit(name)

    def retranslate(self) -> None:
        """Set every text of its own again."""
        for name, action in self.rail_actions.items():
            action.setText(QCoreApplication.translate("MainWindow", str(PAGE_TEXTS[name])))
        self.rail.setWindowTitle(self.tr("Pages"))
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
        """Tells of the first paint."""
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            self.painted.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space pauses and continues, when no field or button has taken it."""
        if event.key() == Qt.Key.Key_Space and self.session is not None and self.frame is not None:
            if self.session.phase.live:
                self.frame.actions.middle.trigger()
            return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Sets the texts again after a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "stack"):
            self.retranslate()
            if self.frame is not None:
                self.frame.retranslate()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Asks what shall become of a live run; else remembers the window and lets go."""
        if self.frame is None or self.frame.may_close():
            event.accept()
        else:
            event.ignore()

    # -- inside ----------------------------------------------------------------------------------
    def _build_rail(self) -> dict[str, QAction]:
        self.rail.setObjectName("rail")
        self.rail.setMovable(False)
        self.rail.setOrientation(Qt.Orientation.Vertical)
        self.rail.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        self.addToolBar(Qt.ToolBarArea.LeftToolBarArea, self.rail)
        group = QActionGroup(self)
        actions: dict[str, QAction] = {}
        for number, name in enumerate(PAGES.names(), start=1):
            action = QAction(self)
            action.setCheckable(True)
            action.setData(name)
            action.setShortcut(QKeySequence(f"Ctrl+{number}"))
            set_icon(action, name)
            action.triggered.connect(self._follow_rail)
            group.addAction(action)
            self.rail.addAction(action)
            actions[name] = action
        actions["home"].setChecked(True)
        return actions

    @Slot()
    def _follow_rail(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.show_page(str(action.data()))
