"""The trigram agrees with a slow twin, and overlap finds copies."""

from __future__ import annotations

import math
import random
from collections import Counter
from typing import NoReturn

import pytest

from hope_core.data import trigram
from hope_core.data.overlap import overlap_share
from hope_core.data.trigram import trigram_bits_per_byte

STRENGTHS = (0.25, 0.5, 1.0, 2.0, 4.0, 8.0)


def letters(count: int, seed: int) -> bytes:
    rng = random.Random(seed)
    return "".join(
        rng.choice(("the ", "cat ", "sat ", "on ", "a ", "mat.\n")) for _ in range(count)
    ).encode()


def slow_bits(train: bytes, scored: bytes, start: int, strengths: tuple[float, ...]) -> float:
    """Mean bits of scored[start:], straight from the formula."""
    counts: list[dict[bytes, Counter[int]]] = [{} for _ in range(3)]
    for order in range(3):
        for place in range(order, len(train)):
            context = train[place - order : place]
            counts[order].setdefault(context, Counter())[train[place]] += 1
    bits = []
    for place in range(start, len(scored)):
        probability = 1 / 256
        for order, strength in enumerate(strengths):
            seen = counts[order].get(scored[place - order : place]) if place >= order else None
            if seen:
                prior = strength * len(seen)
                total = sum(seen.values())
                probability = (seen[scored[place]] + prior * probability) / (total + prior)
        bits.append(-math.log2(probability))
    return math.fsum(bits) / len(bits)


def slow_trigram(train: bytes, validation: bytes) -> float:
    cut = len(train) - len(train) // 10
    chosen: tuple[float, ...] = ()
    for _ in range(3):
        tried = [(*chosen, strength) for strength in STRENGTHS]
        chosen = min(tried, key=lambda strengths: slow_bits(train[:cut], train, cut, strengths))
    return slow_bits(train, validation, 0, chosen)


@pytest.mark.parametrize("piece", [1 << 18, 97])
def test_trigram_agrees_with_its_slow_twin(monkeypatch: pytest.MonkeyPatch, piece: int) -> None:
    train, validation = letters(120, 1), letters(30, 2) + b"\xff new"
    monkeypatch.setattr(trigram, "_HELD", len(train) // 10)
    monkeypatch.setattr(trigram, "_PIECE", piece)
    fast = trigram_bits_per_byte(train, validation)
    assert fast == pytest.approx(slow_trigram(train, validation), rel=1e-12)


def test_trigram_of_nothing_takes_eight_bits() -> None:
    assert trigram_bits_per_byte(b"", b"anything") == 8.0


def test_trigram_learns_what_two_bytes_tell() -> None:
    assert trigram_bits_per_byte(b"abc" * 500, b"abc" * 100) < 0.1


def test_trigram_never_learns_from_what_it_scores() -> None:
    rng = random.Random(0)
    assert trigram_bits_per_byte(rng.randbytes(50_000), rng.randbytes(20_000)) > 7.9


def test_overlap_of_unrelated_texts_is_nothing_and_of_a_copy_is_all() -> None:
    rng = random.Random(0)
    train, other = rng.randbytes(300_000), rng.randbytes(20_000)
    assert overlap_share(train, other, cancelled=lambda: None) == 0.0
    assert overlap_share(train, train[131_000:151_000], cancelled=lambda: None) == 1.0


def test_overlap_tells_the_share_of_copied_text() -> None:
    rng = random.Random(1)
    train, other = rng.randbytes(100_000), rng.randbytes(30_000)
    share = overlap_share(train, train[5000:15_000] + other, cancelled=lambda: None)
    assert share == pytest.approx(0.25, abs=0.005)


def test_overlap_of_a_text_shorter_than_a_window_is_nothing() -> None:
    assert overlap_share(b"x" * 100, b"x" * 63, cancelled=lambda: None) == 0.0
    assert overlap_share(b"x" * 63, b"x" * 100, cancelled=lambda: None) == 0.0


@pytest.mark.parametrize("work", [trigram_bits_per_byte, overlap_share])
def test_yardsticks_stop_when_cancelled(work: object) -> None:
    def cancel() -> NoReturn:
        raise KeyboardInterrupt

    assert callable(work)
    with pytest.raises(KeyboardInterrupt):
        work(b"x" * 100, b"x" * 100, cancelled=cancel)
