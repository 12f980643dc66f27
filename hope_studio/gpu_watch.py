"""Readings of NVIDIA's GPUs through NVML, on a thread of their own: a driver may fail or hang.

What a driver does not tell, or tells wrongly, is None, never 0. After a failure it is asked again
with longer and longer rests between.
"""

from __future__ import annotations

import logging
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

log = logging.getLogger(__name__)

SECONDS = 1.0
STALE_SECONDS = 5.0
"""A driver that has not answered for so long counts as not available."""
LONGEST_REST = 300.0
MOST_GPUS = 64
"""More than any machine has; a larger count is a driver's nonsense."""


@dataclass(frozen=True)
class Gpu:
    """One GPU; a reading the driver does not give is None."""

    name: str | None
    used_bytes: int | None
    total_bytes: int | None
    load: float | None
    """Share of one."""
    celsius: float | None
    watts: float | None

    @property
    def used_share(self) -> float | None:
        """How much of its memory is taken, of one."""
        if self.used_bytes is None or not self.total_bytes:
            return None
        return self.used_bytes / self.total_bytes


def installed_library() -> Any:  # noqa: ANN401 - pynvml has no types
    """The module pynvml."""
    import pynvml  # type: ignore[import-untyped]

    return pynvml


class GpuWatch:
    """Asks once a second while it is started; `latest` never waits for the driver."""

    def __init__(self, library: Callable[[], Any] = installed_library) -> None:
        self._library = library
        self._end = threading.Event()
        self._thread: threading.Thread | None = None
        self._latest: tuple[float, tuple[Gpu, ...]] | None = None

    def start(self) -> None:
        """Begin; a second call changes nothing."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._watch, name="gpu", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """End soon; a driver that hangs is not waited for."""
        self._end.set()
        if self._thread is not None:
            self._thread.join(timeout=0.1)

    def latest(self, now: float | None = None) -> tuple[Gpu, ...] | None:
        """The newest readings; None: there is no driver, it fails, or it does not answer."""
        told = self._latest
        now = time.monotonic() if now is None else now
        return told[1] if told is not None and now - told[0] <= STALE_SECONDS else None

    def _watch(self) -> None:
        failures = 0
        is_open = False
        while not self._end.wait(rest_after(failures)):
            try:
                library = self._library()
                if not is_open:
                    library.nvmlInit()
                is_open = True
                self._latest = (time.monotonic(), read_gpus(library))
                failures = 0
            except Exception as error:  # noqa: BLE001 - a driver's library may raise anything
                level = logging.DEBUG if failures else logging.INFO
                log.log(level, "No readings of GPUs: %s", type(error).__name__)
                self._latest, is_open = None, False
                failures += 1


def rest_after(failures: int) -> float:
    """Seconds until the driver is asked again: twice as long after each failure in a row."""
    return SECONDS if failures == 0 else min(SECONDS * 2.0 ** min(failures, 20), LONGEST_REST)


def read_gpus(library: Any) -> tuple[Gpu, ...]:  # noqa: ANN401 - pynvml has no types
    """One reading of every GPU of an opened library; whatever it raises at the count is raised."""
    count = int(library.nvmlDeviceGetCount())
    if not 0 <= count <= MOST_GPUS:
        raise ValueError(f"{count} GPUs")
    return tuple(_read_gpu(library, index) for index in range(count))


def _read_gpu(library: Any, index: int) -> Gpu:  # noqa: ANN401 - pynvml has no types
    def ask(function: str, *arguments: object) -> Any:  # noqa: ANN401 - pynvml has no types
        try:
            return getattr(library, function)(*arguments)
        except Exception:  # noqa: BLE001 - what one call does not tell, another may
            return None

    handle = ask("nvmlDeviceGetHandleByIndex", index)
    if handle is None:
        return Gpu(None, None, None, None, None, None)
    memory = ask("nvmlDeviceGetMemoryInfo", handle)
    total = _within(getattr(memory, "total", None), 1, 1 << 50)
    used = _within(getattr(memory, "used", None), 0, total or 0) if total else None
    rates = ask("nvmlDeviceGetUtilizationRates", handle)
    load = _within(getattr(rates, "gpu", None), 0, 100)
    heat = ask("nvmlDeviceGetTemperature", handle, getattr(library, "NVML_TEMPERATURE_GPU", 0))
    power = _within(ask("nvmlDeviceGetPowerUsage", handle), 1, 10_000_000)
    return Gpu(
        name=_words(ask("nvmlDeviceGetName", handle)),
        used_bytes=None if used is None else int(used),
        total_bytes=None if total is None else int(total),
        load=None if load is None else load / 100,
        celsius=_within(heat, 1, 150),
        watts=None if power is None else power / 1000,
    )


def _within(value: object, low: float, high: float) -> float | None:
    """A number between two limits; None for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return value if low <= value <= high else None


def _words(name: object) -> str | None:
    if isinstance(name, bytes):
        name = name.decode("utf-8", "replace")
    return name if isinstance(name, str) and name else None
