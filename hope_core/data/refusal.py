"""A first look at a person's own text, before a run is made for it: most mistakes show at once."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from hope_core.data.sources import SOURCES
from hope_core.data.watch import Watch

if TYPE_CHECKING:
    from hope_core.config.data import DataSettings

LOOK_SECONDS = 1.0
"""How long the look may take; what a longer text still hides is told when the run prepares it."""
BUILT_IN = frozenset({"stdlib", "tales"})


class _EnoughError(Exception):
    """The time for a first look is over."""


def refuse_at_once(settings: DataSettings) -> None:
    """Read the source, for a second at most, and raise what is wrong with it.

    Raises:
        DataError: it is missing, no plain file or folder, not UTF-8, empty or too short; names the
            file and the byte.
    """
    if settings.source.kind in BUILT_IN:
        return
    deadline = time.monotonic() + LOOK_SECONDS

    def stop_in_time() -> None:
        if time.monotonic() > deadline:
            raise _EnoughError

    watch = Watch(lambda *_: None, stop_in_time)
    try:
        SOURCES.load(settings.source.kind)(settings.source, watch)
    except _EnoughError:
        return
