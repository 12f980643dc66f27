"""Finding the run that a word on the command line means."""

from __future__ import annotations

from hope_core.errors import RunError
from hope_core.runs.folder import RunFolder
from hope_core.runs.listing import list_runs
from hope_core.runs.names import runs_root

LATEST = "latest"


def open_run(word: str) -> RunFolder:
    """The run of this name, at this path, or the newest one.

    Raises:
        RunError: there is none, or its folder is damaged.
    """
    if word != LATEST:
        return RunFolder.open(word)
    found = [run for run in list_runs() if run.state != "damaged"]
    if not found:
        raise RunError(f"There is no run in {runs_root()} yet. Start one with: hope train small")
    return RunFolder.open(found[0].path)
