"""What a person may choose about the program itself, each by its key under QSettings."""

from __future__ import annotations

from hope_studio.settings import recall, remember

NOTIFY = "manners/notify"
SOUND = "manners/sound"
KEEP_AWAKE = "manners/keep_awake"
LOW_PRIORITY = "manners/low_priority"
SWITCHES = {NOTIFY: True, SOUND: False, KEEP_AWAKE: True, LOW_PRIORITY: False}
"""Switches and what they are until somebody turns them."""


def is_on(key: str) -> bool:
    """Whether a switch is on."""
    return recall(key, SWITCHES[key])


def turn(key: str, on: bool) -> None:
    """Turn a switch, for this and later launches."""
    remember(key, on)
