"""Text is drawn as asked, the same for the same seed, and nothing else is touched."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import torch

from hope_core.config.models import HopeSettings, TransformerSettings
from hope_core.data.tokenizers import ByteTokenizer
from hope_core.errors import GenerationError
from hope_core.inference.sampling import PROMPT_PIECE, SamplingSettings, draw, generate
from hope_core.models import build_model

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


@pytest.mark.parametrize(
    ("name", "value"), [("tokens", 0), ("temperature", -0.1), ("top_p", 0.0), ("top_k", -1)]
)
def test_impossible_setting_is_named(name: str, value: float) -> None:
    with pytest.raises(GenerationError, match=name):
        SamplingSettings(**{name: value}).check()  # type: ignore[arg-type]


def test_answer_that_is_no_number_is_refused() -> None:
    with pytest.raises(GenerationError, match="not a number"):
        draw(torch.tensor([torch.nan, 1.0]), SamplingSettings(), torch.Generator())
