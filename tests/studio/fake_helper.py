"""Stands in for `python -m hope_core.worker --serve`: the same lines, without torch."""

from __future__ import annotations

import os
import sys

import msgspec

from hope_core.inference.messages import (
    AnyRequest,
    CancelRequest,
    DeviceDescription,
    EstimateReply,
    EstimateRequest,
    GenerateRequest,
    HardwareReply,
    HardwareRequest,
    PreviewReply,
    PreviewRequest,
    TextReply,
)
from hope_core.runs.events import LevelDescription


def say(reply: msgspec.Struct) -> None:
    sys.stdout.buffer.write(msgspec.json.encode(reply) + b"\n")
    sys.stdout.buffer.flush()


def answer(request: AnyRequest) -> None:
    match request:
        case HardwareRequest():
            device = DeviceDescription(
                name="cpu", label="CPU", total_bytes=8 * 10**9, free_bytes=4 * 10**9, bf16=True
            )
            sentence = "CPU, 2 cores, 8.0 GB"
            say(
                HardwareReply(
                    id=request.id,
                    sentence=sentence,
                    devices=(device,),
                    threads=2,
                    ram_bytes=8 * 10**9,
                    versions={"torch": "2.13.0"},
                )
            )
        case EstimateRequest():
            say(
                EstimateReply(
                    id=request.id,
                    parameters=4_700_000,
                    weight_bytes=19_000_000,
                    gradient_bytes=19_000_000,
                    optimizer_bytes=38_000_000,
                    activation_bytes=200_000_000,
                    total_bytes=276_000_000,
                    seconds=60.0,
                    tokens_per_second=18_000.0,
                    checkpoint_bytes=57_000_000,
                    levels=(
                        LevelDescription("every step", 1, 1.0, 4_000_000),
                        LevelDescription("continuum 2", 8, 0.5, 700_000),
                    ),
                )
            )
        case PreviewRequest():
            rows = (("def ", "main", "(", ")", ":"),) * request.rows
            say(
                PreviewReply(
                    id=request.id,
                    rows=rows,
                    train_tokens=1_000_000,
                    validation_tokens=100_000,
                    vocabulary=256,
                    vocabulary_used=99,
                    bytes_per_token=1.0,
                    floor_bits_per_byte=None,
                    prompt="def main",
                )
            )
        case GenerateRequest() if request.prompt == "die":
            os._exit(9)
        case GenerateRequest():
            say(TextReply(id=request.id, text="once ", tokens=1))
            say(TextReply(id=request.id, text="upon", tokens=2, done=True))
        case CancelRequest():
            say(TextReply(id=request.target, text="", tokens=0, done=True))


for line in sys.stdin.buffer:
    answer(msgspec.json.decode(line, type=AnyRequest))
