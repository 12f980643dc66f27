"""The split loses nothing, shares nothing and cuts where a reader would."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hope_core.data.sources import SourceText
from hope_core.data.split import MAX_BLOCKS, split_blocks


def source_text(data: bytes, ends: list[int] | None = None) -> SourceText:
    return SourceText(data, tuple(ends or [len(data)]), "a test")


@settings(max_examples=200, deadline=None)
@given(
    documents=st.lists(st.text(min_size=1, max_size=60), min_size=1, max_size=60),
    fraction=st.floats(0.001, 0.5),
    repeats=st.integers(1, 400),
)
def test_both_parts_together_are_the_text_and_share_nothing(
    documents: list[str], fraction: float, repeats: int
) -> None:
    data, ends = bytearray(), []
    for document in documents * repeats:
        data += document.encode()
        ends.append(len(data))
    split = split_blocks(source_text(bytes(data), ends), fraction)
    ranges = sorted((*split.train, *split.validation))
    assert ranges[0][0] == 0
    assert ranges[-1][1] == len(data)
    assert all(one[1] == other[0] for one, other in pairwise(ranges))
    for start, end in ranges:
        data[start:end].decode()  # no part begins or ends inside a character


@pytest.mark.parametrize("fraction", [0.02, 0.1, 0.5])
def test_held_out_share_is_about_the_wanted_one_in_blocks_all_over(fraction: float) -> None:
    text = source_text(b"a line of text\n" * 200_000)
    split = split_blocks(text, fraction)
    held = sum(end - start for start, end in split.validation)
    assert held / len(text.data) == pytest.approx(fraction, rel=0.01)
    assert len(split.validation) == min(MAX_BLOCKS, int(len(text.data) * fraction) // 16_384)
    assert split.validation[0][0] < 0.5 * len(text.data) < split.validation[-1][1]


def test_cuts_are_between_documents_where_they_end_nearby() -> None:
    document = b"first line\nsecond line\n\n"
    ends = [len(document) * count for count in range(1, 3001)]
    split = split_blocks(source_text(document * 3000, ends), 0.1)
    assert {edge % len(document) for block in split.validation for edge in block} == {0}


def test_cuts_are_between_lines_in_a_long_document() -> None:
    data = b"a line of text\n" * 9000
    split = split_blocks(source_text(data), 0.1)
    assert all(data[edge - 1 : edge] == b"\n" for block in split.validation for edge in block)
