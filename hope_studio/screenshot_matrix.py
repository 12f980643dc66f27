"""Pictures of every page in both themes, both languages and two scales, for a person to look at.

    python -m hope_studio.screenshot_matrix RUN FOLDER

Starts `python -m hope_studio --screenshot` once for each theme, language and scale (the scale by
QT_SCALE_FACTOR, which Qt reads only as a process begins). A picture of the page Train, dark, in
Chinese at 200 % is FOLDER/dark-zh_CN-200/train.png.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

THEMES = ("light", "dark")
LANGUAGES = ("en", "zh_CN")
SCALES = (100, 200)
"""Per cent."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Take all pictures; 1 when a page could not be drawn."""
    options = _parser().parse_args(arguments)
    failed = [
        name
        for theme, language, scale in product(THEMES, LANGUAGES, SCALES)
        if _take(name := f"{theme}-{language}-{scale}", options, (theme, language, scale))
    ]
    for name in failed:
        sys.stderr.write(f"{name}: not every page could be drawn.\n")
    return 1 if failed else 0


def _take(name: str, options: argparse.Namespace, variant: tuple[str, str, int]) -> int:
    theme, language, scale = variant
    command = [sys.executable, "-m", "hope_studio", "--run", options.run]
    command += ["--screenshot", str(options.folder / name), "--theme", theme, "--lang", language]
    surroundings = os.environ | {"QT_SCALE_FACTOR": str(scale / 100)}
    if sys.platform.startswith("linux"):
        surroundings["QT_QPA_PLATFORM"] = "offscreen"  # no window flickers by
    return subprocess.run(command, env=surroundings, check=False).returncode


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m hope_studio.screenshot_matrix",
        description="Draw every page in both themes, both languages, at 100 and 200 %.",
    )
    parser.add_argument("run", help="the run that the pages show: a folder or a run's name")
    parser.add_argument("folder", type=Path, help="where the pictures go")
    return parser


if __name__ == "__main__":
    sys.exit(main())
