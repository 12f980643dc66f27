"""Conversations with a model whose memory learns, as the studio asks for them; free of torch.

An OpenTalkRequest is answered by a TalkReply, whose `talk.id` every further request names. Telling
and writing on are answered by a row of TurnReply, a recipe by a row of RecipeReply; the last of a
row has `done` set, also when it was given up. The rest is answered by one TalkReply, or by one
DifferenceReply.
"""

from __future__ import annotations

import msgspec

from hope_core.inference.message_base import Reply, Request
from hope_core.runs.token_told import TokenTold


class TalkRequest(Request, frozen=True, kw_only=True):
    """The base of all that is about a conversation."""


class OpenTalkRequest(TalkRequest, frozen=True, kw_only=True, tag="open_talk"):
    """Begin a conversation with a checkpoint of a run."""

    run: str
    """Path of the run folder."""
    checkpoint: str | None = None
    """Path of a checkpoint relative to the run folder; None: the best one, else the newest."""
    mode: str = "memory_only"
    """memory_only: the weights stand still; full_model: a copy of them learns as well."""
    learning_rate: float = 1e-3
    readings: int = 1
    study_steps: int = 16
    study_rate: float = 0.1
    memory: str = ""
    """What to begin with. Empty: a fresh memory; KEPT: what the last conversation with this run
    left behind; else the name of a memory."""


class TellRequest(TalkRequest, frozen=True, kw_only=True, tag="tell"):
    """Let the model read a text, or teach it."""

    talk: str
    text: str
    teach: bool = False
    """Also study it, as the talk's settings say."""


class WriteOnRequest(TalkRequest, frozen=True, kw_only=True, tag="write_on"):
    """Let the model go on with the text."""

    talk: str
    tokens: int = 100
    temperature: float = 0.8
    top_k: int = 0
    top_p: float = 1.0
    repetition_penalty: float = 1.0
    repetition_window: int = 64
    seed: int = 0


class RecipeRequest(TalkRequest, frozen=True, kw_only=True, tag="recipe"):
    """Teach a fact, then ask; leaves the conversation as it was."""

    talk: str
    fact: str
    question: str
    answer: str
    other: str = ""
    """Another question, which the answer should not answer."""
    filler_tokens: tuple[int, ...] = (64, 256, 1024)


class RollBackRequest(TalkRequest, frozen=True, kw_only=True, tag="roll_back"):
    """Be again as after this moment; later ones are forgotten."""

    talk: str
    moment: int


class SaveMemoryRequest(TalkRequest, frozen=True, kw_only=True, tag="save_memory"):
    """Save the memory as it is now, beside the run."""

    talk: str
    name: str


class LoadMemoryRequest(TalkRequest, frozen=True, kw_only=True, tag="load_memory"):
    """Go on with a saved memory."""

    talk: str
    name: str


class RemoveMemoryRequest(TalkRequest, frozen=True, kw_only=True, tag="remove_memory"):
    """Remove a saved memory from the disk."""

    talk: str
    name: str


class MergeMemoriesRequest(TalkRequest, frozen=True, kw_only=True, tag="merge_memories"):
    """Save the weighted mean of two memories under a new name."""

    talk: str
    first: str
    """Empty: the memory as it is now."""
    second: str
    weight: float
    """The second one's share, 0 to 1."""
    name: str


class CompareMemoriesRequest(TalkRequest, frozen=True, kw_only=True, tag="compare_memories"):
    """How far do two memories lie apart, layer by layer?"""

    talk: str
    first: str
    """Empty: the memory as it is now."""
    second: str


class CloseTalkRequest(TalkRequest, frozen=True, kw_only=True, tag="close_talk"):
    """End a conversation; its memory is kept for the next one."""

    talk: str


class MomentTold(msgspec.Struct, frozen=True):
    """What stands in the list of moments."""

    kind: str
    """start, read, taught, written or loaded."""
    words: str
    tokens: int
    """Read and written so far."""
    surprise: tuple[float, ...] = ()
    """Of what was taught: before it was studied, and after each step."""


class MemoryTold(msgspec.Struct, frozen=True):
    """One saved memory."""

    name: str
    size: int
    """Bytes of its tensors."""
    sha256: str
    created: str
    tokens: int
    mode: str


class RowTold(msgspec.Struct, frozen=True):
    """One row of the writes."""

    path: str
    head: int | None


class TalkTold(msgspec.Struct, frozen=True, kw_only=True):
    """A conversation as it stands."""

    id: str
    run: str
    step: int
    """Of the checkpoint."""
    mode: str
    rows: tuple[RowTold, ...]
    """What the writes of a token are told of; none for a model without a learning memory."""
    moments: tuple[MomentTold, ...]
    memory_bytes: int
    """What the model carries now."""
    tokens: int
    memories: tuple[MemoryTold, ...]
    """Those saved beside the run, newest first."""
    open: bool = True


class TalkReply(Reply, frozen=True, kw_only=True, tag="talk"):
    """The conversation after a request."""

    talk: TalkTold
    notices: tuple[str, ...] = ()


class TurnReply(Reply, frozen=True, kw_only=True, tag="turn"):
    """More tokens of a turn; the last reply has the conversation after it."""

    told: tuple[TokenTold, ...]
    done: bool = False
    talk: TalkTold | None = None
    tokens_per_second: float = 0.0


class ReadingTold(msgspec.Struct, frozen=True):
    """The question put once."""

    stage: str
    """before, control, other_before, after, other_after, filler or rolled_back."""
    tokens: int
    """Of other text read since the teaching."""
    logp: float
    """Sum of ln p over the answer's tokens."""


class RecipeReply(Reply, frozen=True, kw_only=True, tag="recipe"):
    """More readings of a recipe; the last reply says what became of weights and memory."""

    readings: tuple[ReadingTold, ...]
    done: bool = False
    whole: bool = False
    """The recipe was followed to its end."""
    surprise: tuple[float, ...] = ()
    weights_unchanged: bool = False
    rolled_back_exactly: bool = False


class LayerTold(msgspec.Struct, frozen=True):
    """One learned tensor of two memories: the length of either, and of what lies between."""

    path: str
    first: float
    second: float
    difference: float


class DifferenceReply(Reply, frozen=True, kw_only=True, tag="difference"):
    """How far two memories lie apart."""

    first: str
    second: str
    layers: tuple[LayerTold, ...]
