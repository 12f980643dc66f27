"""A growing array: appending costs O(1), reading is a view without a copy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

_FIRST_CAPACITY = 256


class Column:
    """Numbers in the order they came; the space doubles when it is full.

    Shapes: `values` is (N,), or (N, width) for a column whose entries are rows.
    """

    def __init__(self, dtype: npt.DTypeLike = np.float64, *, width: int = 0) -> None:
        shape = (_FIRST_CAPACITY, width) if width else (_FIRST_CAPACITY,)
        self._store: npt.NDArray[Any] = np.empty(shape, dtype)
        self._count = 0

    def __len__(self) -> int:
        return self._count

    @property
    def values(self) -> npt.NDArray[Any]:
        """Everything so far, as a read-only view that later appends leave unchanged."""
        view = self._store[: self._count]
        view.flags.writeable = False
        return view

    def hold(self, values: npt.NDArray[Any]) -> None:
        """Be these numbers from now on; they are copied only when more come."""
        self._store, self._count = values, len(values)

    def append(self, value: float | Sequence[float] | npt.NDArray[Any]) -> None:
        """Add one number (or one row)."""
        self._reserve(self._count + 1)
        self._store[self._count] = value
        self._count += 1

    def extend(self, values: Sequence[float] | npt.NDArray[Any]) -> None:
        """Add many numbers (or rows)."""
        count = self._count + len(values)
        self._reserve(count)
        self._store[self._count : count] = values
        self._count = count

    def truncate(self, count: int) -> None:
        """Forget everything from position `count` on."""
        self._count = min(self._count, max(count, 0))

    def _reserve(self, count: int) -> None:
        capacity = len(self._store)
        if count <= capacity and self._store.flags.writeable:
            return
        capacity = max(capacity, 1)
        while capacity < count:
            capacity *= 2
        larger = np.empty((capacity, *self._store.shape[1:]), self._store.dtype)
        larger[: self._count] = self._store[: self._count]
        self._store = larger
