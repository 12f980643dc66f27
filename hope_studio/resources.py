"""Where icons and translations lie: inside the installed package, or beside it in a checkout."""

from __future__ import annotations

from pathlib import Path


def assets_folder() -> Path:
    """The folder that holds icons/ and translations/."""
    package = Path(__file__).parent
    installed = package / "assets"
    return installed if installed.is_dir() else package.parent / "assets"
