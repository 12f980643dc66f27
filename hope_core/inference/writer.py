"""Answers to GenerateRequests: text from a run that nobody trains in this process."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from hope_core.inference.loading import candidates, load_model
from hope_core.inference.messages import TextReply
from hope_core.inference.sampling import SamplingSettings, generate
from hope_core.inference.service import GivenUpError
from hope_core.runs.folder import RunFolder
from hope_core.runs.storage import MANIFEST

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hope_core.inference.loading import LoadedModel
    from hope_core.inference.messages import GenerateRequest

TELL_SECONDS = 0.03
"""Between two replies."""

_latest: dict[tuple[str, int], LoadedModel] = {}
"""The model that wrote last, by its checkpoint and when that was made."""


def answer_generate(request: GenerateRequest, check: Callable[[], None]) -> Iterator[TextReply]:
    """The continuation of a prompt, piece by piece; a given-up text still gets its last reply.

    Raises:
        HopeError: the run, its checkpoints or the settings cannot be used.
    """
    loaded = _load(request)
    settings = SamplingSettings(
        tokens=request.tokens,
        temperature=request.temperature,
        top_k=request.top_k,
        top_p=request.top_p,
        seed=request.seed,
    )
    notice = " ".join(loaded.notices)
    began = told = time.perf_counter()
    text, tokens = "", 0
    try:
        for piece in generate(loaded.model, loaded.tokenizer, request.prompt, settings):
            check()
            text, tokens = text + piece.text, piece.tokens
            if text and (now := time.perf_counter()) - told > TELL_SECONDS:
                yield TextReply(id=request.id, text=text, tokens=tokens, notice=notice)
                text, notice, told = "", "", now
    except GivenUpError:
        text = ""
    rate = tokens / (time.perf_counter() - began)
    yield TextReply(
        id=request.id,
        text=text,
        tokens=tokens,
        done=True,
        tokens_per_second=rate,
        notice=notice,
    )


def _load(request: GenerateRequest) -> LoadedModel:
    run = RunFolder.open(request.run)
    key = ("", 0)
    for path in candidates(run, request.checkpoint)[:1]:
        manifest = path / MANIFEST
        key = (str(path), manifest.stat().st_mtime_ns if manifest.exists() else 0)
    if key not in _latest:
        loaded = load_model(run, request.checkpoint)
        _latest.clear()
        _latest[key] = loaded
    return _latest[key]
