"""Pictures of every page in both themes, both languages and two scales, for a person to look at.

    python -m hope_studio.screenshot_matrix RUN FOLDER

Starts `python -m hope_studio --screenshot` once for each scale (by QT_SCALE_FACTOR, which Qt reads
only as a process begins). The page Train, dark, in Chinese at 200 % is
FOLDER/dark/zh_CN/200/train.png. Each picture is written with 256 colours, to be small.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image  # comes with matplotlib, which draws the reports

if TYPE_CHECKING:
    from collections.abc import Sequence

SCALES = (100, 200)
"""Per cent."""
COLOURS = 256


def main(arguments: Sequence[str] | None = None) -> int:
    """Take all pictures; 1 when a page could not be drawn."""
    options = _parser().parse_args(arguments)
    failed = [scale for scale in SCALES if _take(scale, options)]
    for scale in failed:
        sys.stderr.write(f"{scale} %: not every page could be drawn.\n")
    for picture in sorted(options.folder.glob("*/*/*/*.png")):
        shrink(picture)
    return 1 if failed else 0


def shrink(picture: Path) -> None:
    """Write a picture again with few colours, each chosen from those it has."""
    with Image.open(picture) as image:
        small = image.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    small.save(picture, optimize=True)


def _take(scale: int, options: argparse.Namespace) -> int:
    places = options.folder / "{theme}" / "{lang}" / str(scale) / "{page}.png"
    command = [sys.executable, "-m", "hope_studio", "--run", options.run]
    command += ["--screenshot", str(places)]
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
