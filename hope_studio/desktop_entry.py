"""The program in the applications menu of a Linux desktop: one file, which a person may take out.

Without it a desktop knows the window by no name: it shows no icon of its own on Wayland, and no
progress in the task bar.
"""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

from hope_core.runs.storage import remove_quietly, write_bytes
from hope_studio.resources import assets_folder

NAME = "hope-studio.desktop"


def entry_path() -> Path:
    """Where the person's own entries lie."""
    data = os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    return Path(data) / "applications" / NAME


def is_possible() -> bool:
    """Whether this system has such menus."""
    return sys.platform.startswith("linux")


def put() -> None:
    """Add the program to the menu, as it runs now.

    Raises:
        RunError: the file cannot be written.
        OSError: its folder cannot be made.
    """
    path = entry_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    write_bytes(path, entry().encode())


def remove() -> None:
    """Take it out of the menu."""
    remove_quietly(entry_path())


def entry(python: str = sys.executable) -> str:
    """The file's text (freedesktop.org, Desktop Entry Specification)."""
    lines = (
        "[Desktop Entry]",
        "Type=Application",
        "Name=HOPE Studio",
        "Comment=Train, watch, question and teach small language models",
        "Comment[zh_CN]=训练、观察、提问并教导小型语言模型",
        f"Exec={_quoted(python)} -m hope_studio",
        f"Icon={assets_folder() / 'icons' / 'hope.svg'}",
        "Terminal=false",
        "Categories=Development;Science;",
        "StartupWMClass=hope-studio",
    )
    return "\n".join(lines) + "\n"


def _quoted(path: str) -> str:
    """A path as one word of Exec; backslashes are doubled once for the value, once for the word."""
    word = re.sub(r'(["`$\\])', r"\\\1", path).replace("\\", "\\\\").replace("%", "%%")
    return f'"{word}"'
