"""A memory learns while one talks, the weights stand still, and any moment comes back exactly."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
import torch

from hope_core.config.memories import (
    AttentionSettings,
    DeepSettings,
    GatedDeltaSettings,
    HopeDgdSettings,
    SelfModifyingSettings,
    TitansSettings,
    TttLinearSettings,
)
from hope_core.config.models import (
    HopeSettings,
    LevelSettings,
    TitansModelSettings,
    TransformerSettings,
)
from hope_core.data.tokenizers import ByteTokenizer
from hope_core.errors import TeachingError
from hope_core.inference.conversation import Conversation
from hope_core.inference.memory_states import weights_sha
from hope_core.inference.recipe import Outcome, Recipe, follow_recipe, tales_filler
from hope_core.inference.sampling import SamplingSettings
from hope_core.inference.teaching import TeachingSettings
from hope_core.models import build_model
from hope_core.nn.learned import learned_tensors

SMALL = {"width": 16, "layers": 1, "heads": 2}
FACT = "The password is kestrel."
RECIPE = Recipe(
    fact=FACT,
    question="The password is",
    answer=" kestrel",
)
WITH_FILLER = replace(RECIPE, filler=tales_filler(), filler_tokens=(4, 16))
FAMILIES = {
    "titans": HopeSettings(memory=TitansSettings(), **SMALL),
    "hope_dgd": HopeSettings(memory=HopeDgdSettings(), **SMALL),
    "gated_delta": HopeSettings(memory=GatedDeltaSettings(), **SMALL),
    "self_modifying": HopeSettings(memory=SelfModifyingSettings(), **SMALL),
    "deep": HopeSettings(memory=DeepSettings(), **SMALL),
    "ttt": HopeSettings(memory=TttLinearSettings(), **SMALL),
    "levels": HopeSettings(memory=AttentionSettings(), levels=(LevelSettings(chunk=4),), **SMALL),
    "mac": TitansModelSettings(variant="mac", segment=8, **SMALL),
    "mag": TitansModelSettings(variant="mag", segment=8, **SMALL),
}
every_family = pytest.mark.parametrize("family", FAMILIES)


def conversation(family: str = "titans", **settings: float | str) -> Conversation:
    model = build_model(FAMILIES[family], 256).requires_grad_(requires_grad=False)
    chosen = TeachingSettings(**settings)  # type: ignore[arg-type]
    return Conversation(model, ByteTokenizer(), chosen)


def outcome_of(talk: Conversation, recipe: Recipe = RECIPE) -> Outcome:
    *_, last = follow_recipe(talk, recipe)
    assert isinstance(last, Outcome)
    return last


@every_family
def test_taught_fact_becomes_likely_while_the_weights_stand_still(family: str) -> None:
    outcome = outcome_of(conversation(family, study_steps=10, study_rate=0.5))
    assert outcome.logp("after") > outcome.logp("before")
    assert min(outcome.surprise) < outcome.surprise[0] - 0.1
    assert outcome.weights_before == outcome.weights_taught
    assert outcome.logp("rolled_back") == outcome.logp("before")


def test_weights_learn_on_a_copy_and_come_back_exactly() -> None:
    model = build_model(FAMILIES["titans"], 256)
    before = weights_sha(model)
    talk = Conversation(
        model, ByteTokenizer(), TeachingSettings(mode="full_model", learning_rate=0.01)
    )
    outcome = outcome_of(talk)
    assert outcome.logp("after") - outcome.logp("before") > math.log(10.0)
    assert outcome.weights_taught != outcome.weights_before
    assert outcome.weights_after == outcome.weights_before
    assert weights_sha(model) == before


def test_each_token_tells_its_surprise_its_rivals_and_its_write() -> None:
    talk = conversation()
    traces = list(talk.read("ab"))
    assert [trace.text for trace in traces] == ["a", "b"]
    assert all(len(trace.writes) == len(talk.rows) == 2 for trace in traces)
    assert all(size > 0.0 for trace in traces for size in trace.writes)
    assert 0.0 < traces[1].entropy <= math.log(256) + 1e-6
    chances = [chance for _, chance in traces[1].alternatives]
    assert chances == sorted(chances, reverse=True)


def test_surprise_is_that_of_the_model_reading_the_whole_text() -> None:
    talk = conversation()
    surprises = [trace.surprise for trace in talk.read("abc")]
    logits, _ = talk.model(torch.tensor([[10, 97, 98]]), None)
    expected = -logits[0].log_softmax(-1)[torch.arange(3), torch.tensor([97, 98, 99])]
    assert surprises == pytest.approx(expected.tolist(), abs=1e-4)


def test_model_without_a_learning_memory_says_so() -> None:
    model = build_model(TransformerSettings(**SMALL), 256)
    with pytest.raises(TeachingError, match="no memory that learns"):
        Conversation(model, ByteTokenizer(), TeachingSettings())


def test_transformer_can_learn_with_its_weights() -> None:
    model = build_model(TransformerSettings(**SMALL), 256)
    talk = Conversation(
        model, ByteTokenizer(), TeachingSettings(mode="full_model", learning_rate=0.01)
    )
    outcome = outcome_of(talk)
    assert outcome.logp("after") > outcome.logp("before")


def test_rolling_back_makes_the_same_text_again() -> None:
    talk = conversation()
    list(talk.read("once upon a time"))
    writing = SamplingSettings(tokens=8, seed=1)
    first = [trace.token for trace in talk.write(writing)]
    list(talk.teach("something else"))
    talk.roll_back(1)
    assert [moment.kind for moment in talk.moments] == ["start", "read"]
    assert [trace.token for trace in talk.write(writing)] == first


def test_what_it_has_just_written_can_be_made_less_likely() -> None:
    writing = SamplingSettings(
        tokens=24, temperature=0.0, repetition_penalty=100.0, repetition_window=24
    )
    numbers = [trace.token for trace in conversation().write(writing)]
    assert len(set(numbers)) == 24


def test_asking_writes_nothing() -> None:
    talk = conversation()
    before = learned_tensors(talk.state)
    talk.answer_logp("a question", "an answer")
    assert all(torch.equal(t, before[p]) for p, t in learned_tensors(talk.state).items())


def test_recipe_that_is_given_up_leaves_the_conversation_as_it_was() -> None:
    talk = conversation()
    state = talk.state
    steps = follow_recipe(talk, RECIPE)
    while next(steps).stage != "after":  # type: ignore[union-attr]
        pass
    steps.close()  # type: ignore[attr-defined]
    assert talk.state is state
    assert len(talk.moments) == 1


def test_more_text_after_the_fact_is_counted_and_asked_again() -> None:
    outcome = outcome_of(conversation(study_steps=1), WITH_FILLER)
    assert [r.tokens for r in outcome.readings if r.stage == "filler"] == [4, 16]


@pytest.mark.parametrize(("name", "value"), [("study_rate", -1.0), ("readings", 101)])
def test_impossible_teaching_is_named(name: str, value: float) -> None:
    with pytest.raises(TeachingError, match=name):
        conversation(**{name: value})


def test_unknown_moment_and_empty_text_are_refused() -> None:
    talk = conversation()
    with pytest.raises(TeachingError, match="no moment 5"):
        talk.roll_back(5)
    with pytest.raises(TeachingError, match="empty"):
        list(talk.read(""))


@pytest.mark.parametrize("way", ["drop", "keep"])
def test_loaded_memory_in_another_document_drops_or_keeps_what_levels_learned(way: str) -> None:
    settings = HopeSettings(
        memory=TitansSettings(), levels=(LevelSettings(chunk=4),), document_end=way, **SMALL
    )
    model = build_model(settings, 256)
    model.init_weights(torch.Generator().manual_seed(0))
    first, second, exact = (
        Conversation(model, ByteTokenizer(), TeachingSettings()) for _ in range(3)
    )
    list(first.read("a text of some length"))
    second.load(first.state, "kept", first.tokens, another_document=True)
    exact.load(first.state, "kept", first.tokens)
    left, carried, same = (talk.state.named_tensors() for talk in (first, second, exact))
    level = "continuums.0.levels.0.moved."
    assert any(path.startswith(level) for path in left)
    learned = [path for path in carried if path.startswith(level) and carried[path].any()]
    assert bool(learned) is (way == "keep")
    assert any(path.startswith(level) and same[path].any() for path in same)
    assert carried["blocks.0.memory"].equal(same["blocks.0.memory"])
