"""How long from launch to the first paint, to the Train page with its plots, to the whole window?

    python benchmarks/first_paint.py [--repeats 5] [--platform offscreen] [--run DIR]

Starts the studio anew each time and takes the time, from before the start of its process, when it
tells that something is done; with --run also when that run is drawn. In turn with it starts the
least that PySide6 can do, an empty QMainWindow: the floor under these figures, on this machine in
this minute. The first launch warms the disk and is left out; bytecode is kept, as it is wherever a
program was installed. The last line is JSON (medians, ms).
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

EMPTY_WINDOW = """
import sys
from PySide6.QtWidgets import QApplication, QMainWindow

class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        sys.stdout.write("empty window\\n")
        sys.stdout.flush()
        app.exit()

app = QApplication([])
window = Window()
window.resize(1280, 800)
window.show()
app.exec()
"""
MARKS = ["first paint", "page drawn", "whole window"]


def launch(words: list[str], marks: list[str], surroundings: dict[str, str]) -> dict[str, float]:
    """One launch; when it told what, in ms."""
    found: dict[str, float] = {}
    began = time.monotonic()
    with subprocess.Popen(
        [sys.executable, *words], stdout=subprocess.PIPE, text=True, env=surroundings
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            found[line.strip()] = round(1000 * (time.monotonic() - began))
            if set(marks) <= set(found):
                break
        process.terminate()
    return found


def main() -> None:
    """Launch, measure, tell."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--platform", default=os.environ.get("QT_QPA_PLATFORM", "offscreen"))
    parser.add_argument("--run", help="open this run, too")
    parser.add_argument("--quick", action="store_true", help="one launch")
    parser.add_argument("--json", action="store_true", help="nothing: the last line always is JSON")
    options = parser.parse_args()
    surroundings = os.environ | {"QT_QPA_PLATFORM": options.platform}
    surroundings.pop("PYTHONDONTWRITEBYTECODE", None)
    words = ["-m", "hope_studio", "--page", "train", "--report-times"]
    marks = list(MARKS)
    if options.run:
        words += ["--run", options.run]
        marks.append("run drawn")
    launches: list[dict[str, float]] = []
    with tempfile.TemporaryDirectory() as home:
        surroundings["HOPE_RUNS"] = home
        for _ in range(2 if options.quick else options.repeats + 1):
            floor = launch(["-c", EMPTY_WINDOW], ["empty window"], surroundings)
            launches.append(floor | launch(words, marks, surroundings))
    for number, times in enumerate(launches[1:], start=1):
        print(number, times)
    names = ["empty window", *marks]
    print(json.dumps({n: statistics.median(times[n] for times in launches[1:]) for n in names}))


if __name__ == "__main__":
    main()
