"""Opens many strangers' checkpoints in this one process, the way the sandbox opens one.

    python open_many.py EXPECTED.json < LIST_OF_PATHS

Prints as JSON, a line for each, what came of it and how long it took; the last line is the peak of
resident memory (bytes).
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import msgspec

from hope_core.errors import ForeignFileError
from hope_core.exchange.expected import ExpectedWeights
from hope_core.exchange.foreign import extract
from hope_core.exchange.kinds import open_plain


def outcome(path: Path, expected: ExpectedWeights) -> str:
    try:
        with open_plain(path) as file:
            extract(file, expected)
    except ForeignFileError:
        return "refused"
    except Exception as error:  # noqa: BLE001 - nine kinds of error mean "damaged"
        return type(error).__name__
    return "accepted"


def main() -> None:
    expected = msgspec.json.decode(Path(sys.argv[1]).read_bytes(), type=ExpectedWeights)
    for line in sys.stdin:
        path = Path(line.rstrip("\n"))
        began = time.perf_counter()
        result = outcome(path, expected)
        tell([path.name, result, time.perf_counter() - began])
    tell(peak_of_memory())


def peak_of_memory() -> int:
    """Of this program alone: what the system counts as the process began as its parent's copy."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) * 1024


def tell(value: object) -> None:
    sys.stdout.write(json.dumps(value) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
