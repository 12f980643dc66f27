# ruff: noqa: ANN401, ARG001 - the compiler's own objects carry no types, its interface fixes the names
"""Sums across the lanes of vectors: what a kernel should do last, and for many rows at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from llvmlite import ir  # type: ignore[import-untyped]
from numba import types
from numba.core import cgutils

from hope_core.ops.lanes_llvm import (
    SHORT,
    Lanes,
    call,
    indices,
    named,
    operation,
    read_vector,
)

if TYPE_CHECKING:
    from collections.abc import Callable

_Generated = tuple[Any, "Callable[..., Any]"]


@operation
def dot_add(typing: Any, x: Any, y: Any, z: Any) -> _Generated:
    """The sum x * y + z for long x, y and short z: both halves are added into its lanes."""

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        left, right, result = args
        for start in range(0, x.width, z.width):
            part = indices(list(range(start, start + z.width)))
            pair = [builder.shuffle_vector(side, side, part) for side in (left, right)]
            result = call(builder, named("fmuladd", z), result.type, [*pair, result])
        return result

    return z(x, y, z), generate


@operation
def total(typing: Any, lanes: Any) -> _Generated:
    """The sum of all lanes, in whatever order is fastest."""

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        scalar = context.get_value_type(lanes.scalar)
        name = named("vector.reduce.fadd", lanes)
        signature = ir.FunctionType(scalar, [scalar, args[0].type])
        function = cgutils.get_or_insert_function(builder.module, signature, name)  # type: ignore[no-untyped-call]
        return builder.call(function, [ir.Constant(scalar, -0.0), args[0]], fastmath=("reassoc",))

    return lanes.scalar(lanes), generate


@operation
def row_totals(typing: Any, array: Any, offset: Any) -> _Generated:
    """The sums of as many rows as a short vector has lanes, each as long as it, one in a lane."""
    lanes = Lanes(array.dtype, SHORT)

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        W = lanes.width
        at = [builder.add(args[1], ir.Constant(args[1].type, row * W)) for row in range(W)]
        rows = [read_vector(context, builder, lanes, (array, args[0]), offset) for offset in at]
        half = W // 2
        while half:
            # Two rows fold into one: of each 2 * half lanes, the lower half belongs to the first.
            lower = [lane % (2 * half) < half for lane in range(W)]
            low = indices(
                [lane if is_low else W + lane - half for lane, is_low in enumerate(lower)]
            )
            high = indices(
                [lane + half if is_low else W + lane for lane, is_low in enumerate(lower)]
            )
            rows = [
                builder.fadd(builder.shuffle_vector(x, y, low), builder.shuffle_vector(x, y, high))
                for x, y in zip(rows[:half], rows[half:], strict=True)
            ]
            half //= 2
        return rows[0]

    return lanes(array, types.intp), generate
