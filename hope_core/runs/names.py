"""Names of runs: short, flat, and safe as a folder on every system."""

from __future__ import annotations

import os
import re
import unicodedata
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from platformdirs import user_data_path

from hope_core.errors import RunError

MAXIMUM_LENGTH = 100
MAXIMUM_BYTES = 200
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
_WINDOWS_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


class HasPath(Protocol):
    """What lies in a folder of its own, such as a RunFolder."""

    path: Path


def path_of(run: HasPath | Path) -> Path:
    """The folder of a run that is given as itself or as its folder."""
    return run if isinstance(run, Path) else run.path


def runs_root() -> Path:
    """The folder in which runs lie: HOPE_RUNS, or the user's data folder. It need not exist yet."""
    chosen = os.environ.get("HOPE_RUNS")
    return Path(chosen).expanduser() if chosen else user_data_path("hope-studio", False) / "runs"


def check_name(name: str, *, of: str = "run") -> str:
    """A name that a person chose for a run or, says `of`, something else, when it can be used.

    Raises:
        RunError: it is empty, too long, no flat name, or means something to some system.
    """
    reason = _objection(name)
    if reason:
        shown = name if len(name) <= 60 else name[:57] + "..."
        raise RunError(
            f"{shown!r} cannot be the name of a {of}: {reason}. "
            "Use letters, digits, spaces, '-' and '_', for example my-first-run."
        )
    return name


def made_name(preset: str, now: datetime | None = None) -> str:
    """A name from a preset's name, which may be any text, and the local time."""
    moment = (now or datetime.now(UTC)).astimezone()
    plain = "".join(
        character if character.isalnum() or character in "-_" else "-"
        for character in unicodedata.normalize("NFC", preset)
    )
    short = plain.encode()[:60].decode(errors="ignore").strip("-_") or "run"
    return f"{short}-{moment:%Y%m%d-%H%M%S}"


def _objection(name: str) -> str:
    if not name.strip():
        return "it is empty"
    if not name.isprintable():
        return "it holds characters that cannot be shown"
    if len(name) > MAXIMUM_LENGTH or len(name.encode(errors="replace")) > MAXIMUM_BYTES:
        return f"it is longer than {MAXIMUM_LENGTH} characters"
    if found := _FORBIDDEN.search(name):
        return f"{found.group()!r} is not allowed in it"
    if name[0] in ".-~ " or name[-1] in ". ":
        return "it begins or ends with a character that has a meaning of its own"
    if _WINDOWS_DEVICES.fullmatch(name):
        return "it is the name of a device on Windows"
    return ""
