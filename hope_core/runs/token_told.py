"""One token as a model met it: small enough to stand in events and replies by the hundred."""

from __future__ import annotations

import msgspec


class TokenTold(msgspec.Struct, frozen=True, array_like=True):
    """What is known of one token."""

    text: str
    surprise: float
    """-ln p (nats)."""
    entropy: float
    """Of what the model expected there (nats)."""
    alternatives: tuple[tuple[str, float], ...] = ()
    """The most likely tokens there, with their probabilities."""
    writes: tuple[float, ...] = ()
    """Length of the memory's change, one number a row of the talk's `rows`."""
    written: bool = True
    """The model wrote it; else it was read."""
