"""The states of a run in words, and reading lists of runs: shared by the pages that list them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from hope_core.analysis.digest import RunDigest
    from hope_core.runs.listing import RunSummary

_STATES = {
    "created": QT_TRANSLATE_NOOP("RunWords", "not started"),
    "preparing": QT_TRANSLATE_NOOP("RunWords", "preparing"),
    "running": QT_TRANSLATE_NOOP("RunWords", "running"),
    "paused": QT_TRANSLATE_NOOP("RunWords", "paused"),
    "finished": QT_TRANSLATE_NOOP("RunWords", "finished"),
    "stopped": QT_TRANSLATE_NOOP("RunWords", "stopped"),
    "failed": QT_TRANSLATE_NOOP("RunWords", "failed"),
    "interrupted": QT_TRANSLATE_NOOP("RunWords", "interrupted"),
    "damaged": QT_TRANSLATE_NOOP("RunWords", "damaged"),
}
_TONES = {
    "running": "accent",
    "preparing": "accent",
    "paused": "accent",
    "finished": "good",
    "stopped": "good",
    "failed": "bad",
    "damaged": "bad",
    "interrupted": "warning",
}
RESUMABLE = frozenset({"stopped", "failed", "interrupted"})
"""States from which a run can go on; a finished one has done what it was asked."""


def state_words(state: str) -> str:
    """A state as a person reads it."""
    return QCoreApplication.translate("RunWords", str(_STATES.get(state, state)))


def state_tone(state: str) -> str:
    """The tone of a state's badge: accent, good, warning, bad, or none."""
    return _TONES.get(state, "")


def listed_runs() -> list[RunSummary]:
    """Every run, the newest first. Slow on a slow disk: call it in a thread."""
    from hope_core.runs.listing import list_runs

    return list_runs()


def digests_of(runs: Iterable[RunSummary]) -> dict[Path, RunDigest]:
    """The digests of these runs, without those that cannot be read. Slow: call it in a thread."""
    from hope_core.analysis.digest import digest
    from hope_core.errors import HopeError

    found = {}
    for run in runs:
        if run.state == "damaged":
            continue
        try:
            found[run.path] = digest(run.path)
        except HopeError:
            continue
    return found
