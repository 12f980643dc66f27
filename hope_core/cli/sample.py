"""`hope sample`: continue a prompt with the model of a run."""

from __future__ import annotations

import sys
import time
from typing import Annotated

import typer

from hope_core.cli.options import Json, Run
from hope_core.cli.output import Output, user_errors
from hope_core.cli.picking import open_run


def sample(
    run: Run,
    *,
    prompt: Annotated[str, typer.Option(help="The text to continue.")] = "",
    tokens: Annotated[int, typer.Option(help="How many tokens to write.")] = 200,
    seed: Annotated[int, typer.Option(help="Seed of the draw.")] = 0,
    temperature: Annotated[float, typer.Option(help="0: always the most likely token.")] = 0.8,
    top_k: Annotated[int, typer.Option(help="Draw among so many; 0: among all.")] = 0,
    top_p: Annotated[float, typer.Option(help="Draw among this share of probability.")] = 1.0,
    repetition_penalty: Annotated[
        float, typer.Option(help="Above 1: tokens written just before become less likely.")
    ] = 1.0,
    repetition_window: Annotated[
        int, typer.Option(help="How many of the tokens written last that concerns.")
    ] = 64,
    checkpoint: Annotated[
        str | None, typer.Option(help="A checkpoint of the run; by default the best one.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Continue a prompt with the model of a run."""
    output = Output(as_json=as_json)
    with user_errors(output):
        folder = open_run(run)
        from hope_core.inference.loading import load_model
        from hope_core.inference.sampling import SamplingSettings, generate

        settings = SamplingSettings(
            tokens=tokens,
            temperature=temperature,
            top_k=top_k,
            top_p=top_p,
            repetition_penalty=repetition_penalty,
            repetition_window=repetition_window,
            seed=seed,
        )
        settings.check()
        loaded = load_model(folder, checkpoint)
        for notice in loaded.notices:
            output.say(notice)
        begin = time.perf_counter()
        _write(prompt, as_json=as_json)
        text, written = "", 0
        for piece in generate(loaded.model, loaded.tokenizer, prompt, settings):
            text += piece.text
            written = piece.tokens
            _write(piece.text, as_json=as_json)
        _write("\n", as_json=as_json)
    seconds = time.perf_counter() - begin
    output.result(
        {
            "run": str(folder.path),
            "step": loaded.step,
            "prompt": prompt,
            "text": text,
            "tokens": written,
            "seed": seed,
            "tokens_per_second": written / seconds,
        }
    )


def _write(text: str, *, as_json: bool) -> None:
    """The text as it comes; a terminal that cannot show a character gets an escape for it."""
    if as_json:
        return
    encoding = sys.stdout.encoding or "utf-8"
    sys.stdout.write(text.encode(encoding, "backslashreplace").decode(encoding))
    sys.stdout.flush()
