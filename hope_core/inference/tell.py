"""Traces of tokens as messages: rounded, and batched so that no reply grows without bound."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from hope_core.runs.token_told import TokenTold

if TYPE_CHECKING:
    from hope_core.inference.trace import TokenTrace

TELL_SECONDS = 0.03
"""Between two replies."""
MOST_TOKENS = 64
"""In one reply."""


class Batch:
    """Tokens that wait to be told."""

    def __init__(self) -> None:
        self._told: list[TokenTold] = []
        self._since = time.perf_counter()

    def add(self, trace: TokenTrace) -> bool:
        """Take one more; whether it is time to tell them."""
        self._told.append(told(trace))
        late = time.perf_counter() - self._since > TELL_SECONDS
        return late or len(self._told) >= MOST_TOKENS

    def take(self) -> tuple[TokenTold, ...]:
        """All that wait; none wait any more."""
        taken, self._told = tuple(self._told), []
        self._since = time.perf_counter()
        return taken


def told(trace: TokenTrace) -> TokenTold:
    """One token, to five digits."""
    return TokenTold(
        trace.text,
        _short(trace.surprise),
        _short(trace.entropy),
        tuple((text, _short(chance)) for text, chance in trace.alternatives),
        tuple(_short(size) for size in trace.writes),
        trace.written,
    )


def _short(number: float) -> float:
    return float(f"{number:.5g}")
