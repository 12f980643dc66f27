"""Readings of this machine once a second, from a thread of its own: drivers may take their time."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

log = logging.getLogger(__name__)

SECONDS = 1.0


@dataclass(frozen=True)
class Gpu:
    """One GPU; a reading the driver does not give is None."""

    name: str
    used_bytes: int
    total_bytes: int
    load: float | None
    celsius: float | None
    watts: float | None


@dataclass(frozen=True)
class Reading:
    """The machine at one moment; loads are shares of one."""

    cpu: float
    ram_used: int
    ram_total: int
    disk_free: int
    window_bytes: int
    gpus: tuple[Gpu, ...] | None
    """None: no GPU of NVIDIA, or its driver does not answer."""


class SystemWatch(QObject):
    """Measures while it is started.

    Signals:
        measured: a Reading.
    """

    measured = Signal(object)

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        self._end = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin; a second call changes nothing."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._measure, name="system", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """End soon; a driver that hangs is not waited for longer than a second."""
        self._end.set()
        if self._thread is not None:
            self._thread.join(timeout=1.0)

    def _measure(self) -> None:
        try:
            import psutil

            nvml = _open_nvml()
            process = psutil.Process()
            psutil.cpu_percent()
            while not self._end.wait(SECONDS):
                memory = psutil.virtual_memory()
                reading = Reading(
                    cpu=psutil.cpu_percent() / 100,
                    ram_used=memory.total - memory.available,
                    ram_total=memory.total,
                    disk_free=psutil.disk_usage(str(_existing(self._folder))).free,
                    window_bytes=process.memory_info().rss,
                    gpus=_read_gpus(nvml) if nvml is not None else None,
                )
                if not self._end.is_set():
                    self.measured.emit(reading)
        except Exception:  # a thread begins here
            log.exception("The system readings ended.")


def _existing(folder: Path) -> Path:
    """The folder, or the nearest one above it that is there."""
    return next((path for path in (folder, *folder.parents) if path.exists()), Path("/"))


def _open_nvml() -> Any:  # noqa: ANN401 - pynvml has no types
    """The module pynvml when a driver answers, else None."""
    import pynvml  # type: ignore[import-untyped]

    try:
        pynvml.nvmlInit()
    except pynvml.NVMLError:
        return None
    return pynvml


def _read_gpus(nvml: Any) -> tuple[Gpu, ...] | None:  # noqa: ANN401 - pynvml has no types
    try:
        count = nvml.nvmlDeviceGetCount()
        return tuple(_read_gpu(nvml, nvml.nvmlDeviceGetHandleByIndex(i)) for i in range(count))
    except nvml.NVMLError:
        return None


def _read_gpu(nvml: Any, handle: Any) -> Gpu:  # noqa: ANN401 - pynvml has no types
    def ask(function: str, *arguments: object) -> Any:  # noqa: ANN401 - pynvml has no types
        try:
            return getattr(nvml, function)(handle, *arguments)
        except nvml.NVMLError:
            return None

    name = nvml.nvmlDeviceGetName(handle)
    memory = nvml.nvmlDeviceGetMemoryInfo(handle)
    load = ask("nvmlDeviceGetUtilizationRates")
    power = ask("nvmlDeviceGetPowerUsage")
    return Gpu(
        name=name if isinstance(name, str) else name.decode("utf-8", "replace"),
        used_bytes=memory.used,
        total_bytes=memory.total,
        load=None if load is None else load.gpu / 100,
        celsius=ask("nvmlDeviceGetTemperature", nvml.NVML_TEMPERATURE_GPU),
        watts=None if power is None else power / 1000,
    )
