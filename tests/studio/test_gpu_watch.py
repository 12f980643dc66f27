"""Trouble with a driver never hurts: whatever it raises, tells or does not tell reads None."""

from __future__ import annotations

import threading
from functools import partial
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from hope_studio.docks.system import SystemDock
from hope_studio.gpu_watch import LONGEST_REST, STALE_SECONDS, Gpu, GpuWatch, read_gpus, rest_after
from hope_studio.system_watch import Reading, SystemWatch

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from hope_studio.session import Session

CODES = (*range(1, 28), 999)
"""Every code of NVML's errors."""
UNKNOWN = Gpu(None, None, None, None, None, None)
WHOLE = Gpu("A card", 2_000_000_000, 8_000_000_000, 0.5, 61, 120.0)


class NvmlError(Exception):
    pass


class Driver:
    """A stand-in for pynvml with one card; `breaks` names a call and what it does instead."""

    NVML_TEMPERATURE_GPU = 0

    def __init__(self, breaks: str = "", does: Callable[[], Any] | None = None) -> None:
        self._breaks, self._does = breaks, does
        self.asked = threading.Event()

    def __getattr__(self, name: str) -> Callable[..., Any]:
        def call(*_: object) -> Any:
            self.asked.set()
            return self._does() if name == self._breaks and self._does else ANSWERS[name]

        return call


ANSWERS = {
    "nvmlInit": None,
    "nvmlDeviceGetCount": 1,
    "nvmlDeviceGetHandleByIndex": object(),
    "nvmlDeviceGetName": "A card",
    "nvmlDeviceGetMemoryInfo": SimpleNamespace(used=2_000_000_000, total=8_000_000_000),
    "nvmlDeviceGetUtilizationRates": SimpleNamespace(gpu=50),
    "nvmlDeviceGetTemperature": 61,
    "nvmlDeviceGetPowerUsage": 120_000,
}
FIELDS = {
    "nvmlDeviceGetName": ["name"],
    "nvmlDeviceGetMemoryInfo": ["used_bytes", "total_bytes"],
    "nvmlDeviceGetUtilizationRates": ["load"],
    "nvmlDeviceGetTemperature": ["celsius"],
    "nvmlDeviceGetPowerUsage": ["watts"],
}


def raising(code: int) -> Callable[[], Any]:
    def raises() -> Any:
        raise NvmlError(code)

    return raises


def test_a_driver_that_works_is_read() -> None:
    assert read_gpus(Driver()) == (WHOLE,)


@pytest.mark.parametrize("call", FIELDS)
def test_what_one_call_refuses_is_unknown_and_the_rest_is_told(call: str) -> None:
    for code in CODES:
        (gpu,) = read_gpus(Driver(call, raising(code)))
        assert {name for name, value in vars(gpu).items() if value is None} == set(FIELDS[call])


def test_a_card_that_is_lost_is_told_as_unknown() -> None:
    for code in CODES:
        assert read_gpus(Driver("nvmlDeviceGetHandleByIndex", raising(code))) == (UNKNOWN,)


@pytest.mark.parametrize("call", FIELDS)
def test_nonsense_is_never_a_reading(call: str) -> None:
    for garbage in (None, -1, 1 << 62, float("nan"), SimpleNamespace(), b"\xff"):
        (gpu,) = read_gpus(Driver(call, partial(itself, garbage)))
        told = [getattr(gpu, name) for name in FIELDS[call]]
        assert all(value is None or isinstance(value, str) for value in told)


def itself(value: object) -> object:
    return value


@pytest.mark.parametrize("call", ["nvmlInit", "nvmlDeviceGetCount"])
def test_a_driver_that_fails_as_a_whole_is_not_available(
    call: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hope_studio.gpu_watch.SECONDS", 0.0)
    for code in CODES:
        driver = Driver(call, raising(code))
        watch = GpuWatch(partial(itself, driver))
        watch.start()
        assert driver.asked.wait(5)
        watch.stop()
        assert watch.latest() is None


def test_rests_grow_after_each_failure_and_have_an_end() -> None:
    rests = [rest_after(failures) for failures in range(12)]
    assert rests == sorted(rests)
    assert rest_after(1) > rest_after(0)
    assert rest_after(10_000) == LONGEST_REST


def test_a_driver_that_hangs_holds_up_nobody(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hope_studio.gpu_watch.SECONDS", 0.0)
    monkeypatch.setattr("hope_studio.system_watch.SECONDS", 0.01)
    free = threading.Event()
    driver = Driver("nvmlDeviceGetCount", lambda: free.wait(30))
    watch = SystemWatch(tmp_path, gpus=GpuWatch(lambda: driver))
    with qtbot.waitSignal(watch.measured) as told:
        watch.start()
        assert driver.asked.wait(5)
    assert told.args[0].gpus is None
    watch.stop()
    free.set()


def test_an_old_reading_is_no_reading() -> None:
    watch = GpuWatch(Driver)
    watch._latest = (100.0, (WHOLE,))
    assert watch.latest(100.0 + STALE_SECONDS) == (WHOLE,)
    assert watch.latest(100.1 + STALE_SECONDS) is None


@pytest.mark.parametrize("gpus", [None, (), (UNKNOWN,), (WHOLE, UNKNOWN)])
def test_the_dock_says_not_available_and_never_zero(
    qtbot: QtBot, session: Session, tmp_path: Path, gpus: tuple[Gpu, ...] | None
) -> None:
    dock = SystemDock(SystemWatch(tmp_path), session)
    qtbot.addWidget(dock)
    dock.show_reading(Reading(0.5, 4, 8, None, 2, gpus))
    memory, load = dock.gpu_rows[-1]
    assert "not available" in memory.words.text()
    assert "0 %" not in load.words.text()
    assert dock.rows["disk"].words.text() == "not available"
    assert memory.bar.isHidden()


def test_the_dock_keeps_a_row_and_a_history_for_each_card(
    qtbot: QtBot, session: Session, tmp_path: Path
) -> None:
    dock = SystemDock(SystemWatch(tmp_path), session)
    qtbot.addWidget(dock)
    for _ in range(400):
        dock.show_reading(Reading(0.5, 4, 8, 9, 2, (WHOLE, WHOLE)))
    assert len(dock.gpu_rows) == 2
    assert list(dock.gpu_rows[1][0].history.shares) == [0.25] * 300
    assert "A card: 2.0 GB of 8.0 GB" in dock.gpu_rows[1][0].words.text()
