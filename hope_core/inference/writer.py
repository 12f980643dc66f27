"""Answers to GenerateRequests: text from a run that nobody trains in this process."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import torch

from hope_core.inference.loading import candidates, load_model
from hope_core.inference.memory_states import load_memory, owner_of
from hope_core.inference.messages import KEPT, TextReply
from hope_core.inference.sampling import SamplingSettings, generate
from hope_core.inference.service import GivenUpError
from hope_core.inference.tell import TELL_SECONDS, Batch
from hope_core.inference.trace import trace_of
from hope_core.runs.folder import RunFolder
from hope_core.runs.storage import MANIFEST

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hope_core.inference.loading import LoadedModel
    from hope_core.inference.messages import GenerateRequest
    from hope_core.inference.sampling import Piece
    from hope_core.nn.state import State

MOST_MODELS = 2
"""Models kept at hand: those of two columns side by side."""

_loaded: dict[tuple[str, int], LoadedModel] = {}
"""The models that wrote last, by their checkpoint and when that was made; the newest last."""
_left: dict[str, State] = {}
"""What the last text left behind, by the checkpoint that wrote it."""


def answer_generate(request: GenerateRequest, check: Callable[[], None]) -> Iterator[TextReply]:
    """The continuation of a prompt, piece by piece; a given-up text still gets its last reply.

    Raises:
        HopeError: the run, its checkpoints, the memory or the settings cannot be used.
    """
    run = RunFolder.open(request.run)
    loaded = load_once(run, request.checkpoint)
    settings = SamplingSettings(
        tokens=request.tokens,
        temperature=request.temperature,
        top_k=request.top_k,
        top_p=request.top_p,
        repetition_penalty=request.repetition_penalty,
        repetition_window=request.repetition_window,
        seed=request.seed,
    )
    state, notices = _memory(request, run, loaded)
    notice = " ".join((*loaded.notices, *notices))
    began = told = time.perf_counter()
    text, tokens, batch = "", 0, Batch()
    last: Piece | None = None
    try:
        for piece in generate(
            loaded.model, loaded.tokenizer, request.prompt, settings, state=state
        ):
            check()
            text, tokens, last = text + piece.text, piece.tokens, piece
            traced = request.trace and piece.logits is not None
            full = traced and batch.add(trace_of(piece, loaded.tokenizer))
            now = time.perf_counter()
            if text and (full or now - told > TELL_SECONDS):
                yield TextReply(
                    id=request.id, text=text, tokens=tokens, notice=notice, told=batch.take()
                )
                text, notice, told = "", "", now
    except GivenUpError:
        text, _ = "", batch.take()
    _keep(loaded, last)
    rate = tokens / (time.perf_counter() - began)
    yield TextReply(
        id=request.id,
        text=text,
        tokens=tokens,
        done=True,
        tokens_per_second=rate,
        notice=notice,
        told=batch.take(),
    )


def load_once(run: RunFolder, checkpoint: str | None) -> LoadedModel:
    """The model of a checkpoint, kept at hand for the next question.

    Raises:
        CheckpointError: the run has no checkpoint that can be used.
    """
    key = ("", 0)
    for path in candidates(run, checkpoint)[:1]:
        manifest = path / MANIFEST
        key = (str(path), manifest.stat().st_mtime_ns if manifest.exists() else 0)
    loaded = _loaded.pop(key, None) or load_model(run, checkpoint)
    _loaded[key] = loaded
    for old in list(_loaded)[:-MOST_MODELS]:
        del _loaded[old]
    return loaded


def _memory(
    request: GenerateRequest, run: RunFolder, loaded: LoadedModel
) -> tuple[State | None, tuple[str, ...]]:
    """What the model carries at first, and what a person should know of it."""
    if not request.memory:
        return None, ()
    if request.memory == KEPT:
        left = _left.get(str(loaded.path))
        left = left and _another(loaded, left)
        words = "No text has left a memory behind yet, so this one began with a fresh memory."
        return left, () if left else (words,)
    state, _, notices = load_memory(loaded.model, request.memory, owner_of(run, loaded))
    return _another(loaded, state), notices


@torch.inference_mode()
def _another(loaded: LoadedModel, state: State) -> State:
    """What another text begins with, when the memory of this one is carried on."""
    return loaded.model.next_document(state, keep_memory=True)


def _keep(loaded: LoadedModel, last: Piece | None) -> None:
    """Remember what the text left behind, its last token included."""
    if last is None or last.state is None:
        return
    with torch.inference_mode():
        device = next(loaded.model.parameters()).device
        _, state = loaded.model(torch.tensor([[last.token]], device=device), last.state)
    _left.pop(str(loaded.path), None)
    _left[str(loaded.path)] = state
    for old in list(_left)[:-MOST_MODELS]:
        del _left[old]
