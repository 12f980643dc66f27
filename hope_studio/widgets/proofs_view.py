"""Proofs of the configured model: each with its figure, its limit and its verdict in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QHeaderView,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from hope_core.inference.messages import ErrorReply, VerifyReply, VerifyRequest
from hope_studio.core_words import core_words
from hope_studio.theme import color
from hope_studio.widgets.labels import label

if TYPE_CHECKING:
    from hope_studio.draft import Draft
    from hope_studio.service_link import ServiceLink


class ProofsView(QWidget):
    """A button that has this very model proven, and the list of what was found."""

    def __init__(self, draft: Draft, service: ServiceLink) -> None:
        super().__init__()
        self._draft = draft
        self._service = service
        self._asked = ""
        self._found: VerifyReply | None = None
        self.button = QPushButton()
        self.verdict = label(wrap=True)
        self.list = QTreeWidget()
        self.words = label("muted", wrap=True)
        self.list.setRootIsDecorated(False)
        self.list.setWordWrap(True)
        self.list.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.verdict)
        column.addWidget(self.list, 1)
        column.addWidget(self.words)
        self.button.clicked.connect(self.prove)
        self.list.currentItemChanged.connect(self._tell)
        draft.changed.connect(self._outdate)
        service.replied.connect(self._take)
        self.retranslate()

    @property
    def busy(self) -> bool:
        """Whether proofs are still to come."""
        return bool(self._asked)

    def retranslate(self) -> None:
        """Set every text."""
        self.button.setText(self.tr("Prove this model"))
        self.list.setHeaderLabels(
            [self.tr("Proof"), self.tr("Verdict"), self.tr("Figure"), self.tr("Limit")]
        )
        if self._found is not None:
            self._show(self._found)
        else:
            self._outdate()

    @Slot()
    def prove(self) -> None:
        """Ask for every proof of the newest valid settings; harmless while one is under way."""
        if self._asked:
            return
        self._found = None
        self.list.clear()
        self.verdict.setText(self.tr("Proving ..."))
        config = self._draft.config.model_dump_json()
        self._asked = self._service.ask(VerifyRequest(config=config))
        self.button.setEnabled(False)

    @Slot()
    def _outdate(self) -> None:
        """The settings moved: what was proven was another model."""
        if not self._asked:
            self._found = None
            self.list.clear()
            self.verdict.setText(
                self.tr(
                    "Fast kernels against slow ones, no look into the future, no mixing of a "
                    "batch's rows, pieces equal to the whole, a gradient for every parameter: "
                    "computed on this very model, in 64-bit numbers."
                )
            )

    @Slot(object)
    def _take(self, reply: object) -> None:
        match reply:
            case VerifyReply() if reply.id == self._asked:
                self._show(reply)
            case ErrorReply() if reply.id == self._asked:
                self._finish(f"{reply.message} {reply.hint}".rstrip())
            case _:
                pass

    def _show(self, reply: VerifyReply) -> None:
        self._found = reply
        self.list.clear()
        for check in reply.checks:
            word = self.tr("holds") if check.passed else self.tr("does not hold")
            figure = "∞" if check.figure is None else f"{check.figure:.2g}"
            row = QTreeWidgetItem([core_words(check.name), word, figure, f"{check.limit:.2g}"])
            row.setToolTip(0, core_words(check.sentence))
            row.setForeground(1, color("good" if check.passed else "bad"))
            self.list.addTopLevelItem(row)
        if reply.done:
            failed = sum(not check.passed for check in reply.checks)
            self._finish(
                self.tr("%n proof(s) do not hold.", "", failed)
                if failed
                else self.tr("All proofs hold.")
            )
            wrong = (n for n, check in enumerate(reply.checks) if not check.passed)
            if (first := self.list.topLevelItem(next(wrong, 0))) is not None:
                self.list.setCurrentItem(first)

    @Slot(QTreeWidgetItem)
    def _tell(self, chosen: QTreeWidgetItem | None) -> None:
        """What the chosen proof found, as a sentence."""
        self.words.setText(chosen.toolTip(0) if chosen is not None else "")

    def _finish(self, words: str) -> None:
        self._asked = ""
        self.button.setEnabled(True)
        self.verdict.setText(core_words(words))
