"""What a run's events say in a line of the log, and how grave it is."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from hope_core.runs.events import (
    CheckpointSaved,
    CommandAcknowledged,
    EvaluationFinished,
    Event,
    LearningRateChanged,
    Notice,
    RunFailed,
    RunFinished,
    RunStarted,
    SampleWritten,
    StateChanged,
    StepSkipped,
)
from hope_studio.controls import badge_text
from hope_studio.core_words import core_words, with_hint
from hope_studio.phases import phase_of_state
from hope_studio.widgets.quantities import duration, number, size

translate = QCoreApplication.translate
LEVELS = ("info", "warning", "error")


def level_of(event: Event) -> str:
    """info, warning or error."""
    match event:
        case RunFailed():
            return "error"
        case Notice() | StepSkipped() | StateChanged(state="interrupted"):
            return "warning"
        case _:
            return "info"


def sentence_of(event: Event) -> str:  # noqa: C901 - a table in the form of a match
    """A whole sentence in the window's language; empty for events that are only figures."""
    match event:
        case RunStarted(resumed=True):
            return translate("Log", "Resumed after step {step}.").format(step=number(event.step))
        case RunStarted():
            return translate(
                "Log", "Started on {device} in {precision} with {threads} threads."
            ).format(device=event.device, precision=event.precision, threads=event.threads)
        case StateChanged():
            state = badge_text(phase_of_state(event.state))
            return (
                translate("Log", "State: {state}. {reason}")
                .format(state=state, reason=core_words(event.reason))
                .strip()
            )
        case EvaluationFinished():
            text = translate("Log", "Held-out text: {bits} bits per byte, the best so far.")
            if not event.best:
                text = translate("Log", "Held-out text: {bits} bits per byte.")
            return text.format(bits=number(event.bits_per_byte, 3))
        case CheckpointSaved():
            return translate("Log", "Saved {path} ({size}).").format(
                path=event.path, size=size(event.size)
            )
        case LearningRateChanged():
            text = translate("Log", "The learning rate is now {factor} times the scheduled one.")
            if event.repeated:
                text = translate("Log", "As before, the learning rate is {factor} times as high.")
            return text.format(factor=f"{event.factor:.4g}")
        case StepSkipped():
            text = translate("Log", "The step was left out, number {total} of this run. {reason}")
            return text.format(total=number(event.total), reason=core_words(event.reason))
        case SampleWritten():
            return translate("Log", "Wrote a sample for “{prompt}”.").format(prompt=event.prompt)
        case CommandAcknowledged():
            return core_words(event.message)
        case Notice():
            return with_hint(event.message, event.hint)
        case RunFailed():
            return with_hint(event.message, event.hint)
        case RunFinished():
            return translate("Log", "Ended after {time}: {reason}").format(
                time=duration(event.seconds), reason=core_words(event.reason)
            )
        case _:
            return ""
