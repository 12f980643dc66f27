"""What a trainer tells: typed, versioned facts, one JSON line each in events/NNNNNN.jsonl.

Numbers that are not finite travel as the strings "nan", "inf" and "-inf". Dense arrays never stand
in an event: they lie under probes/ and the event names the file.
"""

from __future__ import annotations

import msgspec

from hope_core.runs.token_told import TokenTold


class Event(msgspec.Struct, frozen=True, kw_only=True, gc=False, tag_field="kind"):
    """The base of every event. None can hold itself, so the collector need not look at millions."""

    at: float = 0.0
    """Wall clock when it was written (seconds since 1970, UTC)."""
    version: int = 1


class LevelDescription(msgspec.Struct, frozen=True):
    """One nesting level as the run uses it."""

    name: str
    clock: int
    learning_rate_factor: float
    parameters: int


class RunStarted(Event, frozen=True, tag="run_started"):
    """A trainer opened a segment; steps of earlier segments past `step` are void."""

    segment: int
    step: int
    resumed: bool
    steps: int
    max_seconds: float
    parameters: int
    device: str
    precision: str
    threads: int
    levels: tuple[LevelDescription, ...]
    floor_bits_per_byte: float | None = None
    """The text's exact entropy, where it is known."""
    processes: int = 1
    """How many train it together."""
    exact: bool = True
    """It goes on bit for bit as if it had not stopped; else a notice before says why not."""


class StateChanged(Event, frozen=True, tag="state_changed"):
    """The run's life cycle moved on; see `hope_core.runs.state`."""

    state: str
    step: int
    reason: str = ""


class PhaseProgress(Event, frozen=True, tag="phase_progress"):
    """How far a phase outside the steps is: preparing, evaluating, sampling, saving."""

    phase: str
    done: int
    total: int


class StepFinished(Event, frozen=True, tag="step_finished"):
    """One optimizer step."""

    step: int
    tokens: int
    """Tokens trained on since the run began."""
    loss: float
    """Nats a token."""
    bits_per_byte: float
    grad_norm: float
    """Before clipping, over the parameters that moved."""
    learning_rates: tuple[float, ...]
    """One a level, in the order of RunStarted.levels."""
    fired: tuple[int, ...]
    """Indices of the levels that stepped."""
    seconds: float
    """Training time since the run began, pauses left out."""
    tokens_per_second: float
    memory_bytes: int
    """Resident memory of the trainer's process."""
    gpu_bytes: int = 0
    """Memory the trainer holds on its GPU; 0 on a CPU."""
    penalty: float = 0.0
    """What the model's own second loss (a constraint) added; 0 for a model without one."""


class StepSkipped(Event, frozen=True, tag="step_skipped"):
    """A step whose loss or gradient was no number: the weights did not move."""

    step: int
    reason: str
    in_a_row: int
    """How many steps were left out one after the other, with this one."""
    total: int
    """In the whole run."""


class LearningRateChanged(Event, frozen=True, tag="learning_rate_changed"):
    """From the next step on the scheduled learning rate is multiplied by a person's factor."""

    step: int
    """The last step with the factor before."""
    factor: float
    repeated: bool = False
    """A resumed run does again what was asked for at this step."""


class EvaluationFinished(Event, frozen=True, tag="evaluation_finished"):
    """A look at held-out text."""

    step: int
    loss: float
    bits_per_byte: float
    best: bool
    best_step: int
    patience_left: int | None = None


class SampleWritten(Event, frozen=True, tag="sample_written"):
    """A fixed prompt, continued by the model at this step."""

    step: int
    prompt: str
    text: str


class ProbeRecorded(Event, frozen=True, tag="probe_recorded"):
    """A look into the memory; the arrays stand in `path`, relative to the run folder."""

    step: int
    path: str


class CheckpointSaved(Event, frozen=True, tag="checkpoint_saved"):
    """A complete checkpoint stands in `path`, relative to the run folder."""

    step: int
    path: str
    size: int
    best: bool = False


class CommandAcknowledged(Event, frozen=True, tag="command_acknowledged"):
    """The trainer read a command; `message` says in words what it will do."""

    id: str
    command: str
    step: int
    message: str


class GenerationProgress(Event, frozen=True, tag="generation_progress"):
    """More text for a Generate command."""

    id: str
    text: str
    """Only what is new since the last event of this id."""
    tokens: int
    done: bool = False
    tokens_per_second: float = 0.0
    error: str = ""
    told: tuple[TokenTold, ...] = ()
    """Of each new token, where the command asked for it."""


class Notice(Event, frozen=True, tag="notice"):
    """Something a person should know; the run goes on."""

    message: str
    hint: str = ""


class RunFailed(Event, frozen=True, tag="run_failed"):
    """The run ended by a fault."""

    step: int
    message: str
    hint: str = ""
    traceback: str = ""


class RunFinished(Event, frozen=True, tag="run_finished"):
    """The run ended by itself or by a wish."""

    step: int
    tokens: int
    seconds: float
    loss: float
    validation_loss: float | None
    bits_per_byte: float | None
    reason: str


AnyEvent = (
    RunStarted
    | StateChanged
    | PhaseProgress
    | StepFinished
    | StepSkipped
    | LearningRateChanged
    | EvaluationFinished
    | SampleWritten
    | ProbeRecorded
    | CheckpointSaved
    | CommandAcknowledged
    | GenerationProgress
    | Notice
    | RunFailed
    | RunFinished
)
