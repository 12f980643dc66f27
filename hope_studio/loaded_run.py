"""A finished look at a run: its folder and everything it told, for pages that compare runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hope_core.analysis.history import RunHistory
    from hope_core.runs.folder import RunFolder
    from hope_core.runs.listing import RunSummary


class LoadedRun(NamedTuple):
    """One run, read whole."""

    summary: RunSummary
    folder: RunFolder
    history: RunHistory

    @property
    def title(self) -> str:
        """What a person calls it."""
        return self.summary.title or self.summary.name


def load_runs(summaries: Iterable[RunSummary]) -> list[LoadedRun]:
    """Read these runs; damaged ones are left out. Slow: call it in a thread."""
    from hope_core.analysis.history_cache import open_history
    from hope_core.errors import HopeError
    from hope_core.runs.folder import RunFolder

    found = []
    for summary in summaries:
        if summary.state == "damaged":
            continue
        try:
            folder = RunFolder.open(summary.path)
            history = open_history(folder.path).history
        except HopeError:
            continue
        found.append(LoadedRun(summary, folder, history))
    return found
