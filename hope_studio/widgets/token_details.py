"""One token in numbers: its surprise, its entropy, and the tokens that were likelier."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Slot
from PySide6.QtGui import QFontDatabase, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from hope_studio.theme import color, control, series_color
from hope_studio.theme.blend import blend
from hope_studio.widgets.card import Card
from hope_studio.widgets.labels import label
from hope_studio.widgets.quantities import number

if TYPE_CHECKING:
    from hope_core.runs.token_told import TokenTold

LINE = 20
_VISIBLE = str.maketrans({"\n": "⏎", "\t": "⇥", "\r": "␍", " ": "␣"})


class TokenDetails(Card):
    """Follows the token under the pointer; says what to do until there is one."""

    def __init__(self) -> None:
        super().__init__()
        self.words = label(role="small", wrap=True)
        self.bars = RivalBars()
        self._token: TokenTold | None = None
        self.body.addWidget(self.words)
        self.body.addWidget(self.bars, 1)
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text."""
        self.set_heading(self.tr("Token under the pointer"))
        self.show_token(self._token)

    @Slot(object)
    def show_token(self, token: TokenTold | None) -> None:
        """Tell of this token; None: say what to do."""
        self._token = token
        self.bars.show_rivals(token)
        if token is None:
            self.words.setText(
                self.tr("Point at a written token to see what else the model had in mind.")
            )
            return
        words = self.tr("“{token}”: surprise {surprise} nats, entropy {entropy} nats")
        self.words.setText(
            words.format(
                token=token.text.translate(_VISIBLE) or "…",
                surprise=number(token.surprise, 2),
                entropy=number(token.entropy, 2),
            )
        )


class RivalBars(QWidget):
    """The likeliest tokens, each with a bar as long as its probability."""

    def __init__(self) -> None:
        super().__init__()
        self._rivals: tuple[tuple[str, float], ...] = ()
        self._chosen = ""
        self.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        control.theme_changed.connect(self._redraw)

    def sizeHint(self) -> QSize:
        """Room for the likeliest three; the others where the window is high."""
        return QSize(180, 3 * LINE)

    def show_rivals(self, token: TokenTold | None) -> None:
        """Draw the rivals of this token; None: nothing."""
        self._rivals = token.alternatives if token is not None else ()
        self._chosen = token.text if token is not None else ""
        told = "; ".join(f"{text!r} {100 * chance:.1f} %" for text, chance in self._rivals)
        self.setAccessibleName(self.tr("Likeliest tokens"))
        self.setAccessibleDescription(told)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """One line a token; the one that was taken is marked."""
        painter = QPainter(self)
        left, right = 56, 52
        room = max(10, self.width() - left - right)
        for row, (text, chance) in enumerate(self._rivals):
            top = row * LINE
            taken = text == self._chosen
            painter.setPen(Qt.PenStyle.NoPen)
            tint = series_color(2 if taken else 0)
            painter.setBrush(blend(color("card"), tint, 0.75 if taken else 0.5))
            painter.drawRoundedRect(QRectF(left, top + 3, max(2.0, room * chance), LINE - 6), 2, 2)
            painter.setPen(color("text"))
            align = Qt.AlignmentFlag.AlignVCenter
            shown = ("▸" if taken else " ") + text.translate(_VISIBLE)[:5]
            painter.drawText(0, top, left - 4, LINE, align, shown)
            share = f"{number(100 * chance, 1)} %"
            end = align | Qt.AlignmentFlag.AlignRight
            painter.drawText(self.width() - right, top, right, LINE, end, share)

    @Slot()
    def _redraw(self) -> None:
        self.update()
