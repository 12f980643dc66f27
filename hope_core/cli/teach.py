"""`hope teach`: teach a model a fact, then ask, and tell how likely the answer became."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Annotated, Any

import typer

from hope_core.cli.options import Json, Run
from hope_core.cli.output import Output, user_errors
from hope_core.cli.picking import open_run

if TYPE_CHECKING:
    from hope_core.inference.loading import LoadedModel
    from hope_core.inference.recipe import Outcome, Reading

WORDS = {
    "before": "before",
    "control": "after as much other text",
    "after": "right after teaching",
    "other_before": "another question, before",
    "other_after": "another question, after",
    "filler": "after {tokens:,} tokens of other text",
    "rolled_back": "rolled back",
}


def teach(  # one option a word of the recipe
    run: Run,
    *,
    fact: Annotated[str, typer.Option(help="The text that is taught.")],
    ask: Annotated[str, typer.Option(help="The question: the text before the answer.")],
    answer: Annotated[str, typer.Option(help="The answer, with the space before it.")],
    other: Annotated[
        str, typer.Option(help="Another question, which the answer should not answer.")
    ] = "",
    mode: Annotated[
        str, typer.Option(help="memory_only: weights stand still; full_model: they learn as well.")
    ] = "memory_only",
    readings: Annotated[int, typer.Option(help="How often the fact is read.")] = 1,
    study_steps: Annotated[
        int, typer.Option(help="Gradient steps on the memory after reading; 0: reading alone.")
    ] = 16,
    study_rate: Annotated[
        float, typer.Option(help="Length of such a step, as a share of the memory's.")
    ] = 0.1,
    learning_rate: Annotated[float, typer.Option(help="Of the weights, in full_model.")] = 1e-3,
    checkpoint: Annotated[
        str | None, typer.Option(help="A checkpoint of the run; by default the best one.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Teach a fact, then ask: before, after, after other text, and after a rollback."""
    output = Output(as_json=as_json)
    with user_errors(output):
        folder = open_run(run)
        from hope_core.inference.conversation import Conversation
        from hope_core.inference.loading import load_model
        from hope_core.inference.recipe import Outcome, Recipe, follow_recipe, tales_filler
        from hope_core.inference.teaching import TeachingSettings, mode_of
        from hope_core.inference.threads import writing_threads

        settings = TeachingSettings(
            mode=mode_of(mode),
            learning_rate=learning_rate,
            readings=readings,
            study_steps=study_steps,
            study_rate=study_rate,
        )
        loaded = load_model(folder, checkpoint)
        for notice in loaded.notices:
            output.say(notice)
        with writing_threads(loaded.model):
            talk = Conversation(loaded.model, loaded.tokenizer, settings)
            recipe = Recipe(
                fact=fact, question=ask, answer=answer, other=other, filler=tales_filler()
            )
            for found in follow_recipe(talk, recipe):
                if isinstance(found, Outcome):
                    outcome = found
                else:
                    output.say(_sentence(found))
        _conclude(outcome, output)
    output.result(_facts(outcome, loaded, mode=mode, run=str(folder.path)))


def _sentence(reading: Reading) -> str:
    words = WORDS[reading.stage].format(tokens=reading.tokens)
    return f"{words:>32}: probability of the answer {math.exp(reading.logp):.3g}"


def _conclude(outcome: Outcome, output: Output) -> None:
    rise = outcome.logp("after") - outcome.logp("before")
    output.say(f"Teaching made the answer {_times(rise)} as likely.")
    moved = outcome.weights_taught != outcome.weights_before
    output.say("The weights learned." if moved else "The weights stood still, bit for bit.")
    same = outcome.logp("rolled_back") == outcome.logp("before")
    back = outcome.weights_after == outcome.weights_before
    output.say(
        "The rollback brought back the old answer and the old weights exactly."
        if same and back
        else "The rollback did NOT bring everything back."
    )


def _facts(outcome: Outcome, loaded: LoadedModel, *, mode: str, run: str) -> dict[str, Any]:
    return {
        "run": run,
        "step": loaded.step,
        "mode": mode,
        "readings": [
            {
                "stage": reading.stage,
                "tokens": reading.tokens,
                "logp": reading.logp,
                "probability": math.exp(reading.logp),
            }
            for reading in outcome.readings
        ],
        "surprise": list(outcome.surprise),
        "rise": math.exp(min(700.0, outcome.logp("after") - outcome.logp("before"))),
        "weights_unchanged": outcome.weights_taught == outcome.weights_before,
        "weights_sha256": outcome.weights_before,
        "rolled_back_exactly": outcome.logp("rolled_back") == outcome.logp("before")
        and outcome.weights_after == outcome.weights_before,
    }


def _times(rise: float) -> str:
    factor = math.exp(min(700.0, rise))
    return f"{factor:,.1f} times" if factor < 1e6 else f"{factor:.2g} times"
