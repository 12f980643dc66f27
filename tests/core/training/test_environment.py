"""What a process that trains asks of its system."""

from __future__ import annotations

import platform
import subprocess
import sys

import pytest

STEPS = """
import resource
import psutil
from hope_core.training.environment import keep_freed_memory

def step():
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    tensors = [bytearray(6_000_000) for _ in range(8)]
    for tensor in tensors:
        tensor[::4096] = bytes(len(tensor[::4096]))
    tensors.clear()
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before

pages = 8 * 6_000_000 // 4096
step()
print(step() > pages // 2)
keep_freed_memory()
step()
print(step() < pages // 20)
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="other C libraries have no mallopt")
def test_what_a_step_frees_is_there_for_the_next() -> None:
    done = subprocess.run([sys.executable, "-c", STEPS], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True", "True"]
