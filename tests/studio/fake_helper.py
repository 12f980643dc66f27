"""Stands in for `python -m hope_core.worker --serve`: the same lines, without torch."""

from __future__ import annotations

import os
import sys
from base64 import b64decode

import msgspec

from hope_core.inference.look_messages import LookReply, LookRequest
from hope_core.inference.messages import (
    AnyRequest,
    CancelRequest,
    DeviceDescription,
    DrawReply,
    DrawRequest,
    ErrorReply,
    EstimateReply,
    EstimateRequest,
    GenerateRequest,
    HardwareReply,
    HardwareRequest,
    PreviewReply,
    PreviewRequest,
    TextReply,
)
from hope_core.inference.talk_messages import (
    CompareMemoriesRequest,
    DifferenceReply,
    LayerTold,
    MemoryTold,
    MomentTold,
    ReadingTold,
    RecipeReply,
    RecipeRequest,
    RollBackRequest,
    RowTold,
    SaveMemoryRequest,
    TalkReply,
    TalkRequest,
    TalkTold,
    TellRequest,
    TurnReply,
    WriteOnRequest,
)
from hope_core.runs.events import LevelDescription
from hope_core.runs.token_told import TokenTold

MOMENTS = [MomentTold("start", "", 1)]
MEMORIES: list[MemoryTold] = []

ONE_DOT = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
"""A PNG file of one pixel."""


def say(reply: msgspec.Struct) -> None:
    sys.stdout.buffer.write(msgspec.json.encode(reply) + b"\n")
    sys.stdout.buffer.flush()


def the_talk(*, mode: str = "memory_only") -> TalkTold:
    return TalkTold(
        id="talk",
        run="run",
        step=50,
        mode=mode,
        rows=(RowTold("blocks.0.memory", 0), RowTold("blocks.0.memory", 1)),
        moments=tuple(MOMENTS),
        memory_bytes=526_000,
        tokens=len(MOMENTS),
        memories=tuple(MEMORIES),
    )


def converse(request: TalkRequest) -> None:
    """Conversations of two-letter turns."""
    match request:
        case TellRequest(text="refuse"):
            say(ErrorReply(id=request.id, message="The text cannot be read."))
            return
        case TellRequest() | WriteOnRequest():
            told = tuple(
                TokenTold(letter, 2.0, 1.0, ((letter, 0.5),), (0.1, 0.2)) for letter in "ab"
            )
            MOMENTS.append(MomentTold("read", "ab", len(MOMENTS)))
            say(TurnReply(id=request.id, told=told, done=True, talk=the_talk()))
            return
        case RecipeRequest():
            for stage, logp in (("before", -20.0), ("after", -0.1), ("rolled_back", -20.0)):
                say(RecipeReply(id=request.id, readings=(ReadingTold(stage, 0, logp),)))
            say(
                RecipeReply(
                    id=request.id,
                    readings=(),
                    done=True,
                    whole=True,
                    weights_unchanged=True,
                    rolled_back_exactly=True,
                )
            )
            return
        case CompareMemoriesRequest():
            layers = (LayerTold("blocks.0.memory", 2.0, 4.0, 1.0),)
            say(DifferenceReply(id=request.id, first="", second=request.second, layers=layers))
            return
        case RollBackRequest():
            del MOMENTS[request.moment + 1 :]
        case SaveMemoryRequest():
            MEMORIES.append(MemoryTold(request.name, 526_000, "5a" * 32, "", 3, "memory_only"))
    say(TalkReply(id=request.id, talk=the_talk()))


def look(request: LookRequest) -> None:
    """A look at step 50 of a run that has checkpoints."""
    from synthetic_run import write_probes

    from hope_core.runs.event_log import EventWriter
    from hope_core.runs.events import ProbeRecorded
    from hope_core.runs.folder import RunFolder

    folder = RunFolder.open(request.run)
    if not (folder.path / "checkpoints").exists():
        say(ErrorReply(id=request.id, message="The run has no whole checkpoint to look into."))
        return
    seen = ProbeRecorded(step=50, path="probes/50.safetensors")
    write_probes(folder, [seen])
    with EventWriter(folder) as events:
        events.write(seen)
    say(LookReply(id=request.id, step=50))


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
        case DrawRequest():
            svg = f"<svg xmlns='http://www.w3.org/2000/svg'><text>{request.figure}</text></svg>"
            is_svg = request.format == "svg"
            say(DrawReply(id=request.id, picture=svg.encode() if is_svg else ONE_DOT))
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
        case LookRequest():
            look(request)
        case GenerateRequest() if request.prompt == "die":
            os._exit(9)
        case GenerateRequest():
            say(TextReply(id=request.id, text="once ", tokens=1))
            say(TextReply(id=request.id, text="upon", tokens=2, done=True))
        case TalkRequest():
            converse(request)
        case CancelRequest():
            say(TextReply(id=request.target, text="", tokens=0, done=True))


for line in sys.stdin.buffer:
    answer(msgspec.json.decode(line, type=AnyRequest))
