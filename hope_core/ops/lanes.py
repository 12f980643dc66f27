# ruff: noqa: ANN401, ARG001 - the compiler's own objects carry no types, its interface fixes the names
"""Vectors as values of a numba function, so that a kernel holds its running sums in registers.

numba's own loops leave vectorising to the compiler, which keeps running sums in memory; these few
operations say it outright. There are two widths: a long vector of 128 bytes (32 floats, two AVX-512
registers or four AVX ones) and a short one of 64; LLVM splits what the machine has no register for.
Offsets are in elements of a flat array and are not checked. Kernels must be compiled anew when this
file changes: numba's cache looks only at their own files.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from llvmlite import ir  # type: ignore[import-untyped]
from numba import types

from hope_core.ops.lanes_llvm import (
    LONG,
    SHORT,
    Lanes,
    alignment,
    broadcast,
    call,
    element,
    first_lanes,
    named,
    operation,
    read_vector,
    vector_at,
)

if TYPE_CHECKING:
    from collections.abc import Callable

_Generated = tuple[Any, "Callable[..., Any]"]


@operation
def load(typing: Any, array: Any, offset: Any) -> _Generated:
    """A long vector of neighbouring elements."""
    lanes = Lanes(array.dtype, LONG)

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        return read_vector(context, builder, lanes, (array, args[0]), args[1])

    return lanes(array, types.intp), generate


@operation
def load_short(typing: Any, array: Any, offset: Any) -> _Generated:
    """A short vector of neighbouring elements."""
    lanes = Lanes(array.dtype, SHORT)

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        return read_vector(context, builder, lanes, (array, args[0]), args[1])

    return lanes(array, types.intp), generate


@operation
def store(typing: Any, array: Any, offset: Any, lanes: Any) -> _Generated:
    """Write lanes to neighbouring elements."""

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        address = vector_at(context, builder, lanes, (array, args[0]), args[1])
        builder.store(args[2], address).align = alignment(lanes)
        return context.get_dummy_value()

    return types.none(array, types.intp, lanes), generate


@operation
def load_some(typing: Any, array: Any, offset: Any, count: Any) -> _Generated:
    """A long vector whose lanes from `count` on are 0 and not read."""
    lanes = Lanes(array.dtype, LONG)

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        address = vector_at(context, builder, lanes, (array, args[0]), args[1])
        mask = first_lanes(builder, args[2], lanes.width)
        nothing = ir.Constant(context.get_value_type(lanes), None)
        arguments = [address, ir.Constant(ir.IntType(32), alignment(lanes)), mask, nothing]
        return call(builder, named("masked.load", lanes) + ".p0", nothing.type, arguments)

    return lanes(array, types.intp, types.intp), generate


@operation
def load_short_some(typing: Any, array: Any, offset: Any, count: Any) -> _Generated:
    """A short vector whose lanes from `count` on are 0 and not read."""
    lanes = Lanes(array.dtype, SHORT)

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        address = vector_at(context, builder, lanes, (array, args[0]), args[1])
        mask = first_lanes(builder, args[2], lanes.width)
        nothing = ir.Constant(context.get_value_type(lanes), None)
        arguments = [address, ir.Constant(ir.IntType(32), alignment(lanes)), mask, nothing]
        return call(builder, named("masked.load", lanes) + ".p0", nothing.type, arguments)

    return lanes(array, types.intp, types.intp), generate


@operation
def store_some(typing: Any, array: Any, offset: Any, lanes: Any, count: Any) -> _Generated:
    """Write the first `count` lanes."""

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        address = vector_at(context, builder, lanes, (array, args[0]), args[1])
        mask = first_lanes(builder, args[3], lanes.width)
        arguments = [args[2], address, ir.Constant(ir.IntType(32), alignment(lanes)), mask]
        call(builder, named("masked.store", lanes) + ".p0", ir.VoidType(), arguments)
        return context.get_dummy_value()

    return types.none(array, types.intp, lanes, types.intp), generate


@operation
def spread(typing: Any, array: Any, offset: Any) -> _Generated:
    """One element of an array in every lane of a long vector."""
    lanes = Lanes(array.dtype, LONG)

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        scalar = builder.load(element(context, builder, array, args[0], args[1]))
        return broadcast(builder, scalar, lanes.width)

    return lanes(array, types.intp), generate


@operation
def fill(typing: Any, scalar: Any) -> _Generated:
    """A number in every lane of a long vector."""
    lanes = Lanes(scalar, LONG)

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        return broadcast(builder, args[0], lanes.width)

    return lanes(scalar), generate


@operation
def zeros(typing: Any, array: Any) -> _Generated:
    """A long vector of zeros, of the type of an array."""
    lanes = Lanes(array.dtype, LONG)

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        return ir.Constant(context.get_value_type(lanes), None)

    return lanes(array), generate


@operation
def zeros_short(typing: Any, array: Any) -> _Generated:
    """A short vector of zeros, of the type of an array."""
    lanes = Lanes(array.dtype, SHORT)

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        return ir.Constant(context.get_value_type(lanes), None)

    return lanes(array), generate


@operation
def mul(typing: Any, x: Any, y: Any) -> _Generated:
    """The product x * y, lane by lane."""

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        return builder.fmul(args[0], args[1])

    return x(x, y), generate


@operation
def minus(typing: Any, x: Any) -> _Generated:
    """The negative -x, lane by lane."""

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        return builder.fneg(args[0])

    return x(x), generate


@operation
def add(typing: Any, x: Any, y: Any) -> _Generated:
    """The sum x + y, lane by lane."""

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        return builder.fadd(args[0], args[1])

    return x(x, y), generate


@operation
def mul_add(typing: Any, x: Any, y: Any, z: Any) -> _Generated:
    """The sum x * y + z, lane by lane, fused where the machine can."""

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        return call(builder, named("fmuladd", x), args[0].type, list(args))

    return x(x, y, z), generate


@operation
def prefetch(typing: Any, array: Any, offset: Any) -> _Generated:
    """Ask for the cache line of an element needed soon; any offset is allowed."""

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        address = element(context, builder, array, args[0], args[1])
        options = [ir.Constant(ir.IntType(32), number) for number in (0, 3, 1)]
        call(builder, "llvm.prefetch.p0", ir.VoidType(), [address, *options])
        return context.get_dummy_value()

    return types.none(array, types.intp), generate
