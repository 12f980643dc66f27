"""Readings of this machine once a second, from a thread of its own: a disk may take its time."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from hope_studio.gpu_watch import GpuWatch

if TYPE_CHECKING:
    from hope_studio.gpu_watch import Gpu

log = logging.getLogger(__name__)

SECONDS = 1.0


@dataclass(frozen=True)
class Reading:
    """The machine at one moment; loads are shares of one."""

    cpu: float
    ram_used: int
    ram_total: int
    disk_free: int | None
    """None: the disk does not answer."""
    window_bytes: int
    gpus: tuple[Gpu, ...] | None
    """None: no GPU of NVIDIA, or its driver fails or does not answer."""


class SystemWatch(QObject):
    """Measures while it is started.

    Signals:
        measured: a Reading.
    """

    measured = Signal(object)

    def __init__(
        self, folder: Path, parent: QObject | None = None, *, gpus: GpuWatch | None = None
    ) -> None:
        super().__init__(parent)
        self._folder = folder
        self._gpus = gpus or GpuWatch()
        self._end = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin; a second call changes nothing."""
        if self._thread is None:
            self._gpus.start()
            self._thread = threading.Thread(target=self._measure, name="system", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """End soon; a disk that hangs is not waited for longer than a second."""
        self._end.set()
        self._gpus.stop()
        if self._thread is not None:
            self._thread.join(timeout=1.0)

    def _measure(self) -> None:
        try:
            import psutil

            process = psutil.Process()
            psutil.cpu_percent()
            while not self._end.wait(SECONDS):
                memory = psutil.virtual_memory()
                reading = Reading(
                    cpu=psutil.cpu_percent() / 100,
                    ram_used=memory.total - memory.available,
                    ram_total=memory.total,
                    disk_free=_free_bytes(self._folder),
                    window_bytes=process.memory_info().rss,
                    gpus=self._gpus.latest(),
                )
                if not self._end.is_set():
                    self.measured.emit(reading)
        except Exception:  # a thread begins here
            log.exception("The system readings ended.")


def _existing(folder: Path) -> Path:
    """The folder, or the nearest one above it that is there."""
    return next((path for path in (folder, *folder.parents) if path.exists()), Path("/"))


def _free_bytes(folder: Path) -> int | None:
    import psutil

    try:
        return psutil.disk_usage(str(_existing(folder))).free
    except OSError:
        return None
