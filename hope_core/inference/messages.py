"""What the studio asks its helper process and what it answers, as JSON lines; free of torch.

The helper is `python -m hope_core.worker --serve`. Each request has an id that its reply repeats.
A request is answered by exactly one reply of its kind or by one ErrorReply; a GenerateRequest by a
row of TextReply and a VerifyRequest by a row of VerifyReply, of which the last has `done` set.
Conversations have messages of their own (talk_messages).
"""

from __future__ import annotations

import msgspec

from hope_core.inference.look_messages import LookReply, LookRequest
from hope_core.inference.message_base import Reply, Request
from hope_core.inference.talk_messages import (
    CloseTalkRequest,
    CompareMemoriesRequest,
    DifferenceReply,
    LoadMemoryRequest,
    MergeMemoriesRequest,
    OpenTalkRequest,
    RecipeReply,
    RecipeRequest,
    RemoveMemoryRequest,
    RollBackRequest,
    SaveMemoryRequest,
    TalkReply,
    TellRequest,
    TurnReply,
    WriteOnRequest,
)
from hope_core.runs.events import LevelDescription
from hope_core.runs.token_told import TokenTold

MODEL_FIGURES = ("architecture", "data-flow", "components", "memory-update", "nesting-levels")
"""Figures that are drawn from a model itself."""
KEPT = "kept"
"""The memory that the last text or conversation left behind."""


class HardwareRequest(Request, frozen=True, kw_only=True, tag="hardware"):
    """What does this machine offer?"""


class EstimateRequest(Request, frozen=True, kw_only=True, tag="estimate"):
    """How large and how slow would this run be?"""

    config: str
    """A RunConfig as JSON (`config.model_dump_json()`)."""


class PreviewRequest(Request, frozen=True, kw_only=True, tag="preview"):
    """What would a batch of this run's text look like?"""

    config: str
    """A RunConfig as JSON."""
    rows: int = 8
    columns: int = 64


class VerifyRequest(Request, frozen=True, kw_only=True, tag="verify"):
    """Does the model of these settings compute what it should?"""

    config: str
    """A RunConfig as JSON."""


class DrawRequest(Request, frozen=True, kw_only=True, tag="draw"):
    """A figure of the model of these settings."""

    config: str
    """A RunConfig as JSON."""
    figure: str
    """A name of MODEL_FIGURES."""
    format: str = "svg"
    """svg or png."""
    words: dict[str, str] = msgspec.field(default_factory=dict)
    """What to write instead of which line, where the asker speaks otherwise (drawing.retelling)."""
    fonts: tuple[str, ...] = ()
    """Families of fonts that have these words, the best first."""


class GenerateRequest(Request, frozen=True, kw_only=True, tag="generate"):
    """Continue a prompt with the model of a run that is not being trained."""

    run: str
    """Path of the run folder."""
    checkpoint: str | None = None
    """Path of a checkpoint relative to the run folder; None: the best one, else the newest."""
    prompt: str = ""
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
    memory: str = ""
    """What the model carries at first. Empty: nothing; KEPT: what the last text with this
    checkpoint left behind; else the name of a memory saved beside the run."""


class CancelRequest(Request, frozen=True, kw_only=True, tag="cancel"):
    """Give up the request with this id; a generation still sends its last TextReply."""

    target: str


AnyRequest = (
    HardwareRequest
    | EstimateRequest
    | PreviewRequest
    | VerifyRequest
    | DrawRequest
    | LookRequest
    | GenerateRequest
    | CancelRequest
    | OpenTalkRequest
    | TellRequest
    | WriteOnRequest
    | RecipeRequest
    | RollBackRequest
    | SaveMemoryRequest
    | LoadMemoryRequest
    | RemoveMemoryRequest
    | MergeMemoriesRequest
    | CompareMemoriesRequest
    | CloseTalkRequest
)


class DeviceDescription(msgspec.Struct, frozen=True):
    """One place where a model can train."""

    name: str
    """As in `RunConfig.device`: cpu, cuda:0 ..."""
    label: str
    """As a person calls it."""
    total_bytes: int
    free_bytes: int
    bf16: bool
    """Whether it computes bf16 natively."""


class HardwareReply(Reply, frozen=True, kw_only=True, tag="hardware"):
    """This machine, in words and in numbers."""

    sentence: str
    devices: tuple[DeviceDescription, ...]
    threads: int
    """Physical cores that this process may use."""
    ram_bytes: int
    versions: dict[str, str]


class EstimateReply(Reply, frozen=True, kw_only=True, tag="estimate"):
    """The cost of a run: exact sizes from the meta device, time from a measured throughput."""

    parameters: int
    weight_bytes: int
    gradient_bytes: int
    optimizer_bytes: int
    activation_bytes: int
    total_bytes: int
    seconds: float | None
    """Expected training time (s), or None where it cannot be told."""
    tokens_per_second: float | None
    checkpoint_bytes: int
    levels: tuple[LevelDescription, ...] = ()
    """The nesting levels, fast to slow."""
    warnings: tuple[str, ...] = ()


class DrawReply(Reply, frozen=True, kw_only=True, tag="drawn"):
    """The picture as the content of a file."""

    picture: bytes


class PreviewReply(Reply, frozen=True, kw_only=True, tag="preview"):
    """A packed batch as the model will see it, and the corpus in numbers."""

    rows: tuple[tuple[str, ...], ...]
    """Each row's tokens as text; bytes that are not printable text stand as escapes."""
    train_tokens: int
    validation_tokens: int
    vocabulary: int
    vocabulary_used: int
    """Different tokens that occur in the training text."""
    bytes_per_token: float
    floor_bits_per_byte: float | None
    """The text's exact entropy, where it is known."""
    prompt: str
    """A short excerpt of the held-out text, to start a generation with."""
    top_tokens: tuple[tuple[str, int], ...] = ()
    """The commonest tokens of the training text with their counts."""


class CheckDescription(msgspec.Struct, frozen=True):
    """One proof: its figure against its limit, and in a sentence what it means."""

    name: str
    passed: bool
    figure: float | None
    """None: not a finite number (JSON has none)."""
    limit: float
    sentence: str


class VerifyReply(Reply, frozen=True, kw_only=True, tag="verify"):
    """The proofs so far; `passed` is told by the last reply, which has `done` set."""

    checks: tuple[CheckDescription, ...]
    passed: bool
    done: bool


class TextReply(Reply, frozen=True, kw_only=True, tag="text"):
    """More text for a GenerateRequest."""

    text: str
    """Only what is new since the last reply of this id."""
    tokens: int
    """Tokens generated so far."""
    done: bool = False
    tokens_per_second: float = 0.0
    notice: str = ""
    """Something a person should know, such as a damaged checkpoint that was passed over."""
    told: tuple[TokenTold, ...] = ()
    """Of each new token, where the request asked for it."""


class ErrorReply(Reply, frozen=True, kw_only=True, tag="error"):
    """The request could not be served."""

    message: str
    hint: str = ""


AnyReply = (
    HardwareReply
    | EstimateReply
    | PreviewReply
    | DrawReply
    | LookReply
    | VerifyReply
    | TextReply
    | TalkReply
    | TurnReply
    | RecipeReply
    | DifferenceReply
    | ErrorReply
)
