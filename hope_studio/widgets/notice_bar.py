"""The notice bar: one sentence at a time under the run bar, never in the way of the work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton

from hope_studio.core_words import with_hint
from hope_studio.theme.icons import pixmap, set_icon
from hope_studio.widgets.labels import label, restyle

if TYPE_CHECKING:
    from hope_studio.messages import Message

ROLES = {"info": "accent", "success": "good", "warning": "warning", "error": "bad"}
LIMIT = 20
"""Notices that may wait behind the one shown."""


class NoticeBar(QFrame):
    """Shows messages one after the other; an error is not replaced by a mere hint.

    A warning that offers something to do, such as to resume, goes before an older error.

    Signals:
        acted: the word of the action the person chose, such as "resume".
    """

    acted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("notice_bar")
        self._waiting: list[Message] = []
        self.picture = QLabel()
        self.text = label(wrap=True)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.action_button = QPushButton()
        self.copy_button = QPushButton()
        self.close_button = QToolButton()
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 8, 8)
        row.setSpacing(10)
        row.addWidget(self.picture)
        row.addWidget(self.text, 1)
        for button in (self.action_button, self.copy_button, self.close_button):
            row.addWidget(button)
        set_icon(self.close_button, "close")
        self.action_button.clicked.connect(self._act)
        self.copy_button.clicked.connect(self._copy)
        self.close_button.clicked.connect(self.dismiss)
        self.retranslate()
        self.hide()

    @property
    def message(self) -> Message | None:
        """The message shown at this moment."""
        return self._waiting[0] if self._waiting else None

    def retranslate(self) -> None:
        """Set every text of its own again."""
        self.copy_button.setText(self.tr("Copy details"))
        self.close_button.setAccessibleName(self.tr("Dismiss this notice"))
        self.close_button.setToolTip(self.tr("Dismiss"))
        self._show_first()

    @Slot(object)
    def show_message(self, message: Message) -> None:
        """Show a message, after those that are more grave."""
        if message in self._waiting:
            return
        offers = message.severity == "warning" and bool(message.action)
        grave = message.severity == "error" or offers or not self._waiting
        if grave or self._waiting[0].severity in ("info", "success"):
            self._waiting = [m for m in self._waiting if m.severity not in ("info", "success")]
            self._waiting.insert(0, message)
        else:
            self._waiting.append(message)
        del self._waiting[LIMIT:]
        self._show_first()

    @Slot()
    def dismiss(self) -> None:
        """Put the message away and show the next one."""
        del self._waiting[:1]
        self._show_first()

    def withdraw(self, action: str) -> None:
        """Put away every message that offers this action: there is nothing to do any more."""
        self._waiting = [message for message in self._waiting if message.action != action]
        self._show_first()

    def _show_first(self) -> None:
        message = self.message
        self.setVisible(message is not None)
        if message is None:
            return
        self.text.setText(with_hint(message.text, message.hint))
        self.picture.setPixmap(pixmap(message.severity, 20, ROLES[message.severity]))
        self.action_button.setVisible(bool(message.action))
        self.action_button.setText(self._action_text(message.action))
        self.copy_button.setVisible(bool(message.details) or message.severity == "error")
        restyle(self, severity=message.severity)

    def _action_text(self, action: str) -> str:
        texts = {
            "resume": self.tr("Resume"),
            "generate": self.tr("Write something"),
            "stop_now": self.tr("Stop now"),
            "cancel": self.tr("Cancel"),
            "crash_report": self.tr("Show the report"),
        }
        return texts.get(action, "")

    @Slot()
    def _act(self) -> None:
        message = self.message
        self.dismiss()
        if message is not None:
            self.acted.emit(message.action)

    @Slot()
    def _copy(self) -> None:
        message = self.message
        if message is not None:
            whole = "\n\n".join(
                part for part in (message.text, message.hint, message.details) if part
            )
            QGuiApplication.clipboard().setText(whole)

    def changeEvent(self, event: QEvent) -> None:
        """Sets the texts again after a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
