"""The one table from which every button of the run bar and every entry of the Run menu derives."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from hope_studio.phases import Phase


@dataclass(frozen=True)
class Controls:
    """What the person sees and may do in one phase. Texts are translated when shown."""

    badge: object
    """A text marked for translation; `badge_text` translates it."""
    tone: str
    """Colour of the badge: accent, good, warning, bad or empty; never the only difference."""
    train: bool = False
    """A new run may start, and the preset and the device may be chosen."""
    middle: str = "pause"
    """What the middle button does: pause, go_on or resume."""
    middle_enabled: bool = False
    step: bool = False
    live_wishes: bool = False
    """Save and sample now."""
    stop: bool = False


CONTROLS: dict[Phase, Controls] = {
    Phase.IDLE: Controls(QT_TRANSLATE_NOOP("Controls", "Ready"), "", train=True),
    Phase.PREPARING: Controls(
        QT_TRANSLATE_NOOP("Controls", "Preparing"), "accent", middle_enabled=True, stop=True
    ),
    Phase.RUNNING: Controls(
        QT_TRANSLATE_NOOP("Controls", "Training"),
        "good",
        middle_enabled=True,
        step=True,
        live_wishes=True,
        stop=True,
    ),
    Phase.PAUSING: Controls(
        QT_TRANSLATE_NOOP("Controls", "Pausing"),
        "accent",
        middle="go_on",
        middle_enabled=True,
        stop=True,
    ),
    Phase.PAUSED: Controls(
        QT_TRANSLATE_NOOP("Controls", "Paused"),
        "warning",
        middle="go_on",
        middle_enabled=True,
        step=True,
        live_wishes=True,
        stop=True,
    ),
    Phase.STOPPING: Controls(QT_TRANSLATE_NOOP("Controls", "Stopping"), "accent"),
    Phase.FINISHED: Controls(QT_TRANSLATE_NOOP("Controls", "Finished"), "good", train=True),
    Phase.STOPPED: Controls(
        QT_TRANSLATE_NOOP("Controls", "Stopped"),
        "",
        train=True,
        middle="resume",
        middle_enabled=True,
    ),
    Phase.FAILED: Controls(
        QT_TRANSLATE_NOOP("Controls", "Failed"),
        "bad",
        train=True,
        middle="resume",
        middle_enabled=True,
    ),
    Phase.INTERRUPTED: Controls(
        QT_TRANSLATE_NOOP("Controls", "Interrupted"),
        "warning",
        train=True,
        middle="resume",
        middle_enabled=True,
    ),
    Phase.NO_SIGNAL: Controls(
        QT_TRANSLATE_NOOP("Controls", "No signal"), "bad", middle_enabled=True, stop=True
    ),
}

MIDDLE_TEXTS: dict[str, object] = {
    "pause": QT_TRANSLATE_NOOP("Controls", "Pause"),
    "go_on": QT_TRANSLATE_NOOP("Controls", "Continue"),
    "resume": QT_TRANSLATE_NOOP("Controls", "Resume"),
}
PHASES: dict[str, object] = {
    "reading": QT_TRANSLATE_NOOP("Controls", "Reading the text"),
    "tokenizer": QT_TRANSLATE_NOOP("Controls", "Learning the tokens"),
    "tokenizing": QT_TRANSLATE_NOOP("Controls", "Cutting the text into tokens"),
    "building": QT_TRANSLATE_NOOP("Controls", "Building the model"),
    "proving": QT_TRANSLATE_NOOP("Controls", "Proving the model"),
    "timing": QT_TRANSLATE_NOOP("Controls", "Finding the fastest threads"),
    "evaluating": QT_TRANSLATE_NOOP("Controls", "Evaluating"),
    "sampling": QT_TRANSLATE_NOOP("Controls", "Writing samples"),
    "saving": QT_TRANSLATE_NOOP("Controls", "Saving"),
}
"""What a trainer may be busy with outside of its steps."""

MIDDLE_ICONS = {"pause": "pause", "go_on": "play", "resume": "resume"}


def badge_text(phase: Phase) -> str:
    """The word of a phase in the window's language."""
    return QCoreApplication.translate("Controls", str(CONTROLS[phase].badge))


def middle_text(phase: Phase) -> str:
    """What the middle button says in a phase, in the window's language."""
    return QCoreApplication.translate("Controls", str(MIDDLE_TEXTS[CONTROLS[phase].middle]))


def phase_words(phase: str) -> str:
    """What a trainer is busy with outside of its steps, in the window's language."""
    return QCoreApplication.translate("Controls", str(PHASES.get(phase, phase)))
