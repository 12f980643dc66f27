"""The base of every page: it gets the session, listens to events and is told when it is seen.

A page declares `name` (its word in the pages table) and `icon` (a file of assets/icons), builds
its widgets in `__init__` and overrides the hooks it needs. It draws the whole open run from
`session.history` in `run_changed` and `shown`, and what is new through `on(EventType, slot)`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QHideEvent, QShowEvent

    from hope_core.runs.events import Event
    from hope_studio.session import Session


class Page(QWidget):
    """One full view of the central stack."""

    name: ClassVar[str] = ""
    icon: ClassVar[str] = ""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.setObjectName(f"page_{self.name}")
        self._slots: dict[type[Event], list[Callable[[Any], None]]] = {}
        session.events_arrived.connect(self._deliver)
        session.run_changed.connect(self._run_changed)
        session.phase_changed.connect(self._phase_changed)

    def on(self, event: type[Event], slot: Callable[[Any], None]) -> None:
        """Call `slot(event)` in the window's thread for each event of this very type."""
        self._slots.setdefault(event, []).append(slot)

    def shown(self) -> None:
        """The page came into view; draw what was missed."""

    def hidden(self) -> None:
        """The page left the view; stop drawing."""

    def batch_ended(self) -> None:
        """A batch of events was delivered; the place for a redraw of what they changed."""

    def run_changed(self) -> None:
        """Another run is open, or none: `session.run` and `session.history` hold all of it."""

    def phase_changed(self) -> None:
        """The run's phase moved; see `session.phase`."""

    def retranslate(self) -> None:
        """The language changed; set every text again. Call it from `__init__`, too."""

    def busy(self) -> bool:
        """Whether the page still waits for something it will draw; a screenshot waits for False."""
        return False

    @property
    def built(self) -> bool:
        """Whether all of it stands; at launch the rest of the window waits for the page."""
        return True

    @Slot(object)
    def _deliver(self, batch: list[Event]) -> None:
        called = False
        for event in batch:
            for slot in self._slots.get(type(event), ()):
                slot(event)
                called = True
        if called:
            self.batch_ended()

    @Slot(object)
    def _run_changed(self, _run: object) -> None:
        self.run_changed()

    @Slot(object)
    def _phase_changed(self, _phase: object) -> None:
        self.phase_changed()

    def showEvent(self, event: QShowEvent) -> None:
        """Tells the page that it is seen."""
        super().showEvent(event)
        self.shown()

    def hideEvent(self, event: QHideEvent) -> None:
        """Tells the page that it is not seen any more."""
        super().hideEvent(event)
        self.hidden()

    def changeEvent(self, event: QEvent) -> None:
        """Sets the texts again after a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def accept_focus(self) -> None:
        """Moves the keyboard to the page's first control."""
        self.focusNextChild() if self.focusWidget() is None else self.focusWidget().setFocus(
            Qt.FocusReason.ShortcutFocusReason
        )
