"""Learning inside the sequence from the next-token loss, against a loop over tokens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import torch
from torch.func import functional_call
from torch.nn.functional import cross_entropy
from torch.testing import assert_close

from hope_core.config.models import HopeSettings, LevelSettings
from hope_core.config.run import RunConfig
from hope_core.config.validation import parse_config
from hope_core.errors import ConfigError
from hope_core.models import build_model

if TYPE_CHECKING:
    from torch import Tensor

    from hope_core.models.contract import LanguageModel
    from hope_core.nn.state import State

SEGMENT, T = 4, 14
LEVELS = ({"chunk": 4, "inner_loss": "next_token"}, {}, {"chunk": 8, "inner_loss": "next_token"})


def hope(*levels: dict[str, Any], **more: object) -> LanguageModel:
    given = tuple(LevelSettings.model_validate(level | {"expansion": 1.0}) for level in levels)
    settings = HopeSettings(width=12, layers=2, heads=2, levels=given, **more)
    return build_model(settings, 17).double()


def tokens(batch: int = 2, length: int = T) -> Tensor:
    return torch.randint(17, (batch, length), generator=torch.Generator().manual_seed(1))


def loop(model: LanguageModel, plain: LanguageModel, text: Tensor) -> Tensor:
    """One sequence (1, T): a model without learning, its weights written out for every token."""
    weights = {n: p for n, p in model.named_parameters() if not n.endswith(".rate")}
    places = [
        (f"blocks.{block}.continuum.levels.{index}", level["chunk"])
        for block in range(2)
        for index, level in enumerate(LEVELS)
        if level
    ]
    names = {f"{p}.mlp.{layer}.weight": (p, c) for p, c in places for layer in ("up", "down")}
    moved = {name: torch.zeros_like(weights[name]) for name in names}
    waiting = dict(moved)
    answers: list[Tensor] = []
    state: State | None = None
    for first in range(0, text.shape[1], SEGMENT):
        piece, start = text[:, first : first + SEGMENT], state
        for token in piece.unbind(1):
            now = weights | {name: weights[name] + moved[name] for name in names}
            logits, state = functional_call(plain, now, (token[:, None], state))
            answers.append(logits)
        if piece.shape[1] < SEGMENT:
            break
        found = inner_steps(plain, weights, moved, piece, start)
        for name, (place, chunk) in names.items():
            rate = torch.sigmoid(model.get_parameter(f"{place}.rate"))
            waiting[name] = waiting[name] - rate / chunk * found[name]
            if (first + SEGMENT) % chunk == 0:
                moved[name] = moved[name] + waiting[name]
                waiting[name] = torch.zeros_like(moved[name])
    return torch.cat(answers, dim=1)


def inner_steps(
    plain: LanguageModel,
    weights: dict[str, Tensor],
    moved: dict[str, Tensor],
    piece: Tensor,
    state: State | None,
) -> dict[str, Tensor]:
    """The sum of s_t g_t, g_t being the slope in the weights that token t alone was read with."""
    state = state.detach() if state else None
    fixed = {name: weight.detach() for name, weight in weights.items()}
    leaves, losses = [], []
    for t, token in enumerate(piece.unbind(1)):
        own = {n: (fixed[n] + change.detach()).requires_grad_() for n, change in moved.items()}
        leaves.append(own)
        logits, state = functional_call(plain, fixed | own, (token[:, None], state))
        if t + 1 < SEGMENT:
            losses.append(cross_entropy(logits[:, 0], piece[:, t + 1]))
    total = {name: torch.zeros_like(change) for name, change in moved.items()}
    flat = [leaf for own in leaves for leaf in own.values()]
    slopes = iter(torch.autograd.grad(sum(losses), flat, materialize_grads=True))
    for t in range(SEGMENT):
        of_token = {name: next(slopes) for name in moved}
        length = sum(slope.square().sum() for slope in of_token.values())
        loss = losses[t].detach() if t + 1 < SEGMENT else torch.zeros(())
        share = loss / (loss + length) if loss > 0 else 0.0
        for name, slope in of_token.items():
            total[name] = total[name] + share * slope
    return total


def test_segments_learn_what_the_loop_over_tokens_learns() -> None:
    model = hope(*LEVELS)
    plain = hope({}, {}, {})
    rows = [loop(model, plain, text[None]) for text in tokens()]
    expected, found = torch.cat(rows), model(tokens())[0]
    assert_close(found, expected, rtol=0, atol=1e-12)
    names, weights = zip(*model.named_parameters(), strict=True)
    ours, theirs = (torch.autograd.grad(y.sin().sum(), weights) for y in (found, expected))
    for name, one, other in zip(names, ours, theirs, strict=True):
        assert one.any(), name
        assert_close(one, other, rtol=1e-9, atol=1e-9, msg=name)


def test_what_was_learned_changes_later_chunks_only() -> None:
    model, plain = hope(*LEVELS), hope({}, {}, {})
    plain.load_state_dict({n: p for n, p in model.state_dict().items() if "rate" not in n})
    changed = (model(tokens())[0] - plain(tokens())[0]).abs().amax((0, 2))
    assert (changed[:SEGMENT] < 1e-12).all()
    assert (changed[SEGMENT:] > 1e-9).all()


@torch.no_grad()
def test_pieces_equal_the_whole_and_rows_stay_apart() -> None:
    model = hope(*LEVELS)
    whole = model(tokens())[0]
    state, pieces = None, []
    for piece in tokens().split([1, 2, 6, 3, 2], dim=1):
        answer, state = model(piece, state)
        pieces.append(answer)
    assert_close(torch.cat(pieces, dim=1), whole, rtol=0, atol=1e-11)
    other = tokens()
    other[1] = (other[1] + 1) % 17
    assert_close(model(other)[0][0], whole[0], rtol=0, atol=1e-12)


@torch.no_grad()
def test_no_token_changes_what_was_said_before_it() -> None:
    model, later = hope(*LEVELS), tokens()
    later[:, 9:] = (later[:, 9:] + 1) % 17
    assert_close(model(later)[0][:, :9], model(tokens())[0][:, :9], rtol=0, atol=1e-12)


def test_model_learns_while_autograd_is_off_for_good() -> None:
    model = hope(*LEVELS).requires_grad_(requires_grad=False)
    with torch.inference_mode():
        found = model(tokens())[0]
    assert_close(found, hope(*LEVELS)(tokens())[0], rtol=0, atol=1e-12)


def test_changes_are_factors_until_a_chunk_is_longer_than_the_width() -> None:
    short, long = (hope({"chunk": c, "inner_loss": "next_token"}) for c in (4, 16))
    for model, is_matrix in ((short, False), (long, True)):
        _, state = model(tokens(length=16)[:, : 4 if model is short else 16])
        change = state.continuums[0].levels[0].moved[0]
        assert (change.matrix is not None) is is_matrix


@pytest.mark.parametrize("inner_loss", ["next_token", "local"])
@pytest.mark.parametrize("way", ["drop", "keep"])
def test_document_end_drops_or_keeps_what_levels_learned(way: str, inner_loss: str) -> None:
    model = hope({"chunk": 4, "inner_loss": inner_loss}, document_end=way)
    _, state = model(tokens(length=6))
    after = model.next_document(state)
    fresh = model(tokens(length=5))[0]
    again, _ = model(tokens(length=5), after)
    assert torch.allclose(again, fresh, rtol=0, atol=1e-12) is (way == "drop")
    assert not after.blocks[0].window.any()


@pytest.mark.parametrize("inner_loss", ["next_token", "local"])
@pytest.mark.parametrize("way", ["drop", "keep"])
def test_next_document_can_carry_the_memory_on_and_still_mind_the_levels(
    way: str, inner_loss: str
) -> None:
    model = hope({"chunk": 4, "inner_loss": inner_loss}, document_end=way)
    _, state = model(tokens(length=6))
    after = model.next_document(state, keep_memory=True)
    assert after.blocks == state.blocks
    moved = [change.gathered().matrix for change in after.continuums[0].levels[0].moved]
    assert any(bool(matrix.any()) for matrix in moved) is (way == "keep")
    assert model(tokens(length=5), after)[0].isfinite().all()


@pytest.mark.parametrize(
    ("levels", "words"),
    [
        (({"chunk": 1, "inner_loss": "next_token"},), "at least 2"),
        ((LEVELS[0], {"chunk": 6, "inner_loss": "next_token"}), "no multiple of 4"),
    ],
)
def test_chunks_that_cannot_work_are_refused_by_name(levels: Any, words: str) -> None:
    given = {"model": {"kind": "hope", "levels": levels}}
    with pytest.raises(ConfigError, match=words) as caught:
        parse_config(RunConfig().model_dump() | given)
    assert caught.value.problems[0].place == f"model.levels.{len(levels) - 1}.chunk"
