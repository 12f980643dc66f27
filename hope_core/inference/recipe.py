"""Teach a fact, then ask: how likely the answer is before, after, after more text, and rolled back.

Notable: nothing is asked aloud. An answer's probability is the product of those of its tokens,
given the question; asking writes nothing. Two controls stand beside it: as much other text in the
fact's place, and, where one is given, another question after the fact.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from hope_core.data.tales import tales_grammar
from hope_core.inference.memory_states import weights_sha

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hope_core.inference.conversation import Conversation

Stage = Literal[
    "before", "control", "other_before", "after", "other_after", "filler", "rolled_back"
]
FILLER_CHARACTERS = 8000


@dataclass(frozen=True, kw_only=True)
class Recipe:
    """What is taught and what is asked."""

    fact: str
    question: str
    answer: str
    filler: str = ""
    """Text to read between teaching and asking."""
    filler_tokens: tuple[int, ...] = (64, 256, 1024)
    """After how many tokens of it to ask again."""
    other: str = ""
    """Another question, that the answer should not answer."""


@dataclass(frozen=True)
class Reading:
    """One question put: when, and how likely the answer was."""

    stage: Stage
    tokens: int
    """Of filler read since the teaching."""
    logp: float
    """Sum of ln p over the answer's tokens."""


@dataclass(frozen=True)
class Outcome:
    """All readings, and the proof that the weights stood still or went back."""

    readings: tuple[Reading, ...]
    surprise: tuple[float, ...]
    """Of the fact (nats a token), before each step of study and after the last."""
    weights_before: str
    weights_taught: str
    """SHA-256 of all weights before, and after the teaching."""
    weights_after: str
    """After the rollback."""

    def logp(self, stage: Stage) -> float:
        """The last reading of this stage."""
        return next(r.logp for r in reversed(self.readings) if r.stage == stage)


def tales_filler() -> str:
    """Little stories from the bundled grammar, always the same, about nothing that is taught."""
    grammar, rng = tales_grammar(), random.Random(0)
    text = ""
    while len(text) < FILLER_CHARACTERS:
        text += grammar.write(rng).text + "\n"
    return text


def follow_recipe(
    talk: Conversation, recipe: Recipe, *, check: Callable[[], None] = lambda: None
) -> Iterator[Reading | Outcome]:
    """Teach and ask; the conversation is left as it was found, whatever happens.

    Yields:
        Each reading as it is taken, and the outcome last.

    Raises:
        TeachingError: a text is empty or too long.
    """
    start = len(talk.moments) - 1
    readings: list[Reading] = []

    def ask(stage: Stage, question: str = recipe.question, *, tokens: int = 0) -> Reading:
        check()
        readings.append(Reading(stage, tokens, talk.answer_logp(question, recipe.answer)))
        return readings[-1]

    try:
        before = weights_sha(talk.model)
        yield ask("before")
        if recipe.other:
            yield ask("other_before", recipe.other)
        if recipe.filler:
            yield _control(talk, recipe, readings)
        for _ in talk.teach(recipe.fact, check=check):
            check()
        surprise = talk.moments[-1].study
        yield ask("after")
        if recipe.other:
            yield ask("other_after", recipe.other)
        taught = weights_sha(talk.model)
        yield from _with_filler(talk, recipe, readings, check)
    finally:
        talk.roll_back(start)
    yield ask("rolled_back")
    yield Outcome(tuple(readings), surprise, before, taught, weights_sha(talk.model))


def _control(talk: Conversation, recipe: Recipe, readings: list[Reading]) -> Reading:
    """As much other text as the fact has, read in its place and as often."""
    length = len(talk.tokenizer.encode(recipe.fact)) * max(1, talk.settings.readings)
    state = talk.read_quietly(recipe.filler, talk.state, limit=length)
    logp = talk.answer_logp(recipe.question, recipe.answer, state=state)
    readings.append(Reading("control", 0, logp))
    return readings[-1]


def _with_filler(
    talk: Conversation, recipe: Recipe, readings: list[Reading], check: Callable[[], None]
) -> Iterator[Reading]:
    total = len(talk.tokenizer.encode(recipe.filler)) if recipe.filler else 0
    for tokens in sorted({min(count, total) for count in recipe.filler_tokens} - {0}):
        check()
        state = talk.read_quietly(recipe.filler, talk.state, limit=tokens)
        logp = talk.answer_logp(recipe.question, recipe.answer, state=state)
        readings.append(Reading("filler", tokens, logp))
        yield readings[-1]
