"""Text is drawn as asked, the same for the same seed, and nothing else is touched."""

from __future__ import annotations

import itertools
from dataclasses import fields, replace
from typing import TYPE_CHECKING

import msgspec
import pytest
import torch

from hope_core.config.models import HopeSettings, TransformerSettings
from hope_core.data.tokenizers import ByteTokenizer
from hope_core.errors import GenerationError
from hope_core.inference.messages import GenerateRequest
from hope_core.inference.sampling import (
    PROMPT_PIECE,
    SamplingSettings,
    draw,
    generate,
    penalise,
)
from hope_core.inference.talk_messages import WriteOnRequest
from hope_core.models import build_model
from hope_core.runs.commands import Generate

if TYPE_CHECKING:
    from hope_core.models.contract import LanguageModel

MODELS = [
    HopeSettings(width=16, layers=2, heads=2),
    TransformerSettings(width=16, layers=2, heads=2),
]


@pytest.fixture(params=MODELS, ids=lambda settings: settings.kind)
def model(request: pytest.FixtureRequest) -> LanguageModel:
    return build_model(request.param, 256)


def text_of(model: LanguageModel, prompt: str = "abc", **settings: float) -> str:
    chosen = SamplingSettings(**{"tokens": 12, **settings})  # type: ignore[arg-type]
    return "".join(piece.text for piece in generate(model, ByteTokenizer(), prompt, chosen))


def test_same_seed_gives_the_same_text(model: LanguageModel) -> None:
    assert text_of(model, seed=3) == text_of(model, seed=3)
    assert text_of(model, seed=3) != text_of(model, seed=4)


def test_text_leaves_global_random_numbers_and_weights_alone(model: LanguageModel) -> None:
    torch.manual_seed(0)
    before = torch.get_rng_state()
    model.train()
    text_of(model)
    assert torch.equal(torch.get_rng_state(), before)
    assert model.training


def test_prompt_read_in_pieces_continues_like_the_whole(model: LanguageModel) -> None:
    prompt = "abcdefg " * (PROMPT_PIECE // 3)
    with torch.no_grad():
        logits, _ = model(torch.from_numpy(ByteTokenizer().encode(prompt)).long()[None])
    first = text_of(model, prompt, temperature=0.0, tokens=1)
    assert first == ByteTokenizer().decode([int(logits[0, -1].argmax())])


def test_empty_prompt_starts_from_a_line_break(model: LanguageModel) -> None:
    assert text_of(model, "") == text_of(model, "\n")


def test_count_of_tokens_is_kept(model: LanguageModel) -> None:
    pieces = list(generate(model, ByteTokenizer(), "a", SamplingSettings(tokens=5)))
    assert [piece.tokens for piece in pieces] == [1, 2, 3, 4, 5]


def test_caller_who_leaves_early_gets_the_model_back_as_it_was(model: LanguageModel) -> None:
    model.train()
    pieces = generate(model, ByteTokenizer(), "a", SamplingSettings(tokens=5))
    next(pieces)
    pieces.close()  # type: ignore[attr-defined]
    assert model.training


def drawn(**settings: float) -> set[int]:
    logits = torch.tensor([4.0, 3.0, 2.0, 1.0])
    generator = torch.Generator().manual_seed(0)
    chosen = SamplingSettings(**settings)  # type: ignore[arg-type]
    return {draw(logits, chosen, generator) for _ in range(300)}


def test_temperature_zero_takes_the_most_likely() -> None:
    assert drawn(temperature=0.0) == {0}


def test_top_k_draws_among_the_k_most_likely() -> None:
    assert drawn(temperature=2.0, top_k=2) == {0, 1}


def test_top_p_draws_among_the_fewest_that_reach_the_share() -> None:
    assert drawn(temperature=1.0, top_p=0.6) == {0}
    assert drawn(temperature=1.0, top_p=0.8) == {0, 1}


def test_all_tokens_can_be_drawn() -> None:
    assert drawn(temperature=2.0) == {0, 1, 2, 3}


def plain_penalty(logits: list[float], written: list[int], penalty: float) -> list[float]:
    """CTRL's rule as the paper says it, number by number."""
    return [
        (logit / penalty if logit > 0 else logit * penalty) if token in written else logit
        for token, logit in enumerate(logits)
    ]


def test_repetition_is_penalised_as_the_paper_says() -> None:
    logits = torch.randn(50, generator=torch.Generator().manual_seed(0))
    written = [3, 7, 3, 3, 49, 0]
    expected = plain_penalty(logits.tolist(), written, 1.3)
    torch.testing.assert_close(penalise(logits, written, 1.3), torch.tensor(expected))


def test_a_penalty_turns_the_most_likely_token_away_once_it_is_written() -> None:
    logits = torch.tensor([4.0, 3.0, -1.0])
    chosen = SamplingSettings(temperature=0.0, repetition_penalty=2.0)
    assert draw(logits, chosen, torch.Generator()) == 0
    assert draw(logits, chosen, torch.Generator(), [0]) == 1
    assert draw(logits, chosen, torch.Generator(), [0, 1]) == 0


def test_a_penalty_of_one_changes_nothing(model: LanguageModel) -> None:
    assert text_of(model, seed=3, repetition_window=5) == text_of(model, seed=3)


def test_penalised_text_is_the_same_for_the_same_seed(model: LanguageModel) -> None:
    plain = text_of(model, seed=3, tokens=60)
    penalised = text_of(model, seed=3, tokens=60, repetition_penalty=3.0)
    assert penalised == text_of(model, seed=3, tokens=60, repetition_penalty=3.0)
    assert penalised != plain


def test_only_what_was_written_within_the_window_is_penalised(model: LanguageModel) -> None:
    chosen = SamplingSettings(
        temperature=0.0, tokens=40, repetition_penalty=100.0, repetition_window=1
    )
    numbers = [piece.token for piece in generate(model, ByteTokenizer(), "a", chosen)]
    assert all(now != before for before, now in itertools.pairwise(numbers))
    assert len(set(numbers)) < len(numbers)
    long = replace(chosen, repetition_window=40)
    assert len({piece.token for piece in generate(model, ByteTokenizer(), "a", long)}) == 40


@pytest.mark.parametrize("request_kind", [GenerateRequest, WriteOnRequest, Generate])
def test_every_setting_of_writing_can_be_asked_for(request_kind: type[msgspec.Struct]) -> None:
    asked = {field.name: field.default for field in msgspec.structs.fields(request_kind)}
    for setting in fields(SamplingSettings):
        assert setting.name in asked
        assert setting.name == "tokens" or asked[setting.name] == setting.default


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("tokens", 0),
        ("temperature", -0.1),
        ("top_p", 0.0),
        ("top_k", -1),
        ("repetition_penalty", 0.5),
        ("repetition_window", 0),
    ],
)
def test_impossible_setting_is_named(name: str, value: float) -> None:
    with pytest.raises(GenerationError, match=name):
        SamplingSettings(**{name: value}).check()  # type: ignore[arg-type]


def test_answer_that_is_no_number_is_refused() -> None:
    with pytest.raises(GenerationError, match="not a number"):
        draw(torch.tensor([torch.nan, 1.0]), SamplingSettings(), torch.Generator())
