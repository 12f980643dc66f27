"""How the open run is doing, in the few words of the run bar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from hope_core.analysis.eta import progress, remaining_seconds
from hope_studio.widgets.quantities import duration, number, percent, speed

if TYPE_CHECKING:
    from hope_core.analysis.history import RunHistory

translate = QCoreApplication.translate


def figure_words(history: RunHistory, *, live: bool, roomy: bool) -> str:
    """Step, progress, time left and, where there is room, the speed."""
    parts = [_step_words(history), percent(progress(history))]
    if live and (left := remaining_seconds(history)) is not None:
        parts.append(translate("RunBar", "{time} left").format(time=duration(left)))
    if history.last is not None and roomy:
        parts.append(speed(history.last.tokens_per_second))
    return " · ".join(parts)


def _step_words(history: RunHistory) -> str:
    """The step, and the last one to come where it is not the clock that ends the run."""
    started = history.started
    if started is None or started.max_seconds:
        return translate("RunBar", "step {step}").format(step=number(history.step))
    words = translate("RunBar", "step {step}/{steps}")
    return words.format(step=number(history.step), steps=number(started.steps))
