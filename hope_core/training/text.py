"""Text from the model while it trains: the fixed prompts, and answers to a person's prompts.

Either has a generator of its own and only reads the weights, so that a run that was talked to is
bit for bit the run that was not.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from hope_core.errors import GenerationError
from hope_core.inference.sampling import SamplingSettings, generate
from hope_core.inference.tell import Batch
from hope_core.inference.trace import trace_of
from hope_core.runs.events import GenerationProgress, SampleWritten

if TYPE_CHECKING:
    from hope_core.runs.commands import Generate
    from hope_core.training.control import Control
    from hope_core.training.teller import Teller
    from hope_core.training.workbench import Workbench

TELL_SECONDS = 0.05
"""Between two pieces of an answer."""
TEMPERATURE = 0.8
"""Of the fixed prompts' samples."""


def write_samples(bench: Workbench, teller: Teller, control: Control) -> None:
    """Continue each fixed prompt; the same seed at every step, so that only the weights differ."""
    train = bench.config.train
    settings = SamplingSettings(
        tokens=train.sample_tokens, temperature=TEMPERATURE, seed=bench.config.seed
    )
    prompts = bench.config.train.sample_prompts
    total = len(prompts) * settings.tokens
    for number, prompt in enumerate(prompts):
        text = ""
        for piece in generate(bench.model, bench.corpus.tokenizer, prompt, settings):
            text += piece.text
            teller.phase("sampling", number * settings.tokens + piece.tokens, total)
            control.check()
        teller.say(SampleWritten(step=teller.progress.step, prompt=prompt, text=text))


def answer(request: Generate, bench: Workbench, teller: Teller, control: Control) -> None:
    """Continue a person's prompt; ends early when the person, or the run's end, wishes it."""
    try:
        _stream(request, bench, teller, control)
    except GenerationError as error:
        teller.say(
            GenerationProgress(id=request.id, text="", tokens=0, done=True, error=str(error))
        )


def _stream(request: Generate, bench: Workbench, teller: Teller, control: Control) -> None:
    settings = SamplingSettings(
        tokens=request.tokens,
        temperature=request.temperature,
        top_k=request.top_k,
        top_p=request.top_p,
        repetition_penalty=request.repetition_penalty,
        repetition_window=request.repetition_window,
        seed=request.seed,
    )
    began = told = time.perf_counter()
    text, tokens, batch = "", 0, Batch()
    for piece in generate(bench.model, bench.corpus.tokenizer, request.prompt, settings):
        text, tokens = text + piece.text, piece.tokens
        if request.trace and piece.logits is not None:
            batch.add(trace_of(piece, bench.corpus.tokenizer))
        if (now := time.perf_counter()) - told > TELL_SECONDS:
            control.listen()
            if control.is_unwanted(request.id):
                break
            if text:
                news = batch.take()
                teller.say(GenerationProgress(id=request.id, text=text, tokens=tokens, told=news))
                text = ""
            teller.heartbeat()
            told = now
    rate = tokens / (time.perf_counter() - began)
    teller.say(
        GenerationProgress(
            id=request.id,
            text=text,
            tokens=tokens,
            done=True,
            tokens_per_second=rate,
            told=batch.take(),
        )
    )
