"""One process that trains: alone, leading a team, or following one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch

from hope_core.training.devices import resolve_device
from hope_core.training.follower import Follower
from hope_core.training.team import Team
from hope_core.training.trainer import Trainer

if TYPE_CHECKING:
    from hope_core.config.run import RunConfig
    from hope_core.runs.folder import RunFolder
    from hope_core.training.control import Control
    from hope_core.training.place import Place


def train_as_member(folder: RunFolder, place: Place | None, control: Control) -> None:
    """Train to the run's end, as whatever this process is.

    Args:
        folder: the run.
        place: where this process stands in a team; None: it trains alone.
        control: where commands come from; a follower has no use for it.

    Raises:
        HopeError: the run cannot be trained, or diverged; it stands in the run folder too.
    """
    team = join(folder.config, place) if place is not None else None
    if team is not None and not team.place.leads:
        Follower(folder, team).run()
    else:
        Trainer(folder, control, team).run()


def join(config: RunConfig, place: Place) -> Team:
    """Meet the other processes.

    Raises:
        ConfigError: this machine has no device for this process.
    """
    device = resolve_device(config.device, place.local_rank)
    if device.type == "cuda":
        torch.cuda.set_device(device)
    return Team(place, device.type)
