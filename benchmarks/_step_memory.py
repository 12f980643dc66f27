"""A process of its own that measures the memory of training steps. Linux.

python -m benchmarks._step_memory NAME SIZE 1x256,1x1024 ...: prints one JSON object, `step_bytes`,
one number for each batch x length: by how much the process grew at its peak from before the model
was built to after a step.
"""

from __future__ import annotations

import ctypes
import gc
import json
import subprocess
import sys
from pathlib import Path

import torch

from benchmarks._contenders import SIZES, contender
from benchmarks._training import training_step

STATUS = Path("/proc/self/status")
PEAK, NOW = "VmHWM:", "VmRSS:"


def parsed(lengths: str) -> list[tuple[int, int]]:
    """Text such as 8x256,1x4096 as pairs of batch and length."""
    pairs = (each.split("x") for each in lengths.split(","))
    return [(int(batch), int(length)) for batch, length in pairs]


def step_bytes(name: str, size: str, lengths: str) -> list[int | None]:
    """Bytes by which a process grows for this model and one step, for each batch x length.

    None where the system does not tell a process its peak.
    """
    if not STATUS.exists():
        return [None for _ in parsed(lengths)]
    command = [sys.executable, "-m", "benchmarks._step_memory", name, size, lengths]
    done = subprocess.run(
        command, check=True, capture_output=True, text=True, cwd=Path(__file__).parents[1]
    )
    told: list[int | None] = json.loads(done.stdout.splitlines()[-1])["step_bytes"]
    return told


def _memory(field: str) -> int:
    """What this process occupies now, or did at its peak (bytes)."""
    lines = STATUS.read_text(encoding="ascii").splitlines()
    return 1024 * next(int(line.split()[1]) for line in lines if line.startswith(field))


def _growth(name: str, size: str, batch: int, length: int) -> int:
    """Give back what is free, let the peak be what is held now, build and step."""
    gc.collect()
    ctypes.CDLL(None).malloc_trim(0)
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    before = _memory(NOW)
    training_step(contender(name, SIZES[size]), batch=batch, length=length)()
    return _memory(PEAK) - before


def main() -> None:
    """Warm the kernels up on another, smaller model; then measure each length."""
    name, size, lengths = sys.argv[1:]
    torch.set_num_threads(1)
    training_step(contender(name, SIZES["tiny"]), batch=1, length=16)()
    told = [_growth(name, size, batch, length) for batch, length in parsed(lengths)]
    print(json.dumps({"step_bytes": told}))


if __name__ == "__main__":
    main()
