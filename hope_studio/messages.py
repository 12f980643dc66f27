"""What the notice bar shows: one sentence, what to do about it, and details to copy."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Message:
    """Something to tell the person."""

    text: str
    hint: str = ""
    severity: str = "info"
    """info, success, warning or error."""
    details: str = ""
    """Long text behind "Copy details", such as a traceback."""
    action: str = ""
    """A word of `hope_studio.actions` offered as a button: resume, generate, ...; empty: none."""
