"""The rules of how heads share the width, in words."""

from __future__ import annotations


def heads_sentence(width: int, heads: int) -> str:
    """What is wrong when the heads do not divide the width, and a number that does."""
    divisors = [n for n in range(1, min(width, 64) + 1) if width % n == 0]
    nearest = min(divisors, key=lambda n: abs(n - heads))
    return f"heads: {heads} does not divide width {width}. Try {nearest}."


def odd_heads_sentence(width: int, heads: int) -> str:
    """What is wrong when positions cannot turn a head's channels in pairs."""
    return (
        f"heads: each head is {width // heads} channels wide, but rotary positions need an even "
        "number. Change model.width or model.heads."
    )
