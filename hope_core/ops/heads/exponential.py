# ruff: noqa: ANN401, ARG001 - the compiler's own objects carry no types
"""The sigmoid of float32 numbers in plain arithmetic, which a compiler can do for many at once.

exp(x) = 2^n exp(r) with |r| <= ln 2 / 2, the latter by a polynomial (Cephes): within 1e-7.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from llvmlite import ir  # type: ignore[import-untyped]
from numba import types

from hope_core.ops.compiled import part_of_sums
from hope_core.ops.lanes_llvm import operation

if TYPE_CHECKING:
    from collections.abc import Callable

ONE = np.float32(1.0)
HALF = np.float32(0.5)
LARGEST = np.float32(87.0)
LOG2_E = np.float32(1.44269504088896341)
LN2_HIGH = np.float32(0.693359375)
LN2_LOW = np.float32(-2.12194440e-4)
P0 = np.float32(1.9875691500e-4)
P1 = np.float32(1.3981999507e-3)
P2 = np.float32(8.3334519073e-3)
P3 = np.float32(4.1665795894e-2)
P4 = np.float32(1.6666665459e-1)
P5 = np.float32(5.0000001201e-1)


@operation
def float_of_bits(typing: Any, bits: Any) -> tuple[Any, Callable[..., Any]]:
    """The float32 that these 32 bits stand for."""

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        return builder.bitcast(args[0], ir.FloatType())

    return types.float32(types.int32), generate


@part_of_sums
def sigmoid(x: Any) -> Any:
    """1 / (1 + exp(-x)) of a float32."""
    y = min(max(-x, -LARGEST), LARGEST)
    n = np.floor(y * LOG2_E + HALF)
    r = y - n * LN2_HIGH - n * LN2_LOW
    p = ((((P0 * r + P1) * r + P2) * r + P3) * r + P4) * r + P5
    exponential = (p * r * r + r + ONE) * float_of_bits(np.int32((np.int32(n) + 127) << 23))
    return ONE / (ONE + exponential)
