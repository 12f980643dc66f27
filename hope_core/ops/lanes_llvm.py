# ruff: noqa: ANN401 - the compiler's own objects carry no types
"""The type of a vector inside numba, and the pieces of LLVM code that `lanes` is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from llvmlite import ir  # type: ignore[import-untyped]
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic, models, register_model

if TYPE_CHECKING:
    from collections.abc import Callable

LONG = 128
"""Bytes of a long vector."""

SHORT = 64
"""Bytes of a short vector."""


class Lanes(types.Type):
    """The numba type of as many numbers of one floating type as fit into `size` bytes."""

    def __init__(self, scalar: types.Float, size: int) -> None:
        self.scalar = scalar
        self.width = 8 * size // scalar.bitwidth
        super().__init__(name=f"Lanes({scalar}, {self.width})")


@register_model(Lanes)
class LanesModel(models.PrimitiveModel):
    """Lanes are one LLVM vector."""

    def __init__(self, manager: Any, lanes: Lanes) -> None:
        scalar = manager.lookup(lanes.scalar).get_value_type()
        super().__init__(manager, lanes, ir.VectorType(scalar, lanes.width))  # type: ignore[no-untyped-call]


def operation(function: Callable[..., Any]) -> Callable[..., Any]:
    """Make a writer of LLVM code a function for numba, to be called without the first argument."""
    return intrinsic(function)


def call(builder: Any, name: str, result: Any, arguments: list[Any]) -> Any:
    """Call an LLVM function by its full name."""
    signature = ir.FunctionType(result, [argument.type for argument in arguments])
    function = cgutils.get_or_insert_function(builder.module, signature, name)  # type: ignore[no-untyped-call]
    return builder.call(function, arguments)


def named(operation: str, lanes: Lanes) -> str:
    """The name of LLVM's intrinsic for these lanes."""
    return f"llvm.{operation}.v{lanes.width}f{lanes.scalar.bitwidth}"


def alignment(lanes: Lanes) -> int:
    """Vectors may begin at any element."""
    return int(lanes.scalar.bitwidth) // 8


def element(context: Any, builder: Any, array_type: Any, array: Any, offset: Any) -> Any:
    """The address of an element of a flat array."""
    data = context.make_array(array_type)(context, builder, array).data
    return builder.gep(data, [offset])


def vector_at(context: Any, builder: Any, lanes: Lanes, array: tuple[Any, Any], offset: Any) -> Any:
    """The address of the vector that begins at an element; `array` is its type and its value."""
    address = element(context, builder, *array, offset)
    return builder.bitcast(address, context.get_value_type(lanes).as_pointer())


def read_vector(
    context: Any, builder: Any, lanes: Lanes, array: tuple[Any, Any], offset: Any
) -> Any:
    """The vector that begins at an element."""
    value = builder.load(vector_at(context, builder, lanes, array, offset))
    value.align = alignment(lanes)
    return value


def broadcast(builder: Any, scalar: Any, width: int) -> Any:
    """One value in every lane."""
    empty = ir.Constant(ir.VectorType(scalar.type, width), ir.Undefined)
    first = builder.insert_element(empty, scalar, ir.Constant(ir.IntType(32), 0))
    return builder.shuffle_vector(first, empty, indices([0] * width))


def indices(numbers: list[int]) -> Any:
    """A constant vector of lane numbers."""
    return ir.Constant(ir.VectorType(ir.IntType(32), len(numbers)), numbers)


def first_lanes(builder: Any, count: Any, width: int) -> Any:
    """The mask that is true in the first `count` lanes."""
    numbers = ir.Constant(ir.VectorType(count.type, width), list(range(width)))
    return builder.icmp_signed("<", numbers, broadcast(builder, count, width))
