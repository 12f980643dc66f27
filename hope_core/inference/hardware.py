"""What this machine offers, told without loading torch."""

from __future__ import annotations

import platform
import sys
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
import pynvml  # type: ignore[import-untyped]

from hope_core.inference.messages import DeviceDescription, HardwareReply

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hope_core.inference.messages import HardwareRequest

PACKAGES = ("hope-studio", "torch", "numpy", "numba", "safetensors", "tokenizers")
DRIVER = "NVIDIA driver"
"""What its version is called among the versions."""
BF16_CAPABILITY = 8
"""GPUs of this compute capability and above compute bf16 natively."""


def answer_hardware(
    request: HardwareRequest,
    check: Callable[[], None],  # noqa: ARG001 - done before anybody could give it up
) -> Iterator[HardwareReply]:
    """This machine, in one sentence and in numbers."""
    memory = psutil.virtual_memory()
    cores = usable_cores()
    cpu = DeviceDescription(
        name="cpu",
        label=cpu_name(),
        total_bytes=memory.total,
        free_bytes=memory.available,
        bf16=_cpu_has_bf16(),
    )
    gpus = tuple(_gpus())
    yield HardwareReply(
        id=request.id,
        sentence=_sentence(cpu, gpus, cores),
        devices=(*gpus, cpu),
        threads=cores,
        ram_bytes=memory.total,
        versions=_versions(),
    )


def usable_cores() -> int:
    """Physical cores that this process may use."""
    physical = psutil.cpu_count(logical=False) or 1
    process = psutil.Process()
    allowed = len(process.cpu_affinity() or [0]) if hasattr(process, "cpu_affinity") else physical
    return max(1, min(physical, allowed))


def cpu_name() -> str:
    """What the processor calls itself."""
    for line in _cpu_lines():
        if line.startswith("model name"):
            return " ".join(line.partition(":")[2].split())
    return platform.processor() or platform.machine() or "CPU"


def _cpu_has_bf16() -> bool:
    """Whether the processor multiplies bf16 itself; where the system does not tell: no."""
    flags = next((line for line in _cpu_lines() if line.startswith("flags")), "")
    return "avx512_bf16" in flags or "amx_bf16" in flags


def _cpu_lines() -> list[str]:
    if sys.platform != "linux":
        return []
    with suppress(OSError):
        return Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace").splitlines()
    return []


def _gpus() -> Iterator[DeviceDescription]:
    """What the driver tells; nothing where there is no driver or it is not well."""
    try:
        pynvml.nvmlInit()
        for number in range(pynvml.nvmlDeviceGetCount()):
            yield _gpu(number)
    except pynvml.NVMLError:
        return


def _gpu(number: int) -> DeviceDescription:
    handle = pynvml.nvmlDeviceGetHandleByIndex(number)
    memory = pynvml.nvmlDeviceGetMemoryInfo(handle)
    label = pynvml.nvmlDeviceGetName(handle)
    major, _ = pynvml.nvmlDeviceGetCudaComputeCapability(handle)
    return DeviceDescription(
        name=f"cuda:{number}",
        label=label.decode() if isinstance(label, bytes) else str(label),
        total_bytes=int(memory.total),
        free_bytes=int(memory.free),
        bf16=major >= BF16_CAPABILITY,
    )


def _versions() -> dict[str, str]:
    found = {"python": platform.python_version()}
    for package in PACKAGES:
        with suppress(PackageNotFoundError):
            found[package] = version(package)
    if driver := _driver():
        found[DRIVER] = driver
    return found


def _driver() -> str:
    """The version of NVIDIA's driver; empty where there is none, or it is not well."""
    try:
        pynvml.nvmlInit()
        told = pynvml.nvmlSystemGetDriverVersion()
    except pynvml.NVMLError:
        return ""
    return told.decode() if isinstance(told, bytes) else str(told)


def _sentence(cpu: DeviceDescription, gpus: tuple[DeviceDescription, ...], cores: int) -> str:
    noun = "core" if cores == 1 else "cores"
    body = f"{cpu.label} with {cores} {noun} and {cpu.total_bytes / 1e9:.0f} GB of memory"
    if not gpus:
        return f"{body}; no NVIDIA GPU, so it trains on the CPU."
    names = ", ".join(f"{gpu.label} ({gpu.total_bytes / 1e9:.0f} GB)" for gpu in gpus)
    return f"{body}; it trains on {names}."
