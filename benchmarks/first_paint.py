"""How long from launch to the first paint, and to the Train page with its plots?

    python benchmarks/first_paint.py [--repeats 5] [--platform offscreen]

Starts the studio anew each time and takes the time, from before the start of its process, when it
tells that something is done.
The first launch warms the disk and is left out. The last line is JSON (medians, ms).
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time

MARKS = ("first paint", "whole window", "page drawn")


def launch(platform: str, home: str) -> dict[str, float]:
    """One launch; when it told what, in ms."""
    surroundings = os.environ | {"QT_QPA_PLATFORM": platform, "HOPE_RUNS": home}
    command = [sys.executable, "-m", "hope_studio", "--page", "train", "--report-times"]
    found: dict[str, float] = {}
    began = time.monotonic()
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=surroundings) as process:
        assert process.stdout is not None
        for line in process.stdout:
            mark = line.strip()
            found[mark] = round(1000 * (time.monotonic() - began))
            if mark == MARKS[-1]:
                break
        process.terminate()
    return found


def main() -> None:
    """Launch, measure, tell."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--platform", default=os.environ.get("QT_QPA_PLATFORM", "offscreen"))
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        launch(options.platform, home)
        launches = [launch(options.platform, home) for _ in range(options.repeats)]
    for number, times in enumerate(launches, start=1):
        print(number, times)
    medians = {mark: statistics.median(times[mark] for times in launches) for mark in MARKS}
    print(json.dumps(medians))


if __name__ == "__main__":
    main()
