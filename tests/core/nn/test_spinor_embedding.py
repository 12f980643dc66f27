"""Tokens as twistors: the phase code keeps lengths and products, wherever a text begins."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor
from torch.testing import assert_close

from hope_core.config.models.twistor import SpinorSettings
from hope_core.nn.spinor_embedding import SpinorEmbedding
from hope_core.nn.twistor import parts

TOKENS = torch.randint(11, (2, 9), generator=torch.Generator().manual_seed(0))


def embedding(**changes: object) -> SpinorEmbedding:
    settings = SpinorSettings(**{"phase_code": True, **changes})  # type: ignore[arg-type]
    made = SpinorEmbedding(11, 16, settings).double()
    made.init_weights(torch.Generator().manual_seed(0), scale=1.0)
    return made


def complex_halves(x: Tensor) -> tuple[Tensor, Tensor]:
    omega_re, omega_im, pi_re, pi_im = parts(x)
    return torch.complex(omega_re, omega_im), torch.complex(pi_re, pi_im)


def test_phase_code_keeps_lengths_and_product() -> None:
    made = embedding()
    turned, plain = made(TOKENS), made.matrix()[TOKENS]
    (omega, pi), (omega_0, pi_0) = complex_halves(turned), complex_halves(plain)
    assert_close(omega.abs(), omega_0.abs())
    assert_close(pi.abs(), pi_0.abs())
    assert_close(omega * pi, omega_0 * pi_0)
    assert not torch.allclose(omega[:, 1:], omega_0[:, 1:])


def test_first_token_of_a_text_is_not_turned() -> None:
    made = embedding()
    assert_close(made(TOKENS)[:, 0], made.matrix()[TOKENS[:, 0]])


@pytest.mark.parametrize("start", [0, 5, 1_000_000])
def test_pieces_of_a_text_are_turned_like_the_whole(start: int) -> None:
    made = embedding()
    position = torch.tensor([start, start])
    pieces = [made(TOKENS[:, :4], position), made(TOKENS[:, 4:], position + 4)]
    assert_close(torch.cat(pieces, dim=1), made(TOKENS, position))


def test_sequences_may_stand_at_different_places() -> None:
    made = embedding()
    both = made(TOKENS, torch.tensor([0, 7]))
    assert_close(both[1], made(TOKENS, torch.tensor([7, 7]))[1])
    assert_close(both[0], made(TOKENS)[0])


def test_without_omega_s_table_it_is_the_conjugate_of_pi() -> None:
    omega, pi = complex_halves(embedding(tables="pi", phase_code=False)(TOKENS))
    assert_close(omega, pi.conj())


def test_without_pi_s_table_it_is_minus_the_conjugate_of_omega() -> None:
    omega, pi = complex_halves(embedding(tables="omega", phase_code=False)(TOKENS))
    assert_close(pi, -omega.conj())


def test_conjugate_halves_stay_conjugate_when_turned() -> None:
    omega, pi = complex_halves(embedding(tables="omega")(TOKENS))
    assert_close(pi, -omega.conj())


@pytest.mark.parametrize("token", [-1, 11])
def test_token_outside_the_table_is_refused(token: int) -> None:
    with pytest.raises(IndexError):
        embedding()(torch.tensor([[token]]))


def test_no_tokens_give_no_twistors() -> None:
    assert embedding()(TOKENS[:, :0]).shape == (2, 0, 16)
