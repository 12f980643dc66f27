"""Whether a window can be drawn, and if not, what to do about it.

Free of Qt. On Linux a window needs a display server and a handful of shared libraries; each lack
becomes a sentence with the line that mends it. Qt is linked to some of these libraries, and its
import tells of one that is missing; those for X it loads late, and ends the program without them.
"""

from __future__ import annotations

import os
import sys

LINKED = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libxkbcommon.so.0": "libxkbcommon0",
}
FOR_X = {
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
}


def obstacle() -> str:
    """Why Qt could draw no window, and what to do; empty when nothing is known to stand there."""
    if not sys.platform.startswith("linux"):
        return ""
    platform = os.environ.get("QT_QPA_PLATFORM", "").partition(":")[0]
    if platform in ("offscreen", "minimal", "vnc"):
        return ""
    has_wayland = bool(os.environ.get("WAYLAND_DISPLAY"))
    if not has_wayland and not os.environ.get("DISPLAY"):
        return (
            "There is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set). "
            "Use the command line instead: hope train small. "
            "Over ssh, ssh -X brings a display along."
        )
    return "" if has_wayland and platform != "xcb" else _missing(LINKED | FOR_X)


def missing_library(error: ImportError) -> str:
    """What to install when Qt could not be imported.

    Raises:
        ImportError: the error itself, when no library of the system is missing.
    """
    sentence = _missing(LINKED) if sys.platform.startswith("linux") else ""
    if not sentence:
        raise error
    return sentence


def _missing(libraries: dict[str, str]) -> str:
    packages = [package for library, package in libraries.items() if not _loads(library)]
    if not packages:
        return ""
    return (
        "The window needs system libraries that are not installed. On Debian or Ubuntu: "
        f"sudo apt-get install -y {' '.join(packages)}"
    )


def _loads(library: str) -> bool:
    import ctypes

    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True
