"""Which weights a model has, and in words how those of a file differ from them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hope_core.exchange.tensor_header import TensorHeader

SHOWN = 8
"""Names of a kind that are listed before "and N more"."""
_FLOATS = {"F64", "F32", "F16", "BF16"}


class Weight(msgspec.Struct, frozen=True):
    """One tensor: a shape and a number format as safetensors calls it."""

    shape: tuple[int, ...]
    dtype: str


class ExpectedWeights(msgspec.Struct, frozen=True):
    """Every tensor of a model."""

    tensors: dict[str, Weight]
    aliases: dict[str, str] = {}
    """Second names of tied weights, which a file may hold or leave out."""


def weights_in(header: TensorHeader) -> dict[str, Weight]:
    """The weights that a safetensors file holds."""
    return {name: Weight(entry.shape, entry.dtype) for name, entry in header.tensors.items()}


def differences(expected: ExpectedWeights, found: Mapping[str, Weight]) -> str:
    """What a file has too little, too much, or in another shape; empty when it fits.

    Any floating point format fits another: the values are converted.
    """
    known = expected.tensors
    missing = [name for name in known if name not in found]
    unexpected = [name for name in found if name not in known and name not in expected.aliases]
    wrong = [
        f"{name} {_words(found[name])} -> {_words(weight)}"
        for name, weight in known.items()
        if name in found and not _fits(found[name], weight)
    ]
    parts = (
        _list("Missing", missing),
        _list("Not expected", unexpected),
        _list("Of another shape or kind, found -> wanted", wrong),
    )
    return " ".join(part for part in parts if part)


def _fits(found: Weight, wanted: Weight) -> bool:
    same_kind = found.dtype == wanted.dtype or {found.dtype, wanted.dtype} <= _FLOATS
    return found.shape == wanted.shape and same_kind


def _words(weight: Weight) -> str:
    return f"{list(weight.shape)} {weight.dtype}"


def _list(title: str, names: Sequence[str]) -> str:
    if not names:
        return ""
    shown = ", ".join(name[:80] for name in names[:SHOWN])
    more = f" and {len(names) - SHOWN:,} more" if len(names) > SHOWN else ""
    return f"{title} ({len(names):,}): {shown}{more}."
