"""Train and validation split: a few contiguous blocks, spread evenly over the text, are held out.

Blocks rather than single documents keep long contexts whole; several of them see all parts of the
text. Their borders stand between documents where one ends nearby, else between lines, else between
characters. Nothing is in both parts and nothing is lost.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hope_core.data.sources.text import SourceText

MAX_BLOCKS = 16
SMALLEST_BLOCK = 16_384
"""Held-out blocks are not made smaller than this where the text allows it (bytes)."""


@dataclass(frozen=True)
class Split:
    """Byte ranges (start, end) of the training and the validation part, ascending."""

    train: tuple[tuple[int, int], ...]
    validation: tuple[tuple[int, int], ...]


def split_blocks(text: SourceText, fraction: float) -> Split:
    """Hold out about `fraction` of the bytes, in blocks centred in equal sections of the text."""
    total = len(text.data)
    count = max(1, min(MAX_BLOCKS, int(total * fraction) // SMALLEST_BLOCK))
    block = total * fraction / count
    validation = []
    for section in range(count):
        middle = (section + 0.5) * total / count
        start = _border_near(text, int(middle - block / 2), int(block / 4))
        end = _border_near(text, int(middle + block / 2), int(block / 4))
        validation.append((start, end))
    edges = [0, *(edge for held_out in validation for edge in held_out), total]
    train = zip(edges[0::2], edges[1::2], strict=True)
    return Split(tuple(part for part in train if part[0] < part[1]), tuple(validation))


def _border_near(text: SourceText, target: int, reach: int) -> int:
    """The best place to cut within `reach` bytes of a target."""
    low, high = max(0, target - reach), min(len(text.data), target + reach)
    document = _nearest(text.document_ends, target)
    if low <= document <= high:
        return document
    line = text.data.find(b"\n", target, high) + 1 or text.data.rfind(b"\n", low, target) + 1
    if line:
        return line
    while target < len(text.data) and text.data[target] & 0xC0 == 0x80:
        target += 1
    return target


def _nearest(ascending: Sequence[int], target: int) -> int:
    """The element closest to the target."""
    place = bisect_left(ascending, target)
    around = ascending[max(0, place - 1) : place + 1]
    return min(around, key=lambda element: abs(element - target))
