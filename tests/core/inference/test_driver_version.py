"""The version of the GPU's driver is told where there is one."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from hope_core.inference import hardware
from hope_core.inference.messages import HardwareRequest


class NoDriverError(Exception):
    """As NVML raises it."""


def pretend(monkeypatch: pytest.MonkeyPatch, version: object) -> None:
    def told() -> object:
        if isinstance(version, Exception):
            raise version
        return version

    library = SimpleNamespace(
        NVMLError=NoDriverError,
        nvmlInit=lambda: None,
        nvmlDeviceGetCount=lambda: 0,
        nvmlSystemGetDriverVersion=told,
    )
    monkeypatch.setattr(hardware, "pynvml", library)


@pytest.mark.parametrize("version", ["580.65.06", b"580.65.06"])
def test_driver_is_among_the_versions(monkeypatch: pytest.MonkeyPatch, version: object) -> None:
    pretend(monkeypatch, version)
    (reply,) = hardware.answer_hardware(HardwareRequest(), lambda: None)
    assert reply.versions[hardware.DRIVER] == "580.65.06"


def test_machine_without_a_driver_tells_none(monkeypatch: pytest.MonkeyPatch) -> None:
    pretend(monkeypatch, NoDriverError())
    (reply,) = hardware.answer_hardware(HardwareRequest(), lambda: None)
    assert hardware.DRIVER not in reply.versions
    assert reply.versions["torch"]
