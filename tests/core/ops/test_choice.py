"""A proof says which backend computes wherever a caller leaves it open."""

from __future__ import annotations

import threading

import pytest

from hope_core.ops.choice import chosen, kernels_by


def test_open_choice_stays_open_without_a_proof() -> None:
    assert chosen("recurrence", "auto") == "auto"


def test_proof_chooses_where_the_caller_does_not() -> None:
    with kernels_by("reference") as choice:
        assert chosen("recurrence", "auto") == "reference"
        assert chosen("recurrence", "chunked") == "chunked"
    assert choice.asked == {"recurrence"}


def test_choice_ends_with_its_block_even_after_an_error() -> None:
    with pytest.raises(ZeroDivisionError), kernels_by("reference"):
        raise ZeroDivisionError
    assert chosen("recurrence", "auto") == "auto"


def test_choice_holds_for_its_own_thread_alone() -> None:
    answers = []
    with kernels_by("reference"):
        thread = threading.Thread(target=lambda: answers.append(chosen("scan", "auto")))
        thread.start()
        thread.join()
    assert answers == ["auto"]


def test_inner_choice_hides_the_outer_one_until_it_ends() -> None:
    with kernels_by("reference"):
        with kernels_by("chunked"):
            assert chosen("scan", "auto") == "chunked"
        assert chosen("scan", "auto") == "reference"
