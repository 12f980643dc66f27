"""Several processes in one training: those a cluster's launcher started, and those we start."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING

from hope_core.runs.folder import RunFolder
from hope_core.training.place import place_of_process

if TYPE_CHECKING:
    from hope_core.config.run import RunConfig
    from hope_core.training.crew import Crew
    from hope_core.training.team import Team


def meet(config: RunConfig) -> Team | None:
    """The processes that a cluster's launcher started beside this one; None: there are none.

    Raises:
        HopeError: they cannot work together.
    """
    place = place_of_process()
    if place is None:
        return None
    from hope_core.training.member import join

    return join(config, place)


def followed(team: Team | None, folder: RunFolder | None = None) -> bool:
    """Whether this process is a follower; it has done its share of the whole run by then.

    Args:
        team: what `meet` gave.
        folder: the run, where every process knows it; else the first process names it.

    Raises:
        HopeError: it could not do its share.
    """
    if team is None or team.place.leads:
        return False
    from hope_core.training.follower import Follower

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)  # process 0 ends the run, and then this one
    Follower(folder or RunFolder.open(team.named_run()), team).run()
    return True


def make_crew(folder: RunFolder, processes: int) -> Crew:
    """The processes that will train a run on this machine; they print into the run's log."""
    from hope_core.training.crew import Crew

    logs = folder.path / "logs"
    logs.mkdir(exist_ok=True)
    return Crew(folder, processes, log=logs / "trainer.log")
