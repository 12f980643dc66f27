"""What a person asks of a trainer: typed lines in commands.jsonl, read between steps."""

from __future__ import annotations

from uuid import uuid4

import msgspec


def new_id() -> str:
    """A fresh identity, by which an answer finds its question."""
    return uuid4().hex[:12]


class Command(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind"):
    """The base of every command."""

    id: str = msgspec.field(default_factory=new_id)


class Pause(Command, frozen=True, tag="pause"):
    """Stand still after the step in progress; the model stays in memory."""


class Continue(Command, frozen=True, tag="continue"):
    """Go on after a pause."""


class RunSteps(Command, frozen=True, tag="run_steps"):
    """Do this many steps, then pause."""

    steps: int = 1


class SaveNow(Command, frozen=True, tag="save_now"):
    """Write a checkpoint after the step in progress."""


class SampleNow(Command, frozen=True, tag="sample_now"):
    """Continue the fixed prompts after the step in progress."""


class SetLearningRate(Command, frozen=True, tag="set_learning_rate"):
    """Multiply the scheduled learning rate by this from the next step on."""

    factor: float
    """1: as scheduled."""


class Stop(Command, frozen=True, tag="stop"):
    """End after the step in progress; keep a checkpoint of it, or discard what is not saved."""

    keep: bool = True


class Generate(Command, frozen=True, tag="generate"):
    """Continue a prompt with the live model, between two steps."""

    prompt: str
    tokens: int = 200
    temperature: float = 0.8
    top_k: int = 0
    """0: all tokens."""
    top_p: float = 1.0
    repetition_penalty: float = 1.0
    repetition_window: int = 64
    seed: int = 0
    trace: bool = False
    """Also tell of each token: its surprise, its entropy and its rivals."""


class StopGeneration(Command, frozen=True, tag="stop_generation"):
    """End the text with this id early."""

    generation: str


AnyCommand = (
    Pause
    | Continue
    | RunSteps
    | SaveNow
    | SampleNow
    | SetLearningRate
    | Stop
    | Generate
    | StopGeneration
)
