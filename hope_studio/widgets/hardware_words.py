"""This machine in one sentence, in the window's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from hope_studio.widgets.quantities import number, size

if TYPE_CHECKING:
    from hope_core.inference.messages import HardwareReply

translate = QCoreApplication.translate


def hardware_sentence(found: HardwareReply) -> str:
    """Processor, cores, memory, and on what it trains."""
    cpu = next((device for device in found.devices if device.name == "cpu"), None)
    gpus = [device for device in found.devices if device.name != "cpu"]
    if gpus:
        words = translate(
            "Hardware", "{cpu}, {memory} of memory, cores: {cores}. It trains on {gpus}."
        )
    else:
        words = translate(
            "Hardware",
            "{cpu}, {memory} of memory, cores: {cores}. No NVIDIA GPU, so it trains on the CPU.",
        )
    return words.format(
        cpu=cpu.label if cpu is not None else "CPU",
        memory=size(found.ram_bytes),
        cores=number(found.threads),
        gpus=", ".join(f"{gpu.label} ({size(gpu.total_bytes)})" for gpu in gpus),
    )
