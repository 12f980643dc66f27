"""Batches depend on seed and position alone, and every token has its turn."""

from __future__ import annotations

import numpy as np
import pytest

from hope_core.data.batches import training_batch, validation_batches

TOKENS = np.arange(5000, dtype=np.uint16)


def crops(position: int, seed: int = 7) -> np.ndarray:
    return training_batch(TOKENS, batch_size=8, length=32, seed=seed, position=position)


def test_batch_holds_stretches_of_the_text_and_one_token_more_than_the_length() -> None:
    batch = crops(0)
    assert batch.shape == (8, 33)
    assert batch.dtype == np.int64
    assert (np.diff(batch, axis=1) == 1).all()


def test_batch_at_a_position_is_the_same_whatever_came_before() -> None:
    run = [crops(position) for position in range(6)]
    np.random.default_rng().random(10)
    np.testing.assert_array_equal(crops(4), run[4])


def test_batches_of_other_positions_and_seeds_are_others() -> None:
    batches = [crops(position, seed) for position in (0, 1, 2**40) for seed in (0, 1, 2**31 - 1)]
    assert len({batch.tobytes() for batch in batches}) == len(batches)


def test_crops_reach_the_first_and_the_last_token() -> None:
    tokens = np.arange(40, dtype=np.uint8)
    seen = np.concatenate(
        [training_batch(tokens, batch_size=64, length=36, seed=0, position=p) for p in range(4)]
    )
    assert set(seen[:, 0]) == {0, 1, 2, 3}
    assert seen.max() == 39


def test_text_of_exactly_one_sequence_gives_it() -> None:
    batch = training_batch(TOKENS[:33], batch_size=2, length=32, seed=0, position=0)
    np.testing.assert_array_equal(batch, np.stack([TOKENS[:33]] * 2))


@pytest.mark.parametrize("count", [1, 3, 100])
def test_no_token_is_predicted_twice_in_validation(count: int) -> None:
    batches = list(validation_batches(TOKENS, batch_size=8, length=32, count=count))
    targets = np.concatenate([batch[:, 1:].ravel() for batch in batches])
    assert len(set(targets)) == len(targets)
    assert len(targets) == min(count * 8, 4999 // 32) * 32


def test_validation_is_spread_over_the_whole_text() -> None:
    (batch,) = validation_batches(TOKENS, batch_size=4, length=32, count=1)
    np.testing.assert_allclose(batch[:, 0] / len(TOKENS), [0, 0.25, 0.5, 0.75], atol=0.01)


def test_validation_is_the_same_each_time() -> None:
    one, other = (
        np.concatenate(list(validation_batches(TOKENS, batch_size=8, length=32, count=4)))
        for _ in range(2)
    )
    np.testing.assert_array_equal(one, other)


def test_validation_of_a_short_text_is_one_row() -> None:
    (batch,) = validation_batches(TOKENS[:33], batch_size=8, length=32, count=4)
    assert batch.shape == (1, 33)
