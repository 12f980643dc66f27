"""Hands one look to many pictures, one a turn of the event loop, so that none waits long."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple, Protocol

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Slot

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from hope_core.analysis.deep_looks import DeepLook, DeepLooks
    from hope_core.analysis.probes import Probe
    from hope_studio.widgets.figure import Figure

translate = QCoreApplication.translate


class Look(NamedTuple):
    """Everything there is to show at one step."""

    probe: Probe
    deep: DeepLook | None


class OfProbe(Protocol):
    """A picture of a plain look."""

    def show_probe(self, probe: Probe) -> bool:
        """Draw it; False when there is nothing to draw."""


class OfDeep(Protocol):
    """A picture of a deeper look."""

    def show_deep(self, look: DeepLook) -> bool | None:
        """Draw it; False when there is nothing to draw."""


def read_look(path: Path, deep: DeepLooks, step: float) -> Look:
    """A probe file, and the newest deeper look at or before its step.

    Raises:
        RunError: a file is gone or damaged.
    """
    from hope_core.analysis.probes import read_probe

    return Look(read_probe(path), deep.at(step))


class Drawing(QObject):
    """Draws a look, and covers the pictures that have nothing to show with a sentence.

    Args:
        figures: every picture in its frame, by name.
        plain: those that show a probe.
        deep: those that show deeper looks; one that is in both is covered for its probe alone.
        sentences: why a family may lack a picture.
        parent: the page of the pictures; drawing ends with it.
    """

    def __init__(
        self,
        figures: Mapping[str, Figure],
        plain: Mapping[str, OfProbe],
        deep: Mapping[str, OfDeep],
        sentences: Callable[[str], str],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._figures, self._plain, self._deep = figures, plain, deep
        self._sentences = sentences
        self._waiting: list[Callable[[], None]] = []
        self._shown: tuple[int, int] | None = None
        self._turn = QTimer(self, interval=0)
        self._turn.timeout.connect(self._draw_one)

    @property
    def busy(self) -> bool:
        """Whether some pictures still wait for their turn."""
        return bool(self._waiting)

    def start(self, look: Look) -> None:
        """Draw this look; what waits of the last one is left out."""
        self._waiting = [partial(self._draw_probe, name, look.probe) for name in self._plain]
        mark = _mark(look.deep)
        if mark is None or mark != self._shown:
            self._waiting += [partial(self._draw_deep, name, look.deep) for name in self._deep]
            self._waiting.append(partial(self._note, mark))
        self._turn.start()

    def forget(self) -> None:
        """Draw even the deeper look of the last time anew."""
        self._waiting.clear()
        self._shown = None

    def _note(self, mark: tuple[int, int] | None) -> None:
        self._shown = mark

    @Slot()
    def _draw_one(self) -> None:
        if self._waiting:
            self._waiting.pop(0)()
        if not self._waiting:
            self._turn.stop()

    def _draw_probe(self, name: str, probe: Probe) -> None:
        drawn = self._plain[name].show_probe(probe)
        self._figures[name].show_sentence("" if drawn else self._sentences(name))

    def _draw_deep(self, name: str, look: DeepLook | None) -> None:
        drawn = look is not None and self._deep[name].show_deep(look)
        if name not in self._plain and name != "norms":
            self._figures[name].show_sentence("" if drawn else self._sentences(name))


def _mark(look: DeepLook | None) -> tuple[int, int] | None:
    """What tells a deeper look from another: its step, and how many there are."""
    if look is None:
        return None
    return look.step, max((len(steps) for steps, _ in look.trails.values()), default=0)
