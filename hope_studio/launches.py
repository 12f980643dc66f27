"""Counts launches that did not end well: after two in a row the window starts in safe mode.

Safe mode leaves the remembered arrangement alone and starts on the first page, so that something
broken there cannot keep the program from starting. Launches that still run are not counted.
"""

from __future__ import annotations

import os

from hope_studio.settings import recall, remember

OPEN, CRASHES = "launches/open", "launches/crashes"
PATIENCE = 2
"""So many bad ends in a row are no coincidence."""


def begin() -> bool:
    """Note that the program starts; True when it should start in safe mode."""
    before = [int(number) for number in recall(OPEN, [])]
    there = [number for number in before if _runs(number)]
    crashes = recall(CRASHES, 0) + len(before) - len(there)
    remember(OPEN, [*there, os.getpid()])
    remember(CRASHES, crashes)
    return crashes >= PATIENCE


def end_well() -> None:
    """Note that the program ends as it should."""
    remember(OPEN, [number for number in recall(OPEN, []) if number != os.getpid()])
    remember(CRASHES, 0)


def _runs(number: int) -> bool:
    """Whether another process of this number runs; our own number was somebody else's before."""
    if number == os.getpid():
        return False
    import psutil

    return psutil.pid_exists(number)
