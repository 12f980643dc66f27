"""How numba compiles our kernels: without the interpreter's lock, kept on disk where possible."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from numba import njit

if TYPE_CHECKING:
    from collections.abc import Callable


def kernel(function: Callable[..., Any]) -> Callable[..., Any]:
    """Compile a function when it is first called, and keep the result for the next start.

    Threads are ours (`threads.shared`), not numba's: its simplest threading layer aborts the
    process when two threads enter it. Where no cache folder can be written, the function is
    compiled anew.
    """
    compiled: Callable[..., Any]
    try:
        compiled = njit(function, cache=True, nogil=True, error_model="numpy")
    except RuntimeError:
        compiled = njit(function, nogil=True, error_model="numpy")
    return compiled


def part(function: Callable[..., Any]) -> Callable[..., Any]:
    """Compile a piece of a kernel, to be inlined into it."""
    compiled: Callable[..., Any] = njit(function, nogil=True, error_model="numpy", forceinline=True)
    return compiled
