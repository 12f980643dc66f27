"""What the settings cost on this machine: parameters, memory, time, disk; and what is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy

from hope_core.inference.messages import ErrorReply, EstimateReply, EstimateRequest
from hope_studio.core_words import core_words
from hope_studio.widgets.labels import label
from hope_studio.widgets.quantities import duration, number, short_number, size

if TYPE_CHECKING:
    from hope_studio.draft import Draft
    from hope_studio.service_link import ServiceLink

PATIENCE_MS = 300


class CostStrip(QFrame):
    """One line under the form. Its figures are computed by the helper process, never constants.

    Signals:
        problems_pressed: show the first of them.
        known: the EstimateReply of the newest valid settings.
    """

    problems_pressed = Signal()
    known = Signal(object)

    def __init__(self, draft: Draft, service: ServiceLink) -> None:
        super().__init__()
        self.setProperty("card", True)
        self._draft = draft
        self._service = service
        self._asked = self._asked_for = ""
        self._cost: EstimateReply | None = None
        self.figures = label()
        self.split = label(role="muted")
        self.problems = QPushButton()
        self.problems.setProperty("flat", True)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 16, 8)
        row.addWidget(self.figures)
        # Narrow windows cut the parts off before the figures; the tool tip still has them.
        self.split.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row.addWidget(self.split, 1)
        row.addWidget(self.problems)
        self._rest = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._rest.timeout.connect(self.ask)
        self.problems.clicked.connect(self.problems_pressed)
        draft.changed.connect(self.refresh)
        service.replied.connect(self._take)

    @property
    def busy(self) -> bool:
        """Whether figures are still to come."""
        return bool(self._asked) or self._rest.isActive()

    def retranslate(self) -> None:
        """Say the same again in the window's language."""
        self._count()
        if self._cost is not None:
            self._show(self._cost)

    @Slot()
    def refresh(self) -> None:
        """Count the problems now, ask for figures when typing rests."""
        self._count()
        self._rest.start()

    def _count(self) -> None:
        problems, warnings = self._draft.problems, self._draft.warnings
        if problems:
            one, more = self.tr("1 problem"), self.tr("{count} problems")
            self.problems.setText(one if len(problems) == 1 else more.format(count=len(problems)))
        elif warnings:
            one, more = self.tr("1 warning"), self.tr("{count} warnings")
            self.problems.setText(one if len(warnings) == 1 else more.format(count=len(warnings)))
        self.problems.setVisible(bool(problems or warnings))
        self.problems.setToolTip(core_words("\n".join(map(str, (*problems, *warnings)))))

    @Slot()
    def ask(self) -> None:
        """Ask what the newest valid settings cost, unless that is known."""
        self._rest.stop()
        wanted = self._draft.config.model_dump_json()
        if wanted != self._asked_for:
            self._asked_for = wanted
            self.split.setText(self.tr("Computing ..."))
            self._asked = self._service.ask(EstimateRequest(config=wanted))

    @Slot(object)
    def _take(self, reply: object) -> None:
        match reply:
            case EstimateReply() if reply.id == self._asked:
                self._asked = ""
                self._show(reply)
                self.known.emit(reply)
            case ErrorReply() if reply.id == self._asked:
                self._asked, self._cost = "", None
                self.figures.clear()
                self.split.setText(core_words(f"{reply.message} {reply.hint}".rstrip()))
            case _:
                pass

    def _show(self, cost: EstimateReply) -> None:
        self._cost = cost
        parts = [
            self.tr("{count} parameters").format(count=short_number(cost.parameters)),
            self.tr("{size} of memory").format(size=size(cost.total_bytes)),
        ]
        if cost.seconds is not None:
            parts.append(self.tr("about {time}").format(time=duration(cost.seconds)))
        parts.append(self.tr("{size} a checkpoint").format(size=size(cost.checkpoint_bytes)))
        self.figures.setText("  ·  ".join(parts))
        words = self.tr(
            "weights {weights}, gradients {gradients}, optimizer {optimizer}, "
            "activations {activations}"
        )
        sentence = words.format(
            weights=size(cost.weight_bytes),
            gradients=size(cost.gradient_bytes),
            optimizer=size(cost.optimizer_bytes),
            activations=size(cost.activation_bytes),
        )
        self.split.setText(sentence)
        self.setToolTip(sentence)
        self.figures.setToolTip(number(cost.parameters))
