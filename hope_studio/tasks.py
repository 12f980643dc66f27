"""What a TrainerThread may be asked to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from hope_core.config.run import RunConfig


@dataclass(frozen=True)
class Start:
    """Train these settings in a new run."""

    config: RunConfig
    title: str = ""
    """What the run is called beside its folder's name."""


@dataclass(frozen=True)
class Resume:
    """Go on with a run from its newest checkpoint."""

    path: Path


@dataclass(frozen=True)
class Watch:
    """Show a run that somebody else trains, or that has ended."""

    path: Path | str
    """Its folder, or its name."""


@dataclass(frozen=True)
class Branch:
    """Train these settings in a new run that begins with another one's newest weights."""

    path: Path
    """The other run's folder."""
    config: RunConfig


Task = Start | Branch | Resume | Watch
