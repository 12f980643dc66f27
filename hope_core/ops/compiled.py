"""How numba compiles our kernels: without the interpreter's lock, kept on disk where possible."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from numba import njit

if TYPE_CHECKING:
    from collections.abc import Callable


SUMS = frozenset({"reassoc", "contract", "nsz", "arcp"})
"""The rules of rounding that sums in many lanes at once must bend; not those for NaN."""


def kernel(function: Callable[..., Any]) -> Callable[..., Any]:
    """Compile a function when it is first called, and keep the result for the next start.

    Threads are ours (`threads.shared`), not numba's: its simplest threading layer aborts the
    process when two threads enter it. Where no cache folder can be written, the function is
    compiled anew.
    """
    return _compiled(function, fastmath=False)


def kernel_of_sums(function: Callable[..., Any]) -> Callable[..., Any]:
    """As `kernel`, for one whose plain loops add up: in any order, always the same one."""
    return _compiled(function, fastmath=set(SUMS))


def part(function: Callable[..., Any]) -> Callable[..., Any]:
    """Compile a piece of a kernel, to be inlined into it."""
    compiled: Callable[..., Any] = njit(function, nogil=True, error_model="numpy", forceinline=True)
    return compiled


def part_of_sums(function: Callable[..., Any]) -> Callable[..., Any]:
    """As `part`, for a kernel of sums."""
    compiled: Callable[..., Any] = njit(
        function, nogil=True, error_model="numpy", forceinline=True, fastmath=set(SUMS)
    )
    return compiled


def _compiled(function: Callable[..., Any], *, fastmath: bool | set[str]) -> Callable[..., Any]:
    compiled: Callable[..., Any]
    try:
        compiled = njit(function, cache=True, nogil=True, error_model="numpy", fastmath=fastmath)
    except RuntimeError:
        compiled = njit(function, nogil=True, error_model="numpy", fastmath=fastmath)
    return compiled
