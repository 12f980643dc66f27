"""Loader: a run's batches by position, cut out of the text by threads ahead of time if asked to.

Notable: a batch is a pure function of its position, so that nothing depends on which thread cut it
or when, and a resumed run reads what it would have read. Threads instead of processes: cutting is
one indexing of numpy, which is over before another process could have handed its answer on.
"""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from torch import Tensor


class Loader:
    """Gives batches in turn; its threads end when nothing holds it any more.

    Args:
        cut: makes the batch of a position; called from any thread.
        workers: threads that cut ahead; 0: each batch is cut when it is asked for.
        prefetch: batches that each thread keeps ready.
        end: the first position that no one will ask for.
    """

    def __init__(
        self, cut: Callable[[int], Tensor], *, workers: int = 0, prefetch: int = 2, end: int
    ) -> None:
        self._cut = cut
        self._depth = workers * prefetch
        self._end = end
        self._pool = ThreadPoolExecutor(workers, "loader") if workers else None
        self._ahead: dict[int, Future[Tensor]] = {}

    def batch(self, position: int) -> Tensor:
        """The batch of a position; those that follow are begun."""
        if self._pool is None:
            return self._cut(position)
        ahead = range(position, max(position + 1, min(position + 1 + self._depth, self._end)))
        self._ahead = {at: self._ahead.get(at) or self._pool.submit(self._cut, at) for at in ahead}
        return self._ahead.pop(position).result()
