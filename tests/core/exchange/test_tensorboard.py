"""What a run told stands in the event file, in records that TensorBoard's own rules accept."""

from __future__ import annotations

import struct
import sys
from typing import TYPE_CHECKING

import pytest
from tensorboardX.proto.event_pb2 import Event

from hope_core.config.presets import load_preset
from hope_core.errors import RunError
from hope_core.exchange.tensorboard import EVENT_FILE, export_tensorboard
from hope_core.runs.event_log import EventWriter
from hope_core.runs.events import (
    EvaluationFinished,
    LevelDescription,
    RunStarted,
    SampleWritten,
    StepFinished,
)
from hope_core.runs.folder import RunFolder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LEVEL = LevelDescription(name="every step", clock=1, learning_rate_factor=1.0, parameters=7)
LOSSES = (3.0, 1.25, 0.5)


@pytest.fixture
def run(tmp_path: Path) -> RunFolder:
    folder = RunFolder.create(load_preset("small"), tmp_path / "run")
    with folder.lock():
        writer = EventWriter(folder)
        writer.write(
            RunStarted(
                segment=1,
                step=0,
                resumed=False,
                steps=3,
                max_seconds=0,
                parameters=7,
                device="cpu",
                precision="fp32",
                threads=1,
                levels=(LEVEL,),
            )
        )
        for step, loss in enumerate(LOSSES, 1):
            writer.write(
                StepFinished(
                    step=step,
                    tokens=100 * step,
                    loss=loss,
                    bits_per_byte=2 * loss,
                    grad_norm=1.0,
                    learning_rates=(0.01 * step,),
                    fired=(0,),
                    seconds=2.0 * step,
                    tokens_per_second=50.0,
                    memory_bytes=1000,
                )
            )
        writer.write(
            EvaluationFinished(step=3, loss=0.75, bits_per_byte=1.5, best=True, best_step=3)
        )
        writer.write(SampleWritten(step=3, prompt="def ", text="main():"))
        writer.close()
    return folder


def masked_sum(data: bytes) -> int:
    """CRC-32C bit by bit, turned as the format wants it."""
    crc = 0xFFFFFFFF
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0x82F63B78 if crc & 1 else 0)
    crc ^= 0xFFFFFFFF
    return ((crc >> 15 | crc << 17) + 0xA282EAD8) & 0xFFFFFFFF


def records(data: bytes) -> Iterator[Event]:
    while data:
        (length,) = struct.unpack("<Q", data[:8])
        assert struct.unpack("<I", data[8:12]) == (masked_sum(data[:8]),)
        body = data[12 : 12 + length]
        assert struct.unpack("<I", data[12 + length : 16 + length]) == (masked_sum(body),)
        yield Event.FromString(body)
        data = data[16 + length :]


def test_every_number_stands_at_its_step_and_time(run: RunFolder, tmp_path: Path) -> None:
    first, *told = records(export_tensorboard(run, tmp_path / "board").read_bytes())
    assert first.file_version == "brain.Event:2"
    found = {
        (value.tag, event.step): (value.simple_value, event.wall_time - first.wall_time)
        for event in told
        for value in event.summary.value
    }
    for step, loss in enumerate(LOSSES, 1):
        assert found["train/loss", step] == (loss, pytest.approx(2.0 * step, abs=1e-5))
        rate, _ = found["learning_rate/every step", step]
        assert rate == pytest.approx(0.01 * step)
    assert found["validation/bits_per_byte", 3][0] == 1.5
    assert ("train/gpu_bytes", 1) not in found  # this machine told nothing of a GPU


def test_samples_can_be_read(run: RunFolder, tmp_path: Path) -> None:
    *_, last = records(export_tensorboard(run, tmp_path / "board").read_bytes())
    (value,) = last.summary.value
    assert value.tag.startswith("samples/")
    assert value.tensor.string_val == [b"def main():"]


def test_a_second_export_replaces_the_first(run: RunFolder, tmp_path: Path) -> None:
    export_tensorboard(run, tmp_path / "board")
    export_tensorboard(run, tmp_path / "board")
    assert [path.name for path in (tmp_path / "board").iterdir()] == [EVENT_FILE]


def test_without_the_library_it_says_how_to_get_it(
    run: RunFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "tensorboardX.record_writer", None)
    with pytest.raises(RunError, match="pip install"):
        export_tensorboard(run, tmp_path / "board")
    assert not (tmp_path / "board").exists()
