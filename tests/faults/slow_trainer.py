"""The shipped trainer on a disk that takes its time for every sync.

python slow_trainer.py SECONDS RUN [--commands-from N]
"""

from __future__ import annotations

import os
import sys
import time

from hope_core import worker


def slow_down(seconds: float) -> None:
    real = os.fsync

    def slow_sync(handle: int) -> None:
        time.sleep(seconds)
        real(handle)

    os.fsync = slow_sync  # type: ignore[assignment]  # a handle is a number here


if __name__ == "__main__":
    slow_down(float(sys.argv[1]))
    code = worker.main(sys.argv[2:])
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)
