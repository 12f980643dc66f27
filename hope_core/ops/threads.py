"""Independent rows of a kernel shared out over as many threads as torch may use."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

import torch

if TYPE_CHECKING:
    from collections.abc import Callable


def shared(run: Callable[[int, int], None], rows: int) -> None:
    """Call run(first, last) until all rows are covered, by `torch.get_num_threads()` threads.

    The calling thread takes the first share; `run` must release the interpreter's lock to gain.
    """
    parts = min(torch.get_num_threads(), rows)
    if parts <= 1:
        run(0, rows)
        return
    edges = [rows * part // parts for part in range(parts + 1)]
    others = [_pool(parts - 1).submit(run, *edge) for edge in pairwise(edges[1:])]
    run(0, edges[1])
    for other in others:
        other.result()


@lru_cache(maxsize=1)
def _pool(workers: int) -> ThreadPoolExecutor:
    """Threads kept between calls; they hold no state."""
    return ThreadPoolExecutor(workers, thread_name_prefix="hope-kernel")
